import EventLog
import People
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import Plenary

struct `The attendees at a desk` {
  /// An old name on the card could be somebody else's by now.
  @Test func `have no name any more if their new details cannot be opened`() throws {
    let sealed = Sealed(base64: "")
    func origin(_ position: Int) -> Origin {
      Origin(position: position, actor: "anna", recordedAt: Timestamp(microseconds: 0))
    }
    var model = AttendanceModel()
    let registered = AttendeeRegistered(attendee: "a-1", category: "press", listed: true, details: sealed)
    try model.apply(.people(.attendeeRegistered(registered)), origin(2))
    var roster = DeskRoster(
      model, ["a-1": AttendeeDetails(name: "Li, Wei")], BadgeCodes("berlin", identity: nil), [.english])
    #expect(roster.card("a-1").title == "Li, Wei" || roster.card("a-1").title == "Wei Li")
    #expect(roster.attendees("wei") == ["a-1"])

    var changes = DeskRoster.Changes()
    changes.add(.people(.attendeeRevised(AttendeeRevised(attendee: "a-1", details: sealed))), origin(3))
    changes.details.updateValue(nil, forKey: "a-1")
    try roster.apply(changes)
    #expect(roster.card("a-1").title == "a-1" && roster.card("a-1").cannotBeOpened)
    #expect(roster.attendees("wei") == [])
  }
}
