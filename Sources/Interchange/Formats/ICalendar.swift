import Vocabulary

/// iCalendar (RFC 5545): a session for each event.
///
/// Lines are joined as bytes, because some programs fold inside a character.
package enum ICalendar: ForeignReader {
  package static let name = "iCalendar"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let text = TextEncoding.utf8(beginning)
    let start = text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return (start == UInt8(ascii: "B") || start == UInt8(ascii: "b"))
      && Array(text.prefix(200).map { $0 & 0xDF == $0 ? $0 : ($0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0) })
        .contains("BEGIN:VCALENDAR")
  }

  package static func read(_ source: ForeignSource) throws -> ForeignConference {
    var reader = Reader()
    for file in source.files {
      try ContentLines.read(file, remark: { reader.collector.remark($0, at: $1) }) { try reader.take($0) }
      reader.end()
    }
    return reader.finish()
  }

  fileprivate struct Event {
    var at: SourcePosition
    var values: [String: [ContentLine]] = [:]

    func first(_ name: String) -> ContentLine? { values[name]?.first }
    func text(_ name: String) -> String? { first(name).map { $0.text } }
  }

  private struct Reader {
    var collector = Collector()
    private var open: [String] = []
    private var event: Event?
    private var events: [Event] = []
    private var zones: [String: Int] = [:]
    private var calendarZone: String?
    private var endless = 0
    /// Of an event without an end, in minutes.
    private static let usualLength = 30

    mutating func take(_ line: ContentLine) throws {
      let value = line.value.uppercased().trimmingSpace
      switch line.name {
      case "BEGIN":
        guard open.count < 16 else {
          throw Unreadable("The components are nested more than 16 deep.", at: line.at)
        }
        if value == "VEVENT", event != nil {
          // The end of the one before is missing: it is taken as it is.
          collector.remark("An event begins before the one before it ends.", at: line.at)
          endEvent()
        }
        open.append(value)
        if value == "VEVENT" { event = Event(at: line.at) }
      case "END":
        if value == "VEVENT" { endEvent() }
        if let place = open.lastIndex(of: value) { open.removeSubrange(place...) }
      default:
        if event != nil, open.last == "VEVENT" {
          if event!.values[line.name, default: []].count < 200 {
            event!.values[line.name, default: []].append(line)
          }
        } else if open.count <= 1 {
          switch line.name {
          case "X-WR-CALNAME", "NAME": collector.offer(\.title, Words.lineText(line.text))
          case "X-WR-TIMEZONE", "TIMEZONE-ID", "VTIMEZONE":
            calendarZone = calendarZone ?? Words.line(line.text)
          default: break
          }
        }
      }
    }

    private mutating func endEvent() {
      if let event { events.append(event) }
      event = nil
    }

    mutating func end() {
      if event != nil {
        collector.remark("The file ends within an event, which was read as far as it goes.", at: event?.at)
        endEvent()
      }
      // With some events missing, nothing else shows it.
      if open.contains("VCALENDAR") {
        collector.leaveOut(
          "END:VCALENDAR is missing at the end of the file, so events may be missing before it.")
      }
      open = []
    }

    mutating func finish() -> ForeignConference {
      // Some programs give all events the same UID, which then says nothing.
      var titles: [String: Set<String>] = [:]
      for event in events {
        if let uid = Words.line(event.text("UID")) {
          titles[uid, default: []].insert(Words.line(event.text("SUMMARY")) ?? "")
        }
      }
      let shared = titles.filter { $0.value.count > 1 }
      if !shared.isEmpty {
        let count = events.count { event in Words.line(event.text("UID")).map { shared[$0] != nil } ?? false }
        collector.remark(
          "\(counted(count, "event")) share \(counted(shared.count, "UID")), although each should have one of its own. They were read without it, and are known by their titles and times."
        )
      }
      for event in events {
        read(event, hasKey: Words.line(event.text("UID")).map { shared[$0] == nil } ?? false)
      }
      if endless > 0 {
        collector.remark(
          "\(counted(endless, "event")) \(endless == 1 ? "ends when it begins, or has" : "end when they begin, or have") no end. "
            + "\(endless == 1 ? "It was" : "They were") read as \(Self.usualLength) minutes long.")
      }
      // What the times say of themselves comes before what the calendar says of all.
      collector.offer(\.zone, zones.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key)
      collector.offer(\.zone, calendarZone)
      return collector.finish()
    }

    private mutating func read(_ event: Event, hasKey: Bool) {
      guard let title = Words.line(event.text("SUMMARY")) else {
        return collector.leaveOut("An event without a title was left out.", at: event.at)
      }
      let language = event.first("SUMMARY")?.parameters["LANGUAGE"]
      var session = ForeignSession(title: ForeignText([.init(title, in: language)]))
      session.at = event.at
      if hasKey, let uid = Words.line(event.text("UID")) { session.keys = [ForeignKey(.uid, uid)] }
      session.description = Words.formattedText(event.text("DESCRIPTION"), in: language)
      session.isCancelled = event.text("STATUS")?.uppercased() == "CANCELLED"
      if let categories = event.first("CATEGORIES")?.list,
        let first = categories.compactMap({ Words.line($0) }).first
      {
        session.track = collector.track(first, at: event.at)
      }
      if let start = event.first("DTSTART") { session.slots = slots(event, start, title) }
      for line in event.values["ATTACH"] ?? [] {
        if let address = Words.address(line.value) {
          session.links.append(ForeignLink(LinkKind.guess(address, title: nil, isAttached: true), address))
        }
      }
      if let address = Words.address(event.first("URL")?.value) {
        session.links.append(ForeignLink(.related, address))
      }
      session.links = session.links.uniqued(by: \.address)
      // The speakers, in those programs that have them: a name, and seldom an address of their own.
      for line in event.values["ATTENDEE"] ?? [] {
        if let name = line.parameters["CN"],
          let key = collector.person([], named: ForeignName(whole: name), at: event.at)
        {
          session.people.append(ForeignPresence(person: key, role: line.parameters["ROLE"]))
        }
      }
      if let organizer = event.first("ORGANIZER"), let name = organizer.parameters["CN"],
        event.values["ATTENDEE"] == nil, isSpeaker(organizer),
        let key = collector.person([], named: ForeignName(whole: name), at: event.at)
      {
        session.people.append(ForeignPresence(person: key))
      }
      if event.first("RRULE") != nil {
        collector.remark("“\(excerpt(title))” repeats. Only its first time was read.", at: event.at)
      }
      collector.session(session)
    }

    /// Whether the organizers of the events are many: then they are the speakers.
    private lazy var organizers = Set(events.compactMap { $0.first("ORGANIZER")?.parameters["CN"] }).count

    private mutating func isSpeaker(_ line: ContentLine) -> Bool { organizers > max(3, events.count / 3) }

    private mutating func slots(_ event: Event, _ line: ContentLine, _ title: String) -> [ForeignSlot] {
      guard line.parameters["VALUE"]?.uppercased() != "DATE", line.value.count > 8 else {
        collector.remark("“\(excerpt(title))” lasts whole days, and was read without a time.", at: event.at)
        return []
      }
      guard let start = time(line) else {
        collector.remark(
          "“\(excerpt(title))” was read without a time: “\(excerpt(line.value))” cannot be read as one.",
          at: line.at)
        return []
      }
      var length: Int?
      if let end = event.first("DTEND") {
        length = time(end, counted: false).flatMap { Clock.length(from: start, to: $0) }
      } else {
        length = event.first("DURATION").flatMap { Clock.length($0.value) }
      }
      // Such an event ends when it begins (RFC 5545 §3.6.1), which no session does.
      let end = event.first("DTEND").flatMap { time($0, counted: false) }
      if length == nil, event.first("DTEND") == nil && event.first("DURATION") == nil || end == start {
        length = Self.usualLength
        endless += 1
      }
      guard let length else {
        collector.remark(
          "“\(excerpt(title))” was read without a time: its end is not after its start, or cannot be read.",
          at: line.at)
        return []
      }
      let room = Words.line(event.text("LOCATION")).flatMap { collector.room($0, at: event.at) }
      var slot = ForeignSlot(room: room, start: start, minutes: length)
      if case .wall = start { slot.zone = line.parameters["TZID"] }
      if let other = event.first("DTEND")?.parameters["TZID"], other != slot.zone {
        collector.remark(
          "“\(excerpt(title))” begins and ends in different zones; its end was read as if it were in that of its start.",
          at: event.at)
      }
      return [slot]
    }

    private mutating func time(_ line: ContentLine, counted: Bool = true) -> ForeignTime? {
      guard let time = Clock.time(line.value.trimmingSpace) else { return nil }
      if counted, case .wall = time, let zone = line.parameters["TZID"] { zones[zone, default: 0] += 1 }
      return time
    }
  }
}

