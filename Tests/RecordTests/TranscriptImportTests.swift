import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Record
@testable import Scheduling

private let rules = ZoneRules(zone: "Asia/Shanghai", offset: 480)

private func turn(_ text: String, _ voice: Int? = 0, at seconds: Int64? = nil, isNote: Bool = false)
  -> TranscriptImport.Turn
{
  TranscriptImport.Turn(
    LocalizedText([.english: text]), by: isNote ? nil : voice, spoken: .english,
    form: isNote ? .minute : .verbatim, isNote: isNote,
    moment: seconds.map { .offset(milliseconds: $0 * 1000) })
}

private func command(
  _ turns: [TranscriptImport.Turn], session: SessionID = "opening", speakers: [String: PersonID] = [:],
  language: Language? = nil, choices: ProgramImport.Choices = .init(), retractsMissing: Bool = false,
  stem: String = "e-a"
) -> TranscriptImport.Command {
  TranscriptImport.Command(
    session: session, source: "transcript", format: "WebVTT", sha256: "9f86", language: language,
    speakers: speakers,
    voices: [
      .init(name: "FENG Shaolei", id: "opening-feng-shaolei"), .init(name: "Travis", id: "opening-travis"),
    ],
    turns: turns, unknown: "A speaker", rules: rules, choices: choices, retractsMissing: retractsMissing,
    stem: stem)
}

private let byShaolei = by("feng", "Feng, Shaolei", printed: "Shaolei Feng")
private let byTravis = try! Attribution(.unidentified, asPrinted: "Travis", voice: "opening-travis")
private let three = [
  turn("Trade grows.", at: 65), turn("Why is that so?", 1), turn("Applause", isNote: true),
]

private func recorded(
  _ id: RecordID, _ text: LocalizedText, by attribution: Attribution = byShaolei, order: String? = nil,
  said: Timestamp? = nil
) -> RecordEvent {
  entry(
    .statement, id, order: order,
    details(text, by: attribution) {
      $0.form = attribution == .nobody ? .minute : .verbatim
      $0.spoken = attribution == .nobody ? nil : .english
      $0.said = said
    })
}

private func imported(
  _ entries: [RecordID], said: [RecordID]? = nil, language: Language? = nil,
  speakers: [String: PersonID] = [:]
) -> RecordEvent {
  .transcriptImported(
    TranscriptImported(
      source: "transcript", session: "opening", format: "WebVTT", language: language, speakers: speakers,
      entries: entries, said: said ?? entries))
}

private let first: [RecordEvent] = [
  recorded("e-a-1", "Trade grows.", said: Timestamp("2016-03-25T01:01:05Z")),
  recorded("e-a-2", "Why is that so?", by: byTravis), recorded("e-a-3", "Applause", by: .nobody),
  imported(["e-a-1", "e-a-2", "e-a-3"]),
]
private let given = held.reduce(TranscriptImport.given()) { $0.and($1) }
private let again = first.reduce(given) { $0.and($1.body) }

struct `Importing a transcript` {
  @Test func `records what was said, by whom and when`() {
    given.when(command(three)).then(all: first)
  }

  @Test func `records nothing the second time`() { again.when(command(three, stem: "e-b")).thenNothing() }

  @Test func `corrects the words that the file corrects`() {
    let changed = StatementCorrected(
      "e-a-2", in: "opening", EntryDetails.Changes { $0.text = "Why is it so?" })
    again.when(command([three[0], turn("Why is it so?", 1), three[2]], stem: "e-b")).then(all: [
      .statementCorrected(changed),
      imported(["e-a-1", "e-a-2", "e-a-3"], said: ["e-a-1", "e-a-2", "e-a-3"]),
    ])
  }

  @Test func `puts what is new between the others`() {
    let new = turn("Nobody expected this at all.", 1)
    again.when(command([three[0], new, three[1], three[2]], stem: "e-b")).then(all: [
      recorded("e-b-1", "Nobody expected this at all.", by: byTravis, order: "6.i"),
      imported(["e-a-1", "e-b-1", "e-a-2", "e-a-3"]),
    ])
    again.when(command(three + [new], stem: "e-b")).then(all: [
      recorded("e-b-1", "Nobody expected this at all.", by: byTravis),
      imported(["e-a-1", "e-a-2", "e-a-3", "e-b-1"]),
    ])
  }

  @Test func `leaves what is gone, unless the file is complete`() {
    again.when(command([three[0], three[2]], stem: "e-b")).thenNothing()
    again.when(command([three[0], three[2]], retractsMissing: true, stem: "e-b")).then(all: [
      .statementRetracted(StatementRetracted(entry: "e-a-2", session: "opening")),
      imported(["e-a-1", "e-a-3"]),
    ])
  }

