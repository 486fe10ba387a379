import Foundation

extension Failure {
  /// A file or folder that cannot be written: its path, the reason, and what to do.
  package init(writing path: String, _ error: any Error) {
    let (reason, step) = Self.explained(error, path)
    self.init(.failed, "Cannot write \(path): \(reason); \(step).", code: .file)
  }

  /// A file that cannot be read.
  package init(reading path: String, _ error: any Error) {
    let reason =
      Self.systemCode(error).map { String(cString: strerror($0)).lowercased() } ?? "the system gave no reason"
    self.init(.failed, "Cannot read \(path): \(reason).", code: .file)
  }

  /// A file error whose path only the system knows.
  init(_ error: CocoaError) {
    guard let path = error.filePath ?? error.url?.path else {
      self.init(
        .failed, "A file cannot be read or written: \(Self.explained(error, nil).reason).", code: .file)
      return
    }
    let (reason, step) = Self.explained(error, path)
    self.init(.failed, "Cannot read or write \(path): \(reason); \(step).", code: .file)
  }

  /// An error of the system about an unknown file.
  static func systemReason(_ error: POSIXError) -> String {
    "A file cannot be read or written: \(explained(error, nil).reason)."
  }

  private static func explained(_ error: any Error, _ path: String?) -> (reason: String, step: String) {
    var isFolder: ObjCBool = false
    if let path, FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      return ("it is a folder", "give the name of a file in it")
    }
    guard let code = systemCode(error) else { return ("the system gave no reason", "try another folder") }
    switch code {
    case EACCES, EPERM:
      return ("you have no permission to do this", "choose another folder, or change the permissions")
    case ENOSPC, EDQUOT: return ("the disk is full", "make room and try again")
    case EROFS: return ("the disk is read-only", "choose another folder")
    case ENOENT:
      let folder = path.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
      if let folder, FileManager.default.fileExists(atPath: folder) {
        return ("no file can be created in this folder", "choose another folder")
      }
      return ("the folder does not exist", "create it first")
    case ENOTDIR, EEXIST: return ("a file is in the place of a folder", "choose another name")
    case EBADF: return ("nothing that was opened for Plenary has this number", "give the name of a file")
    case ENAMETOOLONG: return ("the name is too long", "choose a shorter name")
    default: return (String(cString: strerror(code)).lowercased(), "choose another folder and try again")
    }
  }

  /// The error number of the operating system.
  private static func systemCode(_ error: any Error) -> Int32? {
    if let posix = error as? POSIXError { return posix.code.rawValue }
    guard let error = error as? CocoaError else { return nil }
    switch error.code {
    case .fileWriteNoPermission, .fileReadNoPermission: return EACCES
    case .fileWriteOutOfSpace: return ENOSPC
    case .fileWriteVolumeReadOnly: return EROFS
    case .fileNoSuchFile, .fileReadNoSuchFile: return ENOENT
    default: return (error.underlying).flatMap(systemCode)
    }
  }
}
