import Foundation

/// Plenary's own PostgreSQL server, used when no other database is named.
///
/// It lives in one directory, listens only on a Unix socket there, and starts on demand:
///
///     home/                 PLENARY_HOME
///       lock                locked while a server is initialised, started or stopped
///       postgresql/         belongs to the server's user; nobody else may enter
///         data/             the data directory
///         log               the server's messages
///         .s.PGSQL.5432     the socket
///
/// PostgreSQL refuses to run as root. For root, the server runs as the user `plenary`, else `postgres`, else
/// `nobody`; an existing server keeps its user.
///
/// Everybody who may enter `postgresql/` may connect as any role: the directory's permissions are the only guard.
/// A command first connects with ``connectionString``, and calls ``start(progress:)`` only if that fails.
package struct PrivateServer: Sendable {
  /// The absolute path of the state directory.
  package let home: String
  private let environment: [String: String]

  /// Chooses the state directory, but touches nothing.
  ///
  /// - Parameters:
  ///   - home: the state directory; by default `PLENARY_HOME`, else `/var/lib/plenary` for root and
  ///     `plenary` in the XDG state directory for others.
  ///   - environment: has `PLENARY_HOME`, `PLENARY_POSTGRES_BIN`, `XDG_STATE_HOME`, `HOME` and `PATH`.
  package init(
    home: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let named = home ?? environment["PLENARY_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    let path = named ?? Self.defaultHome(environment: environment, isRoot: geteuid() == 0)
    self.home = URL(filePath: path, directoryHint: .notDirectory).standardizedFileURL.path
    self.environment = environment
  }

  /// The default state directory.
  ///
  /// A relative `XDG_STATE_HOME` is ignored, as the XDG Base Directory Specification requires.
  package static func defaultHome(environment: [String: String], isRoot: Bool) -> String {
    if isRoot { return "/var/lib/plenary" }
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/plenary" }
    return (environment["HOME"] ?? NSHomeDirectory()) + "/.local/state/plenary"
  }

  /// The directory with the server's socket, log and data.
  package var socketDirectory: String { home + "/postgresql" }

  /// libpq's keywords and values for this server. The port is included, because `PGPORT` would apply otherwise.
  package var connectionString: String {
    let host = socketDirectory.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    return "host='\(host)' port=\(Self.port) dbname=plenary user=plenary"
  }

  /// A running server.
  package struct Instance: Sendable, Equatable {
    package var pid: Int32
    /// PostgreSQL's major version, such as `15`.
    package var version: String
    /// Whether it accepts connections. It does not while it recovers from a crash or shuts down.
    package var isReady: Bool
    package var dataDirectory: String
    package var socketDirectory: String
    package var logFile: String
  }

  package enum Status: Sendable, Equatable {
    case notInitialised
    case stopped
    case running(Instance)
  }

  /// The server's current status. Starts no process and does not wait.
  package func status() throws(PrivateServerError) -> Status {
    try checkAccess()
    guard let version = read("PG_VERSION") else { return .notInitialised }
    // A pid file may be stale, but only a running postmaster listens on the socket.
    guard let file = read("postmaster.pid"), isListening(onSocket: socket) else { return .stopped }
    let lines = file.split(separator: "\n", omittingEmptySubsequences: false)
    guard let pid = lines.first.flatMap({ Int32($0) }) else { return .stopped }
    return .running(
      Instance(
        pid: pid,
        version: version.trimmingCharacters(in: .whitespacesAndNewlines),
        // Line 8 is starting, stopping, ready or standby: src/include/utils/pidfile.h.
        isReady: lines.count > 7 && lines[7].hasPrefix("ready"),
        dataDirectory: data,
        socketDirectory: socketDirectory,
        logFile: log))
  }

  /// Makes sure that the server accepts connections and has the database.
  ///
  /// Initialises the server if necessary, and cleans up after a killed one. Does nothing if the server is running.
  /// Any number of processes may call this at once: they take turns.
  /// The server has its own process session and outlives the process that started it.
  ///
  /// - Parameter progress: receives a sentence for people before each step that takes a moment.
  package func start(progress: (String) -> Void = { _ in }) async throws(PrivateServerError) {
    try checkPath()
    if try isReady { return }
    let account = try prepareDirectories()
    let shell = ServerShell(account: account, directory: socketDirectory, environment: environment)
    try await locked(progress: progress) { () async throws(PrivateServerError) in
      if try isReady { return }
      let programs = try await ServerPrograms.find(
        environment: environment, dataDirectory: data, dataVersion: read("PG_VERSION"))
      try await checkReach(of: shell, to: [socketDirectory, programs.directory])
      if try status() == .notInitialised {
        progress("Setting up PostgreSQL \(programs.version) for Plenary in \(home).")
        try await initialise(with: programs, shell)
      }
      try await settle(shell, progress: progress)
      if try isReady { return }
      progress("Starting Plenary's PostgreSQL \(programs.version).")
      try await launch(with: programs, shell, progress: progress)
    }
  }

  /// Ends all sessions, stops the server, and returns when it has stopped.
  ///
  /// Does nothing if no server is running. Needs no PostgreSQL programs, so it works after they were removed.
  package func stop(progress: (String) -> Void = { _ in }) async throws(PrivateServerError) {
    try checkAccess()
    guard FileManager.default.fileExists(atPath: data) else { return }
    let account = try prepareDirectories()
    let shell = ServerShell(account: account, directory: socketDirectory, environment: environment)
    try await locked(progress: progress) { () async throws(PrivateServerError) in
      var stopping: Int32?
      if case .running(let instance) = try status() {
        stopping = instance.pid
        // SIGINT requests a fast shutdown: sessions end and transactions are rolled back.
        // https://www.postgresql.org/docs/current/server-shutdown.html
        kill(instance.pid, SIGINT)
        let deadline = Deadline(seconds: 120)
        while case .running(let still) = try status(), still.pid == instance.pid {
          try await deadline.wait(for: "the private server to stop", log: log)
        }
      }
      try await settle(shell, stopping: stopping, progress: progress)
    }
  }
}

// MARK: - Steps

extension PrivateServer {
  /// The configuration of a new server. Settings that every server must have are in `launch`.
  private static let settings = """

    # Plenary

    # One-shot commands gain nothing from compiled queries and wait for the compiler.
    jit = off
    shared_buffers = 128MB
    # No replica reads from this server, so a table loaded in the transaction that made it needs no log.
    wal_level = minimal
    max_wal_senders = 0
    max_logical_replication_workers = 0
    max_wal_size = 2GB
    # Files instead of /dev/shm: containers keep that small, and logind empties it when a user logs out.
    dynamic_shared_memory_type = mmap
    timezone = 'UTC'
    log_timezone = 'UTC'
    # Statements and the details of errors hold personal data, and a log file forgets nothing either.
    log_min_error_statement = panic
    log_error_verbosity = terse
    log_checkpoints = off

    """

  /// Makes the data directory with the database under a temporary name, and renames it when it is complete.
  private func initialise(with programs: ServerPrograms, _ shell: ServerShell)
    async throws(PrivateServerError)
  {
    let script = """
      set -eu
      trap 'rm -rf data.new' EXIT
      rm -rf data.new
      case "$(LC_ALL=C.UTF-8 locale charmap 2> /dev/null)" in UTF-8) locale=C.UTF-8 ;; *) locale=C ;; esac
      "$1/initdb" --pgdata=data.new --username=plenary --auth=trust --encoding=UTF8 --locale=$locale --data-checksums
      printf '%s\\n' '# Whoever may enter the directory of the socket may connect.' 'local all all trust' \\
        'local replication all trust' > data.new/pg_hba.conf
      printf '%s' "$2" >> data.new/postgresql.conf
      echo 'CREATE DATABASE plenary' | "$1/postgres" --single -D data.new -c exit_on_error=true template1
      mv data.new data
      sync .
      """
    let result = try await shell.run(script, programs.directory, Self.settings)
    if !result.succeeded { throw failure("PostgreSQL could not be set up", result.output) }
  }

  /// Runs a short shell script as the server's user. Its arguments are `$1`, `$2` ….
  ///
  /// - Returns: whether it succeeded.
  package func runs(_ script: String, _ arguments: String...) async throws(PrivateServerError) -> Bool {
    let shell = ServerShell(
      account: try prepareDirectories(), directory: socketDirectory, environment: environment)
    return try await shell.run(script, arguments: arguments).succeeded
  }

  /// Allows `pg_basebackup` and replicas to connect. Older versions of Plenary set servers up without that.
  ///
  /// The running server must read its configuration again.
  package func allowReplication() async throws(PrivateServerError) {
    let shell = ServerShell(
      account: try prepareDirectories(), directory: socketDirectory, environment: environment)
    let result = try await shell.run(
      """
      grep -q '^local replication ' data/pg_hba.conf || echo 'local replication all trust' >> data/pg_hba.conf
      """)
    if !result.succeeded { throw failure("pg_hba.conf could not be changed", result.output) }
  }

  /// Starts the stopped server and waits until it accepts connections.
  private func launch(
    with programs: ServerPrograms, _ shell: ServerShell, progress: (String) -> Void
  ) async throws(PrivateServerError) {
    let logged = (try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int) ?? 0
    // Command-line settings win over edited configuration files, so the server never listens on TCP. It removes old
    // parts of its write-ahead log, because a recycled file still has the keys that were written to it.
    // The paths are relative, so pg_ctl's shell cannot misread them.
    let script = """
      exec "$1/pg_ctl" start -D data -l log -w -t 120 \\
        -o '-c listen_addresses= -c unix_socket_directories=.. -c unix_socket_permissions=0700 -c wal_recycle=off -p \(Self.port)'
      """
    let result = try await shell.run(script, programs.directory)
    if result.succeeded {
      // pg_ctl also returns while the server still reads an archive.
      let deadline = Deadline(seconds: 3600)
      while case .running(let instance) = try status(), !instance.isReady {
        if deadline.isFirstWait { progress("Waiting for PostgreSQL, which restores from its archive.") }
        try await deadline.wait(for: "PostgreSQL to restore from its archive", log: log)
      }
      return
    }
    let tail = (try? FileHandle(forReadingFrom: URL(filePath: log)))
      .flatMap { file in
        try? file.seek(toOffset: UInt64(logged))
        return try? file.readToEnd()
      }
      .map { String(decoding: $0, as: UTF8.self) }
    throw failure("PostgreSQL did not start", tail ?? result.output)
  }

  /// Waits for a server that is starting or stopping. Ends leftover processes of a killed one and removes its stale
  /// files.
  ///
  /// Afterwards either the server is ready, or none of its processes and lock files exist.
  ///
  /// - Parameter stopping: the process of a server that was asked to stop. It removes its files shortly before it ends.
  private func settle(
    _ shell: ServerShell, stopping: Int32? = nil, progress: (String) -> Void
  ) async throws(PrivateServerError) {
    let deadline = Deadline(seconds: 120)
    while true {
      if try isReady { return }
      // The server's processes run a program called postgres in the data directory. The shell looks for them as the
      // server's user, who may always inspect its own processes; root in a container may not.
      let survivors = try await shell.run(
        """
        for process in /proc/[0-9]*; do
          [ "$process/cwd" -ef data ] || continue
          case "$(readlink "$process/exe")" in
            */postgres | *'/postgres (deleted)') echo "${process#/proc/}" ;;
          esac
        done
        """
      ).output.split(separator: "\n").compactMap { Int32($0) }
      guard !survivors.isEmpty else { break }
      let postmaster = read("postmaster.pid")?.split(separator: "\n").first.flatMap { Int32($0) }
      if let stopping, survivors.contains(stopping) {
        // It ends by itself, in the next milliseconds.
      } else if let postmaster, survivors.contains(postmaster) {
        if deadline.isFirstWait { progress("Waiting for PostgreSQL, which is starting or stopping.") }
      } else {
        // Sessions that outlived their postmaster keep the shared memory, which blocks the next server. Their
        // uncommitted work is already lost, so they may end at once.
        if deadline.isFirstWait { progress("Ending leftover processes of a killed PostgreSQL.") }
        for pid in survivors { kill(pid, deadline.isOverdue ? SIGKILL : SIGQUIT) }
      }
      try await deadline.wait(for: "an earlier PostgreSQL to end", log: log)
    }
    // No PostgreSQL process is left, so these files are stale, even if another process now has a number in them.
    _ = try await shell.run(
      "rm -f data/postmaster.pid .s.PGSQL.\(Self.port) .s.PGSQL.\(Self.port).lock")
  }
}

// MARK: - Directories

extension PrivateServer {
  private static let port = 5432
  /// `sun_path` has 108 bytes, the last of them zero: unix(7).
  private static let longestSocketPath = 107

  private var data: String { socketDirectory + "/data" }
  private var log: String { socketDirectory + "/log" }
  private var socket: String { socketDirectory + "/.s.PGSQL.\(Self.port)" }

  private var isReady: Bool {
    get throws(PrivateServerError) {
      if case .running(let instance) = try status() { instance.isReady } else { false }
    }
  }

  private func read(_ name: String) -> String? {
    try? String(contentsOfFile: data + "/" + name, encoding: .utf8)
  }

  private func checkPath() throws(PrivateServerError) {
    if socket.utf8.count > Self.longestSocketPath {
      throw .pathTooLong(socket, limit: Self.longestSocketPath)
    }
    // libpq treats a comma in `host` as the start of another host, and has no way to quote it.
    if home.contains(",") { throw .comma(home) }
  }

  private func checkAccess() throws(PrivateServerError) {
    guard access(socketDirectory, F_OK) == 0 else {
      if errno == EACCES { throw .belongsToAnother(home, owner: owner(of: home)?.name) }
      return
    }
    guard access(socketDirectory, R_OK | X_OK) == 0 else {
      throw .belongsToAnother(socketDirectory, owner: owner(of: socketDirectory)?.name)
    }
  }

  private func owner(of path: String) -> Account? {
    guard let found = try? FileManager.default.attributesOfItem(atPath: path),
      let user = found[.ownerAccountID] as? NSNumber,
      let group = found[.groupOwnerAccountID] as? NSNumber
    else { return nil }
    return Account(
      name: found[.ownerAccountName] as? String ?? "user \(user)",
      userID: user.uint32Value, groupID: group.uint32Value)
  }

  /// Creates the state directory if it is missing. The server of root runs as another user, who must be able to enter it.
  package func makeHome() throws {
    try FileManager.default.createDirectory(
      atPath: home, withIntermediateDirectories: true,
      attributes: [.posixPermissions: geteuid() == 0 ? 0o755 : 0o700])
  }

  /// Creates missing directories. Returns the server's user, or nil if that is the caller.
  private func prepareDirectories() throws(PrivateServerError) -> Account? {
    let isRoot = geteuid() == 0
    do {
      try makeHome()
      if mkdir(socketDirectory, 0o700) != 0, errno != EEXIST { throw systemError() }
      guard isRoot else {
        try checkAccess()
        return nil
      }
      if let account = owner(of: socketDirectory), account.userID != 0 { return account }
      guard let account = Account.forServer else { throw PrivateServerError.noAccount }
      guard chown(socketDirectory, account.userID, account.groupID) == 0 else {
        throw systemError()
      }
      return account
    } catch let error as PrivateServerError {
      throw error
    } catch let error as CocoaError where error.code == .fileWriteFileExists {
      throw failure("\(home) is not a directory; set PLENARY_HOME to the path of one", "")
    } catch {
      throw failure("The directory \(home) could not be created", error.localizedDescription)
    }
  }

  /// Checks as the server's user, because only that covers access control lists and mounts.
  private func checkReach(
    of shell: ServerShell, to directories: [String]
  ) async throws(PrivateServerError) {
    guard let account = shell.account else { return }
    var shell = shell
    shell.directory = "/"
    let paths = directories.flatMap { directory in
      directory.split(separator: "/").reduce(into: ["/"]) { $0.append($0.last! + $1 + "/") }
    }
    let result = try await shell.run(
      "for path; do [ -x \"$path\" ] || { echo \"$path\"; exit 1; }; done", arguments: paths)
    if !result.succeeded {
      throw .unreachable(
        result.output.trimmingCharacters(in: .whitespacesAndNewlines), user: account.name)
    }
  }

  /// Runs `body` while no other process starts or stops the server of this home.
  ///
  /// The kernel holds the lock on an open file. It ends with the process, so it is never stale.
  private func locked(
    progress: (String) -> Void, _ body: () async throws(PrivateServerError) -> Void
  ) async throws(PrivateServerError) {
    // Opening for reading is enough to lock. Root may have made the file.
    let file = open(home + "/lock", O_RDONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure("\(home)/lock cannot be opened", "\(systemError())") }
    defer { close(file) }
    let deadline = Deadline(seconds: 300)
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw failure("\(home)/lock cannot be locked", "\(systemError())")
      }
      if deadline.isFirstWait {
        progress("Waiting for another command, which is starting or stopping the private server.")
      }
      try await deadline.wait(for: "another command that holds \(home)/lock", log: log)
    }
    try await body()
  }

  /// Distinguishes a full disk from other failures.
  private func failure(_ what: String, _ output: String) -> PrivateServerError {
    let free =
      (try? FileManager.default.attributesOfFileSystem(forPath: home)[.systemFreeSize] as? NSNumber)?
      .int64Value
    let isFull = ["No space left on device", "Disk quota exceeded"].contains {
      output.contains($0)
    }
    // If the disk is full, the server may not even have been able to write its log.
    if isFull || free.map({ $0 < 8_000_000 }) == true {
      return .noSpace(home, megabytesFree: (free ?? 0) / 1_000_000)
    }
    return .failed(what, output: output, log: FileManager.default.fileExists(atPath: log) ? log : nil)
  }
}
