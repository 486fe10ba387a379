import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Scheduling

private let feng = SpeakerRegistered(person: "feng", name: "Feng, Shaolei")
private let panel = session("panel", "25T09:00", "25T10:30")
private let chair = PersonAssigned(session: "panel", person: "feng", role: .chair)
private let li = AttendeeRegistered(
  attendee: "a-1", category: "press", listed: true, details: Sealed(base64: "b25l"))

private func off(_ body: AttendeeSignedUp) -> AttendeeSignedOff {
  AttendeeSignedOff(attendee: body.attendee, session: body.session)
}

/// A log in which one command, with one event, is undone.
private struct Story {
  var before: [any EventBody]
  var undone: any EventBody
  var since: [any EventBody]

  init(_ before: any EventBody..., undone: any EventBody, since: any EventBody...) {
    (self.before, self.undone, self.since) = (before, undone, since)
  }

  /// The command that undoes it.
  var undo: WhenCommand<Undo> {
    let position = before.count + 1
    return (before + [undone] + since).reduce(Undo.given()) { $0.and($1) }
      .when(Undo.Command(commandID: "…", first: position, last: position, tags: undone.tags))
  }
}

struct `A number is not used again after an undo` {
  @Test func `of a closure`() {
    func closure(_ number: Int, _ day: Int) -> RoomClosureStated {
      RoomClosureStated(room: "hall", number: number, from: at("\(day)T09:00"), until: at("\(day)T10:00"))
    }
    Rooms.given(
      opened, hall, closure(1, 25), closure(2, 26), RoomClosureRemoved(room: "hall", number: 1),
      closure(1, 25)
    )
    .when(.stateClosure("hall", from: at("27T09:00"), until: at("27T10:00"), note: nil, waivers: []))
    .then(.roomClosureStated(closure(3, 27)))
  }

  @Test func `of a time when a speaker is unavailable`() {
    func away(_ number: Int, _ day: Int) -> UnavailabilityStated {
      UnavailabilityStated(
        person: "feng", number: number, from: at("\(day)T09:00"), until: at("\(day)T10:00"))
    }
    Availability.given(
      opened, feng, away(1, 25), away(2, 26), UnavailabilityRemoved(person: "feng", number: 1), away(1, 25)
    )
    .when(.state("feng", from: at("27T09:00"), until: at("27T10:00"), waivers: []))
    .then(.people(.unavailabilityStated(away(3, 27))))
  }

  @Test func `of a slot`() {
    func added(_ number: Int, _ day: Int) -> SlotAdded {
      SlotAdded(session: "panel", number: number, slot: slot("hall", "\(day)T12:00", "\(day)T13:00"))
    }
    let removed = SlotRemoved(session: "panel", number: 2, slot: added(2, 25).slot)
    Sessions.given(opened, hall, panel, added(2, 25), added(3, 26), removed, added(2, 25))
      .when(.init(.addSlot("panel", added(4, 27).slot))).then(.slotAdded(added(4, 27)))
  }
}

struct `An undo is refused by the rules of other commands` {
  private let withdrawn = SpeakerWithdrawn(person: "feng")

  private func refused(
    _ story: Story, _ reason: String, _ hints: Hint..., at: SourceLocation = #_sourceLocation
  ) {
    story.undo.thenRefused(.forbidden([HintedText(reason, hints)]), sourceLocation: at)
  }

  @Test func `if a speaker has withdrawn`() {
    let reason = "The speaker “feng” has withdrawn."
    let unassigned = PersonUnassigned(session: "panel", person: "feng", role: .chair)
    refused(
      Story(opened, hall, feng, panel, chair, undone: unassigned, since: withdrawn), reason,
      .reinstate(noun: "speaker", "feng"))
    Story(
      opened, hall, feng, panel, chair, undone: unassigned, since: withdrawn,
      SpeakerReinstated(person: "feng")
    ).undo.then(.scheduling(.personAssigned(chair)))
    let talk = Presentation("talk", title: "Talk", people: ["feng"])
    refused(
      Story(
        opened, hall, feng, panel, PresentationAdded(session: "panel", presentation: talk),
        undone: PresentationWithdrawn(session: "panel", presentation: "talk", people: ["feng"]),
        since: withdrawn), reason, .reinstate(noun: "speaker", "feng"))
    refused(
      Story(opened, feng, undone: SpeakerRevised(person: "feng") { $0.biography = "New" }, since: withdrawn),
      reason, .reinstate(noun: "speaker", "feng"))
  }

  @Test func `if an attendee has withdrawn or was erased`() {
    let up = AttendeeSignedUp(attendee: "a-1", session: "panel")
    let changes: [any EventBody] = [
      off(up), AttendeeRevised(attendee: "a-1", category: "guest"),
    ]
    for undone in changes {
      refused(
        Story(opened, hall, panel, li, up, undone: undone, since: AttendeeWithdrawn(attendee: "a-1")),
        "The attendee “a-1” has withdrawn.", .reinstate(noun: "attendee", "a-1"))
      refused(
        Story(opened, hall, panel, li, up, undone: undone, since: PersonErased(attendee: "a-1")),
        "The data of the attendee “a-1” was erased; nothing more can be recorded about them.")
    }
  }

