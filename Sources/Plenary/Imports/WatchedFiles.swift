import CLinux
import Foundation
import Glibc

/// Files that another program rewrites, or replaces, again and again.
///
/// Each version is given once, when it is whole: nobody has it open for writing, and nothing about it has changed for
/// some looks; for many more where nobody can know who has it open. A program that writes a part, closes the file and goes on
/// later than that is taken for done.
package struct WatchedFiles: Sendable {
  /// Whether somebody has a file open for writing.
  enum Writer { case nobody, somebody, unknown }

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
  /// Of the texts; nil: found by their bytes.
  private let encoding: String?
  /// So many looks in a row must see the same.
  private let quietLooks: Int
  /// Where it is not known who writes.
  private let quietLooksUnknown: Int
  private let writer: @Sendable (String) -> Writer
  private var seen: [Version] = []
  private var looks = 0
  private var taken: [Version] = []
  private var sha256: String?

  /// A file for which nobody can know who writes it, for example one of another login or on another computer.
  package private(set) var unknowable: String?
  /// What is not there.
  package private(set) var missing: String?

  package init(
    _ paths: [String], mappings: [String], encoding: String? = nil, quietLooks: Int, quietLooksUnknown: Int
  ) {
    self.init(
      paths, mappings: mappings, encoding: encoding, quietLooks: quietLooks,
      quietLooksUnknown: quietLooksUnknown,
      writer: Self.writer(of:))
  }

  init(
    _ paths: [String], mappings: [String], encoding: String? = nil, quietLooks: Int, quietLooksUnknown: Int,
    writer: @escaping @Sendable (String) -> Writer
  ) {
    (self.paths, self.mappings, self.encoding, self.writer) = (paths, mappings, encoding, writer)
    (self.quietLooks, self.quietLooksUnknown) = (quietLooks, quietLooksUnknown)
  }

  /// A new version that is whole; nil if there is none. To be called at regular intervals.
  ///
  /// A version with the same contents as the one before is none, unless that was refused.
  /// - Throws: `Failure` for a version that cannot be read; it is not read again before somebody touches it.
  package mutating func look() throws -> ImportFiles? {
    let present = versions()
    guard present == seen else {
      (seen, looks) = (present, 1)
      return nil
    }
    looks = min(looks + 1, quietLooksUnknown)
    if present.isEmpty || present == taken || looks < quietLooks { return nil }
    unknowable = nil
    for version in present {
      switch writer(version.path) {
      case .nobody: break
      case .somebody: return nil
      case .unknown: unknowable = version.path
      }
    }
    if unknowable != nil, looks < quietLooksUnknown { return nil }
    let files: ImportFiles
    do { files = try ImportFiles(paths, mappings: mappings, encoding: encoding) } catch {
      (taken, sha256) = (present, nil)
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

  /// The version that was given last was refused. It is given again when somebody touches the files, for the reason may be gone
  /// then; also with the same contents.
  package mutating func wasRefused() { sha256 = nil }

  /// Of all files; none while one of them is not there.
  private mutating func versions() -> [Version] {
    var versions: [Version] = []
    missing = nil
    for path in paths + mappings {
      guard let files = try? ImportFiles.paths(path), !files.isEmpty else {
        missing = path
        return []
      }
      for file in files {
        var status = stat()
        guard stat(file, &status) == 0 else {
          missing = file
          return []
        }
        versions.append(
          Version(
            path: file, device: UInt(status.st_dev), inode: UInt(status.st_ino), size: Int(status.st_size),
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec))
      }
    }
    return versions
  }

  static func writer(of path: String) -> Writer {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return .nobody }  // reading it says why
    defer { close(descriptor) }
    return switch is_written_by_nobody(descriptor) {
    case 0: .somebody
    case 1: .nobody
    default: .unknown
    }
  }
}
