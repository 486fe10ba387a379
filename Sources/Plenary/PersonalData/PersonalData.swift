import EventLog
import JSON
package import People
import Postgres
import PostgresLog
package import ReadModels
package import Vocabulary

/// Personal data, decrypted with the keys of the vault.
///
/// Who was erased has a `PersonErased` in the log. A missing key alone is no erasure: the vault was lost, or is an
/// older one.
package struct PersonalData<Person: Hashable & Sendable, Value: Sendable>: Sendable {
  /// Of those whose data the vault opens.
  package fileprivate(set) var values: [Person: Value] = [:]
  /// Whose data cannot be decrypted, although nobody erased it.
  package fileprivate(set) var unreadable: [Person] = []

  package subscript(person: Person) -> Value? { values[person] }
}

extension PersonalData where Person: CustomStringConvertible {
  /// - Throws: `Failure` if anything is unreadable.
  package func checkReadable() throws {
    if !unreadable.isEmpty { throw Failure.unreadable(unreadable.map(\.description)) }
  }
}

extension Workspace {
  /// The details of attendees.
  ///
  /// - Parameter search: leaves out those who cannot have all of these words. Others may still not have them.
  package func details(
    of attendees: some Sequence<AttendeeRow>, in conference: ConferenceID,
    having search: SearchWords = .init("")
  ) async throws -> PersonalData<AttendeeID, AttendeeDetails> {
    try await opened(
      attendees.compactMap { row in row.details.map { (row.attendee, row.attendee.tag, $0) } },
      in: conference, context: { AttendeeDetails.context(conference, $0) },
      isWanted: { attendee, json in
        search.isEmpty
          || json.withUnsafeBufferPointer { search.mayBeFound(inJSON: $0, or: attendee.slug) }
      })
  }

  /// The e-mail addresses of speakers that can be decrypted, and how many cannot.
  package func readableAddresses(of people: some Sequence<PersonRow>, in conference: ConferenceID)
    async throws -> (addresses: [PersonID: EmailAddress], unreadable: [PersonID])
  {
    let contacts: PersonalData<PersonID, SpeakerContact> = try await opened(
      people.compactMap { row in row.contact.map { (row.person, row.person.tag, $0) } }, in: conference,
      context: { SpeakerContact.context(conference, $0) })
    return (contacts.values.mapValues(\.email), contacts.unreadable)
  }

  /// - Throws: `Failure` if an address cannot be decrypted: its owner would be taken for somebody without one.
  package func emailAddresses(of people: some Sequence<PersonRow>, in conference: ConferenceID)
    async throws -> [PersonID: EmailAddress]
  {
    let (addresses, unreadable) = try await readableAddresses(of: people, in: conference)
    if !unreadable.isEmpty { throw Failure.unreadable(unreadable.map(\.description)) }
    return addresses
  }

  /// Who of these speakers was erased. Who may not read the log gets none.
  package func erased(_ speakers: [PersonID], of conference: ConferenceID) async throws -> Set<PersonID> {
    if access == .readModels { return [] }
    let tags = try await connection.run { try Vault.erased(speakers.map(\.tag), of: conference, $0) }
    return Set(speakers.filter { tags.contains($0.tag) })
  }

  /// - Parameter isWanted: by the JSON, whether it is decoded at all.
  private func opened<Person, Value: Decodable>(
    _ sealed: [(person: Person, owner: Tag, sealed: Sealed)], in conference: ConferenceID,
    context: @Sendable (Person) -> String, isWanted: @Sendable (Person, [UInt8]) -> Bool = { _, _ in true }
  ) async throws -> PersonalData<Person, Value> {
    var data = PersonalData<Person, Value>()
    if sealed.isEmpty { return data }
    if access == .readModels {
      note("Personal data is left out: this login has only the role plenary_reader.")
      return data
    }
    let keys: [Tag: SealingKey]
    do {
      keys = try await log.keys(of: conference)
    } catch {
      // Who only wants to look whether a text names somebody goes on without a master key.
      if case .failed(let failure) = error, let missing = failure.error as? MissingMasterKey { throw missing }
      throw error
    }
    var closed: [(person: Person, owner: Tag)] = []
    let openings: [Opening<Value>] = sealed.parallelMap { person, owner, sealed in
      guard let json = keys[owner].flatMap({ sealed.json(key: $0, context: context(person)) }) else {
        return .closed
      }
      if !isWanted(person, json) { return .notWanted }
      let value = try? JSONText.decode(Value.self, from: String(decoding: json, as: UTF8.self))
      return value.map(Opening.opened) ?? .closed
    }
    for ((person, owner, _), opening) in zip(sealed, openings) {
      switch opening {
      case .opened(let value): data.values[person] = value
      case .closed: closed.append((person, owner))
      case .notWanted: break
      }
    }
    if closed.isEmpty { return data }
    let erased = try await connection.run { [closed] in
      try Vault.erased(closed.map(\.owner), of: conference, $0)
    }
    data.unreadable = closed.filter { !erased.contains($0.owner) }.map(\.person)
    return data
  }
}

private enum Opening<Value> { case closed, notWanted, opened(Value) }

extension Failure {
  /// - Parameter people: the short names of those whose data cannot be decrypted.
  static func unreadable(_ people: [String], entries: [String] = []) -> Failure {
    func named(_ names: [String], _ noun: String, _ plural: String) -> String? {
      if names.isEmpty { return nil }
      let shown = names.sorted().prefix(10).joined(separator: ", ") + (names.count > 10 ? ", …" : "")
      return counted(names.count, noun, plural) + " (\(shown))"
    }
    let whose = [
      named(people, "person", "people"),
      named(entries, "entry", "entries").map { "the withheld speakers of \($0)" },
    ]
    return Failure(
      .failed,
      "The personal data of \(whose.compactMap(\.self).joined(separator: " and ")) cannot be decrypted: "
        + "the keys are missing in the vault, and the log has no erasure of them.",
      .restoreVault)
  }
}
