import Specification
import Testing
import Vocabulary

@testable import Record

/// The statements of one session, by their names.
private func opening(_ entries: RecordID...) -> Numbering.Session { session("opening", entries) }

private func session(_ id: SessionID, byHand: Int? = nil, _ entries: [RecordID] = ["x"]) -> Numbering.Session
{
  Numbering.Session(
    id, byHand: byHand, entries: entries.map { (RecordID(stringLiteral: "\(id)-\($0)"), .statement) })
}

extension Numbering {
  /// The numbers of the entries of one session, in their order.
  fileprivate func listed(_ session: Session) -> [String] { session.entries.map { numbers[$0.id] ?? "-" } }

  /// The ordinals that these sessions get, each with one entry.
  fileprivate static func ordinals(
    _ sessions: Session..., fixed: [SessionID: String] = [:], reserved: Set<Int> = []
  ) -> [String] {
    let numbering = Numbering(ordinals: fixed).continued(sessions, reserved: reserved)
    return sessions.map { numbering.ordinals[$0.id] ?? "-" }
  }
}

struct `The printed numbers` {
  private let first = Numbering().continued([opening("a", "b", "c")])

  @Test func `count the entries of each kind in each session`() {
    let numbering = Numbering().continued([
      Numbering.Session(
        "opening",
        entries: [
          ("a", .statement), ("b", .statement), ("c", .position), ("d", .position), ("e", .conclusion),
          ("f", .recommendation),
        ]),
      Numbering.Session("panel", entries: [("g", .statement), ("h", .conclusion)]),
    ])
    #expect(
      numbering.numbers == [
        "a": "1", "b": "2", "c": "P1", "d": "P2", "e": "C1", "f": "R1", "g": "1", "h": "C1",
      ])
    #expect(numbering.ordinals == ["opening": "1", "panel": "2"])
    #expect(numbering.printed("d", in: "opening") == "1.P2")
    #expect(numbering.printed("g", in: "panel") == "2.1")
    #expect(numbering.printed("z", in: "panel") == nil && numbering.printed("a", in: "closing") == nil)
  }

  @Test func `of sessions leave out those that others may get`() {
    let (opening, panel, closing) = (session("opening"), session("panel"), session("closing", byHand: 5))
    #expect(Numbering.ordinals(opening, panel, reserved: [2]) == ["1", "3"])
    #expect(Numbering.ordinals(opening, panel, closing, reserved: [1, 3, 5]) == ["2", "4", "5"])
    #expect(Numbering.ordinals(opening, panel, fixed: ["opening": "1"], reserved: [2, 3]) == ["1", "4"])
  }

  @Test func `have a letter between two that are fixed`() {
    func between(_ session: Numbering.Session) -> [String] { first.continued([session]).listed(session) }
    #expect(between(opening("a", "n", "b", "c")) == ["1", "1a", "2", "3"])
    #expect(between(opening("a", "n", "m", "b", "l", "c")) == ["1", "1a", "1b", "2", "2a", "3"])
    #expect(between(opening("n", "a", "b", "c")) == ["a1", "1", "2", "3"])
    #expect(between(opening("n", "m", "a", "b", "c")) == ["a1", "a1a", "1", "2", "3"])
    #expect(between(opening("a", "b", "c", "n", "m")) == ["1", "2", "3", "4", "5"])
  }

  @Test func `have more letters between two with letters`() {
    var numbering = first
    func insert(_ session: Numbering.Session) -> [String] {
      numbering = numbering.continued([session])
      return numbering.listed(session)
    }
    #expect(insert(opening("a", "n", "b", "c")) == ["1", "1a", "2", "3"])
    #expect(insert(opening("a", "m", "n", "b", "c")) == ["1", "1za", "1a", "2", "3"])
    #expect(insert(opening("a", "l", "m", "n", "b", "c")) == ["1", "1zza", "1za", "1a", "2", "3"])
    #expect(
      insert(opening("a", "l", "m", "k", "n", "b", "c")) == ["1", "1zza", "1za", "1zaa", "1a", "2", "3"])
    #expect(
      insert(opening("a", "l", "m", "k", "n", "j", "b", "c"))
        == ["1", "1zza", "1za", "1zaa", "1a", "1b", "2", "3"])
    #expect(
      insert(opening("a", "l", "m", "k", "n", "i", "j", "b", "c"))
        == ["1", "1zza", "1za", "1zaa", "1a", "1aa", "1b", "2", "3"])
  }

  @Test func `of conclusions and positions keep their letter in front`() {
    let entries: [(RecordID, EntryKind)] = [("c", .conclusion), ("p", .position)]
    let fixed = Numbering().continued([Numbering.Session("opening", entries: entries)])
    let next = fixed.continued([
      Numbering.Session(
        "opening",
        entries: [
          ("c0", .conclusion), ("c", .conclusion), ("c2", .conclusion), ("p0", .position), ("p", .position),
        ])
    ])
    #expect(next.numbers == ["c0": "Ca1", "c": "C1", "c2": "C2", "p0": "Pa1", "p": "P1"])
  }

  @Test func `are never given again`() {
    // The last one is retracted; its number is kept, because it is printed.
    let numbering = first.continued([opening("a", "b", "c", "d")])
    #expect(numbering.listed(opening("d")) == ["4"])
    // The numbers of entries that are fixed, but not in the list, are other sessions'.
    #expect(first.continued([session("panel", ["a"])]).listed(session("panel", ["a"])) == ["1"])
  }

  @Test func `are the same however often they are continued`() {
    for session in [opening("a", "b", "c"), opening("n", "a", "m", "b", "l", "k", "c", "j")] {
      let once = first.continued([session])
      #expect(once.continued([session]) == once)
    }
  }

  @Test func `stay short where many entries come between two`() {
    let many = (0..<60).map { RecordID(stringLiteral: "n\($0)") }
    let inserted = session("opening", ["a"] + many + ["b", "c"])
    let numbers = first.continued([inserted]).listed(inserted)
    #expect(Set(numbers).count == numbers.count)
    #expect(numbers[1] == "1a" && numbers[25] == "1y" && numbers[26] == "1ya" && numbers[27] == "1yb")
    #expect(numbers.map(\.count).max()! <= 5)
  }

  /// Random insertions and issues: whatever was fixed stays fixed, and nothing has the number of another.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `are fixed for ever and unique, whatever comes in between`(seed: UInt64) throws {
    var chance = SplitMix(seed: seed)
    var sessions: [Numbering.Session] = []
    var fixed = Numbering()
    for count in 0..<400 {
      switch Int.random(in: 0..<12, using: &chance) {
      case 0 where sessions.count < 8:
        let byHand = Int.random(in: 0..<3, using: &chance) == 0 ? count + 1 : nil
        sessions.insert(
          Numbering.Session(SessionID(stringLiteral: "s-\(count)"), byHand: byHand, entries: []),
          at: Int.random(in: 0...sessions.count, using: &chance))
      case 1:
        let before = fixed
        fixed = fixed.continued(sessions.filter { !$0.entries.isEmpty })
        for (entry, number) in before.numbers { #expect(fixed.numbers[entry] == number) }
        for (session, ordinal) in before.ordinals { #expect(fixed.ordinals[session] == ordinal) }
        for session in sessions {
          let numbers = session.entries.map { fixed.numbers[$0.id] }
          #expect(!numbers.contains(nil) && Set(numbers).count == numbers.count, "\(numbers)")
        }
        #expect(Set(fixed.ordinals.values).count == fixed.ordinals.count)
      case _ where !sessions.isEmpty:
        let index = Int.random(in: 0..<sessions.count, using: &chance)
        let kind = EntryKind.allCases.randomElement(using: &chance)!
        sessions[index].entries.insert(
          (RecordID(stringLiteral: "e-\(count)"), kind),
          at: Int.random(in: 0...sessions[index].entries.count, using: &chance))
      default: break
      }
    }
    #expect(fixed.numbers.count > 100)
  }
}

