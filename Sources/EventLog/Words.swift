import Crypto
import JSON
import Vocabulary

/// The words of one event, which are stored apart from it so that they can be destroyed.
///
/// The event commits to them: its stored body has their salted hash. Whoever has the words and the salt can show
/// that they are the event's. Whoever has only the hash cannot find the words by guessing.
package struct Words: Sendable, Hashable {
  /// 16 random bytes.
  package let salt: [UInt8]
  /// A JSON object of the fields that were taken out of the body, as stored.
  package let json: String

  package init(salt: [UInt8], json: String) {
    (self.salt, self.json) = (salt, json)
  }

  /// SHA-256 of the salt and the words, in hexadecimal.
  package var commitment: String { hexadecimal(sha256(salt + Array(json.utf8))) }

  package static func randomSalt() -> [UInt8] {
    SymmetricKey(size: .bits128).withUnsafeBytes(Array.init)
  }
}

/// The body of an event as the log stores it.
///
/// Where the type names words (``EventBody/words``), the text lacks these fields. Its last member is the
/// commitment instead, always in the same 75 bytes: `"words":"<64 hexadecimal digits>"}`. The other fields keep
/// their order. A body of any other type, or without any of these fields, is stored as it was encoded.
package struct StoredBody: Sendable, Hashable {
  package let text: String
  package let words: Words?

  /// - Throws: errors of the body; `ReservedField` if it has words and also a field named `words`.
  package init<Body: EventBody>(_ body: Body, salt: @autoclosure () -> [UInt8] = Words.randomSalt()) throws {
    let text = try JSONText.encode(body)
    guard !Body.words.isEmpty else {
      (self.text, words) = (text, nil)
      return
    }
    var (rest, taken): ([String], [String]) = ([], [])
    for (name, member) in try JSONText.members(of: text) {
      if name == Commitment.name { throw ReservedField(type: Body.type) }
      if Body.words.contains(name) { taken.append(member) } else { rest.append(member) }
    }
    guard !taken.isEmpty else {
      (self.text, words) = (text, nil)
      return
    }
    let words = Words(salt: salt(), json: "{\(taken.joined(separator: ","))}")
    rest.append("\"\(Commitment.name)\":\"\(words.commitment)\"")
    (self.text, self.words) = ("{\(rest.joined(separator: ","))}", words)
  }

  /// A body with words has a field that the commitment would hide.
  package struct ReservedField: Error, CustomStringConvertible {
    let type: String
    package var description: String {
      "The body of \(type) has a field “\(Commitment.name)”; that name is reserved."
    }
  }
}

private enum Commitment {
  static let name = "words"
  static let opening = #""words":""#
  static let closing = #""}"#
  static let length = opening.utf8.count + 64 + closing.utf8.count
}

extension RecordedEvent {
  /// The commitment to the words in 64 hexadecimal digits; nil if the body commits to none.
  package var commitment: String? {
    let tail = body.utf8.suffix(Commitment.length)
    let digits = tail.dropFirst(Commitment.opening.utf8.count).prefix(64)
    guard body.utf8.count > Commitment.length, tail.starts(with: Commitment.opening.utf8),
      body.utf8.suffix(Commitment.closing.utf8.count).elementsEqual(Commitment.closing.utf8),
      digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    return String(Substring(digits))
  }

  /// The body commits to words that are no longer there.
  package var wordsDestroyed: Bool { words == nil && commitment != nil }

  /// The body with its words in the commitment's place. Without words, it is the body as stored.
  ///
  /// So a decoded body has a field `words` only if its words were destroyed.
  package var wholeBody: String {
    guard let words, commitment != nil else { return body }
    var whole = String(Substring(body.utf8.dropLast(Commitment.length)))
    whole += Substring(words.utf8.dropFirst())
    return whole
  }
}

/// How the events that destroy words are stored. `log.expunge` relies on these names.
package enum Expunction {
  package static let types = ["StatementExpunged", "PersonErased"]

  private struct Named: Decodable { var positions: [Int] }

  /// The events whose words the event destroys; empty for an event of another type.
  package static func positions(ofType type: String, body: String) -> [Int] {
    guard types.contains(type) else { return [] }
    return (try? JSONText.decode(Named.self, from: body))?.positions ?? []
  }
}
