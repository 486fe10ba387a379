import People
import ReadModels
import Scheduling
package import Vocabulary

/// A digest as text for the person, in one language.
package struct NoticeText: Sendable {
  package let language: Language
  package let subject: String
  /// With U+000A as line break.
  package let body: String
}

extension NoticeRound {
  /// The language for a person: the first of the conference's languages in which they have a name, else
  /// another language of their name, else the conference's first language. Only languages in which Plenary has
  /// wordings count.
  package func language(for person: PersonID) -> Language {
    let spoken = (program.conference?.details.languages ?? []).filter(\.hasWords)
    let own = (program.people[person.slug]?.name.forms ?? []).map(\.language).filter(\.hasWords)
    return spoken.first { language in own.contains { $0.primary == language.primary } }
      ?? own.min() ?? spoken.first ?? .english
  }

  package func text(_ digest: NoticeDigest) -> NoticeText {
    NoticeWriter(self, digest).text
  }

  /// The calendar for the person: the sessions of the digest, and as cancelled those in which they no longer
  /// have a role. Nil if there are none.
  package func calendar(_ digest: NoticeDigest) -> String? {
    let off = digest.entries.filter { [.cancelled, .gone, .left].contains($0.fate) }
    let ids = Set(digest.entries.map(\.session.session))
    if ids.isEmpty { return nil }
    let model = program.only(
      ids, cancelled: Set(off.map(\.session.session)), earlier: before(digest))
    var settings = PrintSettings()
    settings.languages = languages(for: digest.person)
    return ProgramPublication(model, checkpoint, conference: conference, settings)
      .iCalendar(only: ids, method: "PUBLISH")
  }

  fileprivate func languages(for person: PersonID) -> [Language] {
    [language(for: person)] + (program.conference?.details.languages ?? [])
  }
}

private struct NoticeWriter {
  let round: NoticeRound
  let digest: NoticeDigest
  let language: Language
  let words: ChangeWords
  private var lines: [String] = []

  init(_ round: NoticeRound, _ digest: NoticeDigest) {
    self.round = round
    self.digest = digest
    language = round.language(for: digest.person)
    var settings = PrintSettings()
    settings.languages = round.languages(for: digest.person)
    func context(_ program: ProgramModel) -> PublicationContext {
      PublicationContext(round.conference, program, round.checkpoint, settings)
    }
    words = ChangeWords(before: context(round.before(digest)), after: context(round.program))
  }

  /// A text in its own direction, whatever stands beside it in the letter.
  private func one(_ text: LocalizedText) -> String {
    Direction.isolated(text.best(words.after.languages).text, in: language)
  }
  private func say(_ wording: Wording, _ values: [String: String] = [:]) -> String {
    wording.text(in: language, values)
  }

  var text: NoticeText {
    var writer = self
    let own = round.program.conference?.details
    let title = own.map { one($0.title) } ?? round.conference.slug
    let short = own?.shortTitle.map(one) ?? title
    let isNew = digest.known == nil
    writer.write(title: title, zone: own?.zone ?? "UTC")
    return NoticeText(
      language: language,
      subject: say(
        isNew ? Labels.Notice.newSubject : Labels.Notice.changedSubject, ["conference": short]),
      // Non-breaking spaces are only for print.
      body: (writer.lines.joined(separator: "\n") + "\n").replacing("\u{a0}", with: " "))
  }

  private mutating func write(title: String, zone: String) {
    typealias Notice = Labels.Notice
    let name = round.program.people[digest.person.slug]?.name.best(words.after.languages).printed
    lines = [
      say(Notice.greeting, ["name": name.map { Direction.isolated($0, in: language) } ?? digest.person.slug]),
      "",
      say(
        digest.known == nil
          ? Notice.newOpening
          : digest.tellsOfChange ? Notice.changedOpening : Notice.unchangedOpening,
        ["conference": title]),
      round.version.map { say(Notice.released, ["version": $0]) } ?? say(Notice.draft),
    ]
    for fate in NoticeDigest.Fate.allCases {
      let entries = digest.entries.filter { $0.fate == fate }
      if entries.isEmpty { continue }
      head(say(Notice.fate(fate)))
      for entry in entries { write(entry) }
    }
    let own = words.lines(digest.own)
    if !own.isEmpty {
      head(say(Notice.own))
      lines.append("")
      for line in own { write(line) }
    }
    lines.append("")
    if !digest.entries.isEmpty { lines.append(say(Notice.calendar)) }
    lines += [say(Notice.zone, ["zone": zone]), "", "-- ", title]
  }

