import EventLog
import People
import Specification
import Testing
import Vocabulary

@testable import Scheduling

struct `About presence` {
  private let anna: AttendeeID = "a-1"
  private let key = SealingKey(bytes: Array(0..<32))
  private let panel = session("panel", "25T09:00", "25T10:00")

  private var registered: AttendeeRegistered {
    let details = try! Sealed(
      AttendeeDetails(name: "Li, Wei"), key: key, context: "shanghai-2016/attendee:a-1", commandID: "1")
    return AttendeeRegistered(attendee: anna, category: "press", listed: true, details: details)
  }
  private var given: Given<Presences> { Presences.given(opened, hall, panel, registered) }

  private func request(at time: Timestamp? = nil, station: String? = nil) -> CheckInRequest {
    CheckInRequest(anna, at: time, station: station, shanghai)
  }

  @Test(arguments: [Occasion.session("panel"), .day("2016-03-25")])
  func `is recorded once for each session and each day`(occasion: Occasion) {
    let came: Timestamp = "2016-03-25T01:02:00Z"
    let event = AttendeeCheckedIn(attendee: anna, arrivedAt: came, station: "Door 2", at: occasion)
    given.when(.checkIn(request(at: came, station: "Door 2"), occasion))
      .thenOnce(
        .attendeeCheckedIn(event),
        thenRefused: .present(anna, occasion, CheckIn(at: came, station: "Door 2"), shanghai))
    // Presence elsewhere, or the arrival at the desk, is something else.
    given.and(AttendeeCheckedIn(attendee: anna), AttendeeCheckedIn(attendee: anna, at: .day("2016-03-26")))
      .when(.checkIn(request(at: came, station: "Door 2"), occasion))
      .thenOnce(
        .attendeeCheckedIn(event),
        thenRefused: .present(anna, occasion, CheckIn(at: came, station: "Door 2"), shanghai))
  }

  @Test func `says when and where the first check-in was`() {
    given.and(AttendeeCheckedIn(attendee: anna, arrivedAt: "2016-03-25T01:02:00Z", at: .session("panel")))
      .when(.checkIn(request(), .session("panel")))
      .thenRefused(
        saying: "The attendee “a-1” was checked in before, in “panel” at 2016-03-25 09:02 +08:00.",
        hints: .checkOutOf(anna, session: "panel", day: nil))
    given.and(
      AttendeeCheckedIn(
        attendee: anna, arrivedAt: "2016-03-25T01:02:00Z", station: "Gate", at: .day("2016-03-25"))
    )
    .when(.checkIn(request(), .day("2016-03-25")))
    .thenRefused(
      saying:
        "The attendee “a-1” was checked in before, for 2016-03-25 at 2016-03-25 09:02 +08:00, “Gate”.",
      hints: .checkOutOf(anna, session: nil, day: "2016-03-25"))
  }

  @Test func `records a late scan of somebody whom another door had seen, or of a cancelled session`() {
    let at: Timestamp = "2016-03-25T01:02:00Z"
    let door = Presences.Command.checkIn(
      CheckInRequest(anna, at: at, station: "Door 2", shanghai, isLate: true), .session("panel"))
    let scan = LateScanRecorded(attendee: anna, scannedAt: at, station: "Door 2", at: .session("panel"))
    given.when(door)
      .then(
        .attendeeCheckedIn(
          AttendeeCheckedIn(attendee: anna, arrivedAt: at, station: "Door 2", at: .session("panel"))))
    given.and(AttendeeCheckedIn(attendee: anna, at: .session("panel"))).when(door)
      .then(.lateScanRecorded(scan))
    given.and(SessionCancelled(session: "panel", slots: [])).when(door).then(.lateScanRecorded(scan))
    given.and(AttendeeWithdrawn(attendee: anna)).when(door).then(.lateScanRecorded(scan))
    given.and(PersonErased(attendee: anna)).when(door).thenRefused(.attendee(.erased(anna)))
  }

  @Test func `is taken back once`() {
    let present = given.and(AttendeeCheckedIn(attendee: anna, at: .session("panel")))
    present.when(.checkOut(anna, .session("panel")))
      .then(.attendeeCheckedOut(AttendeeCheckedOut(attendee: anna, from: .session("panel"))))
    given.when(.checkOut(anna, .session("panel"))).thenNothing()
  }

  /// It was recorded by mistake, or before the session was cancelled.
  @Test func `is taken back for a session that was cancelled`() {
    given.and(
      AttendeeCheckedIn(attendee: anna, at: .session("panel")), SessionCancelled(session: "panel", slots: [])
    )
    .when(.checkOut(anna, .session("panel")))
    .then(.attendeeCheckedOut(AttendeeCheckedOut(attendee: anna, from: .session("panel"))))
  }

  @Test func `needs an attendee, and a session or day that takes place`() {
    Presences.given(opened, hall, panel).when(.checkIn(request(), .session("panel")))
      .thenRefused(.attendee(.unknown(anna)))
    given.and(AttendeeWithdrawn(attendee: anna)).when(.checkIn(request(), .session("panel")))
      .thenRefused(.attendee(.withdrawn(anna)))
    given.when(.checkIn(request(), .session("other"))).thenRefused(.unknownSession("other"))
    given.and(SessionCancelled(session: "panel", slots: [])).when(.checkIn(request(), .session("panel")))
      .thenRefused(.cancelled("panel"))
    given.when(.checkIn(request(), .day("2016-03-29")))
      .thenRefused(.notADay("2016-03-29", "2016-03-25", "2016-03-27"))
    Presences.given().when(.checkIn(request(), .day("2016-03-25"))).thenRefused(.notOpen)
  }

  @Test func `does not depend on who else was there`() throws {
    let query = try #require(given.when(.checkIn(request(), .session("panel"))).boundary())
    let other = given.and(AttendeeCheckedIn(attendee: "a-2", at: .session("panel")))
    #expect(!query.matches(other.last))
  }
}
