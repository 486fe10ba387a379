import People
package import ReadModels
import Scheduling
package import Vocabulary

/// A difference in words: “Room: Science Hall → Annex”.
package struct ChangeLine: Encodable, Sendable, Equatable {
  package let label: LocalizedText
  /// The part of the session that changed: a slot, a presentation or a person.
  @Nullable package var subject: LocalizedText?
  /// The old value. A list has one element per member.
  package let old: [LocalizedText]
  package let new: [LocalizedText]
  /// Whether it is a whole text, of which only the new version is printed.
  package let long: Bool
}

/// Describes the differences between two states of a program.
package struct ChangeWords: Sendable {
  let before: PublicationContext
  let after: PublicationContext

  init(before: PublicationContext, after: PublicationContext) {
    self.before = before
    self.after = after
  }

  /// In the publication's languages.
  package init(from before: ProgramModel, to publication: ProgramPublication) {
    let after = publication.context
    var settings = after.settings
    settings.languages = after.languages
    self.init(before: PublicationContext(after.conference, before, after.checkpoint, settings), after: after)
  }

  private var languages: [Language] { after.languages }

  /// All changes with a description, without those that ``ProgramDiff/ChangedSession/fate`` already
  /// expresses.
  package func lines(_ session: ProgramDiff.ChangedSession) -> [ChangeLine] {
    session.changes.compactMap { line($0, of: session) }
  }

  package func lines(_ changes: [ProgramDiff.Change]) -> [ChangeLine] {
    changes.compactMap { line($0, of: nil) }
  }

  func line(_ change: ProgramDiff.Change, of session: ProgramDiff.ChangedSession?) -> ChangeLine? {
    switch change.what {
    case .cancelled, .reinstated, .new, .unscheduled:
      // A session's fate says this. For a person or a room, it is the whole change.
      if session != nil { return nil }
    case .joined, .left:
      guard let person = change.person, case .roles(let roles)? = change.after ?? change.before else { break }
      let names = [name(person)]
      return ChangeLine(
        label: label(change.what), subject: named(roles),
        old: change.what == .left ? names : [], new: change.what == .joined ? names : [], long: false)
    default: break
    }
    var (old, new) = values(change)
    if change.isLong { (old, new) = (old.map(\.plain), new.map(\.plain)) }
    return ChangeLine(
      label: label(change.what), subject: subject(change, of: session), old: old, new: new,
      long: change.isLong)
  }

  private func subject(_ change: ProgramDiff.Change, of session: ProgramDiff.ChangedSession?)
    -> LocalizedText?
  {
    if let id = change.presentation {
      // The values of these already name the property.
      if [.presentationAdded, .presentationWithdrawn, .presentationTitle].contains(change.what) {
        return nil
      }
      return presentation(id, of: session)
    }
    if let person = change.person {
      // The values are the two names.
      guard change.what == .replaced else { return name(person) }
      return named((session?.after?.assignments ?? []).filter { $0.person == person }.map(\.role).sorted())
    }
    if let number = change.slot, let session,
      max(session.before?.liveSlots.count ?? 0, session.after?.liveSlots.count ?? 0) > 1,
      change.what != .slotAdded, change.what != .slotRemoved
    {
      return part(number, of: session)
    }
    return nil
  }

  private func named(_ roles: [SessionRole]) -> LocalizedText? {
    roles.isEmpty ? nil : joined(roles.map { after.label(Labels.role($0, several: false)) })
  }

  /// “Part 2”, in the current numbering.
  private func part(_ number: Int, of session: ProgramDiff.ChangedSession) -> LocalizedText {
    let index = session.row.liveSlots.firstIndex { $0.number == number }
    return Labels.partOfSession.localized(languages, with: String((index ?? number - 1) + 1))
  }

  private func presentation(_ id: PresentationID, of session: ProgramDiff.ChangedSession?)
    -> LocalizedText
  {
    let known = [session?.after, session?.before].compactMap(\.self).lazy
      .flatMap(\.presentations).first { $0.presentation == id }
    return known.map { after.text($0.title) } ?? LocalizedText([.english: id.slug])
  }

  // MARK: Values

  func label(_ what: ProgramDiff.What) -> LocalizedText { after.label(Labels.change(what)) }

  /// Values in the later state; if it has none, in the earlier one.
  package func name(_ person: PersonID) -> LocalizedText {
    after.name(person) ?? before.name(person) ?? LocalizedText([.english: person.slug])
  }

  private func values(_ change: ProgramDiff.Change) -> ([LocalizedText], [LocalizedText]) {
    if case .span(let old)? = change.before, case .span(let new)? = change.after {
      let (was, now) = (before.day(old.start), after.day(new.start))
      return was == now ? ([span(old)], [span(new)]) : ([span(old, on: was)], [span(new, on: now)])
    }
    // If only their order changed, all are shown.
    if case .links(let old)? = change.before, case .links(let new)? = change.after, Set(old) != Set(new) {
      return (links(old, unlike: new, before), links(new, unlike: old, after))
    }
    return (
      change.before.map { texts($0, before) } ?? [], change.after.map { texts($0, after) } ?? []
    )
  }

  /// The links that the other state does not have; with the address if the title alone does not show the difference.
  private func links(_ links: [Link], unlike others: [Link], _ context: PublicationContext) -> [LocalizedText]
  {
    links.filter { !others.contains($0) }.map { link in
      let address = LocalizedText([.english: link.url])
      guard let title = link.title else { return address }
      let like = others.filter { $0.title == title }
      if like.isEmpty { return context.text(title) }
      let difference = like.contains { $0.url == link.url } ? context.label(Labels.link(link.kind)) : address
      return joined([context.text(title), difference], by: Labels.between)
    }
  }

  /// ` (UTC+2)` where the time zone was corrected: the clocks show the same, and the instants differ.
  func offset(_ time: ZonedTime) -> String {
    let (old, new) = (before.program.conference?.details.zone, after.program.conference?.details.zone)
    return old == nil || old == new ? "" : " (\(ZoneRules.named(time.offset)))"
  }

  func span(_ span: ProgramDiff.Span, on day: CalendarDate? = nil) -> LocalizedText {
    languages.localized { language in
      let clock = "\(span.start.clock)–\(span.end.clock)\(offset(span.start))"
      return day.map { "\(Dates.dayOfYear($0, in: language)), \(clock)" } ?? clock
    }
  }

  private func texts(_ value: ProgramDiff.Value, _ context: PublicationContext) -> [LocalizedText] {
    func plain(_ text: String) -> LocalizedText { LocalizedText([.english: text]) }
    switch value {
    case .text(let text): return [context.text(text)]
    case .string(let text): return [plain(text)]
    case .number(let number): return [plain(String(number))]
    case .minutes(let minutes): return [Labels.minutes.localized(languages, with: String(minutes))]
    case .span(let span): return [self.span(span, on: context.day(span.start))]
    case .time(let time): return [plain(time.clock)]
    case .slot(let slot): return [self.slot(slot, context)]
    case .slots(let slots): return slots.map { slot($0.slot, context) }
    case .room(let id): return [context.room(id) ?? plain(id.slug)]
    case .track(let id):
      return [context.text(context.program.tracks[id.slug]?.details.name) ?? plain(id.slug)]
    case .venue(let id):
      return [context.text(context.program.venues[id.slug]?.details.name) ?? plain(id.slug)]
    case .kind(let form): return [context.label(Labels.anyForm(form))]
    case .languages(let spoken): return context.names(of: spoken)
    case .language(let spoken): return context.names(of: [spoken])
    case .links(let links): return links.map { context.text($0.title) ?? plain($0.url) }
    case .features(let features): return features.map { plain($0.slug) }
    case .recording(let recording):
      return [context.label(Labels.recording(recording.permission))]
        + (recording.note.map { [context.text($0)] } ?? [])
    case .admission(let admission): return [context.label(Labels.admission(admission))]
    case .roles(let roles): return roles.map { context.label(Labels.role($0, several: false)) }
    case .people(let people): return people.map(name)
    case .presentations(let ids):
      let titles = Dictionary(
        context.program.sessions.rows.flatMap(\.presentations).map { ($0.presentation, $0.title) },
        uniquingKeysWith: { a, _ in a })
      return ids.map { id in titles[id].map { context.text($0) } ?? plain(id.slug) }
    case .name(let name): return [context.name(name)]
    case .affiliations(let affiliations): return affiliations.map { context.text($0.asPrinted) }
    case .days(let days):
      guard let first = days.first, let last = days.last else { return [] }
      return [languages.localized { Dates.days(first, last, in: $0) }]
    case .organisations(let organisations):
      return organisations.map {
        joined(
          [context.label(Labels.organisationRole($0.role)), context.text($0.organisation)], by: Labels.between
        )
      }
    }
  }

  func slot(_ slot: Slot, _ context: PublicationContext) -> LocalizedText {
    let room = context.room(slot.room)
    return languages.localized { language in
      context.span(slot, in: language) + offset(slot.start)
        + (room.map { " · " + Direction.isolated($0.best([language]).text, in: language) } ?? "")
    }
  }

  /// Joins several texts in each language.
  private func joined(_ texts: [LocalizedText], by separator: Wording = Labels.listComma)
    -> LocalizedText
  {
    if texts.count == 1 { return texts[0] }
    return languages.localized { language in
      texts.map { Direction.isolated($0.best([language]).text, in: language) }
        .joined(separator: separator.localized([language]).best([language]).text)
    }
  }
}

extension ProgramDiff.Change {
  /// Whether the values are whole texts.
  var isLong: Bool {
    switch what {
    case .description, .presentationAbstract, .biography, .welcome: true
    default: false
    }
  }
}

extension PublicationContext {
  /// The forms of a name in the publication's languages; if there are none, the main form.
  func name(_ name: PersonName) -> LocalizedText {
    var found: [Language: String] = [:]
    for language in languages {
      found[language] = name.forms.first { $0.language == language }?.printed
    }
    if found.isEmpty { found[name.forms[0].language] = name.printed }
    return LocalizedText(found)
  }

  func name(_ person: PersonID) -> LocalizedText? { program.people[person.slug].map { name($0.name) } }
}
