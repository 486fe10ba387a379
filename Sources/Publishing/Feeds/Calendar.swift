import EventLog
import ReadModels
import Scheduling
package import Vocabulary

extension ProgramPublication {
  /// The sessions as iCalendar (RFC 5545, RFC 7986): an entry a slot, whose UID it keeps for ever.
  ///
  /// What calendars once had stays, as cancelled, so that they learn of it: cancelled sessions, slots
  /// that were removed, and sessions that were taken out of a program that had been released. Times are in
  /// the conference's zone, with its rules; see ``CalendarZones``.
  ///
  /// - Parameters:
  ///   - sessions: only these; nil: all of them.
  ///   - method: `PUBLISH`, `REQUEST`, `CANCEL` (RFC 5546) for a calendar that is sent to somebody, which is
  ///     then dated with the last event; nil for one that is fetched, whose entries are dated with their
  ///     last change. No ORGANIZER is written: the log knows no address of one.
  package func iCalendar(only sessions: Set<SessionID>? = nil, method: String? = nil) -> String {
    let languages = context.languages
    let entries = context.everyEntry.filter { entry in
      if let sessions { return sessions.contains(entry.session.id) }
      return entry.session.status != .unscheduled || wasReleased(entry.session)
    }
    let zones = CalendarZones(entries.map(\.slot))
    var lines = ContentLines()
    lines.add("BEGIN", "VCALENDAR")
    lines.add("VERSION", "2.0")
    lines.add("PRODID", "-//Plenary//Plenary//EN")
    lines.add("CALSCALE", "GREGORIAN")
    if let method { lines.add("METHOD", method) }
    lines.add("UID", "\(context.conference).plenary")
    if let conference = context.program.conference?.details {
      let (language, title) = conference.title.best(languages)
      lines.add("NAME", text: title, in: language)
      lines.add("X-WR-CALNAME", text: title)
      lines.add("X-WR-TIMEZONE", text: conference.zone)
    }
    if let time = context.checkpoint.lastEventAt { lines.add("LAST-MODIFIED", time.basic) }
    zones.write(to: &lines)
    for entry in entries {
      add(
        entry, zones, stamp: method == nil ? nil : context.checkpoint.lastEventAt, to: &lines)
    }
    lines.add("END", "VCALENDAR")
    return lines.text
  }

  /// A release came between its scheduling and the event that took it back.
  private func wasReleased(_ session: SessionRow) -> Bool {
    context.program.releases.rows.contains {
      session.scheduledAt <= $0.origin.recordedAt && $0.origin.recordedAt < session.changedAt
    }
  }

  /// Slot number 1 has the session's name alone.
  private func uid(_ session: SessionID, _ number: Int) -> String {
    "\(ProgramEntry.name(session, number))@\(context.conference).plenary"
  }

  private func add(
    _ entry: ProgramEntry, _ zones: CalendarZones, stamp: Timestamp?, to lines: inout ContentLines
  ) {
    let languages = context.languages
    let session = entry.session.details
    let (language, title) = session.title.best(languages)
    lines.add("BEGIN", "VEVENT")
    lines.add("UID", uid(session.session, entry.row.number))
    lines.add("DTSTAMP", (stamp ?? entry.row.changedAt).basic)
    lines.add("CREATED", entry.session.scheduledAt.basic)
    lines.add("LAST-MODIFIED", entry.row.changedAt.basic)
    lines.add("SEQUENCE", String(entry.row.sequence))
    lines.add("STATUS", entry.cancelled ? "CANCELLED" : "CONFIRMED")
    zones.write("DTSTART", "DTEND", entry.slot, to: &lines)
    lines.add(
      "SUMMARY", text: [title, entry.mark].compactMap(\.self).joined(separator: " "),
      in: language)
    if let (language, place) = place(entry.slot.room) {
      lines.add("LOCATION", text: place, in: language)
    }
    let categories = [
      session.track.flatMap { context.program.tracks[$0.slug] }.map(\.details.name),
      Labels.form(session.kind).map(context.label),
    ].compactMap { $0?.best(languages) }
    if let first = categories.first {
      lines.add(
        "CATEGORIES;LANGUAGE=\(first.language)",
        categories.map { ContentLines.escaped($0.text) }.joined(separator: ","))
    }
    if let (language, text) = description(entry) {
      lines.add("DESCRIPTION", text: text, in: language)
    }
    let links = entry.session.links
    if let first = links.first { lines.add("URL", first.address) }
    for link in links where link.kind == .attachment { lines.add("ATTACH", link.address) }
    if entry.row.number != 1 {
      lines.add("RELATED-TO;RELTYPE=SIBLING", uid(session.session, 1))
    }
    lines.add("END", "VEVENT")
  }

