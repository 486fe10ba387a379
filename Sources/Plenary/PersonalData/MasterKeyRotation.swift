import EventLog
import Postgres
import PostgresLog
import PrivateServer
import Vocabulary

/// What a rotation of the master key did.
package struct MasterKeyRotation: Sendable, Encodable {
  /// Names the master key that encrypts the vault's keys now; nil: none does.
  package var master: String?
  /// The number of keys in the vault.
  package var keys: Int
  /// Of these, the number that was encrypted anew.
  package var changed: Int
  /// Of these, the number that no master key decrypts, because somebody changed them.
  package var damaged: Int
  /// What still has the keys as they were, in sentences.
  package var remains: [String]
}

extension Workspace {
  /// How the keys in the vault are stored, in words; nothing for an empty vault.
  package func vaultKeys() async throws -> [String] {
    if access == .readModels { return [] }
    return try await connection.run { try Vault.masters($0) }
      .map { master, count in
        counted(count, "key")
          + (master.map { ", encrypted with the master key \($0)" } ?? ", without a master key")
      }.sorted()
  }
}

extension Configuration {
  /// Encrypts all keys in the vault with the first master key, as the owner of the database. The log stays as it is.
  ///
  /// - Parameter unwrapping: Stores them without a master key instead.
  /// - Throws: `Failure` without a master key; `MissingMasterKey`.
  package func rotateMasterKey(unwrapping: Bool, note: @escaping @Sendable (String) -> Void) async throws
    -> MasterKeyRotation
  {
    guard let first = try masterKeys.all().first else {
      throw Failure(
        .refused,
        "There is no master key. Make one with “(umask 077; openssl rand -hex 32 > FILE)”, and name its file in "
          + "PLENARY_MASTER_KEY_FILE.")
    }
    let master = unwrapping ? nil : first
    if case .own(let server) = database { try await server.start(progress: note) }
    let owner = try await Connection.open(try database.parameters)
    try Workspace.check(try await owner.run { try Migration.situation($0) })
    let vault = vault
    try await owner.execute("set lock_timeout = '10s'")
    let (changed, damaged, keys) = try await owner.run { connection in
      let (changed, damaged) = try vault.rewrap(with: master, connection)
      return (changed, damaged, try Vault.masters(connection).values.reduce(0, +))
    }
    await owner.close()
    return MasterKeyRotation(
      master: master?.id, keys: keys, changed: changed, damaged: damaged,
      remains: changed == 0 ? [] : await database.cleanWriteAheadLog("the keys as they were before"))
  }
}
