import EventLog
import Foundation
import JSON
import People
import Plenary
import ReadModels
import Specification
import Synchronization
import Testing
import Vocabulary

/// Who is typed in, what came of it, and what is done next; without a database.
struct `At the desk` {
  /// Two people called Li, one with digits as a short name, and one who has withdrawn.
  private static let people: [(id: AttendeeID, name: PersonName, category: String)] = [
    ("a-1", "Li, Wei", "delegate"), ("a-2", "Li, Na", "press"), ("a-3", "Álvarez, José", "delegate"),
    ("a-4", "Gone, Ann", "delegate"),
  ]
  private static let codes = BadgeCodes("berlin", identity: "0f5c64a5")

  /// Registered at positions 2 to 5.
  private static func desk(
    earlier: [Scan] = [], at occasion: Occasion? = nil, having events: [PeopleEvent] = []
  ) throws -> Desk {
    var model = AttendanceModel()
    var details: [AttendeeID: AttendeeDetails] = [:]
    var position = 1
    func origin() -> Origin {
      position += 1
      return Origin(
        position: position, actor: "anna",
        recordedAt: Timestamp(microseconds: 1_464_757_200_000_000 + Int64(position) * 1_000_000))
    }
    for person in people {
      let sealed = Sealed(base64: "")
      try model.apply(
        .people(
          .attendeeRegistered(
            AttendeeRegistered(attendee: person.id, category: person.category, listed: true, details: sealed))
        ),
        origin())
      details[person.id] = AttendeeDetails(name: person.name) {
        $0.email = try? EmailAddress("\(person.id)@example.org")
      }
    }
    for event in [.attendeeWithdrawn(AttendeeWithdrawn(attendee: "a-4"))] + events {
      try model.apply(.people(event), origin())
    }
    return Desk(
      Desk.Place(station: "Desk 1", occasion: occasion, actor: "anna", reason: nil),
      DeskRoster(model, details, codes, [.english]), earlier: earlier)
  }

  private func code(_ position: Int) -> String { Self.codes.code(ofRegistration: position) }

  private func time(_ minute: Int) -> Timestamp {
    Timestamp(microseconds: 1_464_760_800_000_000 + Int64(minute) * 60_000_000)
  }

  private func scan(_ action: Desk.Action, sourceLocation: SourceLocation = #_sourceLocation) throws -> Scan {
    guard case .handIn(let scan) = action else { throw Unexpected(action: action) }
    return scan
  }

  private struct Unexpected: Error { let action: Desk.Action }

