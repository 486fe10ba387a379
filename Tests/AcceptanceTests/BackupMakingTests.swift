import Foundation
import Postgres
import Testing

/// What making a backup must not leave, and must not touch.
@Suite(.timeLimit(.minutes(40))) struct `A backup that is made` {
  private let backups: `A backup`
  private var folder: String { backups.folder.path }

  init() throws { backups = try `A backup`() }

  private func conference() async throws -> Plenary { try await backups.conference() }

  private func makeFolder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    return "\(folder)/\(name)"
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGKILL])
  func `leaves nothing after a signal, and of one that was killed the next one tells`(signal: Int32)
    async throws
  {
    let plenary = try await conference()
    let place = try makeFolder("backups")
    let blocker = try await plenary.connect()
    // Whoever dumps the log waits for this table, and nobody else does; the keys are written already.
    try await blocker.execute("begin")
    try await blocker.execute("lock table proceedings.correction in access exclusive mode")
    let watcher = try await plenary.connect()
    try await plenary.ended(
      by: signal, "db", "backup", "\(place)/b", "--vault", "\(place)/keys"
    ) {
      try await watcher.waitUntilSomebodyWaits(for: "proceedings.correction")
    }
    try await blocker.execute("rollback")
    let left = try FileManager.default.contentsOfDirectory(atPath: place)
    if signal == SIGKILL {
      #expect(left.count == 1 && left[0].hasPrefix(".b.incomplete-"), "\(left)")
    } else {
      #expect(left.isEmpty, "\(left)")
    }
    let next = try await plenary.done("db", "backup", "\(place)/b", "--vault", "\(place)/keys")
    #expect(next.error.contains("is left of a backup that was killed") == (signal == SIGKILL), "\(next)")
    #expect(FileManager.default.fileExists(atPath: "\(place)/keys"))
    try await plenary.done("db", "restore", "\(place)/b", "--verify", "--vault", "\(place)/keys")
  }

  /// Somebody can make the folder while the backup is being made.
  @Test func `leaves an empty folder of its name that is not its own`() async throws {
    let plenary = try await conference()
    let place = try makeFolder("backups")
    let blocker = try await plenary.connect()
    let watcher = try await plenary.connect()
    try await blocker.execute("begin")
    try await blocker.execute("lock table proceedings.correction in access exclusive mode")
    try await plenary.ended(by: SIGTERM, "db", "backup", "\(place)/b") {
      try await watcher.waitUntilSomebodyWaits(for: "proceedings.correction")
      _ = try makeFolder("backups/b")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["b"])
    try await blocker.execute("rollback")
    try FileManager.default.removeItem(atPath: "\(place)/b")

    try await blocker.execute("begin")
    try await blocker.execute("lock table proceedings.correction in access exclusive mode")
    async let backup = plenary("db", "backup", "\(place)/b")
    try await watcher.waitUntilSomebodyWaits(for: "proceedings.correction")
    _ = try makeFolder("backups/b")
    try await blocker.execute("rollback")
    let run = try await backup
    #expect(run.code == 1 && run.error.contains("\(place)/b exists already"), "\(run)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["b"])
  }

  @Test func `is of the whole database, and has a name`() async throws {
    let plenary = try await conference()
    for words in [
      ["db", "backup", "\(folder)/x", "-c", "nosuch"], ["db", "backup", ""],
      ["db", "backup", "\(folder)/x", "--vault", ""], ["db", "restore", "\(folder)/x", "-c", "berlin"],
    ] {
      let run = try await plenary(words)
      #expect(run.code == 2 && !FileManager.default.fileExists(atPath: "\(folder)/x"), "\(run)")
    }
  }

  @Test func `can have its keys beside it, under a name that begins like its own`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/b", "--vault", "\(folder)/b.keys")
    try await plenary("db", "restore", "\(folder)/b", "--vault", "\(folder)/b.keys", "--verify")
      .says("The backup is whole. Its keys open the data of 3 people.")
  }

  @Test func `of files finds only files of its own to remove`() async throws {
    let plenary = try await conference()
    let others = try makeFolder("b.incomplete")
    try Data("mine\n".utf8).write(to: URL(filePath: "\(others)/notes"))
    try await plenary.done("db", "backup", "\(folder)/b")
    #expect(FileManager.default.fileExists(atPath: "\(others)/notes"))

    // A vault that is a folder, the backup itself, inside of it, or a link to nothing.
    let vaults = try makeFolder("vaults")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/link", withDestinationPath: "\(folder)/target")
    for vault in [vaults, "\(folder)/c", "\(folder)/c/keys", "\(folder)/link", "\(folder)/nowhere/keys"] {
      let run = try await plenary("db", "backup", "\(folder)/c", "--vault", vault)
      #expect(run.code != 0 && run.error.contains(vault), "\(run)")
    }
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/target"))
    #expect(
      Set(try FileManager.default.contentsOfDirectory(atPath: folder))
        == ["b", "b.incomplete", "vaults", "link"])
  }
}
