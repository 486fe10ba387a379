import EventLog
import Foundation
import Postgres
import PrivateServer
import Testing
import Vocabulary

@testable import Plenary

/// Scripts depend on the exit code.
struct `An exit code` {
  private struct Odd: Error {}

  @Test func `depends on the kind of failure`() {
    let codes: [(any Error, Int32)] = [
      (InvalidValue("It is none."), 1),
      (AppendError.commandIDReused, 1),
      (AppendError.conflict(position: 7), 3),
      (AppendError.busy, 3),
      (AppendError.connectionLost, 4),
      (AppendError.failed("disk"), 4),
      (Odd(), 4),
      (Failure(.refused, "No."), 1),
      (Failure(.wrongUsage, "No."), 2),
      (Failure(.conflict, "No."), 3),
      (Failure(.failed, "No."), 4),
    ]
    for (error, code) in codes {
      let failure = Failure(error)
      #expect(failure.kind.rawValue == code, "\(error)")
      #expect(!failure.description.isEmpty, "\(error)")
    }
  }

  @Test(arguments: [false, true])
  func `of a lost connection tells the command id, unless nothing was sent`(dryRun: Bool) async throws {
    let context = try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: dryRun)
    let error = await #expect(throws: (any Error).self) {
      try await context.tellingCommandID { throw AppendError.connectionLost }
    }
    #expect((error as? UnknownOutcome)?.commandID == (dryRun ? nil : context.commandID))
  }

  /// Without the id, the message would say that nothing was changed.
  @Test func `of a lost connection tells the command id for every command`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "Sources/Plenary").path(percentEncoded: false)
    var uses = 0
    for file in try FileManager.default.subpathsOfDirectory(atPath: folder) where file.hasSuffix(".swift") {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      let handlers = text.ranges(of: "CommandHandler(store:").count
      #expect(text.ranges(of: ".tellingCommandID {").count == handlers, "\(file)")
      uses += handlers
    }
    #expect(uses >= 9)
  }

  /// An event that cannot be read is no refusal of the database.
  @Test func `is explained by the original error`() {
    let gap = UnreadableEvent(position: 7, type: "RoomAdded", what: "it has no name")
    #expect(Failure(AppendError.failed(StoreFailure(gap))).description == gap.description)
    var full = PostgresError(.server("53100"), "could not extend file")
    #expect(Failure(AppendError.failed(StoreFailure(full))).description.contains("disk is full"))
    full = PostgresError(.server("42501"), "permission denied for table event")
    #expect(
      Failure(AppendError.failed(StoreFailure(full))).description
        == "The database refused: permission denied for table event (SQLSTATE 42501)")
  }

  @Test func `of the private server comes with a hint`() {
    let texts = Failure(PrivateServerError.timedOut("the start", seconds: 60, log: "/log")).texts
    #expect(texts == .says("Gave up waiting for the start after 60 seconds. See /log.", .stopServer))
  }

  @Test func `comes with a message`() {
    #expect(Failure(AppendError.conflict(position: 7)).description.contains("event 7"))
    #expect(Failure(AppendError.failed("the disk")).description.contains("the disk"))
    #expect(Failure(AppendError.connectionLost).description.contains("connection"))
    let unknown = Failure(UnknownOutcome(commandID: "0b4d"))
    #expect(unknown.texts.map(\.hints) == [[.repeatCommand(id: "0b4d")]])
    #expect(unknown.kind == .failed && unknown.description.contains("unknown"))
    #expect(Failure(InvalidValue("It is none.")).description == "It is none.")
  }
}