  private mutating func head(_ text: String) {
    lines += [
      "", "", text,
      String(
        repeating: "-", count: min(60, text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E7F ? 2 : 1) })),
    ]
  }

  private mutating func write(_ entry: NoticeDigest.Entry) {
    typealias Notice = Labels.Notice
    let session = entry.session
    let row = session.row
    lines += ["", "* " + one(words.after.text(row.details.title))]
    func places(_ row: SessionRow?, _ context: PublicationContext) -> [String] {
      (row?.numberedSlots ?? []).map { one(words.place($0.slot, context)) }
    }
    switch entry.fate {
    case .cancelled, .gone, .left:
      add(session.before == nil ? places(row, words.after) : places(session.before, words.before))
      return
    case .moved:
      add([say(Notice.before) + between.trimmed] + places(session.before, words.before).map { "  " + $0 })
      add([say(Notice.now) + between.trimmed] + places(row, words.after).map { "  " + $0 })
    case .reinstated, .new, .changed, .unchanged: add(places(row, words.after))
    }
    role(in: row, all: entry.fate == .new || entry.fate == .reinstated)
    // The new place is already mentioned above.
    let shown = session.changes.filter {
      ![.time, .length, .room, .slotAdded, .slotRemoved].contains($0.what)
    }
    for line in words.lines(.init(session, changes: shown)) + words.lines(entry.rooms) { write(line) }
  }

  /// The person's roles, and the other people.
  private mutating func role(in row: SessionRow, all: Bool) {
    typealias Notice = Labels.Notice
    let roles = row.assignments.filter { $0.person == digest.person }.map(\.role).sorted()
      .map { one(words.after.label(Labels.role($0, several: false))) }
    if !roles.isEmpty { add([say(Notice.yourPart) + between + joined(roles)]) }
    for item in row.runningOrder.items where item.presentation.people.contains(digest.person) {
      add([
        say(Notice.yourPresentation) + between + "\(item.start.clock)–\(item.end.clock) "
          + one(words.after.text(item.presentation.title))
      ])
    }
    guard all else { return }
    let others = row.people.filter { $0 != digest.person }.map { one(words.name($0)) }
    if !others.isEmpty { add([say(Notice.withOthers) + between + joined(others)]) }
  }

  private mutating func write(_ line: ChangeLine) {
    let label = one(line.label) + (line.subject.map { " (\(one($0)))" } ?? "")
    if line.long {
      add([label + between.trimmed])
      add(
        line.new.flatMap {
          one($0).split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
        })
      return
    }
    let (old, new) = (joined(line.old.map(one)), joined(line.new.map(one)))
    let values = [old, new].filter { !$0.isEmpty }
    add([values.isEmpty ? label : label + between + values.joined(separator: " → ")])
  }

  private var between: String { say(Labels.between) }
  private func joined(_ items: [String]) -> String { items.joined(separator: say(Labels.listComma)) }

  private mutating func add(_ texts: [String]) { lines += texts.map { "  " + $0 } }
}

extension String {
  fileprivate var trimmed: String { trimming(self) }
}

extension ChangeWords {
  /// With the weekday: `Friday, 25 March 2016, 09:30–11:00 · Science Hall`.
  func place(_ slot: Slot, _ context: PublicationContext) -> LocalizedText {
    let room = context.room(slot.room)
    return context.languages.localized { language in
      let end = context.laterEnd(slot).map { " (\(Dates.dayOfYear($0, in: language)))" } ?? ""
      return
        "\(Dates.weekday(context.day(slot), in: language)), \(slot.start.clock)–\(slot.end.clock)\(end)\(offset(slot.start))"
        + (room.map { " · " + Direction.isolated($0.best([language]).text, in: language) } ?? "")
    }
  }
}
