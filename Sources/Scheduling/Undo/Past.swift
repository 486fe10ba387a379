import EventLog
import People
import Vocabulary

/// The states before a command, after it and now, and the events that undo the command.
struct Past {
  let undone: [RecordedEvent]
  let later: [RecordedEvent]
  let before: Side
  let after: Side
  let now: Side
  /// Of the conference's present zone. Times in refusals are shown in it.
  private let rules: ZoneRules
  /// Of the zones that the conference had before.
  private let zones: [ZoneRules]
  /// Before the command and after it, with the times of the zone that the conference had then. In `before` and `after`
  /// they are in its present zone: a correction of the zone keeps what clocks show, and changes nothing else.
  private let then: (before: Timetable, after: Timetable)

  /// Everything that can be undone, as it is at one position.
  struct Side {
    var timetable = Timetable()
    var speakers: [PersonID: Speakers.State] = [:]
    var attendees: [AttendeeID: Attendees.State] = [:]
    var imports = Imports()

    /// Errors are ignored: an unreadable event would have stopped the reading of the boundary.
    mutating func take(_ event: RecordedEvent) {
      try? timetable.evolve(event)
      try? imports.evolve(event)
      for tag in event.tags {
        if let id: PersonID = identifier("person:", in: tag) {
          try? Speakers.evolve(&speakers[id, default: Speakers.initial], event)
        } else if let id: AttendeeID = identifier("attendee:", in: tag) {
          try? Attendees.evolve(&attendees[id, default: Attendees.initial], event)
        }
      }
    }

    /// With the times of another zone, if it had another one then.
    fileprivate func shown(in rules: ZoneRules?) -> Side {
      guard let rules, let zone = timetable.conference?.zone, zone != rules.zone else { return self }
      var side = self
      side.timetable = ZoneCorrection.shown(timetable, in: rules)
      return side
    }
  }

  init(_ events: [RecordedEvent], _ command: Undo.Command) {
    var side = Side()
    var (before, after): (Side?, Side?)
    for event in events {
      if before == nil, event.position >= command.first { before = side }
      if after == nil, event.position > command.last { after = side }
      side.take(event)
    }
    rules = command.rules
    zones = command.zones
    now = side
    then = ((before ?? side).timetable, (after ?? side).timetable)
    let rules = now.timetable.conference?.zone == rules.zone ? rules : nil
    (self.before, self.after) = ((before ?? side).shown(in: rules), (after ?? side).shown(in: rules))
    undone = events.filter { (command.first...command.last).contains($0.position) }
    later = events.filter { $0.position > command.last }
  }

  /// The events that undo the command.
  struct Inverse {
    var events: [ProgramOrPeopleEvent] = []
    /// What follows them if the command, or a later one, corrected the conference's time zone.
    var inZone: [ProgramOrPeopleEvent] = []
  }

  func inverse() -> Result<Inverse, Undo.Refusal> {
    Result { () throws(Undo.Refusal) in
      try refuseFinal()
      let sessions = try undoSessions()
      // What only a session used that goes back is not in use.
      var left = now.timetable
      for event in sessions { left.apply(event) }
      let rooms = try undoRooms(after: left)
      for event in rooms { left.apply(event) }
      let others =
        try undoSpeakers(after: left) + undoAttendees() + rooms + undoTracks(after: left)
        + undoVenues(after: left)
        + undoConference()
      // What sessions use is brought back before them, and goes after them.
      let events =
        try undoImports() + others.filter(\.bringsBack) + sessions + others.filter { !$0.bringsBack }
      return Inverse(events: events, inZone: try undoZone(after: events))
    }
  }

