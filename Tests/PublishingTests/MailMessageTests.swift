import Foundation
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import Mail
@testable import Publishing
@testable import Scheduling

@Suite(.timeLimit(.minutes(10))) struct MailMessageTests {
  @Test func `has the same ASCII bytes each time, in lines of allowed length`() throws {
    for person in Eve.known.keys {
      let data = try Eve.message(person).data
      #expect(try Eve.message(person).data == data)
      #expect(data.allSatisfy { $0 < 0x80 })
      let lines = String(decoding: data, as: UTF8.self).components(separatedBy: "\r\n")
      #expect(lines.allSatisfy { $0.utf8.count <= 78 || $0.hasPrefix("Message-ID:") })
      #expect(lines.last == "" && !lines.contains { $0.contains("\n") || $0.contains("\r") })
    }
  }

  @Test func `has the date of its last event and an id made from its content`() throws {
    let lines = String(decoding: try Eve.message().data, as: UTF8.self).components(separatedBy: "\r\n")
    let last = try #require(Eve().after.checkpoint.lastEventAt)
    #expect(lines.contains("Date: " + MailMessage.rfc5322(last)))
    #expect(MailMessage.rfc5322("2016-03-05T01:02:03Z") == "Sat, 5 Mar 2016 01:02:03 +0000")
    #expect(MailMessage.asctime("2016-03-05T01:02:03Z") == "Sat Mar  5 01:02:03 2016")
    #expect(try Eve.message().id.hasPrefix("shanghai-2016.\(Eve().after.checkpoint.position).feng-shaolei."))
    #expect(try Eve.message().id != Eve.message("zhang-deguang").id)
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

  @Test(arguments: [".", "From "]) func `quotes them also where a line is continued`(start: String) {
    for length in 70...80 {
      let text = String(repeating: "x", count: length) + start + "here"
      let lines = MailBody.quotedPrintable(text)
      #expect(!lines.contains { $0.hasPrefix(start) }, "\(lines)")
      let read = lines.joined(separator: "\n").replacing("=\n", with: "")
        .replacing("=2E", with: ".").replacing("=46", with: "F")
      #expect(read == text)
    }
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
}
