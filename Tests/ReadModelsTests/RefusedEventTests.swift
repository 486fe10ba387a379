import EventLog
import Foundation
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Record
@testable import Scheduling

/// Otherwise, half of such an event would stay in the read model after it was set aside.
struct `An event that a read model cannot take` {
  /// The examples of every type, in orders in which much of what they refer to is missing.
  @Test func `changes nothing`() throws {
    var refused: Set<String> = []
    for seed: UInt64 in 1...8 {
      var random = SplitMix(seed: seed)
      let events = Self.examples.shuffled(using: &random)
      try check(events, ProgramModel.self, &refused)
      try check(events, AttendanceModel.self, &refused)
      try check(events, ProceedingsModel.self, &refused)
    }
    #expect(refused.count > 50, "Only \(refused.sorted()) were refused.")
  }

  @Test func `changes nothing, if it refers to one thing that is there and to another that is not`() throws {
    let opening = session("opening", slot("aula", 9, 10))
    let talk = Presentation("talk", title: "A talk", people: ["ada"])
    let program: [any EventBody] = [
      opening, speaker("ada"), PresentationAdded(session: "opening", presentation: talk),
    ]
    for event: any EventBody in [
      PresentationWithdrawn(session: "opening", presentation: "talk", people: ["ada", "nobody"]),
      PresentationRevised(session: "opening", presentation: talk, formerPeople: ["nobody"]),
      PersonAssigned(session: "opening", person: "nobody", role: .chair),
      PersonUnassigned(session: "opening", person: "nobody", role: .chair),
    ] { try checkRefused(event, after: program, ProgramModel.self) }
    let record: [any EventBody] = [
      StatementRecorded("e-1", in: "opening", EntryDetails("It began.", .nobody) { $0.form = .summary })
    ]
    for event: any EventBody in [
      CorrectionRequested(
        "k-1", of: "nothing", in: "opening", kind: .substantive, requester: "The speaker",
        EntryDetails.Changes { $0.text = "It began late." }),
      ParagraphsNumbered(
        issue: 1, session: "opening", ordinal: "1", numbers: [.init("e-1", "1"), .init("nothing", "2")]),
    ] { try checkRefused(event, after: record, ProceedingsModel.self) }
  }

  private func checkRefused<Model: ReadModel>(
    _ event: any EventBody, after events: [any EventBody], _: Model.Type
  ) throws {
    var model = try fold(all: events, into: Model.self)
    let before = try rows(model)
    #expect(throws: MissingRow.self, "\(event)") { try take(event, events.count + 1, into: &model) }
    #expect(try rows(model) == before, "\(event)")
  }

  private func check<Model: ReadModel>(
    _ events: [RecordedEvent], _: Model.Type, _ refused: inout Set<String>
  ) throws {
    var model = Model()
    for event in events {
      let before = model
      do { try model.apply(LoggedEvent(event), event.origin) } catch {
        refused.insert(event.type)
        #expect(error is MissingRow, "\(event.type): \(error)")
        #expect(try rows(model) == rows(before), "\(event.type) in \(Model.name)")
      }
    }
  }

  /// One event for each file in `Tests/Golden`.
  private static let examples: [RecordedEvent] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden")
    let names = try! FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return names.enumerated().map { index, name in
      let lines = try! String(contentsOf: folder.appending(path: name), encoding: .utf8)
        .split(separator: "\n").map(String.init)
      let parts = name.split(separator: ".")
      return RecordedEvent(
        conference: "berlin", position: index + 1, type: String(parts[0]),
        version: Int(parts[1].dropFirst())!,
        tags: [], body: lines[0], words: lines.dropFirst().first, actor: "anna", reason: nil, commandID: "",
        recordedAt: second(index + 1), leaf: [])
    }
  }()
}
