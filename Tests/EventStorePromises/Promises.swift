import EventLog
import Foundation
import JSON
import Testing
import Vocabulary

import struct EventLog.Tag  // and not Testing.Tag

extension EventStorePromises {
  func positionsHaveNoGaps(_ log: Store) async throws {
    let conference = newConference()
    #expect(try await log.append(batch(conference, noted("a"))) == Receipt(1...1))
    #expect(try await log.append(batch(conference, noted("b"), noted("c"))) == Receipt(2...3))
    let command = newCommand()
    _ = try await log.append(batch(conference, command: command, noted("d")))
    _ = try await log.append(batch(conference, command: command, noted("d")))
    await #expect(throws: AppendError.conflict(position: 4)) {
      try await log.append(
        batch(conference, noted("lost"), unless: .everything, after: 3))
    }
    #expect(try await log.append(batch(conference, noted("e"))) == Receipt(5...5))
    let reading = try await all(of: conference, in: log)
    #expect(reading.events.map(\.position) == [1, 2, 3, 4, 5])
    #expect(try texts(reading.events) == ["a", "b", "c", "d", "e"])
    #expect(reading.head == 5)
  }

  func whatIsReadIsWhatWasAppended(_ log: Store) async throws {
    let conference = newConference()
    let command = newCommand()
    let event = Noted(text: "“Ñandú”\n\t\\u0041 会议 👩‍🏫 \u{7F}", tags: [room, session])
    _ = try await log.append(
      AppendRequest(
        conference: conference, commandID: command, request: sha256("one"), actor: "ана O'Neil; --",
        reason: "“because”", events: [event, Doubted(tags: [])]))
    let reading = try await log.read(conference, matching: .everything, command: command)
    try #require(reading.events.count == 2)
    let read = reading.events[0]
    #expect(read.conference == conference.slug)
    #expect(read.type == "Noted")
    #expect(read.version == 1)
    #expect(read.tags == ["room:hall", "session:opening"])
    #expect(try read.body == JSONText.encode(event), "The body is read as it was written.")
    #expect(try read.decoded(as: Noted.self) == event)
    #expect(read.actor == "ана O'Neil; --")
    #expect(read.reason == "“because”")
    #expect(read.commandID == command)
    #expect(reading.events[1].tags == [])
    #expect(reading.events[1].type == "Doubted")
    #expect(reading.events[1].recordedAt == read.recordedAt, "A batch is of one moment.")
    #expect(reading.receipt?.request == sha256("one"))
    #expect(reading.receipt?.receipt == Receipt(1...2, replayed: true))
    let other = try await log.read(conference, matching: .everything, command: newCommand())
    #expect(other.receipt == nil)

    _ = try await log.append(batch(conference, noted("plain")))
    #expect(try await all(of: conference, in: log).events.last?.reason == nil)
  }

  func nothingIsReadOfAnUnknownConference(_ log: Store) async throws {
    let reading = try await log.read(newConference(), matching: .everything, command: newCommand())
    #expect(reading.events == [])
    #expect(reading.head == 0)
    #expect(reading.receipt == nil)
  }

  func aRepeatedCommandHasNoSecondEffect(_ log: Store) async throws {
    let conference = newConference()
    let first = batch(conference, command: newCommand(), noted("a"), noted("b"))
    #expect(try await log.append(first) == Receipt(1...2))
    _ = try await log.append(batch(conference, noted("c")))
    #expect(try await log.append(first) == Receipt(1...2, replayed: true))
    #expect(try await log.append(first) == Receipt(1...2, replayed: true))
    #expect(try await all(of: conference, in: log).head == 3)
  }

  func anotherRequestUnderOneIdIsRefused(_ log: Store) async throws {
    let conference = newConference()
    let first = batch(conference, command: newCommand(), noted("a"))
    _ = try await log.append(first)
    let other = first.asking(for: "another thing")
    await #expect(throws: AppendError.commandIDReused) { try await log.append(other) }
    let reading = try await all(of: conference, in: log)
    #expect(try texts(reading.events) == ["a"])
  }

  func theReceiptAnswersBeforeTheCondition(_ log: Store) async throws {
    let conference = newConference()
    let first = batch(
      conference, command: newCommand(), noted("a", room), unless: .tagged(room), after: 0)
    #expect(try await log.append(first) == Receipt(1...1))
    // Its own event is what its condition would now fail on.
    #expect(try await log.append(first) == Receipt(1...1, replayed: true))
    let other = first.asking(for: "another thing")
    await #expect(throws: AppendError.commandIDReused) { try await log.append(other) }
  }

  func aConflictNamesTheFirstEventInBetween(_ log: Store) async throws {
    let conference = newConference()
    for tags in [[room], [session], [room], [session], [session]] {
      _ = try await log.append(batch(conference, Noted(text: "x", tags: tags)))
    }
    for (after, position) in [(0, 2), (1, 2), (2, 4), (3, 4), (4, 5)] {
      await #expect(throws: AppendError.conflict(position: position)) {
        try await log.append(
          batch(conference, noted("lost"), unless: .tagged(session), after: after))
      }
    }
    #expect(try await all(of: conference, in: log).head == 5)
  }

  func whatCameBeforeTheConditionIsNoConflict(_ log: Store) async throws {
    let conference = newConference()
    _ = try await log.append(batch(conference, noted("a", room)))
    _ = try await log.append(batch(conference, noted("b", room), unless: .tagged(room), after: 1))
    _ = try await log.append(batch(conference, noted("c", session)))
    _ = try await log.append(batch(conference, noted("d", room), unless: .tagged(room), after: 2))
    _ = try await log.append(batch(conference, noted("e"), unless: .everything, after: 4))
    #expect(try await all(of: conference, in: log).head == 5)
  }

  func otherTagsNeverConflict(_ log: Store) async throws {
    let conference = newConference()
    for other in [other, session, .conference, .release] {
      _ = try await log.append(batch(conference, noted("x", other)))
    }
    let receipt = try await log.append(
      batch(conference, noted("mine", room), unless: .tagged(room), after: 0))
    #expect(receipt == Receipt(5...5))
  }

  func queriesTakeAnyTypeAndAllTagsOfAnyItem(_ log: Store) async throws {
    let six: [any EventBody] = [
      Noted(text: "1", tags: [room]), Noted(text: "2", tags: [room, session]),
      Doubted(tags: [room]), Doubted(tags: [session, room]), Noted(text: "5", tags: []),
      Noted(text: "6", tags: [other]),
    ]
    func item(_ types: [String], _ tags: [Tag]) -> Query.Item {
      var item = Query.Item()
      (item.types, item.tags) = (types, tags)
      return item
    }
    let cases: [(Query, [Int])] = [
      (.everything, [1, 2, 3, 4, 5, 6]),
      (.tagged(room), [1, 2, 3, 4]),
      (.tagged(session, other), [2, 4, 6]),
      (Query([item([], [room, session])]), [2, 4]),
      (Query([item([], [session, room])]), [2, 4]),
      (Query([item(["Noted"], [])]), [1, 2, 5, 6]),
      (Query([item(["Noted", "Doubted"], [room])]), [1, 2, 3, 4]),
      (Query([item(["Doubted"], [room, session])]), [4]),
      (Query([item(["Noted"], [other]), item(["Doubted"], [])]), [3, 4, 6]),
      (Query([item([], [room]), item(["Noted"], [session])]), [1, 2, 3, 4]),
      (Query([item(["Unheard"], [])]), []),
      (Query([item(["Unheard"], [room])]), []),
      (Query([item([], [room, other])]), []),
      (Query([Query.Item(tags: [room], after: 2)]), [3, 4]),
      (Query([Query.Item(types: ["Noted"], after: 1), item(["Doubted"], [session])]), [2, 4, 5, 6]),
      (Query([Query.Item(after: 6)]), []),
    ]
    for (query, positions) in cases {
      let conference = newConference()
      _ = try await log.append(batch(conference, six))
      let reading = try await log.read(conference, matching: query, command: nil)
      #expect(reading.events.map(\.position) == positions, "\(query)")
      #expect(reading.head == 6, "The head is the conference's, whatever was asked for.")
      // A condition takes the same query.
      let last = positions.last ?? 0
      for after in 0..<last {
        let match = positions.first { $0 > after }!
        await #expect(throws: AppendError.conflict(position: match), "\(query), \(after)") {
          try await log.append(batch(conference, noted("lost"), unless: query, after: after))
        }
      }
      let receipt = try await log.append(batch(conference, noted("7"), unless: query, after: last))
      #expect(receipt == Receipt(7...7))
    }
  }

  func whatIsSetAsideIsNotRead(_ log: Store) async throws {
    let conference = newConference()
    _ = try await log.append(batch(conference, noted("a", room), noted("b", room), noted("c", room)))
    // Another conference's events of the same positions are read.
    let neighbour = newConference()
    _ = try await log.append(batch(neighbour, noted("a", room), noted("b", room)))
    func read(_ query: Query, _ conference: ConferenceID) async throws -> [Int] {
      try await log.read(conference, matching: query, command: nil).events.map(\.position)
    }
    _ = try await log.append(batch(conference, EventSetAside(position: 2)))
    #expect(try await read(.tagged(room), conference) == [1, 3])
    #expect(try await read(.everything, conference) == [1, 3, 4])
    #expect(try await read(.tagged(room), neighbour) == [1, 2])
    _ = try await log.append(batch(conference, EventReinstated(position: 2)))
    #expect(try await read(.everything, conference) == [1, 2, 3, 4, 5])
    // Again, and nonsense: a later event, and one that sets another aside.
    _ = try await log.append(
      batch(
        conference, EventSetAside(position: 2), EventSetAside(position: 9), EventSetAside(position: 6),
        noted("d", room)))
    #expect(try await read(.tagged(room), conference) == [1, 3, 9])
    #expect(try await read(.everything, conference) == [1, 3, 4, 5, 6, 7, 8, 9])
    // What no reader would understand is refused.
    let wrong: [any EventBody] = [
      EventSetAside(position: 0), EventReinstated(position: -1), Noted(text: "e", tags: [.aside]),
    ]
    for body in wrong {
      await #expect(throws: AppendError.self, "\(body)") {
        try await log.append(batch(conference, noted("lost", room), body))
      }
    }
    #expect(try await read(.tagged(room), conference) == [1, 3, 9])
  }

  func settingAsideConflictsWithAnyDecision(_ log: Store) async throws {
    let conference = newConference()
    _ = try await log.append(batch(conference, noted("a", room)))
    _ = try await log.append(batch(conference, EventSetAside(position: 1)))
    await #expect(throws: AppendError.conflict(position: 2)) {
      try await log.append(batch(conference, noted("lost", other), unless: .tagged(other), after: 1))
    }
    #expect(
      try await log.append(batch(conference, noted("b", other), unless: .tagged(other), after: 2))
        == Receipt(3...3))
  }

  func conferencesAreIndependent(_ log: Store) async throws {
    let (one, two) = (newConference(), newConference())
    let command = newCommand()
    #expect(try await log.append(batch(one, command: command, noted("a", room))) == Receipt(1...1))
    #expect(
      try await log.append(
        batch(two, command: command, noted("b", room), unless: .everything, after: 0))
        == Receipt(1...1))
    #expect(try await log.append(batch(one, noted("c", room))) == Receipt(2...2))
    #expect(
      try await log.append(batch(two, noted("d"), unless: .tagged(room), after: 1))
        == Receipt(2...2))
    #expect(try texts(await all(of: one, in: log).events) == ["a", "c"])
    #expect(try texts(await all(of: two, in: log).events) == ["b", "d"])
  }

  func aBatchIsAppendedWholeOrNotAtAll(_ log: Store) async throws {
    let conference = newConference()
    _ = try await log.append(batch(conference, noted("a", room)))
    let command = newCommand()
    await #expect(throws: AppendError.self) {
      try await log.append(
        batch(conference, command: command, noted("b"), Unwritable(tags: []), noted("c")))
    }
    await #expect(throws: AppendError.conflict(position: 1)) {
      try await log.append(
        batch(
          conference, command: command, noted("b"), noted("c"), unless: .tagged(room), after: 0))
    }
    await #expect(throws: AppendError.self, "A command that decides nothing appends nothing.") {
      try await log.append(
        AppendRequest(
          conference: conference, commandID: command, request: sha256(command), actor: "anna",
          events: []))
    }
    #expect(try texts(await all(of: conference, in: log).events) == ["a"])
    // What failed left no receipt: the id is still free.
    #expect(
      try await log.append(batch(conference, command: command, noted("b"), noted("c")))
        == Receipt(2...3))
  }

  func whatTheLeafHashReliesOnIsChecked(_ log: Store) async throws {
    let conference = newConference()
    _ = try await log.append(batch(conference, noted("a")))
    for (actor, reason) in [
      ("anna\n", nil), ("an\nna", nil), ("", nil), ("anna", "be\ncause"), ("anna", ""),
    ] as [(String, String?)] {
      await #expect(throws: AppendError.self, "\(actor.debugDescription), \(reason as Any)") {
        try await log.append(
          AppendRequest(
            conference: conference, commandID: newCommand(), request: sha256("x"), actor: actor,
            reason: reason, events: [noted("lost")]))
      }
    }
    #expect(try await all(of: conference, in: log).head == 1)
  }

  func theLeafHashCoversWhatIsRead(_ log: Store) async throws {
    let conference = newConference()
    for number in 1...5 {
      _ = try await log.append(
        AppendRequest(
          conference: conference, commandID: newCommand(), request: sha256("\(number)"),
          actor: "аня \(number)", reason: number.isMultiple(of: 2) ? "the \(number)th 会议" : nil,
          events: [
            Noted(text: "会议 \(number)\n\"quoted\" \\ é e\u{301}", tags: [room, session]),
            Doubted(tags: []),
          ]))
    }
    let events = try await all(of: conference, in: log).events
    #expect(events.count == 10)
    for event in events { #expect(event.leaf == event.leafHash, "event \(event.position)") }
    #expect(Set(events.map(\.leaf)).count == 10)
  }

  func aConditionAheadOfTheHeadIsAConflict(_ log: Store) async throws {
    let conference = newConference()
    await #expect(throws: AppendError.conflict(position: 0), "Of a conference that does not exist.") {
      try await log.append(batch(conference, noted("lost"), unless: .tagged(room), after: 1))
    }
    let command = newCommand()
    let first = batch(conference, command: command, noted("a"))
    _ = try await log.append(first)
    _ = try await log.append(batch(conference, noted("b")))
    for after in [3, 4, 1_000_000] {
      await #expect(throws: AppendError.conflict(position: 2)) {
        try await log.append(batch(conference, noted("lost"), unless: .tagged(room), after: after))
      }
    }
    // The receipt answers first here too.
    var again = first
    again.condition = Condition(failIfAny: .tagged(room), after: 9)
    #expect(try await log.append(again) == Receipt(1...1, replayed: true))
    #expect(try await all(of: conference, in: log).head == 2)
  }

  func aConditionBeforeTheFirstEventTakesThemAll(_ log: Store) async throws {
    let conference = newConference()
    _ = try await log.append(batch(conference, noted("a", session), noted("b", room)))
    await #expect(throws: AppendError.conflict(position: 2)) {
      try await log.append(batch(conference, noted("lost"), unless: .tagged(room), after: -1))
    }
    #expect(
      try await log.append(batch(conference, noted("c"), unless: .tagged(other), after: -1))
        == Receipt(3...3))
  }

  func oneSpellingOfACommandIDIsAsGoodAsAnother(_ log: Store) async throws {
    let conference = newConference()
    let command = newCommand()
    var request = batch(conference, command: command, noted("a"))
    request.commandID = command.uppercased()
    _ = try await log.append(request)
    request.commandID = command
    #expect(try await log.append(request) == Receipt(1...1, replayed: true))
    let read = try await log.read(conference, matching: .everything, command: command.uppercased())
    #expect(read.events.map(\.commandID) == [command])
    #expect(read.receipt?.receipt == Receipt(1...1, replayed: true))
  }

  func whatCannotBeStoredIsRefused(_ log: Store) async throws {
    let conference = newConference()
    _ = try await log.append(batch(conference, noted("a")))
    let bad: [any EventBody] =
      [
        "Room:aula", "room:aula:1", "room:", ":aula", "room:aula\nroom:b", "room:aula\troom:b", " room:aula",
        "room:aula ", "room:a,room:b", "räume:aula", "room:Aula",
      ].map { Noted(text: "x", tags: [Tag(stored: $0)]) }
      + [
        Noted(text: "x", tags: [room, room]), lower(tags: []), Two_Words(tags: []), X(tags: []),
        VersionNought(tags: []),
      ]
    for body in bad {
      await #expect(throws: AppendError.self, "\(body)") {
        try await log.append(batch(conference, noted("before"), body))
      }
    }
    for command in ["", "one", "00000000-0000-4000-8000"] {
      await #expect(throws: AppendError.self, "\(command)") {
        try await log.append(batch(conference, command: command, noted("lost")))
      }
    }
    for actor in ["\u{1B}[31manna", "an\u{0}na", "anna\u{7F}", "anna\u{85}"] {
      await #expect(throws: AppendError.self, "\(actor.debugDescription)") {
        var request = batch(conference, noted("lost"))
        request.actor = actor
        _ = try await log.append(request)
      }
    }
    #expect(try await all(of: conference, in: log).head == 1)
    // What is stored in other scripts is no control character.
    var request = batch(conference, noted("b"))
    (request.actor, request.reason) = ("安娜 🦊", "потому, что")
    #expect(try await log.append(request) == Receipt(2...2))
  }

  func eachCommandHasALaterTime(_ log: Store) async throws {
    let conference = newConference()
    for number in 1...20 {
      _ = try await log.append(batch(conference, noted("\(number)"), noted("\(number), too")))
    }
    let events = try await all(of: conference, in: log).events
    let times = events.map(\.recordedAt)
    #expect(times == times.sorted())
    #expect(Set(times).count == 20, "The events of a command have one time, and no other command has it.")
  }

  func everyAcknowledgedAppendIsStored() async throws {
    let conference = newConference()
    let stores = try await clients(5)
    let acknowledged = try await withThrowingTaskGroup(of: [String: Int].self) { group in
      for task in 0..<20 {
        let log = stores[task % stores.count]
        group.addTask {
          var positions: [String: Int] = [:]
          for number in 0..<5 {
            let (one, two) = ("\(task)-\(number)-a", "\(task)-\(number)-b")
            let receipt = try await log.append(batch(conference, noted(one), noted(two)))
            #expect(receipt.last == receipt.first + 1)
            positions[one] = receipt.first
            positions[two] = receipt.last
          }
          return positions
        }
      }
      return try await group.reduce(into: [:]) { $0.merge($1) { old, _ in old } }
    }
    let reading = try await all(of: conference, in: stores[0])
    let stored = try Dictionary(
      uniqueKeysWithValues: zip(texts(reading.events), reading.events.map(\.position)))
    #expect(acknowledged.count == 200)
    #expect(stored == acknowledged)
    #expect(reading.events.map(\.position) == Array(1...200))
    #expect(reading.head == 200)
    let times = reading.events.map(\.recordedAt)
    #expect(times == times.sorted())
  }

  func aRaceHasOneWinner() async throws {
    let conference = newConference()
    let stores = try await clients(12)
    _ = try await stores[0].append(batch(conference, noted("start", session)))
    let outcomes = await withTaskGroup(of: Result<Receipt, AppendError>.self) { group in
      for (number, log) in stores.enumerated() {
        group.addTask {
          do throws(AppendError) {
            return .success(
              try await log.append(
                batch(conference, noted("\(number)", room), unless: .tagged(room), after: 1)))
          } catch { return .failure(error) }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.count { $0 == .success(Receipt(2...2)) } == 1)
    #expect(outcomes.count { $0 == .failure(.conflict(position: 2)) } == 11)
    #expect(try await all(of: conference, in: stores[0]).head == 2)
  }

  func aCommandSentTwiceAtOnceHasOneEffect() async throws {
    let conference = newConference()
    let stores = try await clients(6)
    let command = batch(
      conference, command: newCommand(), noted("a", room), noted("b"), unless: .tagged(room),
      after: 0)
    let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
      for log in stores { group.addTask { try await log.append(command) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(receipts.count { $0 == Receipt(1...2) } == 1)
    #expect(receipts.count { $0 == Receipt(1...2, replayed: true) } == 5)
    #expect(try await all(of: conference, in: stores[0]).head == 2)
  }

  func clients(_ count: Int) async throws -> [Store] {
    var stores: [Store] = []
    for _ in 0..<count { stores.append(try await makeStore()) }
    return stores
  }

  func all(of conference: ConferenceID, in log: Store) async throws -> BoundaryRead {
    try await log.read(conference, matching: .everything, command: nil)
  }
}

extension EventStorePromises where Store: SealingStore {
  func aKeyIsKeptWithItsEventOrNotAtAll(_ log: Store) async throws {
    let conference = newConference()
    let (one, two) = (SealingKey.random(), SealingKey.random())
    #expect(try await log.key(of: person, in: conference) == nil)
    #expect(
      try await log.append(batch(conference, noted("a", person)), keeping: [person: one]) == Receipt(1...1))
    #expect(try await log.key(of: person, in: conference) == one)
    await #expect(throws: AppendError.conflict(position: 1)) {
      try await log.append(
        batch(conference, noted("lost"), unless: .tagged(person), after: 0), keeping: [stranger: two])
    }
    #expect(try await log.key(of: stranger, in: conference) == nil)
    #expect(try await log.key(of: person, in: newConference()) == nil)
    #expect(try await log.keys(of: conference) == [person: one])
  }

  func aPersonHasOneKey(_ log: Store) async throws {
    let conference = newConference()
    let (one, two) = (SealingKey.random(), SealingKey.random())
    _ = try await log.append(batch(conference, noted("a")), keeping: [person: one])
    await #expect(throws: AppendError.conflict(position: 1)) {
      try await log.append(batch(conference, noted("lost")), keeping: [person: two])
    }
    #expect(try await all(of: conference, in: log).head == 1)
    #expect(try await log.append(batch(conference, noted("b")), keeping: [person: one]) == Receipt(2...2))
    #expect(try await log.append(batch(conference, noted("c")), keeping: [stranger: two]) == Receipt(3...3))
    #expect(try await log.keys(of: conference) == [person: one, stranger: two])
  }

  func aRepeatedAppendKeepsNoOtherKey(_ log: Store) async throws {
    let conference = newConference()
    let request = batch(conference, command: newCommand(), noted("a"))
    _ = try await log.append(request)
    let receipt = try await log.append(request, keeping: [person: .random()])
    #expect(receipt == Receipt(1...1, replayed: true))
    #expect(try await log.key(of: person, in: conference) == nil)
  }
}

