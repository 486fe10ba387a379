import People
import ReadModels
package import Record
package import Vocabulary

/// The indexes of the record: persons, organisations, subjects and abbreviations.
///
/// They are made here, once, for print, HTML and JSON. They come from the attributions of entries, from the people that
/// an entry mentions, and from the marks in its text, so nothing can be missing. They refer to entries by their
/// numbers: `6.222–226, 230; 7.C1`.
package struct RecordIndexes: Encodable, Sendable, Equatable {
  package let persons: [Heading]
  package let organisations: [Heading]
  package let subjects: [Heading]
  package let abbreviations: [Abbreviation]

  package struct Heading: Encodable, Sendable, Equatable {
    /// The identifier that attributions and marks use; nil for a cross-reference.
    @Nullable package var id: String?
    /// What it is sorted by.
    package let sort: String
    /// As filed: family names first. The first is in the language that readers know best.
    package let names: [PrintedName]
    /// What it is a part of, from the nearest up.
    package let within: [LocalizedText]
    /// Relations to others, and what readers should know about the name.
    package let remarks: [LocalizedText]
    /// Where it stands in the index, of a cross-reference: `AIIB → Asian Infrastructure Investment Bank`.
    @Nullable package var see: LocalizedText?
    /// Where it appears, a group for each session.
    package let groups: [[Place]]
  }

  /// Entries that follow each other.
  package struct Place: Encodable, Sendable, Equatable {
    /// `6.222–226`; `230` behind another place of the same session.
    package let text: String
    /// The first of them: `6.222`.
    package let number: String
    /// The identity of the first one, which is its anchor.
    package let anchor: RecordID
    /// The person speaks, and is not only mentioned.
    package let speaks: Bool
    /// No issue has fixed these numbers.
    package let provisional: Bool
  }

  package struct Abbreviation: Encodable, Sendable, Equatable {
    package let sort: String
    package let abbreviation: LocalizedText
    package let expansion: LocalizedText
    package let expandedBy: Expander
    /// “expanded by the editors”
    package let expandedByPrinted: LocalizedText
  }

  package static let none = RecordIndexes(persons: [], organisations: [], subjects: [], abbreviations: [])

  private init(
    persons: [Heading], organisations: [Heading], subjects: [Heading], abbreviations: [Abbreviation]
  ) {
    self.persons = persons
    self.organisations = organisations
    self.subjects = subjects
    self.abbreviations = abbreviations
  }

  init(_ sessions: [PrintedRecord.Session], _ model: ProceedingsModel, _ context: PublicationContext) {
    let found = Occurrences(sessions, context)
    let file = AuthorityFile(model, context)
    persons =
      (found.persons.map { id, occurrences in
        let row = context.program.people[id]
        return Heading(
          id: id, sort: row?.name.sortKey ?? occurrences.name(id),
          names: row?.name.forms(context.languages, filed: true)
            ?? [PrintedName(text: occurrences.name(id), lang: occurrences.language ?? context.languages[0])],
          within: [], remarks: [], see: nil, groups: occurrences.groups)
      } + found.persons.flatMap(file.formerCredits)).inIndexOrder
    organisations =
      (found.organisations.map { file.organisation($0, $1) }
      + found.organisations.keys.compactMap(file.crossReference)
      + found.organisations.flatMap(file.formerNames)).inIndexOrder
    subjects =
      (found.subjects.map { file.subject($0, $1) }
      + found.subjects.keys.compactMap(file.subjectCrossReference)).inIndexOrder
    abbreviations =
      (found.organisations.keys.compactMap(file.abbreviation)
      + found.subjects.keys.compactMap(file.subjectAbbreviation))
      .sorted {
        (IndexOrder($0.sort), $0.expansion.entries[0].text) < (
          IndexOrder($1.sort), $1.expansion.entries[0].text
        )
      }
  }

  package var isEmpty: Bool {
    persons.isEmpty && organisations.isEmpty && subjects.isEmpty && abbreviations.isEmpty
  }
}

extension [RecordIndexes.Heading] {
  /// Cross-references, which have no places of their own, each once.
  private var withoutRepetitions: Self {
    var seen: Set<[String]> = []
    return filter { $0.see == nil || seen.insert($0.line).inserted }
  }

