import Vocabulary

/// The indexes of the record in HTML.
struct RecordIndexesPage {
  private let indexes: RecordIndexes
  private let page: Page

  init(_ indexes: RecordIndexes, _ page: Page) {
    self.indexes = indexes
    self.page = page
  }

  private var lists: [(key: String, note: String, headings: [RecordIndexes.Heading])] {
    [
      ("indexOfPersons", "indexNote", indexes.persons),
      ("indexOfOrganisations", "mentionNote", indexes.organisations),
      ("indexOfSubjects", "mentionNote", indexes.subjects),
    ].filter { !$0.2.isEmpty }
  }

  /// The keys of the labels of those that there are, which are their anchors too.
  var keys: [String] { lists.map(\.key) + (indexes.abbreviations.isEmpty ? [] : ["abbreviations"]) }

  var sections: Markup {
    let sections = lists.map { list in
      section(
        list.key,
        """
        <p class="facts">\(page.inline(page.header.labels[list.note]))</p>
        <ul class="index">
        \(list.headings.map(heading).joined("\n"))
        </ul>
        """)
    }
    return sections.joined() + abbreviations
  }

  private func section(_ key: String, _ content: Markup) -> Markup {
    """

    <section aria-labelledby="\(text: key)">
    <h2 id="\(text: key)">\(page.inline(page.header.labels[key]))</h2>
    \(content)
    </section>
    """
  }

  private func heading(_ heading: RecordIndexes.Heading) -> Markup {
    var line = page.names(heading.names)
    for whole in heading.within { line += ", " + page.primary(whole) }
    if let see = heading.see { line += " → " + page.primary(see) }
    let groups = heading.groups.map { $0.map(place).joined(", ") }
    if !groups.isEmpty { line += " " + groups.joined("; ") }
    let remarks = heading.remarks.map { "<br/><span class=\"facts\">\(page.primary($0))</span>" as Markup }
    return "<li>\(line)\(remarks.joined())</li>"
  }

  private func place(_ place: RecordIndexes.Place) -> Markup {
    let link: Markup = "<a href=\"#\(text: place.anchor.slug)\">\(text: place.text)</a>"
    let said: Markup = place.speaks ? "<strong>\(link)</strong>" : link
    return place.provisional ? "<em>\(said)</em>" : said
  }

  private var abbreviations: Markup {
    if indexes.abbreviations.isEmpty { return "" }
    let headers = ["abbreviation", "expansion", "expandedBy"].map {
      "<th scope=\"col\">\(page.label($0))</th>" as Markup
    }
    let rows = indexes.abbreviations.map { entry in
      """
      <tr><td>\(page.inline(entry.abbreviation))</td><td>\(page.inline(entry.expansion))</td>\
      <td>\(page.primary(entry.expandedByPrinted))</td></tr>
      """ as Markup
    }
    return section(
      "abbreviations",
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
}
