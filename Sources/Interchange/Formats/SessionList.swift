import JSON
import Vocabulary

/// A list of sessions in JSON of no known program: an array of objects with a title each, whose other members are told by
/// their names, as the columns of a table are.
package enum SessionList: ForeignReader {
  package static let name = "JSON (a list of sessions)"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let outline = JSONOutline(beginning)
    let paths = outline.paths.map { String($0) }
    return paths.contains { path in
      guard path.hasSuffix("[].title") || path.hasSuffix("[].name") else { return false }
      let list = path.dropLast(path.hasSuffix("title") ? 5 : 4)
      return list.filter { $0 == "[" }.count == 1
        && paths.contains { $0.hasPrefix(list) && isTime($0.dropFirst(list.count)) }
    }
  }

  private static func isTime(_ name: Substring) -> Bool {
    ["start", "startdate", "starttime", "date", "begin", "starts", "time"].contains(
      name.lowercased().filter { $0.isLetter })
  }

  package static func read(_ source: ForeignSource) throws -> ForeignConference {
    var collector = Collector()
    for file in source.files {
      let whole = try file.json()
      let lists = [whole] + whole.members.map(\.value).filter(\.isArray)
      guard let sessions = lists.first(where: { $0.elements.contains { $0["title"] ?? $0["name"] != nil } })
      else {
        throw Unreadable("“\(excerpt(file.name))” has no list of sessions with titles.", at: whole.position)
      }
      for session in sessions.elements { read(session, &collector) }
    }
    return collector.finish()
  }

  private static func fields(_ node: JSONNode) -> [ColumnMapping.Field: JSONNode] {
    var fields: [ColumnMapping.Field: JSONNode] = [:]
    for (name, value) in node.members where !value.isNull {
      // startDate, start_date
      let words = name.reduce(into: "") { words, sign in
        words += sign.isUppercase ? " " + sign.lowercased() : sign == "_" ? " " : String(sign)
      }
      guard let field = ColumnMapping.target(of: words)?.field ?? other[words], fields[field] == nil else {
        continue
      }
      fields[field] = value
    }
    return fields
  }

  private static let other: [String: ColumnMapping.Field] = [
    "start date": .start, "end date": .end, "persons": .people, "person": .people,
  ]

  private static func read(_ node: JSONNode, _ collector: inout Collector) {
    guard node.isObject else {
      return collector.remark("An element of the list is no session.", at: node.position)
    }
    let fields = fields(node)
    guard let title = (node["title"] ?? node["name"])?.localizedLine else {
      return collector.leaveOut("A session without a title was left out.", at: node.position)
    }
    var session = ForeignSession(title: title)
    session.at = node.position
    session.keys = node.keys(.guid, .code, .id, .slug)
    session.kind = fields[.kind]?.oneLine
    session.language = fields[.language]?.oneLine
    session.abstract = fields[.abstract]?.localizedFormatted
    session.description = fields[.description]?.localizedFormatted
    session.track = fields[.track]?.oneLine.flatMap { collector.track($0, at: node.position) }
    func time(_ field: ColumnMapping.Field, _ other: ColumnMapping.Field) -> ForeignTime? {
      for text in [fields[field]?.text, fields[other]?.text].compactMap(\.self) {
        guard let reading = Dates.read(text, .dayFirst) else { continue }
        if let time = reading.time { return time }
        if let minutes = reading.minutes { return .wall(date: reading.date.description, minutes: minutes) }
      }
      guard let date = fields[other]?.text.flatMap({ Dates.read($0, .dayFirst) }),
        let minutes = fields[field]?.text.flatMap(Clock.minutes(ofDay:))
      else { return nil }
      return .wall(date: date.date.description, minutes: minutes)
    }
    if let start = time(.start, .date) {
      let length =
        fields[.duration]?.text.flatMap(Clock.length)
        ?? time(.end, .endDate).flatMap { Clock.length(from: start, to: $0) }
      if let length {
        let room = fields[.room]?.oneLine.flatMap { collector.room($0, at: node.position) }
        session.slots = [ForeignSlot(room: room, start: start, minutes: length)]
      } else {
        collector.remark(
          "“\(excerpt(title.display))” was read without a time: its end is missing, or not after its start.",
          at: node.position)
      }
    } else if fields[.start] ?? fields[.date] != nil {
      collector.remark(
        "“\(excerpt(title.display))” was read without a time: its start cannot be read.", at: node.position)
    }
    let people = fields[.people]
    for person in people.map({ $0.isArray ? $0.elements : [$0] }) ?? [] {
      if let key = read(person: person, &collector) {
        session.people.append(ForeignPresence(person: key, role: person["role"]?.oneLine))
      }
    }
    for (field, kind) in [
      (ColumnMapping.Field.slides, ForeignLink.Kind.slides), (.recording, .recording), (.link, .related),
    ] {
      if let address = Words.address(fields[field]?.string) {
        session.links.append(ForeignLink(kind, address))
      }
    }
    collector.session(session)
  }

  private static func read(person: JSONNode, _ collector: inout Collector) -> String? {
    guard person.isObject else {
      return collector.person([], named: ForeignName(whole: person.oneLine), at: person.position)
    }
    let family = person.any("surname", "family", "familyName", "lastName", "last_name", "last-name")?.oneLine
    let given =
      person.any("given", "givenName", "firstName", "first_name", "first-name")?.oneLine
      ?? (family == nil ? nil : person["name"]?.oneLine)
    let whole = person.any("fullName", "full_name", "displayName", "public_name", "name")?.oneLine
    let name = family == nil ? ForeignName(whole: whole) : ForeignName(given: given, family: family)
    return collector.person(person.keys(.guid, .code, .id), named: name, at: person.position) {
      $0.email = $0.email ?? Words.email(person["email"]?.string)
      $0.position =
        $0.position ?? person.any("position", "post", "jobTitle", "job_title", "title", "tagline")?.oneLine
      $0.organisation =
        $0.organisation ?? person.any("organisation", "organization", "company", "affiliation")?.oneLine
      $0.country = $0.country ?? person["country"]?.oneLine
      $0.biography = $0.biography ?? person.any("biography", "bio")?.localizedFormatted
    }
  }
}