  @Test func `if no seat is free any more`() {
    let small = RoomAdded(room: "small", name: "Small") { $0.capacity = 1 }
    let course = session("course", "25T09:00", "25T10:00", in: "small")
    var other = li
    other.attendee = "a-2"
    let up = AttendeeSignedUp(attendee: "a-1", session: "course")
    refused(
      Story(
        opened, small, course, li, other, up, undone: off(up),
        since: AttendeeSignedUp(attendee: "a-2", session: "course")),
      "“course” is full (1 seat); sign somebody off, or move the session to a larger room.")
  }

  @Test func `if a track or a venue was removed, or a room closed`() {
    let added = Story(
      opened, hall, economy, session("panel", "25T09:00", "25T10:30", track: "economy"),
      undone: SessionCancelled(session: "panel", slot: panel.slot), since: TrackRemoved(track: "economy"))
    refused(
      added, "There is no track “economy”.", .list(TrackEntity.self), .add(noun: "track", "economy"))
    refused(
      Story(
        opened, hall, economy, session("panel", "25T09:00", "25T10:30", track: "economy"),
        undone: SessionRevised(session: "panel", formerTrack: "economy") { $0.cleared = [.track] },
        since: TrackRemoved(track: "economy")),
      "There is no track “economy”.", .list(TrackEntity.self), .add(noun: "track", "economy"))
    refused(
      Story(
        opened, VenueAdded(venue: "west", name: "West"),
        RoomAdded(room: "cellar", name: "Cellar") { $0.venue = "west" },
        undone: RoomRevised(room: "cellar", formerVenue: "west") { $0.cleared = [.venue] },
        since: VenueRemoved(venue: "west")),
      "There is no venue “west”.", .list(VenueEntity.self), .add(noun: "venue", "west"))
    refused(
      Story(
        opened, hall, annex, panel,
        undone: SessionMoved(session: "panel", from: panel.slot, to: slot("annex", "25T12:00", "25T13:30")),
        since: RoomClosed(room: "hall")),
      "The room “hall” is closed and takes no more sessions.", .reopenRoom("hall"))
  }

  @Test func `if the conference would end before it begins`() {
    refused(
      Story(
        opened, undone: ConferenceRevised { $0.lastDay = "2016-03-29" },
        since: ConferenceRevised { $0.firstDay = "2016-03-28" }),
      "The conference would end on 2016-03-27, before it begins on 2016-03-28.")
  }

  @Test func `of contacts, if the key was destroyed`() {
    let stated = ContactStated(person: "feng", contact: Sealed(base64: "b25l"))
    let removed = ContactStated(person: "feng", contact: nil)
    Story(opened, feng, stated, undone: removed).undo.thenRefused(
      saying: "Event 4 (ContactStated) cannot be undone: a removed address is not restored; "
        + "state the address again.")
    Story(opened, feng, undone: stated).undo.then(.people(.contactStated(removed)))
  }
}

struct `An undo finds what uses a track or a speaker` {
  private let economic = SessionRevised(session: "panel") { $0.track = "economy" }
  private let cancelled = SessionCancelled(session: "panel", slot: panel.slot)
  private let reinstated = SessionReinstated(
    session: "panel", slots: [NumberedSlot(number: 1, slot: panel.slot)], kind: .panel)

  @Test func `even if the session joined the track by a revision`() {
    Story(opened, hall, undone: economy, since: panel, economic).undo
      .thenRefused(.inUse(what: "The track “economy”", by: "“panel” belongs to it"))
    Story(
      opened, hall, undone: economy, since: panel, economic,
      SessionRevised(session: "panel", formerTrack: "economy") { $0.cleared = [.track] }
    ).undo.then(.scheduling(.trackRemoved(TrackRemoved(track: "economy"))))
  }

  /// Another track could get the name, and then the session be reinstated.
  @Test func `even if the session of a track was cancelled`() {
    for since in [[cancelled], [cancelled, reinstated]] as [[any EventBody]] {
      var story = Story(opened, hall, undone: economy, since: panel, economic)
      story.since += since
      story.undo.thenRefused(.inUse(what: "The track “economy”", by: "“panel” belongs to it"))
    }
  }

  @Test func `unless the session of a speaker was cancelled`() {
    Story(opened, hall, undone: feng, since: panel, chair, cancelled).undo
      .then(.people(.speakerWithdrawn(SpeakerWithdrawn(person: "feng"))))
    Story(opened, hall, undone: feng, since: panel, chair, cancelled, reinstated).undo
      .thenRefused(.inUse(what: "The speaker “feng”", by: "they take part in “panel”"))
  }

  @Test func `but not a role that the same command gave the speaker`() {
    let given = Undo.given(opened, hall, panel, feng, chair)
    let both = Undo.Command(commandID: "…", first: 4, last: 5, tags: [feng.person.tag, panel.session.tag])
    given.when(both).then(
      .scheduling(.personUnassigned(PersonUnassigned(session: "panel", person: "feng", role: .chair))),
      .people(.speakerWithdrawn(SpeakerWithdrawn(person: "feng"))))
    let talk = Presentation("talk", title: "Talk", people: ["feng"])
    given.and(PresentationAdded(session: "panel", presentation: talk)).when(both)
      .thenRefused(.inUse(what: "The speaker “feng”", by: "they take part in “panel”"))
  }

