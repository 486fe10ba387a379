import CLinux
import Foundation
import Glibc
import Plenary

/// A file that `--output` names.
///
/// - Links are followed.
/// - Devices, FIFOs and descriptors of this process (`/dev/stdout`, `/dev/fd/3`) are written to.
/// - An existing file keeps its owner, mode and further names. It is replaced at once where that keeps them, else
///   written in place.
/// - A new file appears when it is complete. Nothing is left of one that was not completed.
struct OutputFile {
  enum Written { case new, replaced, through, standardOutput }

  private let path: String

  init(_ path: String) { self.path = path }

  /// - Parameter isPrivate: a new file can be read and written by its owner only; an existing one keeps its mode.
  /// - Throws: `Failure`.
  func write(_ data: Data, isPrivate: Bool) throws -> Written {
    do {
      return try put(data, isPrivate: isPrivate)
    } catch let error as POSIXError {
      throw Failure(writing: path, error)
    }
  }

  private func put(_ data: Data, isPrivate: Bool) throws -> Written {
    let place = try target()
    if let descriptor = Self.descriptor(place) {
      // Whoever started Plenary gave it descriptors that are inherited. The others are its own, such as the connection
      // to the database.
      let flags = fcntl(descriptor, F_GETFD)
      if flags < 0 || flags & FD_CLOEXEC != 0 { throw POSIXError(.EBADF) }
      if descriptor == STDOUT_FILENO {
        Console.write(data)
        return .standardOutput
      }
      try Self.write(data, to: descriptor)
      return .through
    }
    var found = stat()
    guard stat(place, &found) == 0 else {
      if errno != ENOENT { throw Self.error() }
      try create(place, data, isPrivate ? 0o600 : 0o666)
      return .new
    }
    switch found.st_mode & S_IFMT {
    case S_IFDIR: throw POSIXError(.EISDIR)
    case S_IFREG:
      if try !replace(place, data, found) {
        try writeInPlace(place, data)
      }
      return .replaced
    case S_IFIFO:
      let descriptor = try openedForReader(place)
      defer { close(descriptor) }
      try Self.write(data, to: descriptor)
      return .through
    default:
      try opened(place, O_WRONLY | O_CLOEXEC) { try Self.write(data, to: $0) }
      return .through
    }
  }

