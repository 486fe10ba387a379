import EventLog
import Foundation
import JSON
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Scheduling

/// An event to undo, and the events that undo it.
private struct Case: Sendable, CustomTestStringConvertible {
  var before: [any EventBody]
  var undone: any EventBody
  var then: [ProgramOrPeopleEvent]

  init(_ before: any EventBody..., undone: any EventBody, then: ProgramOrPeopleEvent...) {
    (self.before, self.undone, self.then) = (before, undone, then)
  }

  var testDescription: String { type(of: undone).type }
}

private let panel = session("panel", "25T09:00", "25T10:30", track: "economy")
private let chair = PersonAssigned(session: "panel", person: "feng", role: .chair)
private let talk = Presentation("talk", title: "Talk", people: ["feng"], minutes: 20)
private let other = Presentation("other", title: "Other", minutes: 10)
private let slots = [NumberedSlot(number: 1, slot: panel.slot)]
private let second = slot("annex", "26T09:00", "26T10:00")
private let away = UnavailabilityStated(
  person: "feng", number: 1, from: at("27T09:00"), until: at("27T10:00"))
private let closure = RoomClosureStated(room: "annex", number: 1, from: at("27T09:00"), until: at("27T10:00"))
private let director = Affiliation(position: "Director", organisation: "Center")
private let sealed = (one: Sealed(base64: "b25l"), two: Sealed(base64: "dHdv"))
private let west = VenueAdded(venue: "west", name: "West") { $0.address = "1 West Street" }

private let base: [any EventBody] = [
  opened, hall, annex, economy, west, VenueAdded(venue: "east", name: "East"),
  SpeakerRegistered(person: "feng", name: "Feng, Shaolei") { $0.biography = "Historian." }, panel, chair,
  AttendeeRegistered(attendee: "a-1", category: "press", listed: true, details: sealed.one),
]

/// An event of the record, which cannot be undone.
private struct Recorded: EventBody {
  static let type = "StatementRecorded"
  var tags: [EventLog.Tag] { [panel.session.tag] }
}

