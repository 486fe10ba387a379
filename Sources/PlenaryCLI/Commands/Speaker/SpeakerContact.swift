import ArgumentParser
import EventLog
import Mail
import Plenary
import Publishing
import Vocabulary

extension SpeakerCommand {
  struct Contact: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "contact",
      abstract: "State where a speaker is written to; the address is kept sealed.",
      discussion: """
        With --none the speaker's key is destroyed, so that no address of theirs that the log has opens \
        again. The key stays where it also seals who said something withheld.

        Example: plenary speaker contact feng-shaolei --email feng@example.org
        """)
    @Argument var person: String
    @Option(help: "The e-mail address.") var email: String?
    @Flag(name: .customLong("none"), help: "There is no address any more.") var isNone = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      guard (email == nil) == isNone else { throw ValidationError("Give --email ADDRESS, or --none.") }
    }

    func run() async throws {
      let id = try PersonID(person)
      let email = try email.map { try MailAddress.checked($0) }
      let conference = try await global.conferenceContext()
      let context = try change.context()
      let (outcome, keyStays) = try await conference.workspace.stateContact(
        of: id, email: email, in: conference.id, context)
      try outcome.report(context, json: global.json)
      if keyStays {
        Console.error(
          "The key of “\(id)” stays, because it also seals who said something withheld; whoever has it "
            + "can still open the addresses that the log has.")
      }
    }
  }
}
