package import ReadModels

/// Brings read models up to date again and again, while others append events.
///
/// A read model that has stopped does not stop the others. An attempt with it reads all events after the stop, so it is
/// tried again only when events were appended, and at most once a minute.
package struct ReadModelFollower {
  private struct Stop {
    let head: Int
    let at: ContinuousClock.Instant
  }

  private let conference: ConferenceContext
  /// The last attempts, by the names of the read models that have stopped.
  private var stops: [String: Stop] = [:]

  package init(_ conference: ConferenceContext) { self.conference = conference }

  /// Brings a read model up to the head of the log.
  ///
  /// - Returns: the number of events applied; 0 also if the model has stopped and is not tried again yet.
  /// - Throws: `StoppedReadModel` for an event that it cannot apply.
  package mutating func catchUp(
    _ model: any ReadModel.Type, now: ContinuousClock.Instant = .now
  ) async throws -> Int {
    if let stop = stops[model.name] {
      guard now - stop.at >= .seconds(60), try await conference.head() != stop.head else { return 0 }
    }
    do {
      let events = try await conference.catchUp(model)
      stops[model.name] = nil
      return events
    } catch let error as StoppedReadModel {
      stops[model.name] = Stop(head: try await conference.head(), at: now)
      throw error
    }
  }
}
