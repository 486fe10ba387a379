import EventLog
import ReadModels
import Scheduling
package import Vocabulary

/// The common part of the pocket program, the wall grid and the day sheets: days, rooms and tracks.
package struct ProgramDays: Encodable, Sendable, Equatable {
  @Nullable package var release: PrintedRelease?
  /// The part of the program: a track, a room, a person; empty for the whole program.
  package let subset: [LocalizedText]
  package let days: [PrintedDay]
  /// The rooms with sessions, in their order.
  package let rooms: [PrintedRoom]
  /// The tracks of the shown sessions, in their order.
  package let tracks: [PrintedTrack]
}

package struct PrintedRelease: Encodable, Sendable, Equatable {
  package let version: String
  @Nullable package var note: LocalizedText?
  package let date: LocalizedText
  /// Whether the program has changed since the release.
  package let superseded: Bool
}

/// A day with everything that begins on it.
package struct PrintedDay: Encodable, Sendable, Equatable {
  package let date: CalendarDate
  package let heading: LocalizedText
  /// A note about a clock change.
  @Nullable package var note: LocalizedText?
  package let slots: [PrintedSlot]
}

/// A session at one of its times, as a cell or a line.
package struct PrintedSlot: Encodable, Sendable, Equatable {
  package let session: SessionID
  /// `09:00`
  package let start: String
  package let end: String
  /// Minutes since the start of the day: 540. All times use the offset of the day's first session, so they
  /// never go back. The last may exceed 1,440.
  package let from: Int
  package let until: Int
  /// The end day, if it differs from the start day.
  @Nullable package var endDate: LocalizedText?
  package let room: RoomID
  package let title: LocalizedText
  /// The people, with names in the publication's languages.
  package let people: [PrintedName]
  @Nullable package var track: TrackID?
  @Nullable package var kind: LocalizedText?
  package let service: Bool
  package let cancelled: Bool
  /// “Part 1 of 2” if the session has several times.
  @Nullable package var part: LocalizedText?
}

package struct PrintedRoom: Encodable, Sendable, Equatable {
  package let room: RoomID
  package let name: LocalizedText
  @Nullable package var venue: LocalizedText?
  @Nullable package var capacity: Int?
}

package struct PrintedTrack: Encodable, Sendable, Equatable {
  package let track: TrackID
  /// `A`, `B` … `AA`: identifies the track without colour.
  package let sign: String
  package let name: LocalizedText
  @Nullable package var color: String?
}

/// A session at one of its times.
struct Occurrence {
  let session: SessionRow
  let slot: Slot
  /// The number of the slot in the session.
  let number: Int
  /// The chronological number of the slot: 1, 2 …
  let part: Int
  let parts: Int

  /// Whether it is the one with the session's full entry.
  var isFirst: Bool { part == 1 }
}

extension ProgramPublication {
  func programDays() throws(InvalidValue) -> ProgramDays {
    let occurrences = try selected()
    let rooms = Set(occurrences.map(\.slot.room))
    let tracks = Set(occurrences.compactMap(\.session.details.track))
    return ProgramDays(
      release: release, subset: subset(but: ["day"]), days: days(occurrences),
      rooms: context.program.orderedRooms.filter { rooms.contains($0.id) }.map { room in
        PrintedRoom(
          room: room.id, name: context.text(room.details.name), venue: venue(of: room),
          capacity: room.details.capacity)
      },
      tracks: self.tracks.filter { tracks.contains($0.track) })
  }

  func days(_ occurrences: [Occurrence]) -> [PrintedDay] {
    split(occurrences).map { date, occurrences in
      PrintedDay(
        date: date, heading: context.languages.localized { Dates.weekday(date, in: $0) },
        note: clocksChange(occurrences), slots: occurrences.map { printed($0, on: date, occurrences) })
    }
  }

  /// The days with their sessions.
  func split(_ occurrences: [Occurrence]) -> [(date: CalendarDate, occurrences: [Occurrence])] {
    var days: [(date: CalendarDate, occurrences: [Occurrence])] = []
    for occurrence in occurrences {
      let date = occurrence.slot.start.date
      if days.last?.date != date { days.append((date, [])) }
      days[days.count - 1].occurrences.append(occurrence)
    }
    return days
  }

  private func printed(_ occurrence: Occurrence, on date: CalendarDate, _ day: [Occurrence]) -> PrintedSlot {
    let (row, slot) = (occurrence.session, occurrence.slot)
    let session = row.details
    let offset = day.first?.slot.start.offset ?? 0
    func minutes(_ time: ZonedTime) -> Int {
      Int(time.instant.microseconds / 60_000_000) + offset - date.daysSince1970 * 1440
    }
    return PrintedSlot(
      session: row.id, start: slot.start.clock, end: slot.end.clock, from: minutes(slot.start),
      until: minutes(slot.end), endDate: endDate(slot), room: slot.room,
      title: context.text(session.title),
      people: row.people.compactMap { person in
        context.program.people[person.slug].map {
          let form = $0.name.best(context.languages)
          return PrintedName(text: form.printed, lang: form.language)
        }
      },
      track: session.track, kind: Labels.form(session.kind).map(context.label),
      service: session.kind.isService, cancelled: row.cancelled, part: part(occurrence))
  }

  func endDate(_ slot: Slot) -> LocalizedText? {
    slot.end.date == slot.start.date
      ? nil : context.languages.localized { Dates.dayOfYear(slot.end.date, in: $0) }
  }

