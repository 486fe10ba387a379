import Vocabulary

/// The program as an HTML page.
struct BookletPage {
  private let booklet: BookletDocument
  private let page: Page

  init(_ booklet: BookletDocument) {
    self.booklet = booklet
    page = Page(frame: booklet.frame)
  }

  private func since(_ release: BookletDocument.Release) -> Markup {
    release.superseded
      ? " · <span class=\"alert\">\(page.inline(booklet.frame.labels["changedSince"]))</span>" : ""
  }

  var html: String {
    let body = booklet.body
    var facts: [Markup] = []
    if let release = body.release {
      facts.append(
        "<p class=\"facts\">\(page.label("version")) \(text: release.version) · \(page.inline(release.date))\(since(release))</p>"
      )
      if let note = release.note { facts.append(page.paragraphs(note)) }
    } else {
      facts.append("<p class=\"facts alert\">\(page.inline(booklet.frame.labels["notReleased"]))</p>")
    }
    var links = body.days.map { day in
      "<li><a href=\"#day-\(text: day.date.description)\">\(page.primary(day.heading))</a></li>" as Markup
    }
    if !body.rooms.isEmpty { links.append("<li><a href=\"#rooms\">\(page.label("rooms"))</a></li>") }
    if !body.persons.isEmpty {
      links.append("<li><a href=\"#persons\">\(page.label("indexOfPersons"))</a></li>")
    }
    var main = body.days.map(day).joined("\n")
    if body.days.isEmpty { main += "<p>\(page.inline(booklet.frame.labels["nothingScheduled"]))</p>" }
    return page.html(
      "program", facts: facts,
      navigation: links.isEmpty ? "" : "<ul>\n\(links.joined("\n"))\n</ul>",
      main: main + rooms + persons)
  }

  private func day(_ day: BookletDocument.Day) -> Markup {
    """
    <section aria-labelledby="day-\(text: day.date.description)">
    <h2 id="day-\(text: day.date.description)">\(page.inline(day.heading))</h2>
    \(day.sessions.map { session($0, on: day.date) }.joined("\n"))
    </section>
    """
  }

  private func session(_ session: BookletDocument.Session, on date: CalendarDate) -> Markup {
    let kinds = [session.service ? "service" : nil, session.cancelled ? "cancelled" : nil]
      .compactMap(\.self)
    let kind: Markup = kinds.isEmpty ? "" : " class=\"\(text: kinds.joined(separator: " "))\""
    let end: Markup = session.endDate.map { " (\(page.primary($0)))" } ?? ""
    var facts: [Markup] = []
    if session.cancelled { facts.append("<span class=\"alert\">\(page.label("cancelled"))</span>") }
    if let kind = session.kind { facts.append(page.primary(kind)) }
    if let room = session.room { facts.append(page.inline(room)) }
    if let track = session.track { facts.append(page.primary(track.name)) }
    facts += session.languages.map(page.primary)
    return """
      <article id="session-\(text: session.slug.slug)"\(kind)>
      <p><time datetime="\(text: date.description)T\(text: session.start)">\(text: session.start)</time>–\(text: session.end)\(end)</p>
      <div>
      <h3>\(page.inline(session.title))</h3>
      <p class="facts">\(facts.joined(" · "))</p>
      \(page.paragraphs(session.description))
      \(session.people.map(group).joined("\n"))
      </div>
      </article>
      """
  }

  private func group(_ group: PrintedGroup) -> Markup {
    let persons = group.persons.map { person in
      "<li>\(page.names(person.names))\(affiliations(person))</li>" as Markup
    }
    return """
      <p class="label">\(page.inline(group.role))</p>
      <ul class="people">
      \(persons.joined("\n"))
      </ul>
      """
  }

  private func affiliations(_ person: PrintedPerson) -> Markup {
    person.affiliations.map { "<br/><span class=\"facts\">\(page.primary($0))</span>" }.joined()
  }

  private var rooms: Markup {
    if booklet.body.rooms.isEmpty { return "" }
    let rows = booklet.body.rooms.map { room in
      """
      <tr><td>\(page.inline(room.name))\(room.note.map { "<br/>\(page.inline($0))" } ?? "")</td>\
      <td>\(room.capacity.map { Markup(text: String($0)) } ?? "")</td></tr>
      """ as Markup
    }
    return """

      <section aria-labelledby="rooms">
      <h2 id="rooms">\(page.inline(booklet.frame.labels["rooms"]))</h2>
      <table>
      <thead><tr><th scope="col">\(page.label("room"))</th><th scope="col">\(page.label("capacity"))</th></tr></thead>
      <tbody>
      \(rows.joined("\n"))
      </tbody>
      </table>
      </section>
      """
  }

  private var persons: Markup {
    if booklet.body.persons.isEmpty { return "" }
    let entries = booklet.body.persons.map { person in
      let parts = person.sessions.map {
        "<a href=\"#session-\(text: $0.slug.slug)\">\(page.primary($0.title))</a>" as Markup
      }
      return "<li>\(page.names(person.names)): \(parts.joined("; "))</li>" as Markup
    }
    return """

      <section aria-labelledby="persons">
      <h2 id="persons">\(page.inline(booklet.frame.labels["indexOfPersons"]))</h2>
      <ul class="index">
      \(entries.joined("\n"))
      </ul>
      </section>
      """
  }
}
