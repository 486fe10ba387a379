import People
import Scheduling
package import Vocabulary

extension ProgramModel {
  /// The texts that are printed, but not those of cancelled sessions and withdrawn people.
  package var texts: [LocalizedText] {
    var texts: [LocalizedText?] = []
    if let row = conference {
      let details = row.details
      texts += [details.title, details.shortTitle, details.place, details.welcome]
      texts += row.organisations.map(\.organisation)
    }
    for venue in venues.rows { texts += [venue.details.name, venue.details.address] }
    for room in rooms.rows { texts += [room.details.name, room.details.note] }
    for track in tracks.rows { texts.append(track.details.name) }
    for session in sessions.rows where session.status == .scheduled {
      texts += [session.details.title, session.details.description, session.details.recording?.note]
      texts += (session.details.links ?? []).map(\.title)
      for presentation in session.presentations {
        texts += [presentation.title, presentation.abstract]
        texts += (presentation.links ?? []).map(\.title)
      }
    }
    for person in people.rows where !person.withdrawn {
      texts += [person.details.biography, person.details.pronunciation]
      texts += person.affiliations.map(\.affiliation.asPrinted)
    }
    return texts.compactMap(\.self)
  }
}
