import Foundation

/// A file that is open for reading and writing.
struct OpenFile {
  enum Creation { case always, ifMissing }

  /// Closes the file when it is released.
  let handle: FileHandle
  private var descriptor: Int32 { handle.fileDescriptor }

  /// Does not follow a symbolic link: somebody else could have put it there.
  init(_ file: URL, creating creation: Creation) throws {
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | (creation == .always ? O_EXCL : 0)
    let descriptor = open(file.plainPath, flags, 0o600)
    if descriptor < 0 { throw FileError(file, errno) }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Opens an mbox with the lock that mail programs take (fcntl), which ends when the file is closed.
  ///
  /// - Throws: `FileError` after ten seconds.
  static func locked(_ file: URL) throws -> OpenFile {
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
      let box = try OpenFile(file, creating: .ifMissing)
      // A program that held the lock may have replaced the file.
      if try box.lock(file), try box.isStill(at: file) { return box }
      usleep(20_000)
    }
    throw FileError(file, EWOULDBLOCK)
  }

  /// Opens a file with a lock that only outboxes take (flock), which ends when the file is closed. Waits for it.
  static func waitingForLock(_ file: URL) throws -> OpenFile {
    let open = try OpenFile(file, creating: .ifMissing)
    if flock(open.descriptor, LOCK_EX) != 0 { throw FileError(file, errno) }
    return open
  }

  /// `F_OFD_SETLK` of Linux, which Swift does not import.
  private static let setOpenFileLock: Int32 = 37

  /// - Returns: false if another program has the lock.
  private func lock(_ file: URL) throws -> Bool {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    // A lock of the open file, not of the process, so that it also excludes others in this process.
    if fcntl(descriptor, Self.setOpenFileLock, &lock) == 0 { return true }
    if errno == EAGAIN || errno == EACCES { return false }
    throw FileError(file, errno)
  }

  private func isStill(at file: URL) throws -> Bool {
    var (mine, there) = (stat(), stat())
    if fstat(descriptor, &mine) != 0 { throw FileError(file, errno) }
    return lstat(file.plainPath, &there) == 0 && mine.st_ino == there.st_ino && mine.st_dev == there.st_dev
  }
}

/// Why a file of a mailbox could not be opened or written.
struct FileError: Error, CustomStringConvertible, LocalizedError {
  let file: String
  let code: Int32

  init(_ file: URL, _ code: Int32) {
    self.file = file.plainPath
    self.code = code
  }

  var description: String {
    switch code {
    case ELOOP: "Cannot write \(file): it is a symbolic link. Name the file itself."
    case EISDIR: "Cannot write \(file): it is a folder. Name a file in it, or use it as a maildir."
    case ENOTDIR: "Cannot write \(file): a file is in the place of a folder. Choose another name."
    case ENXIO:
      "Cannot write \(file): it is no ordinary file, so no letter would stay there. Name another file."
    case EWOULDBLOCK: "Cannot write \(file): another program has locked it. Try again when it has finished."
    default: "Cannot write \(file): \(String(cString: strerror(code)))."
    }
  }

  var errorDescription: String? { description }
}

/// The folder of a mailbox does not exist.
struct MissingFolder: Error, CustomStringConvertible {
  let folder: URL

  var description: String { "The folder \(folder.plainPath) does not exist; create it first." }
}

extension URL {
  /// The path as the file system has it. Without the argument, `path()` encodes spaces and other letters.
  var plainPath: String { path(percentEncoded: false) }
}
