import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Scheduling

private let feng = SpeakerRegistered(person: "feng", name: "Feng, Shaolei")
private let sergey = SpeakerRegistered(person: "sergey", name: "Karaganov, Sergey")
private let panel = session("panel", "25T09:00", "25T10:30")

private func moved(_ from: SessionScheduled, to: Slot) -> SessionMoved {
  SessionMoved(session: from.session, from: from.slot, to: to)
}

private func cancelled(_ session: SessionScheduled) -> SessionCancelled {
  SessionCancelled(session: session.session, slot: session.slot)
}

private func assigned(
  _ person: PersonID, _ role: SessionRole = .speaker, in session: SessionID = "panel"
) -> PersonAssigned {
  PersonAssigned(session: session, person: person, role: role)
}

private func unassigned(_ person: PersonID, _ role: SessionRole = .speaker) -> PersonUnassigned {
  PersonUnassigned(session: "panel", person: person, role: role)
}

/// A conference with two rooms, a track and two speakers.
private let open = Sessions.given(opened, hall, annex, economy, feng, sergey)

struct `Scheduling a session` {
  @Test func `records its slot and its people`() {
    let wanted = session("panel", "25T09:00", "25T10:30", track: "economy")
    open.when(.schedule(wanted, [.init(.chair, "feng"), .init(.speaker, "sergey")]))
      .then(
        .sessionScheduled(wanted), .personAssigned(assigned("feng", .chair)),
        .personAssigned(assigned("sergey")))
  }

  @Test func `gives a person two roles, but no role twice`() {
    open.when(
      .schedule(
        panel, [.init(.chair, "feng"), .init(.speaker, "feng"), .init(.chair, "feng")])
    )
    .then(
      .sessionScheduled(panel), .personAssigned(assigned("feng", .chair)),
      .personAssigned(assigned("feng")))
  }

  @Test func `changes nothing when repeated, even with the people in another order`() {
    open.and(panel, assigned("feng", .chair), assigned("sergey"))
      .when(.schedule(panel, [.init(.speaker, "sergey"), .init(.chair, "feng")])).thenNothing()
  }

  @Test func `refuses a name that another session has or had`() {
    func refusal(_ status: SessionStatus) -> Sessions.Refusal { .slugTaken("panel", "Session", status) }
    let other = session("panel", "26T09:00", "26T10:30", in: "annex")
    open.and(panel).when(.schedule(other, [])).thenRefused(refusal(.scheduled))
    open.and(panel).when(.schedule(panel, [.init(.speaker, "feng")])).thenRefused(refusal(.scheduled))
    open.and(panel, cancelled(panel)).when(.schedule(panel, [])).thenRefused(refusal(.cancelled))
    let undone = SessionUnscheduled(session: "panel", slots: [NumberedSlot(number: 1, slot: panel.slot)])
    open.and(panel, undone).when(.schedule(other, [])).thenRefused(refusal(.unscheduled))
    let part = slot("annex", "26T09:00", "26T10:30")
    open.and(panel).when(.init(.schedule(panel, further: [part], []))).thenRefused(refusal(.scheduled))
    open.and(panel, SlotAdded(session: "panel", number: 2, slot: part)).when(.schedule(panel, []))
      .thenRefused(refusal(.scheduled))
  }

  @Test func `refuses two sessions in one room at the same time`() {
    open.and(panel, by: "boris")
      .when(.schedule(session("other", "25T10:00", "25T11:00"), []))
      .thenRefused(
        taken(
          "other", slot("hall", "25T10:00", "25T11:00"), by: "panel", panel.slot,
          Origin(position: 7, actor: "boris", recordedAt: "2016-02-25T09:07:00Z")))
  }

