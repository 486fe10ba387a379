import EventLog
package import Foundation
import JSON
package import ReadModels
import Record
package import Scheduling
package import Vocabulary

/// The record at a position.
package struct ProceedingsPublication: Sendable {
  let context: PublicationContext
  private let model: ProceedingsModel

  /// - Parameters:
  ///   - program: has the names of sessions and people, at the same position.
  ///   - settings: the selection and the languages; by default everything.
  package init(
    _ model: ProceedingsModel, program: ProgramModel, _ checkpoint: Checkpoint,
    conference: ConferenceID, _ settings: PrintSettings = PrintSettings()
  ) {
    self.model = model
    context = PublicationContext(conference, program, checkpoint, settings)
  }

  package func record() -> ProceedingsDocument {
    let record = NumberedRecord(model, context)
    return ProceedingsDocument(
      header: context.header(ProceedingsDocument.template),
      body: ProceedingsDocument.Body(
        issue: issue, editorialNote: nil, citation: nil,
        sessions: record.recorded.map(record.printed), speakers: record.speakers,
        index: record.index))
  }

  package func html() -> String { ProceedingsPage(record()).html }

  package func json() throws -> Data { try JSONText.data(record(), pretty: true) }

  /// The last issue; nil if something was recorded since, because this is then a draft of the next one.
  private var issue: ProceedingsDocument.Issue? {
    guard let last = model.lastIssue,
      !model.entries.rows.contains(where: { $0.position > last.position })
    else { return nil }
    return ProceedingsDocument.Issue(
      number: last.details.issue,
      date: context.languages.localized { Dates.day(last.issuedAt.date, in: $0) },
      note: context.text(last.details.note), provisional: last.details.provisional)
  }
}

/// The record, session by session, with its printed numbers.
private struct NumberedRecord {
  struct Session {
    let row: SessionRow
    let ordinal: Int
    let entries: [EntryRow]
  }

  let context: PublicationContext
  /// The sessions that took place or have a record, in program order, each once, at its first slot;
  /// without breaks and meals.
  let sessions: [Session]
  /// Paragraph numbers by entry.
  private let numbers: [RecordID: String]

  init(_ model: ProceedingsModel, _ context: PublicationContext) {
    self.context = context
    let entries = model.entriesBySession
    sessions = context.program.sessionsByFirstSlot
      .filter {
        !($0.details.kind.isService || $0.cancelled) || entries[$0.id] != nil
      }
      .enumerated()
      .map { Session(row: $1, ordinal: $0 + 1, entries: entries[$1.id] ?? []) }
    var numbers: [RecordID: String] = [:]
    for session in sessions {
      for entry in session.entries where entry.kind == .statement {
        numbers[entry.id] = "\(session.ordinal).\(entry.number)"
      }
    }
    self.numbers = numbers
  }

  // MARK: Sessions

  /// The sessions with a record; all sessions if there is no record yet.
  var recorded: [Session] {
    let recorded = sessions.filter { !$0.entries.isEmpty }
    return recorded.isEmpty ? sessions : recorded
  }

  func printed(_ session: Session) -> ProceedingsDocument.Session {
    let (row, entries) = (session.row, session.entries)
    return ProceedingsDocument.Session(
      slug: row.id, ordinal: session.ordinal, ordinalPrinted: number(of: session),
      title: context.text(row.details.title),
      slots: row.scheduledSlots.map(context.line), languages: context.names(of: row.details.languages),
      officers: context.groups(row), rule: nil,
      paragraphs: entries.filter { $0.kind == .statement }.map(paragraph),
      positions: entries.filter { $0.kind == .position && !$0.retracted }.map(position),
      conclusions: entries.filter { $0.kind == .conclusion }.map {
        conclusion($0, in: session)
      },
      recommendations: entries.filter { $0.kind == .recommendation }.map {
        recommendation($0, in: session)
      })
  }

  private func number(of session: Session) -> LocalizedText {
    Labels.sessionNumber.localized(context.languages, with: String(session.ordinal))
  }

  /// A retracted statement keeps its number but has no text.
  private func attribution(_ entry: EntryRow) -> LocalizedText? {
    entry.retracted ? nil : context.text(entry.attribution.asPrinted)
  }

