import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Scheduling

private let panel = session("panel", "25T09:00", "25T10:30")
private let noon = slot("annex", "25T12:00", "25T13:30")
private let moved = SessionMoved(session: "panel", from: panel.slot, to: noon)
private let cancelled = SessionCancelled(session: "panel", slot: panel.slot)

private func numbered(_ slots: Slot...) -> [NumberedSlot] {
  zip(1..., slots).map { NumberedSlot(number: $0, slot: $1) }
}

/// Undoes one event, after others have changed the same session or room.
private func undo(_ undone: any EventBody, after before: [any EventBody], since: [any EventBody])
  -> WhenCommand<Undo>
{
  let position = before.count + 1
  return (before + [undone] + since).reduce(Undo.given()) { $0.and($1) }
    .when(Undo.Command(commandID: "…", first: position, last: position, tags: undone.tags))
}

private func forbidden(_ reason: String, _ hints: Hint...) -> Undo.Refusal {
  .forbidden([HintedText(reason, hints)])
}

struct `Undoing an order of presentations` {
  private func ordered(_ order: PresentationID...) -> PresentationsOrdered {
    PresentationsOrdered(session: "panel", order: order)
  }
  private func added(_ id: PresentationID) -> PresentationAdded {
    PresentationAdded(session: "panel", presentation: Presentation(id, title: "Talk"))
  }
  private var open: [any EventBody] { [opened, hall, panel, added("a"), added("b")] }

  @Test func `is refused if somebody has made another order since`() {
    undo(
      ordered("c", "b", "a"), after: open + [added("c")], since: [ordered("b", "a", "c")]
    ).thenRefused(
      saying: "The order of the presentations in “panel” has been changed since then (by anna at 2016-02-25 "
        + "17:08 +08:00, event 8, PresentationsOrdered); undo that change first, or make the correction yourself."
    )
    undo(ordered("c", "b", "a"), after: open + [added("c")], since: [ordered("a", "b", "c")]).thenNothing()
  }

  @Test func `puts presentations that came later at the end`() {
    undo(ordered("b", "a"), after: open, since: [added("c")])
      .then(.scheduling(.presentationsOrdered(ordered("a", "b", "c"))))
    undo(ordered("b", "a"), after: open, since: [added("c"), ordered("a", "c", "b")]).thenNothing()
  }

  @Test func `ignores presentations that were withdrawn since`() {
    let withdrawn = PresentationWithdrawn(session: "panel", presentation: "a", people: [])
    undo(ordered("c", "b", "a"), after: open + [added("c")], since: [withdrawn])
      .then(.scheduling(.presentationsOrdered(ordered("b", "c"))))
  }

  @Test func `gives a presentation that comes back its place, with a new one at the end`() {
    undo(
      PresentationWithdrawn(session: "panel", presentation: "a", people: []), after: open, since: [added("c")]
    ).then(
      .scheduling(.presentationAdded(added("a"))),
      .scheduling(.presentationsOrdered(ordered("a", "b", "c"))))
  }
}

struct `Undoing, when others have ordered what is new` {
  private func added(_ id: PresentationID) -> PresentationAdded {
    PresentationAdded(session: "panel", presentation: Presentation(id, title: "Talk"))
  }
  private func ordered(_ order: PresentationID...) -> PresentationsOrdered {
    PresentationsOrdered(session: "panel", order: order)
  }
  private var open: [any EventBody] { [opened, hall, panel, added("a"), added("b")] }

  @Test func `brings a presentation back without another order`() {
    undo(
      PresentationWithdrawn(session: "panel", presentation: "a", people: []), after: open,
      since: [added("c"), ordered("c", "b")]
    ).then(.scheduling(.presentationAdded(added("a"))))
  }

  @Test func `is refused for an order`() {
    undo(ordered("b", "a"), after: open, since: [added("c"), ordered("c", "b", "a")]).thenRefused(
      .changedSince(
        what: "The order of the presentations in “panel”",
        by: Origin(position: 8, actor: "anna", recordedAt: Given<Undo>.time(ofPosition: 8)),
        type: PresentationsOrdered.type, shanghai))
  }

