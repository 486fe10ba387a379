package import EventLog
package import Postgres
package import Vocabulary

/// The keys that open what is sealed, one a person, in `vault.key`.
package enum Vault {
  /// The person's key, made now if there is none.
  ///
  /// - Parameter person: an attendee's or a speaker's tag.
  package static func key(of person: Tag, in conference: ConferenceID, _ connection: isolated Connection)
    throws(PostgresError) -> SealingKey
  {
    if let key = try existingKey(of: person, in: conference, connection) { return key }
    try connection.execute(
      """
      insert into vault.key (conference, person, key)
      values (\(conference.slug), \(person.text), \(SealingKey.random().bytes)::bytea)
      on conflict (conference, person) do nothing
      """)
    guard let key = try existingKey(of: person, in: conference, connection) else {
      throw PostgresError(.misuse, "The key that was made for \(person) is not there.")
    }
    return key
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

  /// Every key of a conference, by the person's tag.
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

  /// Nothing that was sealed with the key opens again.
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
