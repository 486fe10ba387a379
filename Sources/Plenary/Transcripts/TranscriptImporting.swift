import EventLog
import Interchange
import Publishing
package import Record
package import Scheduling
package import Vocabulary

/// How a transcript is imported.
package struct TranscriptOptions: Sendable {
  /// In words: a short name, a title, or a unique part of it.
  package var session: String
  package var source: TranscriptSource
  package var language: Language?
  /// Who the voices are, in words, by their names; `""` for those without one.
  package var speakers: [String: String]
  package var choices: ProgramImport.Choices
  /// Retracts the statements that the file no longer has.
  package var retractsMissing: Bool

  package init(
    session: String, source: TranscriptSource?, language: Language?, speakers: [String: String],
    choices: ProgramImport.Choices, retractsMissing: Bool
  ) {
    self.session = session
    self.source = source ?? Self.usualSource
    self.language = language
    self.speakers = speakers
    self.choices = choices
    self.retractsMissing = retractsMissing
  }

  private static let usualSource: TranscriptSource = {
    do { return try TranscriptSource("transcript") } catch {
      preconditionFailure("It is a short name: \(error)")
    }
  }()
}

/// What an import of a transcript did, or would do.
package struct TranscriptResult: Sendable {
  package let outcome: Outcome<RecordEvent>
  package let report: TranscriptReport
}

extension ImportFiles {
  /// The format of a file that can only be a transcript; nil for any other.
  package func transcriptFormat() throws -> String? {
    guard source.files.count == 1 else { return nil }
    guard let format = try Interchange.transcriptFormat(of: source.files[0]), format != SpokenText.self else {
      return nil
    }
    // A list of sessions is JSON too.
    return (try? Interchange.recognize(source)) == nil || format != SpeechJSON.self ? format.name : nil
  }

  /// Whether these are a text that no reader of programs knows.
  package func isPlainText() throws -> Bool {
    guard source.files.count == 1, source.files[0].count > 0 else { return false }
    return try Interchange.transcriptFormat(of: source.files[0]) == SpokenText.self
      && (try? Interchange.recognize(source)) == nil
  }

  fileprivate var isSpokenText: Bool {
    source.files.count == 1 && (try? Interchange.transcriptFormat(of: source.files[0])) == SpokenText.self
  }

  /// - Parameter isKnown: whether somebody is called so.
  /// - Throws: `Failure` for a file that cannot be read: nothing of it is taken.
  fileprivate func transcript(of session: SessionID, isKnown: (String) -> Bool) throws -> (
    format: String, transcript: ForeignTranscript
  ) {
    guard source.files.count == 1 else {
      throw Failure(
        .wrongUsage,
        "A transcript is one file; import several one after the other, each with a source of its own.")
    }
    do {
      let format = try Interchange.transcriptFormat(of: source.files[0])
      if format == nil || format == SpokenText.self, let program = try? Interchange.recognize(source).format,
        program != CSV.self
      {
        throw Failure(.refused, "The file is \(program.name), not a transcript; import it without a session.")
      }
      let (reader, read) = try Interchange.readTranscript(source.files[0], isKnown: isKnown)
      var transcript = read
      let sessions = transcript.turns.compactMap(\.session)
      if !sessions.isEmpty {
        transcript.turns.removeAll { $0.session != session.slug }
        guard !transcript.turns.isEmpty else {
          let known = Set(sessions).sorted().map { "“\(excerpt($0))”" }.joined(separator: ", ")
          throw Failure(.refused, "The file has no statements of “\(session)”. Its sessions are: \(known).")
        }
      }
      guard !transcript.turns.isEmpty else {
        throw Failure(.refused, "Nothing is said in the file (\(reader.name)); nothing was imported.")
      }
      return (reader.name, transcript)
    } catch let error as Unreadable {
      throw Failure(.refused, error.description, code: .file)
    }
  }
}

extension ConferenceToChange {
  /// Imports what was said in a session, as one command.
  ///
  /// - Throws: `Failure` for a file that cannot be read: nothing of it is taken; the decision's refusal.
  package func importTranscript(
    _ files: ImportFiles, _ options: TranscriptOptions, _ context: CommandContext
  ) async throws -> TranscriptResult {
    let session = try session(options.session)
    let speakers = try options.speakers.mapValues { try person($0) }
    // Others say who speaks in a place of their own.
    let names = files.isSpokenText ? try await speakersNames() : []
    let (format, transcript) = try files.transcript(of: session) { label in
      options.speakers[label] != nil || names.contains(Set(SearchWords.words(of: label)))
    }
    var facts: TranscriptFacts?
    let (outcome, decided) = try await context.tellingCommandID {
      try await CommandHandler(store: workspace.log).handle(
        TranscriptImport.self, in: id, context, sealingFor: { _ in [] }
      ) { conference, _ in
        let read = try TranscriptFacts(transcript, of: session, language: options.language, into: conference)
        facts = read
        if options.retractsMissing, read.leftOut > 0 {
          throw Failure(
            .refused,
            "\(read.leftOut) of the statements could not be taken, so nobody knows what is missing; it cannot be taken for the whole session."
          )
        }
        return TranscriptImport.Command(
          session: session, source: options.source, format: format, sha256: files.sha256,
          language: options.language, speakers: speakers, voices: read.voices, turns: read.turns,
          unknown: .unnamedSpeaker(in: try conference.languages), rules: try conference.times().rules,
          choices: options.choices, retractsMissing: options.retractsMissing, stem: context.newName("e"))
      }
    }
    guard let facts else { throw Failure.noConference(id) }
    var checked = outcome
    let said = outcome.events.compactMap { event in
      event.recorded.map { Said(number: $0.entry.slug, words: $0.details.text) }
    }
    if !said.isEmpty { checked.warnings += workspace.warnings(ofCharactersIn: ["statement": said]) }
    return TranscriptResult(
      outcome: checked,
      report: TranscriptReport(
        format: format, session: session, source: options.source, facts,
        decided: try decided.map { ($0.command, try TranscriptPlan($0.command, in: $0.state)) }))
  }
}

/// What is searched for characters that no font has; a warning says “the words of statement “e-7k3m9q2x-3””.
private struct Said: Encodable {
  var number: String
  var words: LocalizedText
}