  @Test func `takes out what one command added and put first`() {
    let command = Undo.Command(
      commandID: "…", first: 6, last: 7, tags: added("c").tags + ordered("c", "b", "a").tags)
    (open + [added("c"), ordered("c", "b", "a")]).reduce(Undo.given()) { $0.and($1) }.when(command).then(
      .scheduling(
        .presentationWithdrawn(PresentationWithdrawn(session: "panel", presentation: "c", people: []))),
      .scheduling(.presentationsOrdered(ordered("a", "b"))))
  }
}

/// A time is shown on the clocks of the day on which the change was made.
struct `A refused undo` {
  private let berlin = ZoneRules(
    zone: "Europe/Berlin", offset: 60, changes: [ZoneRules.Change(at: "2016-03-27T01:00:00Z", offset: 120)])

  private func refused(
    _ undone: any EventBody, _ since: any EventBody, _ what: String, at: SourceLocation = #_sourceLocation
  ) {
    Undo.given(opened, hall, panel, undone, since).when(
      Undo.Command(commandID: "…", first: 4, last: 4, tags: undone.tags, rules: berlin)
    ).thenRefused(
      saying: "\(what) has been changed since then (by anna at 2016-02-25 10:05 +01:00, event 5, "
        + "\(type(of: since).type)); undo that change first, or make the correction yourself.",
      sourceLocation: at)
  }

  @Test func `of a session in summer shows a change in winter on the clocks of winter`() {
    let (june, later) = (summer(9), summer(14))
    refused(
      SessionMoved(session: "panel", from: panel.slot, to: june),
      SessionMoved(session: "panel", from: june, to: later), "The session “panel” (slot 1)")
  }

  @Test func `of a room is on the clocks of the conference too`() {
    refused(
      RoomRevised(room: "hall") { $0.capacity = 7 }, RoomRevised(room: "hall") { $0.capacity = 8 },
      "The room “hall”")
  }

  private func summer(_ hour: Int) -> Slot {
    func time(_ hour: Int) -> ZonedTime {
      ZonedTime(date: "2016-06-01", minuteOfDay: hour * 60, offset: 120, zone: "Europe/Berlin")
    }
    return try! Slot(room: "hall", start: time(hour), end: time(hour + 1))
  }
}

struct `Undoing a check-in` {
  private let registered = AttendeeRegistered(
    attendee: "a-1", category: "press", listed: true, details: Sealed(base64: "b25l"))
  private let came = AttendeeCheckedIn(attendee: "a-1")
  private let left = AttendeeCheckedOut(attendee: "a-1")

  @Test func `is refused if they left and came again`() {
    undo(came, after: [opened, registered], since: [left, came]).thenRefused(
      .changedSince(
        what: "The attendee “a-1”",
        by: Origin(position: 5, actor: "anna", recordedAt: Given<Undo>.time(ofPosition: 5)),
        type: AttendeeCheckedIn.type, shanghai))
    undo(came, after: [opened, registered], since: [left]).thenNothing()
  }
}

struct `Undoing the addition of a track` {
  private let scheduled = session("panel", "25T09:00", "25T10:30", track: "economy")
  private let cancelled = SessionCancelled(session: "panel", slot: panel.slot)

  @Test func `is refused while a cancelled session belongs to it`() {
    undo(economy, after: [opened, hall], since: [scheduled, cancelled]).thenRefused(
      .inUse(what: "The track “economy”", by: "“panel” belongs to it"))
    let moved = SessionRevised(session: "panel", formerTrack: "economy") { $0.cleared = [.track] }
    undo(economy, after: [opened, hall], since: [scheduled, moved, cancelled])
      .then(.scheduling(.trackRemoved(TrackRemoved(track: "economy"))))
  }

