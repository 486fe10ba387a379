import Vocabulary

// The front of the record and how sessions were held, as HTML.

extension ProceedingsPage {
  /// The lines below the title.
  func front(_ front: ProceedingsDocument.Front) -> [Markup] {
    let titles = [front.formalTitle, front.shortTitle, front.series].compactMap(\.self)
      .map { "<p class=\"facts\">\(page.inline($0))</p>" as Markup }
    let dateline = front.dateline.map { "<p class=\"facts\">\(page.inline($0))</p>" as Markup }
    let summary = front.summary.map { item -> Markup in
      let number: Markup = item.paragraph.map { "<span class=\"number\">\(link($0))</span>" } ?? ""
      return versions(number, item.said)
    }
    return titles + [dateline].compactMap(\.self) + summary
  }

  /// When and where a session was held, and as it was announced.
  func asHeld(_ session: ProceedingsDocument.AsHeld) -> [Markup] {
    session.rows.map { row in
      """
      <p class="facts"><span class="label">\(page.primary(row.label))</span> \
      \(row.lines.map(line).joined("; "))</p>

      """
    }
  }

  private func line(_ line: ProceedingsDocument.Line) -> Markup {
    [page.inline(line.when), page.inline(line.room)].filter { !$0.isEmpty }.joined(" · ")
  }

  /// The paragraphs, with the headings of the segments.
  func inSegments(_ session: ProceedingsDocument.Session) -> [Markup] {
    var parts: [Markup] = []
    for index in 0...session.paragraphs.count {
      parts += session.segments.filter { $0.before == index }.map { segment in
        "<h3 id=\"\(text: segment.anchor)\">\(page.inline(segment.title))</h3>"
      }
      if index < session.paragraphs.count { parts.append(entry(session.paragraphs[index])) }
    }
    return parts
  }

  /// The sessions that were held in another way than announced.
  func programAsHeld(_ deviations: [ProceedingsDocument.Deviation]) -> Markup {
    if deviations.isEmpty { return "" }
    let rows = deviations.map { deviation in
      let held = deviation.held.map(line) + [page.inline(deviation.note)].filter { !$0.isEmpty }
      return """
        <tr><td>\(page.inline(deviation.title))</td>\
        <td>\(deviation.announced.map(line).joined("<br/>"))</td><td>\(held.joined("<br/>"))</td></tr>
        """ as Markup
    }
    let headers = ["session", "announced", "asHeld"].map {
      "<th scope=\"col\">\(page.label($0))</th>" as Markup
    }
    return section(
      "programAsHeld",
      """
      <div class="wide" tabindex="0">
      <table>
      <thead><tr>\(headers.joined())</tr></thead>
      <tbody>
      \(rows.joined("\n"))
      </tbody>
      </table>
      </div>
      """)
  }

  /// The note on the record, the imprint, and how to cite it.
  func notes(_ body: ProceedingsDocument.Body) -> Markup {
    var notes: Markup = ""
    if let note = body.editorialNote { notes += section("editorialNote", page.paragraphs(note)) }
    if !body.front.imprint.isEmpty {
      let list = body.front.imprint.map { fact in
        "<dt>\(page.primary(fact.label))</dt><dd>\(page.inline(fact.text))</dd>" as Markup
      }
      notes += section("imprint", "<dl>\n\(list.joined("\n"))\n</dl>")
    }
    return notes + section("howToCite", page.paragraphs(body.citation))
  }

  private func section(_ key: String, _ content: Markup) -> Markup {
    """

    <section aria-labelledby="\(text: key)">
    <h2 id="\(text: key)">\(page.label(key))</h2>
    \(content)
    </section>
    """
  }
}
