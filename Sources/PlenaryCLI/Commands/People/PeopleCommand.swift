import ArgumentParser
import EventLog
import Plenary
import Scheduling
import Vocabulary

struct PeopleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "people",
    abstract: "Find people who were registered twice, and make one person of two speakers.",
    subcommands: [Duplicates.self, Merge.self])

  struct Duplicates: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "duplicates",
      abstract: "List speakers and attendees who may be registered twice, and why.",
      discussion: """
        Names are compared in all scripts and in any order, without accents, and as they sound; then e-mail addresses, \
        organisations, and whether the two take part in sessions at the same time. A speaker who is also an attendee is \
        listed too. Nothing is changed: “plenary people merge” makes one person of two speakers, and “plenary attendee \
        withdraw” removes an attendee.

        Example: plenary people duplicates --least 80
        """)
    @Option(help: "Only pairs with at least this score, from 1 to 99 (default: 50).") var least = 50
    @Option(help: "Only these pairs: speakers, attendees, both (a speaker and an attendee); default: all.")
    var among: Duplicate.Kind?
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if !(1...99).contains(least) {
        throw ValidationError("--least takes a score from 1 to 99, not \(least).")
      }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let (found, position) = try await conference.duplicates(
        atLeast: least, of: among, read.bound(conference))
      if global.json { return try Console.json(.peopleDuplicates, items: found, at: position) }
      var table = TextTable("SCORE", "REGISTERED", "PERHAPS ALSO", "WHY")
      for pair in found {
        table.add(
          "\(pair.score)", cell(pair.person), cell(pair.other),
          (pair.reasons + pair.doubts.map { "but: \($0)" }).joined(separator: "\n"))
      }
      // Readers do not see the names of attendees.
      let isReader = conference.workspace.access == .readModels
      table.print(nothing: "\(isReader ? "No speaker" : "Nobody") seems to be registered twice.")
      if let pair = found.first(where: { $0.kind == .speakers }) {
        Console.error(
          "To make one person of two speakers: plenary people merge \(pair.other.slug) \(pair.person.slug)")
      }
      if let pair = found.first(where: { $0.kind == .attendees }) {
        Console.error(
          "To remove an attendee who is registered twice: plenary attendee withdraw \(pair.other.slug)")
      }
      if found.contains(where: { $0.kind == .both }) {
        Console.error("A speaker can be an attendee as well; that needs no change.")
      }
    }

    private func cell(_ registered: Duplicate.Registered) -> String {
      "\(registered.attendee == nil ? "speaker" : "attendee") \(registered.slug)\n\(registered.name)"
    }
  }

  struct Merge: ConflictingChange {
    typealias Domain = Merging

    static let configuration = CommandConfiguration(
      commandName: "merge", abstract: "Make one person of two speakers; the first is merged into the second.",
      discussion: """
        In all sessions, the second takes the place of the first; names in further languages, affiliations and \
        unavailable times are taken over. What was recorded keeps the name under which it was said, and indexes list it \
        under the second. The short name of the first leads to the second from then on. “plenary log undo” takes it back.

        Example: plenary people merge pawel-nowak-2 pawel-nowak
        """)
    @Argument(help: "The speaker who is merged: pawel-nowak-2.", completion: .speakers) var merged: String
    @Argument(help: "The speaker who stays: pawel-nowak.", completion: .speakers) var person: String
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts, _ waivers: [Waiver]) throws -> Merging.Command {
      try Merging.Command(
        conference.person(merged, wholly: true), into: conference.person(person, wholly: true),
        waivers: waivers)
    }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<ProgramOrPeopleEvent>
    {
      try await conference.merging {
        try await conference.change(Merging.self, waivers: waivers(), context, command: command(in:_:))
      }
    }
  }
}

extension Duplicate.Kind: ExpressibleByArgument {}
