package import EventLog
import People
package import Vocabulary

/// Undoes one command: appends events that restore what it changed.
///
/// Everything that the command changed must still be as the command left it, or be again as it was before.
/// If somebody changed it since then, the undo is refused, because that change would be lost. Publishing,
/// printing, sending, recording and erasing cannot be undone at all.
package enum Undo: Decider {
  package static let name = "Undo"

  package typealias Event = ProgramOrPeopleEvent

  package struct State: Sendable {
    /// The events of the boundary, in the order of the log.
    var events: [RecordedEvent] = []
    var timetable = Timetable()
  }

  package struct Command: Encodable, Sendable {
    /// The other properties are looked up by the command id and never change.
    private enum CodingKeys: CodingKey { case commandID, waivers }

    /// The id of the command to undo.
    package var commandID: String
    /// The position of its first event.
    package var first: Int
    /// The position of its last event.
    package var last: Int
    /// The tags of its events.
    package var tags: [Tag]
    /// The conference's clocks.
    package var rules: ZoneRules
    /// Of the zones that it had before.
    package var zones: [ZoneRules]
    package var waivers: [Waiver]

    package init(
      commandID: String, first: Int, last: Int, tags: [Tag], rules: ZoneRules, zones: [ZoneRules] = [],
      waivers: [Waiver] = []
    ) {
      self.commandID = commandID
      self.first = first
      self.last = last
      self.tags = tags
      self.rules = rules
      self.zones = zones
      self.waivers = waivers
    }
  }

  package enum Refusal: DomainRefusal {
    /// The time of the later change is shown on the conference's clocks.
    case changedSince(what: String, by: Origin?, type: String?, ZoneRules)
    case inUse(what: String, by: String)
    case final(type: String, position: Int, why: HintedText)
    /// The previous state breaks a rule, because something else has changed since.
    case forbidden([HintedText])
    case conflicts(ConflictsFound)

    package var texts: [HintedText] {
      switch self {
      case .changedSince(let what, let origin, let type, let rules):
        .says(
          "\(what) has been changed since then"
            + (origin.map {
              " (by \($0.actor) at \(rules.readable($0.recordedAt)), event \($0.position)"
                + "\(type.map { ", \($0)" } ?? ""))"
            } ?? "")
            + "; undo that change first, or make the correction yourself.")
      case .inUse(let what, let user): .says("\(what) is in use: \(user); nothing was undone.")
      case .final(let type, let position, let why):
        [HintedText("Event \(position) (\(type)) cannot be undone: \(why.text).", why.hints)]
      case .forbidden(let reasons): [HintedText("The previous state cannot be restored:")] + reasons
      case .conflicts(let found):
        [HintedText("Restoring the previous state would cause conflicts:")] + found.texts
      }
    }
  }

  package static let initial = State()

  /// With more tags than this, the boundary is the whole log.
  private static let manyTags = 150

  /// If one of these is undone, the boundary has all events of the sessions that are named in it: whether a
  /// speaker or a track is in use depends on them, and a withdrawal changes sessions without naming them.
  private static let usedBySessions: Set = [
    SpeakerRegistered.type, SpeakerWithdrawn.type, SpeakerReinstated.type, PersonsMerged.type,
    PersonsSeparated.type, TrackAdded.type,
  ]

  package static func boundary(of command: Command, in state: State) -> Query {
    if command.tags.count > manyTags { return .everything }
    var boundary = BoundaryBuilder(state.timetable)
    for tag in command.tags { boundary.add(tag) }
    let undone = state.events.filter { (command.first...command.last).contains($0.position) }
    if undone.contains(where: { usedBySessions.contains($0.type) }) {
      for tag in Set(state.events.flatMap(\.tags)).sorted() where tag.hasPrefix("session:") {
        if let id = try? SessionID(String(tag.dropFirst("session:".count))) { boundary.add(id.tag) }
      }
    }
    if undone.contains(where: { $0.type == VenueAdded.type }) {
      // `RoomRevised` can put a room into a venue and says nothing else of the room. Those of the first
      // releases do not name the venue that the room leaves.
      for tag in Set(state.events.flatMap(\.tags)).sorted() where tag.hasPrefix("room:") {
        if let id = try? RoomID(String(tag.dropFirst("room:".count))) { boundary.addRoom(id) }
      }
    }
    guard !undone.isEmpty, case .success(let inverse) = Past(state.events, command).inverse() else {
      return boundary.query
    }
    for event in inverse.events + inverse.inZone { boundary.addAffected(by: event) }
    return boundary.query
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    let inverse = try Past(state.events, command).inverse().get()
    // In another zone, clocks show what was checked. Sessions that do not take place get it too.
    try check(inverse.events, in: state.timetable)
    do {
      return try state.timetable.waivingConflicts(
        of: inverse.events + inverse.inZone, with: command.waivers)
    } catch { throw .conflicts(error) }
  }

  /// Passes the events through the checks of ordinary commands, each in the state that the ones before it
  /// lead to.
  private static func check(_ events: [Event], in timetable: Timetable) throws(Refusal) {
    var state = timetable
    for event in events {
      switch event {
      case .scheduling(let event):
        try allowed { () throws(Sessions.Refusal) in try Sessions.check(event, in: state) }
        try allowed { () throws(Rooms.Refusal) in try Rooms.check(event, in: state) }
        try allowed { () throws(Conferences.Refusal) in try Conferences.check(event, in: state) }
      case .people(let event):
        try allowed { () throws(SignUps.Refusal) in try SignUps.check(event, in: state) }
        try allowed { () throws(Attendees.Refusal) in
          if let attendee = event.changedAttendee {
            try Attendees.checkPresent(attendee, state.attendees[attendee])
          }
        }
        try allowed { () throws(Sessions.Refusal) in
          if let speaker = event.changedSpeaker { try Sessions.check(speaker, state) }
        }
      }
      state.apply(event)
    }
    for id in state.sessions.keys.sorted() {
      guard let session = state.sessions[id], session.isLive else { continue }
      try allowed { () throws(Sessions.Refusal) in
        try Sessions.checkOverlaps(of: id, from: timetable.sessions[id], to: session)
      }
    }
  }

  private static func allowed<Reason: DomainRefusal>(_ check: () throws(Reason) -> Void) throws(Refusal) {
    do { try check() } catch { throw .forbidden(error.texts) }
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    state.timetable.warnings(events)
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.timetable.evolve(event)
    state.events.append(event)
  }
}

