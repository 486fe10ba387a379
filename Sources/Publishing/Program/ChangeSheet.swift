import EventLog
package import ReadModels
import Scheduling
package import Vocabulary

/// The differences between two states of a program, to be put up, handed out or put into a booklet; see
/// `change-sheet.typ`.
package struct ChangeSheetDocument: PrintedDocument {
  package static let template = "change-sheet"
  package let header: DocumentHeader
  package let body: Body

  /// Whether nothing has changed.
  package var isEmpty: Bool { body.days.isEmpty && body.others.isEmpty }

  package struct Body: Encodable, Sendable, Equatable {
    /// “Changes since version 1.0”.
    package let heading: LocalizedText
    /// The time of the earlier state; nil if unknown.
    @Nullable package var since: LocalizedText?
    /// The later state: “Version 1.1, 24 March 2016”.
    package let now: LocalizedText
    package let days: [Day]
    /// Changes that are not about sessions: rooms, people, the conference.
    package let others: [Other]
  }

  package struct Day: Encodable, Sendable, Equatable {
    package let date: CalendarDate
    package let heading: LocalizedText
    /// In the order of time; at the same time first cancelled sessions, then moved ones, then new ones.
    package let entries: [Entry]
  }

  package struct Entry: Encodable, Sendable, Equatable {
    package let slug: SessionID
    /// `cancelled`, `gone`, `moved`, `reinstated`, `new` or `changed`.
    package let fate: String
    package let label: LocalizedText
    package let title: LocalizedText
    /// The earlier title.
    @Nullable package var oldTitle: LocalizedText?
    /// The earlier times and rooms.
    package let old: [Place]
    /// The current times and rooms.
    package let new: [Place]
    package let lines: [ChangeLine]
    /// The people of a new session.
    package let people: [PrintedGroup]
  }

  package struct Place: Encodable, Sendable, Equatable {
    /// The day, if it differs from the heading's.
    @Nullable package var date: LocalizedText?
    /// `09:30–11:00`
    package let time: String
    @Nullable package var room: LocalizedText?
  }

  package struct Other: Encodable, Sendable, Equatable {
    package let name: LocalizedText
    package let lines: [ChangeLine]
  }
}

/// The earlier state that the heading of a change sheet names.
package enum ChangesSince: Sendable {
  case release(ReleaseRow)
  case position(Int, Timestamp?)
  /// A printed document, by its name: “the booklet”.
  case print(LocalizedText, Timestamp?)
}

extension ProgramPublication {
  /// The changes from an earlier state to this publication's.
  ///
  /// - Parameters:
  ///   - released: the version, if this publication shows a released one.
  ///   - isMeant: only these sessions and nothing else; nil for everything.
  package func changeSheet(
    from before: ProgramModel, _ since: ChangesSince, released: String? = nil,
    only isMeant: ((SessionRow) -> Bool)? = nil
  ) -> ChangeSheetDocument {
    var diff = ProgramDiff(from: before, to: context.program)
    if let isMeant { diff = diff.only(isMeant) }
    return ChangeSheet(self, from: before).document(diff, since, released: released)
  }
}

/// Makes a change sheet from a diff.
private struct ChangeSheet {
  typealias Document = ChangeSheetDocument
  let context: PublicationContext
  let words: ChangeWords

  init(_ publication: ProgramPublication, from before: ProgramModel) {
    context = publication.context
    words = ChangeWords(from: before, to: publication)
  }

  func document(_ diff: ProgramDiff, _ since: ChangesSince, released: String?) -> Document {
    var days: [CalendarDate: [(key: (ZonedTime, ProgramDiff.Fate, SessionID), entry: Document.Entry)]] = [:]
    for session in diff.sessions {
      // The session's first day has all changes; its other days have only times and rooms.
      guard let first = session.slots.first?.slot else { continue }
      for day in session.daysConcerned(context).union([context.day(first)]) {
        let entry = entry(session, on: day, whole: day == context.day(first))
        if session.fate == .changed, entry.lines.isEmpty, entry.oldTitle == nil { continue }
        let start = session.places(on: day, context).first ?? first.start
        days[day, default: []].append(((start, session.fate, session.session), entry))
      }
    }
    let languages = context.languages
    return Document(
      header: context.header(Document.template),
      body: Document.Body(
        heading: heading(since),
        since: earlier(since),
        now: now(since, released),
        days: days.sorted { $0.key < $1.key }.map { day, entries in
          Document.Day(
            date: day, heading: languages.localized { Dates.weekday(day, in: $0) },
            entries: entries.sorted { $0.key < $1.key }.map(\.entry))
        }, others: others(diff)))
  }

  // MARK: The heading

  private func heading(_ since: ChangesSince) -> LocalizedText {
    let languages = context.languages
    switch since {
    case .release(let release):
      return Labels.changesSinceVersion.localized(languages, with: release.details.version)
    case .position(_, .some(let time)):
      return languages.localized { Labels.changesSince.said(in: $0, with: context.moment(time, in: $0)) }
    case .position(let position, nil):
      return Labels.changesSincePosition.localized(languages, with: String(position))
    case .print(let what, _):
      return Labels.changesToPrint.localized(languages).languages.localized { language in
        Labels.changesToPrint.text(in: language, ["what": what.best([language]).text])
      }
    }
  }

