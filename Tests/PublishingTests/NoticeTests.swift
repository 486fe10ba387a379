import EventLog
import Foundation
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Mail
@testable import Publishing
@testable import Scheduling

/// Notices of the eve's changes, and the positions of the last notices of people who had one.
private func round(_ known: [PersonID: Int] = everybody, draft: Bool = false) -> NoticeRound {
  let eve = Eve()
  return NoticeRound(
    eve.after.program, eve.after.checkpoint, conference: eve.after.conference,
    version: draft ? nil : "1.3", known: known,
    earlier: [eve.before.checkpoint.position: eve.before.program])
}

private let eve = Story.shanghai.checkpoint.position
private let everybody: [PersonID: Int] = [
  "feng-shaolei": eve, "sergey-karaganov": eve, "zhang-deguang": eve,
]

@Suite struct NoticeDigestTests {
  private func told(_ digests: [NoticeDigest]) -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: digests.map { digest in
        (digest.person.slug, digest.entries.map { "\($0.fate) \($0.session.session)" })
      })
  }

  @Test func `lists what happened to each person's sessions, cancelled and lost ones first`() {
    #expect(
      told(round().digests()) == [
        "feng-shaolei": ["cancelled opening", "moved session-1", "new extra"],
        "sergey-karaganov": ["moved session-1"],
        "zhang-deguang": ["left session-1", "new closing"],
      ])
  }

  @Test func `sends a first notice with everything`() {
    // The cancelled round table was to have been theirs.
    #expect(
      told(round(["feng-shaolei": eve]).digests())["zhang-deguang"]
        == ["cancelled annex-1", "new closing"])
  }

  @Test func `has nothing for people without changes, unless requested`() {
    let eve = Eve()
    let position = eve.after.checkpoint.position
    let round = NoticeRound(
      eve.after.program, eve.after.checkpoint, conference: "shanghai-2016", version: "1.3",
      known: ["feng-shaolei": position, "sergey-karaganov": position, "zhang-deguang": position],
      earlier: [position: eve.after.program])
    #expect(round.digests().isEmpty)
    #expect(
      told(round.digests(unchanged: true)) == [
        "feng-shaolei": ["cancelled opening", "unchanged extra", "unchanged session-1"],
        "sergey-karaganov": ["unchanged session-1"],
        "zhang-deguang": ["cancelled annex-1", "unchanged closing"],
      ])
  }

  @Test func `reports presentation changes to their own presenters and to the chair`() throws {
    var story = Eve().after
    let position = story.checkpoint.position
    let before = story.program
    story.add(
      .presentationRevised(
        PresentationRevised(
          session: "session-1",
          presentation: Presentation(
            "treaty", title: localized("The Treaty of 2001"), people: ["sergey-karaganov"], minutes: 30),
          formerPeople: ["sergey-karaganov"])),
      .personAssigned(PersonAssigned(session: "session-1", person: "zhang-deguang", role: .speaker)))
    let mid = story.checkpoint.position
    let midProgram = story.program
    story.add(
      .presentationRevised(
        PresentationRevised(
          session: "session-1",
          presentation: Presentation(
            "treaty", title: localized("The Treaty of Friendship"), people: ["sergey-karaganov"], minutes: 30),
          formerPeople: ["sergey-karaganov"])))
    let round = NoticeRound(
      story.program, story.checkpoint, conference: "shanghai-2016", version: nil,
      known: ["feng-shaolei": position, "sergey-karaganov": mid, "zhang-deguang": mid],
      earlier: [position: before, mid: midProgram])
    let digests = round.digests()
    #expect(digests.map(\.person) == ["feng-shaolei", "sergey-karaganov"])
    #expect(digests[1].entries[0].session.changes.map(\.what) == [.presentationTitle])
  }

  @Test func `reports a renamed room`() throws {
    var story = Story.shanghai
    let before = story.program
    story.add(.roomRevised(RoomRevised(room: "hall") { $0.name = localized("Great Hall") }))
    let round = NoticeRound(
      story.program, story.checkpoint, conference: "shanghai-2016", version: nil, known: everybody,
      earlier: [eve: before])
    let digest = try #require(round.digests().first)
    #expect(told([digest]) == ["feng-shaolei": ["changed opening", "changed session-1"]])
    #expect(round.text(digest).body.contains("  Room: Science Hall → Great Hall\n"))
  }
}

