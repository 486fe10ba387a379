import EventLog
package import Postgres
import Vocabulary

extension ScheduleFixture {
  /// Puts the keys into the vault, so that what is sealed can be opened.
  package func storeKeys(_ connection: isolated Connection) throws {
    for (owner, key) in keys.sorted(by: { $0.key < $1.key }) {
      try connection.execute(
        """
        select vault.keep(\(conference.slug), \(owner), \(key.bytes)::bytea)
        """)
    }
  }
}
