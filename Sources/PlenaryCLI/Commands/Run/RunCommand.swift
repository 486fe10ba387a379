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

      All lines are checked before the first one is carried out. Then the script stops at the first line that is refused. \
      Correct it and run the file again with the --command-id that is printed, from which the lines' ids are made: what was \
      done is not done twice. In a dry run each line sees what those before it would record. Without \
      --command-id, the same text is the same script: a second run does nothing that the first one did.
      """)
  @Argument(help: "The file; - for standard input.") var file: String
  @Flag(help: "Go on after a line that is refused, and list those lines at the end.") var keepGoing = false
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  /// A line whose command was parsed.
  private struct Parsed {
    let line: ScriptFile.Line
    let command: any ChangingCommand
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
    let workspace = try await global.workspace().runningScript(isDryRun: dryRun)
    var state = State(workspace: workspace, all: commands.count)
    if dryRun { await workspace.begin(commands.map(\.line.commandID), together: true) }
    var rest = commands[...]
    while !rest.isEmpty, await carryOut(rest.prefix(Self.recordedTogether), &state) {
      rest = rest.dropFirst(Self.recordedTogether)
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

  /// What came of the lines so far.
  private struct State {
    let workspace: Workspace
    let results = ScriptResults()
    let all: Int
    var begun = 0
    var lines: [Report.Line] = []
    var refused: [(line: Int, failure: Failure)] = []

    init(workspace: Workspace, all: Int) {
      self.workspace = workspace
      self.all = all
    }
  }

  /// Carries out lines, which are recorded together; if that fails, because somebody else recorded something meanwhile, each of
  /// them alone.
  ///
  /// - Returns: whether the script goes on.
  private func carryOut(_ commands: ArraySlice<Parsed>, _ state: inout State) async -> Bool {
    var rest = commands
    while !rest.isEmpty {
      let begun = state.begun
      if !change.dryRun { await state.workspace.begin(rest.map(\.line.commandID), together: true) }
      var done: [(line: ScriptFile.Line, result: ScriptResult?)] = []
      var refused: (line: ScriptFile.Line, failure: Failure)?
      for parsed in rest {
        do {
          done.append((parsed.line, try await carryOut(parsed, &state)))
        } catch {
          refused = (parsed.line, Self.failure(error))
          break
        }
      }
      do { try await state.workspace.record() } catch AppendError.connectionLost {
        tellUnknown(done.map(\.line), &state)
        // The line is told also if those before it have failed.
        if let refused { tell(refused.failure, refused.line, &state) }
        return false
      } catch {
        state.begun = begun
        return await carryOutAlone(rest, &state)
      }
      for (line, result) in done { show(result, line, &state) }
      guard let refused else { return true }
      tell(refused.failure, refused.line, &state)
      if !goesOn(after: refused.failure) { return false }
      rest = rest.dropFirst(done.count + 1)
    }
    return true
  }

  private func carryOutAlone(_ commands: ArraySlice<Parsed>, _ state: inout State) async -> Bool {
    await state.workspace.begin([], together: false)
    for parsed in commands {
      do {
        show(try await carryOut(parsed, &state), parsed.line, &state)
      } catch {
        let failure = Self.failure(error)
        tell(failure, parsed.line, &state)
        if !goesOn(after: failure) { return false }
      }
    }
    return true
  }

  private func carryOut(_ parsed: Parsed, _ state: inout State) async throws -> ScriptResult? {
    if state.begun % 50 == 0 { Console.progress("\(state.begun) of \(state.all) commands") }
    state.begun += 1
    _ = state.results.next()
    let scripted = ScriptedCommand(
      workspace: state.workspace, commandID: parsed.line.commandID, actor: change.actor,
      reason: change.reason,
      results: state.results)
    var command = parsed.command
    try await ScriptedCommand.$current.withValue(scripted) { try await command.run() }
    return state.results.next()
  }

  private func goesOn(after failure: Failure) -> Bool { keepGoing && failure.kind != .failed }

  // MARK: What came of the lines

  private func show(_ result: ScriptResult?, _ line: ScriptFile.Line, _ state: inout State) {
    state.lines.append(.init(line: line.number, commandID: line.commandID, result: result))
    if !global.json { show(result, line) }
  }

  private func tell(_ failure: Failure, _ line: ScriptFile.Line, _ state: inout State) {
    state.lines.append(.init(line: line.number, commandID: line.commandID, refused: failure.description))
    state.refused.append((line.number, failure))
    Console.endProgress()
    Console.error("line \(line.number): \(failure.advised)")
  }

  /// The connection was lost while these were recorded.
  private func tellUnknown(_ lines: [ScriptFile.Line], _ state: inout State) {
    guard let first = lines.first, let last = lines.last else { return }
    let failure = Failure(
      .failed,
      "The connection to the database was lost. Whether the commands were carried out is unknown.",
      code: .outcomeUnknown)
    state.refused.append((first.number, failure))
    for line in lines {
      state.lines.append(.init(line: line.number, commandID: line.commandID, unknown: failure.description))
    }
    Console.endProgress()
    Console.error(
      "line\(first.number == last.number ? " \(first.number)" : "s \(first.number) to \(last.number)"): \(failure.advised)"
    )
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