  fileprivate var inIndexOrder: Self {
    map { (IndexOrder($0.sort), $0) }
      .sorted { ($0.0, $0.1.id ?? "", $0.1.tieBreak) < ($1.0, $1.1.id ?? "", $1.1.tieBreak) }
      .map(\.1).withoutRepetitions
  }
}

extension RecordIndexes.Heading {
  /// What is printed of a cross-reference.
  fileprivate var line: [String] { names.map(\.text) + (see.map { $0.entries.map(\.text) } ?? []) }

  /// Orders headings that are sorted by the same words.
  fileprivate var tieBreak: String { line.joined(separator: "\n") }
}

extension Attribution {
  /// Whether readers see this name.
  fileprivate func prints(_ name: PersonName) -> Bool {
    let printed = (asPrinted?.entries ?? []).map(\.text)
    return name.forms.contains { form in printed.contains { $0.contains(form.printed) } }
  }
}

// MARK: Where things appear

/// Where every person, organisation and subject appears in the record, by identifier.
private struct Occurrences {
  private(set) var persons: [String: Found] = [:]
  private(set) var organisations: [String: Found] = [:]
  private(set) var subjects: [String: Found] = [:]

  struct Found {
    fileprivate(set) var groups: [[RecordIndexes.Place]] = []
    /// The first words that stand for it in a text, and their language.
    fileprivate(set) var words: String?
    fileprivate(set) var language: Language?
    /// The names of a person that entries were credited to.
    fileprivate(set) var credited: Set<PersonName> = []
    /// The positions of the log whose registered names are printed: marks of organisations need no words of their own.
    fileprivate(set) var namedAsOf: Set<Int> = []
    private var run: Run?

    /// Entries that follow each other, as long as it is not known where they end.
    private struct Run {
      let session: Int
      let kind: EntryKind
      let first: Numbered
      var last: Numbered
      let speaks: Bool
      var provisional: Bool
    }

    /// How an unregistered name is printed.
    func name(_ id: String) -> String { words ?? id }

    fileprivate mutating func add(_ entry: Numbered, speaks: Bool) {
      if var known = run, known.session == entry.session, known.kind == entry.row.kind,
        known.speaks == speaks, known.last.place + 1 == entry.place
      {
        known.last = entry
        if entry.row.isProvisional { known.provisional = true }
        run = known
        return
      }
      close()
      run = Run(
        session: entry.session, kind: entry.row.kind, first: entry, last: entry, speaks: speaks,
        provisional: entry.row.isProvisional)
    }

    fileprivate mutating func close() {
      guard let run else { return }
      self.run = nil
      let goesOn = sessions.last == run.session
      let (first, last) = (run.first, run.last)
      let text =
        (goesOn ? first.number : first.row.number) + (first.row.id == last.row.id ? "" : "–\(last.number)")
      let place = RecordIndexes.Place(
        text: text, number: first.row.number, anchor: first.row.id, speaks: run.speaks,
        provisional: run.provisional)
      if goesOn {
        groups[groups.count - 1].append(place)
      } else {
        groups.append([place])
        sessions.append(run.session)
      }
    }

    /// The sessions of the groups.
    private var sessions: [Int] = []
  }

  /// An entry with its number.
  fileprivate struct Numbered {
    let session: Int
    /// Its place among the entries of its kind in the session.
    let place: Int
    /// `12a`
    let number: String
    /// With `6.12a`.
    let row: PrintedEntry
  }

  /// The languages whose registered names are printed.
  private let languages: Set<String>

  private let program: ProgramModel

  init(_ sessions: [PrintedRecord.Session], _ context: PublicationContext) {
    languages = Set(context.languages.map(\.primary))
    program = context.program
    for (index, session) in sessions.enumerated() {
      guard let ordinal = session.ordinal else { continue }
      var places: [EntryKind: Int] = [:]
      for row in session.entries {
        // What stands between two entries keeps them from being one range, even without a text.
        let place = places[row.kind, default: 0]
        places[row.kind] = place + 1
        if row.isSilent { continue }
        add(
          Numbered(
            session: index, place: place, number: String(row.number.dropFirst(ordinal.count + 1)), row: row))
      }
    }
    for key in Array(persons.keys) { persons[key]?.close() }
    for key in Array(organisations.keys) { organisations[key]?.close() }
    for key in Array(subjects.keys) { subjects[key]?.close() }
  }

