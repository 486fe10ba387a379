package import EventLog
import Foundation
package import People
import Postgres
import PostgresLog
import PrivateServer
import Record
package import Scheduling
package import Vocabulary

extension Workspace {
  /// Carries out a command of any capability.
  package func change<D: Decider>(
    _ decider: D.Type, _ command: D.Command, in conference: ConferenceID, _ context: CommandContext
  ) async throws -> Outcome<D.Event> {
    let store = ReconnectingLog(connection, try parameters)
    return try await CommandHandler(store: store).handle(decider, command, in: conference, context)
  }

  var parameters: ConnectionParameters {
    get throws {
      switch configuration.database {
      case .external(let parameters): parameters
      case .own(let server): try ConnectionParameters(server.connectionString)
      }
    }
  }
}

// MARK: Undoing

extension Workspace {
  /// Takes back what a command did.
  ///
  /// - Parameter commandID: of that command, a UUID.
  /// - Throws: `Refused` where there is no such command, or later changes stand on it.
  package func undo(
    _ commandID: String, waivers: [Waiver], in conference: ConferenceID, _ context: CommandContext
  ) async throws -> Outcome<ProgramOrPeopleEvent> {
    guard let id = UUID(uuidString: commandID)?.uuidString.lowercased() else {
      throw Refused("“\(excerpt(commandID))” is not a command id.", .showLog)
    }
    let known = try await PostgresLog(connection).read(
      conference, matching: .tagged(.conference), command: id)
    guard let receipt = known.receipt?.receipt else {
      throw Refused("No command \(id) changed anything in \(conference).", .showLog)
    }
    let events = try await connection.run { connection in
      var events: [RecordedEvent] = []
      try EventStream.read(
        conference, after: receipt.first - 1, upTo: .position(receipt.last), detail: .whole,
        connection
      ) { events.append($0) }
      return events
    }
    let tags = Set(events.flatMap(\.tags)).sorted().map(Tag.init(stored:))
    return try await change(
      Undo.self,
      Undo.Command(
        commandID: id, first: receipt.first, last: receipt.last, tags: tags, waivers: waivers),
      in: conference, context)
  }
}

// MARK: Sealed data

extension Workspace {
  /// Carries out a command about an attendee, whose details are sealed first.
  ///
  /// Details that are sealed already and say the same stay as they are, so that the command has nothing
  /// to do. Of somebody who was erased nothing is sealed again, not even to compare it with what a
  /// command that is sent once more had asked for: its receipt alone answers.
  ///
  /// - Parameters:
  ///   - details: what is to be sealed, over what is known; nil: nothing.
  ///   - command: the command with the sealed details.
  package func changeAttendee(
    _ attendee: AttendeeID, in conference: ConferenceID, _ context: CommandContext,
    details: (AttendeeDetails?) throws -> AttendeeDetails?,
    command: (Sealed?) -> Attendees.Command
  ) async throws -> Outcome<PeopleEvent> {
    let reading = try await PostgresLog(connection).read(
      conference, matching: .tagged(attendee.tag), command: context.commandID)
    var state = Attendees.initial
    for event in reading.events { try Attendees.evolve(&state, event) }
    if state.status == .erased {
      if let known = reading.receipt {
        return Outcome(effect: .appended(known.receipt), events: [])
      }
      throw Refused(Attendees.Refusal.erased(attendee))
    }
    var key = try await connection.run {
      try Vault.existingKey(of: attendee.tag, in: conference, $0)
    }
    let bound = AttendeeDetails.context(conference, attendee)
    let known = key.flatMap { state.details?.open(AttendeeDetails.self, key: $0, context: bound) }
    var sealed: Sealed?
    if let wanted = try details(known) {
      if wanted == known {
        sealed = state.details
      } else {
        if key == nil, context.dryRun { key = .random() }  // nothing is kept of a dry run, not even a key
        if key == nil {
          key = try await connection.run { try Vault.key(of: attendee.tag, in: conference, $0) }
        }
        sealed = try Sealed(wanted, key: key!, context: bound, commandID: context.commandID)
      }
    }
    do {
      return try await change(Attendees.self, command(sealed), in: conference, context)
    } catch let refused as Refused {
      // Erased since it was read: a key that was made after the erasure would outlive it.
      let now = try await PostgresLog(connection).read(
        conference, matching: .tagged(attendee.tag), command: nil)
      if now.events.contains(where: { $0.type == PersonErased.type }) {
        try await connection.run { try Vault.destroyKey(of: attendee.tag, in: conference, $0) }
      }
      throw refused
    }
  }

