import Foundation

/// The temporary directory of a test server, named after the process that owns it.
///
/// Always under `/tmp`, because a socket's path is limited to 107 bytes, and `TMPDIR` may be long.
enum ServerDirectory {
  private static let root = "/tmp"
  private static let prefix = "plenary-test-"

  static func create(for owner: ServerOwner) throws -> String {
    var template = Array("\(root)/\(prefix)\(getpid())-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw TestServerError("no temporary directory: \(String(cString: strerror(errno)))")
    }
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard chown(path, owner.uid, owner.gid) == 0 else {
      throw TestServerError("\(path) cannot be given to another user: \(String(cString: strerror(errno)))")
    }
    return path
  }

  /// Removes the directories of crashed processes.
  static func removeAbandoned() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    for name in names where name.hasPrefix(prefix) {
      guard let pid = pid_t(name.dropFirst(prefix.count).prefix { $0.isNumber }) else { continue }
      if kill(pid, 0) == -1 && errno == ESRCH {
        try? FileManager.default.removeItem(atPath: "\(root)/\(name)")
      }
    }
  }
}
