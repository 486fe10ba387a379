import EventLog
import Postgres
import PostgresLog
import Vocabulary

/// The short names that the read models have, for completions in a shell.
///
/// They are taken as they stand: nothing is started, migrated or brought up to date, because somebody waits with a finger on
/// the key. Where there is no database there are no names.
package enum KnownNames: String, Sendable, CaseIterable {
  case conferences, speakers, sessions, rooms, tracks, attendees

  /// A shell does not show more.
  private static let limit = 500

  /// - Parameter prefix: that they begin with.
  package func beginning(with prefix: String, in configuration: Configuration) async -> [String] {
    (try? await read(prefix, configuration)) ?? []
  }

  private func read(_ prefix: String, _ configuration: Configuration) async throws -> [String] {
    let parameters = try configuration.database.parameters
      .settingSession("statement_timeout", to: "2s").settingSession("lock_timeout", to: "500ms")
    let connection =
      if let writer = try? await Connection.open(parameters.asWriter) { writer } else {
        try await Connection.open(parameters.asReader)
      }
    defer { Task { await connection.close() } }
    let conferences = try await connection.run { connection in
      let archived = try Set(
        connection.query("select conference from program.conference where status = 'archived'").map {
          try $0.decode("conference", as: String.self)
        })
      return try EventStream.heads(connection).map(\.0.slug).filter { !archived.contains($0) }
    }
    if self == .conferences { return conferences.filter { $0.hasPrefix(prefix) } }
    guard let conference = configuration.conference ?? (conferences.count == 1 ? conferences[0] : nil) else {
      return []
    }
    return try await connection.run { connection in
      try connection.query(sql(conference, prefix)).map { try $0.decode("name", as: String.self) }
    }
  }

  private func sql(_ conference: String, _ prefix: String) -> SQL {
    switch self {
    case .conferences, .speakers:
      """
      select person as name from program.person
      where conference = \(conference) and merged_into is null and starts_with(person, \(prefix))
      order by person limit \(Self.limit)
      """
    case .sessions:
      """
      select session as name from program.session
      where conference = \(conference) and status <> 'unscheduled' and starts_with(session, \(prefix))
      order by session limit \(Self.limit)
      """
    case .rooms:
      """
      select room as name from program.room
      where conference = \(conference) and starts_with(room, \(prefix)) order by room limit \(Self.limit)
      """
    case .tracks:
      """
      select track as name from program.track
      where conference = \(conference) and starts_with(track, \(prefix)) order by track limit \(Self.limit)
      """
    case .attendees:
      """
      select attendee as name from attendance.attendee
      where conference = \(conference) and status not in ('withdrawn', 'erased')
        and starts_with(attendee, \(prefix))
      order by attendee limit \(Self.limit)
      """
    }
  }
}
