import EventLog
import JSON
import Testing
import Vocabulary

import struct EventLog.Tag  // and not Testing.Tag

extension EventStorePromises where Store: ExpungingStore {
  func wordsComeBack(_ log: Store) async throws {
    let conference = newConference()
    let said = [
      Said(text: "“Ñandú”\n\t\\u0041 \"会议\" 👩‍🏫 \u{7F} é e\u{301} }", why: "{\"words\":\"none\"}"),
      Said(text: ""),
      Said(text: nil, why: "because"), Said(text: nil),
    ]
    _ = try await log.append(batch(conference, noted("a"), said[0], said[1], noted("b"), said[2], said[3]))
    let events = try await all(of: conference, in: log).events
    #expect(try [1, 2, 4, 5].map { try events[$0].decoded(as: Said.self) } == said)
    #expect(events.map { $0.words != nil } == [false, true, true, false, true, false])
    #expect(events.map { $0.salt?.count } == [nil, 16, 16, nil, 16, nil])
    #expect(events.allSatisfy { !$0.wordsDestroyed })
    #expect(try texts([events[0], events[3]]) == ["a", "b"])
    for event in events {
      #expect(event.commitment == event.words.map { Words(salt: event.salt ?? [], json: $0).commitment })
      #expect(event.leaf == event.leafHash)
    }
    // Those of another conference are at the same positions.
    _ = try await log.append(batch(newConference(), said[1], said[0], said[2]))
    #expect(
      try await log.read(conference, matching: .tagged(room), command: nil).events
        == events.filter { $0.type == Said.type })
  }

  func wordsAreNotInTheStoredBody(_ log: Store) async throws {
    let conference = newConference()
    let (said, unsaid) = (Said(text: "unheard of", why: "so be it"), Said(text: nil))
    _ = try await log.append(batch(conference, said, noted("unheard of"), unsaid, said))
    let events = try await all(of: conference, in: log).events
    for event in [events[0], events[3]] {
      #expect(!event.body.contains("unheard") && !event.body.contains("so be it"))
      #expect(!event.body.contains(#""text""#) && !event.body.contains(#""why""#))
      let commitment = try #require(event.commitment)
      #expect(
        event.body == #"{"entry":"e-1","tags":["room:hall"],"zone":"Asia/Shanghai","words":"\#(commitment)"}"#
      )
      #expect(event.words == #"{"text":"unheard of","why":"so be it"}"#)
    }
    // The same words have another salt, so that they cannot be recognised.
    #expect(events[0].commitment != events[3].commitment)
    // What has no words is stored as it is.
    #expect(try events[1].body == JSONText.encode(noted("unheard of")))
    #expect(try events[2].body == JSONText.encode(unsaid))
  }

  func destroyedWordsAreGone(_ log: Store) async throws {
    let conference = newConference()
    _ = try await log.append(batch(conference, Said(text: "slander", why: "spite"), noted("a")))
    let before = try await all(of: conference, in: log).events
    #expect(try await log.expunge(batch(conference, expunged(1)), words: [1]) == Receipt(3...3))
    let events = try await all(of: conference, in: log).events
    #expect(events[0].words == nil && events[0].salt == nil && events[0].wordsDestroyed)
    #expect(try events[0].decoded(as: Said.self) == Said(text: nil))
    // The event is the same in all that its hash covers.
    var stripped = before[0]
    (stripped.words, stripped.salt) = (nil, nil)
    #expect(events[0] == stripped)
    #expect(events[1] == before[1])
    #expect(try events[2].decoded(as: StatementExpunged.self) == expunged(1))
    #expect(events[2].words == nil && !events[2].wordsDestroyed)
    #expect(try await log.read(conference, matching: .tagged(room), command: nil).events[0] == stripped)
  }

  func proofsHold(_ log: Store) async throws {
    let conference = newConference()
    for number in 1...11 {
      _ = try await log.append(batch(conference, Said(text: "\(number)"), noted("\(number)")))
    }
    let before = try await all(of: conference, in: log).events.map(\.leaf)
    _ = try await log.expunge(batch(conference, expunged(1, 13, 21)), words: [13, 21, 1])
    let events = try await all(of: conference, in: log).events
    #expect(events.map(\.leaf) == before + [events[22].leafHash])
    #expect(events.map(\.leafHash) == events.map(\.leaf))
    let (then, now) = (tree(before), tree(events.map(\.leaf)))
    for event in events {
      let index = event.position - 1
      #expect(
        InclusionProof(of: index, in: events.map(\.leaf)).verifies(
          event.leafHash, at: index, of: 23, root: now.root))
      if index < 22 {
        #expect(
          InclusionProof(of: index, in: before).verifies(event.leafHash, at: index, of: 22, root: then.root))
      }
    }
  }

  func otherWordsStay(_ log: Store) async throws {
    let (conference, elsewhere) = (newConference(), newConference())
    for place in [conference, elsewhere] {
      _ = try await log.append(batch(place, Said(text: "one"), Said(text: "two"), Said(text: "three")))
    }
    // The expunging command may bring words of its own.
    _ = try await log.expunge(batch(conference, expunged(2), Said(text: "instead")), words: [2])
    let events = try await all(of: conference, in: log).events
    #expect(
      try [0, 1, 2, 4].map { try events[$0].decoded(as: Said.self).text } == ["one", nil, "three", "instead"])
    #expect(try await all(of: elsewhere, in: log).events.allSatisfy { $0.words != nil })
  }

  func aRepeatedExpunctionHasNoSecondEffect(_ log: Store) async throws {
    let conference = newConference()
    _ = try await log.append(batch(conference, Said(text: "one"), Said(text: "two")))
    let command = newCommand()
    let request = batch(conference, command: command, expunged(1), unless: .tagged(other), after: 2)
    #expect(try await log.expunge(request, words: [1]) == Receipt(3...3))
    #expect(try await log.expunge(request, words: [1]) == Receipt(3...3, replayed: true))
    await #expect(throws: AppendError.commandIDReused) {
      try await log.expunge(request.asking(for: "something else"), words: [1])
    }
    let reading = try await all(of: conference, in: log)
    #expect(reading.events.map { $0.words != nil } == [false, true, false])
    #expect(reading.head == 3)
  }

  func aRefusedExpunctionDestroysNothing(_ log: Store) async throws {
    let conference = newConference()
    _ = try await log.append(
      batch(conference, Said(text: "one"), noted("a"), Said(text: nil), Said(text: "two")))
    let command = newCommand()
    await #expect(throws: AppendError.conflict(position: 2)) {
      try await log.expunge(
        batch(conference, command: command, expunged(1), unless: .everything, after: 1), words: [1])
    }
    // Without words: another type, none in this event, a later event, the request's own.
    for position in [2, 3, 5, 6, 7] {
      await #expect(throws: AppendError.self, "\(position)") {
        try await log.expunge(
          batch(conference, command: command, expunged(1, position), Said(text: "new")), words: [1, position])
      }
    }
    var reading = try await all(of: conference, in: log)
    #expect(reading.events.map { $0.words != nil } == [true, false, false, true])
    // The id is still free.
    #expect(
      try await log.expunge(batch(conference, command: command, expunged(1)), words: [1]) == Receipt(5...5))
    await #expect(throws: AppendError.self, "What is destroyed cannot be destroyed again.") {
      try await log.expunge(batch(conference, expunged(1, 4)), words: [1, 4])
    }
    reading = try await all(of: conference, in: log)
    #expect(reading.events.map { $0.words != nil } == [false, false, false, true, false])
  }

  func wordsAreDestroyedByAnEventThatNamesThem(_ log: Store) async throws {
    let conference = newConference()
    _ = try await log.append(batch(conference, Said(text: "one"), Said(text: "two")))
    let wrong: [([any EventBody], [Int])] = [
      ([noted("expunged")], [1]), ([expunged()], [1]), ([expunged(2)], [1]), ([expunged(1, 2)], [1]),
      ([expunged(1)], [1, 2]), ([expunged(1)], []), ([expunged()], []), ([expunged(1, 1)], [1]),
      ([expunged(1)], [1, 1]), ([expunged(1), expunged(1)], [1]), ([expunged(0)], [0]),
      ([expunged(-1)], [-1]),
      ([Pretended(positions: [1], tags: [])], [1]),
    ]
    for (events, positions) in wrong {
      await #expect(throws: AppendError.self, "\(events), \(positions)") {
        try await log.expunge(batch(conference, events), words: positions)
      }
    }
    #expect(try await all(of: conference, in: log).events.map { $0.words != nil } == [true, true])
    _ = try await log.expunge(batch(conference, expunged(2), noted("a"), expunged(1)), words: [1, 2])
    #expect(
      try await all(of: conference, in: log).events.map { $0.wordsDestroyed }.prefix(2) == [true, true])
  }

  /// Words can be guessed, and the hash of the request compared with the guess.
  func aReceiptForgetsWhatWasDestroyed(_ log: Store) async throws {
    let conference = newConference()
    let (one, two) = (newCommand(), newCommand())
    let first = batch(conference, command: one, Said(text: "one"), Said(text: "two"))
    _ = try await log.append(first)
    let second = batch(conference, command: two, Said(text: "three"))
    _ = try await log.append(second)
    _ = try await log.expunge(batch(conference, expunged(2)), words: [2])
    let known = try await log.read(conference, matching: .everything, command: one).receipt
    #expect(known?.request == [])
    #expect(known?.receipt == Receipt(1...2, replayed: true))
    // The command is still answered, and so is every other one under its id.
    #expect(try await log.append(first) == Receipt(1...2, replayed: true))
    #expect(try await log.append(first.asking(for: "something else")) == Receipt(1...2, replayed: true))
    #expect(
      try await log.read(conference, matching: .everything, command: two).receipt?.request == sha256(two))
    await #expect(throws: AppendError.commandIDReused) {
      try await log.append(second.asking(for: "something else"))
    }
    await #expect(throws: AppendError.self, "An empty request would answer to every other one.") {
      var empty = batch(conference, noted("lost"))
      empty.request = []
      _ = try await log.append(empty)
    }
    #expect(try await all(of: conference, in: log).head == 4)
  }

  func anExpungingEventBringsItsDestruction(_ log: Store) async throws {
    let conference = newConference()
    let expunging = ExpungingLog(log)
    #expect(
      try await expunging.append(batch(conference, Said(text: "one"), Said(text: "two"))) == Receipt(1...2))
    #expect(try await expunging.append(batch(conference, expunged(2), expunged(1))) == Receipt(3...4))
    let reading = try await expunging.read(conference, matching: .everything, command: nil)
    #expect(reading.events.map(\.wordsDestroyed) == [true, true, false, false])
  }

  func twoExpunctionsAtOnceHaveOneWinner() async throws {
    let conference = newConference()
    let stores = try await clients(6)
    _ = try await stores[0].append(batch(conference, Said(text: "one")))
    let outcomes = await withTaskGroup(of: Result<Receipt, AppendError>.self) { group in
      for log in stores {
        group.addTask {
          do throws(AppendError) {
            return .success(try await log.expunge(batch(conference, expunged(1)), words: [1]))
          } catch { return .failure(error) }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.count { $0 == .success(Receipt(2...2)) } == 1)
    #expect(try await all(of: conference, in: stores[0]).head == 2)
  }

  private func tree(_ leaves: [[UInt8]]) -> MerkleTree {
    leaves.reduce(into: MerkleTree()) { $0.append($1) }
  }
}

/// Something that somebody said.
private struct Said: EventBody {
  static let type = "Said"
  static let words = ["text", "why"]
  var entry = "e-1"
  var text: String?
  var why: String?
  var tags = [room]
  var zone = "Asia/Shanghai"
}

private struct StatementExpunged: ExpungingBody {
  static let type = "StatementExpunged"
  var positions: [Int]
  var tags: [Tag]
}

/// An event of another type, with the same field.
private struct Pretended: EventBody {
  static let type = "Pretended"
  var positions: [Int]
  var tags: [Tag]
}

private func expunged(_ positions: Int...) -> StatementExpunged {
  StatementExpunged(positions: positions, tags: [room])
}
