import ArgumentParser
import EventLog
import Foundation
import Plenary
import ReadModels
import Scheduling
import Vocabulary

/// The options of every command that reads.
struct ReadOptions: ParsableArguments {
  @Option(help: "Show the state at this log position, e.g. 120 (default: the current state).")
  var at: Int?

  @Option(
    name: .customLong("as-of"),
    help: "Show the state at this time, e.g. “2016-03-25 09:00” (default: the current state).")
  var asOf: String?

  func validate() throws {
    if at != nil, asOf != nil {
      throw ValidationError("--at and --as-of cannot be used together.")
    }
    if let at, at < 1 { throw ValidationError("--at takes a log position, from 1.") }
  }

  func bound(_ conference: ConferenceContext) throws -> LogBound {
    if let at { return .position(at) }
    guard let asOf else { return .head }
    if let instant = Timestamp(asOf) { return .time(instant) }  // has its own offset
    // Everything in the log happened until today.
    let today = CalendarDate(daysSince1970: Int(Date().timeIntervalSince1970 / 86_400))
    let details = conference.details
    let days = min(details.firstDay, today)...max(details.lastDay, today)
    return .time(try TimeInput(zone: details.zone, days: days).read(asOf).instant)
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