  @Test func `names all sessions that occupy the room`() {
    open.and(session("late", "25T11:00", "25T12:00"), session("early", "25T09:00", "25T10:00"))
      .when(.schedule(session("long", "25T08:00", "25T13:00"), []))
      .thenRefused(
        saying:
          "The room “hall” is taken 2016-03-25 09:00–10:00 by the session “early”, which anna "
          + "put there at 2016-02-25 09:08 UTC — choose another room or time.\n"
          + "The room “hall” is taken 2016-03-25 11:00–12:00 by the session “late”, which anna "
          + "put there at 2016-02-25 09:07 UTC — choose another room or time.",
        hints: .waive("room-taken"), .waive("room-taken"))
  }

  @Test func `allows a session to start in the minute when another ends`() {
    let before = session("before", "25T08:00", "25T09:00")
    let after = session("after", "25T10:30", "25T12:00")
    open.and(before, after).when(.schedule(panel, [])).then(.sessionScheduled(panel))
  }

  @Test func `allows two sessions in two rooms at the same time`() {
    let other = session("other", "25T09:00", "25T10:30", in: "annex")
    open.and(other).when(.schedule(panel, [])).then(.sessionScheduled(panel))
  }

  @Test func `can cross midnight, and blocks the room after midnight too`() {
    let night = session("night", "25T22:00", "26T01:00")
    open.when(.schedule(night, [])).then(.sessionScheduled(night))
    open.and(night).when(.schedule(session("small-hours", "26T00:30", "26T02:00"), []))
      .thenRefused(
        saying: "The room “hall” is taken 2016-03-25 22:00–01:00 (2016-03-26) by the session "
          + "“night”, which anna put there at 2016-02-25 09:07 UTC — choose another room or time.",
        hints: .waive("room-taken"))
    let after = session("after", "26T01:00", "26T02:00")
    open.and(night).when(.schedule(after, [])).then(.sessionScheduled(after))
  }

  @Test func `can end on the morning after the last day, but not begin then`() {
    let last = session("party", "27T22:00", "28T02:00")
    open.when(.schedule(last, [])).then(.sessionScheduled(last))
    let late = session("breakfast", "28T09:00", "28T10:00")
    open.when(.schedule(late, []))
      .thenRefused(outside("breakfast", late.slot, "2016-03-25", "2016-03-27"))
    let early = session("early", "24T23:00", "25T10:00")
    open.when(.schedule(early, []))
      .thenRefused(outside("early", early.slot, "2016-03-25", "2016-03-27"))
  }

  @Test func `uses the present days of the conference`() {
    let late = session("breakfast", "28T09:00", "28T10:00")
    open.and(ConferenceRevised { $0.lastDay = "2016-03-28" })
      .when(.schedule(late, [])).then(.sessionScheduled(late))
    open.and(ConferenceRevised { $0.firstDay = "2016-03-26" }).when(.schedule(panel, []))
      .thenRefused(outside("panel", panel.slot, "2016-03-26", "2016-03-27"))
  }

  @Test func `needs a room that exists and is open`() {
    open.when(.schedule(session("panel", "25T09:00", "25T10:00", in: "attic"), []))
      .thenRefused(.unknownRoom("attic"))
    open.and(RoomClosed(room: "hall")).when(.schedule(panel, [])).thenRefused(.closedRoom("hall"))
  }

  @Test func `needs a track that exists`() {
    open.when(.schedule(session("panel", "25T09:00", "25T10:00", track: "ecology"), []))
      .thenRefused(.unknownTrack("ecology"))
  }

  @Test func `needs people who are registered and have not withdrawn`() {
    open.when(.schedule(panel, [.init(.speaker, "nobody")])).thenRefused(.unknownPerson("nobody"))
    open.and(SpeakerWithdrawn(person: "feng"))
      .when(.schedule(panel, [.init(.speaker, "sergey"), .init(.chair, "feng")]))
      .thenRefused(.withdrawnPerson("feng"))
  }
}

struct `Moving a session` {
  private let other = session("other", "25T09:00", "25T10:30", in: "annex")
  private let noon = slot("hall", "25T12:00", "25T13:30")

  private func move(
    _ session: SessionID = "panel", to room: RoomID? = nil, _ start: String? = nil,
    _ end: String? = nil
  ) -> Sessions.Command {
    .move(session, room: room, start: start.map(at), end: end.map(at))
  }

