import CZlib

/// A long text for a page, in few bytes: zlib's format (RFC 1950), which every browser can undo, in two signs for thirteen bits.
/// In base64, which has six bits in a sign, it would be a twelfth longer.
struct CompressedText {
  /// Two signs for each thirteen bits, the lower one first. The first bits of a byte are the lowest.
  let text: String
  /// The bytes that the signs stand for. The last signs can have bits for one more.
  let length: Int

  /// The 91 signs of ASCII that mean nothing in HTML and XML.
  static let signs = Array(UInt8(ascii: "!")...UInt8(ascii: "~")).filter { !"&<>".utf8.contains($0) }

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var length = compressBound(UInt(bytes.count))
    let packed = [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
      // Only too little memory or too small a buffer could make it fail.
      let code = compress2(buffer.baseAddress, &length, bytes, UInt(bytes.count), Z_BEST_COMPRESSION)
      precondition(code == Z_OK, "zlib has no memory.")
      count = Int(length)
    }
    self.length = packed.count
    var signs: [UInt8] = []
    signs.reserveCapacity(packed.count * 16 / 13 + 2)
    var (bits, count) = (0, 0)
    func add(_ value: Int) {
      signs.append(Self.signs[value % Self.signs.count])
      signs.append(Self.signs[value / Self.signs.count])
    }
    for byte in packed {
      bits |= Int(byte) << count
      count += 8
      if count < 13 { continue }
      add(bits & 0x1fff)
      bits >>= 13
      count -= 13
    }
    if count > 0 { add(bits) }
    self.text = String(decoding: signs, as: UTF8.self)
  }
}
