import Vocabulary

/// A corrigendum as an HTML page.
struct CorrigendumPage {
  private let document: CorrigendumDocument
  private let page: Page

  init(_ document: CorrigendumDocument) {
    self.document = document
    page = Page(header: document.header)
  }

  var html: String {
    let corrections = CorrectionList(page)
    return page.html(
      "corrigendum",
      facts: [
        "<p class=\"facts\"><strong>\(page.inline(document.body.heading))</strong> · \(page.inline(document.body.date))</p>"
      ], navigation: "", main: document.body.items.map { corrections.item($0, linked: false) }.joined("\n"))
  }
}

/// Corrections on a page of the record, and on a corrigendum.
struct CorrectionList {
  private let page: Page

  init(_ page: Page) { self.page = page }

  /// - Parameter linked: whether the paragraph is on the same page.
  func item(_ item: PrintedCorrection, linked: Bool) -> Markup {
    let number = item.number.map { number -> Markup in
      let shown = (linked ? item.paragraph : nil).map {
        "<a href=\"#\(text: $0)\">\(text: number)</a>" as Markup
      }
      return "<span class=\"number\">\(shown ?? Markup(text: number))</span>"
    }
    let changes = item.changes.map { change -> Markup in
      let old: Markup =
        change.old.map {
          "<p><span class=\"label\">\(page.label("oldWords"))</span> <del>\(page.inline($0))</del></p>"
        } ?? ""
      let new: Markup =
        change.new.map {
          "<p><span class=\"label\">\(page.label("newWords"))</span> <ins>\(page.inline($0))</ins></p>"
        } ?? ""
      return "<p class=\"facts\">\(page.primary(change.label))</p>\n\(old)\(new)"
    }
    let facts = item.facts.map { fact -> Markup in
      "<p class=\"facts\"><span class=\"label\">\(page.primary(fact.label))</span> \(page.inline(fact.text))</p>"
    }
    return """
      <div class="statement" id="\(text: item.anchor)">
      <h3>\(number ?? "")\(page.primary(item.session))</h3>
      <p class="facts">\(page.primary(item.heading))</p>
      \(changes.joined("\n"))
      \(facts.joined("\n"))
      </div>
      """
  }
}
