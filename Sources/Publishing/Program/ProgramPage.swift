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
  package func page(previousStarts: [SessionID: [Int: [ZonedTime]]] = [:]) throws -> String {
    try ProgramPage(context, try selected(), of: subset(), previousStarts).html()
  }
}

/// The program on a screen.
///
/// The whole program is readable without scripts, as a list and as a grid; see ``ScreenGrid``. With scripts, a reader can search,
/// filter (the URL keeps the filter, to be saved or shared), choose a language, jump to what is on now, and collect sessions
/// in a personal program, which the browser stores: to print it, to share it as a link, and to take it into a calendar.
struct ProgramPage {
  let context: PublicationContext
  let page: Page
  let previousStarts: [SessionID: [Int: [ZonedTime]]]
  let entries: [ScheduledSlot]
  private let subset: [LocalizedText]
  let siblings: [SessionID: [ScheduledSlot]]
  /// The names of the first shown entries of sessions, which have the description.
  let described: Set<String>
  /// Short addresses within the page, by the names of the entries: each is on it many times.
  private let places: [String: String]
  let roomNames: [RoomID: LocalizedText]
  let trackClasses: [TrackID: String]
  let releases: [ReleaseRow]
  let days: [Day]
  let participants: [(person: PersonRow, entries: [ScheduledSlot])]
  /// What is shown when a reader opens a session, by the entry's name.
  private(set) var details: [String: Details] = [:]
  /// Whether these texts and the biographies are compressed at the end of the page, because they are long. The script
  /// decompresses them.
  private(set) var compresses = false

