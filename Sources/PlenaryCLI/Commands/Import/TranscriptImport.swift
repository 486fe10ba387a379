import ArgumentParser
import EventLog
import Interchange
import Plenary
import Record
import Scheduling
import Vocabulary

/// Importing a transcript: `plenary import FILE --session SESSION`.
extension ImportCommand {
  func validateTranscript() throws {
    if session == nil {
      if !speaker.isEmpty {
        throw ValidationError("--speaker is for a transcript; name its session with --session.")
      }
      if language != nil {
        throw ValidationError("--language is for a transcript; name its session with --session.")
      }
      return
    }
    if showMapping || !mapping.isEmpty || watch {
      throw ValidationError("--mapping, --show-mapping and --watch are not for a transcript; leave them out.")
    }
    _ = try speakers()
  }

  /// By the names of the voices; `""` for those without one.
  private func speakers() throws -> [String: String] {
    var speakers: [String: String] = [:]
    for text in speaker {
      guard let sign = text.lastIndex(of: "="), text.index(after: sign) < text.endIndex else {
        throw ValidationError(
          "“\(excerpt(text))” does not say who a voice is; write “Travis=travis-albritton”.")
      }
      let voice = trimming(String(text[..<sign]))
      guard speakers.updateValue(String(text[text.index(after: sign)...]), forKey: voice) == nil else {
        throw ValidationError("--speaker is given twice for “\(excerpt(voice))”.")
      }
    }
    return speakers
  }

  /// - Throws: `Failure` for a transcript, whose session must be named.
  func checkIsProgram(_ files: ImportFiles) throws {
    guard let format = try files.transcriptFormat() else {
      guard try files.isPlainText() else { return }
      throw ValidationError(
        "The file is a text. If it is a transcript, name the session in which this was said: --session opening."
      )
    }
    throw ValidationError(
      "The file is a transcript (\(format)). Name the session in which this was said: --session opening.")
  }

  func importTranscript(of session: String) async throws {
    let source = try source.map { try TranscriptSource($0) }
    let language = try language.map { try Language(known: $0) }
    let files = try ImportFiles(files, encoding: encoding)
    let conference = try await global.conferenceToChange()
    let context = try await checkedContext(in: conference)
    let single = Dictionary(
      their.map { ($0, ProgramImport.Choices.Side.theirs) } + our.map { ($0, .ours) },
      uniquingKeysWith: { a, _ in a })
    let options = TranscriptOptions(
      session: session, source: source, language: language, speakers: try speakers(),
      choices: ProgramImport.Choices(all: theirs ? .theirs : ours ? .ours : nil, single: single),
      retractsMissing: complete)
    let result = try await conference.understandingNames(context) {
      try await $0.importTranscript(files, options, context)
    }
    if ScriptedCommand.current != nil { return try result.outcome.report(context, json: false) }
    if global.json { return try Console.json(.import, TranscriptJSON(result, context)) }
    show(result, context)
  }

  private func show(_ result: TranscriptResult, _ context: CommandContext) {
    let report = result.report
    for remark in limited(report.remarks) { Console.error("remark: \(remark.line)") }
    tellRest(report.remarks, "remark")
    for warning in limited(result.outcome.warnings) { Console.error("warning: \(warning.advised)") }
    tellRest(result.outcome.warnings, "warning")
    switch result.outcome.effect {
    case .appended(let receipt) where receipt.replayed:
      return Console.print(
        "Already done under this command id, at positions \(receipt.first) to \(receipt.last).")
    case .nothingToDo:
      Console.print(
        "Nothing to do: everything in the file is in the record of “\(report.session)” already (\(report.format), source \(report.source))."
      )
    case .appended, .wouldAppend: counts(report)
    }
    voices(report)
    changes(report)
    stays(report)
    tellEnd(result.outcome, context)
  }

  private func counts(_ report: TranscriptReport) {
    var table = TextTable(report.format, "IN FILE", "NEW", "CHANGED", "UNCHANGED", "RETRACTED", "NOT IN FILE")
    table.add(
      "statements", "\(report.inFile)", "\(report.count(.new))", "\(report.count(.changed))",
      "\(report.unchanged)", "\(report.count(.retracted))", "\(report.count(.missing))")
    table.print(nothing: "")
    let times =
      report.times.map { $0.from == $0.to ? ", at \($0.from)" : ", from \($0.from) to \($0.to)" } ?? ""
    let notes = report.notes == 0 ? "" : ", \(counted(report.notes, "note")) without a speaker"
    Console.print("\(counted(report.words, "word"))\(times)\(notes).")
  }

