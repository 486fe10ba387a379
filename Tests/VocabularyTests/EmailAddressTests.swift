import Foundation
import Specification
import Testing
import Vocabulary

struct `An e-mail address` {
  private static let ofSixtyThree = String(repeating: "a", count: 63)

  @Test(arguments: [
    "anna@example.org", "a@b.cd", "anna.maria@example.org", "anna+plenary@example.org", "_@example.org",
    "!#$%&'*+-/=?^_`{|}~@example.org", "0123@example.org", "ANNA@Example.ORG", "a@xn--fiqs8s.example",
    "a@b-c.d--e.org", "a@1.2.org", "a@3com.com", "анна@пример.рф", "用户@例え.テスト", "änne@exämple.org",
    "🦊@example.org", "مثال@مثال.إختبار", "a@نامه\u{200C}ای.com", "a@l\u{B7}l.cat", "e\u{301}@example.org",
    ofSixtyThree + "a@example.org", "a@" + ofSixtyThree + ".org",
    "a@" + String(repeating: "例", count: 59) + ".org",
    // 254 bytes in all.
    "a@" + String(repeating: "a.", count: 124) + "info",
  ])
  func `is taken as it is given`(text: String) throws {
    let address = try EmailAddress(text)
    #expect(address.text == text && "\(address.name)@\(address.domain)" == text)
    #expect(try EmailAddress("  \(text) ") == address)
  }

  @Test(arguments: [
    ("anna", "it needs one @"), ("anna@@example.org", "it needs one @"),
    ("a@b@example.org", "it needs one @"),
    ("@example.org", "before the @, a dot stands between two other characters"),
    (".anna@example.org", "before the @, a dot stands between two other characters"),
    ("anna.@example.org", "before the @, a dot stands between two other characters"),
    ("an..na@example.org", "before the @, a dot stands between two other characters"),
    ("an na@example.org", "a space cannot stand before the @"),
    ("\"anna\"@example.org", "“\"” cannot stand before the @"),
    ("a,b@example.org", "“,” cannot stand before the @"),
    ("Anna <anna@example.org>", "a space cannot stand before the @"),
    ("anna(office)@example.org", "“(” cannot stand before the @"),
    ("a\\b@example.org", "“\\” cannot stand before the @"),
    ("a\u{200B}b@example.org", "U+200B cannot stand before the @"),
    ("a\u{A0}b@example.org", "U+00A0 cannot stand before the @"),
    (ofSixtyThree + "aa@example.org", "what stands before the @ has more than 64 bytes"),
    (String(repeating: "я", count: 33) + "@example.org", "what stands before the @ has more than 64 bytes"),
    ("anna@", "after the @ stands a domain such as example.org"),
    ("anna@localhost", "after the @ stands a domain such as example.org"),
    ("anna@example.", "after the @ stands a domain such as example.org"),
    ("anna@.org", "after the @ stands a domain such as example.org"),
    ("anna@example..org", "after the @ stands a domain such as example.org"),
    ("anna@example.o", "after the @ stands a domain such as example.org"),
    ("anna@192.0.2.1", "after the @ stands a domain such as example.org"),
    ("anna@[192.0.2.1]", "“[” cannot stand in a domain"),
    ("anna@exam_ple.org", "“_” cannot stand in a domain"),
    ("anna@exam ple.org", "a space cannot stand in a domain"),
    ("anna@例え。テスト", "“。” cannot stand in a domain"),
    ("anna@example.org,x", "“,” cannot stand in a domain"), ("anna@🦊.org", "“🦊” cannot stand in a domain"),
    ("anna@-example.org", "no part of a domain begins or ends with a hyphen"),
    ("anna@example-.org", "no part of a domain begins or ends with a hyphen"),
    ("a@" + ofSixtyThree + "a.org", "a part of its domain is too long"),
    ("a@" + String(repeating: "例", count: 60) + ".org", "a part of its domain is too long"),
    ("a@" + String(repeating: "a.", count: 125) + "org", "it has more than 254 bytes"),
  ])
  func `is refused where it cannot be one, with what is wrong`(text: String, fault: String) {
    let error = #expect(throws: InvalidValue.self) { try EmailAddress(text) }
    #expect(
      error?.description == "“\(excerpt(text))” is not an e-mail address such as anna@example.org: \(fault).")
  }

  @Test(arguments: [
    "", " ", "a\n@example.org", "a@example.org\r\nBcc: b@example.org", "a\u{0}@example.org",
    "a\u{202E}@b.org",
  ])
  func `is one line of text`(text: String) {
    #expect(throws: InvalidValue.self) { try EmailAddress(text) }
  }

  @Test func `is stored as text, and whatever was stored is read`() throws {
    let stored = try JSONEncoder().encode([EmailAddress("anna@example.org")])
    #expect(String(decoding: stored, as: UTF8.self) == #"["anna@example.org"]"#)
    let read = try JSONDecoder().decode([EmailAddress].self, from: Data(#"["a\"b@c.d", "", "@"]"#.utf8))
    #expect(read.map(\.text) == ["a\"b@c.d", "", "@"])
    #expect(read.map(\.name) == ["a\"b", "", ""] && read.map(\.domain) == ["c.d", "", ""])
  }
}
