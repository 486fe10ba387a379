import EventLog
package import Foundation
package import ReadModels
import Record
package import Scheduling
package import Vocabulary

/// The record at a position.
package struct ProceedingsPublication: Sendable {
  let edition: Edition
  private let model: ProceedingsModel

  /// - Parameters:
  ///   - program: names the sessions and the people; at the same position.
  ///   - settings: what is wanted, of whom, in which languages; by default all of it.
  package init(
    _ model: ProceedingsModel, program: ProgramModel, _ checkpoint: Checkpoint,
    conference: ConferenceID, _ settings: PrintSettings = PrintSettings()
  ) {
    self.model = model
    edition = Edition(conference, program, checkpoint, settings)
  }

  package func record() -> ProceedingsDocument {
    let record = NumberedRecord(model, edition)
    return ProceedingsDocument(
      frame: edition.frame(ProceedingsDocument.template),
      body: ProceedingsDocument.Body(
        issue: issue, editorialNote: nil, citation: nil,
        sessions: record.recorded.map(record.printed), speakers: record.speakers,
        index: record.index))
  }

  package func html() -> String { ProceedingsPage(record()).html }

  package func json() throws -> Data { try JSONText.data(record(), pretty: true) }

  /// The last issue, unless something was recorded since: then this is a draft of the next one.
  private var issue: ProceedingsDocument.Issue? {
    guard let last = model.lastIssue,
      !model.entries.rows.contains(where: { $0.position > last.position })
    else { return nil }
    return ProceedingsDocument.Issue(
      number: last.particulars.issue,
      date: edition.languages.localized { Dates.day(last.issuedAt.date, in: $0) },
      note: edition.text(last.particulars.note), provisional: last.particulars.provisional)
  }
}

/// What the record has, session by session, with the numbers under which it is printed.
private struct NumberedRecord {
  struct Session {
    let row: SessionRow
    let ordinal: Int
    let entries: [EntryRow]
  }

  let edition: Edition
  /// Those that took place or left a record, in the order of the program; breaks and meals are none.
  let sessions: [Session]
  /// The numbers of the paragraphs.
  private let numbers: [RecordID: String]

  init(_ model: ProceedingsModel, _ edition: Edition) {
    self.edition = edition
    let entries = model.entriesBySession
    sessions = edition.sessions
      .filter {
        !($0.particulars.kind.isService || $0.cancelled) || entries[$0.id] != nil
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

  /// Those of which there is a record; before there is any, all of them.
  var recorded: [Session] {
    let recorded = sessions.filter { !$0.entries.isEmpty }
    return recorded.isEmpty ? sessions : recorded
  }

  func printed(_ session: Session) -> ProceedingsDocument.Session {
    let (row, entries) = (session.row, session.entries)
    return ProceedingsDocument.Session(
      slug: row.id, ordinal: session.ordinal, ordinalPrinted: number(of: session),
      title: edition.text(row.particulars.title),
      when: edition.languages.localized { Dates.span(row.slot.start, row.slot.end, in: $0) },
      room: edition.room(row.slot.room), languages: edition.names(of: row.particulars.languages),
      officers: edition.groups(row), rule: nil,
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
    Labels.sessionNumber.localized(edition.languages, with: String(session.ordinal))
  }

  /// What was taken back keeps its number and says nothing more.
  private func attribution(_ entry: EntryRow) -> LocalizedText? {
    entry.retracted ? nil : edition.text(entry.attribution.asPrinted)
  }

  private func wording(_ entry: EntryRow) -> LocalizedText {
    entry.retracted ? edition.label(Labels.fixed["retracted"]!) : edition.text(entry.wording)
  }

  private func paragraph(_ entry: EntryRow) -> ProceedingsDocument.Paragraph {
    let number = numbers[entry.id] ?? String(entry.number)
    return ProceedingsDocument.Paragraph(
      number: number, anchor: "p-" + number.replacing(".", with: "-"),
      attribution: attribution(entry), text: entry.retracted ? nil : edition.text(entry.wording),
      form: (entry.form ?? .summary).rawValue, kind: Statements.Kind.statement.rawValue,
      note: entry.corrections > 0 && !entry.retracted ? edition.label(Labels.corrected) : nil,
      retracted: entry.retracted)
  }

  private func position(_ entry: EntryRow) -> ProceedingsDocument.Position {
    ProceedingsDocument.Position(
      topic: edition.text(entry.topic), holder: attribution(entry), stance: wording(entry),
      paragraph: entry.basedOn.flatMap { numbers[$0] })
  }

  private func conclusion(_ entry: EntryRow, in session: Session) -> ProceedingsDocument.Conclusion {
    ProceedingsDocument.Conclusion(
      number: "\(session.ordinal).C\(entry.number)", text: wording(entry),
      attribution: attribution(entry),
      rationale: entry.retracted ? nil : edition.text(entry.rationale),
      paragraph: entry.basedOn.flatMap { numbers[$0] })
  }

  private func recommendation(_ entry: EntryRow, in session: Session)
    -> ProceedingsDocument.Recommendation
  {
    ProceedingsDocument.Recommendation(
      number: "\(session.ordinal).R\(entry.number)", text: wording(entry),
      attribution: attribution(entry),
      addressees: entry.retracted ? [] : entry.addressees.map { edition.text($0) },
      paragraph: entry.basedOn.flatMap { numbers[$0] })
  }

  // MARK: People

  /// Everybody with a part in one of the sessions, or to whom something is ascribed by name.
  var speakers: [ProceedingsDocument.Speaker] {
    var roles: [PersonID: [LocalizedText]] = [:]
    for session in sessions {
      var parts: [PersonID: [SessionRole]] = [:]
      for part in session.row.parts { parts[part.person, default: []].append(part.role) }
      for (person, held) in parts {
        let ordinal = number(of: session)
        let names = Set(held).sorted().map { edition.label(Labels.role($0, several: false)) }
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
    return edition.people.filter { roles[$0.person] != nil }.map { row in
      let person = edition.person(row)
      return ProceedingsDocument.Speaker(
        person: row.person, names: person.names, affiliations: person.affiliations,
        sessionRoles: roles[row.person] ?? [])
    }
  }

  /// Who spoke and who is mentioned in which paragraph.
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
    return edition.people.filter { spoken[$0.person] != nil || mentioned[$0.person] != nil }.map {
      ProceedingsDocument.Entry(
        sort: $0.name.sortKey, names: $0.name.forms(edition.languages, filed: true),
        spoken: spoken[$0.person] ?? [], mentioned: mentioned[$0.person] ?? [])
    }
  }
}