/// The notice about a session depends on the state that the person knows.
@Suite struct NoticeFateTests {
  private let slots = [NumberedSlot(number: 1, slot: slot("annex", march("25T09:30"), march("25T11:00")))]

  /// The fates of the round table for its moderator, who knows the state of the first story.
  private func told(_ before: Story, _ events: SchedulingEvent...) -> [NoticeDigest.Fate] {
    var after = before
    for event in events { after.add(event) }
    let round = NoticeRound(
      after.program, after.checkpoint, conference: "shanghai-2016", version: nil,
      known: everybody.mapValues { _ in before.checkpoint.position },
      earlier: [before.checkpoint.position: before.program])
    return round.digests().first { $0.person == "zhang-deguang" }?.entries
      .filter { $0.session.session == "annex-1" }.map(\.fate) ?? []
  }

  private var reinstated: SchedulingEvent {
    .sessionReinstated(SessionReinstated(session: "annex-1", slots: slots, kind: .session))
  }
  private let leaves = SchedulingEvent.personUnassigned(
    PersonUnassigned(session: "annex-1", person: "zhang-deguang", role: .moderator))
  private var cancelled: SchedulingEvent {
    .sessionCancelled(SessionCancelled(session: "annex-1", slot: slots[0].slot))
  }
  private var unscheduled: SchedulingEvent {
    .sessionUnscheduled(SessionUnscheduled(session: "annex-1", slots: slots))
  }

  @Test func `has nothing for a person who knows of the cancellation and has left the session`() {
    #expect(told(.shanghai, reinstated, leaves) == [])
    #expect(told(.shanghai, unscheduled) == [])
    #expect(told(.shanghai, leaves) == [])
  }

  @Test func `reports reinstated, cancelled and removed sessions`() {
    #expect(told(.shanghai, reinstated) == [.reinstated])
    var before = Story.shanghai
    before.add(reinstated)
    #expect(told(before, cancelled) == [.cancelled])
    #expect(told(before, unscheduled) == [.gone])
    #expect(told(before, leaves) == [.left])
    #expect(told(before, leaves, cancelled) == [.cancelled])
    #expect(told(before) == [])
  }

  @Test func `reports another's presentation to whoever chairs or moderates, and to nobody else`() {
    let talk = Presentation("talk", title: localized("A Talk"), people: ["sergey-karaganov"], minutes: 20)
    var renamed = talk
    renamed.title = localized("A Lecture")
    for role in SessionRole.allCases {
      var before = Story.shanghai
      before.add(
        reinstated, .presentationAdded(PresentationAdded(session: "annex-1", presentation: talk)), leaves,
        .personAssigned(PersonAssigned(session: "annex-1", person: "zhang-deguang", role: role)))
      let fates = told(
        before,
        .presentationRevised(
          PresentationRevised(session: "annex-1", presentation: renamed, formerPeople: talk.people)))
      #expect(fates == ([.chair, .moderator].contains(role) ? [.changed] : []), "\(role)")
    }
  }

  @Test func `reports only a new venue of a room`() throws {
    var before = Story.shanghai
    before.add(
      reinstated, .venueAdded(VenueAdded(venue: "west", name: localized("West"))),
      .venueAdded(VenueAdded(venue: "east", name: localized("East"))))
    let annex = before
    #expect(told(annex, .roomRevised(RoomRevised(room: "annex") { $0.venue = "west" })) == [.changed])
    #expect(
      told(annex, .roomRevised(RoomRevised(room: "annex") { $0.name = localized("Hut") })) == [.changed])
    #expect(
      told(
        annex,
        .roomRevised(
          RoomRevised(room: "annex") {
            $0.capacity = 3
            $0.note = localized("Small")
          })) == [])
    before.add(.roomRevised(RoomRevised(room: "annex") { $0.venue = "west" }))
    #expect(told(before, .roomRevised(RoomRevised(room: "annex") { $0.venue = "east" })) == [.changed])
    #expect(told(before, .roomRevised(RoomRevised(room: "annex") { $0.cleared = [.venue] })) == [.changed])
  }
}

