import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Scheduling

private let feng = SpeakerRegistered(person: "feng", name: "Feng, Shaolei")
private let panel = session("panel", "25T09:00", "25T10:30")

/// A conference with rooms and a speaker: five events.
private let open = Undo.given(opened, hall, annex, economy, feng)

/// Undoes the events at these positions.
private func undo(_ first: Int, _ last: Int, _ tags: EventLog.Tag..., waivers: [Waiver] = []) -> Undo.Command
{
  Undo.Command(commandID: "…", first: first, last: last, tags: tags, waivers: waivers)
}

struct `Undoing a command` {
  private let panelTag = panel.session.tag

  @Test func `unschedules a session, with its assignments`() {
    open.and(panel, PersonAssigned(session: "panel", person: "feng", role: .chair))
      .when(undo(6, 7, panelTag, hall.room.tag, feng.person.tag))
      .then(
        .scheduling(
          .sessionUnscheduled(
            SessionUnscheduled(
              session: "panel", slots: [NumberedSlot(number: 1, slot: panel.slot)]))))
  }

  @Test func `unschedules a session before it closes the room that came with it`() {
    let cellar = RoomAdded(room: "cellar", name: "Cellar")
    let tasting = session("tasting", "25T20:00", "25T21:00", in: "cellar")
    open.and(cellar, tasting).when(undo(6, 7, cellar.room.tag, tasting.session.tag))
      .then(
        .scheduling(
          .sessionUnscheduled(
            SessionUnscheduled(
              session: "tasting", slots: [NumberedSlot(number: 1, slot: tasting.slot)]))),
        .scheduling(.roomClosed(RoomClosed(room: "cellar"))))
  }

  /// In print, people of one role stand in the order in which they were assigned.
  @Test func `puts people back where they stood`() {
    let people: [PersonID] = ["feng", "cho", "ada", "ben"]
    let registered = people.dropFirst().map { SpeakerRegistered(person: $0, name: "Somebody") }
    func assigned(_ person: PersonID, at place: Int? = nil) -> PersonAssigned {
      PersonAssigned(session: "panel", person: person, role: .speaker, place: place)
    }
    func unassigned(_ person: PersonID) -> PersonUnassigned {
      PersonUnassigned(session: "panel", person: person, role: .speaker)
    }
    let given = registered.reduce(open) { $0.and($1) }.and(panel)
    let held = people.reduce(given) { $0.and(assigned($1)) }
    // The first, the third and the last leave; somebody else comes.
    let changed = held.and(unassigned("feng"), unassigned("ada"), unassigned("ben")).and(
      PersonAssigned(session: "panel", person: "feng", role: .chair))
    changed.when(undo(14, 17, panelTag, feng.person.tag, people[2].tag, people[3].tag)).then(
      .scheduling(.personAssigned(assigned("feng", at: 0))), .scheduling(.personAssigned(assigned("ada"))),
      .scheduling(.personAssigned(assigned("ben"))),
      .scheduling(.personUnassigned(PersonUnassigned(session: "panel", person: "feng", role: .chair))))
    // Whoever was taken in since then stands behind them.
    changed.and(assigned("cho-2")).when(undo(14, 16, panelTag, feng.person.tag, people[2].tag, people[3].tag))
      .then(
        .scheduling(.personAssigned(assigned("feng", at: 0))),
        .scheduling(.personAssigned(assigned("ada", at: 2))),
        .scheduling(.personAssigned(assigned("ben", at: 3))))
  }

  @Test func `gives back the seats of an attendee who was registered with them`() {
    let anna = AttendeeRegistered(
      attendee: "a-1", category: "press", listed: true, details: Sealed(base64: "b25l"))
    open.and(panel, anna, AttendeeSignedUp(attendee: "a-1", session: "panel"))
      .when(undo(7, 8, anna.attendee.tag, panelTag))
      .then(
        .people(.attendeeSignedOff(AttendeeSignedOff(attendee: "a-1", session: "panel"))),
        .people(.attendeeWithdrawn(AttendeeWithdrawn(attendee: "a-1"))))
  }