  @Test func `keeps what somebody changed here, and asks where both did`() {
    let here = again.and(
      StatementCorrected("e-a-2", in: "opening", EntryDetails.Changes { $0.text = "Why so?" }))
    here.when(command(three, stem: "e-b")).thenNothing()
    let theirs = [three[0], turn("Why is it so?", 1), three[2]]
    let clash = TranscriptImport.Clash(
      entry: "e-a-2", field: .text, theirs: "Why is it so?", ours: "Why so?")
    here.when(command(theirs, stem: "e-b")).thenRefused(.clashes([clash]))
    here.when(command(theirs, choices: .init(all: .ours), stem: "e-b")).thenNothing()
    here.when(command(theirs, choices: .init(single: ["record:e-a-2.text": .theirs]), stem: "e-b")).then(
      all: [
        .statementCorrected(
          StatementCorrected("e-a-2", in: "opening", EntryDetails.Changes { $0.text = "Why is it so?" })),
        imported(["e-a-1", "e-a-2", "e-a-3"]),
      ])
  }

  @Test func `refuses a choice for what is no clash, and says what can be chosen`() {
    let here = again.and(
      StatementCorrected("e-a-2", in: "opening", EntryDetails.Changes { $0.text = "Why so?" }))
    let theirs = [three[0], turn("Why is it so?", 1), three[2]]
    let clash = TranscriptImport.Clash(
      entry: "e-a-2", field: .text, theirs: "Why is it so?", ours: "Why so?")
    func choosing(_ names: String...) -> TranscriptImport.Command {
      let single = Dictionary(uniqueKeysWithValues: names.map { ($0, ProgramImport.Choices.Side.theirs) })
      return command(theirs, choices: .init(single: single), stem: "e-b")
    }
    for mistyped in [
      "record:e-a-9.text", "e-a-2.text", "record:e-a-2.form", "record:e-a-1", "session:opening",
    ] {
      here.when(choosing(mistyped, "record:e-a-2.text")).thenRefused(.idleChoices([mistyped], [clash]))
    }
    // After it was chosen, the same command again says nothing.
    again.when(command(three, choices: .init(single: ["record:e-a-2.text": .theirs]), stem: "e-b"))
      .thenNothing()
    again.when(command(three, choices: .init(single: ["record:e-a-7": .ours]), stem: "e-b")).thenRefused(
      .idleChoices(["record:e-a-7"], []))
    // What was changed here is retracted if that is chosen.
    here.when(
      command(
        [three[0], three[2]], choices: .init(single: ["record:e-a-2.retraction": .theirs]),
        retractsMissing: true,
        stem: "e-b")
    ).then(all: [
      .statementRetracted(StatementRetracted(entry: "e-a-2", session: "opening")),
      imported(["e-a-1", "e-a-3"]),
    ])
  }

  @Test func `takes somebody who was identified here for the speaker`() {
    let here = again.and(
      StatementCorrected(
        "e-a-2", in: "opening",
        EntryDetails.Changes {
          $0.attribution = try! Attribution(
            .named, persons: ["sergey"], basis: .inferred, asPrinted: "Karaganov", voice: "opening-travis")
        }))
    here.when(command(three, speakers: ["Travis": "sergey"], stem: "e-b")).thenNothing()
    here.when(command(three, stem: "e-b")).thenNothing()
  }

  @Test func `does not change what is published`() {
    let published = again.and(issued(at: 9))
    published.when(command([three[0], turn("Why is it so?", 1), three[2]], stem: "e-b")).thenNothing()
  }

  @Test func `brings back nothing that was retracted here`() {
    again.and(StatementRetracted(entry: "e-a-2", session: "opening")).when(command(three, stem: "e-b"))
      .thenNothing()
  }

  @Test func `names whom the organizer says a voice is`() {
    given.when(command([turn("Why?", 1), turn("So.", nil)], speakers: ["Travis": "sergey", "": "feng"])).then(
      all: [
        recorded("e-a-1", "Why?", by: bySergey), recorded("e-a-2", "So."),
        imported(["e-a-1", "e-a-2"], speakers: ["": "feng", "opening-travis": "sergey"]),
      ])
    given.when(command(three, speakers: ["Bob": "sergey"]))
      .thenRefused(.unknownVoice("Bob", known: ["FENG Shaolei", "Travis"]))
    given.when(command(three, speakers: ["Travis": "bob"])).thenRefused(.statement(.unknownPerson("bob")))
  }

  @Test func `knows the next time who the voices are, and in which language they speak`() {
    let turns = [turn("Warum?", 1), turn("Darum.", nil)]
    let first = command(turns, speakers: ["Travis": "sergey", "": "feng"], language: "de")
    let known = given.when(first).decided()!.reduce(given) { $0.and($1.body) }
    known.when(command(turns, stem: "e-b")).thenNothing()
    known.when(command(turns, speakers: ["Travis": "feng"], stem: "e-b")).then(all: [
      .statementCorrected(
        StatementCorrected("e-a-1", in: "opening", EntryDetails.Changes { $0.attribution = byShaolei })),
      imported(
        ["e-a-1", "e-a-2"], language: "de", speakers: ["": "feng", "opening-travis": "feng"]),
    ])
  }

