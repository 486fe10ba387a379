import EventLog
import Foundation
import People
import ReadModels
import Scheduling
import Vocabulary

/// The lists after the days: tracks, rooms, persons.
extension ProgramPage {
  var tracks: Markup {
    let used = Set(entries.compactMap(\.session.details.track))
    let tracks = context.program.orderedTracks.filter { used.contains($0.id) }
    if tracks.isEmpty { return "" }
    let items = tracks.map { track in
      """
      <li id="track-\(text: track.id.slug)" class="\(text: trackClasses[track.id] ?? "")">\
      \(page.inline(context.text(track.details.name)))</li>
      """ as Markup
    }
    return """

      <section aria-labelledby="tracks">
      <h2 id="tracks">\(label(Labels.fixed["tracks"]!))</h2>
      <ul class="tracks">
      \(items.joined("\n"))
      </ul>
      </section>
      """
  }

  var rooms: Markup {
    let used = Set(entries.map(\.slot.room))
    let rooms = context.program.orderedRooms.filter { !$0.closed || used.contains($0.id) }
    if rooms.isEmpty { return "" }
    let atVenues = rooms.contains { $0.details.venue != nil }
    let rows = rooms.map { row in
      let room = row.details
      let note: Markup = room.note.map { "<br/>\(page.inline(context.text($0)))" } ?? ""
      let venue = room.venue.flatMap { context.program.venues[$0.slug] }?.details
      let address: Markup =
        venue?.address.map { "<br/><span class=\"other\">\(page.inline(context.text($0)))</span>" } ?? ""
      let place: Markup =
        atVenues ? "<td>\(page.inline(context.text(venue?.name)))\(address)</td>" : ""
      return """
        <tr id="room-\(text: row.id.slug)"><td><span>\(page.inline(context.text(room.name)))</span>\(note)</td>\(place)\
        <td>\(room.capacity.map { Markup(text: String($0)) } ?? "")</td></tr>
        """ as Markup
    }
    let venue: Markup = atVenues ? "<th scope=\"col\">\(label(Labels.Screen.venue))</th>" : ""
    return """

      <section aria-labelledby="rooms">
      <h2 id="rooms">\(page.inline(page.header.labels["rooms"]))</h2>
      <div class="wide" tabindex="0">
      <table>
      <thead><tr><th scope="col">\(page.label("room"))</th>\(venue)<th scope="col">\(page.label("capacity"))</th></tr></thead>
      <tbody>
      \(rows.joined("\n"))
      </tbody>
      </table>
      </div>
      </section>
      """
  }

  /// Who takes part in the shown sessions, in the order of the index.
  static func participants(_ context: PublicationContext, _ entries: [ScheduledSlot])
    -> [(person: PersonRow, entries: [ScheduledSlot])]
  {
    var sessions: [PersonID: [ScheduledSlot]] = [:]
    for entry in entries {
      for person in entry.session.people where entry.involves(person) {
        sessions[person, default: []].append(entry)
      }
    }
    return context.people.compactMap { person in sessions[person.person].map { (person, $0) } }
  }

  var persons: Markup {
    if participants.isEmpty { return "" }
    return """

      <section aria-labelledby="persons">
      <h2 id="persons">\(page.inline(page.header.labels["indexOfPersons"]))</h2>
      <ul class="index">
      \(participants.map(item).joined("\n"))
      </ul>
      </section>
      """
  }

  func biography(_ person: PersonRow) -> Markup { page.formatted(context.text(person.details.biography)) }

  /// A person with links to the sessions. What those are called, the sessions themselves say.
  private func item(_ person: PersonRow, _ entries: [ScheduledSlot]) -> Markup {
    let severalDays = days.count > 1
    let sessions = entries.map { entry in
      let start = entry.slot.start
      let day = severalDays ? Dates.shortDay(context.day(entry.slot), in: context.languages[0]) + ", " : ""
      return "<a href=\"#\(text: place(entry))\">\(text: day)\(text: start.clock)</a>" as Markup
    }
    return """
      <li id="person-\(text: person.person.slug)">\
      \(page.names(person.name.forms(context.languages, filed: true), first: ("b", nil))) \
      \(sessions.joined(" · "))\(compresses ? "" : disclosure(biography(person)))</li>
      """
  }
}
