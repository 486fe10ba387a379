import ArgumentParser
import EventLog
import Plenary

/// The option of lists that show only what has changed.
struct SinceOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Only what was added or changed after this log position: 120, the “logPosition” of an earlier --json.",
      valueName: "position"))
  var since: Int?

  func validate() throws {
    if let since, since < 0 { throw ValidationError("--since takes a log position, from 0, not \(since).") }
  }

  /// Whether something that has this tag is to be listed.
  ///
  /// - Parameter last: the position of the list.
  func filter(_ conference: ConferenceContext, upTo last: Int, inRecord: Bool = false)
    async throws -> (Tag) -> Bool
  {
    guard let since else { return { _ in true } }
    let changed = try await conference.changed(since: since, upTo: last, inRecord: inRecord)
    return { changed.contains($0.text) }
  }
}
