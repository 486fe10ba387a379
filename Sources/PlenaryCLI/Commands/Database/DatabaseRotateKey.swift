import ArgumentParser
import Plenary
import Vocabulary

extension DatabaseCommand {
  struct RotateKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate-key",
      abstract: "Encrypt the keys in the vault with a master key, or with another one.",
      discussion: """
        The master key is outside the database: in the file that PLENARY_MASTER_KEY_FILE names, which only you may read, or \
        printed by the command in PLENARY_MASTER_KEY_COMMAND. It has 64 hexadecimal digits. To replace it, put \
        the new one into the first line, leave the old one below it, and run this command; then remove the old one. The log \
        stays as it is. Run it as the database's owner.

        Example: (umask 077; openssl rand -hex 32 > ~/plenary-master-key)
        export PLENARY_MASTER_KEY_FILE=~/plenary-master-key
        plenary db rotate-key
        """)
    @Flag(help: "Store the keys without a master key again.") var unwrap = false
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let configuration = try Configuration(database: global.database, conference: global.conference)
      let done = try await configuration.rotateMasterKey(unwrapping: unwrap) { Console.error($0) }
      if global.json {
        try Console.json(.dbRotateKey, done)
      } else {
        let now = done.master.map { "encrypted with the master key \($0)" } ?? "stored without a master key"
        Console.print(
          done.changed == 0
            ? "Nothing to do: \(counted(done.keys - done.damaged, "key is", "keys are")) \(now)."
            : "\(counted(done.changed, "key is", "keys are")) now \(now).")
      }
      for remain in done.remains { Console.error(remain) }
      if done.damaged > 0 {
        throw Failure(
          .failed,
          "\(counted(done.damaged, "key is", "keys are")) damaged: the master key does not decrypt them.")
      }
    }
  }
}
