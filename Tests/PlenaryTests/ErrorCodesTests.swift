import Foundation
import Testing

@testable import Plenary

/// Programs depend on these codes, so a code that is renamed is a change that others notice.
struct `The codes of errors` {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let guide = root.appending(path: "Sources/Plenary/Plenary.docc/UsersGuide.md")
  private static let heading = "| refusals by | codes |"

  @Test func `that no decision gives are explained in the users' guide`() throws {
    let guide = try String(contentsOf: Self.guide, encoding: .utf8)
    let rows = guide.matches(of: /\n\| `([a-z-]+)` \| ([0-9]) \| [A-Z][^|]+ \|/).map { String($0.1) }
    #expect(Set(rows) == Set(Failure.Code.allCases.map(\.rawValue)))
  }

  /// To update the table, run this test with `PLENARY_UPDATE_DOCUMENTS=1`.
  @Test func `of all refusals are in the users' guide`() throws {
    let refusals = try Self.refusals()
    #expect(refusals.count > 20 && refusals["rooms"]?.contains("in-use") == true)
    let table =
      [Self.heading, "|---|---|"]
      + refusals.sorted { $0.key < $1.key }.map { owner, codes in
        "| `\(owner)` | \(codes.map { "`\($0)`" }.joined(separator: ", ")) |"
      }
    let guide = try String(contentsOf: Self.guide, encoding: .utf8)
    var lines = guide.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex(of: Self.heading))
    let end = lines[start...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex
    if Array(lines[start..<end]) == table { return }
    guard ProcessInfo.processInfo.environment["PLENARY_UPDATE_DOCUMENTS"] != nil else {
      Issue.record("The users' guide has other codes than the sources:\n\(table.joined(separator: "\n"))")
      return
    }
    lines.replaceSubrange(start..<end, with: table)
    try lines.joined(separator: "\n").write(to: Self.guide, atomically: true, encoding: .utf8)
  }

  /// By decision, in the order of the sources. A case that passes on another refusal has no code of its own.
  private static func refusals() throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for target in ["People", "Scheduling", "Record"] {
      let folder = root.appending(path: "Sources/\(target)").path(percentEncoded: false)
      for file in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
      where file.hasSuffix(".swift") {
        var owner = ""
        var isInside = false
        for line in try String(contentsOfFile: folder + "/" + file, encoding: .utf8).split(separator: "\n") {
          if let match = line.firstMatch(of: /^(?:package )?(?:enum|extension) (\w+)/) {
            owner = String(match.1)
          }
          if line.contains(/enum \w*Refusal: DomainRefusal/) { isInside = true }
          if line.contains("var texts") || line.contains("var position") { isInside = false }
          guard isInside, let match = line.firstMatch(of: /^ +case (\w+)(\(.*)?/) else { continue }
          if let payload = match.2, payload.contains(/^\((\w+\.Refusal|AvailabilityRefusal|ConflictsFound)\)/)
          {
            continue
          }
          found[hyphenated(owner.replacing(/Refusal$/, with: "")), default: []].append(
            hyphenated(String(match.1)))
        }
      }
    }
    return found
  }
}
