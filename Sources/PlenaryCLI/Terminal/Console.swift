import CTerminal
import EventLog
import Foundation
import Glibc
import JSON
import Plenary

/// Data goes to standard output, everything else to standard error.
enum Console {
  static let outputIsTerminal = isatty(STDOUT_FILENO) == 1

  /// Colour only on a terminal, and never against NO_COLOR.
  static let hasColor =
    outputIsTerminal && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
    && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// In columns; nil where the output is no terminal.
  static var width: Int? {
    guard outputIsTerminal else { return nil }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static func print(_ text: String) { write(Data((text + "\n").utf8)) }

  /// Ends the command if the output cannot be written. A full disk is a failure, not a crash.
  static func write(_ data: Data) {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      self.error("plenary: The output could not be written; is the disk full?")
      exit(Failure.Kind.failed.rawValue)
    }
  }

  static func error(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  static func json(_ value: some Encodable) throws {
    write(try JSONText.data(value, pretty: true) + Data("\n".utf8))
  }

  /// A line on standard error that the next one overwrites; nothing where that is no terminal.
  static func progress(_ text: String) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
  }

  static func endProgress() { progress("") }

  static func bold(_ text: String) -> String { hasColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  static func dim(_ text: String) -> String { hasColor ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