  private mutating func add(_ entry: Numbered) {
    let details = entry.row
    let speaking = Set(details.attribution.persons.map { program.kept($0).slug })
    for person in speaking { persons[person, default: Found()].add(entry, speaks: true) }
    for credit in details.attribution.credits ?? [] where details.attribution.prints(credit.name) {
      persons[program.kept(credit.person).slug]?.credited.insert(credit.name)
    }
    if details.mayRepeatDestroyedWords { return }
    var seen: [MarkedText.Reference.Kind: Set<String>] = [.person: speaking]
    func isNew(_ kind: MarkedText.Reference.Kind, _ slug: String) -> Bool {
      seen[kind, default: []].insert(slug).inserted
    }
    for person in details.mentions.map({ program.kept($0).slug }) where isNew(.person, person) {
      persons[person, default: Found()].add(entry, speaks: false)
    }
    for (text, kept) in details.marked.flatMap({ marked in marked.text.entries.map { ($0, marked.kept) } }) {
      for span in MarkedText(stored: text.text).spans {
        guard let reference = span.reference else { continue }
        let path: WritableKeyPath<Occurrences, [String: Found]> =
          switch reference.kind {
          case .person: \.persons
          case .organisation: \.organisations
          case .subject: \.subjects
          }
        let slug = reference.kind == .person ? program.kept(reference.slug) : reference.slug
        if isNew(reference.kind, slug) {
          self[keyPath: path][slug, default: Found()].add(entry, speaks: false)
        }
        guard let words = span.words else {
          if let position = kept[text.language.tag], languages.contains(text.language.primary) {
            self[keyPath: path][slug]?.namedAsOf.insert(position)
          }
          continue
        }
        if self[keyPath: path][slug]?.words == nil {
          self[keyPath: path][slug]?.words = words
          self[keyPath: path][slug]?.language = text.language
        }
      }
    }
  }
}

// MARK: What the authority file says

/// The headings of organisations and subjects.
private struct AuthorityFile {
  private let model: ProceedingsModel
  private let context: PublicationContext

  init(_ model: ProceedingsModel, _ context: PublicationContext) {
    self.model = model
    self.context = context
  }

  func organisation(_ slug: String, _ found: Occurrences.Found) -> RecordIndexes.Heading {
    guard let row = model.organisations[slug] else { return unregistered(slug, found) }
    var remarks = model.relations(of: row.id).compactMap { relation -> LocalizedText? in
      guard let other = model.organisation(relation.organisation) else { return nil }
      return labelled(Labels.relation(relation.kind), other.name)
    }
    if let note = row.details.note {
      let text = row.details.source.map { sourced(note, $0) } ?? note
      remarks.append(
        labelled(row.details.status == .disputed ? Labels.disputedNote : Labels.indexRemark, text))
    }
    return RecordIndexes.Heading(
      id: slug, sort: sort(row.details.name), names: names(row.details.name),
      within: model.ancestors(of: row.id).compactMap { model.organisation($0).map { context.text($0.name) } },
      remarks: remarks, see: nil, groups: found.groups)
  }

  func subject(_ slug: String, _ found: Occurrences.Found) -> RecordIndexes.Heading {
    guard let row = model.subjects[slug] else { return unregistered(slug, found) }
    return RecordIndexes.Heading(
      id: slug, sort: sort(row.details.name), names: names(row.details.name), within: [], remarks: [],
      see: nil,
      groups: found.groups)
  }

  /// Nobody has registered it: it is filed by the words of the text.
  private func unregistered(_ slug: String, _ found: Occurrences.Found) -> RecordIndexes.Heading {
    let name = found.name(slug)
    return RecordIndexes.Heading(
      id: slug, sort: name, names: [PrintedName(text: name, lang: found.language ?? context.languages[0])],
      within: [], remarks: [], see: nil, groups: found.groups)
  }

