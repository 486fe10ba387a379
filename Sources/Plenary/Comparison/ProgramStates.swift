import EventLog
import Postgres
import PostgresLog
import ProjectionRunner
package import Publishing
package import ReadModels
import Scheduling
import Vocabulary

/// One side of a comparison: the program at a position, or as released.
package struct ProgramState: Sendable {
  package enum Kind { case stood, released }
  package let name: String
  package let kind: Kind
  package let program: ProgramModel
  package let checkpoint: Checkpoint

  /// The last release up to this position; nil for the program at a position.
  package var release: ReleaseRow? {
    kind == .released ? program.orderedReleases.last : nil
  }
  package var version: String? { release?.details.version }

  package var since: ChangesSince {
    release.map(ChangesSince.release) ?? .position(checkpoint.position, checkpoint.lastEventAt)
  }

  package var described: String {
    let place = "position \(checkpoint.position)"
    return version.map { "version \($0) (\(place))" } ?? "the program at \(place)"
  }
}

extension ConferenceContext {
  /// The two states that a range such as `1.0..1.1` or `120..present` names.
  ///
  /// Without a start, the last release is compared. Without an end, the present program is.
  ///
  /// - Throws: `Failure` for an end that names no state.
  package func states(_ range: String?) async throws -> (ProgramState, ProgramState) {
    let releases = try await workspace.view(ProgramModel.self, of: id, .head)
    let known = releases.model.orderedReleases
    let head = releases.checkpoint.position
    let (from, to) = Self.ends(range ?? "")
    guard let from = from ?? known.last?.details.version else {
      throw Failure(
        .refused, "The program was never released.", .compareFrom)
    }
    var ends: [(name: String, kind: ProgramState.Kind, position: Int)] = []
    for name in [from, to ?? "present"] {
      let (kind, position) = try await end(name, known, head: head)
      ends.append((name, kind, position))
    }
    let positions = ends.map(\.position)
    let replayed = try await workspace.connection.run { [id] in
      try Projectors(id).asOf(PublicProgram.self, at: positions, $0)
    }
    // A release is compared with what another would publish: nobody has read of a session that came and went between two.
    let comparesReleases = ends.contains { $0.kind == .released }
    let states = try zip(ends, replayed).map { end, replayed in
      let (program, checkpoint) = replayed
      let model: ProgramModel
      switch end.kind {
      case .stood: model = comparesReleases ? program.publishable : program.present
      case .released:
        guard let released = program.released else {
          throw Failure(.refused, "The program had not been released yet.", .listReleases)
        }
        model = released
      }
      return ProgramState(name: end.name, kind: end.kind, program: model, checkpoint: checkpoint)
    }
    return (states[0], states[1])
  }

  /// The texts on either side of `..`; nil for an empty one.
  private static func ends(_ range: String) -> (String?, String?) {
    func end(_ text: Substring) -> String? {
      let text = trimming(text)
      return text.isEmpty ? nil : text
    }
    guard let dots = range.firstRange(of: "..") else { return (end(range[...]), nil) }
    return (end(range[..<dots.lowerBound]), end(range[dots.upperBound...]))
  }

  private func end(_ name: String, _ releases: [ReleaseRow], head: Int) async throws
    -> (ProgramState.Kind, Int)
  {
    if let release = releases.first(where: { $0.details.version == name }) {
      return (.released, release.origin.position)
    }
    if name == "present" { return (.stood, head) }
    if name == "released" {
      guard let last = releases.last else { throw Failure(.refused, "The program was never released.") }
      return (.released, last.origin.position)
    }
    if let position = Int(name) {
      guard (1...head).contains(position) else {
        throw Failure(
          .refused, "The log of \(id) has no position \(position), only 1 to \(head).")
      }
      return (.stood, position)
    }
    let time: Timestamp
    do {
      time = try past(name)
    } catch let invalid as InvalidValue {
      // A text that begins with a date is meant as a time.
      if name.prefixMatch(of: /\d{4}-\d{2}-\d{2}/) != nil { throw invalid }
      let versions = releases.map(\.details.version).joined(separator: ", ")
      throw Failure(
        .refused,
        "“\(excerpt(name))” is not a release\(versions.isEmpty ? "" : " (there are \(versions))"); give a version, "
          + "a position, a time such as 2016-03-25 09:00, “released” or “present”.")
    }
    let position = try await workspace.connection.run { [id] in
      try EventStream.position(of: id, at: time, $0)
    }
    return (.stood, position)
  }
}
