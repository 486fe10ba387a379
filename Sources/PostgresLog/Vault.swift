package import EventLog
package import Postgres
package import Vocabulary

/// The keys for sealed personal data, each for one purpose, in `vault.key`. See ``SealingStore`` for their owners.
package enum Vault {
  /// A row of `vault.key`.
  package struct StoredKey: Sendable {
    package let conference: String
    package let owner: String
    /// Nil: it was destroyed.
    package let key: [UInt8]?

    package init(conference: String, owner: String, key: [UInt8]?) {
      self.conference = conference
      self.owner = owner
      self.key = key
    }
  }

  /// Stores a key, unless the owner has one.
  ///
  /// - Returns: whether the owner's key is this one now.
  package static func keep(
    _ key: SealingKey, of owner: Tag, in conference: ConferenceID, _ connection: isolated Connection
  ) throws(PostgresError) -> Bool {
    _ = try restore(
      StoredKey(conference: conference.slug, owner: owner.text, key: key.bytes), connection)
    return try existingKey(of: owner, in: conference, connection) == key
  }

  /// Puts a row back that a backup has.
  ///
  /// - Returns: whether it was missing.
  package static func restore(_ stored: StoredKey, _ connection: isolated Connection) throws(PostgresError)
    -> Bool
  {
    let rows = try connection.query(
      """
      insert into vault.key (conference, owner, key)
      values (\(stored.conference), \(stored.owner), \(stored.key)::bytea)
      on conflict (conference, owner) do nothing
      returning true as kept
      """)
    return !rows.isEmpty
  }

  package static func existingKey(
    of owner: Tag, in conference: ConferenceID, _ connection: isolated Connection
  ) throws(PostgresError) -> SealingKey? {
    let rows = try connection.query(
      """
      select key from vault.key
      where conference = \(conference.slug) and owner = \(owner.text) and key is not null
      """)
    guard let row = rows.first else { return nil }
    return SealingKey(bytes: try row.decode("key"))
  }

  /// Until the transaction ends, nobody can be erased: that gives the table a new file, which no older snapshot sees.
  package static func keepUntilCommit(_ connection: isolated Connection) throws(PostgresError) {
    try connection.execute("lock table vault.key in access share mode")
  }

  /// All keys of a conference by their owners, and the withheld speakers whose keys were destroyed.
  package static func contents(of conference: ConferenceID, _ connection: isolated Connection)
    throws(PostgresError) -> (keys: [Tag: SealingKey], destroyed: Set<Tag>)
  {
    let rows = try connection.query(
      "select owner, key from vault.key where conference = \(conference.slug)")
    var keys: [Tag: SealingKey] = [:]
    var destroyed: Set<Tag> = []
    for row in rows {
      let owner = Tag(stored: try row.decode("owner"))
      if let key = try row.decode("key", as: [UInt8]?.self) {
        keys[owner] = SealingKey(bytes: key)
      } else {
        destroyed.insert(owner)
      }
    }
    return (keys, destroyed)
  }

  package static func keys(of conference: ConferenceID, _ connection: isolated Connection)
    throws(PostgresError) -> [Tag: SealingKey]
  {
    try contents(of: conference, connection).keys
  }

  /// The tags of the people who were erased. The log says so, not the vault: a key can be missing for other reasons.
  package static func erased(of conference: ConferenceID, _ connection: isolated Connection)
    throws(PostgresError) -> Set<Tag>
  {
    let rows = try connection.query(
      """
      select distinct unnest(tags) as tag from log.event
      where conference = \(conference.slug) and type = 'PersonErased'
      """)
    var erased: Set<Tag> = []
    for row in rows { erased.insert(Tag(stored: try row.decode("tag"))) }
    return erased
  }

  /// Destroys keys again that the log says were destroyed: a restored vault has them again.
  ///
  /// - Parameter identities: the keys of withheld speakers who were erased.
  package static func forget(
    _ identities: Set<Tag> = [], in conference: ConferenceID, _ connection: isolated Connection
  ) throws(PostgresError) {
    _ = try connection.query(
      "select vault.forget(\(conference.slug), \(identities.map(\.text).sorted())::text[])")
  }
}
