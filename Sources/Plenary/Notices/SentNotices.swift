import EventLog
import Foundation
package import Mail
import Publishing
import ReadModels
package import Scheduling
package import Vocabulary

/// What became of a round of notices.
package struct SentNotices: Sendable {
  /// The letters of interrupted commands that were put into the mailbox now.
  package var resumed = 0
  /// The people whose letters of interrupted commands were destroyed, because they have no address any more.
  package var withdrawn: [PersonID] = []
  /// Nil where the command had been carried out before.
  package var prepared: PreparedNotices?
  /// The people whose letters were in the mailbox already, as they would be written now. Nothing is recorded for them.
  package var known: [PersonID] = []
  /// The number of new letters in the mailbox.
  package var written = 0
  /// Nil where there was nothing to send.
  package var outcome: Outcome<SchedulingEvent>?
}

extension ConferenceContext {
  /// Writes letters about changes, and records who received which changes. A dry run does neither.
  ///
  /// The log, not a read model, says what people know. The letters are prepared in the mailbox's outbox, then recorded,
  /// then put into the mailbox. What an interrupted command has left in the outbox is delivered first if the log
  /// has its command id, and is discarded if not: so each letter that is recorded is written once.
  ///
  /// - Throws: `Failure` if a letter cannot be written.
  package func sendNotices(
    _ wanted: Notices.Round, from sender: MailAddress, replyTo: MailAddress?, into mailbox: Mailbox,
    _ context: CommandContext
  ) async throws -> SentNotices {
    var result = SentNotices()
    try preparing { try mailbox.checkWritable() }
    let outbox = context.dryRun ? nil : try preparing { try Outbox(mailbox) }
    if let outbox { try await resume(outbox, &result) }
    let batch = "\(id).\(context.commandID)"
    result.outcome = try await context.tellingCommandID {
      try await CommandHandler(store: workspace.log).handle(
        Notices.self, Notices.Command(wanted), in: id, context
      ) { state in
        let present = try await workspace.view(ProgramModel.self, of: id, .head).model
        let notices = try await prepareNotices(wanted, present, sent: state)
        result.prepared = notices
        let all = try notices.deliverable.compactMap { digest in
          try notices.addresses[digest.person].map {
            (
              digest: digest,
              message: try MailMessage(digest, of: notices.round, from: sender, replyTo: replyTo, to: $0)
            )
          }
        }
        let told = Notices.Known(position: notices.round.checkpoint.position, isDraft: wanted.draft)
        let isThere = try preparing { try mailbox.known(all.map(\.message)) }
        let letters = zip(all, isThere).filter { !$1 || $0.digest.known != told }.map(\.0)
        result.known = zip(all, isThere).filter { $1 && $0.digest.known == told }.map(\.0.digest.person)
        if letters.isEmpty { return nil }
        try preparing {
          try outbox?.prepare(letters.map { ($0.digest.person.slug, $0.message) }, as: batch)
        }
        return Notices.Command(
          wanted,
          NoticesSent(
            position: told.position, people: letters.map(\.digest.person).sorted(), draft: wanted.draft))
      }
    }
    if let outbox {
      guard case .appended? = result.outcome?.effect else {
        // Another command sent these letters meanwhile.
        try outbox.discard(batch)
        return result
      }
      result.written = try delivering { try outbox.deliver(batch) }
    }
    return result
  }

  private func preparing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw Failure(
        .failed, "The letters could not all be written. \(Failure(error).description) Nothing was recorded.")
    }
  }

  private func delivering<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw Failure(
        .failed,
        "The letters could not all be put into the mailbox. \(Failure(error).description) They are recorded, and "
          + "wait beside it.", .writeLetters)
    }
  }

  /// Brings to an end what interrupted commands have left in the outbox.
  private func resume(_ outbox: Outbox, _ result: inout SentNotices) async throws {
    // Another conference may share the mailbox.
    let batches = try outbox.batches.compactMap { name -> (name: String, commandID: String)? in
      let parts = name.split(separator: ".", maxSplits: 1)
      guard parts.count == 2, parts[0] == id.slug, UUID(uuidString: String(parts[1])) != nil else {
        return nil
      }
      return (name, String(parts[1]))
    }
    if batches.isEmpty { return }
    let people = try await workspace.view(ProgramModel.self, of: id, .head).model.people.rows
    let addresses = Set(try await workspace.emailAddresses(of: people, in: id).keys.map(\.slug))
    for (batch, commandID) in batches {
      guard try await isRecorded(commandID: commandID) else {
        try outbox.discard(batch)
        continue
      }
      // Whose address was taken back meanwhile, or whose key was destroyed, gets no letter.
      let withdrawn = Set(try outbox.recipients(of: batch)).subtracting(addresses)
      result.resumed += try delivering { try outbox.deliver(batch, except: withdrawn) }
      result.withdrawn += try withdrawn.sorted().map { try PersonID($0) }
    }
  }

  private func isRecorded(commandID: String) async throws -> Bool {
    guard let receipt = try await receipt(of: commandID) else { return false }
    return try await events(after: receipt.first - 1, upTo: .position(receipt.last))
      .contains { $0.type == NoticesSent.type }
  }
}
