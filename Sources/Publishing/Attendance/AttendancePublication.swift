import EventLog
package import Foundation
package import People
package import Projections
package import Scheduling
package import Vocabulary

/// Who registered, at a position: the list of participants, the sign-in sheet, the table.
///
/// Whose details no longer open (they were erased, or this reader has no keys) is on none of the lists.
package struct AttendancePublication: Sendable {
  let edition: Edition
  /// In the order of the lists: by category, then by name.
  private let attendees: [Attendee]

  private struct Attendee: Sendable {
    let row: AttendeeRow
    let details: AttendeeDetails?

    /// Whether a list that others see may name them.
    var isShown: Bool {
      row.listed && details != nil && (row.status == .registered || row.status == .checkedIn)
    }
  }

  /// - Parameters:
  ///   - program: names the conference and its sessions.
  ///   - settings: what is wanted, of whom, in which languages; by default all of it.
  ///   - open: what an attendee's sealed details hold; nil if they do not open.
  package init(
    _ model: AttendanceModel, program: ProgramModel, _ checkpoint: Checkpoint,
    conference: ConferenceID, _ settings: PrintSettings = PrintSettings(),
    open: (AttendeeRow) -> AttendeeDetails?
  ) {
    edition = Edition(conference, program, checkpoint, settings)
    attendees = model.attendees.rows
      .map { Attendee(row: $0, details: $0.status == .erased ? nil : open($0)) }
      .map { (Self.order($0.row.category), IndexOrder($0.details?.name.sortKey ?? ""), $0) }
      .sorted { ($0.0, $0.1, $0.2.row.attendee) < ($1.0, $1.1, $1.2.row.attendee) }
      .map(\.2)
  }

  /// The usual categories in their usual order, then any other by its name.
  private static func order(_ category: String) -> String {
    let known = Labels.categories.firstIndex { $0.name == category.lowercased() }
    return known.map { "0\($0)" } ?? "1\(category.lowercased())"
  }

  /// Those who agreed to be listed.
  ///
  /// - Parameter category: of these only; nil: everybody.
  package func participants(category: String? = nil) -> ParticipantsDocument {
    var categories: [(name: String, participants: [ParticipantsDocument.Participant])] = []
    for attendee in attendees where attendee.isShown {
      guard let details = attendee.details else { continue }
      if let category, category.lowercased() != attendee.row.category.lowercased() { continue }
      if categories.last?.name.lowercased() != attendee.row.category.lowercased() {
        categories.append((attendee.row.category, []))
      }
      categories[categories.count - 1].participants.append(
        ParticipantsDocument.Participant(
          names: details.name.forms(edition.languages),
          organisation: edition.text(details.organisation),
          position: edition.text(details.position), country: edition.text(details.country),
          checkedIn: attendee.row.status == .checkedIn))
    }
    return ParticipantsDocument(
      frame: edition.frame(ParticipantsDocument.template),
      body: ParticipantsDocument.Body(
        categories: categories.map {
          .init(name: name(of: $0.name), participants: $0.participants)
        },
        total: categories.map(\.participants.count).reduce(0, +)))
  }

  /// A row for everybody who is listed; it lies open on a table, so nobody else is named.
  ///
  /// - Parameter session: printed above; nil, or one that is not in the program: the whole conference.
  package func signIn(session: SessionID? = nil) -> SignInDocument {
    let shown = attendees.filter(\.isShown).compactMap(\.details)
      .map { (IndexOrder($0.name.sortKey), $0) }.sorted { $0.0 < $1.0 }
    return SignInDocument(
      frame: edition.frame(SignInDocument.template),
      body: SignInDocument.Body(
        session: session.flatMap { edition.program.sessions[$0.slug] }.map { row in
          SignInDocument.Session(
            title: edition.text(row.particulars.title),
            when: edition.languages.localized { Dates.span(row.slot.start, row.slot.end, in: $0) },
            room: edition.room(row.slot.room))
        },
        participants: shown.enumerated().map { index, entry in
          SignInDocument.Participant(
            number: index + 1, names: entry.1.name.forms(edition.languages),
            organisation: edition.text(entry.1.organisation))
        }))
  }

  package func html(category: String? = nil) -> String {
    ParticipantsPage(participants(category: category)).html
  }

  package func json(category: String? = nil) throws -> Data {
    try JSONText.data(participants(category: category), pretty: true)
  }

  /// A row an attendee, whatever became of them: RFC 4180, UTF-8. For organizers: it has all that opens.
  package func csv(category: String? = nil) -> String {
    let languages = edition.languages
    var table = CSV(
      header: [
        "attendee", "status", "category", "listed", "name", "other_names", "sort_key", "email",
        "position", "organisation", "country", "note", "registered_at", "checked_in_at",
      ])
    for attendee in attendees
    where category == nil || attendee.row.category.lowercased() == category?.lowercased() {
      let (row, details) = (attendee.row, attendee.details)
      let names = details?.name.forms(languages) ?? []
      let best = { (text: LocalizedText?) in text?.best(languages).text ?? "" }
      table.add([
        row.attendee.slug, row.status.rawValue, row.category, row.listed ? "yes" : "no",
        names.first?.text ?? "", names.dropFirst().map(\.text).joined(separator: "; "),
        details?.name.sortKey ?? "", details?.email ?? "", best(details?.position),
        best(details?.organisation), best(details?.country), details?.note ?? "",
        row.registeredAt.description, row.checkedInAt?.description ?? "",
      ])
    }
    return table.text
  }

  /// A category that Plenary does not know is printed as the organizer called it.
  private func name(of category: String) -> LocalizedText {
    if let known = Labels.categories.first(where: { $0.name == category.lowercased() }) {
      return edition.label(known.wording)
    }
    return LocalizedText([edition.languages[0]: category.prefix(1).uppercased() + category.dropFirst()])
  }
}
