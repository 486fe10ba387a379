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

extension SelectedDocument where Body == ProgramDays {
  package var isEmpty: Bool { body.days.isEmpty }
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
  @Nullable package var partLabel: LocalizedText?
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
  /// `#0b4f8a`
  package let color: String
  /// How many tracks before it have the same colour.
  package let earlier: Int
}

extension ProgramPublication {
  func programDays() throws(InvalidValue) -> ProgramDays {
    let entries = try selected()
    let rooms = Set(entries.map(\.slot.room))
    let tracks = Set(entries.compactMap(\.session.details.track))
    return ProgramDays(
      release: release, subset: subset(but: ["day"]), days: days(entries),
      rooms: context.program.orderedRooms.filter { rooms.contains($0.id) }.map { room in
        PrintedRoom(
          room: room.id, name: context.text(room.details.name), venue: venue(of: room),
          capacity: room.details.capacity)
      },
      tracks: self.tracks.filter { tracks.contains($0.track) })
  }

  func days(_ entries: [ScheduledSlot]) -> [PrintedDay] {
    split(entries).map { date, entries in
      PrintedDay(
        date: date, heading: context.languages.localized { Dates.weekday(date, in: $0) },
        note: context.note(date, entries), slots: entries.map { printed($0, on: date, entries) })
    }
  }

  /// The days with their sessions.
  func split(_ entries: [ScheduledSlot]) -> [(date: CalendarDate, entries: [ScheduledSlot])] {
    var days: [(date: CalendarDate, entries: [ScheduledSlot])] = []
    for entry in entries {
      let date = context.day(entry.slot)
      if days.last?.date != date { days.append((date, [])) }
      days[days.count - 1].entries.append(entry)
    }
    return days
  }

  private func printed(_ entry: ScheduledSlot, on date: CalendarDate, _ day: [ScheduledSlot]) -> PrintedSlot {
    let (row, slot) = (entry.session, entry.slot)
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
      service: session.kind.isService, cancelled: row.cancelled, partLabel: context.label(of: entry))
  }

  func endDate(_ slot: Slot) -> LocalizedText? {
    context.laterEnd(slot).map { date in context.languages.localized { Dates.dayOfYear(date, in: $0) } }
  }

  // MARK: Selection

  /// The selected slots in the order of the program. Includes cancelled ones.
  ///
  /// - Throws: `InvalidValue` for something that is not in the program, or a selection that is not supported.
  func selected() throws(InvalidValue) -> [ScheduledSlot] {
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
    return context.program.slots.filter { entry in
      (room == nil || entry.slot.room == room)
        && (track == nil || entry.session.details.track == track)
        && (session == nil || entry.session.id == session)
        && (person.map { entry.session.people.contains($0) } ?? true)
        && (day == nil || context.day(entry.slot) == day)
    }
  }

  private func named<Kind>(_ text: String?, in table: Table<some Row>) throws(InvalidValue)
    -> Identifier<Kind>?
  {
    guard let text else { return nil }
    let id = try Identifier<Kind>(text)
    guard table[id.slug] != nil else {
      throw InvalidValue("There is no \(Kind.noun) “\(id)”.")
    }
    return id
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

  // MARK: Parts of the program

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
    let colors = TrackColors(context.program)
    var seen: [String: Int] = [:]
    return context.program.orderedTracks.enumerated().map { index, track in
      let color = colors[track]
      defer { seen[color.lowercased(), default: 0] += 1 }
      return PrintedTrack(
        track: track.id, sign: Self.sign(index), name: context.text(track.details.name), color: color,
        earlier: seen[color.lowercased()] ?? 0)
    }
  }

  /// `A` … `Z`, `AA`, `AB` …
  static func sign(_ index: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index % 26)))
    return index < 26 ? letter : sign(index / 26 - 1) + letter
  }
}

extension PublicationContext {
  /// What readers of a day's times must know: that the clocks change, and which times are after midnight.
  func note(_ date: CalendarDate, _ entries: [ScheduledSlot]) -> LocalizedText? {
    let notes = [clocksChange(entries), afterMidnight(date, entries)].compactMap(\.self)
    if notes.count < 2 { return notes.first }
    return notes[0].languages.localized { language in
      notes.map { $0.best([language]).text }.joined(separator: SentenceManner(language).space)
    }
  }

  private func afterMidnight(_ date: CalendarDate, _ entries: [ScheduledSlot]) -> LocalizedText? {
    guard let start = program.conference?.details.dayStart, start > 0,
      entries.contains(where: { $0.slot.start.date > date || $0.slot.end.date > date })
    else { return nil }
    return Labels.afterMidnight.localized(languages).languages.localized { language in
      Labels.afterMidnight.text(
        in: language,
        ["time": ClockRange.clock(start), "date": Dates.dayOfYear(date.adding(days: 1), in: language)])
    }
  }

  /// The offsets on a day with a clock change.
  private func clocksChange(_ day: [ScheduledSlot]) -> LocalizedText? {
    var offsets: [Int] = []
    for time in day.flatMap({ [$0.slot.start, $0.slot.end] }).sorted() where !offsets.contains(time.offset) {
      offsets.append(time.offset)
    }
    guard let first = offsets.first, let last = offsets.last, first != last else { return nil }
    return Labels.clocksChange.localized(
      languages, with: ZoneRules.named(first), of: ZoneRules.named(last))
  }
}
