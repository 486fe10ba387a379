import Foundation

/// Encodes text as ASCII lines for any transport: quoted-printable or base64 (RFC 2045 §6.7, §6.8), whichever
/// is shorter.
enum MailBody {
  static func encoded(_ text: String) -> (encoding: String, lines: [String]) {
    // MIME text has CRLF line breaks.
    let canonical = text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    let quoted = canonical.flatMap { quotedPrintable(String($0)) }
    let base64 = base64(canonical.joined(separator: "\r\n"))
    func size(_ lines: [String]) -> Int { lines.reduce(0) { $0 + $1.utf8.count + 2 } }
    return size(quoted) <= size(base64) ? ("quoted-printable", quoted) : ("base64", base64)
  }

  static func base64(_ text: String) -> [String] {
    let encoded = Array(Data(text.utf8).base64EncodedString().utf8)
    return stride(from: 0, to: encoded.count, by: 76).map {
      String(decoding: encoded[$0..<min($0 + 76, encoded.count)], as: UTF8.self)
    }
  }

  /// Encodes one line of text as lines of at most 76 characters.
  static func quotedPrintable(_ line: String) -> [String] {
    let bytes = Array(line.utf8)
    var lines: [String] = []
    var current = ""
    for index in bytes.indices {
      let piece = quoted(bytes[index...], beginsLine: current.isEmpty)
      if current.utf8.count + piece.utf8.count > 75 {
        lines.append(current + "=")
        current = quoted(bytes[index...], beginsLine: true)
      } else {
        current += piece
      }
    }
    return lines + [current]
  }

  /// The first of the bytes that are left of a line of text.
  private static func quoted(_ rest: ArraySlice<UInt8>, beginsLine: Bool) -> String {
    let byte = rest[rest.startIndex]
    let plain =
      switch byte {
      case 0x3D: false
      case 0x20: rest.count > 1  // transports drop a space at the end of a line
      case 0x2E: !beginsLine  // a line with only a dot ends the message in SMTP
      // “From ” at the start of a line begins another message in an mbox
      case 0x46: !(beginsLine && rest.starts(with: "From ".utf8))
      default: (0x21...0x7E).contains(byte)
      }
    return plain ? String(UnicodeScalar(byte)) : "=" + hexadecimal(byte)
  }
}

/// Two upper-case hexadecimal digits (RFC 2045 §6.7).
private func hexadecimal(_ byte: UInt8) -> String {
  (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
}