  func crossReference(_ slug: String) -> RecordIndexes.Heading? {
    model.organisations[slug].flatMap { crossReference($0.details.abbreviation, to: $0.details.name) }
  }

  func subjectCrossReference(_ slug: String) -> RecordIndexes.Heading? {
    model.subjects[slug].flatMap { crossReference($0.details.abbreviation, to: $0.details.name) }
  }

  /// Where readers find a name that is printed and is not the present one.
  func formerNames(_ slug: String, _ found: Occurrences.Found) -> [RecordIndexes.Heading] {
    let reference = MarkedText.Reference(.organisation, slug)
    guard let present = model.registeredName(reference, asOf: nil) else { return [] }
    return found.namedAsOf.compactMap { model.registeredName(reference, asOf: $0) }
      .compactMap { crossReference($0, to: present) }
  }

  /// The same of a person.
  func formerCredits(_ slug: String, _ found: Occurrences.Found) -> [RecordIndexes.Heading] {
    guard let present = context.program.people[slug]?.name else { return [] }
    let filed = present.forms(context.languages, filed: true)
    return found.credited.compactMap { name in
      let former = name.forms(context.languages, filed: true)[0]
      if filed.contains(where: { $0.text == former.text }) { return nil }
      return RecordIndexes.Heading(
        id: nil, sort: name.sortKey, names: [former], within: [], remarks: [],
        see: LocalizedText([filed[0].lang: filed[0].text]), groups: [])
    }
  }

  private func crossReference(_ abbreviation: LocalizedText?, to name: LocalizedText) -> RecordIndexes
    .Heading?
  {
    guard let abbreviation, sort(abbreviation) != sort(name) else { return nil }
    return RecordIndexes.Heading(
      id: nil, sort: sort(abbreviation), names: Array(names(abbreviation).prefix(1)), within: [], remarks: [],
      see: context.text(name), groups: [])
  }

  func abbreviation(_ slug: String) -> RecordIndexes.Abbreviation? {
    model.organisations[slug].flatMap {
      abbreviation($0.details.abbreviation, $0.details.expansion ?? $0.details.name, $0.details.expandedBy)
    }
  }

  func subjectAbbreviation(_ slug: String) -> RecordIndexes.Abbreviation? {
    model.subjects[slug].flatMap {
      abbreviation($0.details.abbreviation, $0.details.expansion ?? $0.details.name, $0.details.expandedBy)
    }
  }

  private func abbreviation(_ short: LocalizedText?, _ whole: LocalizedText, _ by: Expander?)
    -> RecordIndexes.Abbreviation?
  {
    guard let short else { return nil }
    let expander = by ?? .editors
    return RecordIndexes.Abbreviation(
      sort: sort(short), abbreviation: context.text(short), expansion: context.text(whole),
      expandedBy: expander,
      expandedByPrinted: context.label(Labels.expandedBy(expander)))
  }

  // MARK: Words

  private func sort(_ name: LocalizedText) -> String { name.best(context.languages).text }

  private func names(_ name: LocalizedText) -> [PrintedName] {
    let text = context.text(name)
    let order = context.languages.filter { text[$0] != nil }
    var seen: Set<String> = []
    return (order + text.languages.filter { !order.contains($0) })
      .map { PrintedName(text: text[$0]!, lang: $0) }
      .filter { seen.insert($0.text).inserted }
  }

  /// `Brand of: …`, in the languages of the publication that the text has.
  private func labelled(_ label: Wording, _ text: LocalizedText) -> LocalizedText {
    let text = context.text(text)
    return LocalizedText(
      Dictionary(
        uniqueKeysWithValues: text.entries.map { entry in
          let own = label.localized([entry.language]).best([entry.language]).text
          let between = Labels.between.localized([entry.language]).best([entry.language]).text
          return (entry.language, own + between + entry.text)
        }))
  }

  /// A note with its source in brackets.
  private func sourced(_ note: LocalizedText, _ source: LocalizedText) -> LocalizedText {
    LocalizedText(
      Dictionary(
        uniqueKeysWithValues: note.entries.map { entry in
          let own = source.best([entry.language]).text
          return (entry.language, entry.text + SentenceManner(entry.language).bracketed(own))
        }))
  }
}
