import Vocabulary

/// The list of participants as an HTML page.
struct ParticipantsPage {
  private let list: ParticipantsDocument
  private let page: Page

  init(_ list: ParticipantsDocument) {
    self.list = list
    page = Page(frame: list.frame)
  }

  var html: String {
    let categories = list.body.categories
    let links = categories.indices.map { index in
      """
      <li><a href="#category-\(index + 1)">\(page.primary(categories[index].name))</a> \
      \(categories[index].participants.count)</li>
      """ as Markup
    }
    let main =
      categories.isEmpty
      ? "<p>\(page.inline(list.frame.labels["nobodyRegistered"]))</p>"
      : categories.indices.map(section).joined("\n")
    return page.html(
      "participants", facts: ["<p class=\"facts\">\(page.label("total")) \(list.body.total)</p>"],
      navigation: links.count > 1 ? "<ul>\n\(links.joined("\n"))\n</ul>" : "", main: main)
  }

  private func section(_ index: Int) -> Markup {
    let category = list.body.categories[index]
    let headers = ["name", "positionAndOrganisation", "country"].map {
      "<th scope=\"col\">\(page.label($0))</th>" as Markup
    }
    let rows = category.participants.map { participant in
      let place = [participant.position, participant.organisation].map(page.inline)
        .filter { !$0.isEmpty }
      return """
        <tr><td>\(page.names(participant.names))</td><td>\(place.joined("<br/>"))</td>\
        <td>\(page.inline(participant.country))</td></tr>
        """ as Markup
    }
    return """
      <section aria-labelledby="category-\(index + 1)">
      <h2 id="category-\(index + 1)">\(page.inline(category.name))</h2>
      <div class="wide">
      <table>
      <thead><tr>\(headers.joined())</tr></thead>
      <tbody>
      \(rows.joined("\n"))
      </tbody>
      </table>
      </div>
      </section>
      """
  }
}
