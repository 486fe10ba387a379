import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct Check: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Look for conflicts and other doubts: what, since when, and by whose change.",
      discussion: """
        Conflicts that were waived are left out, unless --waived is given. Ends with exit code 1 where \
        something is found.
        """)
    @Flag(help: "Also what was waived, with the reasons.") var waived = false
    @Option(help: "Only of this kind: room-taken, person-twice, untranslated …; may be repeated.")
    var only: [String] = []
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    static let kinds = Conflict.Kind.allCases.map(\.rawValue) + ["nobody-assigned", "untranslated"]

    func validate() throws {
      for kind in only where !Self.kinds.contains(kind) {
        throw ValidationError("“\(kind)” is no kind; there are \(Self.kinds.joined(separator: ", ")).")
      }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let findings = try await conference.replayed(ConflictHistory.self, read).model.findings(waived: waived)
        .filter { only.isEmpty || only.contains($0.kind) }
      if global.json {
        try Console.json(findings)
      } else {
        for finding in findings { tell(finding) }
        if findings.isEmpty {
          Console.print("Nothing doubtful was found.")
        } else {
          let counts = Dictionary(grouping: findings, by: \.kind).mapValues(\.count)
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
          Console.print("")
          Console.print(Console.bold(counts.map { "\($0.value) \($0.key)" }.joined(separator: ", ")))
        }
      }
      if findings.contains(where: { $0.waived == nil }) {
        throw ExitCode(Failure.Kind.refused.rawValue)
      }
    }

    private func tell(_ finding: Finding) {
      Console.print(Console.bold(finding.kind) + "  " + finding.message)
      if let since = finding.since {
        Console.print(
          Console.dim("    since \(since.recordedAt.readable), event \(since.position), by \(since.actor)"))
      }
      if let reason = finding.waived, let by = finding.waivedBy {
        Console.print(Console.dim("    waived by \(by.actor): \(reason)"))
      }
    }
  }
}
