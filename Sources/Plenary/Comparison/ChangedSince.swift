import EventLog
import People
import Postgres
import PostgresLog
import Record
import Scheduling

extension ConferenceContext {
  /// What events after a position changed, by its tags.
  ///
  /// - Parameters:
  ///   - last: the position of what is shown.
  ///   - inRecord: whether events of the record count, and not those of the program and of people.
  package func changed(since position: Int, upTo last: Int, inRecord: Bool = false) async throws -> Set<
    String
  > {
    try await workspace.connection.run { [id] connection in
      var tags: Set<String> = []
      try EventStream.read(id, after: position, upTo: .position(last), detail: .whole, connection) { event in
        let counts =
          inRecord
          ? RecordEvent.forms[event.type] != nil
          : SchedulingEvent.forms[event.type] != nil || PeopleEvent.forms[event.type] != nil
        if counts { tags.formUnion(event.tags) }
      }
      return tags
    }
  }
}
