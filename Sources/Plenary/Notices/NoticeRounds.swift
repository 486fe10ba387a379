import EventLog
import Postgres
import PostgresLog
import ProjectionRunner
package import Publishing
package import ReadModels
import Scheduling
import Vocabulary

extension ConferenceContext {
  /// The program that everybody is to know, and the one that each of them knows.
  package func round(_ present: ProgramModel, draft: Bool) async throws -> NoticeRound {
    let known = Dictionary(
      present.notices.rows.map { ($0.person, $0.position) }, uniquingKeysWith: { a, _ in a })
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
