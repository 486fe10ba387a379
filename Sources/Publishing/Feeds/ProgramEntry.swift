import ReadModels
import Scheduling
import Vocabulary

/// One slot of a session with its presentations: one entry in a calendar, schedule, table or page.
struct ProgramEntry: Sendable {
  let session: SessionRow
  let row: SlotRow
  /// The number of the slot in chronological order, from 1; 0 for a removed slot.
  let part: Int
  /// The number of the session's slots.
  let parts: Int
  /// The presentations in this slot.
  let items: [RunningOrder.Item]

  var slot: Slot { row.slot }
  /// Whether it is shown as cancelled.
  var cancelled: Bool { session.status != .scheduled || row.removed }
  /// `(2/3)`; nil for a session's only slot.
  var mark: String? { parts > 1 && part > 0 ? "(\(part)/\(parts))" : nil }
  /// The session's identifier for its first slot, which nearly always has number 1; else with the slot's
  /// number.
  var name: String { Self.name(session.id, row.number) }

  static func name(_ session: SessionID, _ number: Int) -> String {
    number == 1 ? session.slug : "\(session).\(number)"
  }

  fileprivate static func all(of session: SessionRow) -> [ProgramEntry] {
    let live = session.liveSlots
    let items = session.presentations.isEmpty ? [] : session.runningOrder.items
    return live.enumerated().map { index, row in
      ProgramEntry(
        session: session, row: row, part: index + 1, parts: live.count,
        items: items.filter { $0.slot == row.number })
    }
      + session.slots.filter(\.removed).map { row in
        ProgramEntry(session: session, row: row, part: 0, parts: live.count, items: [])
      }
  }
}

extension PublicationContext {
  /// Scheduled and cancelled slots, sorted by day and start, then by the order of the rooms, then by
  /// identifier.
  var entries: [ProgramEntry] {
    ordered(
      program.sessions.rows.filter { $0.status != .unscheduled }
        .flatMap(ProgramEntry.all).filter { !$0.row.removed })
  }

  /// Every slot that the program ever had, in the same order.
  var everyEntry: [ProgramEntry] { ordered(program.sessions.rows.flatMap(ProgramEntry.all)) }

  private func ordered(_ entries: [ProgramEntry]) -> [ProgramEntry] {
    let rooms = Dictionary(uniqueKeysWithValues: program.rooms.rows.map { ($0.id, $0.ordinal) })
    return entries.sorted { a, b in
      let (start, other) = (a.slot.start, b.slot.start)
      return (start.date, start.instant, rooms[a.slot.room] ?? .max, a.session.id, a.row.number)
        < (other.date, other.instant, rooms[b.slot.room] ?? .max, b.session.id, b.row.number)
    }
  }

  /// The days of the conference, and other days on which something begins.
  func days(of entries: [ProgramEntry]) -> [CalendarDate] {
    var days = Set(entries.map(\.slot.start.date))
    if let own = program.conference?.details, own.firstDay <= own.lastDay {
      for day in own.firstDay.daysSince1970...own.lastDay.daysSince1970 {
        days.insert(CalendarDate(daysSince1970: day))
      }
    }
    return days.sorted()
  }

  /// The people, with their first role. Presenters come last.
  func participants(_ session: SessionRow) -> [(role: SessionRole, person: PersonRow)] {
    session.people.compactMap { id in
      guard let person = program.people[id.slug] else { return nil }
      let role = session.assignments.filter { $0.person == id }.map(\.role).min()
      return (role ?? .presenter, person)
    }
  }

  /// A person's name in the publication's languages.
  func name(_ person: PersonRow) -> String { person.name.best(languages).printed }

  /// The spoken languages; by default the conference's first language.
  func spoken(_ session: SessionRow) -> [Language] {
    if !session.details.languages.isEmpty { return session.details.languages }
    return [program.conference?.details.languages.first ?? languages[0]]
  }

  /// Unambiguous names of rooms: with the venue if two rooms have the same name.
  func roomNames() -> [RoomID: String] {
    var named: [String: [RoomRow]] = [:]
    for room in program.rooms.rows {
      named[room.details.name.best(languages).text, default: []].append(room)
    }
    var names: [RoomID: String] = [:]
    for (name, rooms) in named {
      let venues = rooms.map { room in
        room.details.venue.flatMap { program.venues[$0.slug] }
          .map { $0.details.name.best(languages).text }
      }
      let differ = Set(venues).count == rooms.count
      for (room, venue) in zip(rooms, venues) {
        names[room.id] =
          rooms.count == 1 ? name : "\(name) (\(differ ? venue ?? room.id.slug : room.id.slug))"
      }
    }
    return names
  }
}

extension Link {
  /// The URL with every character escaped that RFC 3986 does not allow.
  var address: String {
    var address = ""
    var seenFragment = false
    let bytes = Array(url.utf8)
    let hostEnd = bytes.dropFirst(8).firstIndex { "/?#".utf8.contains($0) } ?? bytes.endIndex
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "%"):
        let digits = bytes[(index + 1)...].prefix(2)
        let escaped =
          digits.count == 2 && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        address += escaped ? "%" : "%25"
      case UInt8(ascii: "#"):
        address += seenFragment ? "%23" : "#"
        seenFragment = true
      case UInt8(ascii: "["), UInt8(ascii: "]"):
        // Allowed only around an IPv6 address.
        address += index < hostEnd ? String(Unicode.Scalar(byte)) : "%" + hex(UInt32(byte)).suffix(2)
      case _ where Self.allowed.contains(byte): address.unicodeScalars.append(Unicode.Scalar(byte))
      default: address += "%" + hex(UInt32(byte)).suffix(2)
      }
    }
    return address
  }

  private static let allowed = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?@!$&'()*+,;=".utf8)
}

extension SessionRow {
  /// The session's links, then those of its presentations.
  var links: [Link] { (details.links ?? []) + presentations.flatMap { $0.links ?? [] } }
}
