import Specification
import Testing
import Vocabulary

@testable import People

struct `Badge codes` {
  private let codes = BadgeCodes("shanghai-2016", identity: "0f5c64a5-4d4a-4f2c-9d2c-9c9a3a1d2f10")

  @Test func `name one registration each`() {
    var known: Set<String> = []
    for position in [2, 7, 99, 100, 4_711, 100_000, 99_999_999] {
      let code = codes.code(ofRegistration: position)
      #expect(code.hasPrefix("\(position)") && code.count == "\(position)".count + 2)
      #expect(codes.registration(code) == position)
      #expect(known.insert(code).inserted)
    }
  }

  @Test func `are read as people type them, in groups and in the digits of any script`() {
    let code = codes.code(ofRegistration: 104_827)
    let grouped = BadgeCodes.grouped(code)
    #expect(grouped.wholeMatch(of: /\d{4} \d{4}/) != nil)
    #expect(BadgeCodes.grouped("12345") == "12345")
    let wide = String(code.unicodeScalars.map { Character(Unicode.Scalar($0.value + 0xFEE0)!) })
    for text in [grouped, " \(code)\r", code.map(String.init).joined(separator: "-"), wide] {
      #expect(codes.registration(text) == 104_827, "\(text)")
    }
    for text in ["", " ", "a-1", "12", "Anna", "1e9", "½", "-", "00\(code)", "1234567890123456789012"] {
      #expect(codes.registration(text) == nil, "\(text)")
    }
  }

  @Test func `with a wrong digit, or two exchanged ones, name nobody`() {
    for position in [2, 85, 4_711, 104_827] {
      let digits = Array(codes.code(ofRegistration: position))
      for index in digits.indices {
        for digit in "0123456789" where digit != digits[index] {
          var wrong = digits
          wrong[index] = digit
          #expect(codes.registration(String(wrong)) == nil)
        }
        if index > 0, digits[index] != digits[index - 1] {
          var wrong = digits
          wrong.swapAt(index, index - 1)
          #expect(codes.registration(String(wrong)) == nil)
        }
      }
    }
  }

  @Test func `of another conference are hardly ever taken for this one's`() {
    let taken = (1...200).filter { number in
      let other = BadgeCodes("shanghai-2016", identity: "\(number)")
      return codes.registration(other.code(ofRegistration: 4_711)) != nil
    }
    #expect(taken.count <= 8, "\(taken)")
  }
}
