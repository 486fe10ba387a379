import EventLog
package import Foundation
package import Projections
package import Scheduling
package import Vocabulary

/// The program at a position: the booklet, the page, the calendar, the tables.
package struct ProgramPublication: Sendable {
  let edition: Edition

  /// - Parameter settings: what is wanted, of whom, in which languages; by default all of it.
  package init(
    _ model: ProgramModel, _ checkpoint: Checkpoint, conference: ConferenceID,
    _ settings: PrintSettings = PrintSettings()
  ) {
    edition = Edition(conference, model, checkpoint, settings)
  }

  package func booklet() -> BookletDocument {
    let sessions = edition.sessions
    return BookletDocument(
      frame: edition.frame(BookletDocument.template),
      body: BookletDocument.Body(
        release: edition.program.orderedReleases.last.map { release in
          BookletDocument.Release(
            version: release.particulars.version, note: edition.text(release.particulars.note),
            date: edition.languages.localized {
              Dates.day(release.origin.recordedAt.date, in: $0)
            },
            superseded: edition.program.conference?.released != release.particulars.version)
        },
        days: days(sessions),
        rooms: edition.program.orderedRooms.filter { !$0.closed }.map(\.particulars).map {
          BookletDocument.Room(
            name: edition.text($0.name), capacity: $0.capacity, note: edition.text($0.note))
        },
        persons: persons(sessions)))
  }

  package func html() -> String { BookletPage(booklet()).html }

  package func json() throws -> Data { try JSONText.data(booklet(), pretty: true) }

  private func days(_ sessions: [SessionRow]) -> [BookletDocument.Day] {
    var days: [(date: CalendarDate, sessions: [BookletDocument.Session])] = []
    for session in sessions {
      let date = session.slot.start.date
      if days.last?.date != date { days.append((date, [])) }
      days[days.count - 1].sessions.append(printed(session))
    }
    return days.map { day in
      BookletDocument.Day(
        date: day.date, heading: edition.languages.localized { Dates.weekday(day.date, in: $0) },
        sessions: day.sessions)
    }
  }

  private func printed(_ row: SessionRow) -> BookletDocument.Session {
    let session = row.particulars
    return BookletDocument.Session(
      slug: row.id, start: row.slot.start.clock, end: row.slot.end.clock,
      endDate: row.slot.end.date == row.slot.start.date
        ? nil : edition.languages.localized { Dates.dayOfYear(row.slot.end.date, in: $0) },
      room: edition.room(row.slot.room),
      track: session.track.flatMap { edition.program.tracks[$0.slug] }.map {
        BookletDocument.Track(name: edition.text($0.particulars.name), color: $0.particulars.color)
      },
      kind: Labels.form(session.kind).map(edition.label),
      service: session.kind.isService, title: edition.text(session.title),
      description: edition.text(session.description),
      languages: edition.names(of: session.languages), cancelled: row.cancelled,
      people: edition.groups(row))
  }

  private func persons(_ sessions: [SessionRow]) -> [BookletDocument.Person] {
    var parts: [PersonID: [BookletDocument.Person.Part]] = [:]
    for session in sessions {
      let part = BookletDocument.Person.Part(
        slug: session.id, title: edition.text(session.particulars.title))
      for person in Set(session.parts.map(\.person)) { parts[person, default: []].append(part) }
    }
    return edition.people.compactMap { person in
      parts[person.person].map {
        BookletDocument.Person(
          sort: person.name.sortKey, names: person.name.forms(edition.languages, filed: true),
          sessions: $0)
      }
    }
  }
}
