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
  let context: PublicationContext
  let page: Page
  let previousStarts: [SessionID: [Int: [ZonedTime]]]
  let entries: [ScheduledSlot]
  private let subset: [LocalizedText]
  let siblings: [SessionID: [ScheduledSlot]]
  /// The names of the first shown entries of sessions, which have the description.
  let described: Set<String>
  let roomNames: [RoomID: LocalizedText]
  let trackClasses: [TrackID: String]
  let releases: [ReleaseRow]
  let days: [Day]

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

  func label(_ wording: Wording) -> Markup { page.inline(context.label(wording)) }
  func primary(_ wording: Wording) -> Markup { page.primary(context.label(wording)) }

  // MARK: The head

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
    var groups: [(start: ZonedTime, entries: [ScheduledSlot])]
  }

  private static func days(_ context: PublicationContext, _ entries: [ScheduledSlot]) -> [Day] {
    var days: [Day] = []
    for entry in entries {
      let start = entry.slot.start
      let date = context.day(entry.slot)
      if days.last?.date != date { days.append(Day(date: date, groups: [])) }
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
    let note: Markup =
      context.note(day.date, day.groups.flatMap(\.entries)).map {
        "\n<p class=\"facts\">\(page.inline($0))</p>"
      } ?? ""
    return """
      <section class="day" id="day-\(text: date)" aria-labelledby="date-\(text: date)">
      <h2 id="date-\(text: date)">\(page.inline(heading(day.date)))</h2>\(note)
      \(groups.joined("\n"))
      </section>
      """
  }

  func time(_ time: ZonedTime) -> Markup {
    """
    <time datetime="\(text: time.date.description)T\(text: time.clock)\(text: ZoneRules.printed(time.offset))">\
    \(text: time.clock)</time>
    """
  }
}