  /// A name for an attendee that tells nothing about them: `a-` and seven letters and digits, the same
  /// for the same command, so that it can be sent again.
  package static func newAttendeeID(_ context: CommandContext) -> AttendeeID {
    // Without the letters and digits that are mistaken for each other when read aloud or printed.
    let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")
    let name = "a-" + String(sha256(context.commandID).prefix(7).map { alphabet[Int($0) % alphabet.count] })
    do { return try AttendeeID(name) } catch { preconditionFailure("\(name) is a slug") }
  }

  /// Erases an attendee: the event and the end of the key are one transaction.
  package func erase(_ attendee: AttendeeID, in conference: ConferenceID, _ context: CommandContext)
    async throws -> Outcome<PeopleEvent>
  {
    let handler = CommandHandler(store: ErasingLog(connection: connection, person: attendee.tag))
    let outcome = try await handler.handle(Attendees.self, .erase(attendee), in: conference, context)
    // A key that a registration made, and lost the race with this erasure, would seal nothing; it goes.
    if !context.dryRun {
      try await connection.run { try Vault.destroyKey(of: attendee.tag, in: conference, $0) }
    }
    return outcome
  }

  /// Seals who stands behind a withheld attribution, with that person's key.
  package func sealIdentity(
    of person: PersonID, in conference: ConferenceID, session: SessionID, _ context: CommandContext
  ) async throws -> Sealed {
    let known = try await PostgresLog(connection).read(
      conference, matching: .tagged(person.tag), command: nil)
    if known.events.isEmpty { throw Refused(Speakers.Refusal.unknown(person)) }
    let key =
      context.dryRun
      ? .random() : try await connection.run { try Vault.key(of: person.tag, in: conference, $0) }
    return try Sealed(
      WithheldIdentity(person: person), key: key,
      context: WithheldIdentity.context(conference, session), commandID: context.commandID)
  }

  /// Who stands behind a withheld attribution; nil where nobody's key opens it.
  ///
  /// The log does not say whose key it is, so each is tried.
  package func reveal(_ identity: Sealed, in conference: ConferenceID, session: SessionID)
    async throws -> PersonID?
  {
    let keys = try await connection.run { try Vault.keys(of: conference, $0) }
    let context = WithheldIdentity.context(conference, session)
    for key in keys.values {
      if let open = identity.open(WithheldIdentity.self, key: key, context: context) {
        return open.person
      }
    }
    return nil
  }
}

/// The log for an erasure: the key ends in the transaction that appends the event.
struct ErasingLog: EventStore {
  let connection: Connection
  let person: Tag
  /// Asked within the transaction, where nobody else can append.
  var mayEndKey: @Sendable (isolated Connection) throws -> Bool = { _ in true }

  func append(_ batch: AppendRequest) async throws(AppendError) -> Receipt {
    do {
      return try await connection.run { connection in
        try connection.transaction {
          let receipt = try PostgresLog.append(batch, on: connection)
          if try mayEndKey(connection) {
            try Vault.destroyKey(of: person, in: batch.conference, connection)
          }
          return receipt
        }
      }
    } catch let error as AppendError {
      throw error
    } catch let error as PostgresError {
      throw AppendError(error)
    } catch {
      throw .failed(String(describing: error))
    }
  }

  func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    try await PostgresLog(connection).read(conference, matching: query, command: command)
  }
}
