package import Vocabulary

// The values of a test, written as an organizer would write them. A literal that is not valid stops
// the test on the spot: that is a mistake of the test. A test of what is refused writes
// `RoomID.init("…")`, because `RoomID("…")` is a literal too (SE-0213).

extension Identifier: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { try! self.init(text) }
}

extension Language: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { try! self.init(text) }
}

extension CalendarDate: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { try! self.init(text) }
}

extension ZonedTime: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { try! self.init(text) }
}

extension EmailAddress: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { try! self.init(text) }
}

extension Timestamp: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self = Timestamp(text)! }
}

/// `"Opening"` is English; `["en": "Opening", "zh": "开幕式"]` is both.
extension LocalizedText: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral {
  package init(stringLiteral text: String) { self.init([.english: text]) }

  package init(dictionaryLiteral texts: (Language, String)...) {
    self.init(Dictionary(uniqueKeysWithValues: texts))
  }
}

/// `"Feng, Shaolei"`, in English.
extension PersonName: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) {
    try! self.init([NameForm(text, in: .english, order: nil)])
  }
}
