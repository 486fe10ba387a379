import EventLog
import Foundation
import People
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Record
@testable import Scheduling

/// What a program that knows only the format reads.
private struct ReadRecord: Decodable {
  struct Entry: Decodable {
    struct Attribution: Decodable {
      struct Person: Decodable {
        let person: String
        let frozen: Bool
      }
      let mode: String
      let persons: [Person]
      let of: [String: String]?
      let groupBasis: String?
      let quantifier: String?
      let basis: String
      let asPrinted: [String: String]?
      let voice: String?
    }
    struct Text: Decodable {
      let language, role, marked, plain: String
      let stale: Bool
    }
    let id, kind, session, status: String
    let number, provisionalNumber: String?
    let acts: [String]
    let addressees: [[String: String]]
    let spoken: String?
    let texts: [Text]
    let attribution: Attribution?
  }
  struct Correction: Decodable {
    struct Words: Decodable {
      let text: [[String: String]]?
      let attribution: Entry.Attribution?
    }
    let id, kind, status: String
    let old, new: Words?
    let verifiedAgainst: String?
  }
  struct Person: Decodable {
    let id: String
  }
  let entries: [Entry]
  let corrections: [Correction]
  let persons: [Person]

  init(_ story: Story) throws {
    self = try JSONDecoder().decode(Self.self, from: story.proceedingsPublication().export())
  }
}

extension [String: String] {
  fileprivate init(_ text: LocalizedText) {
    self.init(uniqueKeysWithValues: text.entries.map { ($0.language.tag, $0.text) })
  }
}

