import Foundation
import JSON
package import Vocabulary

/// The keys of the people whose data an import brings. Who has none gets one that is derived from a key made for this
/// import, so that a decision can be made again with the same result.
package struct ImportKeys: Sendable {
  package let conference: ConferenceID
  private let known: [Tag: SealingKey]
  /// Those that the vault had when the import began.
  private let former: [Tag: SealingKey]
  private let fresh: SealingKey
  private let commandID: String

  package init(
    _ known: [Tag: SealingKey], former: [Tag: SealingKey] = [:], fresh: SealingKey, conference: ConferenceID,
    commandID: String
  ) {
    (self.known, self.former) = (known, former)
    self.fresh = fresh
    self.conference = conference
    self.commandID = commandID
  }

  /// The key of one person. It is derived each time, so whoever has much to do with it keeps it.
  package func key(of owner: Tag) -> OwnerKey {
    OwnerKey(known[owner] ?? firstKey(of: owner), commandID: commandID)
  }

  private func firstKey(of owner: Tag) -> SealingKey {
    SealingKey(bytes: fresh.authenticationCode(for: "key of \(owner) for \(commandID)"))
  }

  /// The keys that the vault does not have yet.
  package func new(of owners: some Sequence<Tag>) -> [Tag: SealingKey] {
    var keys: [Tag: SealingKey] = [:]
    for owner in owners where known[owner] == nil { keys[owner] = firstKey(of: owner) }
    return keys
  }

  package func seal(_ value: some Encodable, context: String, of owner: Tag) -> Sealed {
    key(of: owner).seal(value, context: context)
  }

  /// - Returns: nil if it was sealed with another key or for another context.
  package func open<Details: Decodable>(
    _ sealed: Sealed, as _: Details.Type = Details.self, context: String, of owner: Tag
  ) -> Details? {
    known[owner].flatMap { sealed.open(key: $0, context: context) }
  }

  /// Opens the data of somebody who was erased while the import ran, so that the import does not take them for somebody new.
  package func openErased<Details: Decodable>(
    _ sealed: Sealed, as _: Details.Type = Details.self, context: String, of owner: Tag
  ) -> Details? {
    former[owner].flatMap { sealed.open(key: $0, context: context) }
  }

  /// Twelve hexadecimal digits that only the owner's key can make of a text, and that say nothing once it is destroyed.
  package func digest(_ text: String, of owner: Tag) -> String { key(of: owner).digest(text) }
}

/// The key of one person whose data an import brings.
package struct OwnerKey: Sendable {
  private let key: SealingKey
  private let commandID: String

  fileprivate init(_ key: SealingKey, commandID: String) {
    (self.key, self.commandID) = (key, commandID)
  }

  package func seal(_ value: some Encodable, context: String) -> Sealed {
    do {
      return try Sealed(value, key: key, context: context, commandID: commandID)
    } catch { preconditionFailure("Details are texts, which JSON can hold: \(error)") }
  }

  /// - Parameter json: what ``seal(_:context:)`` makes of a value.
  package func seal(json: String, context: String) -> Sealed {
    do {
      return try Sealed(json: Data(json.utf8), key: key, context: context, commandID: commandID)
    } catch { preconditionFailure("A nonce of 12 bytes is one: \(error)") }
  }

  package func digest(_ text: String) -> String {
    hexadecimal(key.authenticationCode(for: "imported \(text)").prefix(6))
  }
}
