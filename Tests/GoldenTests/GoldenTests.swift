import EventLog
import Foundation
import JSON
import People
import Record
import Scheduling
import Testing
import Vocabulary

/// What was once stored must still be read: one example at least of every type of event, in every version
/// ever written, in `Tests/Golden`. They were written by hand, and none is ever changed: a field that is
/// added later has an example of its own, `SessionScheduled.v1.recording.json`.
struct `What was once stored` {
  @Test(arguments: GoldenFile.all)
  func `is still read, and means the same`(file: GoldenFile) throws {
    let event = try #require(try file.family(), "No family of events knows \(file.type).")
    #expect(type(of: event.body).type == file.type)
    if type(of: event.body).version == file.version {
      #expect(try JSONText.encode(event.body) == file.body)
    }
  }

  @Test func `has an example for every event that can be recorded`() throws {
    let declared = try typesInSources()
    #expect(declared.count >= 31, "The sources are not where this test looks for them.")
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
    for folder in ["People", "Scheduling", "Record"] {
      for file in try files(in: sources.appending(path: folder)) where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /struct (\w+): EventBody/) { types.insert(String(match.1)) }
      }
    }
    return types
  }
}

/// `RoomAdded.v1.json` or `RoomAdded.v1.features.json`: the body as the log holds it, and a line end.
struct GoldenFile: Sendable, CustomTestStringConvertible {
  let type: String
  let version: Int
  let example: String
  let body: String

  var testDescription: String { "\(type).v\(version)\(example)" }

  static let all: [GoldenFile] = try! files(in: tests.appending(path: "Golden")).map { file in
    let name = file.lastPathComponent
    let parts = try #require(
      try /(\w+)\.v(\d+)((?:\.\w+)?)\.json/.wholeMatch(in: name), "\(name) is no name of a golden file.")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.last == "\n")
    return GoldenFile(
      type: String(parts.1), version: Int(parts.2)!, example: String(parts.3), body: String(text.dropLast()))
  }

  /// As whichever family of events reads it.
  func family() throws -> (any EventFamily)? {
    let event = RecordedEvent(
      conference: "shanghai-2016", position: 1, type: type, version: version, tags: [], body: body,
      actor: "anna", reason: nil, commandID: "", recordedAt: Timestamp(microseconds: 0), leaf: [])
    return try PeopleEvent(event) ?? SchedulingEvent(event) ?? RecordEvent(event)
  }
}

private let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

private func files(in folder: URL) throws -> [URL] {
  try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    .map { folder.appending(path: $0) }
}
