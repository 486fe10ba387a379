import Foundation
import Publishing
import Testing

/// For every command that only shows something: what it shows of a session's slots. Add new commands here.
private enum Shown {
  /// Shows both rooms and both times, with each of these arguments.
  case both([[String]])
  /// Shows no times and places of sessions, for this reason.
  case neither(String)

  static let all: [String: Shown] = [
    "session list": .both([[]]), "session show": .both([["both"]]), "presentation list": .both([[]]),
    "speaker show": .both([["ada"]]), "program show": .both([[]]),
    "program export": .both(
      // A workbook is compressed, and has the cells of the CSV.
      ProgramFormat.allCases.filter { $0 != .xlsx }.map { [$0.rawValue, "--draft", "-o", "-"] }),
    // The title has changed, and the whole session is new.
    "program diff": .both(
      ["released..", "3.."].flatMap { states in
        ["text", "json"].map { [states, "--format", $0] }
      }),
    "program print": .both(
      PrintKind.allCases.filter { !$0.isAboutAttendees && $0 != .placeCards }
        .map { [$0.rawValue, "--format", "json", "-o", "-"] }),
    "attendee print": .both(
      PrintKind.allCases.filter(\.isAboutAttendees)
        .map { [$0.rawValue, "--session", "both", "--format", "json", "-o", "-"] }),
    "proceedings show": .both([[]]),
    "proceedings print": .both([["--format", "json", "-o", "-"], ["--format", "html", "-o", "-"]]),
    "proceedings export": .both([["--format", "json", "-o", "-"], ["--format", "html", "-o", "-"]]),
    "log changes": .both([[]]),
    "proceedings check": .neither("lists entries that need attention"),
    "proceedings issues": .neither("lists issues"),
    "proceedings diff": .neither("lists entries that differ"),
    "proceedings corrigendum": .neither("prints corrections"),
    "proceedings verify": .neither("compares a file"),
    "program check": .neither("lists problems"),
    "program errata": .neither("lists prints that are out of date; its slip is a change sheet"),
    "program reprint": .neither("reproduces a print"),
    "program template export": .neither("writes templates"),
  ]

  /// Nouns and verbs that are not about sessions or the record.
  static let others: Set<String> = [
    "conference show", "conference list", "conference use", "people duplicates", "venue list", "room list",
    "track list", "speaker list",
    "attendee list", "attendee presence", "attendee show", "session sittings", "statement list",
    "statement show",
    "correction list", "correction show", "organisation list", "organisation show", "subject list",
    "program releases",
    "program prints", "proceedings rebuild", "projections status", "projections rebuild",
    "projections verify", "projections follow", "log show", "log tail", "log verify", "log export",
    "log import",
    "db start", "db stop", "db status", "db migrate", "db psql", "db backup", "db restore", "db distribute",
    "db rotate-key",
  ]
}

@Suite(.timeLimit(.minutes(40))) struct `A session in two rooms on two days` {
  private func held() async throws -> Plenary {
    let plenary = try await Plenary.apart()
    try await plenary.done(
      "conference", "open", "berlin", "--title", "Berlin", "--first-day", "2016-06-01", "--last-day",
      "2016-06-02", "--zone", "Europe/Berlin", "--languages", "en")
    try await plenary.done("room", "add", "west", "--name", "Sapphire")
    try await plenary.done("room", "add", "east", "--name", "Amber")
    try await plenary.done("speaker", "register", "ada", "--name", "Lovelace, Ada")
    try await plenary.done("attendee", "register", "a-1", "--name", "Smith, Zoë", "--category", "delegate")
    try await plenary.done(
      "session", "schedule", "both", "--title", "Draft", "--room", "west", "--start", "2016-06-01 09:35",
      "--end", "10:25", "--chair", "ada")
    try await plenary.done(
      "session", "add-slot", "both", "--room", "east", "--start", "2016-06-02 14:05", "--end", "14:55")
    for name in ["one", "two"] {
      try await plenary.done(
        "presentation", "add", name, "both", "--title", name, "--presenter", "ada", "--minutes", "50")
    }
    try await plenary.done("attendee", "sign-up", "a-1", "both")
    try await plenary.done("statement", "record", "both", "--by", "ada", "--text", "began.")
    try await plenary.done("program", "release", "1.0")
    try await plenary.done("session", "revise", "both", "--title", "Half and Half")
    return plenary
  }

  @Test func `is shown with both slots by every command`() async throws {
    let plenary = try await held()
    for (command, shown) in Shown.all.sorted(by: { $0.key < $1.key }) {
      guard case .both(let calls) = shown else { continue }
      for arguments in calls {
        let run = try await plenary(command.split(separator: " ").map(String.init) + arguments)
        let text = run.output.replacing("\r\n ", with: "")
        let missing = [
          ("the first room", /Sapphire|west/), ("the first time", /09:35|T093500/),
          ("the second room", /Amber|east/), ("the second time", /14:05|T140500/),
        ].filter { !text.contains($0.1) }.map(\.0)
        #expect(run.code == 0 && missing.isEmpty, "\(missing) in \(run)")
      }
    }
  }

  private struct Dump: Decodable { var command: Command }
  private struct Command: Decodable {
    var commandName: String
    var subcommands: [Command]?
    var arguments: [Argument]?

    struct Argument: Decodable {
      var names: [Name]?
      struct Name: Decodable { var name: String }
    }

    func leaves(_ path: [String] = []) -> [(path: String, options: Set<String>)] {
      let below = (subcommands ?? []).filter { $0.commandName != "help" }
      if !below.isEmpty { return below.flatMap { $0.leaves(path + [$0.commandName]) } }
      let names = (arguments ?? []).flatMap { $0.names ?? [] }.map(\.name)
      return [(path.joined(separator: " "), Set(names))]
    }
  }

  @Test func `is tested for every command that shows something`() async throws {
    let dump = try await Plenary()("--experimental-dump-help")
    let leaves = try JSONDecoder().decode(Dump.self, from: Data(dump.output.utf8)).command.leaves()
    let showing = leaves.filter { !$0.options.contains("dry-run") || $0.path.hasSuffix(" print") }.map(\.path)
    for path in showing {
      #expect(Shown.all[path] != nil || Shown.others.contains(path), "“plenary \(path)” is not handled.")
    }
    let all = Set(leaves.map(\.path))
    for path in Shown.others.union(Shown.all.keys).sorted() {
      #expect(all.contains(path), "There is no “plenary \(path)” any more.")
    }
  }
}
