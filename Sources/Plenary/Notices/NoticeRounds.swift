import EventLog
import Postgres
import PostgresLog
import ProjectionRunner
package import Publishing
package import ReadModels
import Scheduling
package import Vocabulary

extension ConferenceContext {
  /// The program that everybody is to know, and the one that each of them knows.
  ///
  /// - Parameter known: the positions of people's last notices.
  package func round(_ present: ProgramModel, known: [PersonID: Int], draft: Bool) async throws
    -> NoticeRound
  {
    guard let release = draft ? nil : present.orderedReleases.last else {
      guard draft else {
        throw Failure(
          .refused,
          "The program was never released.", .release, .showDraft)
      }
      let view = try await workspace.replayed(PublicProgram.self, of: id, .head)
      return NoticeRound(
        view.model.present, view.checkpoint, conference: id, version: nil, known: known,
        earlier: try await earlier(known) { $0.present })
    }
    // The same until the next release, whatever is planned meanwhile.
    let position = release.origin.position
    let view = try await workspace.replayed(PublicProgram.self, of: id, .position(position))
    return NoticeRound(
      view.model.released ?? ProgramModel(), view.checkpoint, conference: id,
      version: release.details.version, known: known,
      earlier: try await earlier(known) { $0.released })
  }

  private func earlier(
    _ known: [PersonID: Int], _ model: @Sendable @escaping (PublicProgram) -> ProgramModel?
  ) async throws -> [Int: ProgramModel] {
    let positions = Set(known.values).sorted()
    let replayed = try await workspace.connection.run { [id] in
      try Projectors(id).asOf(PublicProgram.self, at: positions, $0)
    }
    var programs: [Int: ProgramModel] = [:]
    for (position, (program, _)) in zip(positions, replayed) { programs[position] = model(program) }
    return programs
  }
}
