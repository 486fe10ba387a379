import ArgumentParser
import EventLog
import Foundation
import Plenary
import ReadModels
import Scheduling
import Vocabulary

/// The options of every command that reads.
struct ReadOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Show the state at this log position, e.g. 120 (default: the current state).")
  var at: Int?

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      "Show the state at this time, on the clock of the conference's zone: “2016-03-25 09:00”; or with an offset: "
        + "2016-03-25T09:00:00+08:00 (default: the current state).", valueName: "time"))
  var asOf: String?

  func validate() throws {
    if at != nil, asOf != nil {
      throw ValidationError("--at and --as-of cannot be used together.")
    }
    if let at, at < 1 { throw ValidationError("--at takes a log position, from 1, not \(at).") }
  }

  /// The state's part of a file name.
  var fileNamePart: String? { at.map { "at-\($0)" } ?? asOf.map { "as-of-\($0)" } }

  func bound(_ conference: ConferenceContext) throws -> LogBound {
    if let at { return .position(at) }
    guard let asOf else { return .head }
    return .time(try conference.past(asOf))
  }
}

extension ConferenceContext {
  func view<Model: ReadModel>(_: Model.Type, _ options: ReadOptions) async throws -> View<Model> {
    try await view(Model.self, options.bound(self))
  }

  /// A model without tables, replayed from the log each time.
  func replayed<Model: ReadModel>(_: Model.Type, _ options: ReadOptions) async throws -> View<Model> {
    try await replayed(Model.self, options.bound(self))
  }
}