/// `NAME;PARAMETER=value:value`, unfolded.
struct ContentLine {
  var name: String
  var parameters: [String: String] = [:]
  /// As it stands there.
  var value: String
  var at: SourcePosition

  /// The value without escapes (RFC 5545 §3.3.11).
  var text: String {
    var text = ""
    var rest = value[...]
    while let sign = rest.popFirst() {
      guard sign == "\\", let next = rest.popFirst() else {
        text.append(sign)
        continue
      }
      text.append(next == "n" || next == "N" ? "\n" : next)
    }
    return text
  }

  /// The values between commas.
  var list: [String] {
    var values = [""]
    var rest = value[...]
    while let sign = rest.popFirst() {
      if sign == "\\", let next = rest.popFirst() {
        values[values.count - 1].append(next)
      } else if sign == "," {
        values.append("")
      } else {
        values[values.count - 1].append(sign)
      }
    }
    return values
  }

  /// Nil if it has no colon.
  init?(_ line: String, at position: SourcePosition) {
    var parts: [String] = [""]
    var isQuoted = false
    var rest = line[...]
    while let sign = rest.first, isQuoted || sign != ":" {
      rest = rest.dropFirst()
      if sign == "\"" {
        isQuoted.toggle()
      } else if sign == ";", !isQuoted {
        parts.append("")
      } else {
        parts[parts.count - 1].append(sign)
      }
    }
    guard rest.first == ":", let name = parts[0].nonEmpty else { return nil }
    self.name = name.uppercased()
    value = String(rest.dropFirst())
    at = position
    for part in parts.dropFirst() {
      guard let equals = part.firstIndex(of: "=") else { continue }
      parameters[part[..<equals].uppercased()] = String(part[part.index(after: equals)...])
    }
  }
}

