import EventLog
import Foundation
import People
import ReadModels
import Scheduling
import Vocabulary

/// One session on the page: when and where it is, who takes part, and what it is about.
extension ProgramPage {
  func session(_ entry: ScheduledSlot, _ grid: ScreenGrid) -> Markup {
    let row = entry.session
    let session = row.details
    var kinds: [String] = session.track.flatMap { trackClasses[$0] }.map { [$0] } ?? []
    if session.kind.isService { kinds.append("service") }
    if entry.cancelled { kinds.append("cancelled") }
    kinds += ["c\(grid.column(entry))", "e\(grid.row(entry.slot.end))"]
    return """
      <article id="session-\(text: entry.name)" class="\(text: kinds.joined(separator: " "))">
      \(when(entry))
      <h4 id="\(text: place(entry))">\(page.inline(context.text(session.title)))\(entry.label.map { " <span class=\"part\">\(text: $0)</span>" } ?? "")</h4>
      \(facts(entry))\(who(row))\(compresses ? "" : disclosure(details[entry.name]?.whole ?? ""))\(parts(entry))</article>
      """
  }

  private func when(_ entry: ScheduledSlot) -> Markup {
    let slot = entry.slot
    let end = context.laterEnd(slot)
    let nextDay: Markup =
      end.map { date in
        " (\(page.primary(context.languages.localized { Dates.dayOfYear(date, in: $0) })))"
      } ?? ""
    let room: Markup =
      roomNames[slot.room].map { " <a href=\"#room-\(text: slot.room.slug)\">\(page.inline($0))</a>" }
      ?? ""
    return """
      <p class="when">\(text: slot.start.clock)–\(text: slot.end.clock)\(nextDay)\(room)\(marks(entry))</p>
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
      let times = previous.map { "<s>\(text: former($0, on: context.day(entry.slot)))</s>" as Markup }
      marks += " <span>\(label(Labels.Screen.formerly)) \(times.joined(", "))</span>"
    }
    return marks
  }

  private func former(_ time: ZonedTime, on date: CalendarDate) -> String {
    context.day(time) == date
      ? time.clock : Dates.dayOfYear(context.day(time), in: context.languages[0]) + "\u{a0}" + time.clock
  }

  private func change(_ entry: ScheduledSlot) -> (String, Wording)? {
    let session = entry.session
    let release = releases.last { release in
      (release.details.track ?? session.details.track) == session.details.track
        && (release.details.day ?? context.day(entry.slot)) == context.day(entry.slot)
    }
    guard let release else { return nil }
    if session.scheduledAt > release.origin.recordedAt { return ("new", Labels.Screen.new) }
    if entry.row.placedBy.position > release.origin.position {
      return ("moved", Labels.Screen.moved)
    }
    return entry.row.changedAt > release.origin.recordedAt
      ? ("changed", Labels.Screen.changed) : nil
  }

  func facts(_ entry: ScheduledSlot) -> Markup {
    let session = entry.session.details
    let own = context.program.conference?.details.languages ?? []
    var facts: [Markup] = []
    if let kind = Labels.form(session.kind) { facts.append(label(kind)) }
    if let track = session.track.flatMap({ context.program.tracks[$0.slug] }) {
      facts.append(page.inline(context.text(track.details.name)))
    }
    // In a conference of one language, readers know it.
    if own.count != 1 || session.languages != own {
      facts += context.names(of: session.languages).map(page.inline)
    }
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
    // Beside a chair, a speaker without a word would be taken for another chair.
    let isPlain = session.assignments.allSatisfy { $0.role == .speaker || $0.role == .presenter }
    func label(_ role: SessionRole, _ people: [PersonID]) -> LocalizedText? {
      isPlain ? nil : context.label(Labels.role(role, several: people.count > 1))
    }
    var groups: [(role: LocalizedText?, people: [PersonID])] = SessionRole.allCases.compactMap { role in
      let people = session.assignments.filter { $0.role == role }.map(\.person)
      return people.isEmpty ? nil : (label(role, people), people)
    }
    let named = Set(session.assignments.map(\.person))
    let presenting = session.people.filter { !named.contains($0) }
    // Most of these people are already named with their presentations.
    if (1...4).contains(presenting.count) { groups.append((label(.presenter, presenting), presenting)) }
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
            <li>\(role)<a href="#person-\(text: id.slug)">\(page.linked(person.names))</a>\(from)</li>
            """ as Markup
        }
      }
    }
    // The grid has room for three of them.
    let more: Markup = lines.count > 3 ? " data-more=\"+\(lines.count - 3)\"" : ""
    return lines.isEmpty ? "" : "<ul class=\"who\"\(more)>\n\(lines.joined("\n"))\n</ul>\n"
  }

  /// What a reader opens: the description, which is with the first shown slot, the presentations and the links.
  func details(of entry: ScheduledSlot) -> Details {
    var parts: [Markup] = []
    if described.contains(entry.name), let description = entry.session.details.description {
      parts.append("<div class=\"about\">\(page.formatted(context.text(description)))</div>")
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
    return Details(
      text: parts.joined("\n"),
      links: links.isEmpty ? "" : "<p>\(links.map(link).joined(" · "))</p>")
  }

  /// Links to the other slots of a session.
  private func parts(_ entry: ScheduledSlot) -> Markup {
    guard let siblings = siblings[entry.session.id] else { return "" }
    let others = siblings.filter { $0.number != entry.number }.map { other in
      let start = other.slot.start
      let day = context.languages.localized { Dates.dayOfYear(context.day(start), in: $0) }
      return """
        <a href="#session-\(text: other.name)">\(text: other.label ?? "") \(page.primary(day)), \
        \(text: start.clock)</a>
        """ as Markup
    }
    return "<p class=\"facts parts\">\(label(Labels.Screen.parts)): \(others.joined(" · "))</p>\n"
  }

  private func presentation(_ item: RunningOrder.Item) -> Markup {
    let presentation = item.presentation
    let people = presentation.people.compactMap { id in
      context.person(id).map { "<a href=\"#person-\(text: id.slug)\">\(page.linked($0.names))</a>" as Markup }
    }
    let language = presentation.language.map { context.names(of: [$0]).map(page.inline) } ?? []
    let links = (presentation.links ?? []).map(link)
    let lines = [
      people.joined(", "), (language + links).joined(" · "),
    ].filter { !$0.isEmpty }.map { "<p>\($0)</p>" as Markup }
    return """
      <li><time>\(text: item.start.clock)</time><b>\(page.inline(context.text(presentation.title)))</b>
      \(lines.joined())\(page.formatted(context.text(presentation.abstract)))</li>
      """
  }

  private func link(_ link: Link) -> Markup {
    let title = link.title.map { context.text($0) } ?? context.label(Labels.link(link.kind))
    return "<a href=\"\(text: link.address)\">\(page.inline(title))</a>"
  }
}
