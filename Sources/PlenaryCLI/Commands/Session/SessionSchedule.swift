import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct Schedule: SingleChange, ConflictingCommand {
    static let configuration = CommandConfiguration(
      commandName: "schedule",
      abstract: "Schedule a new session in a room, at a time, or enter one without.",
      discussion: """
        Example: plenary session schedule opening --title "en=Opening" --room main-hall \
        --start "2016-03-25 09:00" --end 10:30 --kind plenary --chair feng-shaolei

        For a session in several parts, add --part for each part after the first: --part "main-hall \
        2016-03-26 14:00-15:30".

        With --unscheduled, the session has no room and no time: it is in the record, and not in the program. \
        “plenary session add-slot” gives it a time later.

        Without a short name, one is made from the title and printed.
        """)
    @Argument(help: "Permanent short name, e.g. opening (default: made from the title).") var session: String?
    @Option(help: "The room's short name: main-hall.", completion: .rooms) var room: String?
    @Option(help: "Start, in the conference's time zone: 2016-03-25 09:00.") var start: String?
    @Option(help: "End: 10:30 on the same day, or 2016-03-26 01:00.") var end: String?
    @Flag(help: "Enter the session for the record alone, without a room and a time.") var unscheduled = false
    @Option(help: "Another slot: “main-hall 2016-03-26 14:00-15:30”. May be repeated.")
    var part: [String] = []
    @OptionGroup var details: DetailsOptions
    @OptionGroup var parts: PartsOptions
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if unscheduled {
        if room != nil || start != nil || end != nil || !part.isEmpty {
          throw ValidationError("--room, --start, --end and --part cannot be used with --unscheduled.")
        }
        return
      }
      for (name, value) in [("room", room), ("start", start), ("end", end)] where value == nil {
        throw ValidationError("Missing expected argument '--\(name) <\(name)>'")
      }
    }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<SchedulingEvent>
    {
      try await conference.naming(session, \SessionID.tag, by: { Called(try title($0)) }, context) { id in
        try await conference.change(Sessions.self, waivers: waivers(), context) { conference, waivers in
          Sessions.Command(try action(id, conference), waivers: waivers)
        }
      }
    }

    private func title(_ conference: ConferenceFacts) throws -> LocalizedText {
      try details.title.required("title", conference.languages, option: "title")
    }

    private func action(_ id: SessionID, _ conference: ConferenceFacts) throws -> Sessions.Action {
      var wanted = SessionDetails(title: try title(conference), kind: .session)
      try details.changes(conference.languages).apply(to: &wanted)
      guard let room, let start, let end else {
        return try .enter(SessionEntered(session: id, details: wanted), parts.parts(conference))
      }
      let times = try conference.times()
      let begin = try times.read(start)
      let body = try SessionScheduled(
        session: id,
        slot: Slot(asked: RoomID(room), from: begin, to: times.end(end, after: begin)),
        details: wanted)
      let further = try part.map { try readSlot($0, times) }
      return try .schedule(body, further: further, parts.parts(conference))
    }
  }
}
