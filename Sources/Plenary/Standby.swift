import Foundation
import Postgres
import Vocabulary

/// A database that only follows another one.
enum Standby {
  /// Says how far a standby has come.
  ///
  /// - Returns: whether nothing can be written to this database.
  static func check(_ connection: isolated Connection, _ note: (String) -> Void) throws -> Bool {
    let rows = try connection.query(
      """
      select
        pg_catalog.pg_is_in_recovery() as standby,
        pg_catalog.current_setting('transaction_read_only')::boolean as read_only,
        pg_catalog.pg_last_xact_replay_timestamp() as replayed
      """)
    guard try rows[0].decode("standby", as: Bool.self) else {
      return try rows[0].decode("read_only", as: Bool.self)
    }
    if let replayed = try rows[0].decode("replayed", as: Timestamp?.self) {
      let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
      let seconds = max(0, (now - replayed.microseconds) / 1_000_000)
      note(
        "This database is a standby: the last change that it has is of \(replayed.readable), "
          + "\(counted(Int(seconds), "second")) ago.")
    } else {
      note("This database is a standby. No change has reached it since it was started.")
    }
    return true
  }
}
