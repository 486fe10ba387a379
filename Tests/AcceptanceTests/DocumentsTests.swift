import Foundation
import Subprocess
import Testing

/// The commands in README and the User's guide print what these documents show.
///
/// To update the documents, run this suite with `PLENARY_UPDATE_DOCUMENTS=1` and read the difference.
@Suite(
  .enabled(if: Programs.missing.isEmpty, "needs typst and pdftotext; Scripts/setup --for test brings them"))
struct DocumentsTests {
  @Test(arguments: [("README.md", 5), ("Sources/Plenary/Plenary.docc/UsersGuide.md", 40)])
  func `show what the commands really print`(path: String, atLeast: Int) async throws {
    let document = Transcript(try String(contentsOf: Checkout.file(path), encoding: .utf8))
    #expect(document.steps.count >= atLeast)
    let plenary = try await Plenary.apart()
    let folder = try Folder()
    var updated = document
    for (index, step) in document.steps.enumerated() {
      let run = try await plenary.shell(step.command, in: folder.path(""))
      #expect([0, 1].contains(run.code), "\(run)")
      let printed = run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if Transcript.matches(step.shown, printed) { continue }
      updated.steps[index].shown = printed.map(Transcript.masked)
      if ProcessInfo.processInfo.environment["PLENARY_UPDATE_DOCUMENTS"] == nil {
        Issue.record(
          "\(path): $ \(step.command)\nshows\n\(step.shown.joined(separator: "\n"))\nbut prints\n\(run.output)"
        )
      }
    }
    if updated.text != document.text {
      try updated.text.write(to: Checkout.file(path), atomically: true, encoding: .utf8)
    }
  }

  @Test func `name the same version as the program`() async throws {
    let version = try await Plenary()("--version").output.prefix { $0 != " " }
    let readme = try String(contentsOf: Checkout.file("README.md"), encoding: .utf8)
    #expect(readme.contains("Version \(version)"))
    let changelog = try String(
      contentsOf: Checkout.file("Sources/Plenary/Plenary.docc/Changelog.md"), encoding: .utf8)
    let newest = changelog.split(separator: "\n").first { $0.hasPrefix("## ") && $0 != "## Overview" }
    #expect(newest == "## \(version)")
  }

  /// Options that stand alone belong to the command before them in their row, and without one to `statement record`.
  @Test func `tell of every kind of fact how it is recorded, by commands and options that exist`()
    async throws
  {
    let text = try String(contentsOf: Checkout.file("Sources/Record/Record.docc/Facts.md"), encoding: .utf8)
    let commands = Dictionary(
      uniqueKeysWithValues: try await CommandTree.all().map { ($0.0.joined(separator: " "), $0.1) })
    var facts: [Int] = []
    for row in text.split(separator: "\n") where row.hasPrefix("| ") {
      let cells = row.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      facts += cells[1].split(separator: ",").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
      var command = try #require(commands["statement record"])
      for code in row.matches(of: /`([^`]+)`/) where !code.1.hasPrefix("[[") {
        let words = code.1.split(separator: " ").map(String.init)
        if !words[0].hasPrefix("--"),
          let last = (1...words.count).last(where: { count in
            commands[words.prefix(count).joined(separator: " ")] != nil
          })
        {
          command = commands[words.prefix(last).joined(separator: " ")]!
          #expect(command.subcommands == nil, "\(row)")
        } else {
          #expect(words[0].hasPrefix("--") || words.count == 1, "“\(code.1)” is no command: \(row)")
        }
        for option in words where option.hasPrefix("--") {
          #expect(command.options.contains(String(option.dropFirst(2))), "\(option) in \(row)")
        }
      }
    }
    #expect(facts.sorted() == Array(1...52))
  }

  /// A page that sends readers to a folder that does not exist is worse than none.
  @Test(arguments: [
    "README.md", "Sources/Plenary/Plenary.docc/HowPlenaryIsBuilt.md",
    "Sources/Plenary/Plenary.docc/HowToAdd.md",
  ])
  func `name only files and folders that exist`(path: String) throws {
    let text = try String(contentsOf: Checkout.file(path), encoding: .utf8)
    let named = text.matches(of: /`((?:Sources|Tests|Schema|Scripts)\/[^` ]*)`/).map { String($0.1) }
    #expect(!named.isEmpty)
    for name in named where !name.contains("…") && !name.contains("*") {
      #expect(FileManager.default.fileExists(atPath: Checkout.file(name).path), "\(name)")
    }
  }
}

/// A document with terminal blocks: lines that begin with `$ ` are commands, followed by their output.
struct Transcript {
  struct Step {
    /// With its continuation lines.
    var command: String
    var shown: [String]
  }

  private enum Piece {
    case text(String)
    case step(Int)
  }

  private var pieces: [Piece] = []
  var steps: [Step] = []

