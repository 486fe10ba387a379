import EventLog
import JSON
import Specification
import Testing
import Vocabulary

@testable import People

struct `About attendees` {
  private let anna: AttendeeID = "a-7k3m9q"
  private let key = SealingKey(bytes: Array(0..<32))
  private let known = AttendeeDetails(name: "Ivanova, Anna") { $0.email = "anna@example.org" }
  private let revision = AttendeeDetails.Changes {
    $0.organisation = ["zh": "研究所"]
    $0.note = "vegetarian"
  }

  private func revised(_ details: AttendeeDetails, by changes: AttendeeDetails.Changes) -> AttendeeDetails {
    var details = details
    changes.differing(from: details).apply(to: &details)
    return details
  }

  /// Sealed by an earlier command.
  private func sealed(_ details: AttendeeDetails, key: SealingKey? = nil) -> Sealed {
    try! Sealed(
      details, key: key ?? self.key, context: "shanghai-2016/attendee:a-7k3m9q", commandID: "before")
  }

  private func confidential<Value>(_ value: Value, key: SealingKey? = nil) -> Confidential<Value> {
    Confidential(value, key: key ?? self.key, conference: "shanghai-2016", commandID: "now")
  }

  private var details: Sealed { sealed(known) }
  /// Sealed by this command.
  private func resealed(_ details: AttendeeDetails) -> Sealed {
    confidential(details).seal(details, context: "shanghai-2016/attendee:a-7k3m9q")
  }

  private var registered: AttendeeRegistered {
    AttendeeRegistered(attendee: anna, category: "delegate", listed: true, details: details)
  }
  private var checkedIn: AttendeeCheckedIn { AttendeeCheckedIn(attendee: anna) }
  private var withdrawn: AttendeeWithdrawn { AttendeeWithdrawn(attendee: anna) }
  private var erased: PersonErased { PersonErased(attendee: anna) }
  private var register: Attendees.Command {
    .register(anna, category: "delegate", listed: true, confidential(known))
  }

  // Register

  @Test func `refuses a short name that is made from the name`() {
    let details = confidential(AttendeeDetails(name: "Brunnhilde, Anna"))
    for slug in ["anna", "anna-b", "brunnhilde2"] {
      let id = try! AttendeeID(slug)
      Attendees.given().when(.register(id, category: "press", listed: true, details))
        .thenRefused(.revealing(id))
    }
    let accented = AttendeeDetails(name: "Álvarez, Łukasz").name
    for slug in ["alvarez", "lukasz", "room-lukasz"] { #expect(accented.isRevealed(by: slug)) }
    for slug in ["li", "annas-guest", "a-7k3m9q", "nina"] {
      #expect(!details.value.name.isRevealed(by: slug))
    }
  }

  @Test func `registers an attendee`() {
    var new = registered
    new.details = resealed(known)
    Attendees.given().when(register).then(.attendeeRegistered(new))
    Attendees.given(
      AttendeeRegistered(attendee: "a-1", category: "press", listed: false, details: details)
    ).when(register).then(.attendeeRegistered(new))
  }

  @Test func `changes nothing when registered twice`() {
    Attendees.given(registered).when(register).thenNothing()
    Attendees.given(registered, checkedIn).when(register).thenNothing()
  }

  @Test func `refuses a name that another attendee has`() {
    for command: Attendees.Command in [
      .register(anna, category: "press", listed: true, confidential(known)),
      .register(anna, category: "delegate", listed: false, confidential(known)),
      .register(anna, category: "delegate", listed: true, confidential(revised(known, by: revision))),
    ] {
      Attendees.given(registered).when(command).thenRefused(.taken(anna))
    }
  }

  // Revise

  @Test func `records only what differs`() {
    Attendees.given(registered)
      .when(.revise(anna, category: "delegate", listed: false))
      .then(.attendeeRevised(AttendeeRevised(attendee: anna, listed: false)))
    Attendees.given(registered, checkedIn)
      .when(.revise(anna, category: "speaker", listed: nil))
      .then(.attendeeRevised(AttendeeRevised(attendee: anna, category: "speaker")))
  }

  @Test func `merges revised details field by field with those in the log`() {
    let after = revised(known, by: revision)
    #expect(
      after
        == AttendeeDetails(name: "Ivanova, Anna") {
          $0.email = "anna@example.org"
          $0.organisation = ["zh": "研究所"]
          $0.note = "vegetarian"
        })
    Attendees.given(registered).when(.revise(anna, category: nil, listed: nil, confidential(revision)))
      .then(.attendeeRevised(AttendeeRevised(attendee: anna, details: resealed(after))))
    // Somebody else has revised other fields, and another language of the same.
    let others = revised(
      known,
      by: .init {
        $0.email = "new@example.org"
        $0.organisation = ["en": "Institute"]
        $0.country = "China"
      })
    Attendees.given(registered, AttendeeRevised(attendee: anna, details: sealed(others)))
      .when(.revise(anna, category: nil, listed: nil, confidential(revision)))
      .then(
        .attendeeRevised(
          AttendeeRevised(
            attendee: anna,
            details: resealed(
              AttendeeDetails(name: "Ivanova, Anna") {
                $0.email = "new@example.org"
                $0.organisation = ["en": "Institute", "zh": "研究所"]
                $0.country = "China"
                $0.note = "vegetarian"
              }))))
  }

