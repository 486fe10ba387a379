import EventLog
import Foundation
import People
import Plenary
import Record
import Scheduling
import Specification
import Testing
import Vocabulary

/// A command, and the text whose hash stands for it in the log's receipts.
///
/// A renamed decider, command, label or field gives another text. Then a command that was carried out before an
/// upgrade and is sent again after it is refused: “used for something else before”. If that must be, raise the
/// decider's `name`; otherwise keep the old spelling with a coding key.
private struct Request: Sendable, CustomTestStringConvertible {
  let decider: String
  let text: String

  init<D: Decider>(_: D.Type, _ command: D.Command) {
    decider = "\(D.self)"
    text = try! RequestHash.text(D.self, command)
  }

  /// `Rooms {"close":`
  var testDescription: String { text.replacing("\n", with: " ").prefix(60).description }
}

private let start: ZonedTime = "2016-03-25T09:00+08:00[Asia/Shanghai]"
private let end: ZonedTime = "2016-03-25T10:30+08:00[Asia/Shanghai]"
private let slot = try! Slot(room: "hall", start: start, end: end)
private let waivers = [Waiver(.roomTooSmall, reason: "Standing room")]
private let rules = ZoneRules(zone: "Asia/Shanghai", offset: 480)
private let key = SealingKey(bytes: Array(repeating: 7, count: 32))

private func confidential<Value: Encodable & Sendable>(_ value: Value) -> Confidential<Value> {
  Confidential(value, key: key, conference: "shanghai", commandID: "0b4d")
}

private let contact = confidential(SpeakerContact(email: "li.wei@example.org"))
private let details = confidential(AttendeeDetails(name: "Li, Wei"))

