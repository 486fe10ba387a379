import Foundation
import Subprocess
import Testing

/// The checkout of these tests.
enum Checkout {
  static func file(_ path: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: path)
  }
}

/// A temporary folder, removed with the test.
final class Folder: Sendable {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "plenary-pages-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: url.appending(path: name)) }

  func append(_ text: String, to name: String) throws {
    try (bytes(name) + Data(text.utf8)).write(to: url.appending(path: name))
  }
}

enum Programs {
  /// The missing ones of the programs that printing and reading a page need.
  static var missing: [String] {
    let environment = ProcessInfo.processInfo.environment
    let folders =
      (environment["PATH"] ?? "").split(separator: ":").map(String.init) + [
        "/usr/local/lib/plenary",
        (environment["XDG_DATA_HOME"] ?? NSHomeDirectory() + "/.local/share") + "/plenary",
      ]
    return ["typst", "pdftotext"].filter { program in
      !folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }
  }

  /// Whether a program is on the path.
  static func find(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }

  /// The title, page size and number of pages of a PDF.
  static func information(of pdf: String) async throws -> String {
    let result = try await Subprocess.run(
      .name("pdfinfo"), arguments: [pdf], output: .string(limit: 1 << 20))
    return result.standardOutput
  }

  static func text(of pdf: String) async throws -> String {
    let result = try await Subprocess.run(
      .name("pdftotext"), arguments: ["-layout", pdf, "-"], output: .string(limit: 1 << 22))
    return result.standardOutput
  }
}
