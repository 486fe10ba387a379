package import EventLog
package import Postgres
package import Vocabulary

/// The keys for sealed personal data, one per person, in `vault.key`.
package enum Vault {
  /// Stores a key, unless the person has one.
  ///
  /// - Parameter person: an attendee's or a speaker's tag.
  /// - Returns: whether the person's key is this one now.
  package static func keep(
    _ key: SealingKey, of person: Tag, in conference: ConferenceID, _ connection: isolated Connection
  ) throws(PostgresError) -> Bool {
    try connection.execute(
      """
      insert into vault.key (conference, person, key)
      values (\(conference.slug), \(person.text), \(key.bytes)::bytea)
      on conflict (conference, person) do nothing
      """)
    return try existingKey(of: person, in: conference, connection) == key
  }

  /// A row of `vault.key`.
  package struct StoredKey: Sendable {
    package let conference: String
    /// The person's tag.
    package let owner: String
    package let key: [UInt8]

    package init(conference: String, owner: String, key: [UInt8]) {
      self.conference = conference
      self.owner = owner
      self.key = key
    }
  }

  /// Puts a key back that a backup has.
  ///
  /// - Returns: whether it was missing.
  package static func restore(_ stored: StoredKey, _ connection: isolated Connection) throws(PostgresError)
    -> Bool
  {
    let rows = try connection.query(
      """
      insert into vault.key (conference, person, key)
      values (\(stored.conference), \(stored.owner), \(stored.key)::bytea)
      on conflict (conference, person) do nothing
      returning true as kept
      """)
    return !rows.isEmpty
  }

  package static func existingKey(
    of person: Tag, in conference: ConferenceID, _ connection: isolated Connection
  ) throws(PostgresError) -> SealingKey? {
    let rows = try connection.query(
      """
      select key from vault.key
      where conference = \(conference.slug) and person = \(person.text)
      """)
    guard let row = rows.first else { return nil }
    return SealingKey(bytes: try row.decode("key"))
  }

  /// All keys of a conference, by the person's tag.
  package static func keys(of conference: ConferenceID, _ connection: isolated Connection)
    throws(PostgresError) -> [String: SealingKey]
  {
    let rows = try connection.query(
      "select person, key from vault.key where conference = \(conference.slug)")
    var keys: [String: SealingKey] = [:]
    for row in rows {
      keys[try row.decode("person")] = SealingKey(bytes: try row.decode("key"))
    }
    return keys
  }

  /// The tags of the people who were erased. The log says so, not the vault: a key can be missing for other reasons.
  package static func erased(of conference: ConferenceID, _ connection: isolated Connection)
    throws(PostgresError) -> Set<String>
  {
    let rows = try connection.query(
      """
      select distinct unnest(tags) as tag from log.event
      where conference = \(conference.slug) and type = 'PersonErased'
      """)
    var erased: Set<String> = []
    for row in rows { erased.insert(try row.decode("tag")) }
    return erased
  }

  /// Destroys a person's key. Data sealed with it can never be decrypted again.
  package static func destroyKey(
    of person: Tag, in conference: ConferenceID, _ connection: isolated Connection
  ) throws(PostgresError) {
    try connection.execute(
      """
      delete from vault.key
      where conference = \(conference.slug) and person = \(person.text)
      """)
  }
}