  @Test func `brings back an attendee who withdrew, with the seats`() {
    let anna = AttendeeRegistered(
      attendee: "a-1", category: "press", listed: true, details: Sealed(base64: "b25l"))
    let up = AttendeeSignedUp(attendee: "a-1", session: "panel")
    let gone = AttendeeWithdrawn(attendee: "a-1")
    let back = AttendeeReinstated(attendee: "a-1")
    let given = open.and(panel, anna, up, AttendeeSignedOff(attendee: "a-1", session: "panel"), gone)
    let both = undo(9, 10, anna.attendee.tag, panelTag)
    given.when(both).then(.people(.attendeeReinstated(back)), .people(.attendeeSignedUp(up)))
    given.and(back).when(both).then(.people(.attendeeSignedUp(up)))
    given.and(PersonErased(attendee: "a-1")).when(both)
      .thenRefused(.forbidden(Attendees.Refusal.erased("a-1").texts))
    // What somebody gave them since would be lost.
    let reinstated = undo(11, 11, anna.attendee.tag)
    given.and(back).when(reinstated).then(.people(.attendeeWithdrawn(gone)))
    given.and(back).and(up).when(reinstated).thenRefused(
      .changedSince(
        what: "The attendee “a-1”",
        by: Origin(position: 12, actor: "anna", recordedAt: Given<Undo>.time(ofPosition: 12)),
        type: AttendeeSignedUp.type, shanghai))
  }

  @Test func `withdraws again an attendee who was reinstated and revised, with the data of before`() {
    let anna = AttendeeRegistered(
      attendee: "a-1", category: "press", listed: true, details: Sealed(base64: "b25l"))
    let gone = AttendeeWithdrawn(attendee: "a-1")
    var revised = AttendeeRevised(attendee: "a-1", category: "speaker", listed: false)
    revised.details = Sealed(base64: "dHdv")
    var restored = AttendeeRevised(attendee: "a-1", category: "press", listed: true)
    restored.details = anna.details
    open.and(anna, gone).and(AttendeeReinstated(attendee: "a-1"), revised)
      .when(undo(8, 9, anna.attendee.tag))
      .then(.people(.attendeeRevised(restored)), .people(.attendeeWithdrawn(gone)))
  }

  @Test func `brings back all who withdrew, and leaves out who was erased since`() {
    let two = (1...2).map {
      AttendeeRegistered(
        attendee: try! AttendeeID("a-\($0)"), category: "press", listed: true,
        details: Sealed(base64: "b25l"))
    }
    open.and(
      two[0], two[1], AttendeeWithdrawn(attendee: "a-1"), AttendeeWithdrawn(attendee: "a-2"),
      PersonErased(attendee: "a-1")
    ).when(undo(8, 9, two[0].attendee.tag, two[1].attendee.tag))
      .then(.people(.attendeeReinstated(AttendeeReinstated(attendee: "a-2"))))
  }

  /// The command revised many, and one of them was erased since.
  @Test func `restores what it revised of many, and leaves out who was erased since`() {
    let two = (1...2).map {
      AttendeeRegistered(
        attendee: try! AttendeeID("a-\($0)"), category: "press", listed: true,
        details: Sealed(base64: "b25l"))
    }
    let open = open.and(two[0], two[1])
      .and(
        AttendeeRevised(attendee: "a-1", category: "guest"),
        AttendeeRevised(attendee: "a-2", category: "guest")
      )
      .and(PersonErased(attendee: "a-1"))
    open.when(undo(8, 9, two[0].attendee.tag, two[1].attendee.tag))
      .then(.people(.attendeeRevised(AttendeeRevised(attendee: "a-2", category: "press"))))
  }

