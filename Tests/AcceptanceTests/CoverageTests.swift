import Foundation
import Testing

/// Every command and every option is used by a test that would notice its loss.
///
/// The uses are found where tests spell out a command, `plenary("venue", "travel", …)`: the words of one call
/// or list. Commands that are only refused (RefusalTests) do not count.
@Suite(.timeLimit(.minutes(40))) struct `Acceptance tests` {
  /// Options that HelpTests checks for all commands, and that many tests use.
  private static let common: Set<String> = [
    "dry-run", "reason", "actor", "command-id", "json", "database", "conference", "c", "at", "as-of",
    "help", "h", "version",
  ]

  @Test func `use every command`() async throws {
    let used = try Self.uses()
    for (path, command) in try await CommandTree.all() where command.subcommands == nil {
      #expect(used[path] != nil, "No acceptance test uses “plenary \(path.joined(separator: " "))”.")
    }
  }

  @Test func `use every option of every command`() async throws {
    let used = try Self.uses()
    for (path, command) in try await CommandTree.all() where command.subcommands == nil {
      for argument in command.arguments ?? [] {
        let spellings = Set((argument.names ?? []).map(\.name))
        guard let name = spellings.max(by: { $0.count < $1.count }), spellings.isDisjoint(with: Self.common)
        else { continue }
        #expect(
          !spellings.isDisjoint(with: used[path] ?? []),
          "No acceptance test uses “plenary \(path.joined(separator: " ")) --\(name)”.")
      }
    }
  }

  /// The used options without hyphens, by the words of the command.
  private static func uses() throws -> [[String]: Set<String>] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    var uses: [[String]: Set<String>] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where name.hasSuffix("Tests.swift") && !["RefusalTests.swift", "CoverageTests.swift"].contains(name) {
      let source = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      for words in SwiftLiterals.lists(in: source) {
        let options = words.filter { $0.hasPrefix("-") }.map { word in
          String(word.prefix { $0 != "=" }.drop { $0 == "-" })
        }
        let path = words.prefix { !$0.hasPrefix("-") }
        for count in [1, 2, 3] where path.count >= count {
          uses[Array(path.prefix(count)), default: []].formUnion(options)
        }
      }
    }
    #expect(uses.count > 100, "This test does not find the other tests.")
    return uses
  }
}

/// The string literals of Swift, by the innermost brackets around them.
enum SwiftLiterals {
  static func lists(in source: String) -> [[String]] {
    var scalars = Array(source.unicodeScalars)[...]
    var open: [[String]] = [[]]
    var found: [[String]] = []
    while let scalar = scalars.first {
      if scalars.starts(with: "//".unicodeScalars) {
        scalars = scalars.drop { $0 != "\n" }
      } else if let hashes = literal(scalars) {
        open[open.count - 1].append(text(&scalars, hashes))
      } else {
        scalars = scalars.dropFirst()
        switch scalar {
        case "(", "[", "{": open.append([])
        case ")", "]", "}":
          guard open.count > 1, let list = open.popLast() else { break }
          if !list.isEmpty { found.append(list) }
        default: break
        }
      }
    }
    return found
  }

  /// The number of hashes of the literal that begins here; nil if none does.
  private static func literal(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
    let hashes = scalars.prefix { $0 == "#" }.count
    return scalars.dropFirst(hashes).first == "\"" ? hashes : nil
  }

  /// Removes a literal. Leaves out interpolations and literals of several lines.
  private static func text(_ scalars: inout ArraySlice<Unicode.Scalar>, _ hashes: Int) -> String {
    scalars = scalars.dropFirst(hashes)
    let isLong = scalars.starts(with: "\"\"\"".unicodeScalars)
    let end =
      Array(repeating: Unicode.Scalar("\""), count: isLong ? 3 : 1) + Array(repeating: "#", count: hashes)
    let escape: [Unicode.Scalar] = ["\\"] + Array(repeating: "#", count: hashes)
    scalars = scalars.dropFirst(isLong ? 3 : 1)
    var text = String.UnicodeScalarView()
    while let scalar = scalars.first, !scalars.starts(with: end) {
      if scalars.starts(with: escape + ["("]) {
        scalars = scalars.dropFirst(escape.count + 1)
        skipInterpolation(&scalars)
      } else if scalars.starts(with: escape) {
        text.append(contentsOf: scalars.prefix(escape.count + 1))
        scalars = scalars.dropFirst(escape.count + 1)
      } else {
        text.append(scalar)
        scalars = scalars.dropFirst()
      }
    }
    scalars = scalars.dropFirst(end.count)
    return isLong ? "" : String(text)
  }

  private static func skipInterpolation(_ scalars: inout ArraySlice<Unicode.Scalar>) {
    var depth = 1
    while depth > 0, let scalar = scalars.first {
      if let hashes = literal(scalars) {
        _ = text(&scalars, hashes)
        continue
      }
      if scalar == "(" { depth += 1 }
      if scalar == ")" { depth -= 1 }
      scalars = scalars.dropFirst()
    }
  }
}