  /// The room, its venue, and where that is.
  private func place(_ room: RoomID) -> (Language, String)? {
    guard let room = context.program.rooms[room.slug]?.details else { return nil }
    let venue = room.venue.flatMap { context.program.venues[$0.slug] }?.details
    let (language, name) = room.name.best(context.languages)
    let parts = [venue?.name, venue?.address].compactMap { $0?.best(context.languages).text }
    return (language, ([name] + parts).joined(separator: ", "))
  }

  /// Who takes part, what it is about, what is presented and when; in one language, because the property
  /// has one.
  private func description(_ entry: ProgramEntry) -> (Language, String)? {
    let languages = context.languages
    let between = Labels.between.localized(languages).best(languages).text
    var parts: [String] = []
    let people = context.groups(entry.session).map { group in
      group.role.best(languages).text + between
        + group.persons.map { $0.names[0].text }.joined(separator: ", ")
    }
    if !people.isEmpty { parts.append(people.joined(separator: "\n")) }
    let about = entry.session.details.description?.best(languages)
    if let about { parts.append(about.text) }
    let order = context.runningOrder(entry)
    if !order.isEmpty { parts.append(order) }
    return parts.isEmpty ? nil : (about?.language ?? languages[0], parts.joined(separator: "\n\n"))
  }
}

extension PublicationContext {
  /// The presentations of a slot, a line each: `09:30 A Title (Feng Shaolei, Zhang Deguang)`.
  ///
  /// Formats that know no presentations have them so, within their session. They are no entries of
  /// their own: two of them would stand in one room at once beside their session, their times follow
  /// from the running order and change with every one before them, and only slots have an identity that lasts.
  func runningOrder(_ entry: ProgramEntry) -> String {
    entry.items.map { item in
      let people = item.presentation.people.compactMap { program.people[$0.slug] }.map(name)
      return "\(item.start.clock) \(item.presentation.title.best(languages).text)"
        + (people.isEmpty ? "" : " (\(people.joined(separator: ", ")))")
    }
    .joined(separator: "\n")
  }
}

/// The zones of a calendar's times, as VTIMEZONE (RFC 5545 §3.6.5).
///
/// What counts is the log: where the rules that this system knows would make another instant of what a
/// slot's clocks show than the log recorded, and in the hour that clocks show twice, a time is written in UTC.
struct CalendarZones {
  private struct Zone {
    let rules: ZoneRules
    let earliest: Timestamp
    let latest: Timestamp
  }

  private let zones: [String: Zone]

  init(_ slots: [Slot]) {
    var zones: [String: Zone] = [:]
    for (name, slots) in Dictionary(grouping: slots, by: \.start.zone) where name != "UTC" {
      let dates = slots.flatMap { [$0.start.date, $0.end.date] }
      guard let first = dates.min(), let last = dates.max(),
        let rules = try? ZoneRules(system: name, days: first...last)
      else { continue }
      let agreed = slots.filter { Self.agrees(rules, $0) }
      guard let earliest = agreed.map(\.start.instant).min(),
        let latest = agreed.map(\.end.instant).max()
      else { continue }
      zones[name] = Zone(rules: rules, earliest: earliest, latest: latest)
    }
    self.zones = zones
  }

