import EventLog
package import People
import Postgres
import PostgresLog
import PrivateServer
package import Vocabulary

extension Workspace {
  /// Erases an attendee. The event is appended and the key destroyed in one transaction. Lists of this computer's desks, which
  /// may have the attendee, are destroyed; desks that run keep new ones.
  package func erase(_ attendee: AttendeeID, in conference: ConferenceID, _ context: CommandContext)
    async throws -> Outcome<PeopleEvent>
  {
    let outcome = try await erasing(Attendees.self, .erase(attendee), in: conference, context)
    if context.dryRun || isRehearsing { return outcome }
    let home = PrivateServer(environment: configuration.environment).home
    do { try DeskLists(home: home).remove(of: conference) } catch {
      note(
        "A list of attendees that a desk keeps in \(home)/desk-lists could not be removed. It can be read for 24 hours at most. "
          + Failure(error).description)
    }
    return outcome
  }

  /// Erases a speaker: the address, the biographies, and whatever withheld statement names them.
  package func erase(speaker: PersonID, in conference: ConferenceID, _ context: CommandContext)
    async throws -> Outcome<PeopleEvent>
  {
    let asked = SpeakerErasure.Command.erase(speaker)
    var names = [speaker]
    return try await context.tellingCommandID {
      let outcome = try await CommandHandler(store: ErasingLog(self)).handle(
        SpeakerErasure.self, asked, in: conference, context
      ) { state in
        names = state.names(of: speaker)
        guard state.isErased(speaker) else { return asked }
        // A vault that was restored may have keys again whose owners no event names.
        let tags = Set(names.map(\.tag))
        let found = try await log.run { [vault] in
          try vault.identities(of: tags, in: conference, upTo: .head, $0)
        }
        return found.isEmpty ? asked : .eraseAgain(speaker)
      }
      guard let outcome else { preconditionFailure("The work above always gives a command.") }
      if !context.dryRun, !isRehearsing {
        try await forgetReturned(in: conference)
        try await eraseReturned(names, in: conference, context)
      }
      return outcome
    }
  }

  /// Destroys keys to a speaker who was erased that somebody put back while the erasure ran, after it had looked for them.
  private func eraseReturned(_ names: [PersonID], in conference: ConferenceID, _ context: CommandContext)
    async throws
  {
    let tags = Set(names.map(\.tag))
    let (found, head) = try await log.run { [vault] in
      (
        try vault.identities(of: tags, in: conference, upTo: .head, $0),
        try EventStream.head(of: conference, $0)
      )
    }
    if found.isEmpty { return }
    var again = context
    // They can be put back more than once, and each time it is another command.
    again.commandID = CommandContext.derivedID(from: "\(context.commandID)/again/\(head)")
    _ = try await again.tellingCommandID {
      try await CommandHandler(store: ErasingLog(self)).handle(
        SpeakerErasure.self, .eraseAgain(names[0]), in: conference, again)
    }
  }

  /// Sets a speaker's e-mail address, encrypted with a key of its own, or removes it.
  ///
  /// Removing the address destroys the key, so that earlier addresses cannot be decrypted.
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
    return try await erasing(Speakers.self, .stateContact(person, nil), in: conference, context)
  }

  private func erasing<D: Decider>(
    _: D.Type, _ command: D.Command, in conference: ConferenceID, _ context: CommandContext
  ) async throws -> Outcome<D.Event> {
    try await context.tellingCommandID {
      let outcome = try await CommandHandler(store: ErasingLog(self)).handle(
        D.self, command, in: conference, context)
      if !context.dryRun, !isRehearsing { try await forgetReturned(in: conference) }
      return outcome
    }
  }

  /// Destroys keys that the log says were destroyed: a vault that was restored from a backup may have them again.
  private func forgetReturned(in conference: ConferenceID) async throws {
    do {
      try await RetryPolicy()({ try await log.run { try Vault.forget(in: conference, $0) } })
    } catch AppendError.busy {
      throw Failure(
        .conflict,
        "The erasure is recorded. Whether the vault has its keys again was not looked at, because somebody else reads or "
          + "changes the keys all the time; give the command again.", code: .busy)
    }
  }
}
