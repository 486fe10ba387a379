import CLinux
import EventLog
import Foundation
import Glibc
import JSON
import Plenary

/// Data goes to standard output, everything else to standard error.
enum Console {
  static let outputIsTerminal = isatty(STDOUT_FILENO) == 1

  static let errorIsTerminal = isatty(STDERR_FILENO) == 1

  /// Colour only on a terminal, and only if NO_COLOR is not set.
  static let hasColor =
    outputIsTerminal && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
    && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// The terminal's width in columns; nil if the output is not a terminal.
  static var width: Int? { size?.columns }

  /// The terminal's width in columns and its height in lines; nil if the output is not a terminal.
  static var size: (columns: Int, lines: Int)? {
    guard outputIsTerminal else { return nil }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
    return (Int(size.ws_col), size.ws_row > 0 ? Int(size.ws_row) : 24)
  }

  static func print(_ text: String) { write(Data((text + "\n").utf8)) }

  /// Ends the command if the output cannot be written, because a full disk is a failure and not a
  /// crash.
  static func write(_ data: Data) {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      self.error("plenary: Cannot write the output; check whether the disk is full.")
      exit(Failure.Kind.failed.rawValue)
    }
  }

  static func error(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  /// Writes a line on standard error that the next one overwrites. Does nothing if that is not a
  /// terminal.
  static func progress(_ text: String) {
    guard errorIsTerminal else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
  }

  static func endProgress() { progress("") }

  static func bold(_ text: String) -> String { hasColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  static func reversed(_ text: String) -> String { hasColor ? "\u{1B}[7m\(text)\u{1B}[0m" : text }
  static func dim(_ text: String) -> String { hasColor ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