/// Every type of event is undone, or refused with a reason.
struct `Undoing an event of any type` {
  /// Covers both directions of every switch, and fields that were empty before.
  private static let cases: [Case] = [
    Case(
      undone: ConferenceRevised {
        $0.title = "New"
        $0.welcome = "Hello"
        $0.roomChange = 5
      },
      then: .scheduling(
        .conferenceRevised(
          ConferenceRevised {
            $0.title = opened.details.title
            $0.cleared = [.welcome, .roomChange]
          }))),
    Case(
      ConferenceRevised { $0.roomChange = 5 },
      undone: ConferenceRevised {
        $0.lastDay = "2016-03-28"
        $0.roomChange = 9
      },
      then: .scheduling(
        .conferenceRevised(
          ConferenceRevised {
            $0.lastDay = "2016-03-27"
            $0.roomChange = 5
          }))),
    Case(
      undone: VenueAdded(venue: "north", name: "North"),
      then: .scheduling(.venueRemoved(VenueRemoved(venue: "north")))),
    Case(
      undone: VenueRevised(venue: "east") {
        $0.name = "Far East"
        $0.address = "2 East Street"
      },
      then: .scheduling(
        .venueRevised(
          VenueRevised(venue: "east") {
            $0.name = "East"
            $0.cleared = [.address]
          }))),
    Case(
      undone: VenueRevised(venue: "west") { $0.address = "3 West Street" },
      then: .scheduling(.venueRevised(VenueRevised(venue: "west") { $0.address = "1 West Street" }))),
    Case(
      undone: VenueRevised(venue: "west") { $0.cleared = [.address] },
      then: .scheduling(.venueRevised(VenueRevised(venue: "west") { $0.address = "1 West Street" }))),
    Case(undone: VenueRemoved(venue: "west"), then: .scheduling(.venueAdded(west))),
    Case(
      undone: TravelTimeSet(.room("hall"), .room("annex"), minutes: 6),
      then: .scheduling(.travelTimeSet(TravelTimeSet(.room("hall"), .room("annex"), minutes: nil)))),
    Case(
      TravelTimeSet(.venue("west"), .venue("east"), minutes: 4),
      undone: TravelTimeSet(.venue("west"), .venue("east"), minutes: nil),
      then: .scheduling(.travelTimeSet(TravelTimeSet(.venue("west"), .venue("east"), minutes: 4)))),
    Case(
      undone: RoomAdded(room: "cellar", name: "Cellar"),
      then: .scheduling(.roomClosed(RoomClosed(room: "cellar")))),
    Case(
      undone: RoomRevised(room: "annex") {
        $0.name = "New"
        $0.capacity = 9
        $0.note = "N"
        $0.venue = "west"
        $0.features = ["piano"]
      },
      then: .scheduling(
        .roomRevised(
          RoomRevised(room: "annex", formerVenue: "west") {
            $0.name = "Annex"
            $0.cleared = [.capacity, .note, .venue, .features]
          }))),
    Case(
      undone: RoomRevised(room: "hall") { $0.cleared = [.capacity] },
      then: .scheduling(.roomRevised(RoomRevised(room: "hall") { $0.capacity = 400 }))),
    Case(undone: RoomClosed(room: "annex"), then: .scheduling(.roomReopened(RoomReopened(room: "annex")))),
    Case(
      RoomClosed(room: "annex"), undone: RoomReopened(room: "annex"),
      then: .scheduling(.roomClosed(RoomClosed(room: "annex")))),
    Case(
      undone: RoomHoursSet(room: "annex", hours: [ClockRange(from: 480, until: 720)]),
      then: .scheduling(.roomHoursSet(RoomHoursSet(room: "annex", hours: nil)))),
    Case(
      undone: RoomHoursSet(room: "annex", day: "2016-03-25", hours: []),
      then: .scheduling(.roomHoursSet(RoomHoursSet(room: "annex", day: "2016-03-25", hours: nil)))),
    Case(
      RoomHoursSet(room: "annex", day: "2016-03-25", hours: []),
      undone: RoomHoursSet(room: "annex", day: "2016-03-25", hours: nil),
      then: .scheduling(.roomHoursSet(RoomHoursSet(room: "annex", day: "2016-03-25", hours: [])))),
    Case(
      undone: closure,
      then: .scheduling(.roomClosureRemoved(RoomClosureRemoved(room: "annex", number: 1)))),
    Case(
      closure, undone: RoomClosureRemoved(room: "annex", number: 1),
      then: .scheduling(.roomClosureStated(closure))),
    Case(
      undone: TrackAdded(track: "culture", name: "Culture"),
      then: .scheduling(.trackRemoved(TrackRemoved(track: "culture")))),
    Case(
      undone: TrackRevised(track: "economy") {
        $0.name = "Trade"
        $0.color = "#000000"
      },
      then: .scheduling(
        .trackRevised(
          TrackRevised(track: "economy") {
            $0.name = "Economy"
            $0.color = "#aa3300"
          }))),
    Case(
      TrackRevised(track: "economy") { $0.cleared = [.color] },
      undone: TrackRevised(track: "economy") { $0.color = "#000000" },
      then: .scheduling(.trackRevised(TrackRevised(track: "economy") { $0.cleared = [.color] }))),
    Case(undone: TrackRemoved(track: "economy"), then: .scheduling(.trackAdded(economy))),
    Case(
      undone: session("late", "26T09:00", "26T10:00"),
      then: .scheduling(
        .sessionUnscheduled(
          SessionUnscheduled(
            session: "late",
            slots: [NumberedSlot(number: 1, slot: slot("hall", "26T09:00", "26T10:00"))])))),
    Case(
      undone: SessionMoved(session: "panel", from: panel.slot, to: second),
      then: .scheduling(.sessionMoved(SessionMoved(session: "panel", from: second, to: panel.slot)))),
    Case(
      undone: SlotAdded(session: "panel", number: 2, slot: second),
      then: .scheduling(.slotRemoved(SlotRemoved(session: "panel", number: 2, slot: second)))),
    Case(
      SlotAdded(session: "panel", number: 2, slot: second),
      undone: SlotRemoved(session: "panel", number: 2, slot: second),
      then: .scheduling(.slotAdded(SlotAdded(session: "panel", number: 2, slot: second)))),
    Case(
      undone: SessionRevised(session: "panel") {
        $0.kind = .workshop
        $0.description = "D"
        $0.languages = ["en"]
        $0.interpretation = ["zh"]
        $0.links = [try! Link(.paper, "https://example.org/")]
        $0.expected = 9
        $0.needs = ["piano"]
      },
      then: .scheduling(
        .sessionRevised(
          SessionRevised(session: "panel") {
            $0.kind = .panel
            $0.languages = []
            $0.cleared = [.description, .interpretation, .links, .expected, .needs]
          }))),
    Case(
      SessionRevised(session: "panel") {
        $0.expected = 9
        $0.needs = ["piano"]
      },
      undone: SessionRevised(session: "panel", formerTrack: "economy") {
        $0.cleared = [.track, .expected, .needs]
      },
      then: .scheduling(
        .sessionRevised(
          SessionRevised(session: "panel") {
            $0.track = "economy"
            $0.expected = 9
            $0.needs = ["piano"]
          }))),
    Case(
      undone: SessionCancelled(session: "panel", slot: panel.slot),
      then: .scheduling(
        .sessionReinstated(SessionReinstated(session: "panel", slots: slots, kind: .panel)))),
    Case(
      SessionCancelled(session: "panel", slot: panel.slot),
      undone: SessionReinstated(session: "panel", slots: slots, kind: .panel),
      then: .scheduling(.sessionCancelled(SessionCancelled(session: "panel", slot: panel.slot)))),
    Case(
      undone: SessionUnscheduled(session: "panel", slots: slots),
      then: .scheduling(
        .sessionReinstated(SessionReinstated(session: "panel", slots: slots, kind: .panel)))),
    Case(
      undone: PersonAssigned(session: "panel", person: "feng", role: .speaker),
      then: .scheduling(.personUnassigned(PersonUnassigned(session: "panel", person: "feng", role: .speaker)))
    ),
    Case(
      undone: PersonUnassigned(session: "panel", person: "feng", role: .chair),
      then: .scheduling(.personAssigned(chair))),
    Case(
      undone: PresentationAdded(session: "panel", presentation: talk),
      then: .scheduling(
        .presentationWithdrawn(
          PresentationWithdrawn(session: "panel", presentation: "talk", people: ["feng"])))),
    Case(
      PresentationAdded(session: "panel", presentation: talk),
      undone: PresentationRevised(
        session: "panel", presentation: Presentation("talk", title: "Speech"), formerPeople: ["feng"]),
      then: .scheduling(
        .presentationRevised(PresentationRevised(session: "panel", presentation: talk, formerPeople: [])))),
    Case(
      PresentationAdded(session: "panel", presentation: talk),
      PresentationAdded(session: "panel", presentation: other),
      undone: PresentationsOrdered(session: "panel", order: ["other", "talk"]),
      then: .scheduling(
        .presentationsOrdered(PresentationsOrdered(session: "panel", order: ["talk", "other"])))),
    Case(
      PresentationAdded(session: "panel", presentation: talk),
      undone: PresentationWithdrawn(session: "panel", presentation: "talk", people: ["feng"]),
      then: .scheduling(.presentationAdded(PresentationAdded(session: "panel", presentation: talk)))),
    // Undoing what a waiver allowed is enough; the waiver then applies to nothing.
    Case(undone: ConflictWaived(conflict: Conflict(.outsideDays, "panel"), reason: "Agreed")),
    Case(
      undone: SpeakerRegistered(person: "sergey", name: "Karaganov, Sergey"),
      then: .people(.speakerWithdrawn(SpeakerWithdrawn(person: "sergey")))),
    Case(
      undone: SpeakerRevised(person: "feng") {
        $0.name = "F, S"
        $0.biography = "Writer."
        $0.pronunciation = "fung"
      },
      then: .people(
        .speakerRevised(
          SpeakerRevised(person: "feng") {
            $0.name = "Feng, Shaolei"
            $0.biography = "Historian."
            $0.cleared = [.pronunciation]
          }))),
    Case(
      undone: SpeakerRevised(person: "feng") { $0.cleared = [.biography] },
      then: .people(.speakerRevised(SpeakerRevised(person: "feng") { $0.biography = "Historian." }))),
    Case(
      undone: AffiliationStated(person: "feng", number: 1, affiliation: director),
      then: .people(.affiliationRemoved(AffiliationRemoved(person: "feng", number: 1)))),
    Case(
      AffiliationStated(person: "feng", number: 1, affiliation: director),
      undone: AffiliationRemoved(person: "feng", number: 1),
      then: .people(
        .affiliationStated(AffiliationStated(person: "feng", number: 1, affiliation: director)))),
    Case(
      undone: SpeakerWithdrawn(person: "feng"),
      then: .people(.speakerReinstated(SpeakerReinstated(person: "feng"))),
      .scheduling(.personAssigned(chair))),
    Case(
      SpeakerWithdrawn(person: "feng"), undone: SpeakerReinstated(person: "feng"),
      then: .people(.speakerWithdrawn(SpeakerWithdrawn(person: "feng")))),
    Case(
      SpeakerRegistered(person: "feng-2", name: "Feng, Shao-lei"),
      undone: PersonsMerged("feng", into: "feng-2"),
      then: .people(.personsSeparated(PersonsSeparated("feng", from: "feng-2"))),
      .scheduling(.personAssigned(chair)),
      .scheduling(.personUnassigned(PersonUnassigned(session: "panel", person: "feng-2", role: .chair)))),
    Case(
      SpeakerRegistered(person: "feng-2", name: "Feng, Shao-lei"), PersonsMerged("feng-2", into: "feng"),
      undone: PersonsSeparated("feng-2", from: "feng"),
      then: .people(.personsMerged(PersonsMerged("feng-2", into: "feng")))),
    Case(
      undone: away,
      then: .people(.unavailabilityRemoved(UnavailabilityRemoved(person: "feng", number: 1)))),
    Case(
      away, undone: UnavailabilityRemoved(person: "feng", number: 1),
      then: .people(.unavailabilityStated(away))),
    Case(
      undone: ContactStated(person: "feng", contact: sealed.two),
      then: .people(.contactStated(ContactStated(person: "feng", contact: nil)))),
    Case(
      ContactStated(person: "feng", contact: sealed.one),
      undone: ContactStated(person: "feng", contact: sealed.two),
      then: .people(.contactStated(ContactStated(person: "feng", contact: sealed.one)))),
    Case(
      undone: SessionEntered(session: "notes", title: "Notes", kind: .session),
      then: .scheduling(.sessionUnscheduled(SessionUnscheduled(session: "notes", slots: [])))),
    Case(
      undone: AttendeeRegistered(attendee: "a-2", category: "press", listed: true, details: sealed.two),
      then: .people(.attendeeWithdrawn(AttendeeWithdrawn(attendee: "a-2")))),
    Case(
      undone: AttendeeRevised(attendee: "a-1", category: "guest", listed: false, details: sealed.two),
      then: .people(
        .attendeeRevised(
          AttendeeRevised(attendee: "a-1", category: "press", listed: true, details: sealed.one)))),
    Case(
      undone: AttendeeWithdrawn(attendee: "a-1"),
      then: .people(.attendeeReinstated(AttendeeReinstated(attendee: "a-1")))),
    Case(
      AttendeeCheckedIn(attendee: "a-1"), undone: AttendeeWithdrawn(attendee: "a-1"),
      then: .people(.attendeeReinstated(AttendeeReinstated(attendee: "a-1")))),
    Case(
      AttendeeWithdrawn(attendee: "a-1"), undone: AttendeeReinstated(attendee: "a-1"),
      then: .people(.attendeeWithdrawn(AttendeeWithdrawn(attendee: "a-1")))),
    Case(
      undone: AttendeeCheckedIn(attendee: "a-1"),
      then: .people(.attendeeCheckedOut(AttendeeCheckedOut(attendee: "a-1")))),
    Case(
      AttendeeCheckedIn(attendee: "a-1"), undone: AttendeeCheckedOut(attendee: "a-1"),
      then: .people(
        .attendeeCheckedIn(
          AttendeeCheckedIn(
            attendee: "a-1", arrivedAt: Given<Undo>.time(ofPosition: base.count + 1))))),
    Case(
      undone: AttendeeCheckedIn(attendee: "a-1", at: .session("panel")),
      then: .people(.attendeeCheckedOut(AttendeeCheckedOut(attendee: "a-1", from: .session("panel"))))),
    Case(
      AttendeeCheckedIn(attendee: "a-1", station: "Door 2", at: .day("2016-03-25")),
      undone: AttendeeCheckedOut(attendee: "a-1", from: .day("2016-03-25")),
      then: .people(
        .attendeeCheckedIn(
          AttendeeCheckedIn(
            attendee: "a-1", arrivedAt: Given<Undo>.time(ofPosition: base.count + 1), station: "Door 2",
            at: .day("2016-03-25"))))),
    Case(
      undone: AttendeeSignedUp(attendee: "a-1", session: "panel"),
      then: .people(.attendeeSignedOff(AttendeeSignedOff(attendee: "a-1", session: "panel")))),
    Case(
      AttendeeSignedUp(attendee: "a-1", session: "panel"),
      undone: AttendeeSignedOff(attendee: "a-1", session: "panel"),
      then: .people(.attendeeSignedUp(AttendeeSignedUp(attendee: "a-1", session: "panel")))),
    Case(undone: ConferenceClosed(), then: .scheduling(.conferenceReopened(ConferenceReopened()))),
    Case(
      ConferenceClosed(), undone: ConferenceArchived(),
      then: .scheduling(.conferenceClosed(ConferenceClosed()))),
    Case(
      ConferenceArchived(), undone: ConferenceReopened(),
      then: .scheduling(.conferenceArchived(ConferenceArchived()))),
    Case(
      undone: imported("1"),
      then: .scheduling(.importUndone(ImportUndone(source: "pretalx", facts: [fact(nil)])))),
    Case(
      imported("1"), undone: imported("2"),
      then: .scheduling(.importUndone(ImportUndone(source: "pretalx", facts: [fact("1")])))),
    Case(
      imported("1"), undone: ImportUndone(source: "pretalx", facts: [fact(nil)]),
      then: .scheduling(.importUndone(ImportUndone(source: "pretalx", facts: [fact("1")])))),
  ]

