package import Foundation
import Vocabulary

/// A maildir or mbox from which another program sends the messages.
///
/// A message that is already there is not added again. So nobody gets two letters when an interrupted
/// command is repeated.
package enum Mailbox: Sendable {
  /// A folder with `tmp`, `new` and `cur`.
  case maildir(URL)
  /// One file in the mboxrd format.
  case mbox(URL)

  /// Adds messages.
  ///
  /// - Returns: how many messages were new.
  /// - Throws: errors of the file system. After one, a maildir may have some of the messages.
  package func deliver(_ messages: [MailMessage]) throws -> Int {
    switch self {
    case .maildir(let folder): try Self.deliver(messages, to: folder)
    case .mbox(let file): try Self.append(messages, to: file)
    }
  }

  /// Only the owner may read the messages, because they contain addresses.
  private static var folderMode: [FileAttributeKey: Any] { [.posixPermissions: 0o700] }
  private static var fileMode: [FileAttributeKey: Any] { [.posixPermissions: 0o600] }

  private static func deliver(_ messages: [MailMessage], to folder: URL) throws -> Int {
    let files = FileManager.default
    func subfolder(_ name: String) -> URL { folder.appending(path: name) }
    for name in ["tmp", "new", "cur"] {
      try files.createDirectory(
        at: subfolder(name), withIntermediateDirectories: true, attributes: folderMode)
    }
    // Mail programs move a message to `cur` and append a colon and flags to its name.
    var known: Set<Substring> = []
    for name in ["new", "cur"] {
      for file in try files.contentsOfDirectory(atPath: subfolder(name).path()) {
        known.insert(file.prefix { $0 != ":" })
      }
    }
    var written = 0
    for message in messages where !known.contains(message.fileName[...]) {
      let draft = subfolder("tmp").appending(path: message.fileName)
      try? files.removeItem(at: draft)
      try message.data.write(to: draft)
      try files.setAttributes(fileMode, ofItemAtPath: draft.path())
      try files.moveItem(at: draft, to: subfolder("new").appending(path: message.fileName))
      written += 1
    }
    return written
  }

  private static func append(_ messages: [MailMessage], to file: URL) throws -> Int {
    let files = FileManager.default
    var data = Data()
    var mode = fileMode
    if files.fileExists(atPath: file.path()) {
      data = try Data(contentsOf: file)
      let known = try files.attributesOfItem(atPath: file.path())
      mode[.posixPermissions] = known[.posixPermissions] ?? mode[.posixPermissions]
    }
    var written = 0
    for message in messages {
      if data.range(of: Data("\nMessage-ID: <\(message.id)>\n".utf8)) != nil { continue }
      if let last = data.last, last != 0x0A { data.append(0x0A) }
      data.append(message.mboxEntry)
      written += 1
    }
    if written == 0 { return 0 }
    let draft = file.deletingLastPathComponent().appending(path: ".\(file.lastPathComponent).new")
    try data.write(to: draft)
    try files.setAttributes(mode, ofItemAtPath: draft.path())
    // Replaces the file atomically.
    if rename(draft.path(), file.path()) != 0 {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: file.path()])
    }
    return written
  }
}

extension MailMessage {
  /// A file name that identifies the message: the same message always has the same one.
  var fileName: String {
    let host = id.prefix { $0 != "." }
    return "\(date.microseconds / 1_000_000).\(sha256(data).prefix(20)).\(host)"
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
