import CZlib
import Foundation

/// A long text for a page, in few bytes: zlib's format (RFC 1950) in base64, which every browser can undo.
struct CompressedText {
  let base64: String

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var length = compressBound(UInt(bytes.count))
    let packed = [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
      // Only too little memory or too small a buffer could make it fail.
      let code = compress2(buffer.baseAddress, &length, bytes, UInt(bytes.count), Z_BEST_COMPRESSION)
      precondition(code == Z_OK, "zlib has no memory.")
      count = Int(length)
    }
    base64 = Data(packed).base64EncodedString()
  }
}
