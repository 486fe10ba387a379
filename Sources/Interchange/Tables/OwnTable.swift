import Vocabulary

/// A table that Plenary wrote for spreadsheets. It is known by its headings, and what is in it by Plenary's own short names.
enum OwnTable {
  private struct Form {
    /// As people call it: `attendees`.
    let name: String
    /// What no other table has together, as it is written.
    let telling: [String]
    /// Nil: it has too little to be imported.
    var subject: ColumnMapping.Subject?
    /// What differs from the usual meaning of a heading; nil: it is left out.
    var columns: [String: ColumnMapping.Target?] = [:]
  }

  /// The particular ones come before the general ones.
  private static let forms: [Form] = [
    Form(
      name: "attendees", telling: ["ATTENDEE", "NAME", "STATUS"], subject: .attendees,
      columns: ["ATTENDEE": own(.key)]),
    Form(name: "presences", telling: ["attendee", "name", "session", "checked_in"]),
    Form(
      name: "participants", telling: ["name", "other_names"], subject: .attendees,
      columns: ["attendee": own(.key), "number": nil, "sessions": nil]),
    Form(
      name: "speakers", telling: ["NAME", "SPEAKER", "SESSIONS"], subject: .people,
      columns: ["NAME": own(.key), "SPEAKER": ColumnMapping.Target(.name), "AFFILIATION": nil]),
    Form(
      name: "presentations", telling: ["NAME", "SESSION", "WHEN", "PRESENTERS"]),
    Form(
      name: "sessions", telling: ["NAME", "WHEN", "ROOM", "KIND", "TITLE"], subject: .sessions,
      columns: ["NAME": own(.key), "WHEN": ColumnMapping.Target(.start), "ROOM": own(.room)]),
    Form(
      name: "sessions", telling: ["session", "slot", "end_date", "time_zone", "room_name"],
      subject: .sessions,
      columns: [
        "session": own(.key), "room": own(.room), "room_name": ColumnMapping.Target(.roomName),
        "track": own(.track), "presenter": ColumnMapping.Target(.people, "presenter"),
        "rapporteur": ColumnMapping.Target(.people, "rapporteur"), "links": ColumnMapping.Target(.link),
        "recording": nil, "presentations": nil,
      ]),
    Form(name: "rooms", telling: ["NAME", "SEATS", "ROOM"]),
    Form(name: "tracks", telling: ["NAME", "COLOUR", "TRACK"]),
    Form(name: "venues", telling: ["NAME", "VENUE", "ADDRESS"]),
    Form(name: "conferences", telling: ["NAME", "DAYS", "EVENTS", "TITLE"]),
    Form(name: "organisations", telling: ["NAME", "ORGANISATION", "ABBREVIATION"]),
    Form(name: "subjects", telling: ["NAME", "SUBJECT", "ABBREVIATION"]),
    Form(name: "statements", telling: ["ENTRY", "NUMBER", "KIND", "TEXT"]),
    Form(name: "corrections", telling: ["CORRECTION", "ENTRY", "WHAT"]),
    Form(name: "prints", telling: ["PRINT", "KIND", "COPIES"]),
    Form(name: "releases", telling: ["VERSION", "POSITION", "SESSIONS"]),
    Form(name: "issues", telling: ["ISSUE", "DATE", "POSITION"]),
  ]

  private static func own(_ field: ColumnMapping.Field) -> ColumnMapping.Target {
    ColumnMapping.Target(field, ColumnMapping.own)
  }

  private static func form(_ headings: [String]) -> Form? {
    forms.first { Set($0.telling).isSubset(of: headings) }
  }

  static func isOne(_ headings: [String]) -> Bool { form(headings) != nil }

  /// The mapping of a table of ours; nil for other tables.
  static func mapping(_ headings: [String]) -> ColumnMapping? {
    guard let form = form(headings), let subject = form.subject else { return nil }
    let allowed = ColumnMapping.fields(of: subject)
    var seen: Set<ColumnMapping.Target> = []
    let columns = headings.map { heading in
      var target = form.columns[heading] ?? ColumnMapping.target(of: heading)
      if let known = target, !allowed.contains(known.field) || !seen.insert(known).inserted { target = nil }
      return ColumnMapping.Column(header: heading, target: target)
    }
    var mapping = ColumnMapping(subject: subject, columns: columns)
    mapping.separators = [.semicolon]
    return mapping
  }

  /// - Throws: `Unreadable` for a table of ours that is not imported.
  static func refuse(_ headings: [String], _ file: ForeignSource.File) throws {
    guard let form = form(headings), form.subject == nil else { return }
    throw Unreadable(
      "“\(excerpt(file.name))” is a list of \(form.name) that Plenary wrote. Of its lists, those of sessions, speakers and attendees can be imported, and the program."
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