  /// The path without links at its end. What a link points to need not exist.
  private func target() throws -> String {
    var place = path
    for _ in 0..<40 {
      if Self.descriptor(place) != nil { return place }
      guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: place) else { return place }
      place = next.hasPrefix("/") ? next : Self.folder(of: place) + "/" + next
    }
    throw POSIXError(.ELOOP)
  }

  /// The number of a descriptor of this process. Opened anew, it would be written from its start.
  private static func descriptor(_ place: String) -> Int32? {
    switch place {
    case "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default:
      for folder in ["/dev/fd/", "/proc/self/fd/", "/proc/\(getpid())/fd/"] where place.hasPrefix(folder) {
        return Int32(place.dropFirst(folder.count))
      }
      return nil
    }
  }

  private static func folder(of place: String) -> String {
    guard let slash = place.lastIndex(of: "/") else { return "." }
    return slash == place.startIndex ? "/" : String(place[..<slash])
  }

  // MARK: Writing

  /// A new file without a name, which gets its name when it is written. After a signal, nothing is left of it.
  private func create(_ place: String, _ data: Data, _ mode: mode_t) throws {
    let descriptor = open_unnamed(Self.folder(of: place), mode)
    if descriptor < 0 {
      // A file system without such files.
      return try createNamed(place, data, mode)
    }
    defer { close(descriptor) }
    try Self.write(data, to: descriptor)
    try Self.name(descriptor, place)
  }

  /// A new file that is written under a hidden name.
  func createNamed(_ place: String, _ data: Data, _ mode: mode_t) throws {
    let hidden = Self.hiddenName(beside: place)
    try Self.removing(hidden) {
      try opened(hidden, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode) { try Self.write(data, to: $0) }
      if rename(hidden, place) != 0 { throw Self.error() }
    }
  }

  private static func hiddenName(beside place: String) -> String {
    folder(of: place) + "/.plenary-\(UUID().uuidString)"
  }

  /// Does something during which a file has a second name or is not complete, and removes it after an error or a signal.
  private static func removing(_ hidden: String, during body: () throws -> Void) throws {
    Passing.path = strdup(hidden)
    let signals = [SIGINT, SIGTERM, SIGHUP].map { number in
      let before = signal(number, Passing.removeAndEnd)
      // After nohup, SIGHUP stays ignored.
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
      return (number, before)
    }
    defer {
      for (number, handler) in signals { signal(number, handler) }
      free(Passing.path)
      Passing.path = nil
    }
    do { try body() } catch {
      unlink(hidden)
      throw error
    }
  }

  /// Replaces a file at once, so that no reader sees half of it.
  ///
  /// - Returns: false where the new file would not be what the old one was: another owner, other names of the file
  ///   (hard links), access lists.
  private func replace(_ place: String, _ data: Data, _ old: stat) throws -> Bool {
    guard old.st_nlink == 1, listxattr(place, nil, 0) <= 0, access(place, W_OK) == 0 else { return false }
    let descriptor = open_unnamed(Self.folder(of: place), 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard fchown(descriptor, old.st_uid, old.st_gid) == 0, fchmod(descriptor, old.st_mode & 0o7777) == 0
    else { return false }
    try Self.write(data, to: descriptor)
    let hidden = Self.hiddenName(beside: place)
    try Self.removing(hidden) {
      try Self.name(descriptor, hidden)
      if rename(hidden, place) != 0 { throw Self.error() }
    }
    return true
  }

  private func writeInPlace(_ place: String, _ data: Data) throws {
    try opened(place, O_WRONLY | O_TRUNC | O_CLOEXEC) { try Self.write(data, to: $0) }
  }

  /// Gives a name to a file without one (open(2), O_TMPFILE).
  private static func name(_ descriptor: Int32, _ place: String) throws {
    // AT_SYMLINK_FOLLOW, because the path in /proc is a link.
    guard linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, place, AT_SYMLINK_FOLLOW) == 0 else {
      throw error()
    }
  }

  /// A FIFO that nobody reads would keep the command for ever.
  private func openedForReader(_ place: String) throws -> Int32 {
    let deadline = ContinuousClock.now + .seconds(10)
    var isFirst = true
    while true {
      let descriptor = open(place, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      if descriptor >= 0 {
        guard fcntl(descriptor, F_SETFL, O_WRONLY) == 0 else { throw Self.error() }
        return descriptor
      }
      guard errno == ENXIO else { throw Self.error() }
      guard ContinuousClock.now < deadline else {
        throw Failure(.failed, "Nobody reads the FIFO \(path); start its reader first.", code: .file)
      }
      if isFirst { Console.error("Waiting for somebody who reads the FIFO \(path).") }
      isFirst = false
      usleep(20_000)
    }
  }

  private func opened(_ place: String, _ flags: Int32, _ mode: mode_t = 0, _ body: (Int32) throws -> Void)
    throws
  {
    let descriptor = open(place, flags, mode)
    if descriptor < 0 { throw Self.error() }
    defer { close(descriptor) }
    try body(descriptor)
  }

  private static func write(_ data: Data, to descriptor: Int32) throws {
    var rest = data[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw error()
      }
      rest = rest.dropFirst(count)
    }
  }

  private static func error() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}

/// The file that a signal removes before it ends the process.
private enum Passing {
  // A signal handler must not allocate memory. One file is written at a time, so one path is enough.
  nonisolated(unsafe) static var path: UnsafeMutablePointer<CChar>?

  static let removeAndEnd: @convention(c) (Int32) -> Void = { number in
    if let path = Passing.path { unlink(path) }
    signal(number, SIG_DFL)
    raise(number)
  }
}
