import People
import ReadModels
import Scheduling
package import Vocabulary

/// One itinerary per person; see `itineraries.typ`.
package struct ItinerariesDocument: PiecewiseDocument {
  package static let template = "itineraries"
  package let header: DocumentHeader
  package let body: Body

  package struct Body: Encodable, Sendable, Equatable {
    /// How many short ones are on one page, to be cut apart: 1, 2 or 4.
    package let perPage: Int
    /// In index order.
    package let persons: [Person]
  }

  package struct Person: Encodable, Sendable, Equatable {
    package let person: PersonID
    package let names: [PrintedName]
    @Nullable package var affiliation: LocalizedText?
    package let days: [Day]
  }

  package struct Day: Encodable, Sendable, Equatable {
    package let date: CalendarDate
    package let heading: LocalizedText
    package let entries: [Entry]
  }

  package struct Entry: Encodable, Sendable, Equatable {
    package let session: SessionID
    package let title: LocalizedText
    /// `09:30`
    package let start: String
    package let end: String
    /// The end day, if it differs from the start day.
    @Nullable package var endDate: LocalizedText?
    @Nullable package var room: LocalizedText?
    @Nullable package var venue: LocalizedText?
    @Nullable package var kind: LocalizedText?
    /// `Part 1 of 2`
    @Nullable package var partLabel: LocalizedText?
    package let roles: [LocalizedText]
    package let cancelled: Bool
    /// The person's own presentations.
    package let presentations: [Presentation]
    package let others: [PrintedGroup]
    /// How many other people are not named.
    package let more: Int
    /// Minutes from the previous room; nil if none are known.
    @Nullable package var travel: Int?
    /// Whether the break is shorter than that.
    package let tight: Bool
  }

  package struct Presentation: Encodable, Sendable, Equatable {
    package let title: LocalizedText
    package let start: String
    package let end: String
    /// The co-presenters.
    package let people: [[PrintedName]]
  }

  package var pieces: [PrintedPiece] {
    body.persons.map { person in
      PrintedPiece(
        key: Self.key(person.person),
        title: LocalizedText([person.names[0].lang: person.names[0].text]), content: person)
    }
  }

  package func only(pieces keys: Set<String>) -> Self {
    Self(
      header: header,
      body: Body(
        perPage: body.perPage, persons: body.persons.filter { keys.contains(Self.key($0.person)) }))
  }

  private static func key(_ person: PersonID) -> String { "itinerary \(person)" }
}

extension ProgramPublication {
  /// One itinerary for everybody with a role in a session or a presentation. With `settings.only`, of one
  /// `person`, even without either.
  package func itineraries() -> ItinerariesDocument {
    let only = context.settings.only?["person"]
    var slots: [PersonID: [ScheduledSlot]] = [:]
    for entry in context.program.slots {
      for person in entry.session.people where only == nil || person.slug == only {
        slots[person, default: []].append(entry)
      }
    }
    let names = NameForms(context)
    let persons = context.people.compactMap { row -> ItinerariesDocument.Person? in
      let own = slots[row.person] ?? []
      guard row.person.slug == only || (only == nil && !own.isEmpty) else { return nil }
      return ItinerariesDocument.Person(
        person: row.person, names: row.name.forms(context.languages),
        affiliation: row.affiliations.first.map { context.text($0.affiliation.asPrinted) },
        days: days(of: row.person, own, names))
    }
    return ItinerariesDocument(
      header: context.header(ItinerariesDocument.template),
      body: ItinerariesDocument.Body(perPage: context.settings.perPage ?? 1, persons: persons))
  }

  private func days(of person: PersonID, _ slots: [ScheduledSlot], _ names: NameForms)
    -> [ItinerariesDocument.Day]
  {
    var days: [(date: CalendarDate, entries: [ItinerariesDocument.Entry])] = []
    var before: Slot?
    // A person who only presents need not be in the other slots.
    for entry in slots where entry.involves(person) {
      let (session, slot) = (entry.session, entry.slot)
      let given = entry.items.filter { $0.presentation.people.contains(person) }
      let assigned = Set(session.assignments.filter { $0.person == person }.map(\.role))
      // Whoever leads a session and presents there has both roles.
      let roles = SessionRole.allCases.filter { role in
        assigned.contains(role) || role == .presenter && (assigned.isEmpty || !given.isEmpty)
      }
      let date = context.day(slot)
      if days.last?.date != date {
        days.append((date, []))
        before = nil
      }
      // No travel to a cancelled session.
      let travel = session.cancelled ? 0 : before.map { context.travelTime($0.room, slot.room) } ?? 0
      let between = before.map { minutes(from: $0.end, to: slot.start) } ?? 0
      let (others, more) = others(than: person, in: session, names)
      days[days.count - 1].entries.append(
        ItinerariesDocument.Entry(
          session: session.id, title: context.text(session.details.title),
          start: slot.start.clock, end: slot.end.clock,
          endDate: endDate(slot),
          room: context.room(slot.room), venue: context.venue(of: slot.room),
          kind: Labels.form(session.details.kind).map(context.label),
          partLabel: context.label(of: entry),
          roles: roles.map { context.label(Labels.role($0, several: false)) },
          cancelled: session.cancelled,
          presentations: given.map { item in
            ItinerariesDocument.Presentation(
              title: context.text(item.presentation.title), start: item.start.clock, end: item.end.clock,
              people: item.presentation.people.filter { $0 != person }.compactMap { names[$0] })
          },
          others: others, more: more, travel: travel > 0 ? travel : nil,
          tight: travel > 0 && between < travel))
      if !session.cancelled { before = slot }
    }
    return days.map { day in
      ItinerariesDocument.Day(
        date: day.date, heading: context.languages.localized { Dates.weekday(day.date, in: $0) },
        entries: day.entries)
    }
  }

  /// The other people of a session by role, and how many are left out because they would fill the page.
  private func others(than person: PersonID, in session: SessionRow, _ names: NameForms)
    -> ([PrintedGroup], more: Int)
  {
    var groups: [(role: SessionRole, people: [PersonID])] = SessionRole.allCases.map { role in
      (role, session.assignments.filter { $0.role == role }.map(\.person))
    }
    let named = Set(groups.flatMap(\.people))
    let presenting = session.people.filter { !named.contains($0) }
    if let index = groups.firstIndex(where: { $0.role == .presenter }) {
      groups[index].people += presenting
    }
    var room = 24
    var more = 0
    let printed = groups.compactMap { group -> PrintedGroup? in
      let others = group.people.filter { $0 != person }
      let shown = others.prefix(room)
      room -= shown.count
      more += others.count - shown.count
      guard !shown.isEmpty else { return nil }
      return PrintedGroup(
        role: context.label(Labels.role(group.role, several: shown.count > 1)),
        persons: shown.compactMap { id in
          names[id].map { PrintedPerson(person: id, names: $0, affiliations: []) }
        })
    }
    return (printed, more)
  }

  private func minutes(from end: ZonedTime, to start: ZonedTime) -> Int {
    Int((start.instant.microseconds - end.instant.microseconds) / 60_000_000)
  }
}

/// All names, prepared once because each is printed many times.
private struct NameForms {
  private let forms: [PersonID: [PrintedName]]

  init(_ context: PublicationContext) {
    forms = Dictionary(
      context.program.people.rows.map { ($0.person, $0.name.forms(context.languages)) },
      uniquingKeysWith: { first, _ in first })
  }

  subscript(person: PersonID) -> [PrintedName]? { forms[person] }
}