  private static func agrees(_ rules: ZoneRules, _ slot: Slot) -> Bool {
    slot.start.zone == slot.end.zone
      && [slot.start, slot.end].allSatisfy { time in
        // A reader takes the first of two (RFC 5545 §3.3.5).
        rules.times(time.date, time.minuteOfDay).first?.instant == time.instant
      }
  }

  /// Both ends of a slot, which are written alike.
  func write(_ start: String, _ end: String, _ slot: Slot, to lines: inout ContentLines) {
    if let zone = zones[slot.start.zone], Self.agrees(zone.rules, slot) {
      lines.add("\(start);TZID=\(slot.start.zone)", Self.local(slot.start))
      lines.add("\(end);TZID=\(slot.end.zone)", Self.local(slot.end))
    } else {
      lines.add(start, slot.start.instant.basic)
      lines.add(end, slot.end.instant.basic)
    }
  }

  /// One component a zone, with each change of its clocks that the calendar's times need.
  func write(to lines: inout ContentLines) {
    for (name, zone) in zones.sorted(by: { $0.key < $1.key }) {
      lines.add("BEGIN", "VTIMEZONE")
      lines.add("TZID", name)
      let changes = zone.rules.changes
      let before = changes.lastIndex { $0.at <= zone.earliest }
      // With the one before: readers look for standard time beside summer time.
      let first = before.map { max(0, $0 - 1) } ?? 0
      if before == nil {
        write("19700101T000000", from: zone.rules.offset, to: zone.rules.offset, to: &lines)
      }
      for index in changes.indices where index >= first && changes[index].at <= zone.latest {
        let from = index == 0 ? zone.rules.offset : changes[index - 1].offset
        let utc = ZoneRules(zone: name, offset: from).time(at: changes[index].at)
        write(Self.local(utc), from: from, to: changes[index].offset, to: &lines)
      }
      lines.add("END", "VTIMEZONE")
    }
  }

  /// No TZNAME: what a zone's time is called differs from one machine to the next.
  private func write(_ onset: String, from: Int, to offset: Int, to lines: inout ContentLines) {
    let kind = offset > from ? "DAYLIGHT" : "STANDARD"
    lines.add("BEGIN", kind)
    lines.add("DTSTART", onset)
    lines.add("TZOFFSETFROM", ZoneRules.printed(from).replacing(":", with: ""))
    lines.add("TZOFFSETTO", ZoneRules.printed(offset).replacing(":", with: ""))
    lines.add("END", kind)
  }

  /// `20160325T093000`
  private static func local(_ time: ZonedTime) -> String {
    time.date.basic + "T" + time.clock.replacing(":", with: "") + "00"
  }
}

/// The lines of RFC 5545 §3.1: folded at 75 octets, never within a character.
struct ContentLines {
  private(set) var text = ""

  mutating func add(_ name: String, _ value: String) { fold(name + ":" + value) }

  mutating func add(_ name: String, text: String, in language: Language? = nil) {
    fold(name + (language.map { ";LANGUAGE=\($0)" } ?? "") + ":" + Self.escaped(text))
  }

  /// RFC 5545 §3.3.11. What a text of theirs cannot hold at all, a control character, is left out.
  static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ";", ",": escaped += ["\\", scalar]
      case "\n": escaped += ["\\", "n"]
      case "\u{0}"..."\u{1F}", "\u{7F}": break
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }

  private mutating func fold(_ line: String) {
    if line.utf8.count <= 75 {
      text += line + "\r\n"
      return
    }
    var length = 0
    for scalar in line.unicodeScalars {
      let octets = UTF8.width(scalar)
      if length + octets > 75 {
        text += "\r\n "
        length = 1
      }
      text.unicodeScalars.append(scalar)
      length += octets
    }
    text += "\r\n"
  }
}