  @Test func `withdraws speakers whom it registered, also one who was erased since`() {
    let ana = SpeakerRegistered(person: "ana", name: "Ruiz, Ana") {
      $0.biography = "Measures tides."
      $0.pronunciation = "Roo-eeth"
    }
    let ben = SpeakerRegistered(person: "ben", name: "Okri, Ben")
    let erased = PersonErased(person: "ana", positions: [])
    let address = ContactStated(person: "ana", contact: Sealed(base64: "b25l"))
    let gone: [ProgramOrPeopleEvent] = ["ana", "ben"].map {
      .people(.speakerWithdrawn(SpeakerWithdrawn(person: $0)))
    }
    open.and(ana, address, ben).and(erased).when(undo(6, 8, ana.person.tag, ben.person.tag)).then(
      gone[0], gone[1])
    open.and(ana, address).and(erased).when(undo(6, 7, ana.person.tag)).then(gone[0])
    // An erasure does not hide what somebody else changed.
    open.and(ana).and(SpeakerRevised(person: "ana") { $0.name = "Ruiz, Anna" }).and(erased)
      .when(undo(6, 6, ana.person.tag))
      .thenRefused(
        .changedSince(
          what: "The speaker “ana”",
          by: Origin(position: 8, actor: "anna", recordedAt: Given<Undo>.time(ofPosition: 8)),
          type: PersonErased.type, shanghai))
  }

  @Test func `restores what it revised of a speaker who was erased since, except what was erased`() {
    let ana = SpeakerRegistered(person: "ana", name: "Ruiz, Ana") { $0.biography = "Measures tides." }
    let revised = SpeakerRevised(person: "ana") {
      $0.name = "Ruiz, Anna"
      $0.biography = "Measures the moon."
    }
    open.and(ana, ContactStated(person: "ana", contact: Sealed(base64: "b25l")))
      .and(revised, ContactStated(person: "ana", contact: Sealed(base64: "dHdv")))
      .and(PersonErased(person: "ana", positions: [])).when(undo(8, 9, ana.person.tag))
      .then(.people(.speakerRevised(SpeakerRevised(person: "ana") { $0.name = "Ruiz, Ana" })))
  }

  @Test func `moves a session back`() {
    let there = slot("annex", "25T12:00", "25T13:30")
    open.and(panel, SessionMoved(session: "panel", from: panel.slot, to: there))
      .when(undo(7, 7, panelTag, hall.room.tag, annex.room.tag))
      .then(
        .scheduling(.sessionMoved(SessionMoved(session: "panel", from: there, to: panel.slot))))
  }

  @Test func `refuses if it was moved again since, and says by whom`() {
    let there = slot("annex", "25T12:00", "25T13:30")
    let on = slot("annex", "25T15:00", "25T16:30")
    open.and(panel, SessionMoved(session: "panel", from: panel.slot, to: there))
      .and(SessionMoved(session: "panel", from: there, to: on), by: "boris")
      .when(undo(7, 7, panelTag))
      .thenRefused(
        saying: "The session “panel” (slot 1) has been changed since then (by boris at 2016-02-25 17:08 "
          + "+08:00, event 8, SessionMoved); undo that change first, or make the correction yourself.")
  }

  @Test func `changes nothing if everything is as before`() {
    let there = slot("annex", "25T12:00", "25T13:30")
    open.and(
      panel, SessionMoved(session: "panel", from: panel.slot, to: there),
      SessionMoved(session: "panel", from: there, to: panel.slot)
    ).when(undo(7, 7, panelTag)).thenNothing()
  }

  @Test func `withdraws nobody who was never registered`() {
    let nobody: AttendeeID = "a-1"
    open.and(AttendeeRevised(attendee: nobody, category: "press")).when(undo(6, 6, nobody.tag)).thenNothing()
    open.and(AttendeeSignedUp(attendee: nobody, session: "panel")).when(undo(6, 6, nobody.tag)).thenNothing()
  }

  @Test func `changes nothing if the attendee that it registered was erased since`() {
    let anna = AttendeeRegistered(
      attendee: "a-1", category: "press", listed: true, details: Sealed(base64: "b25l"))
    open.and(anna, PersonErased(attendee: "a-1")).when(undo(6, 6, anna.attendee.tag)).thenNothing()
  }