  @Test func `is possible after the scheduling of its sessions was undone`() {
    undo(
      economy, after: [opened, hall],
      since: [scheduled, SessionUnscheduled(session: "panel", slots: numbered(panel.slot))]
    ).then(.scheduling(.trackRemoved(TrackRemoved(track: "economy"))))
  }
}

struct `Undoing a change of slots` {
  private let open: [any EventBody] = [opened, hall, annex, panel]

  @Test func `is refused if the session would overlap itself`() {
    let second = SlotAdded(session: "panel", number: 2, slot: slot("annex", "25T10:00", "25T11:00"))
    undo(moved, after: open, since: [second]).thenRefused(
      forbidden("The session “panel” has another slot at that time (2016-03-25 10:00–11:00, annex)."))
    let removed = SlotRemoved(session: "panel", number: 2, slot: second.slot)
    undo(
      removed, after: [opened, hall, annex, session("panel", "25T08:00", "25T09:00"), second],
      since: [
        SessionMoved(session: "panel", from: slot("hall", "25T08:00", "25T09:00"), to: panel.slot)
      ]
    ).thenRefused(
      forbidden("The session “panel” has another slot at that time (2016-03-25 09:00–10:30, hall)."))
  }

  @Test func `allows slots that only overlap for a moment`() {
    // One command has moved both slots to an earlier time. They are moved back one after the other.
    let (early, late) = (slot("hall", "25T09:00", "25T10:30"), slot("hall", "25T10:30", "25T12:00"))
    let later = slot("hall", "25T12:00", "25T13:30")
    let first = SessionMoved(session: "panel", from: late, to: early)
    let other = SessionMoved(session: "panel", from: later, to: late, number: 2)
    Undo.given(
      opened, hall, session("panel", "25T10:30", "25T12:00"),
      SlotAdded(session: "panel", number: 2, slot: later), first, other
    ).when(Undo.Command(commandID: "…", first: 5, last: 6, tags: first.tags + other.tags))
      .then(
        .scheduling(.sessionMoved(SessionMoved(session: "panel", from: early, to: late))),
        .scheduling(.sessionMoved(SessionMoved(session: "panel", from: late, to: later, number: 2))))
  }

  @Test func `is refused if it would remove the only slot`() {
    let second = SlotAdded(session: "panel", number: 2, slot: noon)
    undo(second, after: open, since: [SlotRemoved(session: "panel", number: 1, slot: panel.slot)])
      .thenRefused(
        forbidden(
          "This is the only slot of “panel”, and a session needs at least one.", .cancelSession("panel"),
          .moveSession("panel")))
  }

  @Test func `is refused while the session does not take place`() {
    let off = SessionCancelled(session: "panel", slot: noon)
    undo(moved, after: open, since: [off]).thenRefused(
      forbidden("The session “panel” was cancelled.", .reinstate("panel" as SessionID)))
    let second = SlotAdded(session: "panel", number: 2, slot: noon)
    let both = SessionCancelled(session: "panel", slots: numbered(panel.slot, noon))
    undo(second, after: open, since: [both]).thenRefused(
      forbidden("The session “panel” was cancelled.", .reinstate("panel" as SessionID)))
    let unscheduled = SessionUnscheduled(session: "panel", slots: numbered(noon))
    undo(moved, after: open, since: [unscheduled]).thenRefused(
      forbidden("The scheduling of the session “panel” was undone.", .reinstate("panel" as SessionID)))
    undo(
      moved, after: open,
      since: [off, SessionReinstated(session: "panel", slots: numbered(noon), kind: .panel)]
    ).then(.scheduling(.sessionMoved(SessionMoved(session: "panel", from: noon, to: panel.slot))))
  }
}

struct `Undoing a cancellation` {
  /// Older versions could move a cancelled session by an undo.
  @Test func `leaves the slots that the session has now`() {
    undo(cancelled, after: [opened, hall, annex, panel], since: [moved])
      .then(
        .scheduling(
          .sessionReinstated(SessionReinstated(session: "panel", slots: numbered(noon), kind: .panel))))
  }