@Suite struct NoticeTextTests {
  private func letter(_ person: PersonID, _ known: [PersonID: Int] = everybody) throws -> NoticeText {
    let round = round(known)
    return round.text(try #require(round.digests().first { $0.person == person }))
  }

  @Test func `has old and new values`() throws {
    let letter = try letter("feng-shaolei")
    #expect(letter.language == .english)
    #expect(
      letter.body == """
        Dear Feng Shaolei,

        your part in the program of “Cooperation between China and Russia: The Process and Prospects” has changed since we last wrote to you.
        Program: version 1.3.


        Cancelled
        ---------

        * Opening
          Friday, 25 March 2016, 09:00–09:30 · Science Hall


        Moved
        -----

        * The Bilateral Cooperation
          Until now:
            Friday, 25 March 2016, 09:30–11:00 · Science Hall
          Now:
            Saturday, 26 March 2016, 09:30–11:00 · Annex
          Your part: Chair
          Leaves (Speaker): Zhang Deguang
          New presentation: The Treaty


        New for you
        -----------

        * An Extra Session
          Friday, 25 March 2016, 14:00–15:00 · Science Hall
          Your part: Chair

        The attached calendar file adds these sessions to your calendar or updates them.
        All times are in the time zone Asia/Shanghai.

        --\u{20}
        Cooperation between China and Russia: The Process and Prospects

        """)
  }

  @Test func `is in the first of the conference's languages in which the person has a name`() throws {
    var story = Eve().after
    story.speaker("wang", [("zh", "王, 伟"), (.english, "Wang Wei")])
    story.speaker("ivanov", [("ru", "Иванов, Иван")])
    story.speaker("ghali", [("ar", "غالي"), ("ru", "Гали")])
    story.speaker("doe", [("fr", "Jean Dupont")])
    story.speaker("zhou", [("zh", "周, 明")])
    let round = NoticeRound(
      story.program, story.checkpoint, conference: "shanghai-2016", version: nil, known: [:], earlier: [:])
    #expect(
      ["wang", "ivanov", "ghali", "doe", "zhou"].map { round.language(for: $0) } == [
        .english, .russian, .russian, .english, .chinese,
      ])
  }

  @Test(arguments: ["en", "zh", "ru"]) func `has no unreplaced placeholders`(language: Language) {
    var story = Eve().after
    story.speaker("somebody", [(language, "A B")])
    for session in ["closing", "party"] as [SessionID] {
      story.add(.personAssigned(PersonAssigned(session: session, person: "somebody", role: .speaker)))
    }
    for version in ["1.3", nil] {
      let round = NoticeRound(
        story.program, story.checkpoint, conference: "shanghai-2016", version: version, known: [:],
        earlier: [:])
      for digest in round.digests() {
        let text = round.text(digest)
        #expect(!text.subject.contains("{") && !text.body.contains("{") && !text.body.contains("%"))
        #expect(!text.body.contains("\u{a0}"))
      }
    }
  }
}

