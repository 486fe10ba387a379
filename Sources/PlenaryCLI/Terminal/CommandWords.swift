import ArgumentParser
import JSON

/// The noun and the verb at the beginning of the arguments.
struct CommandWords {
  private typealias Command = any ParsableCommand.Type

  /// The words before the first one that names no command.
  private(set) var path: [any ParsableCommand.Type] = [PlenaryCommand.self]
  /// The word that should name a command, but names none.
  private var unknown: String?

  init(_ arguments: some Sequence<String>) {
    for word in arguments {
      let choices = path[path.count - 1].configuration.subcommands
      if choices.isEmpty || word.hasPrefix("-") || word == "help" { return }
      guard let next = choices.first(where: { $0.configuration.commandName == word }) else {
        if path[path.count - 1].configuration.defaultSubcommand == nil { unknown = word }
        return
      }
      path.append(next)
    }
  }

  var command: any ParsableCommand.Type { path[path.count - 1] }

  /// How many words name the command.
  var depth: Int { path.count - 1 }

  /// - Throws: `ValidationError` for a word that names no command.
  func check() throws {
    guard let unknown else { return }
    let words = path.map(Self.name).joined(separator: " ")
    let choices = command.configuration.subcommands.map(Self.name)
    let nearest = Self.nearest(to: unknown, among: choices).map { "“\(words) \($0)”" }
    // Of a noun, the verb was mistaken; without one, the noun is missing.
    let meant =
      (depth == 0 ? elsewhere(unknown) ?? nearest : nearest ?? elsewhere(unknown))
      .map { " Did you mean \($0)?" } ?? ""
    throw ValidationError(
      "There is no command “\(words) \(unknown)”.\(meant) After “\(words)” comes one of: "
        + "\(choices.joined(separator: ", ")).")
  }

  /// The parser would keep the last of two values without a word.
  ///
  /// - Throws: `ValidationError` for an option that is given twice and takes one value.
  func checkOptions(_ arguments: [String]) throws {
    let names = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("--") && $0.count > 2 }
      .map { String($0.dropFirst(2).prefix { $0 != "=" }) }
    let repeated = Set(names.filter { name in names.count { $0 == name } > 1 })
    if repeated.isEmpty { return }
    let help = try JSONText.decode(Help.self, from: command._dumpHelp())
    for argument in help.command.arguments ?? [] where argument.kind == "option" && !argument.isRepeating {
      for name in argument.names ?? [] where repeated.contains(name.name) {
        throw ValidationError("--\(name.name) is given twice and takes one value.")
      }
    }
  }

  /// What the parser knows about a command.
  private struct Help: Decodable {
    struct Command: Decodable { var arguments: [Argument]? }
    struct Argument: Decodable {
      var kind: String
      var isRepeating: Bool
      var names: [Name]?
    }
    struct Name: Decodable { var name: String }
    var command: Command
  }

  /// The usage of a command and where its help is, as the parser writes them.
  static func usage(of command: any ParsableCommand.Type) -> String {
    let words = path(to: command, below: [PlenaryCommand.self])?.map(name).joined(separator: " ") ?? "plenary"
    let usage = PlenaryCommand.usageString(for: command).replacing("\n", with: "\n       ")
    return "Usage: \(usage)\n  See '\(words) --help' for more information."
  }

  private static func path(to command: Command, below path: [Command]) -> [Command]? {
    if path.last == command { return path }
    for next in path.last?.configuration.subcommands ?? [] {
      if let found = Self.path(to: command, below: path + [next]) { return found }
    }
    return nil
  }

  private static func name(_ command: Command) -> String { command.configuration.commandName ?? "" }

  // MARK: What was meant

  /// Other words for the same thing.
  private static let synonyms = [
    ["session", "meeting", "event", "panel"], ["presentation", "talk", "paper"],
    ["attendee", "participant", "guest", "delegate"], ["speaker", "person"],
    ["statement", "record", "minutes"], ["organisation", "organization", "institution", "body"],
    ["subject", "topic", "theme"], ["db", "database", "server"], ["program", "programme", "schedule"],
    ["withdraw", "cancel", "retract", "close", "erase", "remove-slot", "delete", "remove"],
    ["add", "register", "schedule", "open", "record", "create", "new"],
    ["revise", "correct", "change", "edit", "update", "set", "rename"],
    ["show", "list", "view", "get", "ls"],
  ]

  /// The few commands of other nouns that have this name: “plenary people merge”.
  private func elsewhere(_ word: String) -> String? {
    let found = PlenaryCommand.configuration.subcommands.flatMap { noun in
      noun.configuration.subcommands.filter { Self.name($0) == word }
        .map { "“plenary \(Self.name(noun)) \(Self.name($0))”" }
    }
    return 1...3 ~= found.count ? found.joined(separator: " or ") : nil
  }

  static func nearest(to word: String, among choices: [String]) -> String? {
    let word = word.lowercased()
    let distances = choices.map { ($0, distance(word, $0)) }.filter { $0.1 <= max(1, $0.0.count / 3) }
    if let nearest = distances.min(by: { $0.1 < $1.1 }) { return nearest.0 }
    return synonyms.first { group in
      group.contains { distance(word, $0) <= $0.count / 6 } && group.contains(where: choices.contains)
    }?.first(where: choices.contains)
  }

  /// How many letters to insert, delete or replace to turn one word into the other.
  private static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let replaced = diagonal + (letter == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
