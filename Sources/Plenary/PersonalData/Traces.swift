import EventLog
import People
import Postgres
import PostgresLog
import Publishing
import ReadModels
import Scheduling
package import Vocabulary

/// What is known about a person before the erasure, for looking afterwards whether it is still somewhere.
package struct KnownAboutPerson: Sendable {
  let conference: ConferenceID
  /// Of the keys that are destroyed.
  let owners: [Tag]
  /// Of an attendee, the whole name in all spellings, the addresses and the notes, as ever recorded; of a speaker, the addresses,
  /// biographies and pronunciations.
  let texts: Set<String>
  /// The same, as it is recognised in other texts.
  let mentions: Set<Mention>
  /// The prints in the ledger that were made of attendees since they registered.
  let prints: [PrintRow]
}

/// What is left of somebody after an erasure.
package struct Traces: Sendable {
  package let tables: Int
  package let texts: Int
  /// The names of tables that this login may not read, which were not searched.
  package let unsearched: [String]
  /// Where a text was found, in sentences.
  package let found: [String]
}

extension Workspace {
  /// To be called before the erasure: afterwards nobody knows what to look for.
  package func known(about attendee: AttendeeID, in conference: ConferenceID) async throws
    -> KnownAboutPerson
  {
    let events = try await log.read(conference, matching: .tagged(attendee.tag), command: nil).events
    let key = try await log.key(of: attendee.tag, in: conference)
    var texts: Set<String> = []
    var mentions: Set<Mention> = []
    for event in events {
      let sealed: Sealed? =
        switch try PeopleEvent(event) {
        case .attendeeRegistered(let body): body.details
        case .attendeeRevised(let body): body.details
        default: nil
        }
      guard let sealed, let key,
        let details: AttendeeDetails = sealed.open(
          key: key, context: AttendeeDetails.context(conference, attendee))
      else { continue }
      texts.formUnion(details.identifyingTexts)
      mentions.formUnion(details.mentions)
      guard let note = details.note else { continue }
      texts.insert(note)
      mentions.insert(.text(note))
    }
    let first = events.first?.position ?? .max
    let prints = try await view(ProgramModel.self, of: conference, .head).model.orderedPrints.filter {
      PrintKind(rawValue: $0.details.kind)?.isAboutAttendees == true && $0.details.position >= first
    }
    return KnownAboutPerson(
      conference: conference, owners: [attendee.tag], texts: texts, mentions: mentions, prints: prints)
  }

  /// The same about a speaker, under all short names that were merged. The name itself is printed, and stays.
  package func known(about speaker: PersonID, in conference: ConferenceID) async throws -> KnownAboutPerson {
    let program = try await view(ProgramModel.self, of: conference, .head).model
    let names = program.people.rows.map(\.person).filter { program.kept($0) == speaker }.sorted()
    let keys = try await log.keys(of: conference)
    var texts: Set<String> = []
    for name in names {
      for event in try await log.read(conference, matching: .tagged(name.tag), command: nil).events {
        var told: [LocalizedText?] = []
        switch try PeopleEvent(event) {
        case .speakerRegistered(let body) where body.person == name:
          told = [body.details.biography, body.details.pronunciation]
        case .speakerRevised(let body) where body.person == name:
          told = [body.changes.biography, body.changes.pronunciation]
        case .contactStated(let body):
          let contact: SpeakerContact? = keys[name.tag].flatMap { key in
            body.contact?.open(key: key, context: SpeakerContact.context(conference, name))
          }
          if let contact { texts.insert(contact.email.text) }
        default: break
        }
        texts.formUnion(told.flatMap { $0?.entries.map(\.text) ?? [] })
      }
    }
    return KnownAboutPerson(
      conference: conference, owners: names.map(\.tag), texts: texts, mentions: Set(texts.map { .text($0) }),
      prints: [])
  }

