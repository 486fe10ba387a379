import EventLog
import OddPrograms
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Scheduling

/// A waiver accepts an existing conflict, for as long as it exists.
struct `A waiver` {
  private let first = session("first", slot("aula", 9, 10))
  private let second = session("second", slot("aula", 9, 10))
  private let conflict = Conflict(.roomTaken, "first", "second", room: "aula")
  private var waived: ConflictWaived { ConflictWaived(conflict: conflict, reason: "One audience") }
  private let elsewhere = SessionMoved(
    session: "second", from: slot("aula", 9, 10), to: slot("aula", 11, 12))
  private let back = SessionMoved(session: "second", from: slot("aula", 11, 12), to: slot("aula", 9, 10))

  /// The findings about the room: since which event, and the waiver.
  private func taken(_ events: any EventBody..., all: Bool = false) throws -> [String] {
    var history = ConflictHistory()
    for event in recorded([opened, RoomAdded(room: "aula", name: "Aula"), first] + events) {
      history.apply(try LoggedEvent(event), event.origin)
    }
    return history.findings(waived: all).filter { $0.kind == Conflict.Kind.roomTaken.rawValue }.map {
      "since \($0.since?.position ?? 0), waived: \($0.waived ?? "no") at \($0.waivedBy?.position ?? 0)"
    }
  }

  @Test func `covers a conflict that exists`() throws {
    #expect(try taken(second) == ["since 4, waived: no at 0"])
    #expect(try taken(second, waived) == [])
    #expect(try taken(second, waived, all: true) == ["since 4, waived: One audience at 5"])
  }

  @Test func `does not cover a conflict that ended and came back`() throws {
    #expect(try taken(second, waived, elsewhere, all: true) == [])
    #expect(try taken(second, waived, elsewhere, back) == ["since 7, waived: no at 0"])
    #expect(try taken(second, waived, elsewhere, back, waived) == [])
    #expect(
      try taken(second, waived, elsewhere, back, waived, all: true)
        == ["since 7, waived: One audience at 8"])
  }

  @Test func `does not cover a conflict that begins later`() throws {
    #expect(try taken(waived, second) == ["since 5, waived: no at 0"])
  }

  @Test func `stays valid while the conflict exists, even if its sessions move`() throws {
    let longer = SessionMoved(session: "second", from: slot("aula", 9, 10), to: slot("aula", 9, 11))
    #expect(try taken(second, waived, longer) == [])
    let other = session("third", slot("aula", 9, 10))
    #expect(try taken(second, waived, other).count == 2, "Another session is another conflict.")
  }
}
