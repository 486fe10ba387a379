import EventLog
import Plenary
import PrivateServer
import Testing
import Vocabulary

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

  @Test func `comes with a message`() {
    #expect(Failure(AppendError.conflict(position: 7)).description.contains("event 7"))
    #expect(Failure(AppendError.failed("the disk")).description.contains("the disk"))
    #expect(Failure(AppendError.connectionLost).description.contains("unknown"))
    #expect(Failure(InvalidValue("It is none.")).description == "It is none.")
  }
}
