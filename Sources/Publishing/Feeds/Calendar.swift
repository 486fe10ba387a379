import Projections
import Scheduling
import Vocabulary

extension ProgramPublication {
  /// The sessions as iCalendar (RFC 5545, RFC 7986).
  ///
  /// Times are in UTC, which every calendar shows in its reader's zone: a VTIMEZONE would have to be right
  /// about rules that the log does not know. A cancelled session stays, as cancelled, so that calendars
  /// that had it learn of it.
  package func iCalendar() -> String {
    let languages = edition.languages
    var lines = ContentLines()
    lines.add("BEGIN", "VCALENDAR")
    lines.add("VERSION", "2.0")
    lines.add("PRODID", "-//Plenary//Plenary//EN")
    lines.add("CALSCALE", "GREGORIAN")
    lines.add("UID", "\(edition.conference).plenary")
    if let conference = edition.program.conference?.particulars {
      let (language, title) = conference.title.best(languages)
      lines.add("NAME", text: title, in: language)
      lines.add("X-WR-CALNAME", text: title)
      lines.add("X-WR-TIMEZONE", text: conference.zone)
    }
    if let time = edition.checkpoint.lastEventAt { lines.add("LAST-MODIFIED", time.basic) }
    for row in edition.sessions { add(row, to: &lines) }
    lines.add("END", "VCALENDAR")
    return lines.text
  }

  private func add(_ row: SessionRow, to lines: inout ContentLines) {
    let languages = edition.languages
    let session = row.particulars
    let (language, title) = session.title.best(languages)
    lines.add("BEGIN", "VEVENT")
    lines.add("UID", "\(row.id)@\(edition.conference).plenary")
    lines.add("DTSTAMP", row.changedAt.basic)
    lines.add("LAST-MODIFIED", row.changedAt.basic)
    lines.add("SEQUENCE", String(row.sequence))
    lines.add("STATUS", row.cancelled ? "CANCELLED" : "CONFIRMED")
    lines.add("DTSTART", row.slot.start.instant.basic)
    lines.add("DTEND", row.slot.end.instant.basic)
    lines.add("SUMMARY", text: title, in: language)
    if let name = edition.program.rooms[row.slot.room.slug]?.particulars.name {
      let (language, text) = name.best(languages)
      lines.add("LOCATION", text: text, in: language)
    }
    if let track = session.track, let name = edition.program.tracks[track.slug]?.particulars.name {
      let (language, text) = name.best(languages)
      lines.add("CATEGORIES", text: text, in: language)
    }
    if let (language, text) = description(row) { lines.add("DESCRIPTION", text: text, in: language) }
    lines.add("END", "VEVENT")
  }

  /// Who takes part, then what it is about; in one language, because the property has one.
  private func description(_ row: SessionRow) -> (Language, String)? {
    let languages = edition.languages
    var parts: [String] = []
    let people = edition.groups(row).map { group in
      group.role.best(languages).text + Labels.between.localized(languages).best(languages).text
        + group.persons.map { $0.names[0].text }.joined(separator: ", ")
    }
    if !people.isEmpty { parts.append(people.joined(separator: "\n")) }
    let about = row.particulars.description?.best(languages)
    if let about { parts.append(about.text) }
    return parts.isEmpty ? nil : (about?.language ?? languages[0], parts.joined(separator: "\n\n"))
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
