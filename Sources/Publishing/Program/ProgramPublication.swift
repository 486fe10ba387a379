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
    let entries = try selected()
    let used = Set(entries.map(\.slot.room))
    // A part of the program only lists its own rooms.
    let isWhole = context.settings.only?.isEmpty ?? true
    let rooms = context.program.orderedRooms.filter { isWhole ? !$0.closed : used.contains($0.id) }
    let venues = Set(rooms.compactMap(\.details.venue))
    return BookletDocument(
      header: context.header(BookletDocument.template),
      body: BookletDocument.Body(
        release: release, subset: subset(),
        welcome: isWhole ? context.text(context.program.conference?.details.welcome)?.formatted : nil,
        imposed: context.settings.imposed ?? false, creep: context.settings.creep ?? 0,
        by: context.settings.by ?? "day",
        pages: context.settings.pages ?? BookletDocument.usualPages,
        days: booklet(entries),
        venues: context.program.orderedVenues.filter { venues.contains($0.id) }.map {
          BookletDocument.Venue(
            name: context.text($0.details.name), address: context.text($0.details.address))
        },
        rooms: rooms.map { room in
          BookletDocument.Room(
            room: room.id, name: context.text(room.details.name), venue: venue(of: room),
            capacity: room.details.capacity,
            features: (room.details.features ?? []).map { $0.slug.replacing("-", with: " ") },
            note: context.text(room.details.note))
        },
        persons: persons(entries)))
  }

  package func json() throws -> Data { try JSONText.data(booklet(), pretty: true) }

  // MARK: The booklet

  private func booklet(_ entries: [ScheduledSlot]) -> [BookletDocument.Day] {
    let tracks = Dictionary(
      uniqueKeysWithValues: self.tracks.map { track in
        (
          track.track,
          BookletDocument.Track(
            sign: track.sign, name: track.name, color: track.color, earlier: track.earlier)
        )
      })
    let first = firstSlots(entries)
    return zip(split(entries), days(entries)).map { day, printed in
      BookletDocument.Day(
        date: day.date, heading: printed.heading, note: printed.note,
        sessions: Array(zip(day.entries, printed.slots)).parallelMap { entry, slot in
          session(entry, slot, first, slot.track.flatMap { tracks[$0] })
        })
    }
  }

  /// The first shown slot of each session. In a part of the program, it need not be the session's first slot.
  private func firstSlots(_ entries: [ScheduledSlot]) -> [SessionID: Int] {
    Dictionary(uniqueKeysWithValues: entries.firstOfEachSession.map { ($0.session.id, $0.number) })
  }

  private func anchor(_ entry: ScheduledSlot, _ first: [SessionID: Int]) -> String {
    let id = entry.session.id
    return first[id] == entry.number ? id.slug : "\(id).\(entry.number)"
  }

  private func session(
    _ entry: ScheduledSlot, _ slot: PrintedSlot, _ first: [SessionID: Int],
    _ track: BookletDocument.Track?
  ) -> BookletDocument.Session {
    let row = entry.session
    let session = row.details
    let isFirst = first[row.id] == entry.number
    return BookletDocument.Session(
      slug: row.id, anchor: anchor(entry, first), whole: isFirst, partLabel: slot.partLabel,
      start: slot.start, end: slot.end, from: slot.from, until: slot.until, endDate: slot.endDate,
      room: context.room(slot.room), place: slot.room, track: track, kind: slot.kind, service: slot.service,
      title: slot.title,
      description: isFirst ? context.text(session.description)?.formatted : nil,
      languages: context.names(of: session.languages),
      interpretation: context.names(of: session.interpretation ?? []),
      recording: context.recording(session.recording?.notable), cancelled: row.cancelled,
      people: isFirst ? context.groups(row) : [], links: isFirst ? links(session.links) : [],
      presentations: entry.items.map { item in
        BookletDocument.Presentation(
          start: item.start.clock, end: item.end.clock,
          title: context.text(item.presentation.title),
          abstract: context.text(item.presentation.abstract)?.formatted,
          language: item.presentation.language.flatMap { context.names(of: [$0]).first },
          persons: item.presentation.people.compactMap(context.person),
          links: links(item.presentation.links))
      })
  }

  private func links(_ links: [Link]?) -> [BookletDocument.Link] {
    (links ?? []).map { link in
      BookletDocument.Link(
        kind: context.label(Labels.link(link.kind)), title: context.text(link.title), url: link.url)
    }
  }

  private func persons(_ entries: [ScheduledSlot]) -> [BookletDocument.Person] {
    let first = firstSlots(entries)
    var parts: [PersonID: [BookletDocument.Person.Part]] = [:]
    var places: [SessionID: [ScheduledSlot]] = [:]
    for entry in entries { places[entry.session.id, default: []].append(entry) }
    for entry in entries.firstOfEachSession {
      let row = entry.session
      let title = context.text(row.details.title)
      let holding = Set(row.assignments.map(\.person))
      let slots = places[row.id, default: []]
      for person in row.people {
        let named = slots.filter { slot in
          (slot.number == entry.number && holding.contains(person))
            || slot.items.contains { $0.presentation.people.contains(person) }
        }
        guard !named.isEmpty else { continue }
        parts[person, default: []].append(
          BookletDocument.Person.Part(
            slug: row.id, title: title, anchors: named.map { anchor($0, first) }))
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
