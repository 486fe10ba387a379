import EventLog
package import Foundation
import JSON
package import ReadModels
package import Scheduling
package import Vocabulary

/// The program at a position: the booklet, the page, the calendar, the tables.
package struct ProgramPublication: Sendable {
  let context: PublicationContext

  /// - Parameter settings: the selection, the languages and the layout; by default everything.
  package init(
    _ model: ProgramModel, _ checkpoint: Checkpoint, conference: ConferenceID,
    _ settings: PrintSettings = PrintSettings()
  ) {
    context = PublicationContext(conference, model, checkpoint, settings)
  }

  /// The program as a booklet. `only` can name a day, track, room, session or person.
  ///
  /// - Throws: `InvalidValue` for an unknown part of the program.
  package func booklet() throws(InvalidValue) -> BookletDocument {
    let occurrences = try selected()
    let used = Set(occurrences.map(\.slot.room))
    // A part of the program only lists its own rooms.
    let isWhole = context.settings.only?.isEmpty ?? true
    let rooms = context.program.orderedRooms.filter { isWhole ? !$0.closed : used.contains($0.id) }
    let venues = Set(rooms.compactMap(\.details.venue))
    return BookletDocument(
      header: context.header(BookletDocument.template),
      body: BookletDocument.Body(
        release: release, subset: subset(),
        welcome: isWhole ? context.text(context.program.conference?.details.welcome) : nil,
        imposed: context.settings.imposed ?? false,
        days: booklet(occurrences),
        venues: context.program.orderedVenues.filter { venues.contains($0.id) }.map {
          BookletDocument.Venue(
            name: context.text($0.details.name), address: context.text($0.details.address))
        },
        rooms: rooms.map { room in
          BookletDocument.Room(
            name: context.text(room.details.name), venue: venue(of: room),
            capacity: room.details.capacity,
            features: (room.details.features ?? []).map { $0.slug.replacing("-", with: " ") },
            note: context.text(room.details.note))
        },
        persons: persons(occurrences)))
  }

  package func json() throws -> Data { try JSONText.data(booklet(), pretty: true) }

  // MARK: The booklet

  private func booklet(_ occurrences: [Occurrence]) -> [BookletDocument.Day] {
    let tracks = Dictionary(
      uniqueKeysWithValues: self.tracks.map { track in
        (track.track, BookletDocument.Track(sign: track.sign, name: track.name, color: track.color))
      })
    let shown = wholeOnes(occurrences)
    return zip(split(occurrences), days(occurrences)).map { day, printed in
      BookletDocument.Day(
        date: day.date, heading: printed.heading, note: printed.note,
        sessions: zip(day.occurrences, printed.slots).map { occurrence, slot in
          session(occurrence, slot, shown, slot.track.flatMap { tracks[$0] })
        })
    }
  }

  /// The first shown slot of each session. In a part of the program, it need not be the session's first slot.
  private func wholeOnes(_ occurrences: [Occurrence]) -> [SessionID: Int] {
    var first: [SessionID: Int] = [:]
    for occurrence in occurrences where first[occurrence.session.id] == nil {
      first[occurrence.session.id] = occurrence.number
    }
    return first
  }

  private func anchor(_ occurrence: Occurrence, _ whole: [SessionID: Int]) -> String {
    let id = occurrence.session.id
    return whole[id] == occurrence.number ? id.slug : "\(id).\(occurrence.number)"
  }

  private func session(
    _ occurrence: Occurrence, _ slot: PrintedSlot, _ whole: [SessionID: Int],
    _ track: BookletDocument.Track?
  ) -> BookletDocument.Session {
    let row = occurrence.session
    let session = row.details
    let isWhole = whole[row.id] == occurrence.number
    return BookletDocument.Session(
      slug: row.id, anchor: anchor(occurrence, whole), whole: isWhole, part: slot.part,
      start: slot.start, end: slot.end, endDate: slot.endDate, room: context.room(slot.room),
      track: track, kind: slot.kind, service: slot.service, title: slot.title,
      description: isWhole ? context.text(session.description) : nil,
      languages: context.names(of: session.languages),
      interpretation: context.names(of: session.interpretation ?? []), cancelled: row.cancelled,
      people: isWhole ? context.groups(row) : [], links: isWhole ? links(session.links) : [],
      presentations: presentations(occurrence).map { item in
        BookletDocument.Presentation(
          start: item.start.clock, end: item.end.clock,
          title: context.text(item.presentation.title),
          abstract: context.text(item.presentation.abstract),
          language: item.presentation.language.flatMap { context.names(of: [$0]).first },
          persons: item.presentation.people.compactMap(context.person),
          links: links(item.presentation.links))
      })
  }

  private func presentations(_ occurrence: Occurrence) -> [RunningOrder.Item] {
    occurrence.session.presentations.isEmpty
      ? [] : occurrence.session.runningOrder.items.filter { $0.slot == occurrence.number }
  }

  private func links(_ links: [Link]?) -> [BookletDocument.Link] {
    (links ?? []).map { link in
      BookletDocument.Link(
        kind: context.label(Labels.link(link.kind)), title: context.text(link.title), url: link.url)
    }
  }

  private func persons(_ occurrences: [Occurrence]) -> [BookletDocument.Person] {
    let whole = wholeOnes(occurrences)
    var parts: [PersonID: [BookletDocument.Person.Part]] = [:]
    var places: [SessionID: [Occurrence]] = [:]
    for occurrence in occurrences { places[occurrence.session.id, default: []].append(occurrence) }
    for occurrence in occurrences where whole[occurrence.session.id] == occurrence.number {
      let row = occurrence.session
      let title = context.text(row.details.title)
      let holding = Set(row.assignments.map(\.person))
      let times = places[row.id, default: []]
      for person in row.people {
        let named = times.filter { time in
          (time.number == occurrence.number && holding.contains(person))
            || presentations(time).contains { $0.presentation.people.contains(person) }
        }
        guard !named.isEmpty else { continue }
        parts[person, default: []].append(
          BookletDocument.Person.Part(
            slug: row.id, title: title, anchors: named.map { anchor($0, whole) }))
      }
    }
    return context.people.compactMap { person in
      parts[person.person].map {
        BookletDocument.Person(
          sort: person.name.sortKey, names: person.name.forms(context.languages, filed: true),
          sessions: $0)
      }
    }
  }
}
