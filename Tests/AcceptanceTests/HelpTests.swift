import Foundation
import Testing

@Suite(.timeLimit(.minutes(10))) struct `The help` {
  private struct Dump: Decodable { var command: Command }

  private struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var subcommands: [Command]?
    var arguments: [Argument]?

    struct Argument: Decodable {
      var kind: String
      var names: [Name]?
      var abstract: String?

      struct Name: Decodable { var name: String }
    }

    func all(_ path: [String] = []) -> [([String], Command)] {
      [(path, self)]
        + (subcommands ?? []).filter { $0.commandName != "help" }.flatMap { $0.all(path + [$0.commandName]) }
    }
  }

  private func commands() async throws -> [([String], Command)] {
    let dump = try await Plenary()("--experimental-dump-help")
    return try JSONDecoder().decode(Dump.self, from: Data(dump.output.utf8)).command.all()
  }

  @Test func `says of every command what it is for`() async throws {
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

  /// Wrapped lines as one.
  private func words(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func `is shown where a command is not finished`() async throws {
    for path in [[], ["session"], ["room"], ["db"], ["log"], ["projections"]] {
      let run = try await Plenary()(path)
      #expect(run.code == 0 && run.output.contains("SUBCOMMANDS:"), "\(run)")
    }
  }

  @Test func `gives what every command takes that changes or reads something`() async throws {
    for (path, command) in try await commands() where command.subcommands == nil {
      let names = Set((command.arguments ?? []).flatMap { ($0.names ?? []).map(\.name) })
      if names.contains("dry-run") {
        #expect(names.isSuperset(of: ["reason", "actor", "command-id", "json", "conference"]), "\(path)")
      }
      if ["list", "show"].contains(path.last), path != ["conference", "list"] {
        #expect(names.isSuperset(of: ["at", "as-of", "json", "conference", "database"]), "\(path)")
      }
    }
  }

  /// `swift build` is not told the commit; Scripts/build tells it.
  @Test func `names the version, and a development build as one`() async throws {
    let run = try await Plenary()("--version")
    let form = /\d+\.\d+\.\d+ \((development build|commit [0-9a-f]{7,40}(-dirty)?)\)\n/
    #expect(run.code == 0 && run.output.wholeMatch(of: form) != nil, "\(run)")
  }
}
