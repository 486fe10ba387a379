import EventLog
import Foundation
import JSON
import People
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Record

/// What was once stored must still be read: one example at least of every type of event, in every version
/// ever written, in `Tests/Golden`. They were written by hand, and none is ever changed: a field that is
/// added later has an example of its own, `SessionScheduled.v1.recording.json`.
struct `What was once stored` {
  @Test(arguments: GoldenFile.all)
  func `is still read, and means the same`(file: GoldenFile) throws {
    let event = try #require(try file.family(), "No family of events knows \(file.type).")
    #expect(type(of: event.body).type == file.type)
    if type(of: event.body).version == file.version {
      let stored = try file.stored(event.body)
      #expect(stored.text == file.body)
      #expect(stored.words?.json == file.words)
    }
  }

  /// The words of an event can be destroyed; everything else is still read.
  @Test(arguments: GoldenFile.all.filter { $0.words != nil })
  func `is still read without its words`(file: GoldenFile) throws {
    let event = try #require(try file.family(withWords: false))
    // What can be destroyed now, an earlier version may have kept in the body.
    guard type(of: event.body).version == file.version else { return }
    let stored = try file.stored(event.body)
    #expect(stored.words == nil, "The words are nowhere else.")
    #expect(file.body.hasPrefix(stored.text.dropLast()), "Everything else is there.")
  }

  /// Version 1 gave each kind of entry fields of its own, one speech act, and a number that was its order too.
  @Test func `reads entries of version 1`() throws {
    func details(_ type: String) throws -> EntryDetails {
      let file = try #require(GoldenFile.all.first { $0.type == type && $0.version == 1 })
      return try #require((try file.family() as? RecordEvent)?.recorded).details
    }
    let feng = try Attribution(
      .named, persons: ["feng-shaolei"], asPrinted: ["en": "Feng Shaolei", "zh": "冯绍雷"])
    #expect(
      try details("StatementRecorded")
        == EntryDetails(["en": "called for “connectivity”", "zh": "呼吁互联互通"], feng) {
          $0.form = .substantiallyVerbatim
          $0.acts = [try! SpeechAct("called-for")]
          $0.addressees = ["Governments"]
          $0.spoken = "zh"
          $0.mentions = ["karaganov-sergey"]
        })
    let side = try Attribution(
      .group, of: "Chinese partners", groupBasis: .side, basis: .inferred, asPrinted: "The Chinese partners")
    #expect(
      try details("PositionRecorded")
        == EntryDetails("in favour", side) {
          $0.topic = "Trade"
          $0.basedOn = "opening-s3"
        })
    let most = try Attribution(.quantified, of: "speakers", quantifier: .most, asPrinted: "Most speakers")
    #expect(
      try details("ConclusionRecorded")
        == EntryDetails("Trade grows.", most) {
          $0.rationale = "As all said."
          $0.basedOn = "opening-s3"
        })
    let record = try Attribution(.unattributed, basis: .authorised, asPrinted: nil)
    #expect(
      try details("RecommendationRecorded")
        == EntryDetails("Trade more.", record) {
          $0.addressees = ["Governments"]
          $0.basedOn = "opening-s3"
        })
  }

  @Test func `reads the names, and leaves out the numbers, of version 1`() throws {
    func event(_ type: String) throws -> RecordEvent {
      try #require(
        try GoldenFile.all.first { $0.type == type && $0.version == 1 }?.family() as? RecordEvent)
    }
    for (type, id, kind) in [
      ("StatementRecorded", "opening-s3", EntryKind.statement), ("PositionRecorded", "opening-p1", .position),
      ("ConclusionRecorded", "opening-c1", .conclusion),
      ("RecommendationRecorded", "opening-r1", .recommendation),
    ] {
      let recorded = try #require(try event(type).recorded)
      #expect(recorded.entry.slug == id && recorded.kind == kind && recorded.session == "opening")
      #expect(recorded.order == nil, "It stands where it was recorded.")
    }
    let withheld = try Attribution(
      .withheld, basis: .carriedOver, asPrinted: "A participant",
      identity: Sealed(base64: "bm9uY2VhbmRjaXBoZXJ0ZXh0+/8="))
    #expect(
      try event("StatementCorrected")
        == .statementCorrected(
          StatementCorrected(
            "opening-s3", in: "opening",
            EntryDetails.Changes {
              $0.text = "called for trade"
              $0.attribution = withheld
              $0.addressees = ["Governments"]
              $0.mentions = ["karaganov-sergey"]
            })))
    #expect(
      try event("StatementRetracted")
        == .statementRetracted(StatementRetracted(entry: "opening-s3", session: "opening")))
    #expect(
      try event("ProceedingsIssued")
        == .proceedingsIssued(ProceedingsIssued(issue: 1, provisional: true, note: "For comment")))
  }

  @Test func `has an example of every field of an entry, and of a change of it`() throws {
    func keys(_ types: [String]) throws -> Set<String> {
      Set(
        try GoldenFile.all.filter { types.contains($0.type) && $0.isCurrent }.flatMap { file in
          try [file.body, file.words ?? "{}"].flatMap {
            try JSONText.decode([String: Anything].self, from: $0).keys
          }
        })
    }
    let recorded = try keys([
      "StatementRecorded", "PositionRecorded", "ConclusionRecorded", "RecommendationRecorded",
    ])
    let (corrected, requested) = (try keys(["StatementCorrected"]), try keys(["CorrectionRequested"]))
    for field in EntryDetails.Field.allCases {
      #expect(recorded.contains(field.rawValue), "\(field)")
      #expect(requested.contains(field.rawValue), "\(field)")
      #expect(corrected.contains(field.rawValue), "\(field)")
    }
  }

  @Test func `has an example for every event that can be recorded`() throws {
    let declared = try typesInSources()
    #expect(declared.count >= 60, "The sources are not where this test looks for them.")
    let current = try GoldenFile.all
      .filter { try $0.family().map { type(of: $0.body).version } == $0.version }.map(\.type)
    #expect(Set(current) == declared, "Every event needs Tests/Golden/<Type>.v<version>.json.")
    for type in declared {
      let versions = Set(GoldenFile.all.filter { $0.type == type }.map(\.version)).sorted()
      #expect(versions == Array(1...max(1, versions.count)), "\(type): an old version is missing.")
    }
  }

  @Test func `has an example of every field of a session`() throws {
    for type in [SessionScheduled.type, SessionRevised.type] {
      let stored = try GoldenFile.all.filter { $0.type == type }.flatMap { file in
        try JSONText.decode([String: Anything].self, from: file.body).keys
      }
      for field in SessionDetails.Field.allCases {
        #expect(
          stored.contains(field.rawValue),
          "Write Tests/Golden/\(type).v1.\(field).json, as an event with “\(field)” is stored.")
      }
    }
  }

  @Test(arguments: [("", [1]), (".further", [1, 2]), (".renumbered", [2, 3])])
  func `reads a cancellation of version 1 with all its slots`(example: String, numbers: [Int]) throws {
    let file = try #require(
      GoldenFile.all.first { $0.type == "SessionCancelled" && $0.version == 1 && $0.example == example })
    let body = try #require(try file.family()?.body as? SessionCancelled)
    #expect(body.slots.map(\.number) == numbers)
    #expect(
      body.slots.map(\.slot.room.slug)
        == (numbers == [1]
          ? ["main-hall"] : numbers == [1, 2] ? ["main-hall", "annex"] : ["annex", "main-hall"]))
  }

  /// A value that is not looked into.
  private struct Anything: Decodable { init(from _: any Decoder) {} }

  /// The names behind `struct … : EventBody` in the capabilities' sources.
  private func typesInSources() throws -> Set<String> {
    let sources = tests.deletingLastPathComponent().appending(path: "Sources")
    var types: Set<String> = []
    for folder in ["EventLog", "People", "Scheduling", "Record"] {
      for file in try files(in: sources.appending(path: folder)) where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /struct (\w+): (?:EventBody|ExpungingBody)/) {
          types.insert(String(match.1))
        }
        // Each kind of entry gives an event its type.
        for match in text.matches(of: /enum \w+: RecordedKind \{\s+package static let type = "(\w+)"/) {
          types.insert(String(match.1))
        }
      }
    }
    return types
  }
}

