import EventLog
import Foundation
import Mail
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
  /// People whose address was erased for good.
  private let erased: Set<PersonID>

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
  package var withoutAddress: [PersonID] {
    digests.map(\.person).filter { addresses[$0] == nil && !erased.contains($0) }
  }
  /// People who were erased, and therefore get no letter.
  package var withoutData: [PersonID] { digests.map(\.person).filter(erased.contains) }

  init(
    round: NoticeRound, digests: [NoticeDigest], addresses: [PersonID: EmailAddress], erased: Set<PersonID>
  ) {
    (self.round, self.digests, self.addresses, self.erased) = (round, digests, addresses, erased)
  }
}

extension ConferenceContext {
  /// Collects the changes that the people concerned have not been sent yet.
  ///
  /// - Throws: `Failure` for an unknown person, or if nothing was released.
  package func prepareNotices(_ wanted: Notices.Round) async throws -> PreparedNotices {
    let present = try await workspace.view(ProgramModel.self, of: id, .head).model
    let reading = try await workspace.log.read(
      id, matching: Notices.boundary(of: Notices.Command(wanted), in: Notices.initial), command: nil)
    var sent = Notices.initial
    for event in reading.events { try Notices.evolve(&sent, event) }
    return try await prepareNotices(wanted, present, sent: sent)
  }

  /// - Parameter sent: what people were told so far.
  func prepareNotices(_ wanted: Notices.Round, _ present: ProgramModel, sent: Notices.State)
    async throws -> PreparedNotices
  {
    for person in wanted.people.sorted() where present.people[person.slug] == nil {
      throw Failure(.refused, "There is no speaker “\(person)”.", .list(PersonEntity.self))
    }
    let round = try await round(present, sent: sent, draft: wanted.draft)
    return PreparedNotices(
      round: round,
      digests: round.digests(unchanged: wanted.unchanged)
        .filter { wanted.people.isEmpty || wanted.people.contains($0.person) }
        // Who was told a later draft is not told an earlier release.
        .filter { ($0.known?.position ?? 0) <= round.checkpoint.position },
      addresses: try await workspace.emailAddresses(of: present.people.rows, in: id),
      erased: try await workspace.erased(present.people.rows.map(\.person), of: id))
  }
}
