import Foundation
import Postgres
import Subprocess
import Testing

/// PostgreSQL's own continuous archiving, with the private server.
@Suite(.timeLimit(.minutes(20))) struct `The write-ahead log` {
  @Test func `is archived, and a base backup with it restores what came later`() async throws {
    let folder = "/tmp/plenary-wal-\(getpid())"
    let plenary = Plenary(variables: ["PLENARY_HOME": "\(folder)/home", "PLENARY_DATABASE_URL": ""])
    _ = try await plenary.berlin()
    // For root, the server is another user's.
    let owner = try FileManager.default.attributesOfItem(atPath: "\(folder)/home/postgresql")
    let (user, group) = (owner[.ownerAccountID]!, owner[.groupOwnerAccountID]!)
    func makeFolder(_ name: String) throws -> String {
      let path = "\(folder)/\(name)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      try FileManager.default.setAttributes(
        [.ownerAccountID: user, .groupOwnerAccountID: group, .posixPermissions: 0o700], ofItemAtPath: path)
      return path
    }
    let none = try await plenary("db", "start", "--archive", "\(folder)/none")
    #expect(none.code == 4 && none.error.contains("nothing is archived"), "\(none)")
    let archive = try makeFolder("the wal")
    try await plenary("db", "start", "--archive", archive).says("archived in")
    try await plenary.done("db", "start", "--archive", archive)
    #expect(!(try FileManager.default.contentsOfDirectory(atPath: archive)).isEmpty)

    let base = try makeFolder("base")
    let socket = "\(folder)/home/postgresql"
    let copied = try await Subprocess.run(
      .name("pg_basebackup"),
      arguments: ["-h", socket, "-U", "plenary", "-D", base, "-X", "none", "-c", "fast"],
      output: .discarded, error: .string(limit: 1 << 16))
    #expect(copied.terminationStatus.isSuccess, "\(copied.standardError)")
    // After the base backup: only the archive has it.
    try await plenary.done("room", "add", "foyer", "--name", "Foyer")
    let connection = try await Connection.open(
      ConnectionParameters("host=\(socket) user=plenary dbname=plenary"))
    try await connection.execute("select pg_switch_wal()")
    let last = try await connection.query("select pg_walfile_name(pg_switch_wal() - 1) as name")[0]
      .decode("name", as: String.self)
    await connection.close()
    for _ in 0..<600 where !FileManager.default.fileExists(atPath: "\(archive)/\(last)") {
      try await Task.sleep(for: .milliseconds(100))
    }
    try await plenary.done("db", "start", "--no-archive")
    try await plenary.done("db", "stop")

    // The data are lost; the base backup takes their place.
    let data = "\(socket)/data"
    try FileManager.default.removeItem(atPath: data)
    let script = """
      set -e
      cp -a "$1" "$2"
      echo "restore_command = 'cp \\"$4/%f\\" \\"%p\\"'" >> "$2/postgresql.auto.conf"
      touch "$2/recovery.signal"
      chown -R "$3" "$2"
      """
    let moved = try await Subprocess.run(
      .name("sh"), arguments: ["-c", script, "sh", base, data, "\(user):\(group)", archive],
      output: .discarded, error: .string(limit: 1 << 16))
    #expect(moved.terminationStatus.isSuccess, "\(moved.standardError)")
    try await plenary.done("db", "start")
    let restored = try await Connection.open(
      ConnectionParameters("host=\(socket) user=plenary dbname=plenary"))
    while try await restored.query("select pg_is_in_recovery() as busy")[0].decode("busy", as: Bool.self) {
      try await Task.sleep(for: .milliseconds(100))
    }
    await restored.close()
    #expect(try await plenary.done("room", "list").output.contains("foyer"))
    try await plenary.done("log", "verify")
    try await plenary.done("db", "stop")
    try FileManager.default.removeItem(atPath: folder)
  }
}