/// Everything that the format has: kinds, statuses, languages, corrections, marks, an authority file.
private func everything() throws -> Story {
  var story = Passage.debate
  story.add(
    .organisationAdded(
      OrganisationAdded(organisation: "port", name: localized("Port Authority", "港务局")) {
        $0.abbreviation = localized("PA")
      }),
    .organisationAdded(
      OrganisationAdded(organisation: "harbour-board", name: localized("Harbour Board")) {
        $0.abbreviation = localized("HB")
        $0.expansion = localized("Harbour Board of the North")
        $0.expandedBy = .source
        $0.parent = "port"
        $0.relations = [OrganisationRelation(.brandOf, "port")]
        $0.note = localized("Renamed later.")
        $0.source = localized("Its own page")
        $0.status = .disputed
      }),
    .subjectAdded(SubjectAdded(subject: "ice", name: localized("Ice")) { $0.abbreviation = localized("I") }))
  let credit = Credit(
    "sergey-karaganov",
    name: try PersonName([NameForm("Karaganov, Sergey", in: .english, order: nil)]),
    affiliations: [
      Affiliation(
        position: localized("Dean"), honorary: true, units: [localized("School")],
        organisation: localized("University"))
    ])
  story.enter(
    "e-credit", localized("was introduced.", "经介绍"),
    by: try Attribution(
      .onBehalfOf, persons: ["sergey-karaganov"], of: localized("the Council"),
      asPrinted: localized("Sergey Karaganov, for the Council"), credits: [credit])
  ) {
    $0.form = .verbatim
    $0.spoken = .chinese
    $0.mentions = ["feng-shaolei"]
  }
  story.enter(
    "e-voice", localized("Louder!"),
    by: try Attribution(.unidentified, asPrinted: localized("A voice"), voice: "red-tie")
  ) {
    $0.form = .quotation
  }
  story.enter(
    "e-chair", localized("closed it, with [[person:zhang-deguang|Mr Zhang]]."),
    by: try Attribution(.roleOnly, of: localized("the Chair"), asPrinted: localized("The Chair")))
  story.enter(
    "e-hidden", localized("disagreed."),
    by: try Attribution(
      .withheld, asPrinted: localized("A guest"), identity: Sealed(base64: "c2VjcmV0LWlkZW50aXR5")))
  story.enter("e-gone", localized("Words to retract"))
  story.enter("e-burnt", localized("Words to expunge"))
  story.enter("e-p", as: .position, localized("Against"), by: Passage.all[10].attribution) {
    $0.topic = localized("The canal")
    $0.basedOn = "e-p8b"
  }
  story.enter("e-c", as: .conclusion, localized("Schools are needed.")) {
    $0.rationale = localized("There are few.")
  }
  story.enter("e-r", as: .recommendation, in: "closing", localized("Build one.")) {
    $0.addressees = [localized("the ministries")]
  }
  story.add(
    .sitting(
      .sessionConvened(
        SessionConvened(
          session: "session-1", step: 1,
          details: SittingDetails {
            $0.at = .time(march("25T09:35"))
            $0.presiding = Presiding(persons: ["feng-shaolei"], asPrinted: localized("Feng Shaolei"))
            $0.present = 40
            $0.quorum = 20
            $0.place = localized("The Old Hall")
          }))),
    .sitting(
      .segmentOpened(
        SegmentOpened(session: "session-1", segment: 1, details: SegmentDetails(title: localized("Floor"))))),
    .sitting(.sessionHeadingSet(SessionHeadingSet(session: "session-1", heading: localized("The Harbour")))),
    .frontMatterRevised(
      FrontMatterRevised {
        $0.brand = localized("Harbour Days")
        $0.seriesNumber = 3
        $0.summaryFrom = ["e-p2"]
        $0.identifiers = [.absent]
      }))
  story.enter("e-draft-gone", localized("A draft without a trace"))
  story.add(.statementRetracted(StatementRetracted(entry: "e-draft-gone", session: "session-1")))
  story.issue(note: localized("First."))
  func correction(_ id: CorrectionID, _ entry: RecordID, _ changes: EntryDetails.Changes) -> RecordEvent {
    .correctionRequested(
      CorrectionRequested(
        id, of: entry, in: "session-1", kind: .substantive, requester: localized("The speaker"), changes))
  }
  story.add(
    correction("k-1", "e-p4", EntryDetails.Changes { $0.text = localized("asked for a joint tariff.") }),
    .correctionAccepted(
      CorrectionAccepted(
        correction: "k-1", entry: "e-p4", session: "session-1", verifiedAgainst: .recording,
        reason: localized("Misheard"))),
    correction("k-2", "e-credit", EntryDetails.Changes { $0.text = LocalizedText([.chinese: "经正式介绍"]) }),
    .correctionAccepted(
      CorrectionAccepted(
        correction: "k-2", entry: "e-credit", session: "session-1", verifiedAgainst: .speaker, reason: nil)),
    correction("k-3", "e-p5", EntryDetails.Changes { $0.cleared = [.spoken] }),
    .correctionRefused(
      CorrectionRefused(
        correction: "k-3", entry: "e-p5", session: "session-1", reason: localized("The notes say so."))),
    correction(
      "k-4", "e-p8c",
      EntryDetails.Changes {
        $0.attribution = try! Attribution(.unidentified, asPrinted: localized("Somebody"))
        $0.acts = []
      }),
    correction(
      "k-5", "e-p3",
      EntryDetails.Changes {
        $0.attribution = try! Attribution(
          .withheld, asPrinted: localized("A speaker"), identity: Sealed(base64: "c2VjcmV0LWlkZW50aXR5"))
      }),
    .correctionAccepted(
      CorrectionAccepted(
        correction: "k-5", entry: "e-p3", session: "session-1", verifiedAgainst: .notes, reason: nil)),
    .correctionRequested(
      CorrectionRequested(
        "k-6", of: "e-gone", in: "session-1", kind: .substantive, retracts: true, EntryDetails.Changes())),
    .correctionAccepted(
      CorrectionAccepted(
        correction: "k-6", entry: "e-gone", session: "session-1", verifiedAgainst: .document, reason: nil)),
    .statementExpunged(
      StatementExpunged(
        entry: "e-burnt", session: "session-1", authority: localized("The Board"),
        reason: localized("An order"), positions: [])))
  return story
}

