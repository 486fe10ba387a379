import EventLog
package import People
import Scheduling
package import Vocabulary

/// What somebody at the door or the desk must see of an attendee.
package struct AttendeeCard: Sendable, Equatable {
  package let attendee: AttendeeID
  /// In all spellings; empty if their data cannot be decrypted.
  package let names: [String]
  package let organisation: String?
  package let category: String
  package let note: String?

  package init(_ attendee: AttendeeID, category: String, _ details: AttendeeDetails?, _ languages: [Language])
  {
    self.attendee = attendee
    self.category = category
    var names: [String] = []
    for form in details?.name.forms ?? [] where !names.contains(form.printed) { names.append(form.printed) }
    self.names = names
    organisation = details?.organisation?.best(languages).text
    note = details?.note
  }

  /// The name, or the short name of somebody whose data cannot be decrypted.
  package var title: String { names.first ?? attendee.slug }
  package var cannotBeOpened: Bool { names.isEmpty }
}

extension ConferenceToChange {
  /// The card of one attendee, with as little read and decrypted as possible.
  ///
  /// - Returns: nil for somebody who is unknown or was erased.
  package func card(of attendee: AttendeeID) async throws -> AttendeeCard? {
    if workspace.access == .readModels { return nil }
    let reading = try await workspace.log.read(
      id, matching: .tagged(attendee.tag, .conference), command: nil)
    var state = Attendees.initial
    for event in reading.events { try Attendees.evolve(&state, event) }
    guard let category = state.category, state.status != .erased else { return nil }
    let languages = try ConferenceFacts(reading).existing(id).languages
    let key = try await workspace.log.key(of: attendee.tag, in: id)
    let details = key.flatMap { key in
      state.details?.open(AttendeeDetails.self, key: key, context: AttendeeDetails.context(id, attendee))
    }
    return AttendeeCard(attendee, category: category, details, languages)
  }
}
