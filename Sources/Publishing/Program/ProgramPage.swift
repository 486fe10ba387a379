import EventLog
import Foundation
import People
import ReadModels
import Scheduling
package import Vocabulary

extension ProgramPublication {
  /// The program as one HTML page that needs no other files and works offline; see ``ProgramPage``.
  ///
  /// - Parameter previousStarts: the earlier announced starts of each slot, by its number.
  /// - Throws: `InvalidValue` if the settings select an unknown part of the program.
  package func page(previousStarts: [SessionID: [Int: [ZonedTime]]] = [:]) throws(InvalidValue) -> String {
    ProgramPage(context, try selected(), of: subset(), previousStarts).html
  }
}

/// The program on a screen.
///
/// The whole program is readable without scripts. With scripts, a reader can search, filter (the URL keeps
/// the filter, to be saved or shared), choose a language, and collect sessions in a personal program, which
/// the browser stores.
struct ProgramPage {
  private let context: PublicationContext
  private let page: Page
  private let previousStarts: [SessionID: [Int: [ZonedTime]]]
  private let entries: [ScheduledSlot]
  private let subset: [LocalizedText]
  private let siblings: [SessionID: [ScheduledSlot]]
  /// The names of the first shown entries of sessions, which have the description.
  private let described: Set<String>
  private let roomNames: [RoomID: LocalizedText]
  private let trackClasses: [TrackID: String]
  private let releases: [ReleaseRow]
  private let days: [Day]

  /// - Parameter subset: the part of the program; empty for the whole program.
  init(
    _ context: PublicationContext, _ entries: [ScheduledSlot], of subset: [LocalizedText],
    _ previousStarts: [SessionID: [Int: [ZonedTime]]]
  ) {
    self.context = context
    self.entries = entries
    self.subset = subset
    self.previousStarts = previousStarts
    page = Page(header: context.header("program"))
    days = Self.days(entries)
    siblings = Dictionary(grouping: entries, by: \.session.id).filter { $1.count > 1 }
    described = Set(entries.firstOfEachSession.map(\.name))
    let names = context.roomNames()
    roomNames = Dictionary(
      uniqueKeysWithValues: context.program.rooms.rows.map { room in
        let name = room.details.name
        let (language, text) = name.best(context.languages)
        // Rooms with the same name need the longer, unambiguous name.
        let distinct = names[room.id] ?? text
        return (room.id, distinct == text ? context.text(name) : LocalizedText([language: distinct]))
      })
    trackClasses = Dictionary(
      uniqueKeysWithValues: context.program.orderedTracks.enumerated().map {
        ($0.element.id, "t\($0.offset)")
      })
    releases = context.program.orderedReleases
  }

  var html: String {
    var links = days.map { day in
      "<li><a href=\"#day-\(text: day.date.description)\">\(page.primary(heading(day.date)))</a></li>"
        as Markup
    }
    let tracks = tracks
    let rooms = rooms
    let persons = persons
    for (section, name, label) in [
      (tracks, "tracks", context.label(Labels.fixed["tracks"]!)),
      (rooms, "rooms", context.label(Labels.fixed["rooms"]!)),
      (persons, "persons", context.label(Labels.fixed["indexOfPersons"]!)),
    ] where !section.isEmpty {
      links.append("<li><a href=\"#\(text: name)\">\(page.primary(label))</a></li>")
    }
    var main = days.map(day).joined("\n")
    if days.isEmpty { main += "<p>\(page.inline(page.header.labels["nothingScheduled"]))</p>" }
    main += "\n<p id=\"nothing\" hidden=\"hidden\">\(label(Labels.Screen.nothing))</p>"
    return page.html(
      "program", facts: subset.map { "<p>\(page.inline($0))</p>" } + release,
      navigation: links.isEmpty ? "" : "<ul>\n\(links.joined("\n"))\n</ul>",
      main: main + tracks + rooms + persons,
      Page.Extras(
        style: String(decoding: PackageResources.program_css, as: UTF8.self) + trackStyle
          + languageStyle,
        script: entries.isEmpty
          ? "" : String(decoding: PackageResources.program_js, as: UTF8.self),
        data: LinkedData.script(context, entries, previousStarts) + "\n", tools: tools,
        before: "<a class=\"skip\" href=\"#main\">\(primary(Labels.Screen.skip))</a>\n"))
  }

