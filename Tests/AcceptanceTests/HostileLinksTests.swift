import Foundation
import Subprocess
import Testing

/// Whoever submits a talk writes its description, and a browser would carry out what is in some addresses.
@Suite(.timeLimit(.minutes(40))) struct `An address that is no page` {
  /// In each address is the word that the outputs are searched for.
  private static let texts = [
    "[good](https://example.org/good)",
    "[a](javascript:alert('hostile'))", "[b](JaVaScRiPt:alert('hostile'))", "[c](data:text/html,hostile)",
    "[d](vbscript:hostile)", "![e](http://hostile.example/e.png)", "![f](data:image/svg+xml,hostile)",
    "<javascript:hostile>", "[g](<javascript:hostile>)", "[h]( java\tscript:hostile)",
    "[i](javascript&#58;hostile)",
    "[j](&#x6A;avascript:hostile)", "[k][1]\n\n[1]: javascript:hostile", "[l](file:///etc/hostile)",
    "<a href=\"JaVaScRiPt:hostile\">m</a>", "<a href='java&#10;script:hostile'>n</a>",
    "<a href=\" &#1;javascript:hostile\">o</a>", "<a href=vbscript:hostile>p</a>",
    "<img src=x onerror=hostile()>", "<svg onload=hostile()>",
    "<iframe src=\"data:text/html,hostile\"></iframe>",
    "&lt;a href=\"javascript:hostile\"&gt;q&lt;/a&gt;", "</script><script>hostile()</script>",
  ]

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }

  /// One session was typed here, the other one comes from a program that writes HTML.
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    let text = Self.texts.joined(separator: "\n\n")
    try await plenary.done(
      "session", "schedule", "typed", "--title", "Typed [t](javascript:hostile)", "--description", text,
      "--room", "aula",
      "--start", "2016-06-01 09:00", "--end", "10:00")
    try await plenary.done(
      "speaker", "register", "ada", "--name", "Ada <javascript:hostile>", "--biography", text,
      "--organisation",
      "[o](javascript:hostile)")
    try await plenary.done("speaker", "assign", "ada", "typed")
    for link in [
      "slides=javascript:hostile", "recording=data:text/html,hostile", "related= vbscript:hostile",
    ] {
      let run = try await plenary("session", "revise", "typed", "--link", link)
      #expect(run.code == 2 && run.error.contains("is not a URL"), "\(run)")
    }
    let website = try await plenary("conference", "revise", "--website", "javascript:hostile")
    #expect(
      website.code == 2 && website.error.contains("is not a URL; write it as https://example.org/page."),
      "\(website)")
    let file = "\(Plenary.home)/hostile-\(UUID().uuidString).xml"
    let links = [
      "javascript:hostile", " JaVaScRiPt:hostile", "data:text/html,hostile", "java&#10;script:hostile",
    ]
    .map { "<link href=\"\($0)\">Slides</link>" }
    try Data(
      """
      <schedule><conference><title>Grid</title></conference><day date="2016-06-01"><room name="Aula"><event id="1">
      <date>2016-06-01T11:00:00+02:00</date><duration>01:00</duration><title>Taken in</title><url>javascript:hostile</url>
      <abstract>\(Self.escaped("<p>" + Self.texts.joined(separator: "</p><p>") + "</p>"))</abstract>
      <description>\(Self.escaped(text))</description><links>\(links.joined())</links>
      <attachments><attachment href="javascript:hostile">Slides</attachment></attachments>
      <persons><person id="1">Ben Okri</person></persons></event></room></day></schedule>
      """.utf8
    ).write(to: URL(filePath: file))
    try await plenary.done("import", file)
    try await plenary.done("program", "release", "1.0")
    return plenary
  }

  /// What is an address in HTML and XML, whatever the element is. In texts, signs of tags are written as entities.
  private func addresses(inMarkup text: String) -> [String] {
    let tags = text.matches(of: /<[A-Za-z][^>]*>/).map { String($0.0) }
    return tags.flatMap { tag in
      tag.matches(
        of:
          /(?i)[\s"'](?:href|src|srcset|action|formaction|data|xlink:href|on\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/
      )
      .map { String($0.1 ?? $0.2 ?? $0.3 ?? "") }
    }
      + text.matches(of: /(?i)<(?:url|uri|link|attachment|logo|feedback_url|origin_url)[^>]*>([^<]*)/).map {
        String($0.1)
      }
  }

  /// Strings of JSON that are addresses by themselves.
  private func addresses(inJSON value: Any) -> [String] {
    switch value {
    case let text as String:
      text.contains(/^[\s\p{Cc}]*[A-Za-z][A-Za-z0-9+.\s\p{Cc}-]*:/) && !text.contains(" ") ? [text] : []
    case let list as [Any]: list.flatMap(addresses(inJSON:))
    case let members as [String: Any]: members.values.flatMap(addresses(inJSON:))
    default: []
    }
  }

  @Test func `is a link in no format`() async throws {
    let plenary = try await conference()
    for format in ["html", "xml"] {
      let text = try await plenary.done("program", "export", format, "--output", "-").output
      #expect(text.contains("hostile"))
      let found = addresses(inMarkup: text)
      #expect(format == "xml" || found.contains("https://example.org/good"), "\(found)")
      #expect(!found.contains { $0.lowercased().contains("hostile") }, "\(format): \(found)")
      #expect(!text.contains("<script>hostile"), "\(format)")
    }
    for format in ["schedule", "schedule2", "jsonld", "json"] {
      let text = try await plenary.done("program", "export", format, "--output", "-").output
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
      let found = addresses(inJSON: value)
      #expect(!found.contains { $0.lowercased().contains("hostile") }, "\(format): \(found)")
    }
    let calendar = try await plenary.done("program", "export", "ics", "--output", "-").output
      .replacing("\r\n ", with: "")
    let properties = calendar.split(whereSeparator: \.isNewline).filter { $0.contains("hostile") }
      .map { $0.prefix { $0 != ":" && $0 != ";" } }
    #expect(Set(properties).isSubset(of: ["SUMMARY", "DESCRIPTION", "ATTENDEE"]), "\(properties)")
  }

  @Test(
    .enabled(if: Programs.missing.isEmpty, "needs typst and pdftotext; Scripts/setup --for test brings them"))
  func `is a link in no print`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    let pdf = folder.path("booklet.pdf")
    try FileManager.default.createDirectory(
      at: URL(filePath: pdf).deletingLastPathComponent(), withIntermediateDirectories: true)
    try await plenary.done("program", "print", "booklet", "--output", pdf)
    #expect(try await Programs.text(of: pdf).contains("hostile"))
    let links = try await Subprocess.run(
      .name("pdfinfo"), arguments: ["-url", pdf], output: .string(limit: 1 << 20)
    ).standardOutput
    #expect(links.contains("https://example.org/good") && !links.contains("hostile"), "\(links)")
  }
}