struct `A request` {
  private static let requests: [Request] = [
    Request(
      Conferences.self,
      .open(
        ConferenceOpened(
          title: ["en": "Eurasia", "zh": "欧亚"], firstDay: "2016-03-25", lastDay: "2016-03-27",
          zone: "Asia/Shanghai"), [OrganisationRoleAssigned(organisation: "University", role: .host)])),
    Request(
      Conferences.self,
      .revise(
        .init(changes: ConferenceDetails.Changes { $0.roomChange = 5 }, organisations: [], waivers: waivers))),
    Request(Venues.self, .add(VenueAdded(venue: "west", name: "West"))),
    Request(Venues.self, .revise(VenueRevised(venue: "west") { $0.address = "1 West Street" })),
    Request(Venues.self, .setTravelTime(.room("hall"), .room("annex"), minutes: 6, waivers: waivers)),
    Request(Rooms.self, .add(RoomAdded(room: "hall", name: "Hall") { $0.capacity = 400 })),
    Request(Rooms.self, .revise(RoomRevised(room: "hall") { $0.cleared = [.capacity] }, waivers: waivers)),
    Request(Rooms.self, .close("hall")),
    Request(Rooms.self, .reopen("hall")),
    Request(
      Rooms.self,
      .setHours(RoomHoursSet(room: "hall", hours: [ClockRange(from: 480, until: 720)]), waivers: [])),
    Request(Rooms.self, .stateClosure("hall", from: start, until: end, note: "Cleaning", waivers: [])),
    Request(Rooms.self, .removeClosure("hall", number: 1)),
    Request(Tracks.self, .add(TrackAdded(track: "economy", name: "Economy"))),
    Request(Tracks.self, .revise(TrackRevised(track: "economy") { $0.color = "#000000" })),
    Request(
      Sessions.self,
      .init(
        .schedule(
          SessionScheduled(session: "opening", title: "Opening", kind: .panel, slot: slot), further: [slot],
          [RoleAssignment(.chair, "li-wei")]), waivers: waivers)),
    Request(
      Sessions.self,
      .init(.move("opening", .init(slot: 1, room: "annex", start: .at(start), end: nil, rules: rules)))),
    Request(Sessions.self, .init(.shift("opening", slot: nil, .init(days: 1, minutes: 30), rules))),
    Request(
      Sessions.self,
      .init(.moveAll(.init(track: "economy", day: "2016-03-25"), .init(room: "annex"), rules))),
    Request(Sessions.self, .init(.addSlot("opening", slot))),
    Request(Sessions.self, .init(.removeSlot("opening", 2))),
    Request(Sessions.self, .init(.revise(SessionRevised(session: "opening") { $0.expected = 9 }))),
    Request(Sessions.self, .init(.cancel("opening"))),
    Request(Sessions.self, .init(.reinstate("opening"))),
    Request(Sessions.self, .init(.assign("opening", RoleAssignment(.speaker, "li-wei")))),
    Request(Sessions.self, .init(.unassign("opening", RoleAssignment(.chair, "li-wei")))),
    Request(SignUps.self, .signUp("a-1", "opening")),
    Request(SignUps.self, .signOff("a-1", "opening")),
    Request(
      Presentations.self,
      .init(.add("opening", Presentation("talk", title: "Talk", people: ["li-wei"], minutes: 20)))),
    Request(Presentations.self, .init(.revise("talk", Presentation.Changes { $0.minutes = 10 }))),
    Request(Presentations.self, .init(.order("opening", ["talk"]))),
    Request(Presentations.self, .init(.withdraw("talk"))),
    Request(Availability.self, .state("li-wei", from: start, until: end, waivers: waivers)),
    Request(Availability.self, .remove("li-wei", number: 1)),
    Request(Releases.self, .release(ProgramReleased(version: "1.0", note: "First", track: "economy"))),
    Request(
      Prints.self,
      Prints.Command(
        Prints.Order(kind: "booklet", since: .last, position: 9, copies: 100, recipient: "Desk"),
        Prints.Made(position: 9, hash: "ab", templates: "cd"))),
    Request(
      Notices.self,
      Notices.Command(Notices.Round(people: ["li-wei"]), NoticesSent(position: 9, people: ["li-wei"]))),
    Request(Undo.self, .init(commandID: "0b4d", first: 3, last: 4, tags: [.conference], waivers: waivers)),
    Request(
      Speakers.self,
      .register(
        SpeakerRegistered(person: "li-wei", name: "Li, Wei"), [Affiliation(organisation: "University")])),
    Request(Speakers.self, .revise(SpeakerRevised(person: "li-wei") { $0.biography = "Historian." })),
    Request(Speakers.self, .stateContact("li-wei", contact)),
    Request(Speakers.self, .stateContact("li-wei", nil)),
    Request(Speakers.self, .affiliate("li-wei", Affiliation(position: "Director", organisation: "Center"))),
    Request(Speakers.self, .removeAffiliation("li-wei", number: 1)),
    Request(Speakers.self, .withdraw("li-wei")),
    Request(Speakers.self, .reinstate("li-wei")),
    Request(Attendees.self, .register("a-1", category: "press", listed: true, details)),
    Request(
      Attendees.self,
      .revise("a-1", category: "guest", listed: nil, confidential(AttendeeDetails.Changes { $0.note = "x" }))),
    Request(Attendees.self, .checkIn("a-1")),
    Request(Attendees.self, .checkOut("a-1")),
    Request(Attendees.self, .withdraw("a-1")),
    Request(Attendees.self, .erase("a-1")),
    Request(
      Statements.self,
      .record(
        .init(
          session: "opening",
          content: .statement(
            "It began.", form: .summary, act: nil, addressees: [], spoken: "zh", mentions: []),
          attribution: .init(.named, persons: ["li-wei"])), number: 1)),
    Request(
      Statements.self,
      .record(
        .init(
          session: "opening", content: .position(topic: "Trade", stance: "For"),
          attribution: .init(
            .withheld, asPrinted: "A speaker", identity: confidential(WithheldIdentity(person: "li-wei")))),
        number: nil)),
    Request(
      Statements.self,
      .record(
        .init(
          session: "opening", content: .conclusion("Agreed.", rationale: "Much was said."),
          attribution: .init(.collective, of: "participants", asPrinted: "The participants")), number: nil)),
    Request(
      Statements.self,
      .record(
        .init(
          session: "opening", content: .recommendation("Meet again.", addressees: ["The hosts"]),
          attribution: .init(.unattributed), basedOn: "opening-s1"), number: nil)),
    Request(
      Statements.self,
      .correct(
        .init(
          statement: "opening-s1", kind: .editorial,
          changes: StatementRecorded.Changes { $0.text = "It started." }))),
    Request(Statements.self, .retract("opening-s1")),
    Request(Issues.self, .issue(number: 1, provisional: true, note: "First")),
  ]

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  /// The texts as they were first released, each on two lines.
  private static let golden: Set<String> = {
    let lines = try! String(contentsOf: folder.appending(path: "requests.txt"), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    return Set(stride(from: 0, to: lines.count - 1, by: 2).map { lines[$0] + "\n" + lines[$0 + 1] })
  }()

  @Test(arguments: requests)
  private func `is hashed as it was in earlier versions`(request: Request) {
    #expect(
      Self.golden.contains(request.text),
      "Tests/PlenaryTests/requests.txt has no such text. A new command needs a new one.\n\(request.text)")
  }

  @Test func `is known for each decider`() throws {
    let sources = Self.folder.deletingLastPathComponent().deletingLastPathComponent().appending(
      path: "Sources")
    var deciders: Set<String> = []
    for target in ["People", "Record", "Scheduling"] {
      let folder = sources.appending(path: target)
      for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      where path.hasSuffix(".swift") {
        let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        for match in text.matches(of: /enum (\w+): (?:Waiving)?Decider/) { deciders.insert(String(match.1)) }
      }
    }
    #expect(deciders.count >= 16, "The sources are not where this test looks for them.")
    #expect(Set(Self.requests.map(\.decider)) == deciders)
    #expect(Self.golden.count == Self.requests.count)
  }
}
