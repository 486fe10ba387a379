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
  /// Compares the program with its last release; if only a part was released, this part.
  ///
  /// - Returns: nil if it was never released.
  package func unreleased(in conference: ConferenceID) async throws -> UnreleasedProgram? {
    let program = try await replayed(PublicProgram.self, of: conference, .head).model
    guard let released = program.released, let release = program.present.orderedReleases.last else {
      return nil
    }
    var diff = ProgramDiff(from: released, to: program.present)
    let (track, day) = (release.details.track, release.details.day)
    if track != nil || day != nil {
      diff = diff.only { session in
        (track == nil || session.details.track == track)
          && (day == nil || session.liveSlots.contains { program.present.day(of: $0.slot) == day })
      }
    }
    return UnreleasedProgram(release: release, diff: diff)
  }
}
