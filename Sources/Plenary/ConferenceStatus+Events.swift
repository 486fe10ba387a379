package import EventLog
import People
import ReadModels
import Record
package import Scheduling

extension ConferenceStatus {
  /// Why these events cannot be appended together in this status; nil if they can.
  package func refusal(of events: [any EventBody]) -> Conferences.Refusal? {
    // What an erasure takes with it, such as seats, must not keep it from being carried out.
    if self == .open || events.contains(where: { $0 is PersonErased }) { return nil }
    guard events.contains(where: { Self.last(of: $0) < self }) else { return nil }
    return self == .closed ? .closed : .archived
  }

  /// The last status in which an event can happen.
  private static func last(of event: any EventBody) -> ConferenceStatus {
    if let event = SchedulingEvent(event) { return last(of: event) }
    if let event = PeopleEvent(event) { return last(of: event) }
    // A court does not ask whether a conference was archived, and neither does an event that cannot be read.
    if event is StatementExpunged || SettingAsideEvent.forms[type(of: event).type] != nil { return .archived }
    return .closed
  }
}

extension ConferenceToChange {
  /// Closes the conference, archives it, or opens it again.
  package func changeStatus(_ command: Conferences.Command, _ context: CommandContext) async throws
    -> Outcome<SchedulingEvent>
  {
    let outcome = try await change(Conferences.self, context) { _ in command }
    // Completions and readers see the rows as they stand.
    if case .appended = outcome.effect, !workspace.isRehearsing {
      _ = try await workspace.view(ProgramModel.self, of: id, .head)
    }
    return outcome
  }
}