struct `The ordinals of sessions` {
  @Test func `count the sessions with a record`() {
    #expect(Numbering.ordinals(session("a"), session("b"), session("c")) == ["1", "2", "3"])
  }

  @Test func `can be given by hand`() {
    #expect(Numbering.ordinals(session("a", byHand: 4), session("b")) == ["4", "5"])
    #expect(Numbering.ordinals(session("a"), session("b", byHand: 1)) == ["a1", "1"])
    #expect(Numbering.ordinals(session("a", byHand: 2), session("b", byHand: 1)) == ["2", "1"])
    // There is room for whole numbers before a later one.
    #expect(
      Numbering.ordinals(session("a"), session("b"), session("c", byHand: 5), session("d"))
        == ["1", "2", "5", "6"])
    #expect(Numbering.ordinals(session("a"), session("b"), session("c", byHand: 2)) == ["1", "1a", "2"])
  }

  @Test func `stay fixed; a session between two gets a letter`() {
    let fixed: [SessionID: String] = ["a": "1", "b": "2"]
    #expect(
      Numbering.ordinals(
        session("new"), session("a"), session("later"), session("b"), session("last"), fixed: fixed)
        == ["a1", "1", "1a", "2", "3"])
    // A number by hand is too late for a session whose number is fixed, and for a number that is taken.
    #expect(Numbering.ordinals(session("a", byHand: 9), session("b"), fixed: fixed) == ["1", "2"])
    #expect(
      Numbering.ordinals(session("a"), session("b"), session("c", byHand: 2), fixed: fixed) == [
        "1", "2", "3",
      ])
    // A session that has no record any more keeps its number.
    #expect(Numbering.ordinals(session("c"), fixed: fixed) == ["3"])
  }
}
