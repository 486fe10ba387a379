import Vocabulary

/// The record as an HTML page.
struct ProceedingsPage {
  private let record: ProceedingsDocument
  private let page: Page
  private let anchors: [String: String]

  init(_ record: ProceedingsDocument) {
    self.record = record
    page = Page(header: record.header)
    anchors = Dictionary(
      record.body.sessions.flatMap(\.paragraphs).map { ($0.number, $0.anchor) },
      uniquingKeysWith: { first, _ in first })
  }

  var html: String {
    let body = record.body
    var facts: [Markup] = []
    if let issue = body.issue {
      facts.append(
        "<p class=\"facts\">\(page.label("issue")) \(issue.number) · \(page.inline(issue.date))</p>")
      if issue.provisional { facts.append(alert("provisional")) }
      if let note = issue.note { facts.append(page.paragraphs(note)) }
    } else {
      facts.append(alert("draft"))
    }
    var links = body.sessions.map { session in
      "<li><a href=\"#session-\(text: session.slug.slug)\">\(page.primary(session.title))</a></li>" as Markup
    }
    for (key, empty) in [("speakers", body.speakers.isEmpty), ("indexOfPersons", body.index.isEmpty)]
    where !empty {
      links.append("<li><a href=\"#\(text: key)\">\(page.label(key))</a></li>")
    }
    var main = body.sessions.map(session).joined("\n")
    if body.sessions.isEmpty { main += nothing }
    return page.html(
      "proceedings", facts: facts,
      navigation: links.isEmpty ? "" : "<ul>\n\(links.joined("\n"))\n</ul>",
      main: main + speakers + index)
  }

  private func alert(_ key: String) -> Markup {
    "<p class=\"facts alert\">\(page.inline(record.header.labels[key]))</p>"
  }

  private var nothing: Markup {
    "<p class=\"other\">\(page.inline(record.header.labels["nothingRecorded"]))</p>"
  }

  private func session(_ session: ProceedingsDocument.Session) -> Markup {
    let slots = session.slots.map { slot in
      [page.inline(slot.when), page.inline(slot.room)].filter { !$0.isEmpty }.joined(" · ")
    }
    // A single slot is one of the facts; several slots have a line each.
    let facts = (slots.count == 1 ? slots : []) + session.languages.map(page.primary)
    let lines = slots.count == 1 ? [] : slots.map { "<p class=\"facts\">\($0)</p>\n" as Markup }
    let officers = session.officers.map { group in
      """
      <p class="facts"><span class="label">\(page.primary(group.role))</span> \
      \(group.persons.map { page.names($0.names) }.joined("; "))</p>
      """ as Markup
    }
    var parts = session.paragraphs.map(paragraph)
    if !session.conclusions.isEmpty {
      parts.append(heading("conclusions"))
      parts += session.conclusions.map { item in
        entry(item.number, item.attribution, item.text) {
          detail("rationale", page.inline(item.rationale)) + detail("paragraph", link(item.paragraph))
        }
      }
    }
    if !session.recommendations.isEmpty {
      parts.append(heading("recommendations"))
      parts += session.recommendations.map { item in
        entry(item.number, item.attribution, item.text) {
          detail("addressees", item.addressees.map(page.inline).joined("; "))
            + detail("paragraph", link(item.paragraph))
        }
      }
    }
    if !session.positions.isEmpty { parts.append(positions(session.positions)) }
    return """
      <section aria-labelledby="session-\(text: session.slug.slug)">
      <h2 id="session-\(text: session.slug.slug)">\(page.inline(session.title))</h2>
      <p class="facts"><span class="label">\(page.primary(session.ordinalPrinted))</span>\(facts.joined(" · "))</p>
      \(lines.joined())\(officers.joined("\n"))
      \(parts.isEmpty ? nothing : parts.joined("\n"))
      </section>
      """
  }

  private func heading(_ key: String) -> Markup {
    "<h3>\(page.inline(record.header.labels[key]))</h3>"
  }

  private func paragraph(_ paragraph: ProceedingsDocument.Paragraph) -> Markup {
    let number: Markup =
      "<a class=\"number\" href=\"#\(text: paragraph.anchor)\">\(text: paragraph.number)</a>"
    let note: Markup = paragraph.note.map { "\n<p class=\"facts\">\(page.inline($0))</p>" } ?? ""
    let said: Markup =
      paragraph.retracted
      ? "<p>\(number)<span class=\"alert\">\(page.inline(record.header.labels["retracted"]))</span></p>"
      : attributed(
        number, paragraph.attribution, paragraph.text, verbatim: paragraph.form == "verbatim")
    return "<div class=\"statement\" id=\"\(text: paragraph.anchor)\">\n\(said)\(note)\n</div>"
  }