@Suite(.timeLimit(.minutes(10))) struct MailMessageTests {
  private func message(_ person: PersonID = "feng-shaolei", _ from: String = "office@example.org") throws
    -> MailMessage
  {
    let round = round()
    let digest = try #require(round.digests().first { $0.person == person })
    return try MailMessage(
      digest, of: round, from: MailAddress(from), replyTo: try MailAddress("Büro <answers@example.org>"),
      to: EmailAddress("\(person)@example.org"))
  }

  @Test func `has the same ASCII bytes each time, in lines of allowed length`() throws {
    for person in everybody.keys {
      let data = try message(person).data
      #expect(try message(person).data == data)
      #expect(data.allSatisfy { $0 < 0x80 })
      let lines = String(decoding: data, as: UTF8.self).components(separatedBy: "\r\n")
      #expect(lines.allSatisfy { $0.utf8.count <= 78 || $0.hasPrefix("Message-ID:") })
      #expect(lines.last == "" && !lines.contains { $0.contains("\n") || $0.contains("\r") })
    }
  }

  @Test func `has the date of its last event and an id made from its content`() throws {
    let lines = String(decoding: try message().data, as: UTF8.self).components(separatedBy: "\r\n")
    let last = try #require(Eve().after.checkpoint.lastEventAt)
    #expect(lines.contains("Date: " + MailMessage.rfc5322(last)))
    #expect(MailMessage.rfc5322("2016-03-05T01:02:03Z") == "Sat, 5 Mar 2016 01:02:03 +0000")
    #expect(MailMessage.asctime("2016-03-05T01:02:03Z") == "Sat Mar  5 01:02:03 2016")
    #expect(try message().id.hasPrefix("shanghai-2016.\(Eve().after.checkpoint.position).feng-shaolei."))
    #expect(try message().id != message("zhang-deguang").id)
  }

  @Test func `folds and encodes long and non-ASCII headers`() {
    let title = "Сотрудничество Китая и России: процесс и перспективы, 中俄合作：进程与前景"
    let lines = MailHeader.text("Subject", title)
    #expect(lines.count > 2)
    #expect(lines.allSatisfy { $0.utf8.count <= 76 })
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix(" =?UTF-8?B?") && $0.hasSuffix("?=") })
    #expect(MailHeader.text("Subject", "Plain words") == ["Subject: Plain words"])
    #expect(MailHeader.text("Subject", "=?x")[0].hasPrefix("Subject: =?UTF-8?B?"))
    #expect(
      MailHeader.text("Subject", String(repeating: "word ", count: 30)).allSatisfy { $0.utf8.count <= 78 })
  }

  @Test(arguments: [
    ("Ada Lovelace", "Ada Lovelace"), ("Dr. Ada", #""Dr. Ada""#), ("Lovelace, Ada", #""Lovelace, Ada""#),
    (#"Ada "Countess" Lovelace"#, #""Ada \"Countess\" Lovelace""#), (#"Ada \ Bea"#, #""Ada \\ Bea""#),
    (#"Ada\"#, #""Ada\\""#), (#"\""#, #""\\\"""#),
  ])
  func `quotes a name that mail programs could misread`(name: String, quoted: String) throws {
    let address = try MailAddress(name: name, address: "ada@example.org")
    #expect(MailHeader.address("To", address) == ["To: \(quoted) <ada@example.org>"])
  }

  @Test func `quotes characters that mail programs could misread`() {
    #expect(MailBody.quotedPrintable("From here = there") == ["=46rom here =3D there"])
    #expect(MailBody.quotedPrintable(".") == ["=2E"])
    #expect(MailBody.quotedPrintable("ends with a space ") == ["ends with a space=20"])
    #expect(MailBody.quotedPrintable("é") == ["=C3=A9"])
    let long = MailBody.quotedPrintable(String(repeating: "a.", count: 100))
    #expect(long.allSatisfy { $0.utf8.count <= 76 } && long.count == 3)
    #expect(MailBody.encoded("中文").encoding == "base64")
    #expect(MailBody.encoded("words").encoding == "quoted-printable")
  }

  @Test(arguments: [
    "nobody", "a b@example.org", "a@b", "a@example.org\r\nBcc: x@example.org", "änne@example.org",
    "@example.org",
    "a@example.org, b@example.org", "A <a@example.org> B",
  ]) func `refuses invalid addresses`(text: String) {
    #expect(throws: InvalidValue.self) { try MailAddress(text) }
  }

  @Test func `reads a sender with a name and without`() throws {
    #expect(try MailAddress(" Program Office <office@example.org>").name == "Program Office")
    #expect(try MailAddress("\"Office, The\" <o@example.org>").name == "Office, The")
    #expect(try MailAddress("office@example.org") == MailAddress(name: nil, address: "office@example.org"))
    #expect(throws: InvalidValue.self) { try MailAddress("A\u{7}B <a@example.org>") }
  }

  @Test(arguments: [
    ("a@exämple.org", "a@xn--exmple-cua.org"), ("a@例え.テスト", "a@xn--r8jz45g.xn--zckzah"),
    ("a@почта.рф", "a@xn--80a1acny.xn--p1ai"), ("a@xn--fiqs8s.example", "a@xn--fiqs8s.example"),
  ])
  func `writes an internationalized domain as Punycode`(given: String, sent: String) throws {
    #expect(try MailAddress(given).address == sent)
    let address = try MailAddress(name: "Anna", address: EmailAddress(given))
    #expect(MailHeader.address("To", address) == ["To: Anna <\(sent)>"])
  }

  @Test func `refuses an address whose local part is not ASCII`() throws {
    let error = #expect(throws: InvalidValue.self) {
      try MailAddress(name: nil, address: EmailAddress("анна@example.org"))
    }
    #expect(
      error?.description
        == "Not every mail server accepts “анна@example.org”: the part before the @ has other characters than A to "
        + "Z, digits and signs. Ask for another address.")
  }

  @Test func `refuses invalid addresses from old events`() throws {
    let stored = try JSONDecoder().decode(EmailAddress.self, from: Data(#""a\"b@example.org""#.utf8))
    #expect(throws: InvalidValue.self) { try MailAddress(name: nil, address: stored) }
  }

  // MARK: Read by others

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
      let messages = try everybody.keys.sorted().map { try message($0, from) }
      #expect(try mailbox.deliver([messages[0]]) == 1)
      // Existing letters are not written twice.
      #expect(try mailbox.deliver(messages) == 2)
      #expect(try mailbox.deliver(messages) == 0)
      let found = try read(kind, place)
      let round = round()
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
      let message = try message()
      let box = folder.appending(path: name)
      #expect(try Mailbox.mbox(box).deliver([message]) == 1)
      #expect(try Mailbox.mbox(box).deliver([message]) == 0)
      #expect(try mode(box) == 0o600)
      #expect(try text(box).contains("Message-ID: <\(message.id)>"))
      let place = folder.appending(path: "maildir of \(name)")
      #expect(try Mailbox.maildir(place).deliver([message]) == 1)
      #expect(try Mailbox.maildir(place).deliver([message]) == 0)
      #expect(try mode(place.appending(path: "new").appending(path: message.fileName)) == 0o600)
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
      #expect(Set(files) == [name, ".\(name).unsent", "maildir of \(name)"])
      let drafts = place.appending(path: "tmp").path(percentEncoded: false)
      #expect(try FileManager.default.contentsOfDirectory(atPath: drafts) == [])
    }
  }

  @Test func `of one file keeps its mode, and is not written through a symbolic link`() throws {
    try inFolder { folder in
      let message = try message()
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

  @Test func `of one file gets every letter of concurrent writers`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let box = folder.appending(path: "box")
    let round = round()
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
      let message = try message()
      try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
      #expect(try Mailbox.mbox(box).deliver([message]) == 1)
      process.waitUntilExit()
      #expect(try text(box).hasPrefix("From python\n\nFrom office@example.org "))
    }
  }

  /// mboxrd: a reader removes one `>` from every line that begins with any number of them and `From `.
  @Test func `quotes From lines in an mbox, even if they are quoted already`()
    throws
  {
    var found: Set<String> = []
    for quotes in ["", ">", ">>"] {
      // Somewhere in these texts, the words begin a line.
      for length in 0..<76 {
        var story = Eve().after
        let title = String(repeating: "x", count: length) + quotes + "From here"
        story.add(.conferenceRevised(ConferenceRevised { $0.title = localized(title) }))
        let round = NoticeRound(
          story.program, story.checkpoint, conference: "shanghai-2016", version: nil, known: [:], earlier: [:]
        )
        let message = try MailMessage(
          try #require(round.digests().first), of: round, from: MailAddress("office@example.org"),
          replyTo: nil, to: "feng@example.org")
        let original = String(decoding: message.data, as: UTF8.self).replacing("\r\n", with: "\n")
        var lines = String(decoding: message.mboxEntry, as: UTF8.self).components(separatedBy: "\n")
        #expect(lines.removeFirst().hasPrefix("From office@example.org "))
        #expect(!lines.contains { $0.hasPrefix("From ") })
        let read = lines.map { $0.prefixMatch(of: #/>+From /#) == nil ? $0 : String($0.dropFirst()) }
        #expect(read.joined(separator: "\n") == original + "\n")
        for line in original.split(separator: "\n") {
          if let match = line.prefixMatch(of: #/>*From /#) { found.insert(String(match.0)) }
        }
      }
    }
    #expect(found.isSuperset(of: [">From ", ">>From "]), "\(found)")
  }

  @Test(arguments: ["maildir", "mbox"])
  func `keeps letters in its outbox until they are delivered or discarded`(kind: String) throws {
    try inFolder { folder in
      let place = folder.appending(path: "box")
      let mailbox: Mailbox = kind == "maildir" ? .maildir(place) : .mbox(place)
      let people = everybody.keys.sorted()
      let messages = try people.map { (recipient: $0.slug, message: try message($0)) }
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
      try outbox.discard("one", to: people[1].slug)
      #expect(try outbox.deliver("one") == 2)
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
      let message = try message()
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
