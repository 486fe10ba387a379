import Vocabulary

/// A page that needs nothing beside itself: what all HTML publications share.
struct Page {
  let frame: Frame

  private var own: Language { frame.languages[0] }

  // MARK: Texts

  /// The texts in the order of the page's languages, without what two languages have alike.
  func texts(_ text: LocalizedText?) -> [(language: Language, text: String)] {
    guard let text else { return [] }
    let known = frame.languages.filter { text[$0] != nil }
    var seen: Set<String> = []
    return (known + text.languages.filter { !known.contains($0) })
      .map { ($0, text[$0]!) }
      .filter { seen.insert($0.1).inserted }
  }

  /// An element in one language; `lang` and `dir` only where they are not the page's own.
  func element(_ name: String, _ language: Language, _ content: Markup, class kind: String? = nil)
    -> Markup
  {
    let attributes: Markup =
      "\(kind.map { " class=\"\(text: $0)\"" as Markup } ?? "")\(marks(language))"
    return "<\(text: name)\(attributes)>\(content)</\(text: name)>"
  }

  private func marks(_ language: Language) -> Markup {
    if language == own { return "" }
    let direction: Markup =
      Self.isRightToLeft(language) == Self.isRightToLeft(own)
      ? "" : " dir=\"\(Self.isRightToLeft(language) ? "rtl" : "ltr")\""
    return " lang=\"\(text: language.tag)\"\(direction)"
  }

  private static func isRightToLeft(_ language: Language) -> Bool {
    ["ar", "fa", "he", "ur", "yi", "ug", "ps", "ckb", "dv", "sd"].contains(language.primary)
  }

  /// The first language as it stands, the others lighter beside it.
  func inline(_ text: LocalizedText?) -> Markup {
    texts(text).enumerated().map { index, entry in
      index == 0 && entry.language == own
        ? Markup(text: entry.text)
        : element(
          "span", entry.language, Markup(text: entry.text), class: index == 0 ? nil : "other")
    }
    .joined(" ")
  }

  /// The text in the first language that has it.
  func primary(_ text: LocalizedText?) -> Markup {
    guard let first = texts(text).first else { return "" }
    return first.language == own
      ? Markup(text: first.text) : element("span", first.language, Markup(text: first.text))
  }

  /// Each language in paragraphs of its own, parted at blank lines.
  func paragraphs(_ text: LocalizedText?) -> Markup {
    texts(text).enumerated().map { index, entry in
      Self.parts(entry.text).map {
        element("p", entry.language, Markup(text: $0), class: index == 0 ? nil : "other")
      }
      .joined()
    }
    .joined("\n")
  }

  static func parts(_ text: String) -> [String] {
    text.split(separator: "\n\n").map { trimming($0) }.filter { !$0.isEmpty }
  }

  func names(_ names: [PrintedName]) -> Markup {
    names.enumerated().map { index, name in
      element("span", name.lang, Markup(text: name.text), class: index == 0 ? "name" : "other")
    }
    .joined(" ")
  }

  func label(_ key: String) -> Markup { primary(frame.labels[key]) }

  // MARK: The page

  /// - Parameters:
  ///   - kind: the key of the label that says what it is.
  ///   - facts: more lines below the title.
  func html(_ kind: String, facts: [Markup] = [], navigation: Markup, main: Markup) -> String {
    let title = texts(frame.conference.title)
    let heading = frame.labels[kind]
    let plain = texts(heading).first?.text ?? kind
    let whenAndWhere = [frame.conference.dates, frame.conference.place].compactMap(\.self)
      .map { "<p class=\"facts\">\(inline($0))</p>" as Markup }
    let direction: Markup = Self.isRightToLeft(own) ? " dir=\"rtl\"" : ""
    let titles = title.enumerated().map { index, entry in
      index == 0
        ? element("h1", entry.language, Markup(text: entry.text))
        : element("p", entry.language, Markup(text: entry.text), class: "other title")
    }
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="\(text: own.tag)"\(direction)>
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\(text: plain): \(text: title[0].text)</title>
      <style>\(Self.style)</style>
      </head>
      <body>
      <header>
      <p class="kind">\(inline(heading))</p>
      \(titles.joined("\n"))
      \((whenAndWhere + facts).joined("\n"))
      \(organisations)
      </header>
      \(landmark(navigation))
      <main>
      \(main)
      </main>
      <footer>
      \(stamp)
      </footer>
      </body>
      </html>

      """
    return page.source
  }

  private func landmark(_ navigation: Markup) -> Markup {
    let name = texts(frame.labels["contents"]).first?.text ?? ""
    return navigation.isEmpty ? "" : "<nav aria-label=\"\(text: name)\">\(navigation)</nav>"
  }

  private var organisations: Markup {
    frame.conference.organisations.map {
      "<p class=\"facts\"><span class=\"label\">\(primary($0.role))</span> \(inline($0.name))</p>"
    }
    .joined("\n")
  }

  private var stamp: Markup {
    let stamp = frame.stamp
    var rows: [(Markup, Markup)] = [
      (label("conference"), Markup(text: stamp.conference.slug)),
      (label("position"), "\(stamp.position)"),
    ]
    if let printed = stamp.lastEventPrinted, let time = stamp.lastEvent {
      rows.append(
        (label("lastEvent"), "<time datetime=\"\(text: time.description)\">\(inline(printed))</time>"))
    }
    rows.append((label("root"), "<code>\(text: stamp.root)</code>"))
    rows.append((label("timeZone"), Markup(text: frame.conference.zone)))
    let list = rows.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" as Markup }.joined("\n")
    return "\(paragraphs(frame.labels["madeFrom"]))\n<dl>\n\(list)\n</dl>"
  }

  /// Restrained, readable on a telephone, and printable; no character in it needs escaping.
  private static let style: Markup = """

    :root { --accent: #1d3a5f; --alert: #9a2a1f; --muted: #555; --hair: #ccc; }
    * { box-sizing: border-box; }
    body { font: 1rem/1.5 "Noto Serif", Georgia, serif; color: #111; background: #fff;
      max-width: 48rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; overflow-wrap: break-word; }
    header { border-top: 3px solid var(--accent); padding-top: .75rem; margin-bottom: 2rem; }
    h1 { font-size: 2rem; line-height: 1.2; font-weight: normal; color: var(--accent); margin: 1.5rem 0 .5rem; }
    h2 { font-size: 1.5rem; line-height: 1.25; font-weight: normal; color: var(--accent);
      margin: 3rem 0 .5rem; border-top: 1px solid var(--accent); padding-top: 1rem; }
    h3 { font-size: 1.1rem; line-height: 1.3; margin: 0; }
    h4 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
    p { margin: .35rem 0; }
    a { color: var(--accent); }
    .kind, .facts, .label, nav, footer, th, time, .number { font-family: "Noto Sans", system-ui, sans-serif; }
    .kind { color: var(--accent); }
    .facts, footer { font-size: .85rem; }
    .label, .facts .label { font-size: .8rem; font-weight: bold; color: var(--accent); margin-right: .35em; }
    .other { color: var(--muted); font-weight: normal; }
    .title { font-size: 1.2rem; }
    .name { font-weight: bold; }
    .alert { color: var(--alert); font-weight: bold; }
    nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .9rem; }
    article { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0 1rem;
      border-top: 1px solid var(--hair); padding: .8rem 0; break-inside: avoid; }
    article.service { color: var(--muted); padding: .4rem 0; }
    article.service h3 { font-weight: normal; }
    article.cancelled h3 { text-decoration: line-through; }
    article time { font-size: .9rem; color: var(--accent); font-weight: bold; }
    .number { font-size: .8rem; font-weight: bold; color: var(--accent); text-decoration: none; margin-right: .5em; }
    .statement { margin: 1rem 0; }
    ul.people { list-style: none; padding: 0; margin: .35rem 0; }
    .index { columns: 18rem; list-style: none; padding: 0; font-size: .9rem; }
    .index li { break-inside: avoid; padding-left: 1rem; text-indent: -1rem; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .9rem; }
    caption { text-align: start; font-weight: bold; padding: .5rem 0; }
    th { text-align: start; font-weight: normal; font-size: .8rem; color: var(--muted);
      border-bottom: 1px solid var(--accent); padding: .3rem .6rem .3rem 0; }
    td { vertical-align: top; border-bottom: 1px solid var(--hair); padding: .35rem .6rem .35rem 0; }
    footer { margin-top: 4rem; border-top: 1px solid var(--hair); padding-top: 1rem; color: var(--muted); }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
    dd { margin: 0; overflow-wrap: anywhere; }
    @media (max-width: 36rem) { article { grid-template-columns: 1fr; } dl { grid-template-columns: 1fr; } }
    @media print { body { max-width: none; padding: 0; font-size: 10pt; } nav { display: none; } a { color: inherit; }
      h2 { break-after: avoid; } thead { display: table-header-group; } tr { break-inside: avoid; } }

    """
}