  /// The time of the earlier state, where the heading does not have it.
  private func earlier(_ since: ChangesSince) -> LocalizedText? {
    switch since {
    case .release(let release):
      context.languages.localized { context.moment(release.origin.recordedAt, in: $0) }
    case .position: nil
    case .print(_, let time):
      time.map { time in
        context.languages.localized { Labels.printedOn.said(in: $0, with: context.moment(time, in: $0)) }
      }
    }
  }

  private func now(_ since: ChangesSince, _ released: String?) -> LocalizedText {
    let languages = context.languages
    // Whoever holds a printed program knows no positions.
    if case .print = since, let time = context.checkpoint.lastEventAt {
      return languages.localized { context.moment(time, in: $0) }
    }
    if let released { return Labels.versionNumber.localized(languages, with: released) }
    if let time = context.checkpoint.lastEventAt {
      return languages.localized { Labels.draftOf.said(in: $0, with: context.moment(time, in: $0)) }
    }
    return Labels.draftAt.localized(languages, with: String(context.checkpoint.position))
  }

  // MARK: Sessions

  /// - Parameter whole: with all changes; otherwise only with the old and new place.
  private func entry(_ session: ProgramDiff.ChangedSession, on day: CalendarDate, whole: Bool)
    -> Document.Entry
  {
    let fate = session.fate
    let title = session.changes.first { $0.what == .title }
    let places = session.places
    let lines = words.lines(
      ProgramDiff.ChangedSession(
        session,
        changes: session.changes.filter { change in
          switch change.what {
          // Already shown by the places and the title.
          case .time, .length, .room, .slotAdded, .slotRemoved, .title: false
          // Not for the public.
          case .expected, .needs: false
          // Already visible in the times.
          case .presentationMinutes, .presentationStart: false
          default: whole
          }
        }))
    return Document.Entry(
      slug: session.session, fate: "\(fate)", label: context.label(Labels.fate(fate)),
      title: context.text(session.row.details.title),
      oldTitle: whole
        ? title?.before.flatMap { value in
          if case .text(let text) = value { words.before.text(text) } else { nil }
        } : nil,
      old: places.old.map { place($0, words.before, on: day) },
      new: places.new.map { place($0, context, on: day) },
      lines: lines, people: whole && fate == .new ? context.groups(session.row) : [])
  }

  private func place(_ slot: Slot, _ context: PublicationContext, on day: CalendarDate) -> Document.Place {
    Document.Place(
      date: context.day(slot) == day
        ? nil : self.context.languages.localized { Dates.dayOfYear(context.day(slot), in: $0) },
      time: "\(slot.start.clock)–\(slot.end.clock)\(words.offset(slot.start))", room: context.room(slot.room))
  }

  // MARK: The rest

  private func others(_ diff: ProgramDiff) -> [Document.Other] {
    var others: [Document.Other] = []
    func add(_ name: LocalizedText?, _ changes: [ProgramDiff.Change]) {
      let lines = words.lines(
        changes.filter { ![.color, .pronunciation, .features].contains($0.what) })
      if let name, !lines.isEmpty { others.append(Document.Other(name: name, lines: lines)) }
    }
    let program = context.program
    let old = words.before.program
    add(program.conference.map { context.text($0.details.title) }, diff.conference)
    for venue in diff.venues {
      add(
        context.text((program.venues[venue.id.slug] ?? old.venues[venue.id.slug])?.details.name),
        venue.changes)
    }
    for room in diff.rooms { add(context.room(room.id) ?? words.before.room(room.id), room.changes) }
    for track in diff.tracks {
      add(
        context.text((program.tracks[track.id.slug] ?? old.tracks[track.id.slug])?.details.name),
        track.changes)
    }
    for person in diff.people where !(program.people[person.id.slug]?.sessions ?? []).isEmpty {
      // New people are named with their sessions.
      add(words.name(person.id), person.changes.filter { $0.what != .new })
    }
    return others
  }
}

extension ProgramDiff.ChangedSession {
  /// The same session with only some of its changes.
  init(_ session: Self, changes: [ProgramDiff.Change]) {
    self = session
    self.changes = changes
  }

  /// The old and new places. A slot that did not move is among the new ones only if none moved.
  fileprivate var places: (old: [Slot], new: [Slot]) {
    let (was, now) = (before?.numberedSlots ?? [], after?.numberedSlots ?? [])
    if after == nil || after?.cancelled == true { return ((before == nil ? now : was).map(\.slot), []) }
    if before == nil || before?.cancelled == true { return ([], now.map(\.slot)) }
    let old = was.filter { !now.contains($0) }.map(\.slot)
    let new = now.filter { !was.contains($0) }.map(\.slot)
    return old.isEmpty && new.isEmpty ? ([], now.map(\.slot)) : (old, new)
  }

  /// The days on which somebody would miss it or look for it in vain.
  fileprivate func daysConcerned(_ context: PublicationContext) -> Set<CalendarDate> {
    let places = places
    if fate == .changed { return [] }
    return Set((places.old + places.new).map(context.day))
  }

  fileprivate func places(on day: CalendarDate, _ context: PublicationContext) -> [ZonedTime] {
    let places = places
    return (places.new + places.old).filter { context.day($0) == day }.map(\.start)
  }
}
