import EventLog
import People
import Specification
import Vocabulary

@testable import Scheduling

// A three-day conference in Shanghai with two rooms and one track.

let opened = ConferenceOpened(
  title: ["en": "Greater Eurasia", "zh": "大欧亚"], firstDay: "2016-03-25", lastDay: "2016-03-27",
  zone: "Asia/Shanghai"
) { $0.languages = ["en", "zh"] }
let hall = RoomAdded(room: "hall", name: "Main Hall") { $0.capacity = 400 }
let annex = RoomAdded(room: "annex", name: "Annex")
let economy = TrackAdded(track: "economy", name: "Economy") { $0.color = "#aa3300" }

/// A time in March 2016 in Shanghai, written as `25T09:00`.
func at(_ time: String) -> ZonedTime {
  try! ZonedTime("2016-03-\(time)+08:00[Asia/Shanghai]")
}

func slot(_ room: RoomID, _ start: String, _ end: String) -> Slot {
  try! Slot(room: room, start: at(start), end: at(end))
}

/// A session, by default in the hall.
func session(
  _ id: SessionID, _ start: String, _ end: String, in room: RoomID = "hall", track: TrackID? = nil
) -> SessionScheduled {
  SessionScheduled(session: id, title: "Session", kind: .panel, slot: slot(room, start, end)) {
    $0.track = track
  }
}

// MARK: Short forms of commands and refusals

let shanghai = ZoneRules(zone: "Asia/Shanghai", offset: 480)

extension Sessions.Command {
  static func schedule(_ session: SessionScheduled, _ assignments: [RoleAssignment]) -> Self {
    Self(.schedule(session, further: [], assignments))
  }

  static func move(
    _ session: SessionID, slot: Int? = nil, room: RoomID?, start: ZonedTime?, end: ZonedTime?,
    _ rules: ZoneRules = shanghai
  ) -> Self {
    Self(
      .move(
        session,
        .init(
          slot: slot, room: room, start: start.map { .at($0) }, end: end.map { .at($0) }, rules: rules)))
  }

  static func revise(_ body: SessionRevised) -> Self { Self(.revise(body)) }
  static func cancel(_ session: SessionID) -> Self { Self(.cancel(session)) }
  static func assign(_ session: SessionID, _ part: RoleAssignment) -> Self {
    Self(.assign(session, part))
  }
  static func unassign(_ session: SessionID, _ part: RoleAssignment) -> Self {
    Self(.unassign(session, part))
  }
}

/// The refusal of a slot in a room that another session already has.
func taken(
  _ session: SessionID, _ wanted: Slot, by other: SessionID, _ slot: Slot, _ origin: Origin
) -> Sessions.Refusal {
  refused(
    Conflict(.roomTaken, session, other, room: wanted.room),
    "The room “\(wanted.room)” is taken \(slot.times) by the session “\(other)”, which "
      + "\(origin.actor) put there at \(origin.recordedAt.readable).")
}

func outside(_ session: SessionID, _ slot: Slot, _ first: CalendarDate, _ last: CalendarDate)
  -> Sessions.Refusal
{
  refused(
    Conflict(.outsideDays, session),
    "“\(session)” (\(slot.times)) is outside the conference's days (\(first) to \(last)).")
}

func refused(_ conflict: Conflict, _ message: String) -> Sessions.Refusal {
  .conflicts(ConflictsFound(conflicts: [DescribedConflict(conflict: conflict, message: message)]))
}

extension Undo.Command {
  /// With the clocks of Shanghai.
  init(commandID: String, first: Int, last: Int, tags: [EventLog.Tag], waivers: [Waiver] = []) {
    self.init(
      commandID: commandID, first: first, last: last, tags: tags, rules: shanghai, waivers: waivers)
  }
}
