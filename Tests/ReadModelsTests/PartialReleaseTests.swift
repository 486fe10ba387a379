import EventLog
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Scheduling

private func release(_ version: String, track: TrackID? = nil, day: Int? = nil) -> SchedulingEvent {
  .programReleased(
    ProgramReleased(
      version: version, track: track, day: day.flatMap { CalendarDate(year: 2016, month: 6, day: $0) }))
}

private func numbered(_ slots: Slot...) -> [NumberedSlot] {
  zip(1..., slots).map { NumberedSlot(number: $0, slot: $1) }
}

struct `The release of one track` {
  @Test func `does not make the draft of the others a released program`() {
    var course = Course.usual
    course.add(release("1.0"), .sessionRevised(SessionRevised(session: "plain") { $0.title = "Plainer" }))
    #expect(course.program.conference?.released == nil)
    course.add(release("1.1", track: "economy"))
    #expect(course.program.conference?.released == nil)
    course.add(release("1.2"))
    #expect(course.program.conference?.released == "1.2")
  }

  @Test func `is the version of an unchanged program`() {
    var course = Course.usual
    course.add(release("1.0"), release("1.1", track: "economy"))
    #expect(course.program.conference?.released == "1.1")
  }
}

struct `A release of parts, one after the other` {
  private func released(_ course: Course, _ releases: SchedulingEvent...) -> String? {
    course.adding(releases.map { .scheduling($0) }).program.conference?.released
  }

  @Test func `is the version of the program once no change is left`() {
    var course = Course.usual
    course.add(release("1.0"), .sessionRevised(SessionRevised(session: "full") { $0.title = "Fuller" }))
    #expect(course.program.conference?.released == nil)
    #expect(released(course, release("1.1", track: "economy")) == "1.1")
    #expect(released(course, release("1.1", track: "politics")) == nil)
    course.add(.sessionRevised(SessionRevised(session: "plain") { $0.title = "Plainer" }))
    #expect(released(course, release("1.1", track: "economy")) == nil)
    #expect(released(course, release("1.1", track: "economy"), release("1.2", day: 2)) == "1.2")
  }

  @Test func `finds a session where it was and where it is`() {
    var course = Course.usual
    course.add(
      release("1.0"),
      .sessionRevised(
        SessionRevised(session: "full", formerTrack: "economy") { $0.track = "politics" }),
      .sessionRevised(SessionRevised(session: "full") { $0.title = "Fuller" }))
    #expect(released(course, release("1.1", track: "economy")) == "1.1")
    #expect(released(course, release("1.1", track: "politics")) == "1.1")
    #expect(released(course, release("1.1", day: 1)) == "1.1")
    #expect(released(course, release("1.1", day: 2)) == nil)
    // After its release it is in its new track alone.
    course.add(
      release("1.1", track: "economy"), .sessionRevised(SessionRevised(session: "full") { $0.title = "Full" })
    )
    #expect(released(course, release("1.2", track: "economy")) == nil)
    #expect(released(course, release("1.2", track: "politics")) == "1.2")
  }

  @Test func `publishes the people, the track and the venues, not the conference`() {
    var course = Course.usual
    course.add(release("1.0"))
    course.add(.speakerRevised(SpeakerRevised(person: "ada") { $0.name = "Ada L." }))
    course.add(
      .trackRevised(TrackRevised(track: "economy") { $0.name = "Household" }),
      .venueRevised(VenueRevised(venue: "campus") { $0.name = "New Campus" }))
    #expect(released(course, release("1.1", track: "economy")) == "1.1")
    #expect(released(course, release("1.1", track: "politics")) == nil)
    course.add(.conferenceRevised(ConferenceRevised { $0.title = "Renamed" }))
    #expect(released(course, release("1.1", track: "economy")) == nil)
    #expect(released(course, release("1.1")) == "1.1")
  }

  /// The draft is called released only if it is equal to the released program.
  @Test func `is never the version of another program`() {
    let released = (1...40).reduce(0) { $0 + timesReleased(Dice(state: UInt64($1))) }
    #expect(released > 30)
  }