  @Test func `keeps its length`() {
    open.and(panel).when(move("25T12:00")).then(.sessionMoved(moved(panel, to: noon)))
    open.and(panel).when(move("26T23:30"))
      .then(.sessionMoved(moved(panel, to: slot("hall", "26T23:30", "27T01:00"))))
  }

  private func move(_ start: String) -> Sessions.Command { move(to: nil, start) }

  @Test func `keeps the values that are not given`() {
    open.and(panel).when(move(to: "annex"))
      .then(.sessionMoved(moved(panel, to: slot("annex", "25T09:00", "25T10:30"))))
    open.and(panel).when(move(to: nil, nil, "25T11:00"))
      .then(.sessionMoved(moved(panel, to: slot("hall", "25T09:00", "25T11:00"))))
    open.and(panel).when(move(to: "annex", "25T09:30", "25T10:00"))
      .then(.sessionMoved(moved(panel, to: slot("annex", "25T09:30", "25T10:00"))))
  }

  @Test func `changes nothing if it is there already`() {
    open.and(panel).when(move(to: "hall", "25T09:00", "25T10:30")).thenNothing()
    open.and(panel).when(move("25T09:00")).thenNothing()
    open.and(panel).when(move(to: nil)).thenNothing()
    open.and(panel, moved(panel, to: noon)).when(move("25T12:00")).thenNothing()
  }

  @Test func `starts from the slot of the last move`() {
    let late = slot("annex", "25T15:00", "25T16:00")
    open.and(panel, moved(panel, to: late)).when(move("25T16:00"))
      .then(
        .sessionMoved(
          SessionMoved(session: "panel", from: late, to: slot("annex", "25T16:00", "25T17:00"))))
  }

  @Test func `can overlap its own old slot`() {
    open.and(panel).when(move("25T09:30"))
      .then(.sessionMoved(moved(panel, to: slot("hall", "25T09:30", "25T11:00"))))
  }

  @Test func `frees the room that it leaves`() {
    let given = open.and(panel, moved(panel, to: slot("annex", "25T09:00", "25T10:30")))
    let next = session("next", "25T09:00", "25T10:30")
    given.when(.schedule(next, [])).then(.sessionScheduled(next))
    // The same after another move, which is not in the boundary of the first room.
    let on = SessionMoved(
      session: "panel", from: slot("annex", "25T09:00", "25T10:30"),
      to: slot("annex", "25T10:00", "25T11:00"))
    given.and(on).when(.schedule(next, [])).then(.sessionScheduled(next))
  }

  /// The room's boundary contains the move, but not the scheduling in another room.
  @Test func `blocks the room that it moves into`() {
    let into = slot("hall", "25T09:00", "25T10:30")
    let given = open.and(other).and(moved(other, to: into), by: "boris")
    given.when(.schedule(session("next", "25T10:00", "25T11:00"), []))
      .thenRefused(
        taken(
          "next", slot("hall", "25T10:00", "25T11:00"), by: "other", into,
          Origin(position: 8, actor: "boris", recordedAt: "2016-02-25T09:08:00Z")))
    // Its old room is free.
    let there = session("next", "25T09:00", "25T10:30", in: "annex")
    given.when(.schedule(there, [])).then(.sessionScheduled(there))
  }

  @Test func `blocks a room again after moving back`() {
    let there = slot("annex", "25T09:00", "25T10:30")
    let given = open.and(
      panel, moved(panel, to: there),
      SessionMoved(session: "panel", from: there, to: slot("hall", "25T09:00", "25T10:30")))
    given.when(.schedule(session("next", "25T10:00", "25T11:00"), []))
      .thenRefused(
        taken(
          "next", slot("hall", "25T10:00", "25T11:00"), by: "panel", panel.slot,
          Origin(position: 9, actor: "anna", recordedAt: "2016-02-25T09:09:00Z")))
  }