  private func label(_ wording: Wording) -> Markup { page.inline(context.label(wording)) }
  private func primary(_ wording: Wording) -> Markup { page.primary(context.label(wording)) }

  // MARK: The head

  private var release: [Markup] {
    guard let release = releases.last else {
      return ["<p class=\"facts alert\">\(page.inline(page.header.labels["notReleased"]))</p>"]
    }
    let date = context.languages.localized { Dates.day(release.origin.recordedAt.date, in: $0) }
    let superseded = context.program.conference?.released != release.details.version
    let since: Markup =
      superseded ? " · <span class=\"alert\">\(page.inline(page.header.labels["changedSince"]))</span>" : ""
    return [
      "<p class=\"facts\">\(page.label("version")) \(text: release.details.version) · \(page.inline(date))\(since)</p>",
      page.paragraphs(context.text(release.details.note)),
    ]
  }

  /// Used by the script, and hidden without it.
  private var tools: Markup {
    if entries.isEmpty { return "" }
    let words: [(String, Wording)] = [
      ("all", Labels.Screen.all), ("shown", Labels.Screen.shown), ("star", Labels.Screen.star),
      ("now", Labels.Screen.now),
    ]
    let selects: [(String, Wording)] = [
      ("day", Labels.Screen.day), ("track", Labels.Screen.track), ("room", Labels.Screen.room),
      ("person", Labels.Screen.person),
    ]
    return """
      <form id="filters" role="search" hidden="hidden" data-conference="\(text: context.conference.slug)" \
      aria-label="\(attribute(Labels.Screen.filter))">
      <div class="fields">
      <label>\(label(Labels.Screen.search))<input type="search" name="q" autocomplete="off"/></label>
      \(languageSelect)<label class="mine"><input type="checkbox" name="mine"/>\(label(Labels.Screen.mine))</label>
      </div>
      <details>
      <summary>\(label(Labels.Screen.filter))</summary>
      <div class="fields">
      \(selects.map { "<label>\(label($0.1))<select name=\"\(text: $0.0)\"></select></label>" as Markup }.joined("\n"))
      </div>
      </details>
      <div class="result"><p id="count" role="status"></p><button type="reset">\(label(Labels.Screen.showAll))</button></div>
      <div hidden="hidden">
      \(words.map { "<span id=\"word-\(text: $0.0)\">\(label($0.1))</span>" as Markup }.joined("\n"))
      </div>
      </form>

      """
  }

  private func attribute(_ wording: Wording) -> Markup {
    Markup(text: context.label(wording).best(context.languages).text)
  }

  private var languageSelect: Markup {
    if context.languages.count == 1 { return "" }
    let options = context.languages.map { language in
      let name = Labels.languages[language.primary].map { $0.localized([language]).best([language]) }
      return """
        <option value="\(text: language.tag)" lang="\(text: name?.language.tag ?? "en")">\
        \(text: name?.text ?? language.tag)</option>
        """ as Markup
    }
    return """
      <label>\(label(Labels.Screen.language))<select name="language">
      <option value="">\(primary(Labels.Screen.allLanguages))</option>
      \(options.joined("\n"))
      </select></label>

      """
  }

  /// Shows only the reader's language of a text; if the text lacks it, the first one.
  private var languageStyle: String {
    if context.languages.count == 1 { return "" }
    return context.languages.map { language in
      let chosen = "[data-language=\"\(language)\"] .m"
      let has = ":has(> [lang=\"\(language)\"])"
      return "\(chosen)\(has) > :not([lang=\"\(language)\"]), "
        + "\(chosen):not(\(has)) > :not(:first-child) { display: none; }\n"
    }
    .joined()
  }

