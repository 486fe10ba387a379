import EventLog
import People
import Plenary
import Specification
import Testing
import Vocabulary

@testable import Record
@testable import Scheduling

/// What can still happen in a conference that is over.
struct `A conference that is over` {
  private typealias Asked = (any EventBody, ConferenceStatus)

  private func slot() throws -> Slot {
    try Slot(
      room: "hall", start: "2016-03-25T09:00+08:00[Asia/Shanghai]",
      end: "2016-03-25T10:00+08:00[Asia/Shanghai]")
  }

  /// Each with the last status in which it can happen.
  private func events() throws -> [Asked] {
    [
      (SessionScheduled(session: "opening", title: "Opening", kind: .session, slot: try slot()), .open),
      (PersonAssigned(session: "opening", person: "feng", role: .chair), .open),
      (RoomClosed(room: "hall"), .open),
      (FileImported(source: "table", format: "CSV", sha256: "00", facts: []), .open),
      (ConferenceRevised { $0.lastDay = "2016-03-29" }, .open),
      (AttendeeWithdrawn(attendee: "a-1"), .open),
      (AttendeeReinstated(attendee: "a-1"), .open),
      (AttendeeCheckedIn(attendee: "a-1"), .open),
      (SpeakerWithdrawn(person: "feng"), .open),
      (ConferenceRevised { $0.title = "The title as it is printed" }, .closed),
      (SpeakerRegistered(person: "feng", name: "Feng, Shaolei"), .closed),
      (PersonsMerged("feng-2", into: "feng"), .closed),
      (LateScanRecorded(attendee: "a-1", scannedAt: "2016-03-25T01:00:00Z"), .closed),
      (ProgramReleased(version: "1.0"), .closed),
      (ContactStated(person: "feng", contact: Sealed(base64: "b25l")), .closed),
      (StatementRetracted(entry: "e-1", session: "opening"), .closed),
      (ContactStated(person: "feng", contact: nil), .archived),
      (PersonErased(attendee: "a-1"), .archived),
      (ConferenceReopened(), .archived),
    ]
  }

  @Test func `keeps its program, its attendees and their check-ins, and lets the record be edited`() throws {
    for (event, last) in try events() {
      for status in ConferenceStatus.allCases {
        let refusal = status.refusal(of: [event])
        #expect((refusal == nil) == (status <= last), "\(event) in \(status): \(String(describing: refusal))")
        if let refusal { #expect(refusal == (status == .closed ? .closed : .archived)) }
      }
    }
  }

  @Test func `does not keep an erasure from taking seats with it`() {
    let seat = AttendeeSignedOff(attendee: "a-1", session: "opening")
    #expect(ConferenceStatus.closed.refusal(of: [seat]) == .closed)
    #expect(ConferenceStatus.archived.refusal(of: [seat, PersonErased(attendee: "a-1")]) == nil)
  }

  @Test func `refuses a command once it is closed, whatever the command reads`() async throws {
    let log = MemoryLog { Timestamp(microseconds: 0) }
    let handler = CommandHandler(store: log)
    func context() throws -> CommandContext {
      try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false)
    }
    let opened = ConferenceOpened(
      title: "Berlin", firstDay: "2016-06-01", lastDay: "2016-06-02", zone: "Europe/Berlin")
    _ = try await handler.handle(Conferences.self, .open(opened, []), in: "berlin", context())
    let hall = Rooms.Command.add(RoomAdded(room: "hall", name: "Hall"))
    _ = try await handler.handle(Rooms.self, hall, in: "berlin", context())
    _ = try await handler.handle(Conferences.self, .close, in: "berlin", context())
    // What would change nothing is no change.
    #expect(try await handler.handle(Rooms.self, hall, in: "berlin", context()).effect == .nothingToDo)
    await #expect {
      _ = try await handler.handle(Rooms.self, .close("hall"), in: "berlin", context())
    } throws: { ($0 as? Refused)?.refusal as? Conferences.Refusal == .closed }
    _ = try await handler.handle(Conferences.self, .reopen, in: "berlin", context())
    _ = try await handler.handle(Rooms.self, .close("hall"), in: "berlin", context())
  }
}
