import EventLog
import Specification
import Testing
import Vocabulary

@testable import Scheduling

struct `About rooms` {
  private let closed = RoomClosed(room: "hall")
  private let morning = session("opening", "25T09:00", "25T10:30")

  // Add

  @Test func `adds a room`() {
    Rooms.given(opened).when(.add(hall)).then(.roomAdded(hall))
    Rooms.given(opened, annex).when(.add(hall)).then(.roomAdded(hall))
  }

  @Test func `changes nothing when added twice`() {
    Rooms.given(opened, hall).when(.add(hall)).thenNothing()
  }

  @Test func `refuses a name that another room has or had`() {
    var larger = hall
    larger.details.capacity = 500
    Rooms.given(opened, hall).when(.add(larger)).thenRefused(.roomTaken("hall", "Main Hall"))
    Rooms.given(opened, hall, closed).when(.add(hall)).thenRefused(.roomTaken("hall", "Main Hall"))
  }

  // Revise

  @Test func `records only what differs`() {
    Rooms.given(opened, hall)
      .when(
        .revise(
          RoomRevised(room: "hall") {
            $0.name = ["zh": "主会场"]
            $0.capacity = 400
            $0.note = "2nd floor"
          }, waivers: [])
      )
      .then(
        .roomRevised(
          RoomRevised(room: "hall") {
            $0.name = ["en": "Main Hall", "zh": "主会场"]
            $0.note = "2nd floor"
          }))
  }

  @Test func `names the venue that the room leaves`() {
    let given = Rooms.given(
      opened, VenueAdded(venue: "west", name: "West"), VenueAdded(venue: "east", name: "East"),
      RoomAdded(room: "hall", name: "Main Hall") { $0.venue = "west" })
    given.when(.revise(RoomRevised(room: "hall") { $0.cleared = [.venue] }, waivers: []))
      .then(.roomRevised(RoomRevised(room: "hall", formerVenue: "west") { $0.cleared = [.venue] }))
    given.when(.revise(RoomRevised(room: "hall") { $0.venue = "east" }, waivers: []))
      .then(.roomRevised(RoomRevised(room: "hall", formerVenue: "west") { $0.venue = "east" }))
    given.when(.revise(RoomRevised(room: "hall") { $0.capacity = 9 }, waivers: []))
      .then(.roomRevised(RoomRevised(room: "hall") { $0.capacity = 9 }))
  }

  @Test func `changes nothing if nothing differs`() {
    Rooms.given(opened, hall, RoomRevised(room: "hall") { $0.capacity = 500 })
      .when(
        .revise(
          RoomRevised(room: "hall") {
            $0.name = "Main Hall"
            $0.capacity = 500
          }, waivers: [])
      ).thenNothing()
  }

  @Test func `refuses to revise a room that is closed or unknown`() {
    let revision = RoomRevised(room: "hall") { $0.capacity = 500 }
    Rooms.given(opened, hall, closed).when(.revise(revision, waivers: [])).thenRefused(.closed("hall"))
    Rooms.given(opened, annex).when(.revise(revision, waivers: [])).thenRefused(.unknown("hall"))
  }

  // Close

  @Test func `closes a room once`() {
    Rooms.given(opened, hall).when(.close("hall")).then(.roomClosed(closed))
    Rooms.given(opened, hall, closed).when(.close("hall")).thenNothing()
  }

  @Test func `closes a room that its sessions have left`() {
    let moved = SessionMoved(
      session: "opening", from: morning.slot, to: slot("annex", "25T09:00", "25T10:30"))
    Rooms.given(opened, hall, annex, morning, moved)
      .when(.close("hall")).then(.roomClosed(closed))
    Rooms.given(opened, hall, morning, SessionCancelled(session: "opening", slot: morning.slot))
      .when(.close("hall")).then(.roomClosed(closed))
  }

  @Test func `refuses to close a room that is in use`() {
    Rooms.given(opened, hall, annex, morning)
      .and(
        session("closing", "27T17:00", "27T18:00"),
        session("x", "25T09:00", "25T10:00", in: "annex")
      )
      .when(.close("hall")).thenRefused(.inUse("hall", ["closing", "opening"]))
  }

  @Test func `refuses to close a room that a session was moved into`() {
    let there = session("opening", "25T09:00", "25T10:30", in: "annex")
    let moved = SessionMoved(session: "opening", from: there.slot, to: morning.slot)
    Rooms.given(opened, hall, annex, there, moved)
      .when(.close("hall")).thenRefused(.inUse("hall", ["opening"]))
  }

  @Test func `refuses to close an unknown room`() {
    Rooms.given(opened).when(.close("hall")).thenRefused(.unknown("hall"))
  }

  @Test func `refuses everything before the conference is opened`() {
    for command: Rooms.Command in [
      .add(hall), .revise(RoomRevised(room: "hall"), waivers: []), .close("hall"),
    ] {
      Rooms.given(hall).when(command).thenRefused(.notOpen)
    }
  }

  @Test func `says why it refuses`() {
    let later = session("closing", "27T17:00", "27T18:00")
    Rooms.given(opened, hall, morning).when(.close("hall"))
      .thenRefused(
        saying: "The room “hall” still has “opening”; move or cancel it first.")
    Rooms.given(opened, hall, morning, later).when(.close("hall"))
      .thenRefused(
        saying: "The room “hall” still has “closing” and “opening”; move or cancel them first.")
    Rooms.given(opened).when(.close("hall"))
      .thenRefused(
        saying: "There is no room “hall”.", hints: .list(RoomEntity.self), .add(noun: "room", "hall"))
    Rooms.given(opened, hall, closed).when(.add(hall))
      .thenRefused(
        saying: "“hall” already names the room “Main Hall”.", hints: .chooseAnotherName,
        .revise(noun: "room", "hall"))
    Rooms.given(opened, hall, closed).when(.revise(RoomRevised(room: "hall"), waivers: []))
      .thenRefused(
        saying: "The room “hall” is closed and takes no more sessions.", hints: .reopenRoom("hall"))
  }
}

struct `About tracks` {
  @Test func `adds a track once`() {
    Tracks.given(opened).when(.add(economy)).then(.trackAdded(economy))
    Tracks.given(opened, economy).when(.add(economy)).thenNothing()
  }

  @Test func `records only what differs`() {
    Tracks.given(opened, economy)
      .when(
        .revise(
          TrackRevised(track: "economy") {
            $0.name = "Trade"
            $0.color = "#aa3300"
          })
      )
      .then(.trackRevised(TrackRevised(track: "economy") { $0.name = "Trade" }))
    Tracks.given(opened).when(.revise(TrackRevised(track: "economy") { $0.name = "Trade" }))
      .thenRefused(.unknown("economy"))
  }

  @Test func `refuses a name that another track has`() {
    Tracks.given(opened, economy).when(.add(TrackAdded(track: "economy", name: "Trade")))
      .thenRefused(
        saying: "“economy” already names the track “Economy”.", hints: .chooseAnotherName,
        .revise(noun: "track", "economy"))
  }

  @Test func `refuses everything before the conference is opened`() {
    Tracks.given(economy).when(.add(economy)).thenRefused(.notOpen)
    Tracks.given(economy).when(.revise(TrackRevised(track: "economy") { $0.name = "Trade" })).thenRefused(
      .notOpen)
  }
}
