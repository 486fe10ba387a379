package import EventLog
package import Postgres
import PostgresLog
package import Vocabulary

/// The log over a connection that is opened anew when it was lost.
///
/// Whether a lost append was made is unknown: it is sent again under the same command id, so that the
/// receipt answers if it was.
package actor ReconnectingLog: EventStore {
  private let parameters: ConnectionParameters
  private var log: PostgresLog

  package init(_ connection: Connection, _ parameters: ConnectionParameters) {
    self.parameters = parameters
    log = PostgresLog(connection)
  }

  package func append(_ batch: AppendRequest) async throws(AppendError) -> Receipt {
    do {
      return try await log.append(batch)
    } catch .connectionLost {
      try await reconnect()
      return try await log.append(batch)
    }
  }

  package func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    do {
      return try await log.read(conference, matching: query, command: command)
    } catch .connectionLost {
      try await reconnect()
      return try await log.read(conference, matching: query, command: command)
    }
  }

  private func reconnect() async throws(AppendError) {
    do {
      log = PostgresLog(try await Connection.open(parameters.asWriter))
    } catch { throw .connectionLost }
  }
}