  private func entry(
    _ number: String, _ attribution: LocalizedText?, _ text: LocalizedText, details: () -> Markup
  ) -> Markup {
    let shown: Markup = "<span class=\"number\">\(text: number)</span>"
    return """
      <div class="statement">
      \(attributed(shown, attribution, text, verbatim: false))
      \(details())
      </div>
      """
  }

  /// Attribution and text as one sentence, in every language of the text.
  private func attributed(
    _ number: Markup, _ attribution: LocalizedText?, _ text: LocalizedText?, verbatim: Bool
  ) -> Markup {
    page.texts(text).enumerated().map { index, entry in
      var parts = Page.parts(entry.text).map { Markup(text: $0) }
      if parts.isEmpty { parts = [""] }
      if let by = attribution.map({ $0.best([entry.language]) }) {
        let name =
          by.language == entry.language
          ? "<strong>\(text: by.text)</strong>"
          : page.element("strong", by.language, Markup(text: by.text))
        let spaceless = ["zh", "ja"].contains(entry.language.primary)
        parts[0] =
          name + (verbatim ? (spaceless ? "：" : ": ") : (spaceless ? "" : " ")) + parts[0]
      }
      if index == 0 { parts[0] = number + parts[0] }
      return parts.map {
        page.element("p", entry.language, $0, class: index == 0 ? nil : "other")
      }
      .joined("\n")
    }
    .joined("\n")
  }

  private func detail(_ key: String, _ content: Markup) -> Markup {
    content.isEmpty
      ? "" : "<p class=\"facts\"><span class=\"label\">\(page.label(key))</span> \(content)</p>"
  }

  private func link(_ number: String?) -> Markup {
    guard let number else { return "" }
    guard let anchor = anchors[number] else { return Markup(text: number) }
    return "<a href=\"#\(text: anchor)\">\(text: number)</a>"
  }

  private func positions(_ positions: [ProceedingsDocument.Position]) -> Markup {
    let headers = ["topic", "holder", "stance", "paragraph"].map {
      "<th scope=\"col\">\(page.label($0))</th>" as Markup
    }
    let rows = positions.map { position in
      """
      <tr><td>\(page.inline(position.topic))</td><td>\(page.inline(position.holder))</td>\
      <td>\(page.inline(position.stance))</td><td>\(link(position.paragraph))</td></tr>
      """ as Markup
    }
    return """
      \(heading("positions"))
      <div class="wide">
      <table>
      <thead><tr>\(headers.joined())</tr></thead>
      <tbody>
      \(rows.joined("\n"))
      </tbody>
      </table>
      </div>
      """
  }

  private var speakers: Markup {
    if record.body.speakers.isEmpty { return "" }
    let list = record.body.speakers.map { speaker in
      let lines =
        speaker.affiliations.map(page.inline)
        + [speaker.sessionRoles.map(page.primary).joined(" · ")].filter { !$0.isEmpty }
      return """
        <li>\(page.names(speaker.names))\
        \(lines.map { "<br/><span class=\"facts\">\($0)</span>" as Markup }.joined())</li>
        """ as Markup
    }
    return """

      <section aria-labelledby="speakers">
      <h2 id="speakers">\(page.inline(record.header.labels["speakers"]))</h2>
      <ul class="people">
      \(list.joined("\n"))
      </ul>
      </section>
      """
  }

  private var index: Markup {
    if record.body.index.isEmpty { return "" }
    let list = record.body.index.map { entry in
      let spoken = entry.spoken.map { "<strong>\(link($0))</strong>" as Markup }
      let mentioned = entry.mentioned.filter { !entry.spoken.contains($0) }.map(link)
      return "<li>\(page.names(entry.names)) \((spoken + mentioned).joined(", "))</li>" as Markup
    }
    return """

      <section aria-labelledby="indexOfPersons">
      <h2 id="indexOfPersons">\(page.inline(record.header.labels["indexOfPersons"]))</h2>
      <p class="facts">\(page.inline(record.header.labels["indexNote"]))</p>
      <ul class="index">
      \(list.joined("\n"))
      </ul>
      </section>
      """
  }
}
