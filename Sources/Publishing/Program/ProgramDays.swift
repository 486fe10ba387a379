import EventLog
import ReadModels
import Scheduling
package import Vocabulary

/// What the pocket program, the wall grid and the day sheets are made from: days, rooms and tracks.
package struct ProgramDays: Encodable, Sendable, Equatable {
  @Nullable package var release: PrintedRelease?
  /// What the document is of, where it is not of the whole program: a track, a room, a person.
  package let subset: [LocalizedText]
  package let days: [PrintedDay]
  /// Those in which something takes place, in the order of the house.
  package let rooms: [PrintedRoom]
  /// Those of the sessions shown, in their order.
  package let tracks: [PrintedTrack]
}

package struct PrintedRelease: Encodable, Sendable, Equatable {
  package let version: String
  @Nullable package var note: LocalizedText?
  package let date: LocalizedText
  /// Something in the program has changed since.
  package let superseded: Bool
}

/// A day with all that begins on it.
package struct PrintedDay: Encodable, Sendable, Equatable {
  package let date: CalendarDate
  package let heading: LocalizedText
  /// That the clocks change on it.
  @Nullable package var note: LocalizedText?
  package let slots: [PrintedSlot]
}

/// A session at one of its times, as a cell or a line.
package struct PrintedSlot: Encodable, Sendable, Equatable {
  package let session: SessionID
  /// `09:00`
  package let start: String
  package let end: String
  /// Minutes since the day began, as if the clock of its first session held all day: 540. They never run
  /// backwards; the last may exceed 1,440.
  package let from: Int
  package let until: Int
  /// Where it ends on another day than it starts.
  @Nullable package var endDate: LocalizedText?
  package let room: RoomID
  package let title: LocalizedText
  /// Who takes part, each in the form that a reader knows.
  package let people: [PrintedName]
  @Nullable package var track: TrackID?
  @Nullable package var kind: LocalizedText?
  package let service: Bool
  package let cancelled: Bool
  /// “Part 1 of 2”, where the session has several times.
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
  /// `A`, `B` … `AA`: what tells it from others where there is no colour.
  package let sign: String
  package let name: LocalizedText
  @Nullable package var color: String?
}

/// A session at one of its times.
struct Occurrence {
  let session: SessionRow
  let slot: Slot
  /// The session's own number for it.
  let number: Int
  /// Which of its times it is, in time: 1, 2 …
  let part: Int
  let parts: Int

  /// The one at which all is told about the session.
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

  /// Day by day.
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

  /// The offsets of a day on which they change.
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

  // MARK: What is wanted

  /// Every session at each of its times that the settings ask for: by day and start, then room in the order
  /// of the house, then name; cancelled ones too.
  ///
  /// - Throws: `InvalidValue` for what is not in the program, or what it is not divided by.
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
        "A program is not divided by \(key); ask for one day, room, track, session or person.")
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

  /// Every session at each of its times, in the same order.
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

  /// The names of what the settings ask for.
  ///
  /// - Parameter said: what the document says anyway.
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

  /// All tracks, with the signs that they have in every document.
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
