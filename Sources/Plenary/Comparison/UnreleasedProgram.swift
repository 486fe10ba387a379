import EventLog
package import ReadModels
import Scheduling
package import Vocabulary

/// How the program differs from its last release.
package struct UnreleasedProgram: Sendable {
  package let release: ReleaseRow
  package let diff: ProgramDiff
}

extension Workspace {
  /// Compares the last release with what the same release would publish now: of a track or a day, its sessions with
  /// their rooms and people.
  ///
  /// - Returns: nil if it was never released.
  package func unreleased(in conference: ConferenceID) async throws -> UnreleasedProgram? {
    let program = try await replayed(PublicProgram.self, of: conference, .head).model
    guard let released = program.released, let release = program.present.orderedReleases.last else {
      return nil
    }
    return UnreleasedProgram(
      release: release, diff: ProgramDiff(from: released, to: program.published(by: release.details)))
  }
}
