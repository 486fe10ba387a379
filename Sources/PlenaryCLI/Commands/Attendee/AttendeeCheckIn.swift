import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  /// A session or a day; neither: the conference.
  struct OccasionOptions: ParsableArguments {
    @Option(
      help:
        "The session in which they are present, e.g. workshop-1 (default: they arrive at the conference).",
      completion: .sessions
    )
    var session: String?
    @Option(help: "The day on which they are present, e.g. 2016-03-25.") var day: String?

    func validate() throws {
      if session != nil, day != nil { throw ValidationError("Give --session or --day, not both.") }
    }

    /// - Parameter id: of the session that words name.
    func occasion(_ id: (String) async throws -> SessionID) async throws -> Occasion? {
      let day = try day.map { try CalendarDate($0) }
      guard let session else { return Occasion(session: nil, day: day) }
      return .session(try await id(session))
    }
  }

  struct CheckIn: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "check-in",
      abstract: "Check in an attendee: at the conference, in a session, or for a day.",
      discussion: """
        At the registration desk, without --session and --day: the attendee has arrived. At the door of a session, or on \
        each day: they were present there; “plenary attendee presence” lists that, for certificates. A second check-in is \
        refused: the answer says *again*, with when and where the first was, and the exit code is 1. Whom you mean is told by \
        the code on the badge, the short name, the address, the code of the order, the name, or a part of it that nobody \
        else has.

        For a queue of attendees, use “plenary attendee desk”.

        A station without a connection keeps the times and gives them later with --time.

        Example: plenary attendee check-in a-7k3m9q --session workshop-1 --station "Door 2" --time "2016-03-25 09:02"
        """)
    @Argument(
      help:
        "The attendee: the code on the badge, a short name, an address, an order code, a name or a unique part of it.",
      completion: .attendees)
    var attendee: String
    @OptionGroup var occasion: OccasionOptions
    @Option(
      help: "When it happened, on the clock of the conference's zone: “2016-03-25 09:02” (default: now).")
    var time: String?
    @Option(help: "Where it happened: a desk, a door, a device, e.g. “Desk 2”.") var station: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    var textsInClear: [TextInClear] { station.map { [TextInClear(.station, $0)] } ?? [] }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<PeopleEvent>
    {
      let id = try await conference.attendee(atDoor: attendee)
      do {
        let outcome = try await checkIn(id, in: conference, context)
        await show(
          id, context.dryRun ? "WOULD BE CHECKED IN" : "CHECKED IN", .good, in: conference)
        return outcome
      } catch let refused as Refused {
        if let (first, rules) = refused.firstCheckIn {
          await show(
            id, "AGAIN", .bad, detail: "Checked in before, \(first.described(rules)).", in: conference)
        }
        throw refused
      }
    }

    /// The card is for people. That somebody is checked in does not depend on whether it can be read.
    private func show(
      _ id: AttendeeID, _ headline: String, _ tone: CardText.Tone, detail: String? = nil,
      in conference: ConferenceToChange
    ) async {
      guard !global.json, ScriptedCommand.current == nil, let card = try? await conference.card(of: id) else {
        return
      }
      for line in CardText(headline: headline, tone: tone, detail: detail, card: card).lines(
        width: Console.width)
      { Console.print(line) }
    }

    private func checkIn(_ id: AttendeeID, in conference: ConferenceToChange, _ context: CommandContext)
      async throws -> Outcome<PeopleEvent>
    {
      let station = try station.map { try checkedText($0, "station") }
      let occasion = try await occasion.occasion { try conference.session($0) }
      var warning: HintedText?
      func request(_ conference: ConferenceFacts) throws -> CheckInRequest {
        let at = try time.map { try conference.past($0) }
        warning = try conference.warning(ofCheckIn: id, in: occasion, at: at)
        return CheckInRequest(id, at: at, station: station, try conference.timesUntilToday().rules)
      }
      var outcome: Outcome<PeopleEvent>
      if let session = occasion?.session {
        outcome = try await conference.checkIn(to: session, context, request: request)
      } else if let occasion {
        outcome = try await conference.change(Presences.self, context) { .checkIn(try request($0), occasion) }
      } else {
        outcome = try await conference.change(Attendees.self, context) { .checkIn(try request($0)) }
      }
      if let warning, !outcome.events.isEmpty, outcome.warnings.isEmpty { outcome.warnings.append(warning) }
      return outcome
    }
  }
}
