import Interchange
import Publishing
import Testing

/// Abstracts in HTML become what `FormattedText` reads.
struct `Abstracts of other programs` {
  /// What the reader of schedule.xml makes of an abstract.
  private func abstract(_ text: String) throws -> String? {
    let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    return try read(
      "<schedule><conference><title>C</title></conference><day date=\"2027-05-01\"><event><start>10:00</start><duration>10</duration><title>T</title><abstract>\(escaped)</abstract></event></day></schedule>"
    ).sessions[0].abstract?.entries[0].text
  }

  @Test(
    arguments: [
      ("<p>One.</p><p>Two<br/>lines.</p>", "One.\n\nTwo\nlines."),
      ("plain *Markdown* & text", "plain *Markdown* & text"),
      ("<ul><li>a</li><li>b <b>c</b></li></ul>end", "- a\n- b **c**\n\nend"),
      ("<ol start=3><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "3. a\n   - b\n4. c"),
      (
        "<p>See <a href=\"https://example.org/a_(b)\">this <em>page</em></a>.</p>",
        "See [this *page*](<https://example.org/a_(b)>)."
      ),
      (
        "<a href='javascript:alert(1)'>click</a> <a href=\"mailto:a@example.org\">mail</a>",
        "click [mail](mailto:a@example.org)"
      ),
      ("<script>alert('x')</script>kept<style>p {}</style>", "kept"),
      ("<h2>Head</h2><blockquote>Said</blockquote>", "Head\n\nSaid"),
      ("a &lt;b&gt; &amp;&nbsp;&eacute;&#8217;&#x2019; &nope;", "a <b> & é’’ &nope;"),
      ("<p>5*3 and _x_ [y]</p>", "5\\*3 and \\_x\\_ \\[y\\]"),
      ("<b>open", "**open**"), ("<p>1. April</p>", "1\\. April"), ("<p>- no list</p>", "\\- no list"),
      ("<b> spaced </b>x", "**spaced** x"),
      ("<p></p><div><br></div>", nil), ("x < y and y > z", "x < y and y > z"), ("<!-- note -->text", "text"),
      (
        "One *line* &amp; another:\n\n- [x](https://example.org)\n<b>end</b>",
        "One *line* & another:\n\n- [x](https://example.org)\n**end**"
      ),
      ("<img src=x onerror=alert(1) alt='A tide'>", "A tide"), ("<p>one<p>two", "one\n\ntwo"),
      ("<b>one<br>two</b>", "**one**\n**two**"),
    ] as [(String, String?)])
  func `keep paragraphs, lists, emphasis and links, and nothing else`(html: String, markdown: String?) throws
  {
    #expect(try abstract(html) == markdown)
  }

  @Test func `are what the printed abstract has`() throws {
    let markdown = try #require(
      try abstract(
        "<p>See <a href=\"https://example.org\">this <em>page</em></a>:</p><ul><li>a*b*</li><li><strong>c</strong><ol><li>d</li></ol></li></ul>"
      ))
    #expect(
      shown(FormattedText(markdown).blocks) == """
        See |this |(https://example.org)|page|e(https://example.org)|:|
        * a*b*|
        * c|s
          1 d|

        """)
  }

  /// Each run between bars, with its styles and address behind it.
  private func shown(_ blocks: [FormattedText.Block], indent: String = "") -> String {
    blocks.map { block in
      switch block {
      case .paragraph(let lines):
        lines.map { line in
          line.map {
            "\($0.text)|" + ($0.emphasis ? "e" : "") + ($0.strong ? "s" : "")
              + ($0.link.map { "(\($0))|" } ?? "")
          }
          .joined() + "\n"
        }.joined()
      case .list(let start, let items):
        items.map { indent + (start.map { "\($0) " } ?? "* ") + shown($0, indent: indent + "  ") }.joined()
      }
    }.joined()
  }

  @Test func `of a hundred thousand tags become no more than they were`() throws {
    for unit in [
      "<b>", "<a href=\"https://example.org\">", "<ul><li>", "<", "&", "</p>", "<!--", "<p <", "<script>",
      "x<i>y",
    ] {
      let text = String(repeating: unit, count: 100_000 / unit.count)
      #expect(try (abstract(text) ?? "").count <= text.count, "\(unit)")
    }
  }
}
