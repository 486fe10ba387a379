import Foundation
import Specification
import Testing
import Vocabulary

@testable import Mail

/// A crash in the middle of writing leaves the beginning of a letter at the end of an mbox.
struct `An mbox after a crash` {
  private func letter(_ number: Int) throws -> MailMessage {
    MailMessage(
      from: try MailAddress("office@example.org"), replyTo: nil,
      to: try MailAddress("ada\(number)@example.org"), subject: "Changes \(number)",
      date: "2016-03-24T12:00:00Z", id: "\(number).shanghai@example.org", language: .english,
      bodyParts: [
        .init(type: "text/plain", text: "Dear Ada,\n\nletter \(number).\n", language: .english, file: nil),
        .init(type: "text/calendar", text: "BEGIN:VCALENDAR\n", language: nil, file: "ada.ics"),
      ])
  }

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func append(_ entries: [Data], to box: URL) throws -> Int {
    try Mailbox.append(entries, removingFragmentsOf: entries, to: box)
  }

  private func entries() throws -> [Data] { try [1, 2].map { try letter($0).mboxEntry } }

  @Test func `has each letter whole and once, wherever the writing stopped`() throws {
    let entries = try entries()
    let whole = entries[0] + entries[1]
    // An older letter, written by another program.
    let old = Data("From a@b Thu Mar 24 11:00:00 2016\nSubject: Old\n\nFrom here on.\n\n".utf8)
    // Every place near a border of the letters, and some others.
    let borders = [0, entries[0].count, whole.count]
    let lengths = Set(stride(from: 0, to: whole.count, by: 41)).union(
      borders.flatMap { ($0 - 8)...($0 + 8) }.filter { (0..<whole.count).contains($0) })
    try inFolder { folder in
      for before in [Data(), old] {
        for length in lengths.sorted() {
          let box = folder.appending(path: "box")
          try (before + whole.prefix(length)).write(to: box)
          let written = try append(entries, to: box)
          let content = try Data(contentsOf: box)
          #expect(
            content == before + whole, "\(length) bytes: \(String(decoding: content, as: UTF8.self))")
          #expect(written == (length < entries[0].count ? 2 : 1), "\(length) bytes")
        }
      }
    }
  }

  @Test func `keeps what others have written since`() throws {
    let entries = try entries()
    let other = Data("\nFrom c@d Thu Mar 24 13:00:00 2016\nSubject: New\n\nText.\n\n".utf8)
    try inFolder { folder in
      let box = folder.appending(path: "box")
      let fragment = entries[0].prefix(entries[0].count - 40)
      try (fragment + other).write(to: box)
      #expect(try append(entries, to: box) == 2)
      #expect(try Data(contentsOf: box) == fragment + other + entries[0] + entries[1])
      // The complete letter is found behind its fragment.
      #expect(try append(entries, to: box) == 0)
      #expect(try Data(contentsOf: box) == fragment + other + entries[0] + entries[1])
    }
  }

  @Test func `has a letter to which a mail program has added lines`() throws {
    try inFolder { folder in
      let box = folder.appending(path: "box")
      let seen = String(decoding: try entries()[0], as: UTF8.self)
        .replacing("\nMIME-Version", with: "\nStatus: RO\nMIME-Version")
      try Data(seen.utf8).write(to: box)
      #expect(try append(entries(), to: box) == 1)
    }
  }

  @Test(arguments: [1, 2]) func `has no part of a letter whose recipient took the address back`(number: Int)
    throws
  {
    let entries = try entries()
    try inFolder { folder in
      let box = folder.appending(path: "box")
      let outbox = try Outbox(.mbox(box))
      try outbox.prepare(
        [(recipient: "ada1", message: try letter(1)), (recipient: "ada2", message: try letter(2))], as: "one")
      let whole = number == 1 ? Data() : entries[0]
      try (whole + entries[number - 1].prefix(200)).write(to: box)
      #expect(try outbox.deliver("one", except: ["ada\(number)"]) == (number == 1 ? 1 : 0))
      #expect(try Data(contentsOf: box) == entries[number == 1 ? 1 : 0])
      #expect(try outbox.batches == [])
    }
  }

  /// Two conferences may share a mailbox.
  @Test func `has each letter whole and once, although another batch is delivered first`() throws {
    let entries = try entries()
    try inFolder { folder in
      let box = folder.appending(path: "box")
      let outbox = try Outbox(.mbox(box))
      try outbox.prepare([(recipient: "ada1", message: try letter(1))], as: "interrupted")
      try outbox.prepare([(recipient: "ada2", message: try letter(2))], as: "other")
      try entries[0].prefix(200).write(to: box)
      #expect(try outbox.deliver("other") == 1)
      #expect(try outbox.deliver("interrupted") == 1)
      #expect(try Data(contentsOf: box) == entries[1] + entries[0])
    }
  }
}
