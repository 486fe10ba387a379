package import EventLog
import People
import Publishing
package import ReadModels
import Scheduling
package import Vocabulary

/// What of a document is to be printed; nil: all of it.
package struct PrintSelection: Sendable {
  package var day: CalendarDate?
  package var room: RoomID?
  package var track: TrackID?
  package var session: SessionID?
  package var person: PersonID?
  package var attendee: AttendeeID?
  package var category: String?
  package var organisation: String?

  package init() {}
}

extension PrintSelection {
  /// The selection as print settings keep it.
  var only: [String: String]? {
    var only: [String: String] = [:]
    only["day"] = day?.description
    only["room"] = room?.slug
    only["track"] = track?.slug
    only["session"] = session?.slug
    only["person"] = person?.slug
    only["attendee"] = attendee?.slug
    only["category"] = category
    only["organisation"] = organisation
    return only.isEmpty ? nil : only
  }
}

extension AttendanceModel {
  /// Checks that a category is a usual one, or that somebody has it. Another one is probably a typing mistake.
  ///
  /// - Throws: `Failure`.
  package func check(category: String) throws {
    if PrintedCategory.isUsual(category) || attendees.rows.contains(where: { $0.isIn(category) }) { return }
    let known = Set(attendees.rows.map(\.category)).sorted()
    throw Failure(
      .refused,
      "No attendee has the category “\(excerpt(category))”"
        + (known.isEmpty ? "." : "; the categories are \(list(known))."),
      .list(AttendeeEntity.self))
  }
}

extension DocumentPrinter {
  /// Checks that everything selected exists.
  ///
  /// This decides nothing: a wrong name would give a document without pages. So each name is checked
  /// against the read model that the document is made from.
  ///
  /// - Throws: `Failure` for something that does not exist.
  package func check(_ selection: PrintSelection, _ bound: LogBound) async throws {
    if selection.only == nil { return }
    if case .head = bound, let day = selection.day { try conference.check(day) }
    let model = try await conference.view(ProgramModel.self, bound).model
    func check<Kind: IdentifiedEntity>(
      _ id: Identifier<Kind>?, as what: String, _ isKnown: (String) -> Bool
    ) throws {
      guard let id, !isKnown(id.slug) else { return }
      throw Failure(.refused, "There is no \(what) “\(id)”.", .list(Kind.self))
    }
    try check(selection.room, as: "room") { model.rooms[$0] != nil }
    try check(selection.track, as: "track") { model.tracks[$0] != nil }
    try check(selection.session, as: "session") { model.sessions[$0] != nil }
    try check(selection.person, as: "speaker") { model.people[$0] != nil }
    if selection.attendee != nil || selection.category != nil {
      let attendance = try await conference.view(AttendanceModel.self, bound).model
      try check(selection.attendee, as: "attendee") { attendance.attendees[$0] != nil }
      if let category = selection.category { try attendance.check(category: category) }
    }
  }

  /// The position of a release. A release is final, so it is the same whenever it is looked up.
  ///
  /// - Throws: `Failure` for a version that was never released.
  package func position(ofRelease version: String) async throws -> Int {
    let releases = try await conference.view(ProgramModel.self, .head).model.orderedReleases
    guard let row = releases.first(where: { $0.details.version == version }) else {
      throw Failure(.refused, "There is no release “\(version)”.", .listReleases)
    }
    return row.origin.position
  }
}