  private static func fact(_ digest: String?) -> ImportedFact {
    ImportedFact(of: panel.session.tag, keys: ["id:1"], digests: digest.map { ["title": $0] } ?? [:])
  }

  private static func imported(_ digest: String) -> FileImported {
    FileImported(source: "pretalx", format: "schedule.xml", sha256: "00", facts: [fact(digest)])
  }

  private static let final: [any EventBody] = [
    opened, OrganisationRoleAssigned(organisation: "A University", role: .host),
    ProgramReleased(version: "1.0"),
    DocumentPrinted(
      number: 1, kind: "booklet", position: 9, settings: PrintSettings(), hash: "", templates: ""),
    NoticesSent(position: 9, people: ["feng"]),
    LateScanRecorded(attendee: "a-1", scannedAt: "2016-03-25T01:00:00Z"),
    PersonErased(attendee: "a-1"), ContactStated(person: "feng", contact: nil), Recorded(),
  ]

  private static func given(_ case: Case) -> Given<Undo> {
    (base + `case`.before).reduce(Undo.given()) { $0.and($1) }
  }

  @Test(arguments: cases) fileprivate func `restores the previous state`(_ undone: Case) {
    let position = base.count + undone.before.count + 1
    let when = Self.given(undone).and(undone.undone).when(
      Undo.Command(commandID: "…", first: position, last: position, tags: undone.undone.tags))
    switch undone.then.count {
    case 0: when.thenNothing()
    case 1: when.then(undone.then[0])
    default: when.then(all: undone.then)
    }
  }