  @Test func `frees the new room when the session is cancelled`() {
    let into = slot("hall", "25T09:00", "25T10:30")
    open.and(other, moved(other, to: into), SessionCancelled(session: "other", slot: into))
      .when(.schedule(panel, [])).then(.sessionScheduled(panel))
  }

  /// The command does not name the room: the boundary finds it in the events.
  @Test func `refuses a time when its room is taken`() {
    let next = session("next", "25T12:00", "25T13:00")
    open.and(panel, next).when(move("25T11:00"))
      .thenRefused(
        taken(
          "panel", slot("hall", "25T11:00", "25T12:30"), by: "next", next.slot,
          Origin(position: 8, actor: "anna", recordedAt: "2016-02-25T09:08:00Z")))
    open.and(panel, next).when(move("25T13:00"))
      .then(.sessionMoved(moved(panel, to: slot("hall", "25T13:00", "25T14:30"))))
    // Both sessions were moved into the room.
    open.and(other, panel, moved(panel, to: slot("annex", "25T12:00", "25T13:30")))
      .when(move("other", to: nil, "25T13:00"))
      .thenRefused(
        taken(
          "other", slot("annex", "25T13:00", "25T14:30"), by: "panel", slot("annex", "25T12:00", "25T13:30"),
          Origin(position: 9, actor: "anna", recordedAt: "2016-02-25T09:09:00Z")))
  }

  @Test func `refuses a room that is taken, closed or unknown`() {
    open.and(panel, other).when(move(to: "annex"))
      .thenRefused(
        taken(
          "panel", slot("annex", "25T09:00", "25T10:30"), by: "other", other.slot,
          Origin(position: 8, actor: "anna", recordedAt: "2016-02-25T09:08:00Z")))
    open.and(panel, RoomClosed(room: "annex")).when(move(to: "annex"))
      .thenRefused(.closedRoom("annex"))
    open.and(panel).when(move(to: "attic")).thenRefused(.unknownRoom("attic"))
  }

  @Test func `refuses an invalid slot`() throws {
    open.and(panel).when(move(to: nil, nil, "25T09:00"))
      .thenRefused(
        saying: "The session would end at 09:00 on 2016-03-25, which is not after its start at "
          + "09:00 on 2016-03-25.")
    open.and(panel).when(move(to: nil, "25T09:00", "26T10:00"))
      .thenRefused(
        saying: "The session would last more than 24 hours (2016-03-25 09:00 to 2016-03-26 10:00); "
          + "schedule one session per day.")
  }

  @Test func `refuses a day outside the conference`() {
    open.and(panel).when(move("28T09:00"))
      .thenRefused(
        outside("panel", slot("hall", "28T09:00", "28T10:30"), "2016-03-25", "2016-03-27"))
  }

  @Test func `refuses a session that is cancelled or unknown`() {
    open.and(panel, cancelled(panel)).when(move(to: "annex")).thenRefused(.cancelled("panel"))
    open.when(move(to: "annex")).thenRefused(.unknownSession("panel"))
  }

  @Test func `keeps the local end time across a clock change`() throws {
    let night = try SessionScheduled(
      session: "night", title: "Night", kind: .session,
      slot: Slot(
        room: "hall", start: "2016-03-27T01:00+01:00[Europe/Berlin]",
        end: "2016-03-27T04:00+02:00[Europe/Berlin]"))
    open.and(night)
      .when(.move("night", room: nil, start: "2016-03-27T01:00+01:00[Europe/Berlin]", end: nil))
      .thenNothing()
    open.and(night)
      .when(.move("night", room: "annex", start: "2016-03-27T01:00+01:00[Europe/Berlin]", end: nil))
      .then(
        .sessionMoved(
          try moved(
            night, to: Slot(room: "annex", start: night.slot.start, end: night.slot.end))))
  }
}

struct `Revising a session` {
  @Test func `records only what differs`() {
    open.and(panel)
      .when(
        .revise(
          SessionRevised(session: "panel") {
            $0.title = ["en": "Session", "zh": "分会"]
            $0.kind = .panel
            $0.track = "economy"
            $0.languages = ["ru"]
          })
      )
      .then(
        .sessionRevised(
          SessionRevised(session: "panel") {
            $0.title = ["en": "Session", "zh": "分会"]
            $0.track = "economy"
            $0.languages = ["ru"]
          }))
  }

