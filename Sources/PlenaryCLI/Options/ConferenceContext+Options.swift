import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension ConferenceContext {
  /// Carries out a command and tells what it came to.
  func change<D: Decider>(
    _ decider: D.Type, _ command: D.Command, _ options: ChangeOptions, _ global: GlobalOptions
  ) async throws {
    let context = try options.context()
    let outcome = try await workspace.change(decider, command, in: id, context)
    try outcome.report(context, json: global.json)
  }

  func change(_ action: Sessions.Action, _ options: ChangeOptions, _ global: GlobalOptions) async throws {
    try await change(Sessions.self, action, options, global)
  }

  /// A command that can bring about conflicts, with what it waives.
  ///
  /// A dry run of one that conflicts stand against shows its events all the same, and then the conflicts.
  func change<D: WaivingDecider>(
    _: D.Type, _ action: D.Action, _ options: ChangeOptions, _ global: GlobalOptions
  ) async throws {
    let command = try D.Command(action, waivers: options.waivers())
    let context = try options.context()
    do {
      let outcome = try await workspace.change(D.self, command, in: id, context)
      try outcome.report(context, json: global.json)
    } catch let refused as Refused where options.dryRun {
      var waiving = command
      waiving.waivers = Conflict.Kind.allCases.map { Waiver($0, reason: "dry run") }
      var outcome = try await workspace.change(D.self, waiving, in: id, context)
      outcome.events.removeAll { if case .conflictWaived = $0 { true } else { false } }
      try outcome.report(context, json: global.json)
      throw refused
    }
  }

  func view<Model: ReadModel>(_: Model.Type, _ options: ReadOptions) async throws -> View<Model> {
    try await workspace.view(Model.self, of: id, options.bound(self))
  }

  /// A model that is replayed from the log whenever it is asked for.
  func replayed<Model: ReadModel>(_: Model.Type, _ options: ReadOptions) async throws -> View<Model> {
    try await workspace.replayed(Model.self, of: id, options.bound(self))
  }
}
