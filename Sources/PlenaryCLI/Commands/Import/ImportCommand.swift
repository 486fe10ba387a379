import ArgumentParser
import EventLog
import Foundation
import Interchange
import Plenary
import Scheduling
import Vocabulary

struct ImportCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract:
      "Import a program, attendees or a transcript from another system, also again after it has changed.",
    discussion: """
      Example: plenary import schedule.xml --dry-run

      The format is found by the file's content. Rooms, tracks, speakers and sessions are recognized by the other \
      system's own keys, else by name or title. Only what differs is recorded: the same file again records \
      nothing. “plenary log undo” takes back a whole import.

      What you changed in Plenary stays, unless the file has changed the same thing since: then you choose with --theirs \
      or --ours, or one by one. Conflicts in the file are accepted “as imported” and listed.

      A session that is no longer in the file stays, unless you say --complete.

      With --watch, each new version of a file or folder that another program rewrites is imported with an id of its own, when it is \
      whole. A refused version is reported, and nothing from it is imported. Ctrl-C ends the command. With --complete, name files, \
      no folder, and no CSV: a part of these looks like the whole.

      A transcript (captions in WebVTT or SRT, Akoma Ntoso, TEI, text with “NAME: …” and others) becomes statements of the \
      session that you name: plenary import talk.vtt --session opening --dry-run. A voice is recognized as a speaker by the \
      name; say who others are with --speaker. Statements that you changed stay; published ones need a correction.

      For a table whose columns are not understood: plenary import people.csv --show-mapping > people.map, edit that file, and \
      plenary import people.csv --mapping people.map
      """)
  @Argument(help: "Files, or a folder of files that belong together; - for standard input.")
  var files: [String]
  @Option(
    help: ArgumentHelp(
      "Short name of the system that the file is from. Files of one source name the same things by the same keys.",
      valueName: "name"))
  var source: String?
  @Option(
    help: ArgumentHelp(
      "Which column of a table is what, as --show-mapping writes it (default: guessed). Once for each table, in the order of the files.",
      valueName: "file"))
  var mapping: [String] = []
  @Flag(help: "Print which column of the table is taken for what, and import nothing.") var showMapping =
    false
  @Option(
    help:
      "Encoding of a file that is not UTF-8: windows-1250, gb18030 (default: what an XML file says, UTF-8 or UTF-16, else windows-1252)."
  )
  var encoding: String?
  @Option(help: "The file is a transcript of this session: opening.") var session: String?
  @Option(
    help: ArgumentHelp(
      "Who a voice of a transcript is: “Travis=travis-albritton”; “=travis-albritton” for voices without a name. May be repeated.",
      valueName: "voice=person"))
  var speaker: [String] = []
  @Option(help: "Language of a transcript: en (default: the file's own, else the conference's first).")
  var language: String?
  @Flag(help: "Cancel the sessions, or withdraw the attendees, of this source that are not in the file.")
  var complete = false
  @Flag(help: "Where the file and somebody here changed the same thing, take the file's.") var theirs = false
  @Flag(help: "Where the file and somebody here changed the same thing, keep what is here.") var ours = false
  @Option(
    help: ArgumentHelp("Take the file's for one thing or field: session:opening.title.", valueName: "thing"))
  var their: [String] = []
  @Option(help: ArgumentHelp("Keep what is here for one thing or field.", valueName: "thing")) var our:
    [String] = []
  @Flag(
    help:
      "Go on until interrupted: import each new version of the files, once nobody writes to them any longer.")
  var watch = false
  @Flag(help: "List every change, conflict and remark, not only the first ones.") var all = false
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  var textsInClear: [TextInClear] { source.map { [.shortName($0)] } ?? [] }

  func validate() throws {
    if files.contains("") { throw ValidationError("The name of a file is empty.") }
    if watch, showMapping { throw ValidationError("--watch and --show-mapping cannot both be given.") }
    if watch, files.contains("-") {
      throw ValidationError("--watch takes files or a folder, not standard input.")
    }
    if watch, change.commandID != nil {
      throw ValidationError("--watch cannot be used with --command-id: each import gets an id of its own.")
    }
    if theirs, ours { throw ValidationError("--theirs and --ours exclude each other.") }
    if let both = their.first(where: our.contains) {
      throw ValidationError("“\(excerpt(both))” is given with --their and with --our.")
    }
    try validateTranscript()
    for thing in their + our
    where thing.wholeMatch(of: /(room|track|person|session|attendee|record):[a-z0-9-]+(\.[A-Za-z]+)?/) == nil
    {
      throw ValidationError(
        "“\(excerpt(thing))” is not a thing that is imported; write session:opening, or session:opening.title for one field."
      )
    }
  }

  func run() async throws {
    _ = try change.context()
    if let session { return try await importTranscript(of: session) }
    let source = try source.map { try ImportSource($0) }
    if showMapping || watch, ScriptedCommand.current != nil {
      throw ValidationError("--show-mapping and --watch are not for a script.")
    }
    if watch {
      try checkWatched()
      return try await follow(source)
    }
    let files = try ImportFiles(files, mappings: mapping, encoding: encoding)
    try checkIsProgram(files)
    if showMapping { return Console.write(Data(try files.mapping().utf8)) }
    let (result, context) = try await take(files, source)
    if ScriptedCommand.current != nil {
      return try result.outcome.report(context, json: false, remarks: remarks(of: result.report))
    }
    if global.json { return try Console.json(.import, ImportJSON(result, context)) }
    show(result, context)
  }

  private func take(_ files: ImportFiles, _ source: ImportSource?) async throws -> (
    ImportResult, CommandContext
  ) {
    let conference = try await global.conferenceToChange()
    let context = try await checkedContext(in: conference)
    let single = Dictionary(
      their.map { ($0, ProgramImport.Choices.Side.theirs) } + our.map { ($0, .ours) },
      uniquingKeysWith: { a, _ in a })
    let options = ImportOptions(
      source: source,
      choices: ProgramImport.Choices(all: theirs ? .theirs : ours ? .ours : nil, single: single),
      cancelsMissing: complete, mayBeCutOff: watch)
    defer { Console.endProgress() }
    return (
      try await conference.importFile(
        files, options, context, progress: Console.progress,
        refused: { remarks in
          Console.endProgress()
          // With --json, what went wrong is the last line.
          for line in lines(of: remarks) { Console.error(line) }
        }), context
    )
  }

  /// - Throws: `ValidationError` for what no new version could mend.
  private func checkWatched() throws {
    for path in mapping where !FileManager.default.fileExists(atPath: path) {
      throw ValidationError("There is no file “\(excerpt(path, 200))” for --mapping.")
    }
    var isFolder: ObjCBool = false
    for path in files where complete {
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
        throw ValidationError(
          "--watch and --complete cannot both be given for a folder: sessions of files that are not written yet would be "
            + "cancelled. Name the files instead of “\(excerpt(path, 200))”.")
      }
    }
  }

  /// Imports each version of the files, with a connection of its own, until a signal comes.
  ///
  /// A version that is refused is told, and the next one awaited. After a failure of the database or of a file, it is tried again.
  private func follow(_ source: ImportSource?) async throws {
    Interruption.expect()
    var watched = WatchedFiles(
      files, mappings: mapping, encoding: encoding, quietLooks: 4,
      quietLooksUnknown: Self.looksPerSecond * Self.secondsUnknown)
    let named = files.joined(separator: " ")
    Console.error("Watching \(named); to stop, press Ctrl-C.")
    var (failures, pause) = (0, 0)
    var told: Set<String> = []
    func tellOnce(_ sentence: String) { if told.insert(sentence).inserted { Console.error(sentence) } }
    while !Interruption.isRequested {
      do {
        if pause > 0 {
          pause -= 1
        } else if let files = try watched.look() {
          let (result, context) = try await take(files, source)
          let now = Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
          if global.json {
            try Console.jsonLine(.import, ImportJSON(result, context))
          } else {
            Console.error("\(now.readable): a new version of \(named).")
            show(result, context)
          }
          failures = 0
        } else if let missing = watched.missing {
          tellOnce("\(missing) is not there yet. Waiting for it.")
        } else if let file = watched.unknowable {
          tellOnce(
            "Plenary cannot see whether another program is writing \(file): it belongs to another login, or is on another computer. "
              + "So a version is imported when nothing has changed for \(Self.secondsUnknown) seconds.")
        }
      } catch {
        let failure = Failure(error)
        Console.error(global.json ? ErrorReport(failure).line : "plenary: \(failure.advised)")
        if failure.kind == .refused || failure.kind == .wrongUsage {
          watched.wasRefused()
          Console.error(
            "Nothing of this version was imported. Waiting for the next one, or until somebody saves it again."
          )
        } else {
          failures = min(failures + 1, 6)
          pause = Self.looksPerSecond << failures
          watched.giveAgain()
          Console.error("Trying again in \(1 << failures) seconds.")
        }
      }
      try await Task.sleep(for: .milliseconds(1000 / Self.looksPerSecond))
    }
    Console.error("Stopped watching \(named).")
  }

  private static let looksPerSecond = 4
  /// How long files must not change where it is not known who writes them.
  private static let secondsUnknown = 30

  private func show(_ result: ImportResult, _ context: CommandContext) {
    let report = result.report
    for remark in remarks(of: report) { Console.error(remark) }
    for warning in result.outcome.warnings { Console.error("warning: \(warning.advised)") }
    switch result.outcome.effect {
    case .appended(let receipt) where receipt.replayed:
      return Console.print(
        "Already done under this command id, at positions \(receipt.first) to \(receipt.last).")
    case .nothingToDo:
      Console.print(
        "Nothing to record: the file has nothing new for the conference (\(report.format), source \(report.source))."
      )
    case .appended, .wouldAppend:
      counts(report)
      changes(report)
    }
    missing(report)
    if !report.conflicts.isEmpty {
      let (count, said) = (
        report.conflicts.count, context.dryRun ? "would be" : report.conflicts.count == 1 ? "was" : "were"
      )
      Console.error("\(counted(count, "conflict")) \(said) accepted as imported:")
      for conflict in limited(report.conflicts) { Console.error("  \(conflict.message)") }
      tellRest(report.conflicts, "conflict")
    }
    tellEnd(result.outcome, context)
  }

  /// Whether anything was recorded, and how it is taken back.
  func tellEnd(_ outcome: Outcome<some EventFamily>, _ context: CommandContext) {
    switch outcome.effect {
    case .appended(let receipt) where !receipt.replayed:
      Console.error(
        "Recorded at positions \(receipt.first) to \(receipt.last). To take it back: "
          + "plenary log undo \(context.commandID)")
    case .wouldAppend: Console.error("Nothing was recorded: this is a dry run.")
    case .appended, .nothingToDo: break
    }
  }

  /// What the file has that is not as it says, in sentences.
  private func remarks(of report: ImportReport) -> [String] {
    let known = lines(of: report.remarks)
    let skipped = limited(report.skipped).map { skipped in
      let name = skipped.name.map { " (\($0))" } ?? ""
      if let kept = skipped.mergedInto {
        return
          "skipped: the speaker “\(skipped.id)”\(name) is the same person as “\(kept)” here; what the file says of them is not compared."
      }
      return switch skipped.noun {
      case .session where skipped.cause == .file:
        "skipped: the session “\(skipped.id)”\(name) was cancelled by an earlier file, and this one does not say that it takes place again; “plenary session reinstate \(skipped.id)” brings it back."
      case .session:
        "skipped: the session “\(skipped.id)”\(name) was cancelled here; “plenary session reinstate \(skipped.id)” brings it back."
      case .attendee where skipped.cause == .file:
        "skipped: the attendee “\(skipped.id)” was withdrawn by an earlier file, and this one does not say that they come after all; “plenary attendee reinstate \(skipped.id)” brings them back."
      case .attendee:
        "skipped: the attendee “\(skipped.id)” has withdrawn here, or was erased; “plenary attendee reinstate \(skipped.id)” brings back who has withdrawn."
      case .speaker, .room, .track:
        "skipped: the \(skipped.noun.rawValue) “\(skipped.id)”\(name) has withdrawn here."
      }
    }
    return known + skipped + rest(report.skipped, "skipped one")
  }

  private func lines(of remarks: [Remark]) -> [String] {
    limited(remarks).map { "remark: \($0.line)" } + rest(remarks, "remark")
  }

  private func counts(_ report: ImportReport) {
    var table = TextTable(report.format, "IN FILE", "NEW", "CHANGED", "CANCELLED", "NOT IN FILE")
    for count in report.counts {
      table.add(
        "\(count.noun.rawValue)s", "\(count.inFile)", "\(count.new)", "\(count.changed)",
        "\(count.cancelled)",
        "\(count.missing)")
    }
    table.print(nothing: "")
  }

  private func changes(_ report: ImportReport) {
    // Cancelled ones first; sessions before speakers and rooms, because their changes concern most people.
    let order: [ImportReport.Noun] = [.session, .speaker, .room, .track, .attendee]
    let lines = ([ImportReport.Effect.cancelled, .changed] + (all ? [.new] : [])).flatMap { effect in
      order.flatMap { noun in report.lines.filter { $0.noun == noun && $0.effect == effect } }
    }
    if lines.isEmpty { return }
    Console.print("")
    var table = TextTable("WHAT", "SHORT NAME", "NAME", "CHANGE")
    for line in limited(lines) {
      table.add(
        line.noun.rawValue, line.id, line.name,
        line.effect == .changed ? line.fields.joined(separator: ", ") : line.effect.rawValue)
    }
    table.print(nothing: "")
    tellRest(lines, "change")
  }

  private func missing(_ report: ImportReport) {
    let missing = report.lines.filter { $0.effect == .missing }
    tell(missing.filter { $0.noun == .session }, "session", "--complete cancels them:")
    let others: [(noun: ImportReport.Noun, end: String)] = [
      (.speaker, ". To take one out: plenary speaker withdraw SPEAKER"),
      (.room, ". To take one out: plenary room close ROOM"), (.track, ":"),
    ]
    for (noun, end) in others {
      tell(missing.filter { $0.noun == noun }, noun.rawValue, "--complete cancels sessions only" + end)
    }
  }

  private func tell(_ missing: [ImportReport.Line], _ noun: String, _ what: String) {
    if missing.isEmpty { return }
    let isOne = missing.count == 1
    Console.error(
      "\(counted(missing.count, noun)) of this source \(isOne ? "is" : "are") not in the file and \(isOne ? "stays" : "stay"); \(what)"
    )
    for line in limited(missing) {
      let use = line.sessions.map { $0 == 0 ? " (in no session)" : " (in \(counted($0, "session")))" } ?? ""
      Console.error("  \(line.id)  \(line.name)\(use)")
    }
    tellRest(missing, noun)
  }

  private static let shown = 20

  func limited<Element>(_ list: [Element]) -> ArraySlice<Element> {
    all ? list[...] : list.prefix(Self.shown)
  }

  func tellRest(_ list: [some Any], _ noun: String) {
    for line in rest(list, noun) { Console.error(line) }
  }

  /// That there is more; nothing if everything is shown.
  private func rest(_ list: [some Any], _ noun: String) -> [String] {
    if all || list.count <= Self.shown { return [] }
    return ["… and \(counted(list.count - Self.shown, "more " + noun)); --all lists them."]
  }
}