  private func voices(_ report: TranscriptReport) {
    if report.voices.isEmpty { return }
    Console.print("")
    var table = TextTable("VOICE", "STATEMENTS", "WORDS", "SPEAKER", "PERHAPS")
    for voice in limited(report.voices) {
      table.add(
        voice.name.map { excerpt($0, 60) } ?? "(no name)", "\(voice.statements)", "\(voice.words)",
        voice.speaker?.slug ?? "unknown",
        voice.perhaps.map(\.slug).joined(separator: ", "))
    }
    table.print(nothing: "")
    tellRest(report.voices, "voice")
    let open = report.voices.filter { $0.speaker == nil }
    guard let first = open.first else { return }
    let example = "\(first.name ?? "")=\(first.perhaps.first?.slug ?? "SPEAKER")"
    Console.error(
      "\(counted(open.count, "voice")) \(open.count == 1 ? "is" : "are") printed as the file has \(open.count == 1 ? "it" : "them"), without a speaker. To name one: --speaker \"\(example)\""
    )
  }

  private func changes(_ report: TranscriptReport) {
    let lines = report.lines.filter {
      $0.effect == .changed || $0.effect == .retracted || (all && $0.effect == .new)
    }
    if lines.isEmpty { return }
    Console.print("")
    var table = TextTable("ENTRY", "CHANGE", "TEXT")
    for line in limited(lines) {
      table.add(
        line.entry?.slug ?? "",
        line.effect == .changed ? line.fields.joined(separator: ", ") : line.effect.rawValue,
        line.text)
    }
    table.print(nothing: "")
    tellRest(lines, "change")
  }

  /// What the file has otherwise, and that stays.
  private func stays(_ report: TranscriptReport) {
    func tell(_ effect: TranscriptReport.Effect, _ what: String) {
      let lines = report.lines.filter { $0.effect == effect }
      if lines.isEmpty { return }
      Console.error("\(counted(lines.count, "statement")) \(what):")
      for line in limited(lines) {
        Console.error(
          "  \(line.entry?.slug ?? "")" + (line.line.map { "  line \($0)" } ?? "")
            + (line.text.isEmpty ? "" : "  \(line.text)"))
      }
      tellRest(lines, "statement")
    }
    tell(.kept, "changed or retracted here, and stay so")
    tell(
      .published, "published, and otherwise in the file; ask for a correction with plenary correction request"
    )
    tell(.expunged, "left out, because words were expunged here")
    tell(.missing, "not in the file, and stay; --complete retracts them")
  }
}

/// The result for programs.
private struct TranscriptJSON: Encodable {
  struct Count: Encodable {
    var noun = "statement"
    var inFile: Int
    var new: Int
    var changed: Int
    var cancelled: Int
    var missing: Int
  }

  struct Change: Encodable {
    var noun = "statement"
    var id: String
    var name: String
    var effect: String
    var fields: [String]
  }

  var effect: String
  var commandID: String
  var first: Int?
  var last: Int?
  var format: String
  var source: String
  var session: String
  var counts: [Count]
  var words: Int
  var times: TranscriptReport.Times?
  var voices: [TranscriptReport.Voice]
  var changes: [Change]
  var conflicts: [String] = []
  var remarks: [RemarkJSON]
  var warnings: [String]

  init(_ result: TranscriptResult, _ context: CommandContext) {
    (effect, first, last) = result.outcome.forPrograms
    let report = result.report
    commandID = context.commandID
    format = report.format
    source = report.source.slug
    session = report.session.slug
    counts = [
      Count(
        inFile: report.inFile, new: report.count(.new), changed: report.count(.changed),
        cancelled: report.count(.retracted), missing: report.count(.missing))
    ]
    words = report.words
    times = report.times
    voices = report.voices
    changes = report.lines.map {
      Change(
        id: $0.entry?.slug ?? "", name: $0.text,
        effect: $0.effect == .retracted ? "cancelled" : $0.effect.rawValue, fields: $0.fields)
    }
    remarks = report.remarks.map(RemarkJSON.init)
    warnings = result.outcome.warnings.map(\.advised)
  }
}
