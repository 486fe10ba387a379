import Foundation

/// The programs of an installed PostgreSQL.
struct ServerPrograms: Sendable, Equatable {
  static let oldestVersion = 15

  /// The directory with `postgres`, `initdb` and `pg_ctl`.
  var directory: String
  /// The major version.
  var version: Int

  /// Finds the programs for an existing data directory, else the newest ones.
  ///
  /// If `PLENARY_POSTGRES_BIN` is set, only that directory is searched. Otherwise: the versioned directories of
  /// Debian and of PostgreSQL's own packages, then the path.
  ///
  /// - Parameters:
  ///   - dataVersion: the content of the data directory's `PG_VERSION`; nil if there is no data directory.
  ///   - root: a prefix for the versioned directories.
  static func find(
    environment: [String: String], dataDirectory: String, dataVersion: String?, root: String = ""
  ) async throws(PrivateServerError) -> ServerPrograms {
    let named = environment["PLENARY_POSTGRES_BIN"].flatMap { $0.isEmpty ? nil : $0 }
    let complete = directories(environment: environment, root: root).filter { directory in
      ["postgres", "initdb", "pg_ctl"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: directory + "/" + $0)
      }
    }
    var found: [ServerPrograms] = []
    for directory in complete {
      guard let version = await version(of: "postgres", in: directory) else { continue }
      found.append(ServerPrograms(directory: directory, version: version))
    }
    guard let newest = found.max(by: { $0.version < $1.version }) else {
      throw .noPrograms(named: named)
    }
    if let dataVersion = dataVersion?.trimmingCharacters(in: .whitespacesAndNewlines) {
      guard let matching = found.first(where: { String($0.version) == dataVersion }) else {
        throw .otherVersion(
          dataDirectory, dataVersion, found: newest.version, directory: newest.directory)
      }
      return matching
    }
    guard newest.version >= oldestVersion else {
      throw .tooOld(newest.version, directory: newest.directory)
    }
    return newest
  }

  /// Where programs are looked for.
  static func directories(environment: [String: String], root: String = "") -> [String] {
    let named = environment["PLENARY_POSTGRES_BIN"].flatMap { $0.isEmpty ? nil : $0 }
    return named.map { [$0] } ?? versioned(under: root)
      + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
  }

  private static func versioned(under root: String) -> [String] {
    let debian = root + "/usr/lib/postgresql"
    let others = root + "/usr"
    let names = { (directory: String) in
      (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    }
    return names(debian).map { "\(debian)/\($0)/bin" }
      + names(others).filter { $0.hasPrefix("pgsql-") }.map { "\(others)/\($0)/bin" }
  }

  /// Reads a line such as `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` or `… 18beta1`.
  static func version(of program: String, in directory: String) async -> Int? {
    let shell = ServerShell(account: nil, directory: "/", environment: [:])
    let result = try? await shell.run("exec \"$1/$2\" --version", directory, program)
    guard let result, result.succeeded,
      let number = result.output.firstMatch(of: /\(PostgreSQL\) (\d+)/)?.output.1
    else { return nil }
    return Int(number)
  }
}