  @Test func `changes nothing if nothing differs`() {
    open.and(
      panel,
      SessionRevised(session: "panel") {
        $0.kind = .keynote
        $0.description = "On trade"
      }
    )
    .when(
      .revise(
        SessionRevised(session: "panel") {
          $0.title = "Session"
          $0.kind = .keynote
          $0.description = "On trade"
          $0.languages = []
        })
    ).thenNothing()
    open.and(panel).when(.revise(SessionRevised(session: "panel"))).thenNothing()
  }

  @Test func `refuses a session that is cancelled or unknown`() {
    let revision = SessionRevised(session: "panel") {
      $0.title = "Panel"
      $0.track = "ecology"
    }
    open.and(panel).when(.revise(revision)).thenRefused(.unknownTrack("ecology"))
    open.and(panel, cancelled(panel)).when(.revise(revision)).thenRefused(.cancelled("panel"))
    open.when(.revise(revision)).thenRefused(.unknownSession("panel"))
  }
}

struct `Cancelling a session` {
  @Test func `records the slots that it had`() {
    open.and(panel).when(.cancel("panel")).then(.sessionCancelled(cancelled(panel)))
    let to = slot("annex", "26T09:00", "26T10:00")
    open.and(panel, moved(panel, to: to)).when(.cancel("panel"))
      .then(.sessionCancelled(SessionCancelled(session: "panel", slot: to)))
  }

  @Test func `happens once`() {
    open.and(panel, cancelled(panel)).when(.cancel("panel")).thenNothing()
  }

  @Test func `frees its room`() {
    let next = session("next", "25T09:00", "25T10:30")
    open.and(panel, cancelled(panel)).when(.schedule(next, [])).then(.sessionScheduled(next))
  }

  @Test func `refuses an unknown session`() {
    open.when(.cancel("panel")).thenRefused(.unknownSession("panel"))
  }
}

struct `Assigning a person` {
  private let given = open.and(panel, assigned("feng", .chair))

  @Test func `gives them one role, and another`() {
    given.when(.assign("panel", .init(.speaker, "sergey")))
      .then(.personAssigned(assigned("sergey")))
    given.when(.assign("panel", .init(.speaker, "feng"))).then(.personAssigned(assigned("feng")))
  }

  @Test func `gives them roles in two sessions`() {
    let other = session("other", "26T09:00", "26T10:30", in: "annex")
    given.and(other).when(.assign("other", .init(.chair, "feng")))
      .then(.personAssigned(assigned("feng", .chair, in: "other")))
  }

  @Test func `changes nothing when repeated`() {
    given.when(.assign("panel", .init(.chair, "feng"))).thenNothing()
  }

  @Test func `refuses somebody who is unknown or has withdrawn`() {
    given.when(.assign("panel", .init(.speaker, "nobody"))).thenRefused(.unknownPerson("nobody"))
    given.and(SpeakerWithdrawn(person: "feng")).when(.assign("panel", .init(.chair, "feng")))
      .thenRefused(.withdrawnPerson("feng"))
  }

  @Test func `refuses a session that is cancelled or unknown`() {
    given.and(cancelled(panel)).when(.assign("panel", .init(.speaker, "sergey")))
      .thenRefused(.cancelled("panel"))
    given.when(.assign("other", .init(.speaker, "sergey"))).thenRefused(.unknownSession("other"))
  }

  @Test func `can be removed once, and assigned again`() {
    given.when(.unassign("panel", .init(.chair, "feng")))
      .then(.personUnassigned(unassigned("feng", .chair)))
    given.and(unassigned("feng", .chair)).when(.unassign("panel", .init(.chair, "feng")))
      .thenNothing()
    given.and(unassigned("feng", .chair)).when(.assign("panel", .init(.chair, "feng")))
      .then(.personAssigned(assigned("feng", .chair)))
    given.and(unassigned("feng", .chair), assigned("feng", .chair))
      .when(.unassign("panel", .init(.chair, "feng")))
      .then(.personUnassigned(unassigned("feng", .chair)))
  }

