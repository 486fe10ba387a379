import Vocabulary

/// A table that Plenary wrote for spreadsheets. It is known by its headings, and what is in it by Plenary's own short names.
enum OwnTable {
  private struct Form {
    /// As people call it: `attendees`.
    let name: String
    /// Headings that no other table has together, as they are written.
    let headings: [String]
    /// One of these must be there too, and no heading that this table cannot have.
    var oneOf: [String] = []
    /// Nil: it has too little to be imported.
    var subject: ColumnMapping.Subject?
    /// What differs from the usual meaning of a heading; nil: it is left out.
    var columns: [String: ColumnMapping.Target?] = [:]
  }

  /// The particular ones come before the general ones.
  private static let forms: [Form] = [
    Form(
      name: "attendees", headings: ["ATTENDEE", "NAME", "STATUS"], subject: .attendees,
      columns: ["ATTENDEE": own(.key)]),
    Form(name: "presences", headings: ["attendee", "name", "session", "checked_in"]),
    Form(
      name: "attendees", headings: ["attendee", "name", "other_names"], subject: .attendees,
      columns: people.merging(["attendee": own(.key)]) { $1 }),
    // Without short names, nobody knows who is meant once a name was corrected.
    Form(
      name: "participants without their short names", headings: ["name", "other_names"],
      oneOf: ["number", "checked-in", "tick", "signature", "presence"]),
    Form(
      name: "speakers", headings: ["NAME", "SPEAKER", "SESSIONS"], subject: .people,
      columns: [
        "NAME": own(.key), "SPEAKER": ColumnMapping.Target(.name), "AFFILIATION": nil, "SESSIONS": nil,
      ]),
    Form(
      name: "presentations", headings: ["NAME", "SESSION", "WHEN", "PRESENTERS"]),
    Form(
      name: "sessions", headings: ["NAME", "WHEN", "ROOM", "KIND", "TITLE"], subject: .sessions,
      columns: ["NAME": own(.key), "WHEN": ColumnMapping.Target(.start), "ROOM": own(.room)]),
    Form(
      name: "sessions", headings: ["session", "slot", "end_date", "time_zone", "room_name"],
      subject: .sessions,
      columns: [
        "session": own(.key), "slot": ColumnMapping.Target(.slot), "room": own(.room),
        "room_name": ColumnMapping.Target(.roomName),
        "track": own(.track), "presenter": ColumnMapping.Target(.people, "presenter"),
        "rapporteur": ColumnMapping.Target(.people, "rapporteur"), "links": ColumnMapping.Target(.link),
        "time_zone": nil, "venue": nil, "venue_name": nil, "interpretation": nil, "presentations": nil,
        "expected": nil, "recording": nil,
      ]),
    Form(name: "rooms", headings: ["NAME", "SEATS", "ROOM"]),
    Form(name: "tracks", headings: ["NAME", "COLOUR", "TRACK"]),
    Form(name: "venues", headings: ["NAME", "VENUE", "ADDRESS"]),
    Form(name: "conferences", headings: ["NAME", "DAYS", "EVENTS", "TITLE"]),
    Form(name: "organisations", headings: ["NAME", "ORGANISATION", "ABBREVIATION"]),
    Form(name: "subjects", headings: ["NAME", "SUBJECT", "ABBREVIATION"]),
    Form(name: "statements", headings: ["ENTRY", "NUMBER", "KIND", "TEXT"]),
    Form(name: "corrections", headings: ["CORRECTION", "ENTRY", "WHAT"]),
    Form(name: "prints", headings: ["PRINT", "KIND", "COPIES"]),
    Form(name: "releases", headings: ["VERSION", "POSITION", "SESSIONS"]),
    Form(name: "issues", headings: ["ISSUE", "DATE", "POSITION"]),
  ]

  /// What lists of attendees that are printed have beside the names.
  private static let people: [String: ColumnMapping.Target?] = [
    "other_names": ColumnMapping.Target(.otherNames), "number": nil, "sessions": nil, "presence": nil,
    "checked-in": nil, "signature": nil, "tick": nil,
  ]
  private static let allOfPeople =
    Set(people.keys).union(["name", "organisation", "position", "country", "category", "email", "note"])

  private static func own(_ field: ColumnMapping.Field) -> ColumnMapping.Target {
    ColumnMapping.Target(field, ColumnMapping.own)
  }

  private static func form(_ headings: [String]) -> Form? {
    forms.first { form in
      Set(form.headings).isSubset(of: headings)
        && (form.oneOf.isEmpty
          || !Set(form.oneOf).isDisjoint(with: headings) && Set(headings).isSubset(of: allOfPeople))
    }
  }

  static func isOne(_ headings: [String]) -> Bool { form(headings) != nil }

  /// The mapping of a table of ours; nil for other tables.
  static func mapping(_ headings: [String]) -> ColumnMapping? {
    guard let form = form(headings), let subject = form.subject else { return nil }
    let allowed = ColumnMapping.fields(of: subject)
    var seen: Set<ColumnMapping.Target> = []
    let columns = headings.map { heading in
      var target = form.columns[heading] ?? (title(heading) ?? ColumnMapping.target(of: heading))
      if let known = target, !allowed.contains(known.field) || !seen.insert(known).inserted { target = nil }
      return ColumnMapping.Column(header: heading, target: target)
    }
    var mapping = ColumnMapping(subject: subject, columns: columns)
    mapping.separators = [.semicolon]
    return mapping
  }

  /// The title in a language, of which the tag can have several parts: `title_zh-Hant`.
  private static func title(_ heading: String) -> ColumnMapping.Target? {
    guard heading.hasPrefix("title_") else { return nil }
    return (try? Language(String(heading.dropFirst("title_".count)))).map {
      ColumnMapping.Target(.title, $0.tag)
    }
  }

  /// - Throws: `Unreadable` for a table of ours that is not imported.
  static func refuse(_ headings: [String], _ file: ForeignSource.File) throws {
    guard let form = form(headings), form.subject == nil else { return }
    throw Unreadable(
      "“\(excerpt(file.name))” is a list of \(form.name) that Plenary wrote. Of its lists, those of sessions, speakers and attendees (--csv, --xlsx) can be imported, and the program."
    )
  }

  /// `2027-09-13 22:00–01:00 (2027-09-14)`, as lists have it.
  static func times(_ text: String) -> (date: String, start: String, end: String, endDate: String)? {
    guard
      let parts = text.wholeMatch(
        of: /(\d{4}-\d\d-\d\d) (\d\d:\d\d)–(\d\d:\d\d)(?: \((\d{4}-\d\d-\d\d)\))?/)?.output
    else { return nil }
    return (String(parts.1), String(parts.2), String(parts.3), String(parts.4 ?? parts.1))
  }
}
