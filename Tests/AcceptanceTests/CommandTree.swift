import Foundation

/// All commands, from the program's own description of itself.
enum CommandTree {
  private struct Dump: Decodable { var command: Command }

  struct Command: Decodable, Sendable {
    var commandName: String
    var abstract: String?
    var subcommands: [Command]?
    var arguments: [Argument]?

    struct Argument: Decodable, Sendable {
      var kind: String
      var names: [Name]?
      var valueName: String?
      var abstract: String?

      struct Name: Decodable, Sendable { var name: String }
    }

    /// The names of its options and flags, without dashes.
    var options: Set<String> { Set((arguments ?? []).flatMap { ($0.names ?? []).map(\.name) }) }

    func all(_ path: [String] = []) -> [([String], Command)] {
      [(path, self)]
        + (subcommands ?? []).filter { $0.commandName != "help" }.flatMap { $0.all(path + [$0.commandName]) }
    }
  }

  static func all() async throws -> [([String], Command)] {
    let dump = try await Plenary()("--experimental-dump-help")
    return try JSONDecoder().decode(Dump.self, from: Data(dump.output.utf8)).command.all()
  }
}