  @Test func `leaves other people's changes alone`() {
    open.and(
      panel,
      SessionRevised(session: "panel") {
        $0.title = "Renamed"
        $0.track = "economy"
      },
      SessionRevised(session: "panel") { $0.description = "On trade" }
    ).when(undo(7, 7, panelTag, economy.track.tag))
      .then(
        .scheduling(
          .sessionRevised(
            SessionRevised(session: "panel", formerTrack: "economy") {
              $0.title = "Session"
              $0.cleared = [.track]
            })))
  }

  @Test func `keeps an order that somebody else has made of the presentations since`() {
    let first = Presentation("first", title: "First")
    let revised = Presentation("first", title: "Opening Words")
    open.and(
      panel, PresentationAdded(session: "panel", presentation: first),
      PresentationAdded(session: "panel", presentation: Presentation("last", title: "Last")),
      PresentationRevised(session: "panel", presentation: revised, formerPeople: []),
      PresentationsOrdered(session: "panel", order: ["last", "first"])
    ).when(undo(9, 9, panelTag, first.presentation.tag))
      .then(
        .scheduling(
          .presentationRevised(
            PresentationRevised(session: "panel", presentation: first, formerPeople: []))))
  }

  @Test func `keeps a later order if it takes a presentation out`() {
    let talks = (["first", "middle", "last"] as [PresentationID]).map { Presentation($0, title: "Talk") }
    let added = [talks[0], talks[2], talks[1]].map { PresentationAdded(session: "panel", presentation: $0) }
    let given = open.and(panel, added[0], added[1], added[2])
    let middleOut = SchedulingEvent.presentationWithdrawn(
      PresentationWithdrawn(session: "panel", presentation: "middle", people: []))
    given.and(PresentationsOrdered(session: "panel", order: ["last", "middle", "first"]))
      .when(undo(9, 9, panelTag, talks[1].presentation.tag)).then(.scheduling(middleOut))
  }

  @Test func `brings a presentation back to its place, unless the others have another order by now`() {
    let talks = (["first", "middle", "last"] as [PresentationID]).map { Presentation($0, title: "Talk") }
    let added = talks.map { PresentationAdded(session: "panel", presentation: $0) }
    let given = open.and(panel, added[0], added[1], added[2])
      .and(PresentationWithdrawn(session: "panel", presentation: "first", people: []))
    given.when(undo(10, 10, panelTag, talks[0].presentation.tag)).then(
      .scheduling(.presentationAdded(added[0])),
      .scheduling(
        .presentationsOrdered(PresentationsOrdered(session: "panel", order: ["first", "middle", "last"]))))
    given.and(PresentationsOrdered(session: "panel", order: ["last", "middle"]))
      .when(undo(10, 10, panelTag, talks[0].presentation.tag)).then(.scheduling(.presentationAdded(added[0])))
  }

  @Test func `restores what it changed of a track or a venue, and nothing else`() {
    open.and(
      TrackRevised(track: "economy") {
        $0.name = "Trade"
        $0.color = "#000000"
      }, TrackRevised(track: "economy") { $0.name = ["zh": "贸易"] }
    ).when(undo(6, 6, economy.track.tag)).thenRefused(saying: changedSince("The track “economy”", 7))
    open.and(
      TrackRevised(track: "economy") { $0.name = "Trade" },
      TrackRevised(track: "economy") { $0.cleared = [.color] }
    ).when(undo(6, 6, economy.track.tag))
      .then(.scheduling(.trackRevised(TrackRevised(track: "economy") { $0.name = "Economy" })))
    open.and(
      VenueAdded(venue: "campus", name: "Campus"),
      VenueRevised(venue: "campus") { $0.address = "1 Road" }
    ).when(undo(7, 7, VenueID("campus").tag))
      .then(.scheduling(.venueRevised(VenueRevised(venue: "campus") { $0.cleared = [.address] })))
  }

