import Foundation

/// The folder of a mailbox in which letters wait until they may be sent.
///
/// Letters are prepared in batches. A batch waits on the disk until it is delivered or discarded, even if the
/// program crashes meanwhile. Each mailbox has one outbox: `unsent` in a maildir, `.letters.mbox.unsent` beside
/// `letters.mbox`. One program has it at a time; others wait.
package final class Outbox {
  private let mailbox: Mailbox
  private let folder: URL
  /// Holds the lock while the outbox exists.
  private let lock: OpenFile

  /// Waits until nobody else has the outbox.
  ///
  /// - Throws: errors of the file system.
  package init(_ mailbox: Mailbox) throws {
    self.mailbox = mailbox
    folder =
      switch mailbox {
      case .maildir(let folder): folder.appending(path: "unsent")
      case .mbox(let file):
        file.deletingLastPathComponent().appending(path: ".\(file.lastPathComponent).unsent")
      }
    try Mailbox.create(folder: folder)
    lock = try OpenFile.waitingForLock(folder.appending(path: "lock"))
  }

  /// The batches that wait.
  package var batches: [String] {
    get throws { try names(in: folder).filter { $0 != "lock" } }
  }

  /// Puts a batch on the disk, in place of an earlier one of the same name.
  ///
  /// - Parameter letters: with the name of the recipient, which has no dots.
  package func prepare(_ letters: [(recipient: String, message: MailMessage)], as batch: String) throws {
    try discard(batch)
    let place = folder.appending(path: batch)
    try Mailbox.create(folder: place)
    for (index, letter) in letters.enumerated() {
      let data =
        switch mailbox {
        case .maildir: letter.message.data
        case .mbox: letter.message.mboxEntry
        }
      let number = String(index + 100_000)  // keeps their order
      let file = place.appending(path: "\(number).\(letter.recipient).\(letter.message.fileName)")
      let letter = try OpenFile(file, creating: .always)
      try letter.handle.write(contentsOf: data)
      // A letter that is recorded must be there even after a power failure.
      try letter.handle.synchronize()
    }
    try Mailbox.synchronize(folder: place)
  }

  package func recipients(of batch: String) throws -> [String] {
    try letters(of: batch).map(\.recipient)
  }

  package func discard(_ batch: String) throws {
    let place = folder.appending(path: batch)
    guard FileManager.default.fileExists(atPath: place.plainPath) else { return }
    try FileManager.default.removeItem(at: place)
  }

  /// Puts a batch into the mailbox. Letters that are already there are not put there again.
  ///
  /// - Parameter withdrawn: recipients whose letters are destroyed instead. What a crash has left of one in the mailbox
  ///   is removed.
  /// - Returns: how many letters were new.
  /// - Throws: errors of the file system. After one, the rest of the batch waits on.
  package func deliver(_ batch: String, except withdrawn: Set<String> = []) throws -> Int {
    let letters = try letters(of: batch).filter { !withdrawn.contains($0.recipient) }
    let delivered =
      switch mailbox {
      case .maildir(let folder): try Mailbox.move(letters.map { ($0.file, $0.name) }, to: folder)
      case .mbox(let file):
        // The letter that was cut off may belong to another batch.
        try Mailbox.append(
          letters.map { try Data(contentsOf: $0.file) },
          removingFragmentsOf: batches.flatMap { try self.letters(of: $0) }.map {
            try Data(contentsOf: $0.file)
          },
          to: file)
      }
    try discard(batch)
    return delivered
  }

  private func letters(of batch: String) throws -> [(file: URL, recipient: String, name: String)] {
    let place = folder.appending(path: batch)
    guard FileManager.default.fileExists(atPath: place.plainPath) else { return [] }
    return try names(in: place).compactMap { name in
      let parts = name.split(separator: ".", maxSplits: 2)
      guard parts.count == 3 else { return nil }
      return (place.appending(path: name), String(parts[1]), String(parts[2]))
    }
  }

  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.plainPath).sorted()
  }
}
