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

  /// Only the owner may read the messages, because they contain addresses.
  static var folderMode: [FileAttributeKey: Any] { [.posixPermissions: 0o700] }

  /// Moves messages on the same file system into a maildir, each by itself.
  ///
  /// Only the owner may read new files and folders, because they contain addresses.
  ///
  /// - Returns: how many messages were new.
  static func move(_ messages: [(file: URL, name: String)], to folder: URL) throws -> Int {
    let files = FileManager.default
    func subfolder(_ name: String) -> URL { folder.appending(path: name) }
    for name in ["tmp", "new", "cur"] {
      try files.createDirectory(
        at: subfolder(name), withIntermediateDirectories: true, attributes: folderMode)
    }
    // Mail programs move a message to `cur` and append a colon and flags to its name.
    var known: Set<Substring> = []
    for name in ["new", "cur"] {
      for file in try files.contentsOfDirectory(atPath: subfolder(name).plainPath) {
        known.insert(file.prefix { $0 != ":" })
      }
    }
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
    return moved
  }

  /// Appends messages in the mboxrd form to an mbox, all or none.
  ///
  /// - Returns: how many messages were new.
  static func append(_ messages: [Data], to file: URL) throws -> Int {
    let box = try OpenFile.locked(file)
    let before = try box.handle.readToEnd() ?? Data()
    var data = before
    var written = 0
    for message in messages {
      if let id = messageID(of: message), data.range(of: id) != nil { continue }
      if let last = data.last, last != 0x0A { data.append(0x0A) }
      data.append(message)
      written += 1
    }
    if written == 0 { return 0 }
    do {
      try box.handle.write(contentsOf: data.dropFirst(before.count))
      try box.handle.synchronize()
    } catch {
      // Leave no part of a letter behind: it would count as delivered the next time.
      try? box.handle.truncate(atOffset: UInt64(before.count))
      throw error
    }
    return written
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