  init(_ document: String) {
    var inside = false
    var continues = false
    for line in document.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if inside, line != "```" {
        if continues {
          steps[steps.count - 1].command += "\n" + line
        } else if line.hasPrefix("$ ") {
          pieces.append(.step(steps.count))
          steps.append(Step(command: String(line.dropFirst(2)), shown: []))
        } else if !steps.isEmpty {
          steps[steps.count - 1].shown.append(line)
        }
        continues = (continues || line.hasPrefix("$ ")) && line.hasSuffix("\\")
      } else {
        inside = line == "```console"
        pieces.append(.text(line))
      }
    }
  }

  /// The document as text.
  var text: String {
    pieces.flatMap { piece in
      switch piece {
      case .text(let line): [line]
      case .step(let index): ["$ " + steps[index].command] + steps[index].shown
      }
    }
    .joined(separator: "\n")
  }

  /// Whether this matches the output. A line `…` stands for any lines, and `…` within a line for any text.
  static func matches(_ shown: [String], _ printed: [String]) -> Bool {
    guard let line = shown.first else { return printed.isEmpty }
    if line == "…" {
      return (0...printed.count).contains { matches(Array(shown.dropFirst()), Array(printed.dropFirst($0))) }
    }
    guard let other = printed.first, fits(line, other) else { return false }
    return matches(Array(shown.dropFirst()), Array(printed.dropFirst()))
  }

  /// The line with “…” for text that differs between runs: times of recording, ids, hashes, the login name.
  static func masked(_ line: String) -> String {
    line.replacing(
      #/20(?!16-)\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z| UTC| [+-]\d\d:\d\d)?/#, with: "…"
    )
    .replacing(#/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/#, with: "…")
    .replacing(#/\b[0-9a-f]{12,}\b/#, with: "…")
    .replacing(try! Regex(" \(NSUserName())\\b"), with: " …")
  }

  private static func fits(_ shown: String, _ printed: String) -> Bool {
    if shown == printed { return true }
    let pieces = shown.components(separatedBy: "…")
    guard pieces.count > 1, printed.hasPrefix(pieces[0]), printed.hasSuffix(pieces[pieces.count - 1]) else {
      return false
    }
    var rest = printed.dropFirst(pieces[0].count)
    for piece in pieces.dropFirst() where !piece.isEmpty {
      guard let range = rest.range(of: piece) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}

struct TranscriptTests {
  @Test func `reads commands with their output, and writes the same document`() {
    let text = "Text\n\n```console\n$ a b \\\n    c\none\ntwo\n$ d\n```\n\n```sh\n$ e\n```\n"
    let document = Transcript(text)
    #expect(document.steps.map(\.command) == ["a b \\\n    c", "d"])
    #expect(document.steps.map(\.shown) == [["one", "two"], []])
    #expect(document.text == text)
  }

  @Test(arguments: [
    (["a"], ["a"], true), (["a"], ["b"], false), (["a"], [], false), ([], ["a"], false),
    (["a … c"], ["a b c"], true),
    (["a … c"], ["a b d"], false), (["…", "c"], ["a", "b", "c"], true), (["a", "…"], ["a"], true),
    (["a", "…"], ["b", "c"], false), (["… b"], ["a b c"], false),
  ]) func `compares shown with printed output`(shown: [String], printed: [String], expected: Bool) {
    #expect(Transcript.matches(shown, printed) == expected)
  }

  @Test func `masks text that differs between runs`() {
    let id = "d3cc37bd-de1c-4adb-afe8-435e11987054"
    #expect(Transcript.masked("4  2026-11-28T08:38:05.506166Z \(id) 8ebb2686d733") == "4  … … …")
    #expect(Transcript.masked("opened at 2026-11-28 16:38 +08:00.") == "opened at ….")
    #expect(Transcript.masked("Opening 2016-03-25 09:00, 4 places") == "Opening 2016-03-25 09:00, 4 places")
  }
}

extension Plenary {
  /// Runs a line of bash with this program as `plenary`. Standard output and standard error are combined,
  /// without spaces at the ends of lines.
  func shell(_ line: String, in folder: String) async throws -> Run {
    let environment = [
      "PATH=\(Self.folder):\(ProcessInfo.processInfo.environment["PATH"] ?? "")", "PLENARY_HOME=\(Self.home)",
      "PLENARY_ACTOR=anna",
    ]
    let script = "cd \"$0\" && { \(line)\n} 2>&1"
    let result = try await Subprocess.run(
      .name("env"),
      arguments: Arguments(
        environment + (database.map { ["PLENARY_DATABASE_URL=\($0)"] } ?? []) + [
          "bash", "-c", script, folder,
        ]),
      input: .none, output: .bytes(limit: 1 << 22), error: .bytes(limit: 1 << 20))
    guard case .exited(let code) = result.terminationStatus else {
      return Run(command: [line], code: -1, output: "", error: "")
    }
    let lines = String(decoding: result.standardOutput, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.replacing(#/ +$/#, with: "") }
    return Run(
      command: [line], code: Int(code),
      output: lines.dropLast(lines.last == "" ? 1 : 0).joined(separator: "\n"),
      error: String(decoding: result.standardError, as: UTF8.self))
  }
}