/// `RoomAdded.v1.json` or `RoomAdded.v1.features.json`: the body as the log holds it, and a line end.
///
/// A second line has the words that are stored apart. The body commits to them with a salt of sixteen sevens.
struct GoldenFile: Sendable, CustomTestStringConvertible {
  let type: String
  let version: Int
  let example: String
  let body: String
  let words: String?

  var testDescription: String { "\(type).v\(version)\(example)" }

  static let all: [GoldenFile] = try! files(in: tests.appending(path: "Golden")).map { file in
    let name = file.lastPathComponent
    let parts = try #require(
      try /(\w+)\.v(\d+)((?:\.\w+)?)\.json/.wholeMatch(in: name), "\(name) is no name of a golden file.")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.last == "\n")
    let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.count <= 2, "\(name) has a body and perhaps its words.")
    return GoldenFile(
      type: String(parts.1), version: Int(parts.2)!, example: String(parts.3), body: lines[0],
      words: lines.count > 1 ? lines[1] : nil)
  }

  /// Whether it is of the version that is written today.
  var isCurrent: Bool { (try? family()).flatMap { $0 }.map { Swift.type(of: $0.body).version } == version }

  func stored(_ body: some EventBody) throws -> StoredBody {
    try StoredBody(body, salt: Array(repeating: 7, count: 16))
  }

  /// As whichever family of events reads it.
  func family(withWords: Bool = true) throws -> (any EventFamily)? {
    let event = RecordedEvent(
      conference: "shanghai-2016", position: 1, type: type, version: version, tags: [], body: body,
      words: withWords ? words : nil, actor: "anna", reason: nil, commandID: "",
      recordedAt: Timestamp(microseconds: 0), leaf: [])
    return try PeopleEvent(event) ?? SchedulingEvent(event) ?? RecordEvent(event) ?? SettingAsideEvent(event)
  }
}

private let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

private func files(in folder: URL) throws -> [URL] {
  try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    .map { folder.appending(path: $0) }
}
