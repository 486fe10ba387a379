import EventLog
import PostgresLog
import ReadModels
package import Scheduling
package import Vocabulary

/// The workspace with the conference that a command is about.
package struct ConferenceContext: Sendable {
  package let workspace: Workspace
  package let id: ConferenceID
  package let opened: ConferenceOpened

  package init(_ workspace: Workspace, _ conference: ConferenceID) async throws {
    self.workspace = workspace
    id = conference
    let reading = try await PostgresLog(workspace.connection).read(
      conference, matching: .tagged(.conference), command: nil)
    var state = Conferences.initial
    for event in reading.events { try Conferences.evolve(&state, event) }
    guard let opened = state.opened else {
      throw Failure(.refused, "There is no conference “\(conference)”; see “plenary conference list”.")
    }
    self.opened = opened
  }

  package var languages: [Language] { opened.languages }

  package func times() throws -> TimeInput {
    try TimeInput(zone: opened.zone, days: opened.firstDay...opened.lastDay)
  }

  /// The text as this conference's organizers read it.
  package func text(_ text: LocalizedText?) -> String? { text?.best(languages).text }
}
