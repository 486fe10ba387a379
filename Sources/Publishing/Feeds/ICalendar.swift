import EventLog
import ReadModels
import Scheduling
package import Vocabulary

extension ProgramPublication {
  /// The sessions as iCalendar (RFC 5545, RFC 7986): one entry per slot, with a permanent UID.
  ///
  /// Entries that calendars once had stay as cancelled, so that calendars remove them: cancelled sessions,
  /// removed slots, and sessions taken out of a released program. Times are in the conference's zone, with
  /// its rules; see ``CalendarZones``.
  ///
  /// - Parameters:
  ///   - sessions: only these; nil for all.
  ///   - method: `PUBLISH`, `REQUEST` or `CANCEL` (RFC 5546) for a calendar that is sent to somebody. Its
  ///     entries have the time of the last event. Nil for a calendar that is fetched: its entries have the
  ///     time of their last change. There is no ORGANIZER, because the log has no address for one.
  package func iCalendar(only sessions: Set<SessionID>? = nil, method: String? = nil) -> String {
    let languages = context.languages
    let entries = context.program.everySlot.filter { entry in
      if let sessions { return sessions.contains(entry.session.id) }
      return entry.session.status != .unscheduled || wasReleased(entry.session)
    }
    let zones = CalendarZones(entries.map(\.slot))
    let identities = Identities(
      context.conference, context.program.conference, Array(context.program.sessions.rows))
    var lines = ContentLines()
    lines.add("BEGIN", "VCALENDAR")
    lines.add("VERSION", "2.0")
    lines.add("PRODID", "-//Plenary//Plenary//EN")
    lines.add("CALSCALE", "GREGORIAN")
    if let method { lines.add("METHOD", method) }
    // Only the calendar of the whole program is that calendar.
    if sessions == nil, method == nil {
      lines.add("UID", identities.calendar)
      // How often a subscriber should look again: RFC 7986 §5.7, and what Outlook and others read instead.
      lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
      lines.add("X-PUBLISHED-TTL", "PT1H")
    }
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
        entry, zones, identities, stamp: method == nil ? nil : context.checkpoint.lastEventAt, to: &lines)
    }
    lines.add("END", "VCALENDAR")
    return lines.text
  }

  /// Whether a release came between its scheduling and its removal.
  private func wasReleased(_ session: SessionRow) -> Bool {
    context.program.releases.rows.contains {
      session.scheduledAt <= $0.origin.recordedAt && $0.origin.recordedAt < session.changedAt
    }
  }

  private func add(
    _ entry: ScheduledSlot, _ zones: CalendarZones, _ identities: Identities, stamp: Timestamp?,
    to lines: inout ContentLines
  ) {
    let languages = context.languages
    let session = entry.session.details
    let (language, title) = session.title.best(languages)
    lines.add("BEGIN", "VEVENT")
    lines.add("UID", identities.uid(entry.session.id, slot: entry.number))
    lines.add("DTSTAMP", (stamp ?? entry.row.changedAt).basic)
    lines.add("CREATED", entry.session.scheduledAt.basic)
    lines.add("LAST-MODIFIED", entry.row.changedAt.basic)
    lines.add("SEQUENCE", String(entry.row.sequence))
    lines.add("STATUS", entry.cancelled ? "CANCELLED" : "CONFIRMED")
    zones.write("DTSTART", "DTEND", entry.slot, to: &lines)
    lines.add(
      "SUMMARY", text: entry.label.map { "\(context.isolated(title)) \($0)" } ?? title, in: language)
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
    // A slot number 1 that was never published has no entry.
    if entry.number != 1, entry.session.slots.contains(where: { $0.number == 1 }) {
      lines.add("RELATED-TO;RELTYPE=SIBLING", identities.uid(entry.session.id, slot: 1))
    }
    lines.add("END", "VEVENT")
  }

  /// The room, its venue and the address.
  private func place(_ room: RoomID) -> (Language, String)? {
    guard let room = context.program.rooms[room.slug]?.details else { return nil }
    let venue = room.venue.flatMap { context.program.venues[$0.slug] }?.details
    let (language, name) = room.name.best(context.languages)
    let parts = [venue?.name, venue?.address].compactMap { $0?.best(context.languages).text }
    return (language, parts.isEmpty ? name : ([name] + parts).map(context.isolated).joined(separator: ", "))
  }

  /// People, abstract and presentations with their times. In one language, because the property has only one.
  private func description(_ entry: ScheduledSlot) -> (Language, String)? {
    let languages = context.languages
    let between = Labels.between.localized(languages).best(languages).text
    var parts: [String] = []
    let people = context.groups(entry.session).map { group in
      group.role.best(languages).text + between
        + group.persons.map { context.isolated($0.names[0].text) }.joined(separator: ", ")
    }
    if !people.isEmpty { parts.append(people.joined(separator: "\n")) }
    let about = entry.session.details.description?.plain.best(languages)
    if let about { parts.append(about.text) }
    let order = context.runningOrder(entry)
    if !order.isEmpty { parts.append(order) }
    return parts.isEmpty ? nil : (about?.language ?? languages[0], parts.joined(separator: "\n\n"))
  }
}

