package import Mail
import EventLog
import Foundation
import Postgres
package import Publishing
import ReadModels
package import Scheduling
package import Vocabulary

/// Who is to be written to, and with what.
package struct PreparedNotices: Sendable {
  package let round: NoticeRound
  package let digests: [NoticeDigest]
  package let addresses: [PersonID: EmailAddress]

  /// Those who can be written to.
  package var deliverable: [NoticeDigest] {
    digests.filter { addresses[$0.person] != nil && undeliverable[$0.person] == nil }
  }
  /// Those whose address not every mail server accepts, and why: they stay to be told.
  package var undeliverable: [PersonID: InvalidValue] {
    digests.reduce(into: [:]) { faults, digest in
      guard let address = addresses[digest.person] else { return }
      do throws(InvalidValue) {
        _ = try MailAddress(name: nil, address: address)
      } catch { faults[digest.person] = error }
    }
  }
  /// Those whose address is unknown: they stay to be told.
  package var withoutAddress: [PersonID] { digests.map(\.person).filter { addresses[$0] == nil } }
}

extension ConferenceContext {
  /// Works out what everybody concerned has not been told yet.
  ///
  /// - Parameters:
  ///   - people: only these; nobody named: everybody.
  ///   - draft: of the program as it stands, not as it was last released.
  ///   - unchanged: also to those for whom nothing changed.
  /// - Throws: `Failure` for somebody who is unknown, or where nothing was released.
  package func prepareNotices(to people: Set<PersonID>, draft: Bool, unchanged: Bool) async throws
    -> PreparedNotices
  {
    let present = try await workspace.view(ProgramModel.self, of: id, .head).model
    for person in people.sorted() where present.people[person.slug] == nil {
      throw Failure(.refused, "There is no speaker “\(person)”.", .list(PersonEntity.self))
    }
    let round = try await round(present, draft: draft)
    return PreparedNotices(
      round: round,
      digests: round.digests(unchanged: unchanged)
        .filter { people.isEmpty || people.contains($0.person) },
      addresses: try await workspace.emailAddresses(of: present.people.rows, in: id))
  }

  /// Writes the letters into a mailbox and records who was told of what; a dry run does neither.
  ///
  /// - Returns: how many letters were written that were not there yet, and the record of them.
  /// - Throws: `Failure` where a letter cannot be written: then nothing is recorded.
  package func send(
    _ notices: PreparedNotices, from sender: MailAddress, replyTo: MailAddress?, into mailbox: Mailbox,
    _ context: CommandContext
  ) async throws -> (written: Int, outcome: Outcome<SchedulingEvent>) {
    let deliverable = notices.deliverable
    let messages = try deliverable.compactMap { digest in
      try notices.addresses[digest.person].map {
        try MailMessage(digest, of: notices.round, from: sender, replyTo: replyTo, to: $0)
      }
    }
    var written = 0
    if !context.dryRun {
      do {
        written = try mailbox.deliver(messages)
      } catch {
        throw Failure(
          .failed,
          "The letters could not all be written: \(error.localizedDescription) Nothing was recorded; once "
            + "that is mended, the same command writes the rest.")
      }
    }
    // Who was told of a later draft has it from there: no release came between.
    let position = deliverable.compactMap(\.known).reduce(notices.round.checkpoint.position, max)
    let sent = NoticesSent(position: position, people: deliverable.map(\.person).sorted())
    return (written, try await change(Notices.self, .record(sent), context))
  }
}
