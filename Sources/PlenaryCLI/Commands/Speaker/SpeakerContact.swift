import ArgumentParser
import EventLog
import People
import Plenary
import Vocabulary

extension SpeakerCommand {
  struct Contact: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "contact",
      abstract: "State or remove a speaker's e-mail address; it is stored encrypted.",
      discussion: """
        --none destroys the key of the address, so that none of their addresses in the log can be decrypted any \
        more. A --reason with \
        the address is refused, because it stays in the log unencrypted.

        Example: plenary speaker contact feng-shaolei --email feng@example.org
        """)
    @Argument(help: "The speaker's short name: feng-shaolei.", completion: .speakers) var person: String
    @Option(help: "E-mail address: feng@example.org.") var email: String?
    @Flag(name: .customLong("none"), help: "Remove the address and destroy its key.")
    var isNone = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      guard (email == nil) == isNone else { throw ValidationError("Give --email ADDRESS, or --none.") }
    }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<PeopleEvent>
    {
      let id = try conference.person(person)
      let email = try email.map { try EmailAddress($0) }
      if let email, let reason = context.reason {
        try email.checkNotGiven(in: TextInClear(.reason, reason), of: id)
      }
      let outcome = try await conference.workspace.stateContact(
        of: id, email: email, in: conference.id, context)
      if isNone { try await conference.workspace.tellRemains(of: outcome) }
      return outcome
    }
  }
}
