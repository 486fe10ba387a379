import Foundation
import Testing
import Vocabulary

@testable import Mail
@testable import Publishing

/// Mailboxes, and the outbox in which letters wait for one.
@Suite(.timeLimit(.minutes(10))) struct MailboxTests {
  private static let python = Tools.python ?? Tools.find("python3")

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private static let script = """
    import email, mailbox, json, sys
    from email import policy
    try: import icalendar
    except ImportError: icalendar = None
    kind, path = sys.argv[1:3]
    read = lambda f: email.message_from_binary_file(f, policy=policy.default)
    box = mailbox.Maildir(path, factory=read) if kind == "maildir" else mailbox.mbox(path, factory=read)
    found = []
    for message in box:
      defects = [str(d) for part in message.walk() for d in part.defects]
      defects += [str(d) for h in message.values() for d in getattr(h, "defects", ())]
      text, calendar = list(message.iter_parts())
      events = None
      if icalendar:
        parsed = icalendar.Calendar.from_ical(calendar.get_content())
        events = sorted([str(e["UID"]), str(e["STATUS"])] for e in parsed.walk("VEVENT"))
        assert parsed["METHOD"] == "PUBLISH", parsed["METHOD"]
      found.append({
        "from": message["From"], "to": message["To"], "reply": message["Reply-To"],
        "subject": message["Subject"], "date": message["Date"].datetime.isoformat(), "id": message["Message-ID"],
        "type": text.get_content_type(), "language": message["Content-Language"],
        "body": text.get_content().replace("\\r\\n", "\\n"), "defects": defects,
        "file": calendar.get_filename(), "method": calendar["Content-Type"].params["method"],
        "disposition": calendar.get_content_disposition(), "events": events})
    found.sort(key=lambda it: it["to"])
    print(json.dumps(found))
    """

  private struct Found: Decodable {
    let from, to, reply, subject, date, id, type, language, body, file, method, disposition: String
    let defects: [String]
    let events: [[String]]?
  }

  private func read(_ kind: String, _ path: URL) throws -> [Found] {
    let (succeeded, output) = try Tools.run(
      try #require(Self.python), ["-c", Self.script, kind, path.path(percentEncoded: false)], input: Data())
    try #require(succeeded, "\(output)")
    return try JSONDecoder().decode([Found].self, from: Data(output.utf8))
  }

  @Test(
    .enabled(if: python != nil, "There is no Python here: run Scripts/setup --for test"),
    arguments: ["maildir", "mbox"])
  func `is read correctly by Python's mail reader, from both kinds of mailbox`(kind: String) throws {
    try inFolder { folder in
      let place = folder.appending(path: "box")
      let mailbox: Mailbox = kind == "maildir" ? .maildir(place) : .mbox(place)
      let from = "Комитет, Шанхай <office@example.org>"
      let messages = try Eve.known.keys.sorted().map { try Eve.message($0, from: from) }
      #expect(try mailbox.deliver([messages[0]]) == 1)
      // Existing letters are not written twice.
      #expect(try mailbox.deliver(messages) == 2)
      #expect(try mailbox.deliver(messages) == 0)
      let found = try read(kind, place)
      let round = Eve.round()
      #expect(found.count == 3)
      for (found, digest) in zip(found, round.digests().sorted { $0.person < $1.person }) {
        let text = round.text(digest)
        #expect(found.defects == [])
        #expect(found.from == "\"Комитет, Шанхай\" <office@example.org>")
        #expect(found.to.hasSuffix(" <\(digest.person)@example.org>"))
        #expect(found.reply == "Büro <answers@example.org>")
        #expect(found.subject == text.subject)
        #expect(found.body == text.body)
        #expect(found.type == "text/plain" && found.language == text.language.tag)
        #expect(found.date.hasPrefix("2016-03-24T12:") && found.date.hasSuffix("+00:00"))
        #expect(found.method == "PUBLISH" && found.disposition == "attachment")
        #expect(found.file == "shanghai-2016-\(digest.person).ics")
      }
      let events = try #require(found.first { $0.to.hasPrefix("Feng") }?.events)
      #expect(
        events == [
          ["extra@shanghai-2016.plenary", "CONFIRMED"], ["opening@shanghai-2016.plenary", "CANCELLED"],
          ["session-1@shanghai-2016.plenary", "CONFIRMED"],
        ])
      // A session that goes on without a person is removed from their calendar.
      #expect(
        found.first { $0.to.hasPrefix("Zhang") }?.events == [
          ["closing@shanghai-2016.plenary", "CONFIRMED"], ["session-1@shanghai-2016.plenary", "CANCELLED"],
        ])
    }
  }

  private func text(_ file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

  private func mode(_ file: URL) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: file.path(percentEncoded: false))[.posixPermissions]
      as? Int
  }

  @Test(arguments: ["two words", "Письма", "100%", "a#b?c"])
  func `is written where the name says, and only for its owner`(name: String) throws {
    try inFolder { folder in
      let message = try Eve.message()
      let box = folder.appending(path: name)
      #expect(try Mailbox.mbox(box).deliver([message]) == 1)
      #expect(try Mailbox.mbox(box).deliver([message]) == 0)
      #expect(try mode(box) == 0o600)
      #expect(try text(box).contains("Message-ID: <\(message.id)>"))
      let place = folder.appending(path: "maildir of \(name)")
      #expect(try Mailbox.maildir(place).deliver([message]) == 1)
      #expect(try Mailbox.maildir(place).deliver([message]) == 0)
      #expect(try mode(place.appending(path: "new").appending(path: message.fileName)) == 0o600)
      // Also the folders that were missing above it.
      let deep = folder.appending(path: "none/\(name)")
      #expect(try Mailbox.maildir(deep).deliver([message]) == 1)
      for path in ["", name, "\(name)/new", "\(name)/unsent"] {
        #expect(try mode(folder.appending(path: "none").appending(path: path)) == 0o700, "\(path)")
      }
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
      #expect(Set(files) == [name, ".\(name).unsent", "maildir of \(name)", "none"])
      let drafts = place.appending(path: "tmp").path(percentEncoded: false)
      #expect(try FileManager.default.contentsOfDirectory(atPath: drafts) == [])
    }
  }

  @Test func `of one file keeps its mode, and is not written through a symbolic link`() throws {
    try inFolder { folder in
      let message = try Eve.message()
      let other = folder.appending(path: "other")
      try Data("Old\n".utf8).write(to: other)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o640], ofItemAtPath: other.path(percentEncoded: false))
      let link = folder.appending(path: "link")
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: other)
      let error = #expect(throws: (any Error).self) { try Mailbox.mbox(link).deliver([message]) }
      #expect("\(error as Any)".contains("is a symbolic link"))
      #expect(try text(other) == "Old\n")
      #expect(try Mailbox.mbox(other).deliver([message]) == 1)
      #expect(try text(other).hasPrefix("Old\nFrom "))
      #expect(try mode(other) == 0o640)
    }
  }

  @Test func `has no outbox whose lock is a symbolic link`() throws {
    try inFolder { folder in
      let (other, unsent) = (folder.appending(path: "other"), folder.appending(path: "unsent"))
      try FileManager.default.createDirectory(at: unsent, withIntermediateDirectories: false)
      try FileManager.default.createSymbolicLink(
        at: unsent.appending(path: "lock"), withDestinationURL: other)
      let error = #expect(throws: (any Error).self) { try Outbox(.maildir(folder)) }
      #expect("\(error as Any)".contains("unsent/lock: it is a symbolic link"))
      #expect(!FileManager.default.fileExists(atPath: other.path(percentEncoded: false)))
    }
  }

  @Test func `of one file gets every letter of concurrent writers`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let box = folder.appending(path: "box")
    let round = Eve.round()
    let digest = try #require(round.digests().first)
    let messages = try (1...24).map {
      try MailMessage(
        digest, of: round, from: MailAddress("office@example.org"), replyTo: nil,
        to: EmailAddress("\($0)@example.org"))
    }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for message in messages { group.addTask { try Mailbox.mbox(box).deliver([message, messages[0]]) } }
      let written = try await group.reduce(0, +)
      #expect(written == messages.count)
    }
    let text = try text(box)
    for message in messages { #expect(text.contains("\nMessage-ID: <\(message.id)>\n")) }
    #expect(text.split(separator: "\n").count { $0.hasPrefix("From ") } == messages.count)
  }

  @Test(
    .enabled(if: python != nil, "There is no Python here: run Scripts/setup --for test"))
  func `of one file waits for another program's lock`() throws {
    try inFolder { folder in
      let box = folder.appending(path: "box")
      // Python's own lock on an mbox. It appends a letter and ends, which frees the lock.
      let script = """
        import fcntl, sys, time
        box = open(sys.argv[1], "a+")
        fcntl.lockf(box, fcntl.LOCK_EX)
        print("locked", flush=True)
        sys.stdin.readline()
        box.write("From python\\n\\n"); box.flush()
        """
      let process = Process()
      process.executableURL = URL(filePath: try #require(Self.python))
      process.arguments = ["-c", script, box.path(percentEncoded: false)]
      let (input, output) = (Pipe(), Pipe())
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      #expect(try output.fileHandleForReading.read(upToCount: 7) == Data("locked\n".utf8))
      let message = try Eve.message()
      try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
      #expect(try Mailbox.mbox(box).deliver([message]) == 1)
      process.waitUntilExit()
      #expect(try text(box).hasPrefix("From python\n\nFrom office@example.org "))
    }
  }

  @Test(arguments: ["maildir", "mbox"])
  func `keeps letters in its outbox until they are delivered or discarded`(kind: String) throws {
    try inFolder { folder in
      let place = folder.appending(path: "box")
      let mailbox: Mailbox = kind == "maildir" ? .maildir(place) : .mbox(place)
      let people = Eve.known.keys.sorted()
      let messages = try people.map { (recipient: $0.slug, message: try Eve.message($0)) }
      func prepare() throws {
        let outbox = try Outbox(mailbox)
        try outbox.prepare(messages, as: "one")
        try outbox.prepare([messages[0]], as: "other")
      }
      try prepare()
      // As after a crash: another process finds them.
      let outbox = try Outbox(mailbox)
      #expect(try outbox.batches == ["one", "other"])
      #expect(try outbox.recipients(of: "one") == people.map(\.slug))
      #expect(try outbox.deliver("one", except: [people[1].slug]) == 2)
      #expect(try outbox.deliver("one") == 0)
      // The same letter is not written twice.
      #expect(try outbox.deliver("other") == 0)
      try outbox.prepare(messages, as: "never")
      try outbox.discard("never")
      #expect(try outbox.batches == [])
      #expect(try outbox.deliver("never") == 0)
    }
  }

  @Test func `recognises a letter that a mail reader has moved and marked`() throws {
    try inFolder { folder in
      let message = try Eve.message()
      #expect(try Mailbox.maildir(folder).deliver([message]) == 1)
      let file = folder.appending(path: "new").appending(path: message.fileName)
      let read = folder.appending(path: "cur").appending(path: message.fileName + ":2,S")
      try FileManager.default.moveItem(at: file, to: read)
      #expect(try Mailbox.maildir(folder).deliver([message]) == 0)
      let mode =
        try FileManager.default.attributesOfItem(atPath: read.path(percentEncoded: false))[.posixPermissions]
        as? Int
      #expect(mode == 0o600)
    }
  }
}

extension Mailbox {
  /// By its outbox, as one batch.
  fileprivate func deliver(_ messages: [MailMessage]) throws -> Int {
    let outbox = try Outbox(self)
    try outbox.prepare(messages.map { (recipient: "somebody", message: $0) }, as: "batch")
    let written = try outbox.deliver("batch")
    #expect(try outbox.batches == [])
    return written
  }
}