@Suite(.timeLimit(.minutes(5))) struct `The record as data` {
  @Test func `tells of every passage who said it, how, and to whom`() throws {
    let record = try ReadRecord(Passage.debate)
    #expect(record.entries.count == 15)
    for (passage, entry) in zip(Passage.all, record.entries) {
      let read = try #require(entry.attribution, "\(passage.name)")
      let known = passage.attribution
      #expect(entry.id == passage.id.slug)
      #expect(entry.texts.map(\.marked) == [passage.text])
      #expect(read.mode == known.mode.rawValue, "\(passage.name)")
      #expect(read.persons.map(\.person) == known.persons.map(\.slug), "\(passage.name)")
      #expect(read.of == known.of.map { [String: String]($0) }, "\(passage.name)")
      #expect(read.groupBasis == known.groupBasis?.rawValue, "\(passage.name)")
      #expect(read.quantifier == known.quantifier?.rawValue, "\(passage.name)")
      #expect(read.basis == known.basis.rawValue, "\(passage.name)")
      #expect(read.asPrinted == known.asPrinted.map { [String: String]($0) }, "\(passage.name)")
      #expect(entry.acts == passage.acts, "\(passage.name)")
      #expect(entry.addressees == passage.addressees.map { [String: String]($0) }, "\(passage.name)")
      #expect(entry.spoken == passage.spoken?.tag, "\(passage.name)")
    }
  }

  @Test func `has numbers that are fixed, or say that they are provisional`() throws {
    let draft = try ReadRecord(Passage.debate)
    #expect(draft.entries.prefix(2).map(\.provisionalNumber) == ["1.1", "1.2"])
    #expect(draft.entries.allSatisfy { $0.number == nil && $0.status == "draft" })
    var story = try everything()
    story.enter("e-late", localized("came later."))
    let issued = try ReadRecord(story)
    let first = try #require(issued.entries.first)
    #expect(first.number == "1.1" && first.provisionalNumber == nil && first.status == "published")
    let late = try #require(issued.entries.first { $0.id == "e-late" })
    #expect(late.number == nil && late.provisionalNumber == "1.22" && late.status == "draft")
  }

  @Test func `has each text with and without marks, and says which is the original`() throws {
    let entries = try ReadRecord(everything()).entries
    let board = try #require(entries.first { $0.id == "e-p6b" }?.texts.first)
    #expect(board.marked.contains("[[org:harbour-board]]"))
    #expect(board.plain == "Cranes were idle for half of the year; Harbour Board had ordered none.")
    let credit = try #require(entries.first { $0.id == "e-credit" })
    #expect(credit.texts.map(\.language) == ["zh", "en"])
    #expect(credit.texts.map(\.role) == ["original", "translation"])
    #expect(credit.texts.map(\.stale) == [false, true])
    #expect(credit.attribution?.persons.map(\.frozen) == [true])
    #expect(entries.first { $0.id == "e-p5" }?.texts.map(\.role) == ["unstated"])
  }

  @Test func `has corrections with old and new words`() throws {
    let corrections = try ReadRecord(everything()).corrections
    #expect(corrections.map(\.id) == ["k-1", "k-2", "k-3", "k-4", "k-5", "k-6"])
    #expect(
      corrections.map(\.status) == ["accepted", "accepted", "refused", "requested", "accepted", "accepted"])
    #expect(corrections[0].old?.text?.first?["plain"] == "asked for a common tariff.")
    #expect(corrections[0].new?.text?.first?["plain"] == "asked for a joint tariff.")
    #expect(corrections[0].verifiedAgainst == "recording")
    // Nobody has verified the words of the others.
    #expect(corrections[2...3].allSatisfy { $0.old == nil && $0.new == nil })
  }

  @Test func `has the people whom nothing but a correction names`() throws {
    var story = Story.shanghai
    story.speaker("ada", [(.english, "Lovelace, Ada")])
    story.enter(
      "e-1", localized("said so."),
      by: try Attribution(.named, persons: ["ada"], asPrinted: localized("Ada Lovelace")))
    story.issue()
    story.correct("k-1", "e-1") { $0.attribution = .nobody }
    #expect(try ReadRecord(story).persons.map(\.id).contains("ada"))
  }

  /// Who presided, who is mentioned and who is marked under a short name that leads to another one.
  @Test func `has everybody under the short name that stays after a merge`() throws {
    var story = try everything()
    story.enter("e-marked", localized("thanked [[by:feng-shaolei]].")) { $0.mentions = ["feng-shaolei"] }
    story.speaker("feng", [(.english, "Feng, Shaolei")])
    story.add(.personsMerged(PersonsMerged("feng-shaolei", into: "feng")))
    let text = try String(decoding: story.proceedingsPublication().export(), as: UTF8.self)
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    let known = Set((document["persons"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String })
    #expect(known.contains("feng") && !known.contains("feng-shaolei"))
    var named: Set<String> = []
    func collect(_ value: Any, _ key: String) {
      switch value {
      case let members as [String: Any]: for (key, value) in members { collect(value, key) }
      case let items as [Any]: for item in items { collect(item, key) }
      case let text as String where ["person", "persons", "mentions"].contains(key): named.insert(text)
      default: break
      }
    }
    collect(document, "")
    #expect(named.isSuperset(of: ["feng"]))
    #expect(named.subtracting(known) == [])
  }

  @Test func `never names who is withheld, nor has words that are gone`() throws {
    let story = try everything()
    let text = String(decoding: try story.proceedingsPublication().export(), as: UTF8.self)
    for secret in [
      "c2VjcmV0LWlkZW50aXR5", "identity", "Words to retract", "Words to expunge", "A draft without a trace",
    ] {
      #expect(!text.contains(secret), "\(secret)")
    }
    let record = try ReadRecord(story)
    let withheld = try #require(record.entries.first { $0.id == "e-p3" })
    #expect(withheld.attribution?.mode == "withheld" && withheld.attribution?.persons.isEmpty == true)
    // The correction that withheld the name does not tell it.
    #expect(record.corrections[4].old?.attribution == nil)
    for (id, status) in [("e-gone", "retracted"), ("e-burnt", "expunged")] {
      let entry = try #require(record.entries.first { $0.id == id })
      #expect(entry.status == status && entry.texts.isEmpty && entry.attribution == nil)
      #expect(entry.number != nil)
    }
    #expect(record.corrections[5].old == nil && record.corrections[5].new == nil)
  }

  @Test(.enabled(if: Tools.python != nil, "Plenary's Python is not installed: run Scripts/setup --for test"))
  func `is what its JSON Schema says`() throws {
    let schema = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appending(path: "Sources/Publishing/Publishing.docc/Resources/plenary-record-1.schema.json")
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1], encoding="utf-8"))
      jsonschema.Draft202012Validator.check_schema(schema)
      record = json.load(sys.stdin)
      errors = sorted(jsonschema.Draft202012Validator(schema).iter_errors(record), key=lambda e: list(map(str, e.path)))
      for error in errors:
        print("/".join(map(str, error.path)), error.message[:300])
      sys.exit(1 if errors else 0)
      """
    func check(_ data: Data) throws -> (Bool, String) {
      try Tools.run(
        try #require(Tools.python), ["-c", script, schema.path(percentEncoded: false)], input: data)
    }
    for story in [Story(), Story.shanghai, Passage.debate, try everything()] {
      let (isValid, output) = try check(story.proceedingsPublication().export())
      #expect(isValid, "\(output)")
    }
    // The schema notices a key that it does not know, and a mode with the wrong persons.
    let text = String(decoding: try Passage.debate.proceedingsPublication().export(), as: UTF8.self)
    for (old, new) in [
      ("\"revision\"", "\"revisions\""), ("\"mode\": \"joint\"", "\"mode\": \"collective\""),
      ("\"status\": \"draft\"", "\"status\": \"expunged\""),
    ] {
      #expect(text.contains(old))
      #expect(try !check(Data(text.replacing(old, with: new, maxReplacements: 1).utf8)).0, "\(new)")
    }
  }

  @Test func `is the same whatever languages are printed`() throws {
    let story = try everything()
    #expect(
      try story.proceedingsPublication(["ru"]).export() == story.proceedingsPublication(["en"]).export())
  }
}
