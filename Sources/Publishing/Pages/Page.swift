import EventLog
import Foundation
import Vocabulary

/// The common part of all HTML publications. A page needs no other files.
struct Page {
  let header: DocumentHeader

  private var own: Language { header.languages[0] }

  // MARK: Texts

  /// The texts in the order of the page's languages, without duplicates.
  func texts(_ text: LocalizedText?) -> [(language: Language, text: String)] {
    guard let text else { return [] }
    let known = header.languages.filter { text[$0] != nil }
    var seen: Set<String> = []
    return (known + text.languages.filter { !known.contains($0) })
      .map { ($0, text[$0]!) }
      .filter { seen.insert($0.1).inserted }
  }

  /// An element in one language, with `lang` only if it differs from the page's, and with `dir` if the text has another
  /// direction or letters of both.
  ///
  /// The direction is that of the text's first letter. So a Hebrew title in an English program is set
  /// correctly, whatever its stated language.
  ///
  /// - Parameter text: the plain text of the content, if the content has more markup.
  func element(
    _ name: String, _ language: Language, _ content: Markup, class kind: String? = nil,
    says text: String? = nil, always: Bool = false
  ) -> Markup {
    let attributes: Markup =
      "\(kind.map { " class=\"\(text: $0)\"" as Markup } ?? "")\(marks(language, text, always))"
    return "<\(text: name)\(attributes)>\(content)</\(text: name)>"
  }

  /// An element with a text in one language.
  func element(
    _ name: String, _ language: Language, text: String, class kind: String? = nil, always: Bool = false
  ) -> Markup {
    element(name, language, Markup(text: text), class: kind, says: text, always: always)
  }

  private func marks(_ language: Language, _ text: String?, _ always: Bool) -> Markup {
    let rightToLeft = text.flatMap(Direction.runsRightToLeft) ?? Direction.isRightToLeft(language)
    let tag: Markup = language == own && !always ? "" : " lang=\"\(text: language.tag)\""
    // An element with a direction is isolated (HTML, “Bidirectional text”).
    let isPlain =
      rightToLeft == Direction.isRightToLeft(own) && !rightToLeft
      && !(text.map(Direction.affectsOrder) ?? false)
    let direction: Markup = isPlain ? "" : " dir=\"\(rightToLeft ? "rtl" : "ltr")\""
    return tag + direction
  }

  /// The first language in normal weight, the others lighter beside it.
  func inline(_ text: LocalizedText?) -> Markup {
    let texts = texts(text)
    guard texts.count > 1 else { return texts.first.map(run) ?? "" }
    return "<span class=\"m\">\(variants(texts, "span"))</span>"
  }

  /// All languages of a text. A reader may choose one; the first is prominent.
  private func variants(_ texts: [(language: Language, text: String)], _ name: String) -> Markup {
    texts.enumerated().map { index, entry in
      element(
        name, entry.language, text: entry.text, class: index == 0 ? nil : "other", always: true)
    }
    .joined(" ")
  }

  /// A text, with an element of its own only if its language or direction differs from the page's.
  private func run(_ entry: (language: Language, text: String)) -> Markup {
    let marks = marks(entry.language, entry.text, false)
    return marks.isEmpty
      ? Markup(text: entry.text) : "<span\(marks)>\(text: entry.text)</span>"
  }

  /// The text in the first language that has it.
  func primary(_ text: LocalizedText?) -> Markup { texts(text).first.map(run) ?? "" }

  /// Each language in its own paragraphs, split at blank lines.
  func paragraphs(_ text: LocalizedText?) -> Markup {
    let texts = texts(text)
    let blocks = texts.enumerated().map { index, entry in
      let paragraphs = Self.parts(entry.text).map {
        element("p", entry.language, text: $0, class: index == 0 ? nil : "other")
      }
      .joined()
      return texts.count == 1
        ? paragraphs : "<div lang=\"\(text: entry.language.tag)\">\(paragraphs)</div>"
    }
    return texts.count > 1 ? "<div class=\"m\">\(blocks.joined("\n"))</div>" : blocks.joined()
  }

  /// An abstract with its lines, lists, emphasis and links, in each language.
  func formatted(_ text: LocalizedText?) -> Markup {
    let texts = texts(text)
    let blocks = texts.enumerated().map { index, entry in
      let blocks = markup(
        FormattedText(entry.text).blocks, entry.language, class: index == 0 ? nil : "other")
      return texts.count == 1 ? blocks : "<div lang=\"\(text: entry.language.tag)\">\(blocks)</div>"
    }
    return texts.count > 1 ? "<div class=\"m\">\(blocks.joined("\n"))</div>" : blocks.joined()
  }

  private func markup(_ blocks: [FormattedText.Block], _ language: Language, class kind: String?) -> Markup {
    blocks.map { block in
      switch block {
      case .paragraph(let lines):
        element(
          "p", language, lines.map { $0.map(run).joined() }.joined("<br/>\n"), class: kind,
          says: lines.flatMap { $0 }.map(\.text).joined())
      case .list(let start, let items):
        list(start, items.map { "<li>\(markup($0, language, class: kind))</li>" })
      }
    }
    .joined()
  }

  private func list(_ start: Int?, _ items: [Markup]) -> Markup {
    guard let start else { return "<ul>\(items.joined("\n"))</ul>" }
    return "<ol\(start == 1 ? "" : " start=\"\(start)\"" as Markup)>\(items.joined("\n"))</ol>"
  }

  private func run(_ run: FormattedText.Run) -> Markup {
    var markup = Markup(text: run.text)
    if run.emphasis { markup = "<em>\(markup)</em>" }
    if run.strong { markup = "<strong>\(markup)</strong>" }
    if let link = run.link { markup = "<a href=\"\(text: link)\">\(markup)</a>" }
    return markup
  }

  static func parts(_ text: String) -> [String] {
    text.split(separator: "\n\n").map { trimming($0) }.filter { !$0.isEmpty }
  }

  func names(_ names: [PrintedName], first: (element: String, class: String?) = ("span", "name")) -> Markup {
    names.enumerated().map { index, name in
      index == 0
        ? element(first.element, name.lang, text: name.text, class: first.class)
        : element("span", name.lang, text: name.text, class: "other")
    }
    .joined(" ")
  }

  /// Names as the text of a link, which is bold as a whole.
  func linked(_ names: [PrintedName]) -> Markup {
    guard let first = names.first else { return "" }
    let others = names.dropFirst().map { element("span", $0.lang, text: $0.text, class: "other") }
    return ([run((first.lang, first.text))] + others).joined(" ")
  }

  func label(_ key: String) -> Markup { primary(header.labels[key]) }

  // MARK: The page

  /// The parts of a page besides texts: more style, a script, data for machines.
  struct Extras {
    /// Added after the common style. Must not contain unchecked data.
    var style = ""
    var script = ""
    /// Elements of the head that run nothing.
    var data: Markup = ""
    /// Elements after the header that the script uses.
    var tools: Markup = ""
    /// The start of the content.
    var before: Markup = ""
    /// The end of the content, before the script.
    var after: Markup = ""
  }

  /// From here on a page has a search, in bytes: about three screens.
  private static let long = 8_000

  /// A search in the page, which needs the script; nothing for a short page.
  func search(in main: Markup) -> Extras {
    guard main.source.utf8.count > Self.long else { return Extras() }
    func label(_ wording: Wording) -> Markup { primary(wording.localized(header.languages)) }
    func attribute(_ wording: Wording) -> Markup {
      Markup(text: wording.localized(header.languages).best(header.languages).text)
    }
    return Extras(
      style: Self.minified(PackageResources.form_css),
      script: Self.minified(PackageResources.search_js) + Self.minified(PackageResources.find_js),
      tools: """
        <form id="find" role="search" hidden="hidden" aria-label="\(attribute(Labels.Screen.search))" \
        data-shown="\(attribute(Labels.Screen.shown))">
        <label>\(label(Labels.Screen.search))<input type="search" name="q" autocomplete="off"/></label>
        <div class="result"><p id="count" role="status"></p>\
        <button type="reset" hidden="hidden">\(label(Labels.Screen.showAll))</button></div>
        <p id="nothing" hidden="hidden">\(label(Labels.Screen.nothing))</p>
        </form>

        """)
  }

  /// - Parameters:
  ///   - kind: the key of the label for the kind of document.
  ///   - facts: more lines below the title.
  func html(
    _ kind: String, facts: [Markup] = [], navigation: Markup, main: Markup, _ extras: Extras = Extras()
  ) -> String {
    let title = texts(header.conference.title)
    let name = Direction.isolated(title[0].text, in: own)
    let heading = header.labels[kind]
    let plain = texts(heading).first?.text ?? kind
    let whenAndWhere = [header.conference.dates, header.conference.place].compactMap(\.self)
      .map { "<p class=\"facts\">\(inline($0))</p>" as Markup }
    let direction: Markup = Direction.isRightToLeft(own) ? " dir=\"rtl\"" : ""
    let style = Self.style + extras.style
    let script: Markup =
      extras.script.isEmpty
      ? "" : "<script>\(Markup(stringLiteral: extras.script))</script>\n"
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="\(text: own.tag)"\(direction)>
      <head>
      <meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" content="\(policy(style, extras.script))"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="referrer" content="no-referrer"/>
      <title>\(text: plain): \(text: name)</title>
      <style>\(Markup(stringLiteral: style))</style>
      \(extras.data)</head>
      <body>
      \(extras.before)<header>
      <p class="kind">\(inline(heading))</p>
      \(headline(title))
      \((whenAndWhere + facts).joined("\n"))
      \(organisations)
      </header>
      \(extras.tools)\(landmark(navigation))
      <main id="main">
      \(main)
      </main>
      <footer>
      \(stamp)
      </footer>
      \(extras.after)\(script)</body>
      </html>

      """
    return page.source
  }

  private func headline(_ title: [(language: Language, text: String)]) -> Markup {
    title.count == 1
      ? element("h1", title[0].language, text: title[0].text)
      : "<h1 class=\"m\">\(variants(title, "span"))</h1>"
  }

  /// The page fetches nothing and runs only Plenary's own script (Content Security Policy Level 3).
  private func policy(_ style: String, _ script: String) -> Markup {
    func source(_ text: String) -> Markup { "'sha256-\(text: Data(sha256(text)).base64EncodedString())'" }
    let scripts: Markup = script.isEmpty ? "" : " script-src \(source(script));"
    return "default-src 'none'; style-src \(source(style));\(scripts) base-uri 'none'; form-action 'none'"
  }

  private func landmark(_ navigation: Markup) -> Markup {
    let name = texts(header.labels["contents"]).first?.text ?? ""
    return navigation.isEmpty ? "" : "<nav aria-label=\"\(text: name)\">\(navigation)</nav>"
  }

  private var organisations: Markup {
    header.conference.organisations.map {
      "<p class=\"facts\"><span class=\"label\">\(primary($0.role))</span> \(inline($0.name))</p>"
    }
    .joined("\n")
  }

  private var stamp: Markup {
    let stamp = header.stamp
    var rows: [(Markup, Markup)] = [
      (label("conference"), Markup(text: stamp.conference.slug)),
      (label("position"), "\(stamp.position)"),
    ]
    if let printed = stamp.lastEventPrinted, let time = stamp.lastEvent {
      rows.append(
        (label("lastEvent"), "<time datetime=\"\(text: time.description)\">\(inline(printed))</time>"))
    }
    rows.append((label("root"), "<code>\(text: stamp.root)</code>"))
    rows.append((label("timeZone"), Markup(text: header.conference.zone)))
    let list = rows.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" as Markup }.joined("\n")
    return "\(paragraphs(header.labels["madeFrom"]))\n<dl>\n\(list)\n</dl>"
  }

  private static let style = minified(PackageResources.page_css)

  /// A style or a script without what only its authors need: indents, and lines that are comments.
  static func minified(_ source: [UInt8]) -> String {
    String(decoding: source, as: UTF8.self).split(separator: "\n").map { $0.drop { $0 == " " } }
      .filter { !$0.hasPrefix("// ") }.joined(separator: "\n") + "\n"
  }
}
