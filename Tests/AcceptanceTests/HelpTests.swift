import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `The help` {
  private typealias Command = CommandTree.Command

  private func commands() async throws -> [([String], Command)] { try await CommandTree.all() }

  @Test func `describes every command`() async throws {
    let commands = try await commands()
    #expect(commands.count > 60)
    for (path, command) in commands {
      let abstract = command.abstract ?? ""
      #expect(!abstract.isEmpty, "\(path)")
      let run = try await Plenary()(path + ["--help"])
      #expect(run.code == 0 && run.error.isEmpty, "\(run)")
      #expect(run.output.contains((["USAGE: plenary"] + path).joined(separator: " ")), "\(run)")
      #expect(words(run.output).contains(words(abstract)), "\(run)")
    }
  }

  /// The help with wrapped lines joined.
  private func words(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func `is shown for an incomplete command`() async throws {
    for path in [[], ["session"], ["room"], ["db"], ["log"], ["projections"]] {
      let run = try await Plenary()(path)
      #expect(run.code == 0 && run.output.contains("SUBCOMMANDS:"), "\(run)")
    }
  }

  /// Commands that only read, or that concern the database and the read models. They change nothing in the
  /// log.
  private static let readers: Set<String> = [
    "attendee list", "attendee presence", "attendee show", "conference list", "conference show",
    "conference use",
    "correction list",
    "correction show",
    "db backup", "db distribute", "db migrate", "db psql", "db restore", "db rotate-key",
    "db start",
    "db status", "db stop", "log changes", "log export", "log import", "log show", "log tail", "log verify",
    "organisation list",
    "organisation show",
    "people duplicates",
    "presentation list",
    "proceedings check", "proceedings corrigendum", "proceedings diff", "proceedings issues",
    "proceedings verify",
    "proceedings export", "proceedings print", "proceedings rebuild", "proceedings show", "program check",
    "program diff", "program errata", "program export", "program prints", "program releases",
    "program reprint",
    "program show", "program template export", "projections follow", "projections rebuild",
    "projections status", "projections verify", "room list", "session list", "session show",
    "session sittings", "speaker list", "speaker show", "statement list", "statement show", "subject list",
    "track list", "venue list",
  ]

  /// Commands that can cause conflicts, and how.
  private static let waiving: [String: String] = [
    "conference revise": "other days, or more time between rooms",
    "log undo": "a restored state that conflicts with later changes",
    "people merge": "one person in two places",
    "presentation add": "people in two places, a session that runs over",
    "presentation order": "people in two places, at other times",
    "presentation revise": "people in two places, a session that runs over",
    "presentation withdraw": "people in two places, because those after it begin earlier",
    "room closure": "sessions in a room that cannot be used",
    "room hours": "sessions in a room that is not open",
    "room revise": "too few seats, missing equipment, a venue that is further away",
    "session add-slot": "every kind",
    "session move": "every kind",
    "session reinstate": "every kind",
    "session remove-slot": "presentations at other times",
    "session revise": "a plenary beside others, too few seats, missing equipment",
    "session schedule": "every kind",
    "speaker assign": "people in two places",
    "speaker unassign": "a remaining presenter's presence, which changes",
    "speaker unavailable": "people who cannot be there",
    "venue travel": "too little time between two rooms",
  ]

  @Test func `offers the common options for every changing command`() async throws {
    var leaves: Set<String> = []
    for (path, command) in try await commands() where command.subcommands == nil {
      let name = path.joined(separator: " ")
      leaves.insert(name)
      let options = command.options
      let common = options.intersection(["dry-run", "reason", "actor", "command-id"])
      #expect(common.count == (Self.readers.contains(name) ? 0 : 4), "\(name) takes only \(common)")
      #expect(options.contains("waive") == (Self.waiving[name] != nil), "\(name)")
      if !Self.readers.contains(name) {
        #expect(options.isSuperset(of: ["json", "conference", "database"]), "\(name)")
      }
      if ["list", "show"].contains(path.last), name != "conference list" {
        #expect(options.isSuperset(of: ["at", "as-of", "json", "conference", "database"]), "\(name)")
      }
    }
    // Everything listed above is a command.
    #expect(Self.readers.subtracting(leaves) == [])
    #expect(Set(Self.waiving.keys).subtracting(leaves) == [])
    #expect(Self.readers.intersection(Self.waiving.keys) == [])
  }

  @Test func `describes every argument`() async throws {
    for (path, command) in try await commands() {
      for argument in command.arguments ?? [] {
        let name = argument.names?.first?.name ?? argument.valueName ?? ""
        #expect(!(argument.abstract ?? "").isEmpty, "\(path.joined(separator: " ")) \(name)")
      }
    }
  }

  /// `swift build` sets no commit; Scripts/build does.
  @Test func `names the version, and a development build as one`() async throws {
    let run = try await Plenary()("--version")
    let form = /\d+\.\d+\.\d+ \((development build|commit [0-9a-f]{7,40}(-dirty)?)\)\n/
    #expect(run.code == 0 && run.output.wholeMatch(of: form) != nil, "\(run)")
  }
}