  @Test func `ends when the person withdraws`() {
    given.and(SpeakerWithdrawn(person: "feng"))
      .when(.unassign("panel", .init(.chair, "feng"))).thenNothing()
  }

  @Test func `cannot be removed if it never existed`() {
    given.when(.unassign("panel", .init(.speaker, "feng")))
      .thenRefused(.notAssigned("panel", .init(.speaker, "feng"), has: [.chair]))
    given.when(.unassign("panel", .init(.speaker, "sergey")))
      .thenRefused(.notAssigned("panel", .init(.speaker, "sergey"), has: []))
    given.and(cancelled(panel)).when(.unassign("panel", .init(.chair, "feng")))
      .thenRefused(.cancelled("panel"))
    given.when(.unassign("other", .init(.chair, "feng"))).thenRefused(.unknownSession("other"))
  }
}

struct `About sessions` {
  private let never = Sessions.given(hall, annex, economy, feng, panel)

  @Test func `everything is refused before the conference is opened`() {
    for command: Sessions.Command in [
      .schedule(panel, []), .move("panel", room: nil, start: at("25T11:00"), end: nil),
      .revise(SessionRevised(session: "panel") { $0.kind = .keynote }), .cancel("panel"),
      .assign("panel", .init(.chair, "feng")), .unassign("panel", .init(.chair, "feng")),
    ] {
      never.when(command).thenRefused(.notOpen)
    }
  }

  @Test func `refusals say what was found and what to do`() {
    open.and(panel).when(.schedule(session("panel", "26T09:00", "26T10:00"), []))
      .thenRefused(
        saying: "“panel” already names the session “Session”.", hints: .chooseAnotherName,
        .moveSession("panel"), .revise(noun: "session", "panel"))
    open.and(panel, cancelled(panel)).when(.schedule(session("panel", "26T09:00", "26T10:00"), []))
      .thenRefused(
        saying: "“panel” already names the session “Session”, which was cancelled.",
        hints: .chooseAnotherName,
        .reinstate(noun: "session", "panel"))
    open.and(panel, SessionUnscheduled(session: "panel", slots: [NumberedSlot(number: 1, slot: panel.slot)]))
      .when(.schedule(session("panel", "26T09:00", "26T10:00"), []))
      .thenRefused(
        saying: "“panel” already names the session “Session”, whose scheduling was undone.",
        hints: .chooseAnotherName, .reinstate(noun: "session", "panel"))
    open.when(.cancel("panel"))
      .thenRefused(saying: "There is no session “panel”.", hints: .list(SessionEntity.self))
    open.and(panel, cancelled(panel)).when(.revise(SessionRevised(session: "panel")))
      .thenRefused(
        saying: "The session “panel” was cancelled.", hints: .reinstate(noun: "session", "panel"))
    open.when(.schedule(session("panel", "25T09:00", "25T10:00", track: "ecology"), []))
      .thenRefused(
        saying: "There is no track “ecology”.", hints: .list(TrackEntity.self),
        .add(noun: "track", "ecology"))
    open.when(.schedule(session("panel", "28T09:00", "28T10:00"), []))
      .thenRefused(
        saying: "“panel” (2016-03-28 09:00–10:00) is outside the conference's days (2016-03-25 to "
          + "2016-03-27) — choose another day.", hints: .conferenceDays, .waive("outside-days"))
    open.and(panel).when(.unassign("panel", .init(.rapporteur, "feng")))
      .thenRefused(saying: "“feng” is not rapporteur of “panel”.", hints: .show(noun: "session", "panel"))
    open.and(panel, SpeakerWithdrawn(person: "feng")).when(.assign("panel", .init(.chair, "feng")))
      .thenRefused(saying: "The speaker “feng” has withdrawn.", hints: .reinstate(noun: "speaker", "feng"))
  }
}