extension PublicationContext {
  /// The presentations of a slot, one line each: `09:30 A Title (Feng Shaolei, Zhang Deguang)`.
  ///
  /// Formats without presentations list them like this, inside their session. They are not entries: they
  /// would occupy the room at the same time as their session, their times change with every presentation
  /// before them, and only slots have a permanent identity.
  func runningOrder(_ entry: ScheduledSlot) -> String {
    entry.items.map { item in
      let people = item.presentation.people.compactMap { program.people[$0.slug] }
        .map { isolated(name($0)) }
      return "\(item.start.clock) \(isolated(item.presentation.title.best(languages).text))"
        + (people.isEmpty ? "" : " (\(people.joined(separator: ", ")))")
    }
    .joined(separator: "\n")
  }
}

/// The zones of a calendar's times, as VTIMEZONE (RFC 5545 §3.6.5).
///
/// The log's instants count. A time is written in UTC if this system's rules would turn it into another
/// instant than the recorded one, or if it is in the hour that clocks show twice.
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
        // Readers take the first of two (RFC 5545 §3.3.5).
        rules.times(time.date, time.minuteOfDay).first?.instant == time.instant
      }
  }

  /// Start and end of a slot, both in the same form.
  func write(_ start: String, _ end: String, _ slot: Slot, to lines: inout ContentLines) {
    if let zone = zones[slot.start.zone], Self.agrees(zone.rules, slot) {
      lines.add("\(start);TZID=\(slot.start.zone)", Self.local(slot.start))
      lines.add("\(end);TZID=\(slot.end.zone)", Self.local(slot.end))
    } else {
      lines.add(start, slot.start.instant.basic)
      lines.add(end, slot.end.instant.basic)
    }
  }

  /// One component per zone, with every clock change that the calendar's times need.
  func write(to lines: inout ContentLines) {
    for (name, zone) in zones.sorted(by: { $0.key < $1.key }) {
      lines.add("BEGIN", "VTIMEZONE")
      lines.add("TZID", name)
      let changes = zone.rules.changes
      let before = changes.lastIndex { $0.at <= zone.earliest }
      // Includes the previous change: readers expect standard time and summer time together.
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

  /// No TZNAME, because zone abbreviations differ between machines.
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

/// Content lines of RFC 5545 §3.1, folded at 75 octets, never within a character.
struct ContentLines {
  private(set) var text = ""

  mutating func add(_ name: String, _ value: String) { fold(name + ":" + value) }

  mutating func add(_ name: String, text: String, in language: Language? = nil) {
    fold(name + (language.map { ";LANGUAGE=\($0)" } ?? "") + ":" + Self.escaped(text))
  }

  /// TEXT of RFC 5545 §3.3.11. Control characters are left out, because TEXT cannot contain them.
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
