import Foundation
import Synchronization

/// A command that runs while the test types and listens. Its output includes its errors.
final class Conversation: @unchecked Sendable {  // used by one test, one call after the other
  private let process = Process()
  private let input = Pipe()
  private let output: AsyncStream<Data>
  private var unread = ""
  private(set) var transcript = ""

  /// Whether commands can be run on a terminal of their own.
  static let canHaveTerminal = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

  /// - Parameter terminal: its columns and lines; nil: pipes.
  init(_ command: [String], _ environment: [String: String], terminal: (columns: Int, lines: Int)?) {
    let pipe = Pipe()
    output = AsyncStream { continuation in
      pipe.fileHandleForReading.readabilityHandler = { handle in
        let data = handle.availableData
        if data.isEmpty {
          handle.readabilityHandler = nil
          continuation.finish()
        } else {
          continuation.yield(data)
        }
      }
    }
    process.executableURL = URL(filePath: "/usr/bin/env")
    // Does not outlive the test for long, whatever happens.
    let limited = ["timeout", "--signal", "KILL", "1200"]
    if let terminal {
      let words = command.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
      process.arguments =
        limited + [
          "script", "--quiet", "--return", "--command",
          "stty cols \(terminal.columns) rows \(terminal.lines); exec \(words)", "/dev/null",
        ]
    } else {
      process.arguments = limited + command
    }
    process.environment = environment.merging(terminal == nil ? [:] : ["TERM": "xterm-256color"]) { $1 }
    process.standardInput = input
    process.standardOutput = pipe
    process.standardError = pipe
    try? process.run()
  }

  func say(_ line: String) {
    // A pipe without a reader would end the tests.
    guard process.isRunning else { return }
    try? input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
  }

  /// Ends its input.
  func close() { try? input.fileHandleForWriting.close() }

  /// Waits until a text comes in what it says from now on; false if it ends before.
  func hears(_ text: String) async -> Bool {
    while true {
      if let found = unread.range(of: text) {
        unread.removeSubrange(..<found.upperBound)
        return true
      }
      guard await more() else { return false }
    }
  }

  /// The rest of the line that has this text; nil if it ends before.
  func heard(_ text: String) async -> String? {
    guard await hears(text) else { return nil }
    while true {
      if let end = unread.firstIndex(of: "\n") { return String(unread[..<end]) }
      guard await more() else { return unread }
    }
  }

  /// The next line that is meant; nil if the command ends before.
  func next(_ isMeant: (String) -> Bool) async -> String? {
    while true {
      while let end = unread.firstIndex(of: "\n") {
        let line = String(unread[..<end])
        unread.removeSubrange(...end)
        if isMeant(line) { return line }
      }
      guard await more() else { return nil }
    }
  }

  private func more() async -> Bool {
    var chunks = output.makeAsyncIterator()
    guard let chunk = await chunks.next() else { return false }
    let text = String(decoding: chunk, as: UTF8.self)
    unread += text
    transcript += text
    return true
  }

  func interrupt() { signal(SIGINT) }

  func kill() {
    signal(SIGKILL)
    process.waitUntilExit()
  }

  /// Waits for the end, and gives the exit code.
  func ended() async -> Int {
    while await more() {}
    process.waitUntilExit()
    return Int(process.terminationStatus)
  }

  /// To the command itself: `timeout` would wait for it.
  private func signal(_ number: Int32) {
    let children = try? String(
      contentsOfFile: "/proc/\(process.processIdentifier)/task/\(process.processIdentifier)/children",
      encoding: .utf8)
    for child in (children ?? "").split(separator: " ") { _ = Foundation.kill(Int32(child) ?? 0, number) }
  }
}

extension Plenary {
  /// Starts a command to talk to.
  func talk(onTerminal terminal: (columns: Int, lines: Int)? = nil, _ words: String...) -> Conversation {
    Conversation([Self.executable] + words, environment, terminal: terminal)
  }
}
