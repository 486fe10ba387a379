import Foundation
import Glibc

/// The lines of standard input, read on a thread of their own until the end, or until this process is asked to end.
enum InputLines {
  /// More than any name. What is longer was no scanner.
  private static let longest = 1_000

  /// - Parameter take: called with each line, and with nil at the end.
  static func read(_ take: @escaping @Sendable (String?) -> Void) {
    Thread.detachNewThread {
      var line: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      func end() {
        if !line.isEmpty { take(String(decoding: line, as: UTF8.self)) }
        line = []
      }
      while !Interruption.isRequested {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        // A signal can come just before poll is called, so it does not wait for ever.
        guard poll(&input, 1, 200) > 0 else { continue }
        let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        if count <= 0 { break }
        for byte in buffer[..<count] {
          // Scanners end a line with a line feed, a carriage return, or both.
          if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
            // An empty line only draws the screen anew.
            if line.isEmpty, byte == UInt8(ascii: "\n") { take("") }
            end()
          } else if line.count < longest {
            line.append(byte)
          }
        }
      }
      if !Interruption.isRequested { end() }
      take(nil)
    }
  }
}
