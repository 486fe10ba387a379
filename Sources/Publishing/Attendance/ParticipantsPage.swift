import Vocabulary

/// The list of participants as an HTML page.
struct ParticipantsPage {
  private let list: ParticipantsDocument
  private let page: Page

  init(_ list: ParticipantsDocument) {
    self.list = list
    page = Page(header: list.header)
  }

  var html: String {
    let groups = list.body.groups
    let links = groups.indices.compactMap { index in
      groups[index].name.map { name in
        """
        <li><a href="#group-\(index + 1)">\(page.primary(name))</a> \
        \(groups[index].participants.count)</li>
        """ as Markup
      }
    }
    let main =
      groups.isEmpty
      ? "<p>\(page.inline(list.header.labels["nobodyRegistered"]))</p>"
      : groups.indices.map(section).joined("\n")
    return page.html(
      "participants", facts: ["<p class=\"facts\">\(page.label("total")) \(list.body.total)</p>"],
      navigation: links.count > 1 ? "<ul>\n\(links.joined("\n"))\n</ul>" : "", main: main,
      page.search(in: main))
  }

  private func section(_ index: Int) -> Markup {
    let group = list.body.groups[index]
    let columns = columns
    let headers = columns.map { "<th scope=\"col\">\(page.label(label(of: $0)))</th>" as Markup }
    let rows = group.participants.map { participant in
      "<tr>\(columns.map { "<td>\(cell($0, participant))</td>" as Markup }.joined())</tr>" as Markup
    }
    let heading: Markup =
      group.name.map { "<h2 id=\"group-\(index + 1)\">\(page.inline($0))</h2>\n" } ?? ""
    let named: Markup = group.name == nil ? "" : " aria-labelledby=\"group-\(index + 1)\""
    return """
      <section\(named)>
      \(heading)<div class="wide" tabindex="0">
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

  /// A page leaves out columns for handwriting and for arrivals.
  private var columns: [ListColumn] {
    list.body.columns.filter { ![.signature, .tick, .number, .checkedIn].contains($0) }
      .filter { $0 != .organisation || !joinsPosition }
  }

  /// Position and organisation share a column if they are adjacent.
  private var joinsPosition: Bool {
    zip(list.body.columns, list.body.columns.dropFirst()).contains { $0 == .position && $1 == .organisation }
  }

  /// The key of the label.
  private func label(of column: ListColumn) -> String {
    switch column {
    case .position: joinsPosition ? "positionAndOrganisation" : "positionHeld"
    case .checkedIn: "present"
    case .name, .organisation, .country, .category, .email, .note, .sessions, .presence, .signature, .tick,
      .number, .attendee:
      column.rawValue
    }
  }

  private func cell(_ column: ListColumn, _ participant: PeopleList.Participant) -> Markup {
    switch column {
    case .name: page.names(participant.names)
    case .position:
      [participant.position, joinsPosition ? participant.organisation : nil].map(page.inline)
        .filter { !$0.isEmpty }.joined("<br/>")
    case .organisation: page.inline(participant.organisation)
    case .country: page.inline(participant.country)
    case .category: page.primary(participant.category.name)
    case .sessions: participant.sessions.map(page.primary).joined("; ")
    case .attendee: Markup(text: participant.attendee.slug)
    // An open list never has the first three.
    case .email, .note, .presence, .checkedIn, .signature, .tick, .number: ""
    }
  }
}
