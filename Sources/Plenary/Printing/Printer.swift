package import Foundation
import Publishing
import Subprocess

/// A printer of this computer, to which “lp” sends documents.
package struct Printer: Sendable {
  private let name: String

  package init(_ name: String) { self.name = name }

  /// Sends a PDF. It is on no disk but that of the print server.
  ///
  /// - Parameters:
  ///   - title: of the print job.
  ///   - patience: “lp” can wait for a print server that does not answer. After this time it is ended.
  /// - Throws: `Failure` with what “lp” says.
  package func send(_ pdf: Data, title: String, patience: Duration = .seconds(30)) async throws {
    let file = try FileInMemory(pdf)
    let path = file.path
    let said = try await withThrowingTaskGroup(of: String?.self) { group in
      group.addTask { try await run(path, title: title) }
      group.addTask {
        try await Task.sleep(for: patience)
        return "no answer for \(patience.components.seconds) seconds"
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
    withExtendedLifetime(file) {}
    if let said { throw Failure(.failed, "“lp” says: \(said)") }
  }

  /// - Returns: what it says if it fails.
  private func run(_ path: String, title: String) async throws -> String? {
    do {
      let result = try await Subprocess.run(
        .name("lp"), arguments: ["-s", "-d", name, "-t", title, "--", path], input: .none, output: .discarded,
        error: .string(limit: 1 << 16))
      if result.terminationStatus.isSuccess { return nil }
      return result.standardError.split(separator: "\n").last.map(String.init) ?? "nothing"
    } catch {
      throw Failure(.failed, "“lp” could not be run; it is part of CUPS.")
    }
  }
}
