package import EventLog
package import Postgres
package import Vocabulary

/// The keys for sealed personal data, each for one purpose, in `vault.key`. See ``SealingStore`` for their owners.
package struct Vault: Sendable {
  private let masters: MasterKeys

  package init(_ masters: MasterKeys = .none) { self.masters = masters }

  /// A row of `vault.key`.
  package struct StoredKey: Sendable {
    package let conference: String
    package let owner: String
    /// Nil: it was destroyed.
    package let key: [UInt8]?
    /// The master key with which it is encrypted; nil: none.
    package let master: String?

    package init(conference: String, owner: String, key: [UInt8]?, master: String? = nil) {
      self.conference = conference
      self.owner = owner
      self.key = key
      self.master = master
    }

    fileprivate init(_ row: Row) throws {
      self.init(
        conference: try row.decode("conference"), owner: try row.decode("owner"), key: try row.decode("key"),
        master: try row.decode("master"))
    }

    /// The same for a withheld speaker who was erased.
    package var destroyed: StoredKey { StoredKey(conference: conference, owner: owner, key: nil) }
  }

  /// - Returns: nil for a key that was destroyed, or that is damaged.
  /// - Throws: `MissingMasterKey`.
  package func key(in stored: StoredKey) throws -> SealingKey? {
    guard let bytes = stored.key else { return nil }
    guard let id = stored.master else { return SealingKey(bytes: bytes) }
    guard let master = try masters.all().first(where: { $0.id == id }) else { throw MissingMasterKey(id: id) }
    return master.unwrap(bytes, context: Self.context(stored.conference, stored.owner))
  }

  /// - Parameter master: nil: it is stored as it is.
  private static func stored(
    _ key: SealingKey, of owner: String, in conference: String, with master: MasterKey?
  )
    throws -> StoredKey
  {
    StoredKey(
      conference: conference, owner: owner,
      key: try master.map { try $0.wrap(key, context: context(conference, owner)) } ?? key.bytes,
      master: master?.id)
  }

  private static func context(_ conference: String, _ owner: String) -> String { "\(conference)/\(owner)" }

  /// Stores the first keys of these owners, unless they have some.
  ///
  /// - Returns: whether these are the owners' keys now.
  /// - Throws: `MissingMasterKey` if the other keys of the conference need one that is not at hand, or for its first key those
  ///   of any conference: a vault is not half encrypted by mistake.
  package func keep(
    _ keys: [Tag: SealingKey], in conference: ConferenceID, _ connection: isolated Connection
  ) throws -> Bool {
    if keys.isEmpty { return true }
    let known = try masters.all()
    let others = try connection.query(
      """
      select master from vault.key
      where conference = \(conference.slug) and master is not null and master <> all (\(known.map(\.id))::text[])
      union all
      select master from vault.key
      where \(known.isEmpty) and master is not null
        and not exists (select from vault.key where conference = \(conference.slug))
      limit 1
      """)
    if let other = others.first { throw MissingMasterKey(id: try other.decode("master")) }
    let owners = keys.keys.sorted()
    let stored = try owners.map { owner in
      try Self.stored(keys[owner]!, of: owner.text, in: conference.slug, with: known.first).key ?? []
    }
    let rows = try connection.query(
      """
      select owner from vault.keep(
        \(conference.slug), \(owners.map(\.text))::text[], \(stored)::bytea[], \(known.first?.id)) as owner
      """)
    return try rows.allSatisfy { row in
      let owner = Tag(stored: try row.decode("owner"))
      return try existingKey(of: owner, in: conference, connection) == keys[owner]
    }
  }

  /// Puts a row back that a backup has, as the owner of the table: nobody else may say that a key was destroyed.
  ///
  /// - Returns: whether it was missing.
  package static func restore(_ stored: StoredKey, _ connection: isolated Connection) throws(PostgresError)
    -> Bool
  {
    let rows = try connection.query(
      """
      insert into vault.key (conference, owner, key, master)
      values (\(stored.conference), \(stored.owner), \(stored.key)::bytea, \(stored.master))
      on conflict (conference, owner) do nothing
      returning true as kept
      """)
    return !rows.isEmpty
  }

  /// Whether this login may put rows back, and holds the conferences meanwhile.
  package static func mayRestore(_ connection: isolated Connection) throws(PostgresError) -> Bool {
    try connection.query(
      """
      select has_table_privilege('vault.key', 'insert') and has_table_privilege('vault.key', 'truncate')
        and has_table_privilege('log.head', 'update') as may
      """)[0].decode("may")
  }

  package func existingKey(
    of owner: Tag, in conference: ConferenceID, _ connection: isolated Connection
  ) throws -> SealingKey? {
    let rows = try connection.query(
      """
      select conference, owner, key, master from vault.key
      where conference = \(conference.slug) and owner = \(owner.text) and key is not null
      """)
    return try rows.first.flatMap { try key(in: StoredKey($0)) }
  }

  /// Until the transaction ends, nobody can be erased: that gives the table a new file, which no older snapshot sees.
  package static func keepUntilCommit(_ connection: isolated Connection) throws(PostgresError) {
    try connection.execute("lock table vault.key in access share mode")
  }

  /// For whoever puts keys back. Until the transaction ends, nobody appends to these conferences, and nobody reads a key.
  ///
  /// The conferences come first, as for everybody who appends and stores or destroys a key: else each could wait for
  /// the other.
  package static func holdUntilCommit(_ conferences: [String], _ connection: isolated Connection)
    throws(PostgresError)
  {
    _ = try connection.query(
      "select from log.head where conference = any (\(conferences)::text[]) order by conference for update")
    try connection.execute("lock table vault.key in access exclusive mode")
  }

  /// The contents at the beginning of a transaction with one snapshot, before anything else is read in it.
  ///
  /// Only while they are read, nobody can be erased. The lock is given back with the savepoint; the snapshot stays.
  package func contents(of conference: ConferenceID, beginning connection: isolated Connection) throws -> (
    keys: [Tag: SealingKey], destroyed: Set<Tag>
  ) {
    try connection.execute("savepoint keys")
    try Self.keepUntilCommit(connection)
    do {
      let contents = try contents(of: conference, connection)
      try connection.execute("rollback to savepoint keys")
      return contents
    } catch {
      try connection.execute("rollback to savepoint keys")
      throw error
    }
  }

  /// All keys of a conference by their owners, and the withheld speakers whose keys were destroyed.
  package func contents(of conference: ConferenceID, _ connection: isolated Connection) throws -> (
    keys: [Tag: SealingKey], destroyed: Set<Tag>
  ) {
    var keys: [Tag: SealingKey] = [:]
    var destroyed: Set<Tag> = []
    // There can be a hundred thousand.
    try connection.copyOut(
      """
      copy (select owner, key, master from vault.key where conference = \(conference.slug)) to stdout
      """
    ) { line in
      var fields = CopyFields(line)
      let stored = StoredKey(
        conference: conference.slug, owner: try fields.next("owner"), key: try fields.next("key"),
        master: try fields.next("master"))
      if stored.key == nil {
        destroyed.insert(Tag(stored: stored.owner))
      } else {
        keys[Tag(stored: stored.owner)] = try key(in: stored)
      }
    }
    return (keys, destroyed)
  }

  package func keys(of conference: ConferenceID, _ connection: isolated Connection) throws -> [Tag:
    SealingKey]
  {
    try contents(of: conference, connection).keys
  }

  /// The tags of the people who were erased. The log says so, not the vault: a key can be missing for other reasons.
  ///
  /// It reads all events of the conference. Who asks for a few people alone gives their tags.
  package static func erased(of conference: ConferenceID, _ connection: isolated Connection)
    throws(PostgresError) -> Set<Tag>
  {
    try tags(
      connection.query(
        """
        select distinct unnest(tags) as tag from log.event
        where conference = \(conference.slug) and type = 'PersonErased'
          and position not in (select aside.position from log.events_set_aside(\(conference.slug)) as aside)
        """))
  }

  /// Who of these people was erased.
  package static func erased(
    _ owners: some Sequence<Tag>, of conference: ConferenceID, _ connection: isolated Connection
  ) throws(PostgresError) -> Set<Tag> {
    // Looked up one by one, which the limits have the planner do: it may take a conference that is new to it for an empty one.
    try tags(
      connection.query(
        """
        select owner.tag
        from unnest(\(owners.map(\.text))::text[]) as owner(tag)
        cross join lateral (
          select from log.tag as tagged
          cross join lateral (
            select event.type from log.event as event
            where event.conference = tagged.conference and event.position = tagged.position
            limit 1
          ) as event
          where tagged.conference = \(conference.slug) and tagged.tag = owner.tag and event.type = 'PersonErased'
            and tagged.position not in (select aside.position from log.events_set_aside(\(conference.slug)) as aside)
          limit 1
        ) as erasure
        """))
  }

  private static func tags(_ rows: Rows) throws(PostgresError) -> Set<Tag> {
    var tags: Set<Tag> = []
    for row in rows { tags.insert(Tag(stored: try row.decode("tag"))) }
    return tags
  }

  /// Destroys keys again that the log says were destroyed: a restored vault has them again.
  package static func forget(in conference: ConferenceID, _ connection: isolated Connection)
    throws(PostgresError)
  {
    _ = try connection.query("select vault.forget(\(conference.slug))")
  }

  /// The same key for another owner.
  ///
  /// - Throws: `MissingMasterKey`.
  package func copy(_ stored: StoredKey, for owner: Tag) throws -> StoredKey? {
    guard let key = try key(in: stored) else { return nil }
    let master = try masters.all().first { $0.id == stored.master }
    return try Self.stored(key, of: owner.text, in: stored.conference, with: master)
  }

  /// How many keys are encrypted with which master key; nil: with none.
  package static func masters(_ connection: isolated Connection) throws(PostgresError) -> [String?: Int] {
    let rows = try connection.query(
      "select master, count(*) as keys from vault.key where key is not null group by master")
    var counts: [String?: Int] = [:]
    for row in rows {
      counts[try row.decode("master", as: String?.self)] = try row.decode("keys", as: Int.self)
    }
    return counts
  }

  /// Encrypts all keys anew, as the owner of the table. The table gets a new file, so that the old bytes are gone.
  ///
  /// - Parameter master: nil: they are stored as they are.
  /// - Returns: the number of keys that changed, and of those that are damaged and were left alone.
  /// - Throws: `MissingMasterKey`, before anything is changed.
  package func rewrap(with master: MasterKey?, _ connection: isolated Connection) throws -> (
    changed: Int, damaged: Int
  ) {
    try connection.transaction {
      try connection.execute("lock table vault.key in access exclusive mode")
      var rows = try connection.query("select conference, owner, key, master from vault.key").map {
        try StoredKey($0)
      }
      var (changed, damaged) = (0, 0)
      for (index, row) in rows.enumerated() where row.key != nil && row.master != master?.id {
        guard let key = try key(in: row) else {
          damaged += 1
          continue
        }
        rows[index] = try Self.stored(key, of: row.owner, in: row.conference, with: master)
        changed += 1
      }
      if changed == 0 { return (0, damaged) }
      try connection.execute("truncate vault.key")
      try connection.execute(
        """
        insert into vault.key (conference, owner, key, master)
        select * from unnest(
          \(rows.map(\.conference))::text[], \(rows.map(\.owner))::text[], \(rows.map(\.key))::bytea[],
          \(rows.map(\.master))::text[])
        """)
      // The table was written anew.
      try Catalogue.rememberState(connection)
      return (changed, damaged)
    }
  }
}
