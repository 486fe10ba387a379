import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProceedingsCommand {
  struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff", abstract: "Show what differs between two states of the record.",
      discussion: """
        A state is an issue (1), a position of the log (@120), or nothing for the present draft.
        Examples: plenary proceedings diff 1..2, plenary proceedings diff 2.., plenary proceedings diff @90..@120
        """)
    @Argument(help: "The two states: 1..2 (default: the last issue and the present draft).")
    var states: String?
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let (first, second) = try await wanted(conference)
      let old = try await conference.record(first)
      let new = try await conference.record(second)
      let diff = RecordDiff(from: old.model, old.order, to: new.model, new.order)
      if global.json { return try Console.json(.proceedingsDiff, diff) }
      if diff.isEmpty {
        return Console.print(
          "No entry differs between \(first) and \(second), and nothing that is said of the sessions or on the front."
        )
      }
      for difference in diff.differences { show(difference, conference) }
      for session in diff.sessions {
        Console.print(
          Console.bold(session.session.slug) + "  changed  "
            + session.what.map(\.rawValue).joined(separator: ", "))
      }
      if !diff.front.isEmpty {
        Console.print(Console.bold("front") + "  changed  " + diff.front.map(\.noun).joined(separator: ", "))
      }
    }

    private func wanted(_ conference: ConferenceContext) async throws -> (RecordStateName, RecordStateName) {
      guard let states else {
        guard let last = try await conference.view(ProceedingsModel.self, .head).model.lastIssue else {
          throw Failure(
            .wrongUsage, "No issue has been published yet; name two positions of the log: @90..@120.")
        }
        return (.issue(last.details.issue), .present)
      }
      guard let dots = states.firstRange(of: "..") else {
        throw ValidationError("Name two states with two dots between them: 1..2 or @90..@120.")
      }
      return (
        try RecordStateName(states[..<dots.lowerBound]), try RecordStateName(states[dots.upperBound...])
      )
    }

    private func show(_ difference: RecordDiff.Difference, _ conference: ConferenceContext) {
      let numbers = [difference.oldNumber, difference.newNumber].compactMap(\.self)
      let number = Set(numbers).count > 1 ? numbers.joined(separator: " → ") : numbers.first ?? "no number"
      Console.print(
        Console.bold(number) + "  \(difference.what.rawValue)  " + Console.dim("\(difference.entry)"))
      for (sign, changes) in [("-", difference.before), ("+", difference.after)] {
        let lines = changes.lines(conference).flatMap { $0.split(separator: "\n") }
        for line in lines { Console.print("  \(sign) \(line)") }
      }
      Console.print("")
    }
  }

  struct Check: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Name what needs an editor's attention before the next issue.",
      discussion: "Exit code 1 if there is anything.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let findings = try await conference.recordFindings(read.bound(conference))
      if global.json {
        try Console.json(.proceedingsCheck, items: findings)
      } else if findings.isEmpty {
        Console.print(
          "Nothing needs attention: every entry, correction and sitting was checked, and every translation into a language "
            + "that most entries have.")
      } else {
        var table = TextTable("ENTRY OR SESSION", "WHAT", "DETAILS")
        for finding in findings { table.add(finding.name, finding.what.rawValue, finding.details) }
        table.print(nothing: "")
      }
      if !findings.isEmpty { throw ExitCode(1) }
    }
  }
}
