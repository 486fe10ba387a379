import Foundation
import Postgres
import Subprocess
import Testing

/// PostgreSQL's own continuous archiving, with the private server.
@Suite(.timeLimit(.minutes(40))) struct `The write-ahead log` {
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
    func setting(_ name: String) async throws -> String {
      let connection = try await Connection.open(
        ConnectionParameters("host=\(folder)/home/postgresql user=plenary dbname=plenary"))
      defer { Task { await connection.close() } }
      return try await connection.query("select current_setting(\(name)) as value")[0].decode("value")
    }
    let none = try await plenary("db", "start", "--archive", "\(folder)/none")
    #expect(none.code == 4 && none.error.contains("nothing is archived"), "\(none)")
    #expect(try await setting("archive_mode") == "off")

    // A folder in which something else has the names of the next segments.
    let taken = try makeFolder("taken")
    for number in 1...9 { _ = try makeFolder("taken/00000001000000000000000\(number)") }
    let blocked = try await plenary("db", "start", "--archive", taken)
    #expect(blocked.code == 4 && blocked.error.contains("could not archive"), "\(blocked)")
    #expect(try await setting("archive_mode") == "off")
    #expect(try await setting("archive_command") == "(disabled)")
    let archive = try makeFolder("the wal")
    try await plenary("db", "start", "--archive", archive).says("archived in")
    // What the server uses already does not restart it.
    let again = try await plenary.done("db", "start", "--archive", archive)
    #expect(!again.error.contains("Restarting"), "\(again)")
    #expect(try await setting("archive_timeout") == "5min")
    #expect(!(try FileManager.default.contentsOfDirectory(atPath: archive)).isEmpty)
    try await plenary("db", "status").says("last archived", /0000000100000000\w{8} at 2/)
    try await checkWhatRemains(plenary)

    // Another folder that does not serve leaves this one in use.
    let worse = try await plenary("db", "start", "--archive", taken)
    #expect(worse.code == 4, "\(worse)")
    #expect(try await setting("archive_command").contains(archive))
    try await checkArchiveCommand(try await setting("archive_command"), in: archive, "\(folder)/segment")
    try await plenary.done("db", "start", "--archive", archive)

    // A server that cannot archive any longer says so.
    try FileManager.default.moveItem(atPath: archive, toPath: archive + " away")
    let away = try await Connection.open(
      ConnectionParameters("host=\(folder)/home/postgresql user=plenary dbname=plenary"))
    try await away.execute("select pg_create_restore_point('away')")
    try await away.execute("select pg_switch_wal()")
    for _ in 0..<600 {
      let failed = try await away.query(
        "select coalesce(last_failed_time > last_archived_time, false) as failed from pg_stat_archiver")
      if try failed[0].decode("failed", as: Bool.self) { break }
      try await Task.sleep(for: .milliseconds(100))
    }
    await away.close()
    let failing = try await plenary("db", "status")
    #expect(
      failing.code == 4 && failing.output.contains("last failure to archive")
        && failing.error.contains("cannot archive its write-ahead log"), "\(failing)")
    try FileManager.default.moveItem(atPath: archive + " away", toPath: archive)

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
      chown -R --reference="$3" "$2"
      """
    let moved = try await Subprocess.run(
      .name("sh"), arguments: ["-c", script, "sh", base, data, socket, archive],
      output: .discarded, error: .string(limit: 1 << 16))
    #expect(moved.terminationStatus.isSuccess, "\(moved.standardError)")
    try await plenary.done("db", "start")
    // Also while it reads the archive.
    try await plenary.done("room", "list")
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

  /// What the archive and a replica still have of a person who is erased.
  private func checkWhatRemains(_ plenary: Plenary) async throws {
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei")
    func query(_ text: String) async throws {
      try await plenary.done("db", "psql", "--role", "none", "--", "-Xqc", text)
    }
    try await query("select pg_create_physical_replication_slot('away')")
    let run = try await plenary.done("attendee", "erase", "a-1", "--yes")
    for remain in [
      "The archive of the write-ahead log still has the key.",
      "Replicas still have the key until they have followed.",
    ] { #expect(run.error.contains(remain), "\(run)") }
    try await query("select pg_drop_replication_slot('away')")
  }

  /// What PostgreSQL's manual asks of an archive command: after a crash it is called again for what is there already, as a
  /// whole or in part.
  private func checkArchiveCommand(_ command: String, in archive: String, _ segment: String) async throws {
    let (name, text) = ("00000009000000000000000A", "the whole segment\n")
    try Data(text.utf8).write(to: URL(filePath: segment))
    let there = URL(filePath: "\(archive)/\(name)")
    func archives() async throws -> Bool {
      let script = command.replacing("%p", with: segment).replacing("%f", with: name).replacing(
        "%%", with: "%")
      let run = try await Subprocess.run(
        .name("sh"), arguments: ["-c", script], output: .discarded, error: .discarded)
      return run.terminationStatus.isSuccess
    }
    for before in [nil, text, "the who", "", "part"] {
      try? FileManager.default.removeItem(at: there)
      if before == "part" {
        try Data("other".utf8).write(to: URL(filePath: there.path + ".part"))
      } else if let before {
        try Data(before.utf8).write(to: there)
      }
      #expect(try await archives(), "\(before ?? "nothing")")
      #expect(try String(contentsOf: there, encoding: .utf8) == text)
      #expect(!FileManager.default.fileExists(atPath: there.path + ".part"))
    }
    try Data("another segment\n".utf8).write(to: there)
    #expect(!(try await archives()))
    #expect(try String(contentsOf: there, encoding: .utf8) == "another segment\n")
    try FileManager.default.removeItem(at: there)
  }
}
