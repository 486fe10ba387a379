package import EventLog
import PostgresLog
package import ReadModels
package import Scheduling
package import Vocabulary

/// The workspace and the conference of a command that reads, in its current state.
package struct ConferenceContext: Sendable {
  package let workspace: Workspace
  package let id: ConferenceID
  package let details: ConferenceDetails

  /// - Throws: `Failure` for an unknown conference.
  package init(_ workspace: Workspace, _ conference: ConferenceID) async throws {
    self.workspace = workspace
    id = conference
    let reading = try await PostgresLog(workspace.connection).read(
      conference, matching: .tagged(.conference), command: nil)
    details = try ConferenceFacts(reading).existing(conference).details
  }

  package var languages: [Language] { details.languages }

  /// The text in the first of the conference's languages that it has.
  package func text(_ text: LocalizedText?) -> String? { text?.best(languages).text }

  package func times() throws -> TimeInput { try ConferenceFacts(details).times() }

  // MARK: Reading

  package func view<Model: ReadModel>(_: Model.Type, _ bound: LogBound) async throws -> View<Model> {
    try await workspace.view(Model.self, of: id, bound)
  }

  /// A model without tables, replayed from the log each time.
  package func replayed<Model: ReadModel>(_: Model.Type, _ bound: LogBound) async throws -> View<Model> {
    try await workspace.replayed(Model.self, of: id, bound)
  }

  /// A read model and the program at the same position.
  package func consistentViews<Model: ReadModel>(_: Model.Type, _ bound: LogBound) async throws
    -> (View<Model>, View<ProgramModel>)
  {
    try await workspace.consistentViews(Model.self, of: id, bound)
  }

  // MARK: Changing

  /// Carries out a command of any capability.
  package func change<D: Decider>(_ decider: D.Type, _ command: D.Command, _ context: CommandContext)
    async throws -> Outcome<D.Event>
  {
    try await workspace.change(decider, command, in: id, context)
  }

  /// The receipt of an earlier command; nil if that command appended nothing.
  func receipt(of commandID: String) async throws -> Receipt? {
    try await PostgresLog(workspace.connection).read(
      id, matching: .tagged(.conference), command: commandID
    ).receipt?.receipt
  }
}
