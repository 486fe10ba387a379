import CLinux
import Foundation
import Vocabulary

/// The hidden folder of a backup that is being made, `.monday.incomplete-x7Qd2a`. It is removed after an error, and after a
/// signal that ends the process; after SIGKILL, the next backup tells of it.
final class UnfinishedBackup {
  let folder: URL
  /// Locked as long as the process lives.
  private let lock: Int32
  private let handlers: [(number: Int32, before: (@convention(c) (Int32) -> Void)?)]

  /// - Parameters:
  ///   - folder: the hidden one, which exists.
  ///   - vault: the file with the keys, if it is elsewhere.
  ///   - files: the names of all files that may be in the folder.
  init(_ folder: URL, vault: URL?, files: [String]) throws {
    self.folder = folder
    lock = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if lock >= 0 { _ = flock(lock, LOCK_EX | LOCK_NB) }
    Removal.files = files.map { strdup(folder.appending(path: $0).path) }
    Removal.folder = strdup(folder.path)
    Removal.vault = vault.flatMap { strdup($0.path) }
    Removal.ownsVault = false
    handlers = [SIGINT, SIGTERM, SIGHUP].map { number in
      let before = signal(number, Removal.removeAndEnd)
      // After nohup, SIGHUP stays ignored.
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
      return (number, before)
    }
  }

  deinit {
    for handler in handlers { signal(handler.number, handler.before) }
    if lock >= 0 { close(lock) }
  }

  /// From now on, the file with the keys is this process's own.
  func ownsVault() { Removal.ownsVault = true }

  /// The backup has its name.
  func finish() { Removal.ownsVault = false }

  func remove() { Removal.remove() }

  /// The hidden folder of a backup of which no process is left.
  struct Leftover {
    let path: String

    /// What is in it, for whoever has to delete it.
    var sentence: String {
      let parts = [(Backup.log, "the log of the conferences"), (Backup.vault, "the keys to personal data")]
      let has = parts.filter { FileManager.default.fileExists(atPath: "\(path)/\($0.0)") }.map(\.1)
      return
        "\(path) is left of a backup that was killed\(has.isEmpty ? "" : ", and has \(list(has))"); delete it."
    }
  }

  static func leftovers(beside folder: URL) -> [Leftover] {
    let parent = folder.absoluteURL.deletingLastPathComponent().path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    return names.filter { $0.contains(/^\..+\.incomplete-[A-Za-z0-9]{6}$/) }.sorted().compactMap { name in
      let path = "\(parent == "/" ? "" : parent)/\(name)"
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      return flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? Leftover(path: path) : nil
    }
  }
}

/// What a signal handler can do: it must not allocate memory. A process makes one backup at a time.
private enum Removal {
  nonisolated(unsafe) static var files: [UnsafeMutablePointer<CChar>?] = []
  nonisolated(unsafe) static var folder: UnsafeMutablePointer<CChar>?
  nonisolated(unsafe) static var vault: UnsafeMutablePointer<CChar>?
  nonisolated(unsafe) static var ownsVault = false

  static func remove() {
    guard let folder else { return }
    for index in files.indices { if let file = files[index] { unlink(file) } }
    // A folder that is not there any more has become the backup. Keys elsewhere, if there are any, belong to it.
    guard rmdir(folder) == 0 else { return }
    if ownsVault, let vault { unlink(vault) }
  }

  static let removeAndEnd: @convention(c) (Int32) -> Void = { number in
    remove()
    signal(number, SIG_DFL)
    raise(number)
  }
}

/// A new file that has no name until it is complete, so that nothing is left of it if the process is killed. Only its owner can
/// read it.
final class NewFile {
  private let file: URL
  /// Nil on a file system without such files: it has its name from the beginning.
  private let descriptor: Int32?

  /// - Parameter beginning: called before a file appears under its name at once.
  init(_ file: URL, beginning: () -> Void) throws {
    self.file = file
    let opened = open_unnamed(file.absoluteURL.deletingLastPathComponent().path, 0o600)
    descriptor = opened >= 0 ? opened : nil
    if opened >= 0 { return }
    try Configuration.create(file)
    beginning()
  }

  deinit { if let descriptor { close(descriptor) } }

  /// The file for this process and others of the same user, also without a name.
  var written: URL {
    descriptor.map { URL(fileURLWithPath: "/proc/\(getpid())/fd/\($0)") } ?? file
  }

  /// Gives the file its name.
  ///
  /// - Throws: `Failure` if there is one of that name by now.
  func appear() throws {
    guard let descriptor else { return Configuration.sync(file) }
    fsync(descriptor)
    // AT_SYMLINK_FOLLOW, because the path in /proc is a link (open(2), O_TMPFILE).
    guard linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, file.path, AT_SYMLINK_FOLLOW) == 0 else {
      throw Configuration.failure(writing: file)
    }
    Configuration.sync(file.absoluteURL.deletingLastPathComponent())
  }
}
