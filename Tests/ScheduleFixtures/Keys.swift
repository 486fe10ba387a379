import EventLog
package import Postgres
import Vocabulary

extension ScheduleFixture {
  /// Puts the keys into the vault, so that what is sealed can be opened.
  package func storeKeys(_ connection: isolated Connection) throws {
    let owners = keys.keys.sorted()
    _ = try connection.query(
      """
      select vault.keep(
        \(conference.slug), \(owners)::text[], \(owners.map { keys[$0]!.bytes })::bytea[])
      """)
  }
}
