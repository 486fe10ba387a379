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