  private func changedSince(_ what: String, _ position: Int) -> String {
    "\(what) has been changed since then (by anna at 2016-02-25 17:0\(position) +08:00, event \(position), "
      + "TrackRevised); undo that change first, or make the correction yourself."
  }

  @Test func `refuses a slot that was taken since`() {
    let there = slot("annex", "25T12:00", "25T13:30")
    let given = open.and(
      panel, SessionMoved(session: "panel", from: panel.slot, to: there),
      session("late", "25T10:00", "25T11:00"))
    given.when(undo(7, 7, panelTag)).thenRefused(
      saying: "Restoring the previous state would cause conflicts:\n"
        + "The room “hall” is taken 2016-03-25 10:00–11:00 by the session “late”, which anna put there at "
        + "2016-02-25 09:08 UTC — choose another room or time.", hints: .waive("room-taken"))
    given.when(undo(7, 7, panelTag, waivers: [Waiver(.roomTaken, reason: "Together")]))
      .then(
        .scheduling(.sessionMoved(SessionMoved(session: "panel", from: there, to: panel.slot))),
        .scheduling(
          .conflictWaived(
            ConflictWaived(
              conflict: Conflict(.roomTaken, "late", "panel", room: "hall"), reason: "Together"))))
  }

  @Test func `reinstates a cancelled session, and cancels a reinstated one`() {
    let cancelled = SessionCancelled(session: "panel", slot: panel.slot)
    let slots = [NumberedSlot(number: 1, slot: panel.slot)]
    let reinstated = SessionReinstated(session: "panel", slots: slots, kind: .panel)
    open.and(panel, cancelled).when(undo(7, 7, panelTag)).then(.scheduling(.sessionReinstated(reinstated)))
    open.and(panel, cancelled, reinstated).when(undo(8, 8, panelTag))
      .then(.scheduling(.sessionCancelled(cancelled)))
  }

  @Test func `restores the assignments of a speaker who withdrew`() {
    let part = PersonAssigned(session: "panel", person: "feng", role: .chair)
    open.and(panel, part, SpeakerWithdrawn(person: "feng")).when(undo(8, 8, feng.person.tag))
      .then(
        .people(.speakerReinstated(SpeakerReinstated(person: "feng"))),
        .scheduling(.personAssigned(part)))
  }

  @Test func `refuses to close a room that is in use`() {
    open.and(session("panel", "25T09:00", "25T10:30", in: "annex")).when(undo(3, 3, annex.room.tag))
      .thenRefused(
        saying: "The room “annex” is in use: “panel” takes place in it; nothing was undone.")
    open.when(undo(3, 3, annex.room.tag)).then(.scheduling(.roomClosed(RoomClosed(room: "annex"))))
  }

  @Test func `refuses a release and the conference itself, and says why`() {
    open.and(ProgramReleased(version: "1.0")).when(undo(6, 6, .release))
      .thenRefused(
        saying: "Event 6 (ProgramReleased) cannot be undone: the program was published; release another "
          + "version.")
    open.when(undo(1, 1, .conference))
      .thenRefused(saying: "Event 1 (ConferenceOpened) cannot be undone: opening a conference is permanent.")
  }

  @Test func `undoes a track, a presentation and a revised room`() {
    let talk = Presentation("talk", title: "Talk", people: ["feng"])
    open.when(undo(4, 4, economy.track.tag))
      .then(.scheduling(.trackRemoved(TrackRemoved(track: "economy"))))
    open.and(panel, PresentationAdded(session: "panel", presentation: talk))
      .when(undo(7, 7, panelTag, talk.presentation.tag))
      .then(
        .scheduling(
          .presentationWithdrawn(
            PresentationWithdrawn(session: "panel", presentation: "talk", people: ["feng"]))))
    open.and(RoomRevised(room: "annex") { $0.capacity = 40 }).when(undo(6, 6, annex.room.tag))
      .then(.scheduling(.roomRevised(RoomRevised(room: "annex") { $0.cleared = [.capacity] })))
  }
}
