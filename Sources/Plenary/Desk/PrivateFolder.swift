import Foundation

/// A folder of files that only their owner can read, and that are whole or not there, also after a power failure.
struct PrivateFolder {
  let folder: URL

  init(_ folder: URL) { self.folder = folder }

  func put(_ data: Data, _ name: String) throws {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // Whoever reads the folder meanwhile sees no half of a file.
    let unfinished = folder.appending(path: ".\(name)")
    let descriptor = open(unfinished.path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    if descriptor < 0 { throw Self.error() }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: data)
      try handle.synchronize()
      if rename(unfinished.path, folder.appending(path: name).path) != 0 { throw Self.error() }
    } catch {
      unlink(unfinished.path)
      throw error
    }
    try synchronize()
  }

  /// Removes a file that may be gone already.
  func remove(_ name: String) throws {
    if unlink(folder.appending(path: name).path) != 0, errno != ENOENT { throw Self.error() }
  }

  /// The names of the finished files, in alphabetical order.
  func names() throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }
      .sorted()
  }

  private func synchronize() throws {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 { throw Self.error() }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 { throw Self.error() }
  }

  private static func error() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
