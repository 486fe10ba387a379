package import Foundation
import Vocabulary

/// Where messages are put for a program that sends them.
///
/// A message that is there already is not put there twice: whoever repeats a command that was interrupted
/// writes nobody two letters.
package enum Mailbox: Sendable {
  /// A folder with `tmp`, `new` and `cur`.
  case maildir(URL)
  /// One file, quoted as mboxrd.
  case mbox(URL)

  /// - Returns: how many were not there before.
  /// - Throws: what the file system refuses; then none or some of them are there.
  package func deliver(_ messages: [MailMessage]) throws -> Int {
    switch self {
    case .maildir(let folder): try Self.deliver(messages, to: folder)
    case .mbox(let file): try Self.append(messages, to: file)
    }
  }

  /// For the owner's eyes: letters have addresses.
  private static var folderMode: [FileAttributeKey: Any] { [.posixPermissions: 0o700] }
  private static var fileMode: [FileAttributeKey: Any] { [.posixPermissions: 0o600] }

  private static func deliver(_ messages: [MailMessage], to folder: URL) throws -> Int {
    let files = FileManager.default
    func subfolder(_ name: String) -> URL { folder.appending(path: name) }
    for name in ["tmp", "new", "cur"] {
      try files.createDirectory(
        at: subfolder(name), withIntermediateDirectories: true, attributes: folderMode)
    }
    // A reader moves a message to `cur` and adds flags behind a colon.
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
    // Whole or not at all.
    if rename(draft.path(), file.path()) != 0 {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: file.path()])
    }
    return written
  }
}

extension MailMessage {
  /// The same for the same message, and for no other.
  var fileName: String {
    let host = id.prefix { $0 != "." }
    return "\(date.microseconds / 1_000_000).\(sha256(data).prefix(20)).\(host)"
  }

  /// With a first line of its own, an empty last one, and a `>` before every line that looks like a first one.
  var mboxEntry: Data {
    let text = String(decoding: data, as: UTF8.self).replacing("\r\n", with: "\n")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.drop { $0 == ">" }.hasPrefix("From ") ? ">" + line : String(line)
    }
    return Data(
      ("From \(from.address) \(Self.asctime(date))\n" + lines.joined(separator: "\n") + "\n").utf8)
  }
}
