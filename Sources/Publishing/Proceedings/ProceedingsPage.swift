import Vocabulary

/// The record as an HTML page.
struct ProceedingsPage {
  private let record: ProceedingsDocument
  let page: Page

  init(_ record: ProceedingsDocument) {
    self.record = record
    page = Page(header: record.header)
  }

  var html: String {
    let body = record.body
    var facts = front(body.front)
    if let issue = body.issue {
      facts.append(
        "<p class=\"facts\">\(page.label("issue")) \(issue.number) · \(page.inline(issue.date))</p>")
      if issue.provisional { facts.append(alert("provisional")) }
      if let note = issue.note { facts.append(page.paragraphs(note)) }
    } else {
      facts.append(alert("draft"))
      if let draft = body.draft {
        let since: Markup = draft.since.map { ", \(page.inline($0))" } ?? ""
        facts.append("<p class=\"facts\"><strong>\(page.inline(draft.heading))</strong>\(since)</p>")
      }
    }
    if body.numbersProvisional {
      facts.append(
        "<p class=\"facts\"><em>\(page.inline(record.header.labels["provisionalNumbers"]))</em></p>")
    }
    var links = body.sessions.map { session in
      "<li><a href=\"#session-\(text: session.slug.slug)\">\(page.primary(session.title))</a></li>" as Markup
    }
    let indexes = RecordIndexesPage(body.indexes, page)
    let parts = (body.corrections.isEmpty ? [] : ["corrigenda"]) + (body.speakers.isEmpty ? [] : ["speakers"])
    for key in parts + indexes.keys {
      links.append("<li><a href=\"#\(text: key)\">\(page.label(key))</a></li>")
    }
    var main = body.sessions.map(session).joined("\n")
    if body.sessions.isEmpty { main += nothing }
    main += programAsHeld(body.programAsHeld) + notes(body) + corrections + speakers + indexes.sections
    return page.html(
      "proceedings", facts: facts,
      navigation: links.isEmpty ? "" : "<ul>\n\(links.joined("\n"))\n</ul>",
      main: main, page.search(in: main))
  }

  private var corrections: Markup {
    if record.body.corrections.isEmpty { return "" }
    let list = CorrectionList(page)
    return """

      <section aria-labelledby="corrigenda">
      <h2 id="corrigenda">\(page.label("corrigenda"))</h2>
      \(record.body.corrections.map { list.item($0, linked: true) }.joined("\n"))
      </section>
      """
  }

  private func alert(_ key: String) -> Markup {
    "<p class=\"facts alert\">\(page.inline(record.header.labels[key]))</p>"
  }

  private var nothing: Markup {
    "<p class=\"other\">\(page.inline(record.header.labels["nothingRecorded"]))</p>"
  }

  private func session(_ session: ProceedingsDocument.Session) -> Markup {
    let facts = session.languages.map(page.primary)
    let lines = asHeld(session.asHeld)
    let officers = session.officers.map { group in
      """
      <p class="facts"><span class="label">\(page.primary(group.role))</span> \
      \(group.persons.map { page.names($0.names) }.joined("; "))</p>
      """ as Markup
    }
    var parts = inSegments(session)
    if !session.conclusions.isEmpty {
      parts.append(heading("conclusions"))
      parts += session.conclusions.map(entry)
    }
    if !session.recommendations.isEmpty {
      parts.append(heading("recommendations"))
      parts += session.recommendations.map(entry)
    }
    if !session.positions.isEmpty { parts.append(positions(session.positions)) }
    let changed: Markup = session.changed ? " class=\"changed\"" : ""
    let ordinal: Markup =
      session.ordinalPrinted.map { "<span class=\"label\">\(page.primary($0))</span>" } ?? ""
    return """
      <section aria-labelledby="session-\(text: session.slug.slug)">
      <h2\(changed) id="session-\(text: session.slug.slug)">\(page.inline(session.title))</h2>
      <p class="facts">\(ordinal)\(facts.joined(" · "))</p>
      \(lines.joined())\(officers.joined("\n"))
      \(parts.isEmpty ? nothing : parts.joined("\n"))
      </section>
      """
  }

  private func heading(_ key: String) -> Markup {
    "<h3>\(page.inline(record.header.labels[key]))</h3>"
  }

