import People
import ReadModels
import Scheduling
import Vocabulary

/// The program at a position, for readers of certain languages. All publications are made from it.
struct PublicationContext: Sendable {
  let conference: ConferenceID
  let program: ProgramModel
  let checkpoint: Checkpoint
  /// At least one.
  let languages: [Language]
  let settings: PrintSettings

  init(
    _ conference: ConferenceID, _ program: ProgramModel, _ checkpoint: Checkpoint,
    _ settings: PrintSettings
  ) {
    self.conference = conference
    self.program = program
    self.checkpoint = checkpoint
    let own = program.conference?.details
    self.settings = settings
    var wanted = settings.languages ?? []
    if wanted.isEmpty { wanted = own?.languages ?? [] }
    if wanted.isEmpty { wanted = own?.title.languages ?? [] }
    var seen: Set<Language> = []
    wanted = wanted.filter { seen.insert($0).inserted }
    self.languages = wanted.isEmpty ? [.english] : wanted
  }

  // MARK: Words

  /// The text in the publication's languages; if it has none of them, in the best other language.
  func text(_ text: LocalizedText) -> LocalizedText {
    var found = text.texts(in: languages)
    if found.isEmpty {
      let (language, text) = text.best(languages + (program.conference?.details.languages ?? []))
      found[language] = text
    }
    return LocalizedText(found)
  }

  /// A text for a line of plain text with other texts; see ``Direction``.
  func isolated(_ text: String) -> String { Direction.isolated(text, in: languages[0]) }

  func text(_ text: LocalizedText?) -> LocalizedText? { text.map(self.text) }

  func label(_ wording: Wording) -> LocalizedText { wording.localized(languages) }

  /// Whether a session may be recorded; nil if that is not stated.
  func recording(_ recording: Recording?) -> PrintedRecording? {
    recording.map { PrintedRecording(label: label(Labels.recording($0.permission)), note: text($0.note)) }
  }

  /// The names of languages; the tag for an unknown language.
  func names(of spoken: [Language]) -> [LocalizedText] {
    spoken.map { label(Labels.language($0)) }
  }

  /// The day of an instant on the clocks of the conference, for some instants; in UTC if its zone is not known.
  func days(of times: [Timestamp]) -> (Timestamp) -> CalendarDate {
    guard let first = times.min(), let last = times.max(), let zone = program.conference?.details.zone,
      let rules = try? ZoneRules(system: zone, days: first.date...last.date)
    else { return \.date }
    return { rules.time(at: $0).date }
  }

  /// `25 March, 14:20` on the clocks of the conference, with the year if it is another one; in UTC if its zone is not known.
  func moment(_ instant: Timestamp, in language: Language) -> String {
    guard let own = program.conference?.details,
      let rules = try? ZoneRules(system: own.zone, days: instant.date...instant.date)
    else { return Dates.instant(instant, in: language) }
    let time = rules.time(at: instant)
    return time.date.year == own.firstDay.year
      ? Dates.moment(time, in: language)
      : Dates.day(time.date, in: language) + Dates.joint(language) + time.clock
  }

  // MARK: The program

  /// The day of the conference on which a slot begins: at 01:00 it may still be the evening before.
  func day(_ slot: Slot) -> CalendarDate { program.day(of: slot) }

  /// The day of the conference to which a time belongs.
  func day(_ time: ZonedTime) -> CalendarDate { program.conference?.details.day(of: time) ?? time.date }

  /// `25 March 2016, 09:30–11:00`
  func span(_ slot: Slot, in language: Language) -> String {
    Dates.span(slot.start, slot.end, on: day(slot), until: laterEnd(slot), in: language)
  }

  /// The day on which a slot ends, if it is not the one on which it begins.
  func laterEnd(_ slot: Slot) -> CalendarDate? {
    let details = program.conference?.details
    // A slot that ends when the day ends has not reached the next one.
    let last = slot.end.advanced(by: -1)
    let isSameNight = (details?.dayStart ?? 0) > 0 && (details?.day(of: last) ?? last.date) == day(slot)
    return isSameNight || slot.end.date == slot.start.date ? nil : slot.end.date
  }

  /// In index order.
  var people: [PersonRow] { program.orderedPeople }

  func room(_ id: RoomID) -> LocalizedText? {
    text(program.rooms[id.slug]?.details.name)
  }

  func person(_ id: PersonID) -> PrintedPerson? {
    program.people[id.slug].map(person)
  }

  func person(_ row: PersonRow) -> PrintedPerson {
    PrintedPerson(
      person: row.person, names: row.name.forms(languages),
      affiliations: row.affiliations.map { text($0.affiliation.asPrinted) })
  }

  /// The people of a session, grouped by role.
  func groups(_ session: SessionRow, where included: (SessionRole) -> Bool = { _ in true })
    -> [PrintedGroup]
  {
    SessionRole.allCases.filter(included).compactMap { role in
      let persons = session.assignments.filter { $0.role == role }.compactMap { person($0.person) }
      guard !persons.isEmpty else { return nil }
      return PrintedGroup(
        role: label(Labels.role(role, several: persons.count > 1)), persons: persons)
    }
  }

  // MARK: The header

  func header(_ kind: String) -> DocumentHeader {
    let own = program.conference?.details
    return DocumentHeader(
      kind: kind, languages: languages, labels: Labels.fixed.mapValues(label),
      conference: PrintedConference(
        slug: conference,
        title: own.map { text($0.title) } ?? LocalizedText([.english: conference.slug]),
        shortTitle: text(own?.shortTitle), subtitle: nil,
        place: text(own?.place),
        dates: own.map { own in
          languages.localized { Dates.days(own.firstDay, own.lastDay, in: $0) }
        },
        zone: own?.zone ?? "UTC",
        organisations: (program.conference?.organisations ?? []).map {
          .init(role: label(Labels.organisationRole($0.role)), name: text($0.organisation))
        }),
      stamp: Stamp(conference: conference, checkpoint: checkpoint, languages: languages),
      paper: settings.paper, grey: settings.grey ?? false, press: settings.press ?? false,
      replaceMissing: settings.replaceMissing ?? false,
      pictures: (settings.pictures ?? []).map {
        .init(use: $0.use, file: $0.name, width: $0.width, height: $0.height, text: text($0.text))
      })
  }
}

extension Recording {
  /// Nil if the audience need not know anything: recording is permitted and there is no note.
  var notable: Recording? { permission == .permitted && note == nil ? nil : self }
}
