import CLinux
import Foundation
import Glibc

/// Files that another program rewrites, or replaces, again and again.
///
/// Each version is given once, when it is whole: nobody has it open for writing, and nothing about it has changed for
/// some looks. A program that writes a part, closes the file and goes on later than that is taken for done.
package struct WatchedFiles: Sendable {
  /// What tells one version of a file from another without reading it.
  private struct Version: Hashable {
    let path: String
    let device: UInt
    let inode: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int
  }

  private let paths: [String]
  private let mappings: [String]
  /// So many looks in a row must see the same.
  private let quietLooks: Int
  private var seen: [Version] = []
  private var looks = 0
  private var taken: [Version] = []
  private var sha256: String?

  package init(_ paths: [String], mappings: [String], quietLooks: Int) {
    (self.paths, self.mappings, self.quietLooks) = (paths, mappings, quietLooks)
  }

  /// A new version that is whole; nil if there is none. To be called at regular intervals.
  ///
  /// A version with the same contents as the one before is none.
  /// - Throws: `Failure` for a version that cannot be read; it is not tried again.
  package mutating func look() throws -> ImportFiles? {
    let present = versions()
    guard present == seen else {
      (seen, looks) = (present, 1)
      return nil
    }
    looks = min(looks + 1, quietLooks)
    if present.isEmpty || present == taken || looks < quietLooks
      || present.contains(where: Self.isBeingWritten)
    {
      return nil
    }
    let files: ImportFiles
    do { files = try ImportFiles(paths, mappings: mappings) } catch {
      taken = present
      throw error
    }
    // Somebody wrote while it was read.
    guard versions() == present else { return nil }
    taken = present
    if files.sha256 == sha256 { return nil }
    sha256 = files.sha256
    return files
  }

  /// The version that was given last is given once more: it could not be imported for a reason that will pass.
  package mutating func giveAgain() { (taken, sha256) = ([], nil) }

  /// Of all files; none while one of them is not there.
  private func versions() -> [Version] {
    var versions: [Version] = []
    for path in paths + mappings {
      guard let files = try? ImportFiles.paths(path), !files.isEmpty else { return [] }
      for file in files {
        var status = stat()
        guard stat(file, &status) == 0 else { return [] }
        versions.append(
          Version(
            path: file, device: UInt(status.st_dev), inode: UInt(status.st_ino), size: Int(status.st_size),
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec))
      }
    }
    return versions
  }

  private static func isBeingWritten(_ version: Version) -> Bool {
    let descriptor = open(version.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return is_written_by_nobody(descriptor) == 0
  }
}
