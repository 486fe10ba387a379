import ArgumentParser
import EventLog
import People
import Plenary
import Vocabulary

extension SpeakerCommand {
  struct TakeOver: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "take-over", abstract: "Register a speaker as another conference has them.",
      discussion: """
        The name in all languages, the present affiliations, the biography and the pronunciation are taken over; the e-mail \
        address only with --with-address.

        Example: plenary speaker take-over feng-shaolei --from shanghai-2015
        """)
    @Argument(help: "The speaker's short name in this conference: feng-shaolei.") var person: String
    @Option(help: "The other conference: shanghai-2015.", completion: .conferences) var from: String
    @Option(
      name: .customLong("as-there"),
      help: "The speaker there: a short name or a unique part of the name (default: the same short name).")
    var there: String?
    @Flag(help: "Take over the e-mail address too.") var withAddress = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<PeopleEvent>
    {
      try await conference.takeOver(
        PersonID(person), from: ConferenceID(from), named: there ?? person, withAddress: withAddress, context)
    }
  }
}