  @Test func `changes nothing if nothing differs`() {
    let revised = AttendeeRevised(
      attendee: anna, category: "press", listed: false, details: sealed(self.revised(known, by: revision)))
    Attendees.given(registered, revised)
      .when(.revise(anna, category: "press", listed: false, confidential(revision))).thenNothing()
    Attendees.given(registered).when(.revise(anna, category: nil, listed: nil)).thenNothing()
  }

  @Test func `refuses to revise details that the key cannot decrypt`() {
    let stranger = confidential(revision, key: SealingKey(bytes: Array(1...32)))
    Attendees.given(registered).when(.revise(anna, category: nil, listed: nil, stranger))
      .thenRefused(.detailsDoNotOpen(anna))
    Attendees.given(registered).when(.revise(anna, category: "press", listed: nil))
      .then(.attendeeRevised(AttendeeRevised(attendee: anna, category: "press")))
  }

  @Test func `leaves personal data out of the encoded command`() throws {
    for command in [register, .revise(anna, category: nil, listed: nil, confidential(revision))] {
      let asked = try JSONText.encode(command)
      #expect(asked.contains("confidential") && !asked.contains("Ivanova") && !asked.contains("vegetarian"))
    }
  }

  // Check in

  @Test func `checks an attendee in once`() {
    let time = Given<Attendees>.time(ofPosition: 2)
    Attendees.given(registered).when(.checkIn(anna))
      .thenOnce(
        .attendeeCheckedIn(checkedIn), thenRefused: .checkedIn(anna, CheckIn(at: time), shanghai))
    // They left meanwhile, or somebody was mistaken.
    Attendees.given(registered, checkedIn, AttendeeCheckedOut(attendee: anna)).when(.checkIn(anna))
      .thenOnce(
        .attendeeCheckedIn(checkedIn),
        thenRefused: .checkedIn(anna, CheckIn(at: Given<Attendees>.time(ofPosition: 4)), shanghai))
  }

  @Test func `says when and where the first check-in was`() {
    let reported = AttendeeCheckedIn(attendee: anna, arrivedAt: "2016-03-25T00:41:07Z", station: "Desk 2")
    Attendees.given(registered)
      .when(.checkIn(CheckInRequest(anna, at: "2016-03-25T00:41:07Z", station: "Desk 2", shanghai)))
      .thenOnce(
        .attendeeCheckedIn(reported),
        thenRefused: .checkedIn(anna, CheckIn(at: "2016-03-25T00:41:07Z", station: "Desk 2"), shanghai))
    Attendees.given(registered, reported).when(.checkIn(anna))
      .thenRefused(
        saying: "The attendee “a-7k3m9q” was checked in before, at 2016-03-25 08:41 +08:00, “Desk 2”.",
        hints: .checkOut(anna))
  }

  @Test func `has not arrived by being in a session`() {
    Attendees.given(registered, AttendeeCheckedIn(attendee: anna, at: .session("panel"))).when(.checkIn(anna))
      .thenOnce(
        .attendeeCheckedIn(checkedIn),
        thenRefused: .checkedIn(anna, CheckIn(at: Given<Attendees>.time(ofPosition: 3)), shanghai))
  }

  // Withdraw

  @Test func `withdraws an attendee once, checked in or not`() {
    Attendees.given(registered).when(.withdraw(anna)).then(.attendeeWithdrawn(withdrawn))
    Attendees.given(registered, checkedIn).when(.withdraw(anna)).then(.attendeeWithdrawn(withdrawn))
    Attendees.given(registered, withdrawn).when(.withdraw(anna)).thenNothing()
  }

  @Test func `refuses everything after a withdrawal, except erasure`() {
    for command in [
      register, .revise(anna, category: "press", listed: nil), .checkIn(anna),
    ] {
      Attendees.given(registered, withdrawn).when(command).thenRefused(.withdrawn(anna))
    }
  }

  @Test func `reinstates who withdrew, as arrived if they had arrived`() throws {
    let back = AttendeeReinstated(attendee: anna)
    Attendees.given(registered, withdrawn).when(.reinstate(anna)).then(.attendeeReinstated(back))
    Attendees.given(registered).when(.reinstate(anna)).thenNothing()
    Attendees.given().when(.reinstate(anna)).thenRefused(.unknown(anna))
    Attendees.given(registered, withdrawn, erased).when(.reinstate(anna)).thenRefused(.erased(anna))
    let came = Attendees.given(registered, checkedIn)
    #expect(try came.and(withdrawn).and(back).state() == came.state())
    Attendees.given(registered, withdrawn, back).when(.checkIn(anna)).thenOnce(
      .attendeeCheckedIn(checkedIn),
      thenRefused: .checkedIn(anna, CheckIn(at: Given<Attendees>.time(ofPosition: 4)), shanghai))
  }