struct Noted: EventBody {
  static let type = "Noted"
  var text: String
  var tags: [Tag]
}

private struct Doubted: EventBody {
  static let type = "Doubted"
  var tags: [Tag]
}

private struct lower: EventBody {
  static let type = "lower"
  var tags: [Tag]
}

private struct Two_Words: EventBody {
  static let type = "Two_Words"
  var tags: [Tag]
}

/// A type's name has two letters at least.
private struct X: EventBody {
  static let type = "X"
  var tags: [Tag]
}

private struct VersionNought: EventBody {
  static let type = "VersionNought"
  static var version: Int { 0 }
  var tags: [Tag]
}

private struct Unwritable: EventBody {
  static let type = "Unwritable"
  struct Failure: Error {}
  var tags: [Tag]
  func encode(to _: any Encoder) throws { throw Failure() }
}

let room = Tag("room", try! RoomID("hall"))
let other = Tag("room", try! RoomID("other"))
private let session = Tag("session", try! SessionID("opening"))

private let person = Tag("person", try! PersonID("li-wei"))
private let stranger = Tag("person", try! PersonID("nobody"))

func noted(_ text: String, _ tags: Tag...) -> Noted { Noted(text: text, tags: tags) }

func newConference() -> ConferenceID {
  try! ConferenceID("promise-\(UUID().uuidString.lowercased())")
}

func newCommand() -> String { UUID().uuidString.lowercased() }

func batch(
  _ conference: ConferenceID, command: String = newCommand(), _ events: any EventBody...,
  unless query: Query? = nil, after: Int = 0
) -> AppendRequest {
  batch(conference, command: command, events, unless: query, after: after)
}

func batch(
  _ conference: ConferenceID, command: String = newCommand(), _ events: [any EventBody],
  unless query: Query? = nil, after: Int = 0
) -> AppendRequest {
  AppendRequest(
    conference: conference, commandID: command, request: sha256(command), actor: "anna",
    events: events, condition: query.map { Condition(failIfAny: $0, after: after) })
}

func texts(_ events: [RecordedEvent]) throws -> [String] {
  try events.map { try $0.decoded(as: Noted.self).text }
}

extension AppendRequest {
  func asking(for request: String) -> AppendRequest {
    var other = self
    other.request = sha256(request)
    return other
  }
}

extension Receipt {
  init(_ positions: ClosedRange<Int>, replayed: Bool = false) {
    self.init(first: positions.lowerBound, last: positions.upperBound, replayed: replayed)
  }
}