  @Test(arguments: cases) fileprivate func `changes nothing if nothing is left to restore`(_ undone: Case) {
    guard !undone.then.isEmpty else { return }
    let position = base.count + undone.before.count + 1
    undone.then.reduce(Self.given(undone).and(undone.undone)) { $0.and($1.body) }
      .when(Undo.Command(commandID: "…", first: position, last: position, tags: undone.undone.tags))
      .thenNothing()
  }

  @Test(arguments: final.indices)
  func `is refused after publishing, printing, sending, erasing or recording`(_ index: Int) throws {
    let body = Self.final[index]
    var state = Undo.initial
    let events = base + [body]
    for (index, body) in events.enumerated() {
      try Undo.evolve(
        &state,
        RecordedEvent(
          conference: "shanghai-2016", position: index + 1, type: type(of: body).type,
          version: type(of: body).version, tags: body.tags.map(\.text), body: try JSONText.encode(body),
          actor: "anna", reason: nil, commandID: "…", recordedAt: "2016-02-25T09:00:00Z", leaf: []))
    }
    let command = Undo.Command(
      commandID: "…", first: events.count, last: events.count, tags: body.tags)
    #expect {
      try Undo.decide(command, in: state)
    } throws: { error in
      guard case .final(let type, let position, let why)? = error as? Undo.Refusal else { return false }
      return type == Swift.type(of: body).type && position == events.count && !why.text.isEmpty
    }
  }

  /// A new type of event must be added to the cases above.
  @Test func `is tested with every type of event`() throws {
    let golden = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden")
    let ofRecord: Set = [
      "PositionRecorded", "ConclusionRecorded", "RecommendationRecorded", "StatementCorrected",
      "StatementTranslated", "StatementMoved", "StatementSplit", "StatementsMerged", "StatementRetracted",
      "StatementRestored", "StatementExpunged", "EntryReaffirmed", "CorrectionRequested",
      "CorrectionAccepted",
      "CorrectionRefused", "ProceedingsProofed", "ProceedingsIssued", "ParagraphsNumbered",
      "SessionOrdinalSet",
      "SessionConvened", "SessionSuspended", "SessionResumed",
      "SessionClosed", "SittingRevised", "SittingStepRetracted", "SegmentOpened", "SegmentRevised",
      "SegmentRemoved", "SessionHeadingSet", "FrontMatterRevised", "OrganisationAdded", "OrganisationRevised",
      "SubjectAdded", "SubjectRevised", "PersonIdentified", "DisclosureAuthorised", "StatementDisclosed",
      "TranscriptImported", "TranscriptImportUndone",
    ]
    // They are taken back by commands of their own.
    let ofTheLog: Set = ["EventSetAside", "EventReinstated"]
    let stored = try FileManager.default.contentsOfDirectory(atPath: golden.path)
      .map { String($0.prefix { $0 != "." }) }
    let tried = Self.cases.map { type(of: $0.undone).type } + Self.final.map { type(of: $0).type }
    #expect(Set(tried) == Set(stored).subtracting(ofRecord).subtracting(ofTheLog))
  }

  /// Undoes an event after somebody has changed the same thing again.
  @Test func `is refused if the same thing was changed since`() {
    let changes: [(any EventBody, any EventBody, String)] = [
      (ConferenceRevised { $0.title = "New" }, ConferenceRevised { $0.title = "Newer" }, "The conference"),
      (
        VenueRevised(venue: "west") { $0.name = "New" }, VenueRevised(venue: "west") { $0.name = "Newer" },
        "The venue “west”"
      ),
      (
        TravelTimeSet(.room("hall"), .room("annex"), minutes: 6),
        TravelTimeSet(.room("hall"), .room("annex"), minutes: 7),
        "The travel time between room:annex and room:hall"
      ),
      (
        RoomRevised(room: "hall") { $0.name = "New" }, RoomRevised(room: "hall") { $0.name = "Newer" },
        "The room “hall”"
      ),
      (
        TrackRevised(track: "economy") { $0.name = "New" },
        TrackRevised(track: "economy") { $0.name = "Newer" },
        "The track “economy”"
      ),
      (
        SessionRevised(session: "panel") { $0.title = "New" },
        SessionRevised(session: "panel") { $0.title = "Newer" },
        "The session “panel”"
      ),
      (
        SpeakerRevised(person: "feng") { $0.biography = "New" },
        SpeakerRevised(person: "feng") { $0.biography = "Newer" },
        "The speaker “feng”"
      ),
      (
        AttendeeRevised(attendee: "a-1", category: "new"),
        AttendeeRevised(attendee: "a-1", category: "newer"), "The attendee “a-1”"
      ),
    ]
    for (undone, since, what) in changes {
      let position = base.count + 1
      base.reduce(Undo.given()) { $0.and($1) }.and(undone).and(since, by: "boris")
        .when(Undo.Command(commandID: "…", first: position, last: position, tags: undone.tags))
        .thenRefused(
          .changedSince(
            what: what,
            by: Origin(
              position: position + 1, actor: "boris",
              recordedAt: Given<Undo>.time(ofPosition: position + 1)), type: type(of: since).type, shanghai))
    }
  }

  @Test func `is refused if what it created is in use`() {
    func undo(_ given: Given<Undo>, _ position: Int, _ tags: EventLog.Tag...) -> WhenCommand<Undo> {
      given.when(Undo.Command(commandID: "…", first: position, last: position, tags: tags))
    }
    let open = base.reduce(Undo.given()) { $0.and($1) }
    undo(open, 4, economy.track.tag).thenRefused(
      .inUse(what: "The track “economy”", by: "“panel” belongs to it"))
    undo(open, 7, chair.person.tag).thenRefused(
      .inUse(what: "The speaker “feng”", by: "they take part in “panel”"))
    undo(open.and(RoomRevised(room: "hall") { $0.venue = "west" }), 5, west.venue.tag).thenRefused(
      .inUse(what: "The venue “west”", by: "the room “hall” is in it"))
    undo(open.and(RoomAdded(room: "cellar", name: "Cellar") { $0.venue = "west" }), 5, west.venue.tag)
      .thenRefused(
        .inUse(what: "The venue “west”", by: "the room “cellar” is in it"))
    undo(
      open.and(
        RoomRevised(room: "hall") { $0.venue = "west" },
        RoomRevised(room: "hall", formerVenue: "west") { $0.cleared = [.venue] }),
      5,
      west.venue.tag
    ).then(.scheduling(.venueRemoved(VenueRemoved(venue: "west"))))
  }
}