  @Test func `a code, a short name, an address, a name and a part of it hand in a scan`() throws {
    for words in [
      code(4), BadgeCodes.grouped(code(4)) + "\r", "a-3", "a-3@EXAMPLE.org", "jose alvarez", "álv", " José  ",
    ] {
      var desk = try Self.desk()
      #expect(
        desk.take(words, at: time(1), id: "1")
          == .handIn(
            Scan(
              id: "1", attendee: "a-3", at: time(1), station: "Desk 1", occasion: nil, actor: "anna",
              reason: nil, takesBack: nil)), "\(words)")
      #expect(desk.shown?.status == .sent && desk.shown?.card.title == "José Álvarez")
    }
    var door = try Self.desk(at: .session("panel"))
    #expect(try scan(door.take("a-1", at: time(1), id: "1")).session == "panel")
  }

  @Test func `of several people, a number chooses one`() throws {
    var desk = try Self.desk()
    #expect(desk.take("li", at: time(1), id: "1") == .none)
    #expect(desk.choices.map(\.attendee) == ["a-2", "a-1"])
    // A scanner that ends its lines twice chooses nobody.
    #expect(desk.take("", at: time(1), id: "2") == .none)
    // Nor does somebody who asks what can be typed.
    #expect(desk.take("?", at: time(1), id: "2") == .help)
    #expect(try scan(desk.take("2", at: time(2), id: "3")).attendee == "a-1")
    // The choice is over.
    #expect(desk.take("1", at: time(2), id: "4") == .none)
    #expect(desk.news().last == .nobody("1", isCode: true))
  }

  @Test func `words for nobody, and wrong codes, hand in nothing`() throws {
    var desk = try Self.desk()
    for (words, isCode) in [("xyz", false), ("99999", true), ("\u{1B}[A", false)] {
      #expect(desk.take(words, at: time(1), id: "1") == .none)
      #expect(desk.news() == [.nobody(words, isCode: isCode)])
    }
    #expect(desk.take("gone", at: time(1), id: "1") == .none)
    #expect(desk.shown?.status == .withdrawn)
    #expect(desk.entries.count == 1)
  }

  @Test func `says again at once for a scan that has no answer yet, and for each answer`() throws {
    var desk = try Self.desk()
    let first = try scan(desk.take("a-1", at: time(1), id: "1"))
    #expect(desk.take("a-1", at: time(2), id: "2") == .none)
    #expect(desk.shown?.status == .again(CheckIn(at: time(1), station: "Desk 1")))
    desk.hear(.answered(first, .checkedIn))
    #expect(desk.entries.map(\.status) == [.checkedIn, .again(CheckIn(at: time(1), station: "Desk 1"))])
    // Another desk was faster: the log decides.
    let second = try scan(desk.take("a-2", at: time(3), id: "3"))
    let elsewhere = CheckIn(at: time(0), station: "Desk 2")
    desk.hear(.answered(second, .again(elsewhere)))
    #expect(desk.shown?.status == .again(elsewhere))
    #expect(desk.waitingCount == 0)
  }

  @Test func `goes on without the database, with the attendees that it knows`() throws {
    let came = AttendeeCheckedIn(attendee: "a-2", arrivedAt: time(0), station: "Desk 2")
    var desk = try Self.desk(having: [.attendeeCheckedIn(came)])
    desk.hear(.outage("no server answers"))
    #expect(desk.outage == "no server answers")
    let kept = try scan(desk.take(code(2), at: time(1), id: "1"))
    #expect(desk.shown?.status == .kept)
    #expect(desk.news() == [.outage("no server answers"), .entry(try #require(desk.shown))])
    #expect(desk.counts.map(\.present) == [1, 1])
    #expect(desk.take("a-2", at: time(2), id: "2") == .none)
    #expect(desk.shown?.status == .again(CheckIn(at: time(0), station: "Desk 2")))
    // Meanwhile somebody checked in a-1 elsewhere, and its scan is recorded nevertheless.
    desk.hear(.outage(nil))
    desk.hear(.answered(kept, .recordedLate))
    #expect(desk.entries[0].status == .recordedLate(nil))
    #expect(desk.waitingCount == 0)
    let said = desk.news()
    #expect(said.contains(.isBack(handingIn: 1)))
  }

  @Test func `undo takes the last check-in back, then the one before`() throws {
    var desk = try Self.desk()
    #expect(desk.take("undo", at: time(0), id: "0") == .none)
    #expect(desk.news() == [.nothingToTakeBack])
    let first = try scan(desk.take("a-1", at: time(1), id: "1"))
    desk.hear(.answered(first, .checkedIn))
    let second = try scan(desk.take("a-2", at: time(2), id: "2"))
    let undo = try scan(desk.take("undo", at: time(3), id: "3"))
    #expect(undo.takesBack == "2" && undo.attendee == "a-2")
    // It can be scanned again before the answer is there.
    #expect(try scan(desk.take("a-2", at: time(4), id: "4")).id == "4")
    desk.hear(.answered(undo, .dropped))
    desk.hear(.answered(second, .dropped))
    #expect(desk.entries[1].status == .takenBack)
    _ = try scan(desk.take("UNDO", at: time(5), id: "5"))
    #expect(try scan(desk.take("undo", at: time(6), id: "6")).takesBack == "1")
    let refused = try scan(desk.take("a-3", at: time(7), id: "7"))
    desk.hear(.answered(refused, .refused("no")))
    #expect(desk.take("undo", at: time(8), id: "8") == .none)
  }

  @Test func `shows the scans of before, and counts them`() throws {
    let earlier = Scan(
      id: "9", attendee: "a-1", at: time(-60), station: "Desk 1", occasion: nil, actor: "anna",
      reason: nil, takesBack: nil)
    var desk = try Self.desk(earlier: [earlier])
    #expect(desk.waitingCount == 1 && desk.entries.map(\.status) == [.kept])
    #expect(desk.counts.map(\.present) == [1, 0])
    // Who was scanned before is not scanned again.
    #expect(desk.take("a-1", at: time(1), id: "1") == .none)
    #expect(desk.shown?.status == .again(CheckIn(at: time(-60), station: "Desk 1")))
  }

  @Test func `prints the badge of whoever is shown, or of somebody else`() throws {
    var desk = try Self.desk()
    #expect(desk.take("print", at: time(1), id: "1") == .none)
    _ = desk.take("a-1", at: time(1), id: "2")
    guard case .print(let shown) = desk.take("print", at: time(1), id: "3"),
      case .print(let other) = desk.take("print álvarez", at: time(1), id: "4")
    else {
      Issue.record("nothing is printed")
      return
    }
    #expect(shown.attendee == "a-1" && other.attendee == "a-3")
    #expect(desk.take("print li", at: time(1), id: "5") == .none)
    #expect(desk.choices.isEmpty)
    #expect(desk.take("quit", at: time(1), id: "6") == .quit)
    #expect(desk.take("?", at: time(1), id: "7") == .help)
  }

  @Test func `begins without the database, with a list of before, until there is a new one`() throws {
    let came = AttendeeCheckedIn(attendee: "a-2", arrivedAt: time(0), station: "Desk 2")
    let known = try Self.desk(having: [
      .attendeeCheckedIn(came), .personErased(PersonErased(attendee: "a-1")),
    ])
    let list = try Self.list(known.roster, at: time(3))
    // Nobody who was erased, and no address.
    let text = try JSONText.encode(list)
    #expect(!text.contains("a-1") && !text.contains("Wei") && !text.contains("@"), "\(text)")
    var desk = Desk(known.place, list, outage: "no server answers", earlier: [])
    #expect(desk.news() == [.outage("no server answers"), .list(of: time(3))])
    #expect(desk.listOf == time(3))
    #expect(try scan(desk.take(code(4), at: time(4), id: "1")).attendee == "a-3")
    #expect(desk.shown?.status == .kept && desk.shown?.card == known.roster.card("a-3"))
    #expect(desk.take("na li", at: time(4), id: "2") == .none)
    #expect(desk.shown?.status == .again(CheckIn(at: time(0), station: "Desk 2")))
    #expect(desk.take("gone", at: time(4), id: "3") == .none && desk.shown?.status == .withdrawn)
    #expect(desk.take("a-3@example.org", at: time(4), id: "4") == .none)
    desk.hear(.roster(try Self.desk().roster))
    #expect(desk.listOf == nil)
  }

  private static func list(_ roster: DeskRoster, at time: Timestamp) throws -> DeskList {
    DeskList(
      "berlin", identity: "0f5c64a5", title: "Berlin", languages: [.english], zone: "Europe/Berlin",
      days: "2016-06-01"..."2016-06-03", nil, roster, at: time)
  }

  /// Whoever was erased is in the list before.
  @Test func `keeps a new list at once after an erasure, and else after a while`() async throws {
    let home = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: home) }
    let keeper = DeskListKeeper(DeskLists(home: home.path))
    let made = Mutex<[Int]>([])
    func keep(_ number: Int, now: Bool) async throws {
      let list = try Self.list(Self.desk().roster, at: time(3))
      try await keeper.keep(
        {
          made.withLock { $0.append(number) }
          return list
        }, number: number, at: time(3), now: now)
    }
    try await keep(1, now: true)
    try await keep(2, now: false)
    try await keep(4, now: true)
    try await keep(3, now: true)
    #expect(made.withLock(\.self) == [1, 4])
    try await keeper.end(isNeeded: false)
  }

  @Test func `follows what other stations do`() throws {
    var desk = try Self.desk()
    var changes = DeskRoster.Changes()
    let origin = Origin(position: 9, actor: "eva", recordedAt: time(3))
    changes.add(
      .people(.attendeeCheckedIn(AttendeeCheckedIn(attendee: "a-1", station: "Desk 2"))), origin)
    changes.add(.people(.personErased(PersonErased(attendee: "a-3"))), origin)
    desk.hear(.changed(changes))
    #expect(
      desk.counts.map { "\($0.category) \($0.present)/\($0.expected)" } == ["delegate 1/1", "press 0/1"])
    #expect(desk.take("Álvarez", at: time(4), id: "1") == .none)
    desk.hear(.outage("gone"))
    #expect(desk.take("a-1", at: time(5), id: "2") == .none)
    #expect(desk.shown?.status == .again(CheckIn(at: time(3), station: "Desk 2")))
  }
}
