import EventLog
import Foundation
package import Mail
import Postgres
package import Publishing
import ReadModels
package import Scheduling
package import Vocabulary

/// The letters of one round of notices, with the addresses that are known.
package struct PreparedNotices: Sendable {
  package let round: NoticeRound
  package let digests: [NoticeDigest]
  package let addresses: [PersonID: EmailAddress]

  /// Notices for people whose address takes mail.
  package var deliverable: [NoticeDigest] {
    let faults = undeliverable
    return digests.filter { addresses[$0.person] != nil && faults[$0.person] == nil }
  }
  /// People whose address not every mail server accepts, with the reason. The next round includes them again.
  package var undeliverable: [PersonID: InvalidValue] {
    digests.reduce(into: [:]) { faults, digest in
      guard let address = addresses[digest.person] else { return }
      do throws(InvalidValue) {
        _ = try MailAddress(name: nil, address: address)
      } catch { faults[digest.person] = error }
    }
  }
  /// People without a known address. The next round includes them again.
  package var withoutAddress: [PersonID] { digests.map(\.person).filter { addresses[$0] == nil } }
}

extension ConferenceContext {
  /// Collects the changes that the people concerned have not been sent yet.
  ///
  /// - Parameters:
  ///   - people: only these; nobody named: everybody.
  ///   - draft: use the current program, not the last release.
  ///   - unchanged: include people for whom nothing changed.
  /// - Throws: `Failure` for an unknown person, or if nothing was released.
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

  /// Writes the letters into a mailbox and records who received which changes. A dry run does neither.
  ///
  /// - Returns: the number of new letters in the mailbox, and the outcome of recording them.
  /// - Throws: `Failure` if a letter cannot be written; then nothing is recorded.
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
    // People who were sent a later draft keep that position: no release came in between.
    let position = deliverable.compactMap(\.known).reduce(notices.round.checkpoint.position, max)
    let sent = NoticesSent(position: position, people: deliverable.map(\.person).sorted())
    return (written, try await change(Notices.self, .record(sent), context))
  }
}