  @Test func `that got a role after the speaker was reinstated`() {
    let back = SpeakerReinstated(person: "feng")
    let gone = SpeakerWithdrawn(person: "feng")
    Story(opened, hall, feng, panel, gone, undone: back, since: chair).undo
      .thenRefused(.inUse(what: "The speaker “feng”", by: "they take part in “panel”"))
    Story(opened, hall, feng, panel, gone, undone: back, since: chair, cancelled).undo
      .then(.people(.speakerWithdrawn(gone)))
  }

  @Test func `or a venue that a room left`() {
    let cellar = RoomAdded(room: "cellar", name: "Cellar")
    let moved = RoomRevised(room: "cellar") { $0.venue = "west" }
    let west = VenueAdded(venue: "west", name: "West")
    let left = RoomRevised(room: "cellar", formerVenue: "west") { $0.cleared = [.venue] }
    #expect(left.tags.map(\.text) == ["room:cellar", "venue:west"])
    Story(opened, cellar, undone: west, since: moved, left).undo
      .then(.scheduling(.venueRemoved(VenueRemoved(venue: "west"))))
    // Stored by an older version, without the venue that it left.
    Story(opened, cellar, undone: west, since: moved, RoomRevised(room: "cellar") { $0.cleared = [.venue] })
      .undo
      .then(.scheduling(.venueRemoved(VenueRemoved(venue: "west"))))
    Story(opened, cellar, undone: west, since: moved).undo
      .thenRefused(.inUse(what: "The venue “west”", by: "the room “cellar” is in it"))
  }

  @Test func `but not a room that came with the venue`() {
    let west = VenueAdded(venue: "west", name: "West")
    let cellar = RoomAdded(room: "cellar", name: "Cellar") { $0.venue = "west" }
    Undo.given(opened, west, cellar)
      .when(Undo.Command(commandID: "…", first: 2, last: 3, tags: [west.venue.tag, cellar.room.tag]))
      .then(
        .scheduling(.roomClosed(RoomClosed(room: "cellar"))),
        .scheduling(.venueRemoved(VenueRemoved(venue: "west"))))
  }
}

/// One command removed something and what used it. Both come back, the used first.
struct `An undo brings back before it is used` {
  private func undo(_ given: Given<Undo>, _ first: Int, _ tags: EventLog.Tag...) -> WhenCommand<Undo> {
    given.when(Undo.Command(commandID: "…", first: first, last: first + 1, tags: tags))
  }

  @Test func `a room`() {
    let late = session("late", "25T12:00", "25T13:00", in: "annex")
    undo(
      Undo.given(
        opened, annex, late, SessionCancelled(session: "late", slot: late.slot), RoomClosed(room: "annex")),
      4, late.session.tag, annex.room.tag
    ).then(
      .scheduling(.roomReopened(RoomReopened(room: "annex"))),
      .scheduling(
        .sessionReinstated(
          SessionReinstated(
            session: "late", slots: [NumberedSlot(number: 1, slot: late.slot)], kind: .panel))))
  }

  @Test func `a track`() {
    undo(
      Undo.given(
        opened, hall, economy, session("panel", "25T09:00", "25T10:30", track: "economy"),
        SessionRevised(session: "panel", formerTrack: "economy") { $0.cleared = [.track] },
        TrackRemoved(track: "economy")),
      5, panel.session.tag, economy.track.tag
    ).then(
      .scheduling(.trackAdded(economy)),
      .scheduling(.sessionRevised(SessionRevised(session: "panel") { $0.track = "economy" })))
  }

  @Test func `a venue`() {
    let west = VenueAdded(venue: "west", name: "West")
    let cellar = RoomAdded(room: "cellar", name: "Cellar") { $0.venue = "west" }
    undo(
      Undo.given(
        opened, west, cellar, RoomRevised(room: "cellar", formerVenue: "west") { $0.cleared = [.venue] },
        VenueRemoved(venue: "west")),
      4, cellar.room.tag, west.venue.tag
    ).then(
      .scheduling(.venueAdded(west)),
      .scheduling(.roomRevised(RoomRevised(room: "cellar") { $0.venue = "west" })))
  }
}

struct `A session that is brought back` {
  @Test func `needs its track`() {
    let economic = session("panel", "25T09:00", "25T10:30", track: "economy")
    let cancelled = SessionCancelled(session: "panel", slot: panel.slot)
    let given = Sessions.given(opened, hall, economy, economic, cancelled)
    let reinstated = SessionReinstated(
      session: "panel", slots: [NumberedSlot(number: 1, slot: panel.slot)], kind: .panel)
    given.when(.init(.reinstate("panel"))).then(.sessionReinstated(reinstated))
    given.and(TrackRemoved(track: "economy")).when(.init(.reinstate("panel")))
      .thenRefused(.unknownTrack("economy"))
  }
}