  /// Changes and releases parts at random.
  ///
  /// - Returns: how often the draft was called released.
  private func timesReleased(_ dice: Dice) -> Int {
    var (dice, course, released) = (dice, Course.usual, 0)
    course.add(release("0"))
    for step in 1...40 {
      let session: SessionID = Bool.random(using: &dice) ? "full" : "plain"
      let track: TrackID = Bool.random(using: &dice) ? "economy" : "politics"
      let name = LocalizedText(stringLiteral: "Name \(step)")
      switch Int.random(in: 0..<11, using: &dice) {
      case 0: course.add(.sessionRevised(SessionRevised(session: session) { $0.title = name }))
      case 1:
        course.add(
          .sessionRevised(
            SessionRevised(
              session: session, formerTrack: course.program.sessions[session.slug]?.details.track
            ) { $0.track = track }))
      case 2: course.add(.trackRevised(TrackRevised(track: track) { $0.name = name }))
      case 3: course.add(.roomRevised(RoomRevised(room: "annex") { $0.name = name }))
      case 4: course.add(.venueRevised(VenueRevised(venue: "campus") { $0.name = name }))
      case 5:
        let person: PersonID = Bool.random(using: &dice) ? "ada" : "dan"
        course.add(.speakerRevised(SpeakerRevised(person: person) { $0.biography = name }))
      case 6: course.add(.personAssigned(PersonAssigned(session: session, person: "dan", role: .chair)))
      case 7:
        course.add(.personUnassigned(PersonUnassigned(session: session, person: "dan", role: .chair)))
      case 8: course.add(release("\(step)", day: Int.random(in: 1...3, using: &dice)))
      default: course.add(release("\(step)", track: track))
      }
      let last = course.program.orderedReleases.last!
      if last.origin.position == course.position {
        let again = ProgramDiff(from: course.known.released!, to: course.known.published(by: last.details))
        #expect(again.isEmpty, "step \(step): \(again)")
      }
      guard course.program.conference?.released != nil else { continue }
      released += 1
      let diff = ProgramDiff(from: course.known.released!, to: course.program)
      #expect(diff.isEmpty, "step \(step): \(diff)")
    }
    return released
  }
}

struct `A release compared with the same one now` {
  private func differs(_ course: Course, _ release: SchedulingEvent) -> Bool {
    guard case .programReleased(let release) = release else { return true }
    return !ProgramDiff(from: course.known.released!, to: course.known.published(by: release)).isEmpty
  }

  @Test func `has no difference for a session that was cancelled before it was released`() {
    let mistake = session("mistake", slot("annex", 16, 17))
    var course = Course.usual
    course.add(
      .sessionScheduled(mistake),
      .sessionCancelled(SessionCancelled(session: "mistake", slot: mistake.slot)), release("1.0"))
    #expect(!differs(course, release("1.0")))
    #expect(ProgramDiff(from: course.known.released!, to: course.known.publishable).isEmpty)
    course.add(
      .sessionReinstated(
        SessionReinstated(session: "mistake", slots: numbered(mistake.slot), kind: mistake.details.kind)))
    #expect(differs(course, release("1.0")))
  }

  @Test func `has the rooms and people of its part`() {
    var course = Course.usual
    let day = release("1.1", day: 1)
    course.add(release("1.0"), day)
    #expect(!differs(course, day))
    let renamed = [
      LoggedEvent.scheduling(.roomRevised(RoomRevised(room: "hall") { $0.name = "Great Hall" })),
      .people(.speakerRevised(SpeakerRevised(person: "ada") { $0.name = "Ada L." })),
    ]
    for event in renamed { #expect(differs(course.adding([event]), day), "\(event)") }
    // Of another day.
    let other = LoggedEvent.scheduling(.sessionRevised(SessionRevised(session: "plain") { $0.title = "P" }))
    #expect(!differs(course.adding([other]), day))
    course = course.adding(renamed + [.scheduling(day)])
    #expect(!differs(course, day))
  }
}

struct `What was never published` {
  private let mistake = session("mistake", slot("annex", 16, 17))

  @Test func `is not in the released program after its scheduling was undone`() {
    var course = Course.usual
    course.add(
      .sessionScheduled(mistake),
      .sessionUnscheduled(SessionUnscheduled(session: "mistake", slots: numbered(mistake.slot))),
      release("1.0"))
    #expect(course.known.released?.sessions["mistake"] == nil)
    #expect(course.known.released?.everySlot.map(\.session.id.slug).contains("mistake") == false)
  }

  @Test func `stays in it as unscheduled, if it was published`() {
    var course = Course.usual
    course.add(
      .sessionScheduled(mistake), release("1.0"),
      .sessionUnscheduled(SessionUnscheduled(session: "mistake", slots: numbered(mistake.slot))),
      release("1.1"))
    #expect(course.known.released?.sessions["mistake"]?.status == .unscheduled)
  }

  @Test func `is no removed slot of the released program`() {
    let third = slot("annex", 16, 17)
    var course = Course.usual
    course.add(
      .slotAdded(SlotAdded(session: "full", number: 3, slot: third)),
      .slotRemoved(SlotRemoved(session: "full", number: 3, slot: third)),
      .slotRemoved(SlotRemoved(session: "full", number: 1, slot: slot("hall", 9, 11))))
    let published = course.adding([.scheduling(release("1.0"))])
    #expect(published.known.released?.sessions["full"]?.slots.map(\.number) == [2])
    #expect(published.known.present.sessions["full"]?.slots.map(\.number) == [1, 2, 3])
  }

  @Test func `does not hide a slot that was published and then removed`() {
    var course = Course.usual
    course.add(
      release("1.0"),
      .slotRemoved(SlotRemoved(session: "full", number: 2, slot: slot("annex", 14, 15))), release("1.1"),
      release("1.2", track: "economy"))
    #expect(course.known.released?.sessions["full"]?.slots.map(\.removed) == [false, true])
  }
}