  func entry(_ item: ProceedingsDocument.Entry) -> Markup {
    let shown = number(item.number, provisional: item.provisional, anchor: item.anchor)
    let main = words(item, shown) ?? "<p>\(shown)\(page.inline(item.attribution))</p>"
    let details =
      detail("rationale", page.inline(item.rationale))
      + detail("addressees", (item.addressees ?? []).map(page.inline).joined("; "))
      + detail("paragraph", item.paragraph.map(link) ?? "")
    let changed: Markup = item.changed ? " changed" : ""
    return """
      <div class="statement\(changed)" id="\(text: item.anchor)">
      \(main)\(details)\(note(item))
      </div>
      """
  }

  /// The words of an entry, or what stands in their place; nil if its paragraph has them.
  private func words(_ item: ProceedingsDocument.Entry, _ shown: Markup) -> Markup? {
    if let silence = item.silence {
      return "<p>\(shown)<span class=\"alert\">\(linked(item, page.inline(silence)))</span></p>"
    }
    return item.said.map { versions(shown, $0) }
  }

  private func note(_ item: ProceedingsDocument.Entry) -> Markup {
    item.note.map { "\n<p class=\"facts\">\(linked(item, page.inline($0)))</p>" } ?? ""
  }

  /// A link to the last correction, if this page lists it.
  private func linked(_ item: ProceedingsDocument.Entry, _ words: Markup) -> Markup {
    item.corrections.last.map { "<a href=\"#\(text: $0)\">\(words)</a>" } ?? words
  }

  private func number(_ number: String, provisional: Bool, anchor: String? = nil) -> Markup {
    let shown: Markup = provisional ? "<em>\(text: number)</em>" : Markup(text: number)
    return anchor.map { "<a class=\"number\" href=\"#\(text: $0)\">\(shown)</a>" }
      ?? "<span class=\"number\">\(shown)</span>"
  }

  /// Attribution and text as one sentence, in every language of the text. All languages look the same.
  func versions(_ number: Markup, _ said: StatementText) -> Markup {
    said.versions.enumerated().map { index, version in
      var paragraphs = version.paragraphs.map { runs in
        page.element(
          "p", version.language, runs.map { run($0, version.language) }.joined(),
          says: runs.map(\.text).joined())
      }
      if index == 0, let first = version.paragraphs.first {
        paragraphs[0] = page.element(
          "p", version.language, number + first.map { run($0, version.language) }.joined(),
          says: first.map(\.text).joined())
      }
      let label: Markup =
        version.label.map {
          page.element("p", $0.lang, text: $0.text, class: version.stale ? "version stale" : "version") + "\n"
        } ?? ""
      return label + paragraphs.joined("\n")
    }
    .joined("\n")
  }

  /// - Parameter language: the language of the line.
  private func run(_ run: StatementText.Run, _ language: Language) -> Markup {
    guard let foreign = run.lang else {
      let isApart =
        run.kind != .joint && (Direction.isRightToLeft(language) || Direction.affectsOrder(run.text))
      let direction: Markup = isApart ? " dir=\"auto\"" : ""
      if run.kind == .name { return "<strong\(direction)>\(text: run.text)</strong>" }
      return isApart ? "<span\(direction)>\(text: run.text)</span>" : Markup(text: run.text)
    }
    return page.element(run.kind == .name ? "strong" : "span", foreign, text: run.text, always: true)
  }

  private func detail(_ key: String, _ content: Markup) -> Markup {
    content.isEmpty
      ? "" : "<p class=\"facts\"><span class=\"label\">\(page.label(key))</span> \(content)</p>"
  }

  func link(_ entry: ProceedingsDocument.Reference) -> Markup {
    "<a href=\"#\(text: entry.anchor)\">\(text: entry.number)</a>"
  }

  private func positions(_ positions: [ProceedingsDocument.Entry]) -> Markup {
    let headers = ["number", "topic", "holder", "stance", "paragraph"].map {
      "<th scope=\"col\">\(page.label($0))</th>" as Markup
    }
    let rows = positions.map { position -> Markup in
      let changed: Markup = position.changed ? " class=\"changed\"" : ""
      return """
        <tr\(changed) id="\(text: position.anchor)">\
        <td>\(number(position.number, provisional: position.provisional))</td>\
        <td>\(page.inline(position.topic))</td><td>\(page.inline(position.attribution))</td>\
        <td>\(words(position, "") ?? "")\(note(position))</td>\
        <td>\(position.paragraph.map(link) ?? "")</td></tr>
        """ as Markup
    }
    return """
      \(heading("positions"))
      <div class="wide" tabindex="0">
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
        speaker.affiliations.map(page.inline) + speaker.countries.map(page.inline)
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
}