extension PeopleEvent {
  /// The attendee whom it changes, who must not have withdrawn.
  fileprivate var changedAttendee: AttendeeID? {
    switch self {
    case .attendeeRevised(let body): body.attendee
    case .attendeeCheckedIn(let body): body.attendee
    case .attendeeCheckedOut(let body): body.attendee
    // `SignUps` checks who signs up.
    case .attendeeSignedUp, .attendeeRegistered, .attendeeSignedOff, .attendeeWithdrawn, .attendeeReinstated,
      .personErased,
      .lateScanRecorded,
      .speakerRegistered,
      .speakerRevised, .speakerWithdrawn, .speakerReinstated, .personsMerged, .personsSeparated,
      .affiliationStated, .affiliationRemoved,
      .unavailabilityStated, .unavailabilityRemoved, .contactStated:
      nil
    }
  }

  /// The speaker whom it changes, who must not have withdrawn.
  fileprivate var changedSpeaker: PersonID? {
    switch self {
    case .speakerRevised(let body): body.person
    case .affiliationStated(let body): body.person
    case .affiliationRemoved(let body): body.person
    case .unavailabilityStated(let body): body.person
    case .unavailabilityRemoved(let body): body.person
    // Somebody who has withdrawn still has an address.
    case .contactStated, .speakerRegistered, .speakerWithdrawn, .speakerReinstated, .personsMerged,
      .personsSeparated, .attendeeRegistered,
      .attendeeRevised, .attendeeCheckedIn, .attendeeCheckedOut, .lateScanRecorded, .attendeeSignedUp,
      .attendeeSignedOff, .attendeeWithdrawn, .attendeeReinstated, .personErased:
      nil
    }
  }
}
