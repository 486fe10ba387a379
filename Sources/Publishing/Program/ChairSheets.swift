import People
import ReadModels
import Scheduling
package import Vocabulary

/// Session sheets for chairs; see `chair-sheets.typ`.
package struct ChairSheetsDocument: PiecewiseDocument {
  package static let template = "chair-sheets"
  package let header: DocumentHeader
  package let body: Body

  package struct Body: Encodable, Sendable, Equatable {
    /// How many short ones are on one page, to be cut apart: 1 or 2.
    package let perPage: Int
    /// In program order.
    package let sheets: [Sheet]
  }

  package struct Sheet: Encodable, Sendable, Equatable {
    package let session: SessionID
    package let title: LocalizedText
    @Nullable package var kind: LocalizedText?
    @Nullable package var track: LocalizedText?
    package let cancelled: Bool
    /// In order of start.
    package let slots: [Slot]
    /// By how many minutes the presentations exceed the session.
    package let overrun: Int
    /// In the order in which programs name them.
    package let people: [Person]
    package let languages: [LocalizedText]
    package let interpretation: [LocalizedText]
    /// For the chair to announce.
    @Nullable package var recording: PrintedRecording?
    @Nullable package var expected: Int?
    package let signUps: Int
  }

  package struct Slot: Encodable, Sendable, Equatable {
    /// `Part 1 of 2`
    @Nullable package var partLabel: LocalizedText?
    package let day: LocalizedText
    package let start: String
    package let end: String
    /// The end day, if it differs from the start day.
    @Nullable package var endDate: LocalizedText?
    package let minutes: Int
    @Nullable package var room: LocalizedText?
    @Nullable package var venue: LocalizedText?
    @Nullable package var capacity: Int?
    /// The previous session in the same room on that day.
    @Nullable package var before: Neighbour?
    @Nullable package var after: Neighbour?
    package let items: [Item]
  }

  package struct Neighbour: Encodable, Sendable, Equatable {
    /// `09:00–09:30`
    package let time: String
    package let title: LocalizedText
  }

  /// A presentation, or a speaker without one.
  package struct Item: Encodable, Sendable, Equatable {
    @Nullable package var title: LocalizedText?
    /// Nil for a speaker without a presentation.
    @Nullable package var start: String?
    @Nullable package var end: String?
    @Nullable package var minutes: Int?
    /// Nil if the language was not stated.
    @Nullable package var language: LocalizedText?
    package let people: [[PrintedName]]
  }

  package struct Person: Encodable, Sendable, Equatable {
    package let person: PersonID
    package let names: [PrintedName]
    @Nullable package var pronunciation: LocalizedText?
    package let affiliations: [LocalizedText]
    /// The first sentences of the biography.
    @Nullable package var biography: LocalizedText?
    package let roles: [LocalizedText]
  }

  package var pieces: [PrintedPiece] {
    body.sheets.map {
      PrintedPiece(key: Self.key($0.session), title: $0.title, content: $0)
    }
  }

  package func only(pieces keys: Set<String>) -> Self {
    Self(
      header: header,
      body: Body(
        perPage: body.perPage, sheets: body.sheets.filter { keys.contains(Self.key($0.session)) }))
  }

  private static func key(_ session: SessionID) -> String { "chair-sheet \(session)" }
}

extension ProgramPublication {
  /// One sheet for every session but breaks and the like; with `settings.chairedOnly`, for those with somebody to chair or
  /// something to call up. With `settings.only`, the sheets of a `day`, or of one `session` of any kind.
  package func chairSheets() -> ChairSheetsDocument {
    let only = context.settings.only ?? [:]
    let neighbours = Neighbours(context)
    let slots = context.program.slots.filter { entry in
      if let wanted = only["session"] { return entry.session.id.slug == wanted }
      return entry.session.status == .scheduled && !entry.session.details.kind.isService
        && (context.settings.chairedOnly != true || entry.session.needsChair)
        && (only["day"].map { context.day(entry.slot).description == $0 } ?? true)
    }
    // One sheet per session, with all of its slots, at the position of its first selected slot.
    let sheets = slots.firstOfEachSession.map { sheet($0.session, neighbours) }
    return ChairSheetsDocument(
      header: context.header(ChairSheetsDocument.template),
      body: ChairSheetsDocument.Body(perPage: context.settings.perPage ?? 1, sheets: sheets))
  }

  private func sheet(_ session: SessionRow, _ neighbours: Neighbours) -> ChairSheetsDocument.Sheet {
    let details = session.details
    return ChairSheetsDocument.Sheet(
      session: session.id, title: context.text(details.title),
      kind: Labels.form(details.kind).map(context.label),
      track: details.track.flatMap { context.program.tracks[$0.slug] }.map {
        context.text($0.details.name)
      }, cancelled: session.cancelled,
      slots: session.scheduledSlots.map { entry in
        let slot = entry.slot
        return ChairSheetsDocument.Slot(
          partLabel: context.label(of: entry),
          day: context.languages.localized { Dates.weekday(context.day(slot), in: $0) },
          start: slot.start.clock, end: slot.end.clock,
          endDate: endDate(slot),
          minutes: slot.minutes, room: context.room(slot.room), venue: context.venue(of: slot.room),
          capacity: context.program.rooms[slot.room.slug]?.details.capacity,
          before: neighbours.before(slot), after: neighbours.after(slot),
          items: entry.items.map(item)
            + (entry.index == entry.count ? withoutPresentation(session) : []))
      },
      overrun: session.runningOrder.excess, people: session.people.compactMap { person($0, in: session) },
      languages: context.names(of: details.languages),
      interpretation: context.names(of: details.interpretation ?? []),
      recording: context.recording(details.recording), expected: details.expected, signUps: session.signUps)
  }

