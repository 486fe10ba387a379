import EventLog
import Specification
import Vocabulary

@testable import People
@testable import Record
@testable import Scheduling

// A conference with two sessions and two speakers.

let opened = ConferenceOpened(
  title: "Greater Eurasia", firstDay: "2016-03-25", lastDay: "2016-03-27", zone: "Asia/Shanghai")
let opening = SessionScheduled(
  session: "opening", title: "Opening", kind: .plenary,
  slot: try! Slot(
    room: "hall", start: "2016-03-25T09:00+08:00[Asia/Shanghai]",
    end: "2016-03-25T10:30+08:00[Asia/Shanghai]"))
let panel = SessionScheduled(
  session: "panel", title: "Panel", kind: .panel,
  slot: try! Slot(
    room: "hall", start: "2016-03-25T11:00+08:00[Asia/Shanghai]",
    end: "2016-03-25T12:30+08:00[Asia/Shanghai]"))
let feng = SpeakerRegistered(person: "feng", name: "Feng, Shaolei")
let sergey = SpeakerRegistered(person: "sergey", name: "Karaganov, Sergey")

// What was said.

/// Somebody who is registered with a name only, as their words are credited.
func by(_ person: PersonID, _ name: PersonName, printed: LocalizedText) -> Attribution {
  try! Attribution(
    .named, persons: [person], asPrinted: printed, credits: [Credit(person, name: name, affiliations: [])])
}

let byFeng = by("feng", "Feng, Shaolei", printed: "Feng Shaolei")
let bySergey = by("sergey", "Karaganov, Sergey", printed: "Sergey Karaganov")
let byChair = try! Attribution(.roleOnly, of: "Chair", asPrinted: "The Chair")

/// Two sessions and two speakers: positions 1 to 5.
let held: [any EventBody] = [opened, opening, panel, feng, sergey]

func details(
  _ text: LocalizedText = "noted that trade grows", by attribution: Attribution = byFeng,
  _ build: (inout EntryDetails) -> Void = { _ in }
) -> EntryDetails { EntryDetails(text, attribution, build) }

/// An entry as it is recorded.
func entry(
  _ kind: EntryKind, _ id: RecordID, in session: SessionID = "opening", order: String? = nil,
  _ details: EntryDetails
) -> RecordEvent {
  kind.recorded(id, session, try! order.map { try OrderKey($0) }, details)
}

func said(
  _ id: RecordID, _ text: LocalizedText = "noted that trade grows", by attribution: Attribution = byFeng,
  in session: SessionID = "opening", order: String? = nil, _ build: (inout EntryDetails) -> Void = { _ in }
) -> any EventBody {
  entry(
    .statement, id, in: session, order: order,
    details(text, by: attribution) {
      $0.form = .summary
      build(&$0)
    }
  ).body
}

/// An issue that contains everything up to a position.
func issued(at position: Int, _ number: Int = 1) -> ProceedingsIssued {
  ProceedingsIssued(issue: number, provisional: false) { $0.at = position }
}

extension Attribution.Draft {
  init(_ known: Attribution) {
    self.init(
      known.mode, persons: known.persons, of: known.of, groupBasis: known.groupBasis,
      quantifier: known.quantifier, basis: known.basis, asPrinted: known.asPrinted, voice: known.voice)
  }
}

extension Statements.Draft {
  /// What leads to this entry.
  init(_ event: RecordEvent) {
    let (kind, details) = (event.recorded!.kind, event.recorded!.details)
    self.init(
      kind,
      EntryDetails.Changes {
        for field in EntryDetails.Field.allCases where field != .attribution && kind.fields.contains(field) {
          $0.restore(field, of: details)
        }
        $0.cleared = nil
      }, by: Attribution.Draft(details.attribution))
  }
}

extension Statements.Command {
  /// The command that leads to this event.
  static func record(_ event: RecordEvent, _ place: Statements.Place? = nil) -> Self {
    .record(event.recorded!.entry, place ?? .end(event.recorded!.session), Statements.Draft(event))
  }
}

enum SpeakerRevisedName {
  static let feng = SpeakerRevised(person: "feng") { $0.name = "Feng, Shao-lei" }
}

/// The change back, with the history that the entry had.
func restored<D: Decider>(
  _ given: Given<D>, before position: Int, _ id: RecordID = "e-1",
  _ build: (inout EntryDetails.Changes) -> Void
) -> RecordEvent {
  var record = RecordState()
  for event in given.events where event.position < position { try! record.evolve(event) }
  return .statementCorrected(
    StatementCorrected(
      id, in: "opening", EntryDetails.Changes(build), history: record.entries[id]!.history))
}
