import Vocabulary

/// schedule.xml, as frab, pretalx, wafer and pentabarf write it, and the dialects of FOSDEM and EuroPython.
///
/// Where the rules come from: the schema of the C3VOC (`schedule.xml.xsd`), and the files that do not follow it: events right
/// under a day, entries instead of events, people before the days, no dates, no keys.
package enum ScheduleXML: ForeignReader {
  package static let name = "schedule.xml"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let text = beginning.looksLikeUTF16 ? beginning.filter { $0 != 0 } : beginning
    return text.contains("<schedule") && !text.contains("<iCalendar") && text.isXML
  }

  package static func read(_ source: ForeignSource) throws -> ForeignConference {
    var reader = Reader()
    for file in source.files {
      reader.begin()
      try XMLPieces.read(file, whole: ["conference", "track", "person", "event", "entry", "title"]) {
        try reader.take($0)
      }
      try reader.end(file)
    }
    return reader.collector.finish()
  }

  private struct Reader {
    var collector = Collector()
    private var depth = 0
    private var day: CalendarDate?
    private var room: String?
    private var found = 0

    mutating func begin() { (depth, day, room, found) = (0, nil, nil, 0) }

    func end(_ file: ForeignSource.File) throws {
      if found == 0, collector.facts.title == nil {
        throw Unreadable("“\(excerpt(file.name))” has a <schedule>, but no conference and no event in it.")
      }
    }

    mutating func take(_ piece: XMLPiece) throws {
      switch piece {
      case .begin(let element):
        depth += 1
        if depth == 1, element.name != "schedule" {
          throw Unreadable(
            "This is XML, but not a schedule: it begins with <\(excerpt(element.name))>.", at: element.at)
        }
        switch element.name {
        case "day": begin(day: element)
        case "room": room = begin(room: element)
        default: break
        }
      case .end(let name):
        depth -= 1
        if name == "room" { room = nil }
      case .text: break
      case .whole(let element):
        switch element.name {
        case "conference": read(conference: element)
        case "title": collector.offer(\.title, Words.lineText(element.text))
        case "track": read(track: element)
        case "person": _ = read(person: element)
        default: read(event: element)
        }
      }
    }

    private mutating func begin(day element: XMLElement) {
      day = element.attribute("date").flatMap { Clock.date(String($0.prefix(10))) }
      if let day {
        let text = day.description
        if collector.facts.firstDay.map({ text < $0 }) ?? true { collector.set(\.firstDay, text) }
        if collector.facts.lastDay.map({ text > $0 }) ?? true { collector.set(\.lastDay, text) }
        // Without `day_change`, a day that ends the next morning tells when the next one begins.
        if case .wall(let date, let minutes) = element.attribute("end").flatMap({
          Clock.time(String($0.prefix(16)))
        }),
          date == day.adding(days: 1).description, minutes <= 720
        {
          collector.offer(\.dayBegins, minutes)
        }
      } else {
        collector.remark(
          "The day has no date that can be read"
            + (element.attribute("date").map { ": “\(excerpt($0))”." } ?? "."), at: element.at)
      }
    }

    private mutating func begin(room element: XMLElement) -> String? {
      guard let name = Words.line(element.attribute("name")) else { return nil }
      return collector.room(name, at: element.at) { room in
        for kind in [ForeignKey.Kind.guid, .id, .slug] {
          if let key = element.key(kind), !room.keys.contains(key) { room.keys.append(key) }
        }
        room.capacity =
          room.capacity ?? element.attribute("capacity").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
      }
    }

    private mutating func read(conference element: XMLElement) {
      found += 1
      collector.offer(\.title, Words.lineText(element.text("title")))
      collector.offer(\.acronym, Words.line(element.text("acronym")))
      collector.offer(\.zone, Words.line(element.text("time_zone_name")))
      collector.offer(\.city, Words.line(element.text("city")))
      collector.offer(\.venue, Words.line(element.text("venue")))
      // The days in the file are surer: some programs forget these.
      if let change = element.text("day_change") {
        collector.offer(\.dayBegins, Clock.minutes(ofDay: change))
      }
      for track in element.all("track") { read(track: track) }
      for room in element.all("room") { _ = begin(room: room) }
    }

    private mutating func read(track element: XMLElement) {
      guard let name = Words.line(element.attribute("name") ?? element.text) else { return }
      collector.track(name, at: element.at) { track in
        track.color = track.color ?? element.attribute("color").flatMap(color)
        if let key = element.key(.slug), !track.keys.contains(key) { track.keys.append(key) }
      }
    }

    /// `<person id="7">Name</person>`, or with the name in an element of its own.
    private mutating func read(person element: XMLElement) -> String? {
      var keys = [ForeignKey.Kind.guid, .code, .id, .slug].compactMap { element.key($0) }
      if let slug = Words.line(element.text("slug")) { keys.append(ForeignKey(.slug, slug)) }
      let name = ForeignName(whole: element.text("public_name", "full_public_name", "name") ?? element.text)
      let biography = Words.formattedText(element.text("biography", "extended_biography", "description"))
      // wafer writes the address as a contact.
      let email = Words.email(
        element.text("email") ?? element.attribute("email") ?? element.attribute("contact"))
      return collector.person(keys, named: name, at: element.at) { person in
        person.biography = person.biography ?? biography
        person.email = person.email ?? email
      }
    }

    private mutating func read(event element: XMLElement) {
      found += 1
      let title = Words.line(element.text("title")) ?? Words.line(element.text("subtitle"))
      guard let title else {
        return collector.leaveOut("A session without a title was left out.", at: element.at)
      }
      let language = Words.line(element.text("language"))
      var session = ForeignSession(title: ForeignText([.init(title, in: language)]))
      session.at = element.at
      session.language = language
      session.keys = [ForeignKey.Kind.guid, .code, .id].compactMap { element.key($0) }
      if let slug = Words.line(element.text("slug")) { session.keys.append(ForeignKey(.slug, slug)) }
      if let subtitle = Words.lineText(element.text("subtitle"), in: language), subtitle != session.title {
        session.subtitle = subtitle
      }
      session.kind = Words.line(element.text("type", "category"))
      session.abstract = Words.formattedText(element.text("abstract"), in: language)
      session.description = Words.formattedText(element.text("description"), in: language)
      if session.description == session.abstract { session.description = nil }
      // wafer's word for none.
      if let track = element.first("track"), let name = Words.line(track.text), name != "No Track" {
        session.track = collector.track(name, at: track.at) { known in
          if let key = track.key(.slug), !known.keys.contains(key) { known.keys.append(key) }
        }
      }
      if let slot = slot(of: element, title) { session.slots = [slot] }
      // pretalx: one submission, several slots, each an event with keys of its own.
      if let code = session.keys.first(where: { $0.kind == .code }), session.keys[0] != code {
        let own = session.keys.filter { $0.kind == .guid || $0.kind == .id }
        // Without a time there is no slot to have them.
        session.keys = [code] + (session.slots.isEmpty ? own : []) + session.keys.filter { $0.kind == .slug }
        if !session.slots.isEmpty { session.slots[0].keys = own }
      }
      for list in element.all("persons") + element.all("speakers") {
        for person in list.children where person.name == "person" || person.name == "speaker" {
          if let key = read(person: person) {
            session.people.append(ForeignPresence(person: key, role: Words.line(person.attribute("role"))))
          }
        }
      }
      session.links = links(of: element)
      if let optOut = element.first("recording")?.text("optout")?.lowercased() {
        session.mayBeRecorded =
          ["true", "1", "yes"].contains(optOut) ? false : ["false", "0", "no"].contains(optOut) ? true : nil
      }
      let status =
        element.text("status", "state")?.lowercased() ?? element.attribute("state")?.lowercased() ?? ""
      session.isCancelled = status.hasPrefix("cancel")
      collector.session(session)
    }

    private mutating func slot(of element: XMLElement, _ title: String) -> ForeignSlot? {
      let name = excerpt(title)
      let start: ForeignTime
      if let date = element.text("date"), let time = Clock.time(date) {
        start = time
      } else if let text = element.text("start"), let minutes = Clock.minutes(ofDay: text),
        let day = dayOf(element)
      {
        // A conference day goes on after midnight.
        let begins = min(collector.facts.dayBegins ?? 240, 360)
        start = .wall(date: day.description, minutes: minutes < begins ? minutes + 1440 : minutes)
      } else if let text = element.text("start"), let time = Clock.time(text) {
        start = time
      } else {
        let said = element.text("date", "start")
        collector.remark(
          "“\(name)” was read without a time"
            + (said.map { ": “\(excerpt($0))” cannot be read as one." } ?? "."),
          at: element.at)
        return nil
      }
      let length = element.text("duration").flatMap(Clock.length)
      guard let length else {
        collector.remark(
          "“\(name)” was read without a time: its duration "
            + (element.text("duration").map { "“\(excerpt($0))” cannot be read." } ?? "is missing."),
          at: element.at)
        return nil
      }
      var key = room
      if let own = element.first("room"), let name = Words.line(own.text) {
        key = collector.room(name, at: own.at) { known in
          if let key = own.key(.id), !known.keys.contains(key) { known.keys.append(key) }
        }
      }
      return ForeignSlot(room: key, start: start, minutes: length)
    }

    private func dayOf(_ element: XMLElement) -> CalendarDate? {
      element.text("date").flatMap { Clock.date($0) } ?? day
    }

    private func links(of element: XMLElement) -> [ForeignLink] {
      var links: [ForeignLink] = []
      for list in element.all("links") {
        for link in list.all("link") {
          guard let address = Words.address(link.attribute("href") ?? link.text) else { continue }
          let title = Words.line(link.text).flatMap { $0 == address ? nil : $0 }
          links.append(ForeignLink(LinkKind.guess(address, title: title), address, title: title))
        }
      }
      for list in element.all("attachments") {
        for link in list.all("attachment") {
          guard let address = Words.address(link.attribute("href")) else { continue }
          let title = Words.line(link.text)
          let kind = LinkKind.guess(address, title: title, type: link.attribute("type"), isAttached: true)
          links.append(ForeignLink(kind, address, title: title))
        }
      }
      for (name, kind) in [("video_download_url", ForeignLink.Kind.recording), ("url", .related)] {
        if let address = Words.address(element.text(name)) { links.append(ForeignLink(kind, address)) }
      }
      return links.uniqued(by: \.address)
    }
  }
}

