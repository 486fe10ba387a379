package import Vocabulary

/// Personal data that a command asks to have sealed, with the person's key.
///
/// The decision opens what is known with the key, compares or merges, and seals what is new: it needs
/// nothing that is not among its arguments. Encoded it is one word and holds no personal data, because a
/// command's encoded form is what its request's hash is made of.
package struct Confidential<Value: Encodable & Sendable>: Encodable, Sendable {
  package let value: Value
  package let conference: ConferenceID
  private let key: SealingKey
  private let commandID: String
  /// Further keys that may open what is known.
  private let others: [SealingKey]

  package init(
    _ value: Value, key: SealingKey, others: [SealingKey] = [], conference: ConferenceID, commandID: String
  ) {
    self.value = value
    self.key = key
    self.others = others
    self.conference = conference
    self.commandID = commandID
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode("confidential")
  }

  /// - Returns: nil if it was sealed with another key or for another context.
  package func open<Details: Decodable>(
    _ sealed: Sealed, as _: Details.Type = Details.self, context: String
  ) -> Details? {
    ([key] + others).lazy.compactMap { sealed.open(key: $0, context: context) }.first
  }

  /// Seals details; those that are known already stay as they are.
  package func seal<Details: Codable & Equatable>(
    _ details: Details, context: String, unless known: Sealed? = nil
  ) -> Sealed {
    if let known, open(known, as: Details.self, context: context) == details { return known }
    do {
      return try Sealed(details, key: key, context: context, commandID: commandID)
    } catch { preconditionFailure("Details are texts, which JSON can hold: \(error)") }
  }
}