enum ContentLines {
  /// A longer line is no description of a session.
  static let longest = 1 << 20

  /// Joins folded lines as bytes, and hands over each with its place.
  static func read(
    _ file: ForeignSource.File, remark: (String, SourcePosition?) -> Void,
    _ take: (ContentLine) throws -> Void
  ) throws {
    var (line, number, start) = ([UInt8](), 1, 1)
    var (afterReturn, atStart) = (false, true)
    var saidEncoding = false
    func finish() throws {
      defer { line.removeAll(keepingCapacity: true) }
      guard !line.isEmpty else { return }
      var bytes = line
      if !TextEncoding.isUTF8(bytes) {
        bytes = TextEncoding.utf8(windows1252: bytes)
        if !saidEncoding {
          remark(
            "A line is not UTF-8. It and others like it were read as Windows-1252.",
            SourcePosition(line: start))
        }
        saidEncoding = true
      }
      let text = String(decoding: bytes, as: UTF8.self)
      if let content = ContentLine(text, at: SourcePosition(line: start)) {
        try take(content)
      } else if text.nonEmpty != nil {
        remark("A line was not understood: “\(excerpt(text))”.", SourcePosition(line: start))
      }
    }
    try TextPieces.read(file, as: .utf8) { bytes in
      for byte in bytes {
        if byte == 0x0A, afterReturn {
          afterReturn = false
          continue
        }
        afterReturn = byte == 0x0D
        if byte == 0x0A || byte == 0x0D {
          number += 1
          atStart = true
        } else if atStart {
          atStart = false
          // Continues the line before (RFC 5545 §3.1).
          if byte == 0x20 || byte == 0x09 { continue }
          try finish()
          start = number
          line.append(byte)
        } else {
          guard line.count < longest else {
            throw Unreadable(
              "The line is longer than \(longest / 1_000_000) MB.", at: SourcePosition(line: start))
          }
          line.append(byte)
        }
      }
    }
    try finish()
  }
}

extension String {
  fileprivate var trimmingSpace: String { nonEmpty ?? "" }
}
