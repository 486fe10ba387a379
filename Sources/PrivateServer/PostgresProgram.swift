import Foundation
import Subprocess

/// A program that comes with PostgreSQL, such as `pg_dump`.
package struct PostgresProgram: Sendable {
  package let path: String
  /// The major version.
  package let version: Int

  /// Finds a program, in the places where `ServerPrograms` looks.
  ///
  /// - Parameters:
  ///   - oldest: the oldest version that serves. Nil: the newest of all is taken, which reads the dumps of all others.
  ///     Otherwise the oldest one that serves, whose dumps most others read.
  package static func find(_ name: String, atLeast oldest: Int?, environment: [String: String])
    async throws(PrivateServerError) -> PostgresProgram
  {
    var found: [PostgresProgram] = []
    for directory in ServerPrograms.directories(environment: environment) {
      let path = directory + "/" + name
      guard FileManager.default.isExecutableFile(atPath: path),
        let version = await ServerPrograms.version(of: name, in: directory)
      else { continue }
      found.append(PostgresProgram(path: path, version: version))
    }
    let serving = found.filter { $0.version >= oldest ?? ServerPrograms.oldestVersion }
    let chosen =
      oldest == nil ? serving.max { $0.version < $1.version } : serving.min { $0.version < $1.version }
    guard let chosen else {
      throw .noProgram(
        name, oldest: oldest ?? ServerPrograms.oldestVersion, found: found.map(\.version).max())
    }
    return chosen
  }

  /// Runs the program.
  ///
  /// - Parameters:
  ///   - line: called with each line of its standard output, without the newline.
  ///   - pause: called now and then between lines.
  /// - Throws: `failed` with what it wrote to standard error; errors of `line` and `pause`.
  package func run(
    _ arguments: [String], environment: [String: String],
    _ line: (UnsafeRawBufferPointer) throws -> Void = { _ in }, pause: () async throws -> Void = {}
  ) async throws {
    var variables = environment.filter { !$0.key.hasPrefix("PLENARY_MASTER_KEY") }
    variables["LC_ALL"] = "C"
    // Times in dumps are written in the session's zone.
    variables["PGTZ"] = "UTC"
    let result = try await Subprocess.run(
      // Subprocess searches a name on the path; env takes a path too.
      .name("env"), arguments: Arguments([path] + arguments),
      environment: .custom(
        Dictionary(
          uniqueKeysWithValues: variables.compactMap { name, value in
            Environment.Key(rawValue: name).map { ($0, value) }
          })),
      input: .none, output: .sequence, error: .sequence
    ) { execution in
      async let errors = Self.text(of: execution.standardError)
      var lines = LineReader()
      for try await buffer in execution.standardOutput {
        try buffer.withUnsafeBytes { try lines.read($0, line) }
        try await pause()
      }
      try lines.end(line)
      return try await errors
    }
    guard result.terminationStatus.isSuccess else {
      throw PrivateServerError.failed(
        "\((path as NSString).lastPathComponent) failed", output: result.closureResult, log: nil)
    }
  }

  private static func text(of errors: SubprocessOutputSequence) async throws -> String {
    var bytes: [UInt8] = []
    for try await buffer in errors {
      buffer.withUnsafeBytes { bytes += $0.prefix(max(0, (1 << 16) - bytes.count)) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Puts lines together that arrive in parts.
private struct LineReader {
  private var rest: [UInt8] = []

  mutating func read(_ part: UnsafeRawBufferPointer, _ line: (UnsafeRawBufferPointer) throws -> Void) rethrows
  {
    var remaining = part[...]
    while let newline = remaining.firstIndex(of: UInt8(ascii: "\n")) {
      let head = UnsafeRawBufferPointer(rebasing: remaining[..<newline])
      if rest.isEmpty {
        try line(head)
      } else {
        rest += head
        try rest.withUnsafeBytes(line)
        rest.removeAll(keepingCapacity: true)
      }
      remaining = remaining[(newline + 1)...]
    }
    rest += remaining
  }

  mutating func end(_ line: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    if !rest.isEmpty { try rest.withUnsafeBytes(line) }
  }
}