extension XMLElement {
  /// The attribute of this name as a key.
  func key(_ kind: ForeignKey.Kind) -> ForeignKey? {
    Words.line(attributes[kind.rawValue]).map { ForeignKey(kind, $0) }
  }
}

/// `#2f6b5b` of `#2F6B5B`, `2f6b5b` and `#abc`; nil for anything else.
func color(_ text: String) -> String? {
  let digits = text.drop { $0 == "#" }.lowercased()
  guard digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
  if digits.count == 3 { return "#" + digits.map { "\($0)\($0)" }.joined() }
  return digits.count == 6 ? "#" + digits : nil
}

/// What a link of a session leads to, by its words.
enum LinkKind {
  static func guess(
    _ address: String, title: String?, type: String? = nil, isAttached: Bool = false
  ) -> ForeignLink.Kind {
    let words = Array(((title ?? "") + " " + (type ?? "")).lowercased().utf8)
    let path = Array(address.lowercased().utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
    func says(_ some: [StaticString]) -> Bool { some.contains { words.contains($0) } }
    func ends(_ some: [StaticString]) -> Bool {
      some.contains { ending in
        ending.withUTF8Buffer { path.count >= $0.count && path.suffix($0.count).elementsEqual($0) }
      }
    }
    if says(["subtitle", "caption", "transcript"]) { return .related }
    if says(["slide", "folien", "presentation"]) || isAttached && ends([".odp", ".pptx", ".ppt", ".key"]) {
      return .slides
    }
    if says(["video", "recording", "aufzeichnung", "audio"])
      || ends([".webm", ".mp4", ".ogv", ".avi", ".mkv", ".mp3", ".opus"])
    {
      return .recording
    }
    if says(["paper"]) { return .paper }
    return .related
  }
}

extension [UInt8] {
  func contains(_ text: StaticString) -> Bool {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard count >= wanted.count, let first = wanted.first else { return false }
    return withUnsafeBufferPointer { bytes in
      var index = 0
      while index <= bytes.count - wanted.count {
        if bytes[index] == first, (1..<wanted.count).allSatisfy({ bytes[index + $0] == wanted[$0] }) {
          return true
        }
        index += 1
      }
      return false
    }
  }

  /// Whether the first sign is `<`.
  var isXML: Bool {
    var rest = self[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    if rest.starts(with: [0xFF, 0xFE]) || rest.starts(with: [0xFE, 0xFF]) { rest = rest.dropFirst(2) }
    return rest.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "<")
  }

  var looksLikeUTF16: Bool {
    starts(with: [0xFF, 0xFE]) || starts(with: [0xFE, 0xFF])
      || count >= 4 && (self[0] == 0 && self[1] != 0 || self[1] == 0 && self[0] != 0)
  }
}