  /// Goes back to the zone of before, if the command corrected it. Otherwise, what was restored must have a time in the
  /// present zone.
  private func undoZone(after events: [ProgramOrPeopleEvent]) throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    guard let old = then.before.conference?.zone, let left = then.after.conference?.zone,
      let present = now.timetable.conference?.zone, old != present, present == rules.zone
    else { return [] }
    var wanted = rules
    if old != left {
      guard present == left else { throw changed("The conference's time zone", .conference) }
      guard let known = zones.first(where: { $0.zone == old }) else {
        throw .forbidden([HintedText("The time zone “\(old)” is not known here.")])
      }
      wanted = known
    }
    var state = now.timetable
    for event in events { state.apply(event) }
    do throws(ZoneCorrection.Refusal) {
      return try ZoneCorrection.events(wanted, in: state, keeping: then.before)
    } catch { throw .forbidden(error.texts) }
  }

  private func refuseFinal() throws(Undo.Refusal) {
    for event in undone {
      let why: HintedText? =
        switch event.type {
        case ConferenceOpened.type: HintedText("opening a conference is permanent")
        case OrganisationRoleAssigned.type: HintedText("an organisation's role is permanent")
        case ProgramReleased.type: HintedText("the program was published; release another version")
        case DocumentPrinted.type: HintedText("the document was printed")
        case NoticesSent.type: HintedText("the notices were sent")
        case PersonErased.type: HintedText("erased data cannot be restored")
        case LateScanRecorded.type: HintedText("a late scan stays recorded; it changes nothing else")
        case ContactStated.type where (try? event.decoded(as: ContactStated.self))?.contact == nil:
          HintedText("a removed address is not restored; state the address again")
        default:
          (try? ProgramOrPeopleEvent(event)) == nil
            ? HintedText("the record is corrected, not undone", [.correctRecord]) : nil
        }
      if let why { throw .final(type: event.type, position: event.position, why: why) }
    }
  }

  /// Whether a value must be restored: the command changed it, and it is still as the command left it.
  ///
  /// - Throws: `changedSince` if it was changed again since then.
  func mustRestore<Value: Equatable>(
    _ what: String, _ tag: Tag, _ value: (Side) -> Value
  ) throws(Undo.Refusal) -> Bool {
    let (old, left, current) = (value(before), value(after), value(now))
    if old == left || current == old { return false }
    guard current == left else { throw changed(what, tag) }
    return true
  }

  /// The changes that restore an entity's details, field by field.
  func restored<Changes: DetailChanges>(
    _ what: String, _ tag: Tag, _ details: (Side) -> Changes.Field.Details?
  ) throws(Undo.Refusal) -> Changes {
    var changes = Changes()
    guard let old = details(before) else { return changes }
    for field in Changes.Field.allCases {
      let value = field.access.value
      if try mustRestore(what, tag, { details($0).map(value) }) { changes.restore(field, of: old) }
    }
    return changes
  }

  func changed(_ what: String, _ tag: Tag) -> Undo.Refusal {
    let event = later.last { $0.tags.contains(tag.text) }
    return .changedSince(what: what, by: event?.origin, type: event?.type, rules)
  }

  func ids<Kind>(_ prefix: String, _: Identifier<Kind>.Type) -> [Identifier<Kind>] {
    Set(undone.flatMap(\.tags).compactMap { identifier(prefix, in: $0) as Identifier<Kind>? }).sorted()
  }
}

extension ProgramOrPeopleEvent {
  /// Whether it brings back somebody or something that sessions can use.
  fileprivate var bringsBack: Bool {
    switch self {
    case .people(.speakerReinstated), .people(.attendeeReinstated), .people(.personsSeparated),
      .scheduling(.roomReopened), .scheduling(.trackAdded),
      .scheduling(.venueAdded):
      true
    default: false
    }
  }
}

/// The identifier in a tag with this prefix: `opening` of `session:opening`. Nil for other tags.
func identifier<Kind>(_ prefix: String, in tag: String) -> Identifier<Kind>? {
  guard tag.hasPrefix(prefix) else { return nil }
  return try? Identifier(String(tag.dropFirst(prefix.count)))
}