  private func wording(_ entry: EntryRow) -> LocalizedText {
    entry.retracted ? context.label(Labels.fixed["retracted"]!) : context.text(entry.wording)
  }

  private func paragraph(_ entry: EntryRow) -> ProceedingsDocument.Paragraph {
    let number = numbers[entry.id] ?? String(entry.number)
    return ProceedingsDocument.Paragraph(
      number: number, anchor: "p-" + number.replacing(".", with: "-"),
      attribution: attribution(entry), text: entry.retracted ? nil : context.text(entry.wording),
      form: (entry.form ?? .summary).rawValue, kind: Statements.Kind.statement.rawValue,
      note: entry.corrections > 0 && !entry.retracted ? context.label(Labels.corrected) : nil,
      retracted: entry.retracted)
  }

  private func position(_ entry: EntryRow) -> ProceedingsDocument.Position {
    ProceedingsDocument.Position(
      topic: context.text(entry.topic), holder: attribution(entry), stance: wording(entry),
      paragraph: entry.basedOn.flatMap { numbers[$0] })
  }

  private func conclusion(_ entry: EntryRow, in session: Session) -> ProceedingsDocument.Conclusion {
    ProceedingsDocument.Conclusion(
      number: "\(session.ordinal).C\(entry.number)", text: wording(entry),
      attribution: attribution(entry),
      rationale: entry.retracted ? nil : context.text(entry.rationale),
      paragraph: entry.basedOn.flatMap { numbers[$0] })
  }

  private func recommendation(_ entry: EntryRow, in session: Session)
    -> ProceedingsDocument.Recommendation
  {
    ProceedingsDocument.Recommendation(
      number: "\(session.ordinal).R\(entry.number)", text: wording(entry),
      attribution: attribution(entry),
      addressees: entry.retracted ? [] : entry.addressees.map { context.text($0) },
      paragraph: entry.basedOn.flatMap { numbers[$0] })
  }

  // MARK: People

  /// Everybody with a role in one of the sessions or with an attribution by name.
  var speakers: [ProceedingsDocument.Speaker] {
    var roles: [PersonID: [LocalizedText]] = [:]
    for session in sessions {
      var parts: [PersonID: [SessionRole]] = [:]
      for part in session.row.assignments { parts[part.person, default: []].append(part.role) }
      for (person, held) in parts {
        let ordinal = number(of: session)
        let names = Set(held).sorted().map { context.label(Labels.role($0, several: false)) }
        roles[person, default: []].append(
          LocalizedText(
            Dictionary(
              uniqueKeysWithValues: ordinal.languages.map { language in
                let words = names.map { $0.best([language]).text }.joined(separator: ", ")
                let between = Labels.between.localized([language]).best([language]).text
                return (language, ordinal[language]! + between + words)
              })))
      }
      for entry in session.entries where !entry.retracted {
        for person in entry.attribution.persons { roles[person, default: []] += [] }
      }
    }
    return context.people.filter { roles[$0.person] != nil }.map { row in
      let person = context.person(row)
      return ProceedingsDocument.Speaker(
        person: row.person, names: person.names, affiliations: person.affiliations,
        sessionRoles: roles[row.person] ?? [])
    }
  }

  /// The paragraphs in which each person speaks or is mentioned.
  var index: [ProceedingsDocument.Entry] {
    var spoken: [PersonID: [String]] = [:]
    var mentioned: [PersonID: [String]] = [:]
    for session in sessions {
      for entry in session.entries where entry.kind == .statement && !entry.retracted {
        guard let number = numbers[entry.id] else { continue }
        for person in entry.attribution.persons { spoken[person, default: []].append(number) }
        for person in entry.mentions { mentioned[person, default: []].append(number) }
      }
    }
    return context.people.filter { spoken[$0.person] != nil || mentioned[$0.person] != nil }.map {
      ProceedingsDocument.Entry(
        sort: $0.name.sortKey, names: $0.name.forms(context.languages, filed: true),
        spoken: spoken[$0.person] ?? [], mentioned: mentioned[$0.person] ?? [])
    }
  }
}