extension Remark {
  /// `line 12, column 3: …`
  var line: String {
    guard let at else { return text }
    return "line \(at.line)" + (at.column.map { ", column \($0)" } ?? "") + ": " + text
  }
}

/// A remark for programs.
struct RemarkJSON: Encodable {
  let line: Int?
  let column: Int?
  let text: String

  init(_ remark: Remark) {
    (line, column, text) = (remark.at?.line, remark.at?.column, remark.text)
  }
}

/// The result for programs.
private struct ImportJSON: Encodable {
  var effect: String
  var commandID: String
  var first: Int?
  var last: Int?
  var format: String
  var source: String
  var counts: [ImportReport.Count]
  var changes: [ImportReport.Line]
  var conflicts: [DescribedConflict]
  var remarks: [RemarkJSON]
  var skipped: [ImportReport.Skipped]
  var warnings: [String]

  init(_ result: ImportResult, _ context: CommandContext) {
    (effect, first, last) = result.outcome.forPrograms
    commandID = context.commandID
    format = result.report.format
    source = result.report.source.slug
    counts = result.report.counts
    changes = result.report.lines
    conflicts = result.report.conflicts
    remarks = result.report.remarks.map(RemarkJSON.init)
    skipped = result.report.skipped
    warnings = result.outcome.warnings.map(\.advised)
  }
}
