import Testing
import Vocabulary

@testable import Scheduling

struct `An admission` {
  @Test func `is free or a price, in the digits that other programs read`() throws {
    #expect(try Admission("120 EUR") == .price(amount: "120", currency: "EUR"))
    #expect(try Admission("0.00 USD") == .free)
    for text in ["１２０ EUR", "١٢٠ EUR", "٠ EUR", "12٠ EUR", "120 €", ""] {
      #expect(throws: InvalidValue.self) { try Admission(text) }
    }
  }
}
