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
      abstract: "Find conflicts and other problems in the program.",
      discussion: """
        Each problem is shown with the change that caused it: when it was made, and by whom. Waived \
        conflicts are left out unless --waived is given. Characters that no font here has are problems too. \
        --only search-engines names what search engines want to know and the conference does not state, \
        such as its website; otherwise this is not checked. The exit code is 1 if there is a problem that is not waived.

        Example: plenary program check --only room-taken --only person-twice
        """)
    @Flag(help: "Show waived conflicts too, with the reasons.") var waived = false
    @Option(help: "Only problems of this kind, e.g. room-taken or untranslated. May be repeated.")
    var only: [String] = []
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    static let kinds =
      Conflict.Kind.allCases.map(\.rawValue) + [
        "nobody-assigned", "untranslated", Finding.unprintable, Finding.searchEngines,
      ]

    func validate() throws {
      for kind in only where !Self.kinds.contains(kind) {
        throw ValidationError(
          "“\(kind)” is not a kind of problem; the kinds are \(Self.kinds.joined(separator: ", ")).")
      }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let bound = try read.bound(conference)
      let checksDocuments =
        only.isEmpty || only.contains(Finding.unprintable) || only.contains(Finding.searchEngines)
      let program = checksDocuments ? try await conference.view(ProgramModel.self, bound) : nil
      // Both as of the same event.
      let view = try await conference.replayed(
        ConflictHistory.self, program.map { .position($0.checkpoint.position) } ?? bound)
      var findings = view.model.findings(waived: waived).filter { only.isEmpty || only.contains($0.kind) }
      if let program {
        let publication = ProgramPublication(
          program.model, program.checkpoint, conference: conference.id, PrintSettings())
        findings += try problems(of: publication, conference)
      }
      if global.json {
        try Console.json(.programCheck, items: findings, at: view.checkpoint.position)
      } else {
        let clock = try conference.clock()
        for finding in findings { tell(finding, clock) }
        if findings.isEmpty {
          let accepted =
            waived ? 0 : view.model.findings(waived: true).count { only.isEmpty || only.contains($0.kind) }
          Console.print(
            "No problems were found" + (only.isEmpty ? "." : " of the kind \(only.joined(separator: ", ")).")
              + (accepted == 0
                ? "" : " \(counted(accepted, "conflict is", "conflicts are")) accepted; see --waived."))
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

    /// The characters that no font here has, and, if asked for, what search engines miss.
    private func problems(of publication: ProgramPublication, _ conference: ConferenceContext) throws
      -> [Finding]
    {
      var findings: [Finding] = []
      if only.isEmpty || only.contains(Finding.unprintable) {
        findings += conference.workspace.warnings(ofCharactersIn: try publication.booklet()).map {
          Finding(kind: Finding.unprintable, message: $0.text)
        }
      }
      let unknown = publication.unknownToSearchEngines
      if only.contains(Finding.searchEngines), !unknown.isEmpty {
        findings.append(
          Finding(
            kind: Finding.searchEngines,
            message: "The conference does not state everything that search engines ask for. "
              + "“plenary conference revise” takes what is missing: \(unknown.joined(separator: ", "))."))
      }
      return findings
    }

    private func tell(_ finding: Finding, _ clock: ZoneRules) {
      Console.print(Console.bold(finding.kind) + "  " + finding.message)
      if let since = finding.since {
        Console.print(
          Console.dim(
            "    since \(clock.readable(since.recordedAt)), event \(since.position), by \(since.actor)"))
      }
      if let reason = finding.waived, let by = finding.waivedBy {
        Console.print(Console.dim("    waived by \(by.actor): \(reason)"))
      }
    }
  }
}
