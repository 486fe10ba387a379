import Foundation
import Subprocess
import Testing

@testable import PrivateServer

/// Gives `body` a server with a state directory of its own, then stops the server and removes the directory.
func withServer(
  named name: String = "home", _ variables: [String: String] = [:],
  _ body: (PrivateServer) async throws -> Void
) async throws {
  try await withDirectory { directory in
    var environment = ProcessInfo.processInfo.environment
    environment["PLENARY_HOME"] = directory + "/" + name
    environment.merge(variables) { $1 }
    let server = PrivateServer(environment: environment)
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await body(server))
    } catch {
      outcome = .failure(error)
    }
    try await PrivateServer(home: server.home).stop()
    try outcome.get()
  }
}

/// Gives `body` an empty directory that everybody may enter, and removes it afterwards.
func withDirectory<T>(_ body: (String) async throws -> T) async throws -> T {
  let path = "/tmp/plenary-\(UInt32.random(in: 0 ... .max))"
  try FileManager.default.createDirectory(
    atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try await body(path)
}

/// Returns when a condition holds that nothing tells of; fails after a minute.
func wait(until condition: () async throws -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(60)
  while try await !condition() {
    guard ContinuousClock.now < deadline else { throw NeverCame() }
    try Task.checkCancellation()
    await Task.yield()
  }
}

private struct NeverCame: Error {}

extension PrivateServer {
  var instance: Instance? {
    get throws {
      if case .running(let instance) = try status() { instance } else { nil }
    }
  }

  /// Runs one statement through `psql`, told nothing but the connection string.
  func query(_ statement: String) async throws -> String {
    let programs = try await ServerPrograms.find(
      environment: ProcessInfo.processInfo.environment, dataDirectory: "", dataVersion: nil)
    return try await output(of: programs.directory + "/psql", "-XAtc", statement, connectionString)
  }
}

/// What a program prints on standard output, less the last line's end; throws if it fails.
@discardableResult
func output(of program: String, _ arguments: String...) async throws -> String {
  let result = try await Subprocess.run(
    .name("env"), arguments: Arguments([program] + arguments),
    output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
  guard result.terminationStatus.isSuccess else {
    throw ProgramFailure(program: program, message: result.standardError)
  }
  return result.standardOutput.trimmingCharacters(in: .newlines)
}

struct ProgramFailure: Error {
  var program: String
  var message: String
}

/// Makes a directory of programs that do nothing but what `scripts` say.
func makePrograms(in directory: String, _ scripts: [String: String]) throws {
  try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  for (name, script) in scripts {
    let path = directory + "/" + name
    try "#!/bin/sh\n\(script)\n".write(toFile: path + ".text", atomically: true, encoding: .utf8)
    // Written by another process: while a fork of ours still holds a file open for writing, nobody can run
    // it ("text file busy").
    let copy = Process()
    copy.executableURL = URL(filePath: "/bin/sh")
    copy.arguments = ["-c", "cp \"$0.text\" \"$0\" && chmod 755 \"$0\"", path]
    try copy.run()
    copy.waitUntilExit()
  }
}

let isRoot = geteuid() == 0