  func part(_ occurrence: Occurrence) -> LocalizedText? {
    guard occurrence.parts > 1 else { return nil }
    return Labels.part.localized(
      context.languages, with: "\(occurrence.part)", of: "\(occurrence.parts)")
  }

  /// The offsets on a day with a clock change.
  private func clocksChange(_ day: [Occurrence]) -> LocalizedText? {
    var offsets: [Int] = []
    for time in day.flatMap({ [$0.slot.start, $0.slot.end] }).sorted() where !offsets.contains(time.offset) {
      offsets.append(time.offset)
    }
    guard let first = offsets.first, let last = offsets.last, first != last else { return nil }
    func name(_ offset: Int) -> String {
      let (hours, minutes) = (abs(offset) / 60, abs(offset) % 60)
      return "UTC\(offset < 0 ? "−" : "+")\(hours)" + (minutes == 0 ? "" : ":\(minutes)")
    }
    return Labels.clocksChange.localized(context.languages, with: name(first), of: name(last))
  }

  // MARK: Selection

  /// The selected sessions at each of their times, sorted by day and start, then by the order of the rooms,
  /// then by identifier. Includes cancelled ones.
  ///
  /// - Throws: `InvalidValue` for something that is not in the program, or a selection that is not supported.
  func selected() throws(InvalidValue) -> [Occurrence] {
    let only = context.settings.only ?? [:]
    let room: RoomID? = try named(only["room"], in: context.program.rooms)
    let track: TrackID? = try named(only["track"], in: context.program.tracks)
    let session: SessionID? = try named(only["session"], in: context.program.sessions)
    let person: PersonID? = try named(only["person"], in: context.program.people)
    var day: CalendarDate?
    if let text = only["day"] { day = try CalendarDate(text) }
    for key in only.keys.sorted() where !["room", "track", "session", "person", "day"].contains(key) {
      throw InvalidValue(
        "The program cannot be printed for one \(key); choose a day, room, track, session or person.")
    }
    return occurrences.filter { occurrence in
      (room == nil || occurrence.slot.room == room)
        && (track == nil || occurrence.session.details.track == track)
        && (session == nil || occurrence.session.id == session)
        && (person.map { occurrence.session.people.contains($0) } ?? true)
        && (day == nil || occurrence.slot.start.date == day)
    }
  }

  private func named<Kind>(_ text: String?, in table: Table<some Row>) throws(InvalidValue)
    -> Identifier<Kind>?
  {
    guard let text else { return nil }
    let id = try Identifier<Kind>(text)
    guard table[id.slug] != nil else {
      throw InvalidValue("There is no \(Kind.noun) “\(id)”; see “\(Kind.noun) list”.")
    }
    return id
  }

  /// All sessions at each of their times, in the same order.
  var occurrences: [Occurrence] {
    let order = Dictionary(uniqueKeysWithValues: context.program.rooms.rows.map { ($0.id, $0.ordinal) })
    return context.program.sessions.rows.filter { $0.status != .unscheduled }
      .flatMap { session in
        let slots = session.liveSlots
        return slots.enumerated().map { index, slot in
          Occurrence(
            session: session, slot: slot.slot, number: slot.number, part: index + 1, parts: slots.count)
        }
      }
      .map { ($0.slot.start, order[$0.slot.room] ?? .max, $0) }
      .sorted { a, b in
        (a.0.date, a.0.instant, a.1, a.2.session.id) < (b.0.date, b.0.instant, b.1, b.2.session.id)
      }
      .map(\.2)
  }

  /// The names of the selected parts.
  ///
  /// - Parameter said: keys that the document mentions anyway.
  func subset(but said: Set<String> = []) -> [LocalizedText] {
    let only = (context.settings.only ?? [:]).filter { !said.contains($0.key) }
    let program = context.program
    return [
      only["session"].flatMap { program.sessions[$0] }.map { context.text($0.details.title) },
      only["person"].flatMap { program.people[$0] }.map { person in
        let form = person.name.best(context.languages)
        return LocalizedText([form.language: form.printed])
      },
      only["track"].flatMap { program.tracks[$0] }.map { context.text($0.details.name) },
      only["room"].flatMap { program.rooms[$0] }.map { context.text($0.details.name) },
      only["day"].flatMap { try? CalendarDate($0) }.map { day in
        context.languages.localized { Dates.weekday(day, in: $0) }
      },
    ].compactMap(\.self)
  }

  // MARK: What it is divided into

  var release: PrintedRelease? {
    context.program.orderedReleases.last.map { release in
      PrintedRelease(
        version: release.details.version, note: context.text(release.details.note),
        date: context.languages.localized { Dates.day(release.origin.recordedAt.date, in: $0) },
        superseded: context.program.conference?.released != release.details.version)
    }
  }

  func venue(of room: RoomRow) -> LocalizedText? {
    room.details.venue.flatMap { context.program.venues[$0.slug] }
      .map { context.text($0.details.name) }
  }

  /// All tracks, with the same signs in every document.
  var tracks: [PrintedTrack] {
    context.program.orderedTracks.enumerated().map { index, track in
      PrintedTrack(
        track: track.id, sign: Self.sign(index), name: context.text(track.details.name),
        color: track.details.color)
    }
  }

  /// `A` … `Z`, `AA`, `AB` …
  static func sign(_ index: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index % 26)))
    return index < 26 ? letter : sign(index / 26 - 1) + letter
  }
}
