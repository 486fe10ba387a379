import EventLog
package import People
import Postgres
import PostgresLog
package import Vocabulary

extension Workspace {
  /// Sets a speaker's e-mail address, encrypted with that person's key, or removes it.
  ///
  /// Removing the address also destroys the key, so that earlier addresses cannot be decrypted. The key stays
  /// if it also protects the identity behind a withheld attribution, because that identity must remain
  /// readable. A vault that was restored from a backup may have a destroyed key again: then the removal is
  /// recorded once more, which destroys it.
  ///
  /// - Parameter email: The address; nil removes it.
  package func stateContact(
    of person: PersonID, email: EmailAddress?, in conference: ConferenceID, _ context: CommandContext
  ) async throws -> Outcome<PeopleEvent> {
    if let email {
      return try await change(
        Speakers.self, sealing: SpeakerContact(email: email), of: person.tag, in: conference, context
      ) { .stateContact(person, $0) }
    }
    let asked = Speakers.Command.stateContact(person, nil)
    let erasing = ErasingLog(log)
    return try await context.tellingCommandID {
      let outcome = try await CommandHandler(store: erasing).handle(
        Speakers.self, asked, in: conference, context
      ) { speaker in
        guard speaker.status != nil, speaker.contact == nil,
          try await erasing.hasUselessKey(of: person.tag, in: conference)
        else { return asked }
        return .removeContactAgain(person)
      }
      guard let outcome else { preconditionFailure("The work above always gives a command.") }
      await noteKeptKeys(outcome, in: conference)
      return outcome
    }
  }

  /// Notes whose address was removed, but whose key had to stay.
  func noteKeptKeys<Event: EventFamily>(_ outcome: Outcome<Event>, in conference: ConferenceID) async {
    guard case .appended(let receipt) = outcome.effect else { return }
    for case let event as ContactStated in outcome.events.map(\.body) where event.contact == nil {
      do {
        if try await log.key(of: event.person.tag, in: conference) == nil { continue }
      } catch {
        note(
          "This is done, at position \(receipt.last). Whether the key of “\(event.person)” is gone could not be found "
            + "out: \(Failure(error).description)")
        continue
      }
      note(
        "The key of “\(event.person)” was kept because it also protects a withheld attribution; earlier addresses "
          + "can still be decrypted.")
    }
  }
}
