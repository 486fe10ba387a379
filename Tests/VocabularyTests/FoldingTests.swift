import Testing

@testable import Vocabulary

struct `Folding a name` {
  @Test func `is the same with and without an accent somewhere in it`() {
    for code in UInt8(0x20)...0x7E {
      let sign = String(UnicodeScalar(code))
      #expect(IndexOrder.folded(sign) + [0x65] == IndexOrder.folded(sign + "é"), "“\(sign)”")
    }
    #expect(IndexOrder.folded("O'Brien-Smith, J.") == IndexOrder.folded("Ó’Brien‐Smith, J."))
  }
}
