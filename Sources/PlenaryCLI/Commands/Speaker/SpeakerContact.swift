import ArgumentParser
import EventLog
import People
import Plenary
import Vocabulary

extension SpeakerCommand {
  struct Contact: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "contact",
      abstract: "State where a speaker is written to; the address is kept sealed.",
      discussion: """
        With --none the speaker's key is destroyed, so that no address of theirs that the log has opens \
        again. The key stays where it also seals who said something withheld.

        Example: plenary speaker contact feng-shaolei --email feng@example.org
        """)
    @Argument(help: "The speaker's short name: feng-shaolei.") var person: String
    @Option(help: "The e-mail address.") var email: String?
    @Flag(name: .customLong("none"), help: "There is no address any more.") var isNone = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      guard (email == nil) == isNone else { throw ValidationError("Give --email ADDRESS, or --none.") }
    }

    func carryOut(in conference: ConferenceContext, _ context: CommandContext) async throws
      -> Outcome<PeopleEvent>
    {
      let id = try PersonID(person)
      let email = try email.map { try EmailAddress($0) }
      let (outcome, keyStays) = try await conference.workspace.stateContact(
        of: id, email: email, in: conference.id, context)
      if keyStays {
        Console.error(
          "The key of “\(id)” was kept because it also protects a withheld attribution; earlier addresses can "
            + "still be decrypted.")
      }
      return outcome
    }
  }
}
