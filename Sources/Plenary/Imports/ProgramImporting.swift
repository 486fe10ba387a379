import EventLog
package import Interchange
import People
package import Scheduling
import Vocabulary

/// How a file is imported.
package struct ImportOptions: Sendable {
  /// Nil: by the file's format.
  package var source: ImportSource?
  package var choices: ProgramImport.Choices
  /// Cancels the sessions of the source that the file does not have.
  package var cancelsMissing: Bool
  /// Whether another program writes the files, again and again, so that they may have only a part of what they will have. The choices
  /// are for all versions then.
  package var mayBeCutOff: Bool

  package init(
    source: ImportSource?, choices: ProgramImport.Choices, cancelsMissing: Bool, mayBeCutOff: Bool = false
  ) {
    self.source = source
    self.choices = choices
    self.cancelsMissing = cancelsMissing
    self.mayBeCutOff = mayBeCutOff
  }
}

/// What an import did, or would do.
package struct ImportResult: Sendable {
  package let outcome: Outcome<ProgramOrPeopleEvent>
  package let report: ImportReport
}

extension ConferenceToChange {
  /// Imports a file's program or its attendees, as one command.
  ///
  /// - Parameters:
  ///   - progress: is told what is being done.
  ///   - refused: is told the remarks of a file that is refused.
  /// - Throws: `Failure` for a file that cannot be read: nothing of it is taken; the decision's refusal.
  package func importFile(
    _ files: ImportFiles, _ options: ImportOptions, _ context: CommandContext,
    progress: @escaping (String) -> Void = { _ in }, refused: ([Remark]) -> Void = { _ in }
  ) async throws -> ImportResult {
    progress("Reading …")
    let (format, facts): (any ForeignReader.Type, ForeignConference)
    do {
      (format, facts) = try Interchange.read(files.source, mappings: files.mappings)
    } catch let error as Unreadable {
      throw Failure(.refused, error.description, code: .file)
    }
    if options.mayBeCutOff, options.cancelsMissing, !format.hasEnd {
      throw Failure(
        .refused,
        "A file in \(format.name) that another program writes may lack rows that are not written yet, and a complete import would cancel "
          + "them. Watch it as incomplete, or import it as complete once it is whole.")
    }
    try checkOwn(facts, options)
    let source = facts.isOwn ? .ownTable : options.source ?? ImportSource(of: format.name)
    let file = ReadFile(
      format: format.name, source: source, sha256: files.sha256, facts: facts, options: options,
      progress: progress)
    if facts.attendees.isEmpty, facts.sessions.isEmpty, facts.people.isEmpty {
      throw Failure(
        .refused,
        "There is no session, speaker or attendee in the file (\(format.name)); nothing was imported.")
    }
    var remarks = facts.remarks
    do {
      return try await take(file, context, &remarks)
    } catch {
      refused(remarks)
      throw error
    }
  }

  /// - Throws: `Failure` for what means nothing for a table that Plenary wrote.
  private func checkOwn(_ facts: ForeignConference, _ options: ImportOptions) throws {
    guard facts.isOwn else { return }
    if options.cancelsMissing {
      throw Failure(
        .refused,
        "Plenary wrote this table, and it may show only a part: whoever is missing in it stays. Import it without taking out what "
          + "is missing, and cancel sessions and withdraw people one by one.")
    }
    if options.source != nil {
      throw Failure(
        .refused, "Plenary wrote this table, and names things by its own short names: it has no other source."
      )
    }
  }

  private func take(_ file: ReadFile, _ context: CommandContext, _ remarks: inout [Remark]) async throws
    -> ImportResult
  {
    let facts = file.facts
    if facts.attendees.isEmpty { return try await program(file, context, &remarks) }
    guard facts.sessions.isEmpty else {
      throw Failure(
        .refused,
        "The files have sessions and attendees. Import the attendees by themselves, as a second command.")
    }
    return try await attendees(file, context, &remarks)
  }

  /// What was read, and how it is imported.
  private struct ReadFile {
    let format: String
    let source: ImportSource
    let sha256: String
    let facts: ForeignConference
    let options: ImportOptions
    let progress: (String) -> Void

    func tellRecording(_ events: [any EventBody]) {
      progress("Recording \(counted(events.count, "event")) …")
    }
  }