  private func item(_ item: RunningOrder.Item) -> ChairSheetsDocument.Item {
    let presentation = item.presentation
    return ChairSheetsDocument.Item(
      title: context.text(presentation.title), start: item.start.clock, end: item.end.clock,
      minutes: Int((item.end.instant.microseconds - item.start.instant.microseconds) / 60_000_000),
      language: presentation.language.flatMap { context.names(of: [$0]).first },
      people: presentation.people.compactMap(names))
  }

  /// The speakers without a timed presentation.
  private func withoutPresentation(_ session: SessionRow) -> [ChairSheetsDocument.Item] {
    let presenting = Set(session.presentations.flatMap(\.people))
    return [SessionRole.speaker, .presenter, .discussant].flatMap { role in
      session.assignments.filter {
        $0.role == role && (role == .discussant || !presenting.contains($0.person))
      }
      .compactMap { names($0.person) }
      .map { names in
        ChairSheetsDocument.Item(
          title: role == .discussant ? context.label(Labels.role(role, several: false)) : nil, start: nil,
          end: nil, minutes: nil, language: nil, people: [names])
      }
    }
  }

  private func names(_ person: PersonID) -> [PrintedName]? {
    context.program.people[person.slug]?.name.forms(context.languages)
  }

  private func person(_ id: PersonID, in session: SessionRow) -> ChairSheetsDocument.Person? {
    guard let row = context.program.people[id.slug] else { return nil }
    let roles = SessionRole.allCases.filter { role in
      session.assignments.contains { $0.person == id && $0.role == role }
    }
    return ChairSheetsDocument.Person(
      person: id, names: row.name.forms(context.languages),
      pronunciation: context.text(row.details.pronunciation),
      affiliations: row.affiliations.map { context.text($0.affiliation.asPrinted) },
      biography: context.text(row.details.biography).map { beginning(of: $0.plain) },
      roles: (roles.isEmpty ? [.presenter] : roles).map { context.label(Labels.role($0, several: false)) })
  }

  /// The part of a text that fits in a line or two: whole sentences if they are short, else whole words.
  private func beginning(of text: LocalizedText) -> LocalizedText {
    LocalizedText(
      Dictionary(
        uniqueKeysWithValues: text.entries.map { entry in
          let isWide = ["zh", "ja"].contains(entry.language.primary)
          return (entry.language, beginning(of: entry.text, isWide ? 40 : 75))
        }))
  }

  private func beginning(of text: String, _ limit: Int) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard line.count > limit else { return line }
    let start = line.prefix(limit)
    if let end = start.lastIndex(where: { ".。!?".contains($0) }),
      start.distance(from: start.startIndex, to: end) > limit / 3
    {
      return String(start[...end])
    }
    let words = start.lastIndex(of: " ").map { start[..<$0] } ?? start
    return String(words) + "…"
  }
}

extension SessionRow {
  /// Whether somebody chairs it, or several speak in it one after the other.
  fileprivate var needsChair: Bool {
    !presentations.isEmpty || assignments.contains { $0.role == .chair || $0.role == .moderator }
  }
}

/// The sessions before and after each one in the same room.
private struct Neighbours {
  private let inRoom: [RoomID: [(slot: Slot, title: LocalizedText)]]
  private let day: (Slot) -> CalendarDate

  init(_ context: PublicationContext) {
    day = context.day
    var inRoom: [RoomID: [(slot: Slot, title: LocalizedText)]] = [:]
    for session in context.program.sessions.rows where session.status == .scheduled {
      for slot in session.liveSlots {
        inRoom[slot.slot.room, default: []].append((slot.slot, context.text(session.details.title)))
      }
    }
    self.inRoom = inRoom.mapValues { $0.sorted { $0.slot.start < $1.slot.start } }
  }

  func before(_ slot: Slot) -> ChairSheetsDocument.Neighbour? {
    neighbour(inRoom[slot.room]?.last { $0.slot.end <= slot.start && day($0.slot) == day(slot) })
  }

  func after(_ slot: Slot) -> ChairSheetsDocument.Neighbour? {
    neighbour(inRoom[slot.room]?.first { $0.slot.start >= slot.end && day($0.slot) == day(slot) })
  }

  private func neighbour(_ entry: (slot: Slot, title: LocalizedText)?) -> ChairSheetsDocument.Neighbour? {
    entry.map { .init(time: "\($0.slot.start.clock)–\($0.slot.end.clock)", title: $0.title) }
  }
}
