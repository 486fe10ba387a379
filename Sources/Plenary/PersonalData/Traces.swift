import EventLog
import People
import Postgres
import PostgresLog
import Publishing
import ReadModels
import Scheduling
package import Vocabulary

/// What is known about an attendee before the erasure, for looking afterwards whether it is still somewhere.
package struct KnownAboutAttendee: Sendable {
  let conference: ConferenceID
  let attendee: AttendeeID
  /// The whole name in all spellings, the addresses and the notes, as ever recorded.
  let texts: [String]
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
    -> KnownAboutAttendee
  {
    let events = try await log.read(conference, matching: .tagged(attendee.tag), command: nil).events
    let key = try await log.key(of: attendee.tag, in: conference)
    var texts: Set<String> = []
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
      if let note = details.note { texts.insert(note) }
    }
    let first = events.first?.position ?? .max
    let prints = try await view(ProgramModel.self, of: conference, .head).model.orderedPrints.filter {
      PrintKind(rawValue: $0.details.kind)?.isAboutAttendees == true && $0.details.position >= first
    }
    return KnownAboutAttendee(
      conference: conference, attendee: attendee, texts: texts.sorted(), prints: prints)
  }

  /// Searches every table that the login may read for what was known, and the vault for the key.
  package func traces(of known: KnownAboutAttendee) async throws -> Traces {
    let login = try await Connection.open(try configuration.database.parameters)
    let texts = known.spellings
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
      let tables = rows.filter(\.readable).map(\.name)
      var found: [String] = []
      for table in tables {
        // As texts: the operators of JSON raise an error for some bodies, such as one with the escape \u0000.
        let columns = try connection.query(
          """
          select quote_ident(attname) as name from pg_attribute
          where attrelid = \(table)::regclass and attnum > 0 and not attisdropped order by attnum
          """
        ).map { try $0.decode("name", as: String.self) }
        let fields = columns.map { "('\($0.replacing("'", with: "''"))', t.\($0)::text)" }.joined(
          separator: ", ")
        let position =
          columns.contains("\"position\"") || columns.contains("position") ? "t.\"position\"" : "null::bigint"
        let rows = try connection.query(
          """
          select \(raw: position)::text as position, column_name as column
          from \(raw: table) as t
          cross join lateral (values \(raw: fields)) as field(column_name, value)
          where exists (select from unnest(\(texts)::text[]) as text where position(lower(text) in lower(value)) > 0)
          order by \(raw: position), 2
          limit 100
          """)
        for row in rows {
          let place = try row.decode("position", as: String?.self).map { ", event \($0)" } ?? ""
          found.append("\(table)\(place): \(try row.decode("column", as: String.self))")
        }
      }
      return (tables.count, rows.filter { !$0.readable }.map(\.name), found)
    }
    await login.close()
    var found = places
    let (owner, conference) = (known.attendee.tag, known.conference)
    let key = try await connection.query(
      "select from vault.key where conference = \(conference.slug) and owner = \(owner.text)")
    if !key.isEmpty { found.append("vault.key: the key, which decrypts all of it") }
    let prints = known.prints.map { row in
      "print \(row.details.number) (\(row.details.kind)) was handed out and may name them"
    }
    return Traces(
      tables: tables, texts: known.texts.count, unsearched: unsearched, found: found + prints)
  }
}

extension KnownAboutAttendee {
  /// As the database may hold the texts: within JSON, and in capitals that it may not fold.
  fileprivate var spellings: [String] {
    let written = texts + texts.flatMap { [$0.lowercased(), $0.uppercased()] }
    let escaped = written.map { $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") }
    return Set(written + escaped).sorted()
  }
}
