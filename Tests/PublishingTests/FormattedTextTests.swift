import Foundation
import Specification
import Testing
import Vocabulary

@testable import Publishing

/// The examples are in the syntax of CommonMark 0.31.2.
struct `An abstract` {
  /// A short form: paragraphs as lines, lists in brackets, `/emphasis/`, `**strong**`, `text→link`.
  private func read(_ text: String) -> String { Self.shown(FormattedText(text).blocks) }

  private static func shown(_ blocks: [FormattedText.Block]) -> String {
    blocks.map { block in
      switch block {
      case .paragraph(let lines): lines.map { $0.map(shown).joined() }.joined(separator: "⏎")
      case .list(let start, let items):
        "\(start.map(String.init) ?? "•")[" + items.map(shown).joined(separator: " | ") + "]"
      }
    }.joined(separator: " ¶ ")
  }

  private static func shown(_ run: FormattedText.Run) -> String {
    var text = run.text
    if run.emphasis { text = "/\(text)/" }
    if run.strong { text = "**\(text)**" }
    return text + (run.link.map { "→\($0)" } ?? "")
  }

  @Test(arguments: [
    // Lines and paragraphs.
    ("one\ntwo\n\nthree", "one⏎two ¶ three"),
    ("one  \ntwo\\\nthree", "one⏎two⏎three"),
    ("  one\n    two", "one⏎two"),
    // Lists.
    (
      "Bring:\n- a laptop\n- a cable\n\n1. first\n2. second\n\nline one\nline two",
      "Bring: ¶ •[a laptop | a cable] ¶ 1[first | second] ¶ line one⏎line two"
    ),
    ("- a\n\n- b", "•[a | b]"),
    ("- a\n  b\n- c", "•[a⏎b | c]"),
    ("- a\nb", "•[a⏎b]"),
    ("- a\n  - b\n    1. c\n- d", "•[a ¶ •[b ¶ 1[c]] | d]"),
    ("- a\n\n  b\n\nc", "•[a ¶ b] ¶ c"),
    ("- a\n* b", "•[a] ¶ •[b]"),
    ("3) c\n4) d", "3[c | d]"),
    ("In\n1949. The year", "In⏎1949. The year"),
    ("-1 degree", "-1 degree"),
    ("1.5 hours", "1.5 hours"),
    ("-\n- b", "•[ | b]"),
    // Emphasis.
    ("an *important* and **very important** word", "an /important/ and **very important** word"),
    ("_a_ __b__ ***c***", "/a/ **b** **/c/**"),
    // Between digits the sign multiplies, which CommonMark does not know.
    ("snake_case_name, 2*3*4 = 24, 2**8", "snake_case_name, 2*3*4 = 24, 2**8"),
    ("2*x*4 *3* m", "2/x/4 /3/ m"),
    ("* not a list*", "•[not a list*]"),
    ("a * b * c", "a * b * c"),
    ("*a **b** c*", "/a /**/b/**/ c/"),
    ("**a*", "*/a/"),
    ("\\*not\\* \\[a\\]", "*not* [a]"),
    ("*one\ntwo*", "/one/⏎/two/"),
    // Links.
    ("see [the paper](https://example.org/a_(b)?c=1) now", "see the paper→https://example.org/a_(b)?c=1 now"),
    ("[*a* b](http://example.org)", "/a/→http://example.org b→http://example.org"),
    (
      "<https://example.org> <ann@example.org>",
      "https://example.org→https://example.org ann@example.org→mailto:ann@example.org"
    ),
    ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
    ("[a](data:text/html,x) [b](//example.org) [c]", "[a](data:text/html,x) [b](//example.org) [c]"),
    (
      "[a [b](https://example.org) c](https://example.com)",
      "[a b→https://example.org c](https://example.com)"
    ),
    // Everything else is text.
    ("# Heading\n> quotation\n---", "# Heading⏎> quotation⏎---"),
    ("* * *", "* * *"),
    (
      "`a*b*c` and <b>bold</b> &amp; ![i](https://example.org/i.png)",
      "`a*b*c` and <b>bold</b> &amp; ![i](https://example.org/i.png)"
    ),
    ("```\n- *x*\n```\n- y", "```⏎- *x*⏎``` ¶ •[y]"),
    ("| a | b |\n|---|---|", "| a | b |⏎|---|---|"),
  ])
  func `has its structure`(text: String, structure: String) { #expect(read(text) == structure) }

  @Test func `is plain in letters and calendars`() {
    #expect(
      FormattedText("Bring:\n- a *laptop*\n- see [this](https://example.org)\n\n1. x\n2. y\n   z").plain
        == "Bring:\n• a laptop\n• see this (https://example.org)\n\n1. x\n2. y\n   z")
  }

  /// Nothing that somebody wrote gets lost, whatever signs are in it, and nothing takes long.
  @Test(arguments: 0..<40)
  func `keeps every letter of random texts`(seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    let pieces = [
      "a", "b", "ж", "文", "é", " ", " ", "  ", "\n", "\n", "\n\n", "*", "**", "_", "__", "`", "``", "```",
      "[", "]", "(", ")", "](",
      "![", "<", ">", "\\", "- ", "* ", "+ ", "1. ", "2) ", "    ", "# ", "> ", "\"", "'", "&", ";", ".", "!",
      "🎉", "~~~", "https://x.y",
    ]
    for _ in 0..<150 {
      let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in pieces.randomElement(using: &random)!
      }
      .joined()
      let plain = FormattedText(text).plain
      func letters(_ text: String) -> String {
        text.replacing("https://x.y", with: "").filter { $0.isLetter }
      }
      #expect(letters(plain) == letters(text), "\(text.debugDescription)")
    }
  }

  @Test(arguments: [
    "*", "_a", "[", "![", "`", "``a`", "<", "](", "\\", "- ", "1. ", "\n", "> ", "*a_", "(", "[a](b", "\n- ",
  ])
  func `of a hundred thousand signs becomes no more than it was`(sign: String) {
    let text = String(repeating: sign, count: 100_000 / sign.count)
    let plain = FormattedText(text).plain
    // A sign is shown as itself. Only lists get signs of their own: one for each line.
    #expect(plain.count <= text.count + text.count { $0 == "\n" } * 2)
  }
}
