import ArgumentParser
import EventLog
import Plenary
import Scheduling
import Vocabulary

struct PeopleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "people", abstract: "Find speakers who were registered twice, and make one person of them.",
    subcommands: [Duplicates.self, Merge.self])

  struct Duplicates: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "duplicates", abstract: "List speakers who may be registered twice, and why.",
      discussion: """
        Names are compared in all scripts and in any order, without accents, and as they sound; then e-mail addresses, \
        organisations, and whether the two take part in sessions at the same time. Nothing is changed: “plenary people \
        merge” makes one person of two.

        Example: plenary people duplicates --least 80
        """)
    @Option(help: "Only pairs with at least this score, from 1 to 99 (default: 50).") var least = 50
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if !(1...99).contains(least) {
        throw ValidationError("--least takes a score from 1 to 99, not \(least).")
      }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let (found, position) = try await conference.duplicates(atLeast: least, read.bound(conference))
      if global.json { return try Console.json(.peopleDuplicates, items: found, at: position) }
      var table = TextTable("SCORE", "SPEAKER", "PERHAPS ALSO", "WHY")
      for pair in found {
        table.add(
          "\(pair.score)", "\(pair.person.person)\n\(pair.person.name)",
          "\(pair.other.person)\n\(pair.other.name)",
          (pair.reasons + pair.doubts.map { "but: \($0)" }).joined(separator: "\n"))
      }
      table.print(nothing: "Nobody seems to be registered twice.")
      if let first = found.first {
        Console.error(
          "To make one person of two: plenary people merge \(first.other.person) \(first.person.person)")
      }
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
  }
}