  private var trackStyle: String {
    context.program.orderedTracks.compactMap { track in
      guard let name = trackClasses[track.id], let color = track.details.color,
        color.wholeMatch(of: /#[0-9A-Fa-f]{3,8}/) != nil
      else { return nil }
      return ".\(name) { --track: \(color); }\n"
    }
    .joined()
  }

  // MARK: Days

  private struct Day {
    let date: CalendarDate
    /// Sessions that begin at the same time.
    var groups: [(start: ZonedTime, entries: [ScheduledSlot])]
  }

  private static func days(_ entries: [ScheduledSlot]) -> [Day] {
    var days: [Day] = []
    for entry in entries {
      let start = entry.slot.start
      if days.last?.date != start.date { days.append(Day(date: start.date, groups: [])) }
      let day = days.count - 1
      if days[day].groups.last?.start != start { days[day].groups.append((start, [])) }
      days[day].groups[days[day].groups.count - 1].entries.append(entry)
    }
    return days
  }

  private func heading(_ date: CalendarDate) -> LocalizedText {
    context.languages.localized { Dates.weekday(date, in: $0) }
  }

  private func day(_ day: Day) -> Markup {
    let date = day.date.description
    let groups = day.groups.map { group in
      """
      <div class="at">
      <h3>\(time(group.start))</h3>
      <div class="cards">
      \(group.entries.map(session).joined("\n"))
      </div>
      </div>
      """ as Markup
    }
    return """
      <section class="day" id="day-\(text: date)" aria-labelledby="date-\(text: date)">
      <h2 id="date-\(text: date)">\(page.inline(heading(day.date)))</h2>
      \(groups.joined("\n"))
      </section>
      """
  }

  private func time(_ time: ZonedTime) -> Markup {
    """
    <time datetime="\(text: time.date.description)T\(text: time.clock)\(text: ZoneRules.printed(time.offset))">\
    \(text: time.clock)</time>
    """
  }

  // MARK: Sessions

  private func session(_ entry: ScheduledSlot) -> Markup {
    let row = entry.session
    let session = row.details
    var kinds: [String] = session.track.flatMap { trackClasses[$0] }.map { [$0] } ?? []
    if session.kind.isService { kinds.append("service") }
    if entry.cancelled { kinds.append("cancelled") }
    let kind: Markup = kinds.isEmpty ? "" : " class=\"\(text: kinds.joined(separator: " "))\""
    return """
      <article id="session-\(text: entry.name)"\(kind)>
      \(when(entry))
      <h4>\(page.inline(context.text(session.title)))\(entry.label.map { " \(text: $0)" } ?? "")</h4>
      \(facts(entry))\(who(row))\(details(entry))</article>
      """
  }

  private func when(_ entry: ScheduledSlot) -> Markup {
    let slot = entry.slot
    let end = slot.end.date == slot.start.date ? nil : slot.end.date
    let nextDay: Markup =
      end.map { date in
        " (\(page.primary(context.languages.localized { Dates.dayOfYear(date, in: $0) })))"
      } ?? ""
    let room: Markup =
      roomNames[slot.room].map { " · <a href=\"#room-\(text: slot.room.slug)\">\(page.inline($0))</a>" }
      ?? ""
    return """
      <p class="when">\(time(slot.start))–\(time(slot.end))\(nextDay)\(room)\(marks(entry))</p>
      """
  }

  /// Cancelled, or what has changed since the release.
  private func marks(_ entry: ScheduledSlot) -> Markup {
    if entry.cancelled {
      return " <span class=\"mark cancelled\">\(page.inline(page.header.labels["cancelled"]))</span>"
    }
    var marks: Markup = ""
    if let (kind, wording) = change(entry) {
      marks += " <span class=\"mark \(text: kind)\">\(label(wording))</span>"
    }
    let previous = previousStarts[entry.session.id]?[entry.number] ?? []
    if !previous.isEmpty {
      let times = previous.map { "<s>\(text: former($0, on: entry.slot.start.date))</s>" as Markup }
      marks += " <span>\(label(Labels.Screen.formerly)) \(times.joined(", "))</span>"
    }
    return marks
  }

  private func former(_ time: ZonedTime, on date: CalendarDate) -> String {
    time.date == date
      ? time.clock : Dates.dayOfYear(time.date, in: context.languages[0]) + "\u{a0}" + time.clock
  }

  private func change(_ entry: ScheduledSlot) -> (String, Wording)? {
    let session = entry.session
    let release = releases.last { release in
      (release.details.track ?? session.details.track) == session.details.track
        && (release.details.day ?? entry.slot.start.date) == entry.slot.start.date
    }
    guard let release else { return nil }
    if session.scheduledAt > release.origin.recordedAt { return ("new", Labels.Screen.new) }
    if entry.row.placedBy.position > release.origin.position {
      return ("moved", Labels.Screen.moved)
    }
    return entry.row.changedAt > release.origin.recordedAt
      ? ("changed", Labels.Screen.changed) : nil
  }

  private func facts(_ entry: ScheduledSlot) -> Markup {
    let session = entry.session.details
    var facts: [Markup] = []
    if let kind = Labels.form(session.kind) { facts.append(label(kind)) }
    if let track = session.track.flatMap({ context.program.tracks[$0.slug] }) {
      facts.append(page.inline(context.text(track.details.name)))
    }
    facts += context.names(of: session.languages).map(page.inline)
    if let into = session.interpretation, !into.isEmpty {
      let names = context.names(of: into).map(page.inline)
      facts.append("\(label(Labels.fixed["interpretedInto"]!)) \(names.joined(", "))")
    }
    if let recording = context.recording(session.recording?.notable) {
      facts += [recording.label, recording.note].compactMap { $0.map(page.inline) }
    }
    return facts.isEmpty ? "" : "<p class=\"facts\">\(facts.joined(" · "))</p>\n"
  }

  private func who(_ session: SessionRow) -> Markup {
    var groups: [(role: LocalizedText?, people: [PersonID])] = SessionRole.allCases.compactMap { role in
      let people = session.assignments.filter { $0.role == role }.map(\.person)
      let plain = role == .speaker || role == .presenter
      return people.isEmpty
        ? nil : (plain ? nil : context.label(Labels.role(role, several: people.count > 1)), people)
    }
    let named = Set(session.assignments.map(\.person))
    let presenting = session.people.filter { !named.contains($0) }
    // Most of these people are already named with their presentations.
    if (1...4).contains(presenting.count) { groups.append((nil, presenting)) }
    let lines = groups.flatMap { group in
      group.people.enumerated().compactMap { index, id in
        context.person(id).map { person in
          let role: Markup =
            index == 0
            ? group.role.map { "<span class=\"label\">\(page.inline($0))</span> " } ?? "" : ""
          let affiliations = person.affiliations.map { page.inline($0) }
          let from: Markup =
            affiliations.isEmpty ? "" : " <span class=\"other\">\(affiliations.joined("; "))</span>"
          return """
            <li>\(role)<a href="#person-\(text: id.slug)">\(page.names(person.names))</a>\(from)</li>
            """ as Markup
        }
      }
    }
    return lines.isEmpty ? "" : "<ul class=\"who\">\n\(lines.joined("\n"))\n</ul>\n"
  }

  /// The details of a session. Its description is with the first shown slot, and the other
  /// slots link to it.
  private func details(_ entry: ScheduledSlot) -> Markup {
    var parts: [Markup] = []
    if described.contains(entry.name), let description = entry.session.details.description {
      parts.append(page.paragraphs(context.text(description)))
    }
    if !entry.items.isEmpty {
      parts.append(
        """
        <h5>\(label(Labels.Screen.presentations))</h5>
        <ol>
        \(entry.items.map(presentation).joined("\n"))
        </ol>
        """)
    }
    let links = entry.session.details.links ?? []
    if !links.isEmpty { parts.append("<p>\(links.map(link).joined(" · "))</p>") }
    var details: Markup = ""
    if !parts.isEmpty {
      details = """
        <details><summary>\(label(Labels.Screen.details))</summary>
        \(parts.joined("\n"))
        </details>

        """
    }
    guard let siblings = siblings[entry.session.id] else { return details }
    let others = siblings.filter { $0.number != entry.number }.map { other in
      let start = other.slot.start
      let day = context.languages.localized { Dates.dayOfYear(start.date, in: $0) }
      return """
        <a href="#session-\(text: other.name)">\(text: other.label ?? "") \(page.primary(day)), \
        \(text: start.clock)</a>
        """ as Markup
    }
    return details
      + "<p class=\"facts\">\(label(Labels.Screen.parts)): \(others.joined(" · "))</p>\n"
  }

  private func presentation(_ item: RunningOrder.Item) -> Markup {
    let presentation = item.presentation
    let people = presentation.people.compactMap { id in
      context.person(id).map { "<a href=\"#person-\(text: id.slug)\">\(page.names($0.names))</a>" as Markup }
    }
    let language = presentation.language.map { context.names(of: [$0]).map(page.inline) } ?? []
    let links = (presentation.links ?? []).map(link)
    let lines = [
      people.joined(", "), (language + links).joined(" · "),
    ].filter { !$0.isEmpty }.map { "<p>\($0)</p>" as Markup }
    return """
      <li><time>\(text: item.start.clock)</time><b>\(page.inline(context.text(presentation.title)))</b>
      \(lines.joined())\(page.paragraphs(context.text(presentation.abstract)))</li>
      """
  }

  private func link(_ link: Link) -> Markup {
    let title = link.title.map { context.text($0) } ?? context.label(Labels.link(link.kind))
    return "<a href=\"\(text: link.address)\">\(page.inline(title))</a>"
  }

  // MARK: Tracks, rooms, persons

  private var tracks: Markup {
    let used = Set(entries.compactMap(\.session.details.track))
    let tracks = context.program.orderedTracks.filter { used.contains($0.id) }
    if tracks.isEmpty { return "" }
    let items = tracks.map { track in
      """
      <li id="track-\(text: track.id.slug)" class="\(text: trackClasses[track.id] ?? "")">\
      \(page.inline(context.text(track.details.name)))</li>
      """ as Markup
    }
    return """

      <section aria-labelledby="tracks">
      <h2 id="tracks">\(label(Labels.fixed["tracks"]!))</h2>
      <ul class="tracks">
      \(items.joined("\n"))
      </ul>
      </section>
      """
  }

  private var rooms: Markup {
    let used = Set(entries.map(\.slot.room))
    let rooms = context.program.orderedRooms.filter { !$0.closed || used.contains($0.id) }
    if rooms.isEmpty { return "" }
    let atVenues = rooms.contains { $0.details.venue != nil }
    let rows = rooms.map { row in
      let room = row.details
      let note: Markup = room.note.map { "<br/>\(page.inline(context.text($0)))" } ?? ""
      let venue = room.venue.flatMap { context.program.venues[$0.slug] }?.details
      let address: Markup =
        venue?.address.map { "<br/><span class=\"other\">\(page.inline(context.text($0)))</span>" } ?? ""
      let place: Markup =
        atVenues ? "<td>\(page.inline(context.text(venue?.name)))\(address)</td>" : ""
      return """
        <tr id="room-\(text: row.id.slug)"><td>\(page.inline(context.text(room.name)))\(note)</td>\(place)\
        <td>\(room.capacity.map { Markup(text: String($0)) } ?? "")</td></tr>
        """ as Markup
    }
    let venue: Markup = atVenues ? "<th scope=\"col\">\(label(Labels.Screen.venue))</th>" : ""
    return """

      <section aria-labelledby="rooms">
      <h2 id="rooms">\(page.inline(page.header.labels["rooms"]))</h2>
      <div class="wide">
      <table>
      <thead><tr><th scope="col">\(page.label("room"))</th>\(venue)<th scope="col">\(page.label("capacity"))</th></tr></thead>
      <tbody>
      \(rows.joined("\n"))
      </tbody>
      </table>
      </div>
      </section>
      """
  }

  private var persons: Markup {
    var sessions: [PersonID: [ScheduledSlot]] = [:]
    for entry in entries {
      for person in entry.session.people where entry.involves(person) {
        sessions[person, default: []].append(entry)
      }
    }
    let items = context.people.compactMap { person in sessions[person.person].map { item(person, $0) } }
    if items.isEmpty { return "" }
    return """

      <section aria-labelledby="persons">
      <h2 id="persons">\(page.inline(page.header.labels["indexOfPersons"]))</h2>
      <ul class="index">
      \(items.joined("\n"))
      </ul>
      </section>
      """
  }

  private func item(_ person: PersonRow, _ entries: [ScheduledSlot]) -> Markup {
    let severalDays = days.count > 1
    let sessions = entries.map { entry in
      let start = entry.slot.start
      let day = severalDays ? Dates.dayOfYear(start.date, in: context.languages[0]) + ", " : ""
      return """
        \(text: day)\(text: start.clock) <a href="#session-\(text: entry.name)">\
        \(page.primary(context.text(entry.session.details.title)))</a>
        """ as Markup
    }
    let biography = person.details.biography.map { biography in
      "<details><summary>\(label(Labels.Screen.details))</summary>\(page.paragraphs(context.text(biography)))</details>"
        as Markup
    }
    return """
      <li id="person-\(text: person.person.slug)">\(page.names(person.name.forms(context.languages, filed: true)))<br/>
      \(sessions.joined("<br/>\n"))\(biography ?? "")</li>
      """
  }
}
