import ArgumentParser
import EventLog
import Foundation
import Plenary
import Vocabulary

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Carry out a file of commands, one a line.",
    discussion: """
      Example: plenary run rooms.txt --dry-run

      A line is a command as you would type it, with or without “plenary” before it:
        room add main-hall --name "en=Main Hall" --capacity 400
        session schedule opening --title Opening --room main-hall --start "2016-03-25 09:00" --end 10:30
      Quotation marks, backslashes and comments (#) are read as a shell reads them; variables are not.

      The words of all lines are checked before the first one is carried out; times, rooms and people when it is a line's turn \
      (--dry-run shows all of it before). The script stops at the first line that is refused. \
      Correct it and run the file again with the --command-id that is printed, from which the lines' ids are made: what was \
      done is not done twice. In a dry run each line sees what those before it would record. Without \
      --command-id, the same text is the same script: a second run does nothing that the first one did. A script that was run \
      with --command-id is known by that id alone.
      """)
  @Argument(help: "The file; - for standard input.") var file: String
  @Flag(help: "Go on after a line that is refused, and list those lines at the end.") var keepGoing = false
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  /// A line whose command was parsed.
  private struct Parsed {
    let line: ScriptFile.Line
    let command: any ChangingCommand
    /// The command's own, or the one that the script gives it.
    var commandID: String { command.change.commandID?.lowercased() ?? line.commandID }
  }

  /// What came of a line, which is told when it is recorded.
  private struct Tried {
    let parsed: Parsed
    var result: ScriptResult?
    var notes: [String]
    var refused: Failure?
  }

  private struct Report: Encodable {
    struct Line: Encodable {
      var line: Int
      var commandID: String
      var result: ScriptResult?
      var refused: String?
      /// Why it is not known whether the line was carried out.
      var unknown: String?
    }
    var id: String
    var dryRun: Bool
    var lines: [Line]
  }

  func run() async throws {
    // A malformed option is told before anything is done.
    _ = try change.context()
    let dryRun = change.dryRun
    let script = try ScriptFile(text(), id: change.commandID?.lowercased())
    let commands = try parsed(script)
    guard !commands.isEmpty else { throw Failure(.refused, "There is no command in \(file).") }
    let results = ScriptResults(wantsEvents: dryRun || global.json)
    let workspace = try await global.workspace { results.note($0) }.runningScript(isDryRun: dryRun)
    var state = State(workspace: workspace, results: results, all: commands.count)
    var rest = commands[...]
    while !rest.isEmpty, await carryOut(rest.prefix(Self.askedTogether), &state) {
      rest = rest.dropFirst(Self.askedTogether)
    }
    Console.endProgress()
    let report = Report(id: script.id, dryRun: dryRun, lines: state.lines)
    if global.json { try Console.json(.run, report) }
    try end(
      state.refused, script, done: report.lines.count { $0.refused == nil && $0.unknown == nil },
      of: commands.count)
  }

  /// So many commands are recorded together.
  private static let recordedTogether = 100
  /// Of so many commands the log is asked at once whether they were carried out before.
  private static let askedTogether = 1_000

  /// What came of the lines so far.
  private struct State {
    let workspace: Workspace
    let results: ScriptResults
    let all: Int
    var begun = 0
    var lines: [Report.Line] = []
    var refused: [(line: Int, failure: Failure)] = []

    init(workspace: Workspace, results: ScriptResults, all: Int) {
      self.workspace = workspace
      self.results = results
      self.all = all
    }
  }

  /// Lines that are being recorded.
  private struct Sent {
    let lines: [Tried]
    /// How many lines had begun before these.
    let before: Int
    /// See `Workspace.ended`.
    let number: Int
  }

  /// Carries out lines. Some of them are recorded together, while the next ones are decided. If that fails, because somebody else
  /// recorded something meanwhile, they are carried out again, each alone, and those that were decided on it again, too.
  ///
  /// - Returns: whether the script goes on.
  private func carryOut(_ commands: ArraySlice<Parsed>, _ state: inout State) async -> Bool {
    var rest = commands
    var sent: Sent?
    await begin(rest, state)
    while !rest.isEmpty || sent != nil {
      let before = state.begun
      var lines: [Tried] = []
      for parsed in rest.prefix(Self.recordedTogether) {
        lines.append(await carryOut(parsed, &state))
        if lines.last?.refused != nil { break }
      }
      if let former = sent {
        sent = nil
        switch await show(former, &state) {
        case .recorded: break
        case .stopped: return false
        case .again:
          await begin(rest, state)
          continue
        }
      }
      guard let last = lines.last else { continue }
      rest = rest.dropFirst(lines.count)
      let now = Sent(lines: lines, before: before, number: await state.workspace.beginToRecord())
      guard last.refused != nil else {
        sent = now
        continue
      }
      // A refusal is told when everything before it is recorded.
      switch await show(now, &state) {
      case .recorded: break
      case .stopped: return false
      case .again: await begin(rest, state)
      }
    }
    return true
  }

  private func begin(_ commands: ArraySlice<Parsed>, _ state: State) async {
    await state.workspace.begin(commands.map(\.commandID), together: true)
  }

  /// What came of recording lines.
  private enum Outcome {
    case recorded
    /// They were carried out alone. What was decided on them has to be decided again.
    case again
    case stopped
  }

  /// Shows what came of lines when they are recorded.
  private func show(_ sent: Sent, _ state: inout State) async -> Outcome {
    do { try await state.workspace.ended(sent.number) } catch AppendError.connectionLost {
      tellLost(sent.lines, &state)
      return .stopped
    } catch { return await carryOutAlone(sent, &state) ? .again : .stopped }
    for line in sent.lines { show(line, &state) }
    if let failure = sent.lines.last?.refused, !goesOn(after: failure) { return .stopped }
    return .recorded
  }

  /// Carries out lines that could not be recorded together.
  ///
  /// Some of them may be recorded: before a line that reads a read model, what waits is. Then those before them hold, too, also
  /// if they had nothing to do.
  private func carryOutAlone(_ sent: Sent, _ state: inout State) async -> Bool {
    let recorded: Set<String>
    do { recorded = try await state.workspace.recorded(of: sent.lines.map(\.parsed.commandID)) } catch {
      tellLost(sent.lines, &state)
      return false
    }
    let holding = sent.lines.lastIndex { $0.result?.first != nil && recorded.contains($0.parsed.commandID) }
    let rest = sent.lines.suffix(from: holding.map { $0 + 1 } ?? 0)
    for line in sent.lines.prefix(upTo: rest.startIndex) { show(line, &state) }
    state.begun = sent.before + rest.startIndex
    await state.workspace.begin([], together: false)
    for line in rest {
      let line = await carryOut(line.parsed, &state)
      show(line, &state)
      if let failure = line.refused, !goesOn(after: failure) { return false }
    }
    return true
  }

  private func carryOut(_ parsed: Parsed, _ state: inout State) async -> Tried {
    if state.begun % 50 == 0 { Console.progress("\(state.begun) of \(state.all) commands") }
    state.begun += 1
    let scripted = ScriptedCommand(
      workspace: state.workspace, commandID: parsed.line.commandID, actor: change.actor,
      reason: change.reason,
      results: state.results)
    var command = parsed.command
    var refused: Failure?
    state.results.begin()
    do {
      try await ScriptedCommand.$current.withValue(scripted) { try await command.run() }
    } catch { refused = Self.failure(error) }
    let (result, notes) = state.results.end()
    return Tried(parsed: parsed, result: result, notes: notes, refused: refused)
  }

  private func goesOn(after failure: Failure) -> Bool { keepGoing && failure.kind != .failed }

  // MARK: What came of the lines

  private func show(_ line: Tried, _ state: inout State) {
    tellNotes(line)
    if line.refused != nil { return tellRefused(line, &state) }
    state.lines.append(
      .init(line: line.parsed.line.number, commandID: line.parsed.commandID, result: line.result))
    if !global.json { show(line.result, line.parsed.line) }
  }

  private func tellNotes(_ line: Tried) {
    if !line.notes.isEmpty { Console.endProgress() }
    for note in line.notes { Console.error("line \(line.parsed.line.number): \(note)") }
  }

  private func tellRefused(_ line: Tried, _ state: inout State) {
    guard let failure = line.refused else { return }
    let number = line.parsed.line.number
    state.lines.append(
      .init(line: number, commandID: line.parsed.commandID, refused: failure.description))
    state.refused.append((number, failure))
    Console.endProgress()
    Console.error("line \(number): \(failure.advised)")
  }

  /// The connection was lost while these were recorded.
  private func tellLost(_ tried: [Tried], _ state: inout State) {
    for line in tried { tellNotes(line) }
    // A refusal is told also if the lines before it have failed.
    if let last = tried.last { tellRefused(last, &state) }
    let unknown = tried.filter { $0.refused == nil }.map(\.parsed)
    guard let first = (unknown.first ?? tried.first?.parsed)?.line.number else { return }
    let last = unknown.last?.line.number ?? first
    let failure = Failure(
      .failed,
      "The connection to the database was lost. "
        + (unknown.isEmpty
          ? "Whether the command would still be refused was not checked."
          : "Whether the commands were carried out is unknown."),
      code: .outcomeUnknown)
    state.refused.append((first, failure))
    for parsed in unknown {
      state.lines.append(
        .init(line: parsed.line.number, commandID: parsed.commandID, unknown: failure.description))
    }
    state.lines.sort { $0.line < $1.line }
    Console.endProgress()
    Console.error("line\(first == last ? " \(first)" : "s \(first) to \(last)"): \(failure.advised)")
  }

  private func end(_ refused: [(line: Int, failure: Failure)], _ script: ScriptFile, done: Int, of all: Int)
    throws
  {
    guard let worst = refused.map(\.failure.kind.rawValue).max() else {
      return Console.error(
        "\(counted(done, "command")) \(done == 1 ? "was" : "were") \(change.dryRun ? "tried; nothing was recorded" : "carried out")."
      )
    }
    let wrong = refused.filter { $0.failure.kind != .failed }.map(\.line)
    if change.dryRun {
      Console.error(
        "\(done) of \(counted(all, "command")) would be carried out; see \(Self.lines(refused.map(\.line))).")
    } else {
      Console.error(
        "\(done) of \(counted(all, "command")) were carried out. "
          + (wrong.isEmpty ? "Run" : "Correct \(Self.lines(wrong)) and run")
          + " the file again with “--command-id \(script.id)”: what was done is not done twice.")
    }
    throw ExitCode(worst)
  }

  /// `line 3`, `lines 3 and 7`
  private static func lines(_ numbers: [Int]) -> String {
    "line\(numbers.count == 1 ? "" : "s") \(list(numbers.map(String.init)))"
  }

  private func show(_ result: ScriptResult?, _ line: ScriptFile.Line) {
    guard let result else { return }
    Console.endProgress()
    for remark in result.remarks { Console.error("line \(line.number): \(remark)") }
    for warning in result.warnings { Console.error("line \(line.number): warning: \(warning)") }
    let positions =
      result.first.map { first in result.last.map { $0 == first ? " \(first)" : " \(first)–\($0)" } ?? "" }
      ?? ""
    let effect = result.effect == "appended" ? change.dryRun ? "would record" : "recorded" : result.effect
    Console.print("\(line.number)  \(effect)\(positions)  \(line.words.prefix(3).joined(separator: " "))")
    if change.dryRun {
      for event in result.events { Console.print("    \(event.type)  \(event.body.text)") }
    }
  }

  private func text() throws -> String {
    let data: Data
    do {
      data =
        file == "-"
        ? try FileHandle.standardInput.readToEnd() ?? Data() : try Data(contentsOf: URL(filePath: file))
    } catch { throw Failure(reading: file, error) }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw Failure(
        .wrongUsage, "\(file) is not valid UTF-8; check its text encoding.", code: .malformedValue)
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }

  /// - Throws: `Failure` that names every line which is no command that can be carried out here.
  private func parsed(_ script: ScriptFile) throws -> [Parsed] {
    var parsed: [Parsed] = []
    var wrong: [String] = []
    // The parser takes as long as many a command.
    let commands = script.lines.parallelMap { line in Result { try Self.command(line.words) } }
    for (line, command) in zip(script.lines, commands) {
      do {
        parsed.append(Parsed(line: line, command: try command.get()))
      } catch {
        wrong.append("Line \(line.number): \(Self.explained(error))")
      }
    }
    guard wrong.isEmpty else {
      let shown = wrong.prefix(20) + (wrong.count > 20 ? ["… and \(wrong.count - 20) more."] : [])
      throw Failure(
        .wrongUsage, shown.joined(separator: "\n") + "\nNothing was carried out.", code: .malformedValue)
    }
    return parsed
  }

  private static func explained(_ error: any Error) -> String { failure(error).description }

  private static func failure(_ error: any Error) -> Failure {
    PlenaryCommand.exitCode(for: error) == .validationFailure
      ? Failure(.wrongUsage, PlenaryCommand.message(for: error)) : Failure(error)
  }

  private static func command(_ words: [String]) throws -> any ChangingCommand {
    if let option = words.first(where: {
      ["--database", "--dry-run", "--json"].contains($0.prefix { $0 != "=" })
    }) {
      throw ValidationError("\(option.prefix { $0 != "=" }) is given to “plenary run”, not in a line.")
    }
    let arguments = try ArgumentFiles.expand(words)
    let named = CommandWords(arguments)
    try named.check()
    try named.checkOptions(arguments)
    guard let type = named.command as? any ChangingCommand.Type, Self.canRun(type) else {
      throw ValidationError(
        "“\(words.prefix(2).joined(separator: " "))” is not a command that a script can carry out: only those that "
          + "record a change, and print nothing, are.")
    }
    let rest = Array(arguments.dropFirst(named.depth))
    guard let command = try type.parseAsRoot(rest) as? any ChangingCommand else {
      throw ValidationError("A script cannot show help.")
    }
    return command
  }

  /// Others print documents or send letters, which a dry run could not take back.
  private static func canRun(_ type: any ChangingCommand.Type) -> Bool {
    type is any SingleChange.Type || type == ConferenceCommand.Open.self
      || type == ConferenceCommand.Revise.self || type == ImportCommand.self
  }
}