  /// The bytes of text from which on they are compressed. They are two thirds smaller then, and a large page opens faster.
  private static let longest = 400_000

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
    days = Self.days(context, entries)
    siblings = Dictionary(grouping: entries, by: \.session.id).filter { $1.count > 1 }
    described = Set(entries.firstOfEachSession.map(\.name))
    places = Self.places(entries)
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
    participants = Self.participants(context, entries)
    for entry in entries { details[entry.name] = details(of: entry) }
    let biographies = participants.flatMap { page.texts($0.person.details.biography) }
    compresses =
      details.values.reduce(0) { $0 + $1.whole.source.utf8.count }
      + biographies.reduce(0) { $0 + $1.text.utf8.count } > Self.longest
  }

  func html() throws -> String {
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
    return try page.html(
      "program", facts: attendance + subset.map { "<p>\(page.inline($0))</p>" } + release,
      navigation: links.isEmpty ? "" : "<ul>\n\(links.joined("\n"))\n</ul>",
      main: main + tracks + rooms + persons,
      Page.Extras(
        style: Page.minified(PackageResources.form_css) + Page.minified(PackageResources.program_css)
          + trackStyle + gridStyle
          + languageStyle,
        script: entries.isEmpty
          ? "" : Page.minified(PackageResources.search_js) + Page.minified(PackageResources.program_js),
        data: try LinkedData.script(context) + "\n", tools: notice + view + tools,
        before: "<a class=\"skip\" href=\"#main\">\(primary(Labels.Screen.skip))</a>\n",
        after: entries.isEmpty ? "" : facts() + compressedTexts))
  }

  func place(_ entry: ScheduledSlot) -> String { places[entry.name] ?? "session-" + entry.name }

  /// Made of the names alone, so that an address means the same entry on the page of the next release.
  private static func places(_ entries: [ScheduledSlot]) -> [String: String] {
    var (places, taken): ([String: String], Set<String>) = ([:], [])
    for name in entries.map(\.name) where places[name] == nil {
      let digest = hexadecimal(sha256(name))
      // Longer where another one begins in the same way.
      let place =
        (7...digest.count).lazy.map { "s" + digest.prefix($0) }.first { !taken.contains($0) } ?? name
      places[name] = place
      taken.insert(place)
    }
    return places
  }

  func label(_ wording: Wording) -> Markup { page.inline(context.label(wording)) }
  func primary(_ wording: Wording) -> Markup { page.primary(context.label(wording)) }

  // MARK: The head

  /// The website, what it costs, and where to register.
  private var attendance: [Markup] {
    guard let details = context.program.conference?.details else { return [] }
    func link(_ address: WebAddress?, _ wording: Wording) -> Markup? {
      address.map { "<a href=\"\(text: $0.address)\">\(label(wording))</a>" }
    }
    let admission = details.admission.map { admission -> Markup in
      "<span class=\"label\">\(label(Labels.change(.admission)))</span> \(label(Labels.admission(admission)))"
    }
    let facts = [
      link(details.website, Labels.change(.website)), admission,
      link(details.tickets, Labels.change(.tickets)),
    ].compactMap(\.self)
    return facts.isEmpty ? [] : ["<p class=\"facts\">\(facts.joined(" · "))</p>"]
  }

  var release: [Markup] {
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

  /// For readers without the script, who do not see what is compressed.
  private var notice: Markup {
    compresses ? "<noscript><p>\(label(Labels.Screen.needsScript))</p></noscript>\n" : ""
  }

  /// The choice between list and grid, which needs no script.
  private var view: Markup {
    if entries.isEmpty { return "" }
    let choices = [("list", Labels.Screen.list), ("grid", Labels.Screen.grid)].map { name, wording in
      let checked: Markup = name == "list" ? " checked=\"checked\"" : ""
      return """
        <label><input type="radio" name="view" id="view-\(text: name)" value="\(text: name)"\(checked)/>\(label(wording))</label>
        """ as Markup
    }
    return """
      <section class="view" aria-label="\(attribute(Labels.fixed["program"]!))">\(choices.joined())</section>

      """
  }

  /// Used by the script, and hidden without it.
  private var tools: Markup {
    if entries.isEmpty { return "" }
    let words: [(String, Wording)] =
      [
        ("all", Labels.Screen.all), ("shown", Labels.Screen.shown), ("star", Labels.Screen.star),
        ("now", Labels.Screen.now), ("next", Labels.Screen.next), ("over", Labels.Screen.over),
        ("details", Labels.Screen.details), ("calendar", Labels.Screen.calendar),
        ("clash", Labels.Screen.sameTime), ("copied", Labels.Screen.copied), ("shared", Labels.Screen.shared),
      ] + (compresses ? [("compressed", Labels.Screen.needsScript)] : [])
    let selects: [(String, Wording)] = [
      ("day", Labels.Screen.day), ("track", Labels.Screen.track), ("room", Labels.Screen.room),
      ("person", Labels.Screen.person),
    ]
    return """
      <form id="filters" role="search" hidden="hidden" data-conference="\(text: context.conference.slug)" \
      aria-label="\(attribute(Labels.Screen.filter))">
      <div class="fields">
      <label>\(label(Labels.Screen.search))<input type="search" name="q" autocomplete="off"/></label>
      \(languageSelect)<button type="button" id="jump">\(label(Labels.Screen.jump))</button>
      <label class="choice"><input type="checkbox" name="mine"/><span>\(label(Labels.Screen.mine)) <span id="stars"></span></span></label>
      <label class="choice" hidden="hidden"><input type="checkbox" name="own"/>\
      <span>\(label(Labels.Screen.ownZone)) <span id="own-zone"></span></span></label>
      </div>
      <details>
      <summary>\(label(Labels.Screen.filter))</summary>
      <div class="fields">
      \(selects.map { "<label>\(label($0.1))<select name=\"\(text: $0.0)\"></select></label>" as Markup }.joined("\n"))
      </div>
      </details>
      <div id="shared" class="result" hidden="hidden"><p></p>\
      <button type="button" id="adopt">\(label(Labels.Screen.adopt))</button></div>
      <div id="personal" class="result" hidden="hidden">
      <button type="button" id="calendar">\(label(Labels.Screen.myCalendar))</button>
      <a id="share" href="#main">\(label(Labels.Screen.share))</a>
      <button type="button" id="print">\(label(Labels.Screen.printMine))</button>
      </div>
      <div class="result"><p id="count" role="status"></p><p id="said" role="status"></p>\
      <button type="reset">\(label(Labels.Screen.showAll))</button></div>
      <div hidden="hidden">
      \(words.map { "<span id=\"word-\(text: $0.0)\">\(label($0.1))</span>" as Markup }.joined("\n"))
      </div>
      </form>

      """
  }

  // MARK: For the script

  private struct Facts: Encodable {
    /// The times of each day's rows in the grid, in minutes since 1970.
    let times: [[Int]]
    /// The identifiers in calendars, in the order of the page; of a UUID, its bytes in base64.
    let uids: [String]
    /// How often a session was moved, where it was, by its place in the list.
    let sequences: [String: Int]
  }

  /// What readers do not see.
  private func facts() throws -> Markup {
    let identities = Identities(
      context.conference, context.program.conference, Array(context.program.sessions.rows))
    let moved = entries.enumerated().filter { $0.element.row.sequence > 0 }
    return try Markup(
      json: Facts(
        times: days.map { $0.grid.times.map { Int($0.microseconds / 60_000_000) } },
        uids: entries.map { Self.short(identities.uid($0.session.id, slot: $0.number)) },
        sequences: Dictionary(
          uniqueKeysWithValues: moved.map { (String($0.offset), $0.element.row.sequence) })),
      type: "application/json", id: "facts") + "\n"
  }

  private static func short(_ uid: String) -> String {
    guard let uuid = UUID(uuidString: uid) else { return uid }
    return withUnsafeBytes(of: uuid.uuid) { Data($0).base64EncodedString() }
  }

  /// What sessions are about, their links, and the biographies, in the order of the page: what is alike is together, which
  /// makes it smaller.
  private var compressedTexts: Markup {
    guard compresses else { return "" }
    let sessions = entries.map { details[$0.name] ?? Details() }
    let texts = sessions.map(\.text) + sessions.map(\.links) + participants.map { biography($0.person) }
    // No text can have the sign between them.
    let compressed = CompressedText(texts.map(\.source).joined(separator: "\u{1}"))
    return """
      <script type="text/plain" id="compressed" data-length="\(text: String(compressed.length))">\
      \(Markup(stringLiteral: compressed.text))</script>

      """
  }

  struct Details {
    var text: Markup = ""
    var links: Markup = ""
    var whole: Markup { [text, links].filter { !$0.isEmpty }.joined("\n") }
  }

  /// A text that readers open.
  func disclosure(_ text: Markup) -> Markup {
    text.isEmpty
      ? "" : "<details><summary>\(label(Labels.Screen.details))</summary>\n\(text)\n</details>\n"
  }

  private func attribute(_ wording: Wording) -> Markup {
    Markup(text: context.label(wording).best(context.languages).text)
  }

  private var languageSelect: Markup {
    if context.languages.count == 1 { return "" }
    let options = context.languages.map { language in
      let name = Labels.language(language).localized([language]).best([language])
      return """
        <option value="\(text: language.tag)" lang="\(text: name.language.tag)">\
        \(text: name.text)</option>
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
    let colors = TrackColors(context.program)
    return context.program.orderedTracks.compactMap { track in
      let color = colors[track]
      guard let name = trackClasses[track.id], color.wholeMatch(of: /#[0-9A-Fa-f]{3,8}/) != nil else {
        return nil
      }
      return ".\(name) { --track: \(color); }\n"
    }
    .joined()
  }

  // MARK: Days

  struct Day {
    let date: CalendarDate
    /// Sessions that begin at the same time.
    let groups: [(start: ZonedTime, entries: [ScheduledSlot])]
    let grid: ScreenGrid

    init(_ date: CalendarDate, _ entries: [ScheduledSlot], rooms: [RoomID]) {
      self.date = date
      grid = ScreenGrid(entries, rooms: rooms)
      groups = entries.runs(by: \.slot.start).map { ($0.key, $0.elements) }
    }
  }

  private static func days(_ context: PublicationContext, _ entries: [ScheduledSlot]) -> [Day] {
    let rooms = context.program.orderedRooms.map(\.id)
    return entries.runs { context.day($0.slot) }.map { Day($0.key, $0.elements, rooms: rooms) }
  }

  private func heading(_ date: CalendarDate) -> LocalizedText {
    context.languages.localized { Dates.weekday(date, in: $0) }
  }

  private func day(_ day: Day) -> Markup {
    let date = day.date.description
    let grid = day.grid
    let names = grid.rooms.map { room in
      let width: Markup = room.width > 1 ? " w\(room.width)" : ""
      return "<span class=\"c\(room.column)\(width)\">\(roomNames[room.id].map(page.inline) ?? "")</span>"
        as Markup
    }
    let groups = day.groups.map { group in
      """
      <div class="at s\(grid.row(group.start))">
      <h3>\(time(group.start))</h3>
      <div class="cards">
      \(group.entries.map { session($0, grid) }.joined("\n"))
      </div>
      </div>
      """ as Markup
    }
    let note: Markup =
      context.note(day.date, day.groups.flatMap(\.entries)).map {
        "\n<p class=\"facts\">\(page.inline($0))</p>"
      } ?? ""
    return """
      <section class="day" id="day-\(text: date)" aria-labelledby="date-\(text: date)">
      <h2 id="date-\(text: date)">\(page.inline(heading(day.date)))</h2>\(note)
      <div class="hours">
      <p class="names" aria-hidden="true">\(names.joined())</p>
      \(groups.joined("\n"))
      </div>
      </section>
      """
  }

  /// The columns and rows that the days of this page have.
  private var gridStyle: String {
    let grids = days.map(\.grid)
    let rows = grids.map(\.lastRow).max() ?? 1
    let columns = grids.map(\.lastColumn).max() ?? 1
    let widths = Set(grids.flatMap(\.rooms).map(\.width)).filter { $0 > 1 }.sorted()
    return (rows < 2 ? [] : (2...rows).map { ".s\($0) { --s: \($0); }\n.e\($0) { --e: \($0); }\n" }).joined()
      + (columns < 2 ? [] : (2...columns).map { ".c\($0) { --c: \($0); }\n" }).joined()
      + widths.map { ".w\($0) { --w: \($0); }\n" }.joined()
  }

  func time(_ time: ZonedTime) -> Markup {
    """
    <time datetime="\(text: time.date.description)T\(text: time.clock)\(text: ZoneRules.printed(time.offset))">\
    \(text: time.clock)</time>
    """
  }
}

extension Array {
  /// Neighbours with the same key together.
  fileprivate func runs<Key: Equatable>(by key: (Element) -> Key) -> [(key: Key, elements: [Element])] {
    reduce(into: []) { runs, element in
      let own = key(element)
      if runs.last?.key != own { runs.append((own, [])) }
      runs[runs.count - 1].elements.append(element)
    }
  }
}
