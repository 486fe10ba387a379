package import EventLog
import People
import ReadModels
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

extension DocumentPrinter {
  /// The selection as print settings keep it.
  ///
  /// This decides nothing: a name that there is not would give a document without pages. So it is checked
  /// against the read model that the document is made from.
  ///
  /// - Throws: `Failure` for something that there is not.
  package func checked(_ selection: PrintSelection, _ bound: LogBound) async throws -> [String: String]? {
    let model = try await conference.view(ProgramModel.self, bound).model
    var only: [String: String] = [:]
    func name<Kind: IdentifiedEntity>(
      _ key: String, _ id: Identifier<Kind>?, as what: String, _ isKnown: (String) -> Bool
    ) throws {
      guard let id else { return }
      guard isKnown(id.slug) else {
        throw Failure(.refused, "There is no \(what) “\(id)”.", .list(Kind.self))
      }
      only[key] = id.slug
    }
    try name("room", selection.room, as: "room") { model.rooms[$0] != nil }
    try name("track", selection.track, as: "track") { model.tracks[$0] != nil }
    try name("session", selection.session, as: "session") { model.sessions[$0] != nil }
    try name("person", selection.person, as: "speaker") { model.people[$0] != nil }
    if selection.attendee != nil {
      let attendance = try await conference.view(AttendanceModel.self, bound).model
      try name("attendee", selection.attendee, as: "attendee") { attendance.attendees[$0] != nil }
    }
    only["day"] = selection.day?.description
    only["category"] = selection.category
    only["organisation"] = selection.organisation
    return only.isEmpty ? nil : only
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
