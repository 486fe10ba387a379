package import Foundation
import Vocabulary

/// A maildir or mbox from which another program sends the messages.
///
/// Messages come into it by its outbox. A message that is already there is not added again.
package enum Mailbox: Sendable {
  /// A folder with `tmp`, `new` and `cur`.
  case maildir(URL)
  /// One file in the mboxrd format.
  case mbox(URL)

  /// Checks that the folder exists in which the maildir or the mbox is or will be.
  ///
  /// - Throws: `MissingFolder` if it does not: probably its name has a typing mistake.
  package func checkParent() throws {
    let place =
      switch self {
      case .maildir(let place), .mbox(let place): place
      }
    let parent = place.deletingLastPathComponent()
    let files = FileManager.default
    if files.fileExists(atPath: parent.plainPath) { return }
    // The path of a folder ends with a slash; without it, a file in its place is found.
    if files.fileExists(atPath: parent.path) {
      throw CocoaError(
        .fileWriteUnknown,
        userInfo: [NSFilePathErrorKey: parent.path, NSUnderlyingErrorKey: POSIXError(.ENOTDIR)])
    }
    throw MissingFolder(folder: parent)
  }

  /// Checks that messages can be put into it, before anything says that they are.
  ///
  /// - Throws: `FileError`, `MissingFolder`.
  package func checkWritable() throws {
    try checkParent()
    switch self {
    case .mbox(let file): try Self.check(file, isFolder: false)
    case .maildir(let folder):
      try Self.check(folder, isFolder: true)
      for name in ["tmp", "new", "cur", "unsent"] {
        try Self.check(folder.appending(path: name), isFolder: true)
      }
    }
  }

  /// What does not exist yet is created in its folder.
  private static func check(_ place: URL, isFolder: Bool) throws {
    var found = stat()
    guard (isFolder ? stat(place.plainPath, &found) : lstat(place.plainPath, &found)) == 0 else {
      guard errno == ENOENT else { throw FileError(place, errno) }
      let parent = place.deletingLastPathComponent().plainPath
      if access(parent, F_OK) == 0, access(parent, W_OK | X_OK) != 0 { throw FileError(place, errno) }
      return
    }
    switch found.st_mode & S_IFMT {
    case S_IFDIR: if !isFolder { throw FileError(place, EISDIR) }
    case S_IFREG: if isFolder { throw FileError(place, ENOTDIR) }
    case S_IFLNK: throw FileError(place, ELOOP)
    default: throw FileError(place, ENXIO)
    }
    if access(place.plainPath, W_OK | (isFolder ? X_OK : 0)) != 0 { throw FileError(place, errno) }
  }

  /// The messages that are in it already.
  package func known(_ messages: [MailMessage]) throws -> [Bool] {
    switch self {
    case .maildir(let folder):
      let names = try Self.names(inMaildir: folder)
      return messages.map { names.contains($0.fileName[...]) }
    case .mbox(let file):
      guard FileManager.default.fileExists(atPath: file.plainPath) else { return messages.map { _ in false } }
      let data = try Data(contentsOf: file)
      return messages.map { Self.isComplete($0.mboxEntry, in: data) }
    }
  }

  /// The names of the messages in a maildir, without the flags that mail programs append when they move one to `cur`.
  private static func names(inMaildir folder: URL) throws -> Set<Substring> {
    var names: Set<Substring> = []
    for name in ["new", "cur"] {
      let place = folder.appending(path: name).plainPath
      guard FileManager.default.fileExists(atPath: place) else { continue }
      names.formUnion(
        try FileManager.default.contentsOfDirectory(atPath: place).map { $0.prefix { $0 != ":" } })
    }
    return names
  }

  /// Creates a folder, if it does not exist yet, that stays there through a power failure.
  ///
  /// Only the owner may read its messages, because they contain addresses.
  static func create(folder: URL) throws {
    let files = FileManager.default
    var isFolder: ObjCBool = false
    if files.fileExists(atPath: folder.plainPath, isDirectory: &isFolder), isFolder.boolValue { return }
    let parent = folder.deletingLastPathComponent()
    if parent.plainPath != folder.plainPath { try create(folder: parent) }
    try files.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try synchronize(folder: parent)
  }

  /// Moves messages on the same file system into a maildir, each by itself.
  ///
  /// Only the owner may read new files and folders, because they contain addresses.
  ///
  /// - Returns: how many messages were new.
  static func move(_ messages: [(file: URL, name: String)], to folder: URL) throws -> Int {
    let files = FileManager.default
    func subfolder(_ name: String) -> URL { folder.appending(path: name) }
    for name in ["tmp", "new", "cur"] { try create(folder: subfolder(name)) }
    let known = try names(inMaildir: folder)
    var moved = 0
    for message in messages {
      if known.contains(message.name[...]) {
        try files.removeItem(at: message.file)
      } else {
        let new = subfolder("new").appending(path: message.name)
        if rename(message.file.plainPath, new.plainPath) != 0 { throw FileError(new, errno) }
        moved += 1
      }
    }
    try synchronize(folder: subfolder("new"))
    return moved
  }

  /// Appends messages in the mboxrd form to an mbox, all or none.
  ///
  /// - Parameter candidates: the messages that an earlier append may have left cut off at the end of the file, because
  ///   of a crash. What is left of one is removed first.
  /// - Returns: how many messages were new.
  static func append(_ messages: [Data], removingFragmentsOf candidates: [Data], to file: URL) throws -> Int {
    let box = try OpenFile.locked(file)
    let before = try box.handle.readToEnd() ?? Data()
    let kept =
      candidates.lazy.compactMap { startOfFragment(of: $0, in: before) }.first ?? before.count
    var data = before.prefix(kept)
    var written = 0
    for message in messages where !isComplete(message, in: data) {
      if let last = data.last, last != 0x0A { data.append(0x0A) }
      data.append(message)
      written += 1
    }
    if written == 0, kept == before.count { return 0 }
    do {
      if kept < before.count { try box.handle.truncate(atOffset: UInt64(kept)) }
      try box.handle.seekToEnd()
      try box.handle.write(contentsOf: data.dropFirst(kept))
      try box.handle.synchronize()
    } catch {
      // Leave no part of a letter behind.
      try? box.handle.truncate(atOffset: UInt64(kept))
      throw error
    }
    if before.isEmpty { try synchronize(folder: file.deletingLastPathComponent()) }
    return written
  }

  /// Whether an mbox has a message, from its id to its last line. A mail program may have added lines.
  private static func isComplete(_ message: Data, in mbox: Data) -> Bool {
    guard let id = messageID(of: message) else { return false }
    let end = lastLine(of: message)
    var rest = mbox
    // A cut-off copy may stand before the complete one.
    while let found = rest.range(of: id) {
      rest = rest[found.upperBound...]
      let next = rest.range(of: Data("\nFrom ".utf8))?.lowerBound ?? rest.endIndex
      if rest[..<next].range(of: end) != nil { return true }
    }
    return false
  }

  /// The last line that is not empty, with its line breaks: the last boundary of a message in parts.
  private static func lastLine(of message: Data) -> Data {
    let end = (message.lastIndex { $0 != 0x0A } ?? message.startIndex) + 1
    let start = message[..<min(end, message.endIndex)].lastIndex(of: 0x0A) ?? message.startIndex
    return Data(message[start..<min(end + 1, message.endIndex)])
  }

  /// The start of a cut-off copy of the message at the end of the mbox, if any.
  private static func startOfFragment(of message: Data, in mbox: Data) -> Int? {
    let from = mbox.range(of: Data("\nFrom ".utf8), options: .backwards).map { $0.lowerBound + 1 }
    // The “From ” line itself may be cut off.
    let line = mbox.range(of: Data("\n\n".utf8), options: .backwards)?.upperBound
    for start in Set([from, line, 0].compactMap(\.self)).sorted(by: >) {
      let tail = mbox[start...]
      if !tail.isEmpty, tail.count < message.count, message.starts(with: tail) { return start }
    }
    return nil
  }

  /// Keeps the names in a folder through a power failure.
  static func synchronize(folder: URL) throws {
    let descriptor = open(folder.plainPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // Some folders may be written but not read, and some file systems cannot do this.
    if descriptor < 0, errno == EACCES { return }
    if descriptor < 0 { throw FileError(folder, errno) }
    defer { close(descriptor) }
    if fsync(descriptor) != 0, errno != EINVAL { throw FileError(folder, errno) }
  }

  /// The line with the message's id, and the line breaks around it.
  private static func messageID(of message: Data) -> Data? {
    guard let start = message.range(of: Data("\nMessage-ID: <".utf8)),
      let end = message[start.upperBound...].range(of: Data(">\n".utf8))
    else { return nil }
    return Data(message[start.lowerBound..<end.upperBound])
  }
}

extension MailMessage {
  /// A file name that identifies the message: the same message always has the same one.
  var fileName: String {
    let host = id.prefix { $0 != "." }
    return "\(date.microseconds / 1_000_000).\(hexadecimal(sha256(Array(data))).prefix(20)).\(host)"
  }

  /// The mboxrd form: a “From ” line, the message, an empty line. Lines of the message that look like a
  /// “From ” line get a `>` in front.
  var mboxEntry: Data {
    let text = String(decoding: data, as: UTF8.self).replacing("\r\n", with: "\n")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.drop { $0 == ">" }.hasPrefix("From ") ? ">" + line : String(line)
    }
    return Data(
      ("From \(from.address) \(Self.asctime(date))\n" + lines.joined(separator: "\n") + "\n").utf8)
  }
}
