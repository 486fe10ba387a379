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

private let keys = ImportKeys([:], fresh: key, conference: "shanghai", commandID: "0b4d")

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
    Request(Conferences.self, .close),
    Request(Conferences.self, .archive),
    Request(Conferences.self, .reopen),
    Request(ZoneCorrection.self, .init(rules, waivers: waivers)),
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
      .init(
        .enter(
          SessionEntered(session: "notes", title: "Notes", kind: .session), [RoleAssignment(.chair, "li-wei")]
        )
      )),
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
    Request(
      Disclosure.self, .authorise("e-1", evidence: confidential(try! DisclosureEvidence("Letter of 3 May")))),
    Request(
      Disclosure.self,
      .disclose(
        Disclosure.Request(
          "e-1", correction: "k-1", reason: "As wished",
          identity: confidential(WithheldIdentity(person: "li-wei"))))),
    Request(
      Voices.self,
      Voices.Command("red-tie", as: "li-wei", correction: "k-1", against: .recording, reason: "Heard again")),
    Request(
      Undo.self,
      .init(commandID: "0b4d", first: 3, last: 4, tags: [.conference], rules: rules, waivers: waivers)),
    Request(
      ProgramUndo.self,
      .init(commandID: "0b4d", first: 3, last: 4, tags: [.conference], rules: rules, waivers: waivers)),
    Request(
      Speakers.self,
      .register(
        SpeakerRegistered(person: "li-wei", name: "Li, Wei"), [Affiliation(organisation: "University")])),
    Request(
      Speakers.self,
      .registerReachable(SpeakerRegistered(person: "li-wei", name: "Li, Wei"), [], contact)),
    Request(
      ProgramImport.self,
      .init(
        source: "pretalx", format: "schedule.xml", sha256: "9f86", wanted: WantedProgram(),
        choices: .init(all: .theirs, single: ["session:opening.title": .ours]), cancelsMissing: true,
        clearsMissing: true, keys: keys)),
    Request(
      AttendeeImport.self,
      .init(
        source: "table", format: "CSV", sha256: "9f86", wanted: [], withdrawsMissing: false, keys: keys)),
    Request(
      AttendeeImport.self,
      .init(
        source: "table", format: "CSV", sha256: "9f86", wanted: [],
        choices: .init(all: .ours, single: ["attendee:a-1.category": .theirs]), withdrawsMissing: true,
        keys: keys)),
    Request(
      TranscriptImport.self,
      .init(
        session: "opening", source: "transcript", format: "WebVTT", sha256: "9f86", language: .english,
        speakers: ["Travis": "li-wei"], voices: [], turns: [], unknown: "A speaker", rules: rules,
        choices: .init(all: .ours, single: ["record:e-1.text": .theirs]), retractsMissing: true, stem: "e-2")),
    Request(Merging.self, Merging.Command("li-wei-2", into: "li-wei", waivers: waivers)),
    Request(
      Speakers.self,
      .takeOver(.init("li-wei", from: "berlin", named: "Li", withAddress: false), nil)),
    Request(Speakers.self, .takeOver(.init("li-wei", from: "berlin", named: "Li", withAddress: true), nil)),
    Request(Speakers.self, .revise(SpeakerRevised(person: "li-wei") { $0.biography = "Historian." })),
    Request(Speakers.self, .stateContact("li-wei", contact)),
    Request(Speakers.self, .stateContact("li-wei", nil)),
    Request(Speakers.self, .affiliate("li-wei", Affiliation(position: "Director", organisation: "Center"))),
    Request(Speakers.self, .removeAffiliation("li-wei", number: 1)),
    Request(Speakers.self, .withdraw("li-wei")),
    Request(Speakers.self, .reinstate("li-wei")),
    Request(SpeakerErasure.self, .erase("li-wei")),
    Request(SpeakerErasure.self, .eraseAgain("li-wei")),
    Request(Attendees.self, .register("a-1", category: "press", listed: true, details)),
    Request(
      Attendees.self,
      .revise("a-1", category: "guest", listed: nil, confidential(AttendeeDetails.Changes { $0.note = "x" }))),
    Request(Attendees.self, .checkIn(CheckInRequest("a-1", rules))),
    Request(
      Attendees.self,
      .checkIn(CheckInRequest("a-1", at: "2016-03-25T00:41:07Z", station: "Desk 2", rules))),
    Request(Presences.self, .checkIn(CheckInRequest("a-1", rules), .session("opening"))),
    Request(Presences.self, .checkIn(CheckInRequest("a-1", station: "Gate", rules), .day("2016-03-25"))),
    Request(Presences.self, .checkOut("a-1", .session("opening"))),
    Request(Attendees.self, .checkOut("a-1")),
    Request(Attendees.self, .withdraw("a-1")),
    Request(Attendees.self, .reinstate("a-1")),
    Request(Attendees.self, .erase("a-1")),
    Request(
      Statements.self,
      .record(
        "e-7k3m9q2x", .end("opening"),
        .init(
          .statement,
          EntryDetails.Changes {
            $0.text = ["en": "It began.", "zh": "开始了。"]
            $0.form = .verbatim
            $0.acts = [try! SpeechAct("called-for")]
            $0.addressees = ["All"]
            $0.spoken = "zh"
            $0.mentions = ["karaganov-sergey"]
          }, by: .init(.named, persons: ["li-wei"])))),
    Request(
      Statements.self,
      .record(
        "e-7k3m9q2x", .before("e-2mb7w4ya"),
        .init(
          .position,
          EntryDetails.Changes {
            $0.text = "For"
            $0.topic = "Trade"
          },
          by: .init(
            .withheld, asPrinted: "A speaker", identity: confidential(WithheldIdentity(person: "li-wei")))))),
    Request(
      Statements.self,
      .record(
        "e-7k3m9q2x", .after("e-2mb7w4ya"),
        .init(
          .conclusion,
          EntryDetails.Changes {
            $0.text = "Agreed."
            $0.rationale = "Much was said."
            $0.basedOn = "opening-s1"
          }, by: .init(.collective, of: "participants", asPrinted: "The participants")))),
    Request(
      Statements.self,
      .record(
        "e-7k3m9q2x", .end("opening"),
        .init(
          .recommendation, EntryDetails.Changes { $0.text = "Meet again." },
          by: .init(.unidentified, asPrinted: "A voice", voice: "red-tie")))),
    Request(
      Statements.self,
      .correct(
        "e-7k3m9q2x",
        .init(
          EntryDetails.Changes {
            $0.text = "It started."
            $0.cleared = [.spoken]
          }, by: .init(.unattributed)))),
    Request(Statements.self, .translate("e-7k3m9q2x", ["ru": "Началось."])),
    Request(Statements.self, .move("e-7k3m9q2x", .end("panel"))),
    Request(Statements.self, .split("e-7k3m9q2x", rest: "e-2mb7w4ya", at: "He asked")),
    Request(Statements.self, .merge("e-7k3m9q2x", with: "e-2mb7w4ya")),
    Request(Statements.self, .retract("e-7k3m9q2x")),
    Request(Statements.self, .reaffirm("e-7k3m9q2x")),
    Request(Statements.self, .expunge("e-7k3m9q2x", authority: "The court", reason: "Libel")),
    Request(
      Statements.self, .replace("e-7k3m9q2x", "thanked a listener", authority: "GDPR", reason: "Erased")),
    Request(
      Corrections.self,
      .request(
        .init(
          "k-9x2m4q7w", of: "e-7k3m9q2x", kind: .editorial, requester: "The speaker",
          .init(EntryDetails.Changes { $0.text = "It started." })))),
    Request(
      Corrections.self,
      .make(
        .init("k-9x2m4q7w", of: "e-7k3m9q2x", kind: .substantive, nil), against: .notes, reason: "Checked")),
    Request(Corrections.self, .accept("k-9x2m4q7w", against: .recording, reason: nil)),
    Request(Corrections.self, .refuse("k-9x2m4q7w", reason: "The recording says so")),
    Request(
      Issues.self,
      .issue(
        .init(number: 1, at: 812, provisional: true, note: "First"),
        .init(
          at: 812, date: "2016-04-02", build: .init(document: "ab", typesetting: "cd"),
          sessions: [.init(issue: 1, session: "opening", ordinal: "1", numbers: [])]))),
    Request(Issues.self, .number("opening", 1)),
    Request(Issues.self, .number("opening", nil)),
    Request(Issues.self, .proof(at: 812)),
    Request(SettingAside.self, .init(.setAside, position: 7, type: "RoomAdded", stopped: ["program"])),
    Request(SettingAside.self, .init(.reinstate, position: 7, type: "RoomAdded")),
    Request(EntryUndo.self, .init(commandID: "0b4d", positions: 3...4, entries: ["e-7k3m9q2x"])),
    Request(
      Sittings.self,
      .convene(
        "opening",
        .init(
          at: .time(.at(start)), presiding: .init(persons: ["li-wei"], asPrinted: "Li Wei"),
          changes: SittingDetails.Changes { $0.present = 42 }, rules: rules))),
    Request(Sittings.self, .suspend("opening", .init(at: .time(.clock(600)), rules: rules))),
    Request(Sittings.self, .resume("opening", .init(at: .now(start), rules: rules))),
    Request(Sittings.self, .close("opening", .init(at: .day("2016-03-25"), rules: rules))),
    Request(
      Sittings.self,
      .revise(
        "opening", step: 1,
        .init(changes: SittingDetails.Changes { $0.cleared = [.place] }, rules: rules))),
    Request(Segments.self, .open("opening", "First session", before: "opening-s1")),
    Request(Segments.self, .revise("opening", 1, "The first session", before: nil)),
    Request(Segments.self, .remove("opening", 1)),
    Request(Segments.self, .setHeading("opening", "The opening")),
    Request(
      FrontMatter.self,
      .describe(
        FrontMatterDetails.Changes {
          $0.brand = "Shanghai"
          $0.cleared = [.series]
        })),
    Request(RecordUndo.self, .init(commandID: "0b4d", first: 3, last: 3, tags: [.frontMatter], rules: rules)),
    Request(
      Organisations.self,
      .add(
        OrganisationAdded(organisation: "aiib", name: "Asian Infrastructure Investment Bank") {
          $0.abbreviation = "AIIB"
          $0.expandedBy = .editors
          $0.relations = [OrganisationRelation(.supports, "eaeu")]
        })),
    Request(
      Organisations.self,
      .revise(
        OrganisationRevised(organisation: "aiib") {
          $0.parent = "banks"
          $0.cleared = [.relations]
        })),
    Request(Subjects.self, .add(SubjectAdded(subject: "trade", name: "Trade"))),
    Request(Subjects.self, .revise(SubjectRevised(subject: "trade") { $0.name = "Trade in grain" })),
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
    for target in ["EventLog", "People", "Record", "Scheduling"] {
      let folder = sources.appending(path: target)
      for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      where path.hasSuffix(".swift") {
        let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        for match in text.matches(of: /enum (\w+): (?:Waiving)?Decider/) { deciders.insert(String(match.1)) }
      }
    }
    #expect(deciders.count >= 16, "The sources are not where this test looks for them.")
    #expect(Set(Self.requests.map(\.decider)) == deciders)
    // Two deciders that undo have one name.
    #expect(Self.golden.count == Set(Self.requests.map(\.text)).count)
  }
}