  private func attendees(_ file: ReadFile, _ context: CommandContext, _ remarks: inout [Remark]) async throws
    -> ImportResult
  {
    var listing: Remark?
    let naming = try await categoriesThatName(file.facts)
    var readers = KeptReader<AttendeeReader>()
    let (outcome, decided) = try await context.tellingCommandID {
      try await CommandHandler(store: workspace.log).handle(
        AttendeeImport.self, in: id, context,
        sealingFor: { events in
          file.tellRecording(events)
          return events.compactMap { ($0 as? AttendeeRegistered)?.attendee.tag }
        }
      ) { conference, keys in
        let reader = try readers.reader(for: conference) {
          let reader = try AttendeeReader(file.facts, into: conference, naming: naming)
          for attendee in reader.wanted where !context.textsInClear.isEmpty {
            try attendee.details.checkNotNamed(in: context.textsInClear, note: workspace.note)
          }
          return reader
        }
        remarks = reader.remarks
        listing = reader.listingRemark
        file.progress("Comparing \(counted(reader.wanted.count, "attendee")) with the conference …")
        try checkComplete(file, leftOut: reader.leftOut, taken: reader.wanted.count)
        var command = AttendeeImport.Command(
          source: file.source, format: file.format, sha256: file.sha256, wanted: reader.wanted,
          choices: file.options.choices, withdrawsMissing: file.options.cancelsMissing, keys: keys)
        command.isOwn = file.facts.isOwn
        command.choicesStand = file.options.mayBeCutOff
        command.languages = try conference.languages
        return command
      }
    }
    if outcome.events.contains(where: { if case .people(.attendeeRegistered) = $0 { true } else { false } }) {
      remarks += [listing].compactMap(\.self)
    }
    return ImportResult(
      outcome: outcome,
      report: try ImportReport(
        format: file.format, source: file.source, remarks: remarks, events: outcome.events, decided: decided))
  }

  /// The categories of a file that name somebody who is registered.
  private func categoriesThatName(_ facts: ForeignConference) async throws -> Set<String> {
    let categories = Set(facts.attendees.compactMap(\.category)).sorted()
    do {
      try await checkNamesNobody(categories.map { TextInClear(.category, $0) })
      return []
    } catch is Refused {
      var naming: Set<String> = []
      for category in categories {
        do { try await checkNamesNobody([TextInClear(.category, category)]) } catch is Refused {
          naming.insert(category)
        }
      }
      return naming
    }
  }

  /// - Throws: `Failure` where what is missing may only be what was not understood.
  private func checkComplete(_ file: ReadFile, leftOut: Int, taken: Int) throws {
    guard file.options.cancelsMissing else { return }
    if taken == 0 || leftOut > 0 {
      throw Failure(
        .refused,
        (taken == 0
          ? "The file has nothing that could be complete" : "\(leftOut) of the file could not be taken")
          + ", so nobody knows what is missing in it; import it as incomplete.")
    }
  }

  private func program(_ file: ReadFile, _ context: CommandContext, _ remarks: inout [Remark]) async throws
    -> ImportResult
  {
    let (source, facts, options) = (file.source, file.facts, file.options)
    var readers = KeptReader<ImportReader>()
    let (outcome, decided) = try await context.tellingCommandID {
      try await CommandHandler(store: workspace.log).handle(
        ProgramImport.self, in: id, context,
        sealingFor: { events in
          file.tellRecording(events)
          return events.compactMap { ($0 as? ContactStated)?.person.tag }
        }
      ) { conference, keys in
        let reader = try readers.reader(for: conference) {
          let reader = try ImportReader(facts, into: conference, isTable: file.format.isTable)
          for email in reader.wanted.people.compactMap(\.email) {
            for text in context.textsInClear { try email.checkNotGiven(in: text, of: nil) }
          }
          return reader
        }
        remarks = reader.remarks
        file.progress("Comparing \(counted(reader.wanted.sessions.count, "session")) with the conference …")
        try checkComplete(file, leftOut: reader.leftOut, taken: reader.wanted.sessions.count)
        var command = ProgramImport.Command(
          source: source, format: file.format, sha256: file.sha256, wanted: reader.wanted,
          choices: options.choices, cancelsMissing: options.cancelsMissing,
          clearsMissing: !file.format.isTable, keys: keys)
        command.choicesStand = options.mayBeCutOff
        return command
      }
    }
    let checked = outcome.warningOfCharacters(workspace)
    return ImportResult(
      outcome: checked,
      report: ImportReport(
        format: file.format, source: source, remarks: remarks, events: outcome.events, decided: decided))
  }
}

/// What was made of a file. A command is made several times, and mostly from the same facts of the conference.
private struct KeptReader<Reader> {
  private var kept: (facts: ConferenceFacts, reader: Reader)?

  mutating func reader(for facts: ConferenceFacts, _ make: () throws -> Reader) rethrows -> Reader {
    if let kept, kept.facts == facts { return kept.reader }
    let reader = try make()
    kept = (facts, reader)
    return reader
  }
}

extension CommandContext {
  fileprivate var textsInClear: [TextInClear] { reason.map { [TextInClear(.reason, $0)] } ?? [] }
}

extension ImportSource {
  /// The source of a file for which nobody names one: formats of one family share their keys.
  fileprivate init(of format: String) {
    let words = format.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let first = words.first.map(String.init) ?? "file"
    self = (try? ImportSource(first.isTable ? "table" : String(first.prefix(32)))) ?? Self.unnamed
  }

  private static let unnamed = named("file")
  /// Of all tables that Plenary wrote. What other programs call things by is never compared with them.
  fileprivate static let ownTable = named("plenary-table")

  private static func named(_ text: String) -> ImportSource {
    do { return try ImportSource(text) } catch { preconditionFailure("“\(text)” is a short name: \(error)") }
  }
}

extension String {
  /// Whether a format is a table, whose columns an organizer chooses.
  fileprivate var isTable: Bool { ["csv", "tsv", "xlsx"].contains { lowercased().hasPrefix($0) } }
}
