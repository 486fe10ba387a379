import ArgumentParser
import EventLog
import Foundation
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension SessionCommand {
  struct TimeOption: ParsableArguments {
    @Option(
      help:
        "When it really was: 2016-03-25 09:05, 09:05 on the day that is known, only a day, or “now” (default: not stated)."
    )
    var at: String?

    func given(_ times: TimeInput) throws -> GivenHeldTime? {
      guard let at else { return nil }
      if trimming(at).lowercased() == "now" {
        return .now(
          times.rules.time(at: Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))))
      }
      if let day = try? CalendarDate(trimming(at)) { return .day(day) }
      return .time(try times.when(at))
    }
  }

  /// What is known of a session that was convened or resumed.
  struct PresenceOptions: ParsableArguments {
    @Option(help: "Speaker who presided: a short name. May be repeated.", completion: .speakers) var chair:
      [String] = []
    @Option(help: "Who presided, as printed (default: the names). Repeat once per language: en=… zh=….")
    var presiding: [LocalizedArgument] = []
    @Option(parsing: .unconditional, help: "Number of people who were present: 42.") var present: Int?
    @Option(parsing: .unconditional, help: "Number of people who must be present: 30.") var quorum: Int?
    @Option(help: "Where it really took place, as printed. Repeat once per language: en=… zh=….")
    var place: [LocalizedArgument] = []

    func validate() throws {
      for (name, number) in [("present", present), ("quorum", quorum)] {
        if let number, !(0...1_000_000).contains(number) {
          throw ValidationError("--\(name) takes a number of people from 0 to 1000000, not \(number).")
        }
      }
    }

    func wanted(_ at: GivenHeldTime?, _ conference: ConferenceFacts) throws -> Sittings.Wanted {
      let languages = try conference.languages
      let text = try presiding.localized("presiding officer", languages)
      let persons = try chair.map { try conference.person($0) }
      var changes = SittingDetails.Changes()
      changes.present = present
      changes.quorum = quorum
      changes.place = try place.localized("place", languages)
      return Sittings.Wanted(
        at: at,
        presiding: persons.isEmpty && text == nil ? nil : .init(persons: persons, asPrinted: text),
        changes: changes, rules: try conference.timesUntilToday().rules)
    }
  }

  struct Convene: DecidedChange {
    typealias Domain = Sittings

    static let configuration = CommandConfiguration(
      commandName: "convene", abstract: "Record that a session was called to order.",
      discussion: """
        The record prints what is stated here as held, beside the program. What is not stated stays unknown. \
        Example: plenary session convene opening --at "2016-03-25 09:05" --chair feng-shaolei --present 42
        """)
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @OptionGroup var time: TimeOption
    @OptionGroup var presence: PresenceOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Sittings.Command {
      let times = try conference.timesUntilToday()
      return try .convene(conference.session(session), presence.wanted(time.given(times), conference))
    }
  }

  struct Resume: DecidedChange {
    typealias Domain = Sittings

    static let configuration = CommandConfiguration(
      commandName: "resume", abstract: "Record that a suspended session continued.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @OptionGroup var time: TimeOption
    @OptionGroup var presence: PresenceOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Sittings.Command {
      let times = try conference.timesUntilToday()
      return try .resume(conference.session(session), presence.wanted(time.given(times), conference))
    }
  }

  struct Suspend: DecidedChange {
    typealias Domain = Sittings

    static let configuration = CommandConfiguration(
      commandName: "suspend", abstract: "Record that a session was suspended, to continue later.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @OptionGroup var time: TimeOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Sittings.Command {
      let times = try conference.timesUntilToday()
      return try .suspend(conference.session(session), .init(at: time.given(times), rules: times.rules))
    }
  }

  struct Close: DecidedChange {
    typealias Domain = Sittings

    static let configuration = CommandConfiguration(
      commandName: "close", abstract: "Record that a session rose: its sitting was over.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @OptionGroup var time: TimeOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Sittings.Command {
      let times = try conference.timesUntilToday()
      return try .close(conference.session(session), .init(at: time.given(times), rules: times.rules))
    }
  }

  struct ReviseSitting: DecidedChange {
    typealias Domain = Sittings

    static let configuration = CommandConfiguration(
      commandName: "revise-sitting",
      abstract: "Correct what was recorded of a session's sitting. Fields not given stay unchanged.",
      discussion: """
        “plenary session sittings” lists the steps with their numbers. To take back a step that never happened, \
        undo it with “plenary log undo”.
        """)
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @Option(parsing: .unconditional, help: "Number of the step, e.g. 1.") var step: Int
    @Option(help: "Remove these fields: --clear place --clear present.") var clear: [SittingDetails.Field] =
      []
    @OptionGroup var time: TimeOption
    @OptionGroup var presence: PresenceOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Sittings.Command {
      var wanted = try presence.wanted(time.given(conference.timesUntilToday()), conference)
      // A value for a field that is cleared too is a contradiction, also for those that the decision resolves.
      if (clear.contains(.at) && wanted.at != nil) || (clear.contains(.presiding) && wanted.presiding != nil)
      {
        throw ValidationError("--clear removes a value that another option sets. Leave one of them out.")
      }
      wanted.changes = try wanted.changes.clearing(clear)
      return try .revise(conference.session(session), step: step, wanted)
    }
  }

  /// Lists the steps and segments.
  struct SittingsList: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "sittings",
      abstract: "Show when a session was convened, suspended, resumed and closed, and its segments.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    private struct Listed: Encodable {
      let session: SessionID
      let steps: [StepRow]
      let segments: [SegmentRow]
      let heading: LocalizedText?
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let (view, program) = try await conference.workspace.consistentViews(
        ProceedingsModel.self, of: conference.id, read.bound(conference))
      let id = try conference.session(session, in: program.model)
      guard program.model.sessions[id.slug] != nil else { throw Refused(Sessions.Refusal.unknownSession(id)) }
      let held = view.model.held
      let listed = Listed(
        session: id, steps: held.steps(of: id), segments: held.segmentsBySession[id] ?? [],
        heading: held.headings[id.slug]?.heading)
      if global.json { return try Console.json(.sessionSittings, listed, at: view.checkpoint.position) }
      var table = TextTable("STEP", "WHAT", "WHEN", "PRESIDING", "PRESENT", "PLACE")
      for step in listed.steps {
        let details = step.details
        let quorum = details.quorum.map { "quorum \($0)" }
        let present = details.present.map { "\($0)" + (quorum.map { " (\($0))" } ?? "") } ?? quorum
        table.add(
          "\(step.number)", step.kind.rawValue, details.at?.readable,
          conference.text(details.presiding?.asPrinted), present,
          conference.text(details.place))
      }
      table.print(nothing: "“\(id)” has not been convened; see “plenary session convene --help”.")
      if !listed.segments.isEmpty {
        let statements = view.model.entries(of: id).filter { $0.kind == .statement && $0.isPrinted }
        var segments = TextTable("SEGMENT", "FROM", "TITLE")
        for segment in listed.segments {
          let first = statements.first { $0.order >= segment.order }
          segments.add("\(segment.number)", first?.id.slug ?? "the end", conference.text(segment.title))
        }
        Console.print("")
        segments.print(nothing: "")
      }
      if let heading = listed.heading {
        Console.print("\nPrinted in the record as “\(conference.text(heading)!)”.")
      }
    }
  }
}