  @Test func `reinstates the session before it is moved back`() {
    // An undo may have moved and cancelled it; that undo is undone.
    let events: [any EventBody] = [opened, hall, annex, panel]
    let off = SessionCancelled(session: "panel", slot: noon)
    events.reduce(Undo.given()) { $0.and($1) }.and(moved, off)
      .when(Undo.Command(commandID: "…", first: 5, last: 6, tags: moved.tags + off.tags))
      .then(
        .scheduling(
          .sessionReinstated(SessionReinstated(session: "panel", slots: numbered(noon), kind: .panel))),
        .scheduling(.sessionMoved(SessionMoved(session: "panel", from: noon, to: panel.slot))))
  }
}

struct `Undoing an addition` {
  @Test func `of a venue is refused while a travel time names it`() {
    let (east, west) = (VenueAdded(venue: "east", name: "East"), VenueAdded(venue: "west", name: "West"))
    let way = TravelTimeSet(.venue("east"), .venue("west"), minutes: 20)
    undo(west, after: [opened, east], since: [way]).thenRefused(
      .inUse(
        what: "The venue “west”", by: "the travel time between venue:east and venue:west is set"))
    undo(
      west, after: [opened, east], since: [way, TravelTimeSet(.venue("east"), .venue("west"), minutes: nil)]
    ).then(.scheduling(.venueRemoved(VenueRemoved(venue: "west"))))
    Undo.given(opened, east, west, way)
      .when(Undo.Command(commandID: "…", first: 3, last: 4, tags: west.tags + way.tags))
      .then(
        .scheduling(.venueRemoved(VenueRemoved(venue: "west"))),
        .scheduling(
          .travelTimeSet(TravelTimeSet(.venue("east"), .venue("west"), minutes: nil))))
  }

  @Test func `is not refused because something has come and gone since`() {
    let closure = RoomClosureStated(room: "annex", number: 1, from: at("27T09:00"), until: at("27T10:00"))
    undo(annex, after: [opened, hall], since: [closure, RoomClosureRemoved(room: "annex", number: 1)])
      .then(.scheduling(.roomClosed(RoomClosed(room: "annex"))))
    undo(annex, after: [opened, hall], since: [closure]).thenRefused(
      .changedSince(
        what: "The room “annex”",
        by: Origin(position: 4, actor: "anna", recordedAt: Given<Undo>.time(ofPosition: 4)),
        type: RoomClosureStated.type, shanghai))
    let feng = SpeakerRegistered(person: "feng", name: "Feng, Shaolei")
    undo(
      feng, after: [opened],
      since: [
        AffiliationStated(person: "feng", number: 1, affiliation: Affiliation(organisation: "Center")),
        AffiliationRemoved(person: "feng", number: 1),
      ]
    ).then(.people(.speakerWithdrawn(SpeakerWithdrawn(person: "feng"))))
  }
}

struct `Undoing a change of a room that was closed since` {
  private let closed = RoomClosed(room: "annex")
  private let closure = RoomClosureStated(
    room: "annex", number: 1, from: at("27T09:00"), until: at("27T10:00"))

  @Test func `is refused`() {
    let changes: [any EventBody] = [
      RoomRevised(room: "annex") { $0.capacity = 9 },
      RoomHoursSet(room: "annex", hours: [ClockRange(from: 480, until: 720)]), closure,
    ]
    for change in changes {
      undo(change, after: [opened, hall, annex], since: [closed]).thenRefused(
        forbidden("The room “annex” is closed and takes no more sessions.", .reopenRoom("annex")))
    }
    undo(
      RoomClosureRemoved(room: "annex", number: 1), after: [opened, hall, annex, closure], since: [closed]
    ).thenRefused(
      forbidden("The room “annex” is closed and takes no more sessions.", .reopenRoom("annex")))
  }

  @Test func `is possible once it was reopened`() {
    undo(closure, after: [opened, hall, annex], since: [closed, RoomReopened(room: "annex")])
      .then(.scheduling(.roomClosureRemoved(RoomClosureRemoved(room: "annex", number: 1))))
  }
}
