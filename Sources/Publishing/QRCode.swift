import CQREncode
import Vocabulary

/// A QR code (ISO/IEC 18004): rows of black and white squares, without the white margin of four squares.
///
/// libqrencode makes it.
package struct QRCode: Encodable, Sendable, Equatable {
  /// From top to bottom; `1` is black: `1110101…`.
  package let rows: [String]

  /// The smallest code with these digits. It can be read with up to 15 % of it missing.
  ///
  /// - Parameter digits: at most 30.
  package init(digits: String) {
    precondition(
      digits.utf8.count <= 30 && digits.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains))
    guard let code = QRcode_encodeString(digits, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else {
      preconditionFailure("So few digits fit into the smallest code; no memory is left.")
    }
    self.init(code)
  }

  /// Takes the library's code, and frees it.
  private init(_ code: UnsafeMutablePointer<CQREncode.QRcode>) {
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    // The lowest bit of a square is its colour; the others are notes of the library.
    rows = (0..<width).map { row in
      String((0..<width).map { code.pointee.data[row * width + $0] & 1 == 1 ? "1" as Character : "0" })
    }
  }

  /// The smallest code with a text, byte by byte. It can be read with up to 15 % of it missing.
  ///
  /// - Parameter text: in UTF-8, at most 2,000 bytes without zeros.
  package init(text: String) {
    precondition(text.utf8.count <= 2_000 && !text.utf8.contains(0))
    guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else {
      preconditionFailure("So few bytes fit into the largest code; no memory is left.")
    }
    self.init(code)
  }

  package func encode(to encoder: any Encoder) throws { try rows.encode(to: encoder) }
}