  /// Searches every table that the login may read for what was known, and the vault for the key.
  ///
  /// - Parameter erased: false: before the erasure, when the vault still has the key.
  package func traces(of known: KnownAboutPerson, erased: Bool = true) async throws -> Traces {
    // Their rows have a biography until they are brought up to date.
    _ = try await view(ProgramModel.self, of: known.conference, .head)
    let login = try await Connection.open(try configuration.database.parameters)
    let (tables, unsearched, places) = try await login.run { connection in
      let rows = try connection.query(
        """
        select format('%I.%I', schemaname, tablename) as name,
          has_schema_privilege(schemaname, 'USAGE')
            and has_table_privilege(format('%I.%I', schemaname, tablename), 'SELECT') as readable
        from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')
        order by 1
        """
      ).map {
        (name: try $0.decode("name", as: String.self), readable: try $0.decode("readable", as: Bool.self))
      }
      // The rows that the migrations make are about no person, but have common words.
      .filter { !Backup.remade.contains($0.name) }
      let tables = rows.filter(\.readable).map(\.name)
      let places = try tables.flatMap { try Self.places(in: $0, of: known, connection) }
      return (tables.count, rows.filter { !$0.readable }.map(\.name), places)
    }
    await login.close()
    var found = places
    for owner in known.owners where erased {
      let key = try await connection.query(
        "select from vault.key where conference = \(known.conference.slug) and owner = \(owner.text) and key is not null"
      )
      if !key.isEmpty { found.append("vault.key: the key, which decrypts all of it") }
    }
    let prints = known.prints.map { row in
      "print \(row.details.number) (\(row.details.kind)) was handed out and may name them"
    }
    return Traces(
      tables: tables, texts: known.texts.count, unsearched: unsearched, found: found + prints)
  }
}

extension Workspace {
  /// Where in a table something is that was known, each place once: `log.event, event 5: reason`.
  ///
  /// The comparison is made here and not in SQL: the functions of the database ignore case in ASCII only.
  private static func places(
    in table: String, of known: KnownAboutPerson, _ connection: isolated Connection
  ) throws -> [String] {
    let columns = try connection.query(
      """
      select attname as name, quote_ident(attname) as quoted, coalesce(attnum = any (indkey), false) as is_key
      from pg_attribute left join pg_index on indrelid = attrelid and indisprimary
      where attrelid = \(table)::regclass and attnum > 0 and not attisdropped and atttypid <> 'bytea'::regtype
      order by attnum
      """
    ).map {
      (
        name: try $0.decode("name", as: String.self), quoted: try $0.decode("quoted", as: String.self),
        isKey: try $0.decode("is_key", as: Bool.self)
      )
    }
    if columns.isEmpty { return [] }
    let list = columns.map { "\($0.quoted)::text" }.joined(separator: ", ")
    var (places, isKnown, more) = ([String](), Set<String>(), 0)
    try connection.copyOut("copy (select \(raw: list) from \(raw: table)) to stdout") { line in
      var fields = CopyFields(line)
      let values = try columns.map { try fields.next($0.name, as: String?.self) }
      for (column, value) in zip(columns, values) {
        guard let value, known.mentions.areFound(inStored: value) else { continue }
        var row: [String] = []
        for (key, value) in zip(columns, values) where key.isKey {
          switch (key.name, value) {
          case ("conference", known.conference.slug), (_, nil): break
          case ("position", let value?): row.append("event \(value)")
          case (_, let value?): row.append("\(key.name) \(excerpt(value))")
          }
        }
        let place = ([table] + row).joined(separator: ", ") + ": \(column.name)"
        guard isKnown.insert(place).inserted else { continue }
        if places.count < 100 { places.append(place) } else { more += 1 }
      }
    }
    return places + (more > 0 ? ["\(table): \(counted(more, "further place"))"] : [])
  }
}

extension Set<Mention> {
  /// Whether one of them is in a value of a table, which can be JSON.
  fileprivate func areFound(inStored value: String) -> Bool {
    func areFound(_ text: String) -> Bool {
      let both = (plain: text, folded: FoldedText(text))
      return contains { $0.isFound(in: both, withinWords: true) }
    }
    return areFound(value) || value.utf8.contains(UInt8(ascii: "\\")) && areFound(withoutEscapes(value))
  }

  /// With the characters that JSON escapes: `\u00e9`, `\n`.
  private func withoutEscapes(_ text: String) -> String {
    var units: [UInt16] = []
    var rest = Array(text.utf16)[...]
    while let unit = rest.popFirst() {
      guard unit == UInt16(ascii: "\\"), let escaped = rest.popFirst() else {
        units.append(unit)
        continue
      }
      let digits = String(decoding: rest.prefix(4), as: UTF16.self)
      switch UnicodeScalar(escaped) {
      case "u" where UInt16(digits, radix: 16) != nil:
        units.append(UInt16(digits, radix: 16)!)
        rest = rest.dropFirst(4)
      case "n", "r", "t", "b", "f": units.append(UInt16(ascii: " "))
      default: units.append(escaped)
      }
    }
    return String(decoding: units, as: UTF16.self)
  }
}

extension UInt16 {
  fileprivate init(ascii: Unicode.Scalar) { self.init(ascii.value) }
}