  // A scan that a station hands in late

  private func late(_ at: Timestamp = "2016-03-25T00:41:07Z", _ station: String? = "Desk 2")
    -> Attendees.Command
  {
    .checkIn(CheckInRequest(anna, at: at, station: station, shanghai, isLate: true))
  }
  private var lateScan: LateScanRecorded {
    LateScanRecorded(attendee: anna, scannedAt: "2016-03-25T00:41:07Z", station: "Desk 2")
  }

  @Test func `checks in late with the time of the station`() {
    Attendees.given(registered).when(late())
      .then(
        .attendeeCheckedIn(
          AttendeeCheckedIn(attendee: anna, arrivedAt: "2016-03-25T00:41:07Z", station: "Desk 2")))
  }

  @Test func `records a late scan of somebody who was checked in elsewhere, or has withdrawn`() {
    Attendees.given(registered, checkedIn).when(late()).then(.lateScanRecorded(lateScan))
    Attendees.given(registered, withdrawn).when(late()).then(.lateScanRecorded(lateScan))
    // Another scan is another one.
    Attendees.given(registered, checkedIn, lateScan).when(late("2016-03-25T00:50:00Z"))
      .then(
        .lateScanRecorded(
          LateScanRecorded(attendee: anna, scannedAt: "2016-03-25T00:50:00Z", station: "Desk 2")))
  }

  @Test func `leaves the first check-in as it was, whenever the late scan was`() {
    let first = AttendeeCheckedIn(attendee: anna, arrivedAt: "2016-03-25T02:00:00Z", station: "Desk 1")
    Attendees.given(registered, first, lateScan).when(.checkIn(anna))
      .thenRefused(
        .checkedIn(anna, CheckIn(at: "2016-03-25T02:00:00Z", station: "Desk 1"), shanghai))
    Attendees.given(registered, lateScan).when(.checkOut(anna)).thenNothing()
  }

  @Test func `records no late scan of somebody who is unknown or was erased`() {
    Attendees.given().when(late()).thenRefused(.unknown(anna))
    Attendees.given(registered, checkedIn, erased).when(late()).thenRefused(.erased(anna))
  }

  // Erase

  @Test(arguments: ["registered", "checked in", "withdrawn"])
  func `erases a person once, in any status`(status: String) {
    let given =
      switch status {
      case "checked in": Attendees.given(registered, checkedIn)
      case "withdrawn": Attendees.given(registered, withdrawn)
      default: Attendees.given(registered)
      }
    given.when(.erase(anna)).then(.personErased(erased))
    given.and(erased).when(.erase(anna)).thenNothing()
  }

  @Test func `refuses everything after an erasure`() {
    for command in [
      register, .revise(anna, category: "press", listed: nil), .checkIn(anna),
      .withdraw(anna),
    ] {
      Attendees.given(registered, erased).when(command).thenRefused(.erased(anna))
    }
  }

  @Test func `refuses changes of an unknown attendee`() {
    for command: Attendees.Command in [
      .revise(anna, category: "press", listed: nil), .checkIn(anna), .withdraw(anna),
      .erase(anna),
    ] {
      Attendees.given().when(command).thenRefused(.unknown(anna))
    }
  }

  @Test func `says why it refuses`() {
    Attendees.given(registered).when(.register(anna, category: "press", listed: true, confidential(known)))
      .thenRefused(
        saying: "The attendee “a-7k3m9q” is registered already.",
        hints: .revise(noun: "attendee", "a-7k3m9q"), .leaveNameOut)
    Attendees.given().when(.checkIn(anna))
      .thenRefused(saying: "There is no attendee “a-7k3m9q”.", hints: .list(AttendeeEntity.self))
    Attendees.given(registered, erased).when(.checkIn(anna))
      .thenRefused(
        saying: "The data of the attendee “a-7k3m9q” was erased; nothing more can be recorded about them.")
  }

  @Test func `stores no personal data in plain text`() throws {
    let key = SealingKey.random()
    let context = AttendeeDetails.context("shanghai-2016", anna)
    #expect(context == "shanghai-2016/attendee:a-7k3m9q")
    let known = AttendeeDetails(name: "Ivanova, Anna") { $0.email = "anna@example.org" }
    let sealed = try Sealed(known, key: key, context: context, commandID: "1")
    let body = AttendeeRegistered(
      attendee: anna, category: "delegate", listed: true, details: sealed)
    let stored = try JSONText.encode(body)
    #expect(!stored.contains("Ivanova") && !stored.contains("example.org"))
    #expect(sealed.open(AttendeeDetails.self, key: key, context: context) == known)
  }
}

private let shanghai = ZoneRules(zone: "Asia/Shanghai", offset: 480)

extension Attendees.Command {
  fileprivate static func checkIn(_ attendee: AttendeeID) -> Self {
    .checkIn(CheckInRequest(attendee, shanghai))
  }
}
