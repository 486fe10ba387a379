import EventLog
import Postgres
import PostgresLog
import ProjectionRunner
import Publishing
import ReadModels
import Scheduling
import Vocabulary

extension ConferenceContext {
  /// The program that everybody is to know, and the one that each of them knows.
  ///
  /// - Parameter sent: what people were told so far.
  func round(_ present: ProgramModel, sent: Notices.State, draft: Bool) async throws -> NoticeRound {
    guard let release = draft ? nil : present.orderedReleases.last else {
      guard draft else {
        throw Failure(
          .refused,
          "The program was never released.", .release, .showDraft, code: .nothingReleased)
      }
      let view = try await workspace.replayed(PublicProgram.self, of: id, .head)
      return NoticeRound(
        view.model.present, view.checkpoint, conference: id, version: nil, known: sent.known,
        earlier: try await earlier(sent))
    }
    // The same until the next release, whatever is planned meanwhile.
    let position = release.origin.position
    let view = try await workspace.replayed(PublicProgram.self, of: id, .position(position))
    return NoticeRound(
      view.model.released ?? ProgramModel(), view.checkpoint, conference: id,
      version: release.details.version, known: sent.known,
      earlier: try await earlier(sent))
  }

  /// The programs that people were told.
  private func earlier(_ sent: Notices.State) async throws -> [Notices.Known: ProgramModel] {
    let known = Set(sent.known.values)
    let positions = Set(known.map(\.position)).sorted()
    let replayed = try await workspace.connection.run { [id] in
      try Projectors(id).asOf(PublicProgram.self, at: positions, $0)
    }
    var programs: [Notices.Known: ProgramModel] = [:]
    for (position, (program, _)) in zip(positions, replayed) {
      for told in known where told.position == position {
        programs[told] = told.isDraft ? program.present : program.released
      }
    }
    return programs
  }
}
