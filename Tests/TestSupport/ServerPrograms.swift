import Foundation

/// The programs of the newest installed PostgreSQL server.
struct ServerPrograms {
  let initdb: String
  let postgres: String
  let dump: String
  let restore: String
  let baseBackup: String

  static func find() throws -> ServerPrograms {
    for directory in candidates() {
      let programs = ServerPrograms(
        initdb: directory + "/initdb", postgres: directory + "/postgres", dump: directory + "/pg_dump",
        restore: directory + "/pg_restore",
        baseBackup: directory + "/pg_basebackup")
      let manager = FileManager.default
      if manager.isExecutableFile(atPath: programs.initdb),
        manager.isExecutableFile(atPath: programs.postgres)
      {
        return programs
      }
    }
    throw TestServerError(
      "These tests need PostgreSQL 15 or newer, and initdb was found neither by pg_config, nor in "
        + "/usr/lib/postgresql, nor on the PATH. On Debian: apt-get install postgresql")
  }

  private static func candidates() -> [String] {
    [configured()].compactMap { $0 } + debian() + path()
  }

  private static func path() -> [String] {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
  }

  /// The directory that `pg_config --bindir` prints. Debian's is that of libpq, whose server may not be
  /// installed.
  private static func configured() -> String? {
    guard let program = path().map({ $0 + "/pg_config" }).first(where: access),
      let output = popen("'\(program)' --bindir", "r")
    else { return nil }
    defer { pclose(output) }
    var line = [CChar](repeating: 0, count: 4096)
    guard fgets(&line, Int32(line.count), output) != nil else { return nil }
    return String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init), as: UTF8.self)
  }

  private static func access(_ path: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: path)
  }

  /// Debian has a directory for each major version.
  private static func debian() -> [String] {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return versions.compactMap(Int.init).sorted(by: >).map { "\(root)/\($0)/bin" }
  }
}
