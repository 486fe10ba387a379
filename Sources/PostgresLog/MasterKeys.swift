package import EventLog
import Synchronization

/// The master keys of a program, read when they are first needed. The first one encrypts new keys of the vault; the
/// others decrypt what they encrypted earlier.
package final class MasterKeys: Sendable {
  private let read: @Sendable () throws -> [MasterKey]
  private let known = Mutex<[MasterKey]?>(nil)

  package init(_ read: @escaping @Sendable () throws -> [MasterKey]) { self.read = read }

  /// The keys in the vault are stored as they are.
  package static let none = MasterKeys { [] }

  /// - Throws: what reading them throws.
  package func all() throws -> [MasterKey] {
    try known.withLock { known in
      if let known { return known }
      let keys = try read()
      known = keys
      return keys
    }
  }
}

/// Keys in the vault are encrypted with a master key that this program does not have.
package struct MissingMasterKey: Error, Equatable, CustomStringConvertible {
  /// Names the master key.
  package let id: String

  package init(id: String) { self.id = id }

  package var description: String {
    "The keys in the vault are encrypted with the master key \(id), which is not at hand, so personal data cannot be "
      + "decrypted. Name its file in PLENARY_MASTER_KEY_FILE, or a command that prints it in PLENARY_MASTER_KEY_COMMAND."
  }
}