  @Test func `refuses a session that does not exist, and another transcript`() {
    given.when(command(three, session: "closing")).thenRefused(.statement(.unknownSession("closing")))
    again.when(command([turn("Entirely different words, xyz.")], stem: "e-b"))
      .thenRefused(.anotherTranscript("transcript", "opening"))
  }

  @Test func `is undone as a whole, and can be imported anew`() {
    let undone: [RecordEvent] =
      ["e-a-1", "e-a-2", "e-a-3"].map {
        .statementRetracted(StatementRetracted(entry: $0, session: "opening"))
      } + [
        .transcriptImportUndone(
          TranscriptImportUndone(source: "transcript", session: "opening", imported: 9))
      ]
    guard case .transcriptImported(let body) = first[3] else { return }
    let record = (held + first.map(\.body)).reduce(EntryUndo.given()) { $0.and($1) }
    record.when(
      EntryUndo.Command(
        commandID: "0b4d", positions: 6...9, entries: ["e-a-1", "e-a-2", "e-a-3"],
        imported: [.init(position: 9, body)])
    ).then(all: undone)
    let after = undone.reduce(again) { $0.and($1.body) }
    after.when(command([three[2]], stem: "e-b")).then(all: [
      recorded("e-b-1", "Applause", by: .nobody), imported(["e-b-1"]),
    ])
  }
}

struct `Aligning two texts` {
  @Test func `finds equal and similar texts in order`() {
    #expect(Alignment.places(of: ["a b c", "d e f"], in: ["a b c", "d e f"]) == [0, 1])
    #expect(
      Alignment.places(
        of: ["one two three", "new words here", "five six"], in: ["one two three", "five six"])
        == [0, nil, 1])
    #expect(Alignment.places(of: ["Yes.", "No.", "Yes."], in: ["Yes.", "Yes."]) == [0, nil, 1])
    #expect(
      Alignment.places(
        of: ["We meet on Monday morning.", "End."], in: ["We meet on Tuesday morning.", "End."])
        == [0, 1])
    #expect(Alignment.places(of: [], in: ["a"]) == [])
    #expect(Alignment.places(of: ["b"], in: []) == [nil])
  }

  @Test func `of thousands of equal texts takes no square of time`() {
    let many = Array(repeating: "Yes.", count: 20_000)
    #expect(Alignment.places(of: many, in: many) == many.indices.map { $0 })
    let others = (0..<5000).map { "text \($0 % 7)" }
    #expect(Alignment.places(of: others, in: many).allSatisfy { $0 == nil })
  }
}

struct `Recognizing a voice` {
  private static func names() -> VoiceNames {
    let feng = try! PersonName([
      NameForm("Feng, Shaolei", in: .english, order: nil), NameForm("冯,绍雷", in: "zh", order: nil),
    ])
    let given = TranscriptImport.given(
      SpeakerRegistered(person: "feng", name: feng),
      SpeakerRegistered(person: "garcia", name: "García López, María"),
      SpeakerRegistered(person: "hill", name: "Hill, Travis"),
      SpeakerRegistered(person: "hill-2", name: "Hill, Ada"),
      SpeakerRegistered(person: "sergey", name: "Karaganov, Sergey"))
    let people = try! given.state().statements.people
    return VoiceNames(people, participants: ["garcia", "hill"])
  }

  @Test(
    arguments: [
      ("Shaolei FENG", "feng"), ("冯绍雷", "feng"), ("冯绍雷 (Feng Shaolei)", "feng"), ("Dr. Feng Shaolei", "feng"),
      ("Maria Garcia Lopez", "garcia"), ("Maria Garcia", "garcia"), ("Ms. GARCÍA (Chair)", "garcia"),
      ("Travis Hill", "hill"),
    ] as [(String, PersonID)])
  func `is by the whole name, or by a part that only a participant has`(_ voice: String, _ person: PersonID) {
    #expect(Self.names().speaker(voice) == .known(person))
  }

  @Test func `proposes others, and guesses nobody`() {
    let names = Self.names()
    #expect(names.speaker("Hill") == .perhaps(["hill", "hill-2"]))
    #expect(names.speaker("Sergey") == .perhaps(["sergey"]))
    #expect(names.speaker("Sergey Lavrov") == .perhaps(["sergey"]))
    #expect(names.speaker("The PRESIDENT (Mr Karaganov)") == .perhaps(["sergey"]))
    for voice in ["The Chair", "Speaker 1", "M.", "", "?", "主席"] {
      #expect(names.speaker(voice) == .unknown, "\(voice)")
    }
  }
}
