package import EventLog
import People
package import Record
import Scheduling
package import Vocabulary

/// The record of the sessions: statements, positions, conclusions, recommendations, their corrections, and the
/// published issues. Titles and names are in the program.
package struct ProceedingsModel: ReadModel {
  package static let name = "proceedings"
  package static let revision = 6

  package private(set) var entries = Table<EntryRow>()
  package private(set) var corrections = Table<CorrectionRow>()
  package private(set) var issues = Table<IssueRow>()
  package private(set) var proofs = Table<ProofRow>()
  package private(set) var sessions = Table<NumberedSessionRow>()
  package private(set) var held = HeldTables()
  package private(set) var organisations = Table<OrganisationRow>()
  package private(set) var subjects = Table<SubjectRow>()
  package private(set) var names = Table<RegisteredNameRow>()

  /// A few attributions occur thousands of times, so each is stored once.
  private var attributions: Set<Interned<Attribution>> = []

  package init() {}

  /// Fetches an entry, its corrections and the number of its session.
  package mutating func fetch(_ entry: RecordID) throws {
    guard let row = try entries.row(entry.slug) else { return }
    try corrections.fetch(row.corrections.map(\.slug))
    _ = try sessions.row(row.session.slug)
  }

  /// Fetches a correction with its entry.
  package mutating func fetch(_ correction: CorrectionID) throws {
    if let row = try corrections.row(correction.slug) { try fetch(row.entry) }
  }

  package mutating func visit(_ visitor: inout some TableVisitor) throws {
    try visitor.visit(&entries)
    try visitor.visit(&corrections)
    try visitor.visit(&issues)
    try visitor.visit(&proofs)
    try visitor.visit(&sessions)
    try held.visit(&visitor)
    try visitor.visit(&organisations)
    try visitor.visit(&subjects)
    try visitor.visit(&names)
  }

  package mutating func apply(_ event: LoggedEvent, _ origin: Origin) throws {
    switch event {
    case .record(let event): try apply(event.withoutIdentity, origin)
    case .people(.speakerRegistered(let body)):
      try register(.person, body.person.slug, body.details.name.inTexts, origin)
    case .people(.speakerRevised(let body)):
      if let name = body.changes.name { try register(.person, body.person.slug, name.inTexts, origin) }
    case .scheduling, .people, .settingAside: break
    }
  }

  /// Texts can mention it by this name from now on.
  private mutating func register(
    _ kind: MarkedText.Reference.Kind, _ slug: String, _ name: LocalizedText?, _ origin: Origin
  ) throws {
    guard let name else { return }
    let reference = MarkedText.Reference(kind, slug)
    var row = try names.row(RegisteredNameRow.key(reference)) ?? RegisteredNameRow(reference)
    row.names.append(RegisteredNameRow.Name(since: origin.position, name: name))
    names.put(row)
  }

  private mutating func apply(_ event: RecordEvent, _ origin: Origin) throws {
    if let recorded = event.recorded {
      var details = recorded.details
      details.internedAttribution = attributions.insert(details.internedAttribution).memberAfterInsert
      entries.put(
        EntryRow(
          recorded.entry, recorded.kind, recorded.session, recorded.order ?? OrderKey(origin.position),
          details, outdated: recorded.outdated, origin))
      return
    }
    switch event {
    case .statementRecorded, .positionRecorded, .conclusionRecorded, .recommendationRecorded: break
    case .statementCorrected(let body):
      try change(body.entry, origin) {
        $0.apply(body.changes, at: origin.position)
        if let history = body.history {
          $0.history = history
        } else if body.changes.changeMeaning(of: $0.kind) {
          $0.meaningChangedAt = origin.position
        }
      }
    case .statementTranslated(let body):
      try change(body.entry, origin) { $0.translate(body.text, at: origin.position) }
    case .statementMoved(let body):
      try change(body.entry, origin) {
        $0.session = body.session
        $0.order = body.order ?? OrderKey(origin.position)
      }
    case .statementSplit(let body):
      try change(body.entry, origin) { $0.restate(body.head, body.outdated, at: origin.position) }
    case .statementsMerged(let body):
      try entries.mustHave(body.merged.slug)
      try change(body.entry, origin) { $0.restate(body.whole, body.outdated, at: origin.position) }
      try change(body.merged, origin) {
        ($0.isRetracted, $0.mergedInto) = (true, body.entry)
        $0.history.takeOut(at: origin.position)
      }
    case .statementRetracted(let body):
      let entry = try entries.existing(body.entry.slug)
      let isKept = try knownIssues().contains { $0.at >= entry.recordedPosition }
      try change(body.entry, origin) {
        ($0.isRetracted, $0.isKept) = (true, isKept)
        $0.history.takeOut(at: origin.position)
      }
    case .statementRestored(let body):
      try change(body.entry, origin) {
        ($0.isRetracted, $0.isKept, $0.mergedInto) = (false, false, nil)
        $0.history.bringBack()
      }
    case .statementExpunged(let body):
      let requests = try entries.existing(body.entry.slug).corrections
      for correction in requests { try corrections.mustHave(correction.slug) }
      try change(body.entry, origin) {
        let note = EntryRow.Expunction(
          authority: body.authority, reason: body.reason, on: origin.recordedAt, position: origin.position)
        $0.expunge(note, leaving: body.replacement)
      }
      for correction in requests { try corrections.update(correction.slug) { $0.expunge() } }
      try forgetBuilds(body.positions)
    case .entryReaffirmed(let body):
      try entries.update(body.entry.slug) {
        $0.history.reaffirm(at: origin.position)
        if body.printsAgain == true { $0.position = origin.position }
      }
    // The events that follow in the same command change the entries. Nobody sees that something was authorised.
    case .disclosureAuthorised, .statementDisclosed, .personIdentified: break
    case .correctionRequested(let body):
      try entries.update(body.entry.slug) { $0.corrections.append(body.correction) }
      corrections.put(CorrectionRow(body, origin))
    case .correctionAccepted(let body): try accept(body, origin)
    case .correctionRefused(let body):
      try corrections.update(body.correction.slug) {
        $0.status = .refused
        $0.reason = body.reason
        $0.decidedAt = origin.recordedAt
        $0.position = origin.position
      }
    case .proceedingsProofed(let body):
      proofs.put(ProofRow(at: body.at, position: origin.position, proofedAt: origin.recordedAt))
    case .sitting(let event): try held.apply(event, origin)
    case .frontMatterRevised(let body): try held.apply(body, origin)
    case .proceedingsIssued(let body):
      issues.put(IssueRow(details: body, position: origin.position, issuedAt: origin.recordedAt))
    case .paragraphsNumbered(let body):
      for number in body.numbers { try entries.mustHave(number.entry.slug) }
      var row = try sessions.row(body.session.slug) ?? NumberedSessionRow(body.session)
      row.ordinal = body.ordinal
      row.issue = body.issue
      sessions.put(row)
      for number in body.numbers {
        try entries.update(number.entry.slug) {
          $0.number = number.number
          $0.issue = body.issue
        }
      }
    case .sessionOrdinalSet(let body):
      var row = try sessions.row(body.session.slug) ?? NumberedSessionRow(body.session)
      row.byHand = body.ordinal
      sessions.put(row)
    case .organisationAdded(let body):
      organisations.put(OrganisationRow(body, origin))
      try register(.organisation, body.organisation.slug, body.details.name, origin)
    case .organisationRevised(let body):
      try organisations.update(body.organisation.slug) { $0.apply(body.changes, origin) }
      if body.changes.name != nil {
        let name = organisations[body.organisation.slug]?.details.name
        try register(.organisation, body.organisation.slug, name, origin)
      }
    case .subjectAdded(let body):
      subjects.put(SubjectRow(body, origin))
      try register(.subject, body.subject.slug, body.details.name, origin)
    case .transcriptImported, .transcriptImportUndone: break
    case .subjectRevised(let body):
      try subjects.update(body.subject.slug) { $0.apply(body.changes, origin) }
      if body.changes.name != nil {
        try register(.subject, body.subject.slug, subjects[body.subject.slug]?.details.name, origin)
      }
    }
  }

  /// The hashes of issues whose words were destroyed go too.
  private mutating func forgetBuilds(_ positions: [Int]) throws {
    for issue in try knownIssues() where positions.contains(issue.position) {
      try issues.update(issue.key) { $0.details.build = nil }
    }
  }

  /// The issues before this event, in their order.
  private mutating func knownIssues() throws -> [IssueRow] {
    var known: [IssueRow] = []
    // They are numbered without gaps.
    while let issue = try issues.row(String(known.count + 1)) { known.append(issue) }
    return known
  }

  private mutating func accept(_ body: CorrectionAccepted, _ origin: Origin) throws {
    let request = try corrections.existing(body.correction.slug)
    var (before, changes) = (EntryDetails.Changes(), request.changes)
    let former = try entries.existing(body.entry.slug)
    for correction in former.corrections { try corrections.mustHave(correction.slug) }
    let namesBefore = NamesKept(former.history, by: try knownIssues())
    try change(body.entry, origin) { row in
      for field in request.changes.fields { before.restore(field, of: row.details) }
      // The handle of a voice describes somebody, and no corrigendum needs it.
      before.attribution?.voice = nil
      row.apply(request.changes, at: origin.position)
      if request.retracts { row.isRetracted = true }
      if request.kind == .substantive { row.meaningChangedAt = origin.position }
    }
    EntryDetails.Changes.keepDifferences(&before, &changes)
    try corrections.update(body.correction.slug) {
      $0.status = .accepted
      ($0.before, $0.changes) = (before, changes)
      $0.namesBefore = namesBefore
      $0.verifiedAgainst = body.verifiedAgainst
      $0.reason = body.reason
      $0.decidedAt = origin.recordedAt
      $0.position = origin.position
    }
    let entry = try entries.existing(body.entry.slug)
    if entry.details.attribution.mode == .withheld {
      for correction in entry.corrections { try corrections.update(correction.slug) { $0.withhold() } }
    }
  }

  private mutating func change(_ entry: RecordID, _ origin: Origin, _ change: (inout EntryRow) -> Void) throws
  {
    try entries.update(entry.slug) {
      change(&$0)
      $0.position = origin.position
    }
  }
}

extension ProceedingsModel {
  /// The sessions in the order of the record, each once. A session whose scheduling was undone is still there, at the
  /// end, if something is printed of it.
  package func sessions(in program: ProgramModel) -> [SessionRow] {
    let gone = program.sessions.rows.filter { $0.status == .unscheduled }
    if gone.isEmpty { return held.sessions(in: program) }
    let printed = Set(entries.rows.lazy.filter(\.isPrinted).map(\.session))
    return held.sessions(in: program)
      + gone.filter { printed.contains($0.id) }.sorted { ($0.scheduledAt, $0.id) < ($1.scheduledAt, $1.id) }
  }

  /// A session's entries: statements first, and each kind in its order.
  package func entries(of session: SessionID) -> [EntryRow] {
    entries.rows.filter { $0.session == session }.sorted(by: EntryRow.inOrder)
  }

  /// All entries by session.
  package var entriesBySession: [SessionID: [EntryRow]] {
    Dictionary(grouping: entries.rows, by: \.session)
      .mapValues { $0.sorted(by: EntryRow.inOrder) }
  }

  package var lastIssue: IssueRow? {
    issues.rows.max { $0.details.issue < $1.details.issue }
  }

  /// The draft that was printed last to be read.
  package var lastProof: ProofRow? { proofs.rows.max { $0.position < $1.position } }

  /// What was decided about the entries of an issue, in the order of the record.
  ///
  /// - Parameters:
  ///   - end: what was decided at this position and later is left out.
  ///   - order: the sessions in the order of the record.
  package func corrigenda(of issue: IssueRow, before end: Int, _ order: [SessionID]) -> [Corrigendum] {
    let positions = issue.position..<max(end, issue.position)
    let places = Dictionary(
      order.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    let corrected = corrections.rows.filter { $0.status == .accepted }.compactMap { row in
      entries[row.entry.slug].map { Corrigendum(entry: $0, what: .correction(row)) }
    }
    let ordered = entries.rows.filter { contains(issue, $0) }.flatMap { entry in
      let orders = entry.orders.map { Corrigendum(entry: entry, what: .order($0)) }
      // What repeats destroyed words is left out with them.
      let order = destroyedFoundation(of: entry)?.orders.first {
        !entry.history.hasOwnWords(since: $0.position)
      }
      guard !entry.isSilent, let order else { return orders }
      return orders + [Corrigendum(entry: entry, what: .leftOut(order))]
    }
    return (corrected + ordered).filter { positions.contains($0.position) }
      .sorted { one, other in
        if one.entry.id == other.entry.id { return one.position < other.position }
        let (first, second) = (places[one.entry.session] ?? .max, places[other.entry.session] ?? .max)
        return first == second ? EntryRow.inOrder(one.entry, other.entry) : first < second
      }
  }

  package func issue(_ number: Int) -> IssueRow? {
    issues.rows.first { $0.details.issue == number }
  }

  /// The corrections of an entry, in the order in which they were asked for.
  package func corrections(of entry: EntryRow) -> [CorrectionRow] {
    entry.corrections.compactMap { corrections[$0.slug] }
  }

  /// Whether an issue contains the entry.
  package func isPublished(_ entry: EntryRow) -> Bool {
    entry.issue != nil || issues.rows.contains { $0.at >= entry.recordedPosition }
  }

  private func contains(_ issue: IssueRow, _ entry: EntryRow) -> Bool {
    entry.issue.map { $0 <= issue.details.issue } ?? false
  }

  /// Whether an issue printed the name of somebody whose name is withheld now.
  package func withholdsNames(of issue: IssueRow) -> Bool {
    entries.rows.contains { contains(issue, $0) && $0.details.attribution.mode == .withheld }
  }

  /// Whether words that an issue printed were destroyed.
  package func hasExpunctions(in issue: IssueRow) -> Bool {
    entries.rows.contains {
      ($0.expunction ?? $0.replacement) != nil && $0.recordedPosition <= issue.at
    }
  }

  /// The entries that rest on one that says something else, or was retracted or expunged, since somebody stated them
  /// or reaffirmed them.
  package var entriesToReview: [(entry: EntryRow, basis: EntryRow)] {
    entries.rows.filter { !$0.isSilent }.compactMap { entry in
      if let gone = destroyedFoundation(of: entry) { return (entry, gone) }
      guard let basis = basis(of: entry), entry.history.mustBeReviewed(after: basis.history) else {
        return nil
      }
      return (entry, basis)
    }.sorted { $0.entry.id < $1.entry.id }
  }

  /// What an entry rests on. If that was merged, the statement that has its words now.
  package func basis(of entry: EntryRow) -> EntryRow? {
    var basis = entry.details.basedOn.flatMap { entries[$0.slug] }
    while let whole = basis?.mergedInto { basis = entries[whole.slug] }
    return basis
  }

  /// Whether an entry may repeat words that were destroyed, so that only its reference is printed: those of what it
  /// rests on are gone, and nobody has reaffirmed the entry since or stated all of its words anew.
  package func mayRepeatDestroyedWords(_ entry: EntryRow) -> Bool { destroyedFoundation(of: entry) != nil }

  /// What an entry rests on, at whatever distance, whose words were destroyed while the entry had its own.
  private func destroyedFoundation(of entry: EntryRow) -> EntryRow? {
    foundations(of: entry).first { basis in
      basis.destroyedAt.map { !entry.history.hasOwnWords(since: $0) } ?? false
    }
  }

  /// The last event that destroyed words of what an entry rests on; nil: none has.
  package func foundationDestroyedAt(_ entry: EntryRow) -> Int? {
    foundations(of: entry).compactMap(\.destroyedAt).max()
  }

  /// The last event that changed what is printed of an entry.
  package func printChangedAt(_ entry: EntryRow) -> Int {
    max(entry.position, mayRepeatDestroyedWords(entry) ? foundationDestroyedAt(entry) ?? 0 : 0)
  }

  private func foundations(of entry: EntryRow) -> [EntryRow] {
    var found: [EntryRow] = []
    var next = basis(of: entry)
    while let basis = next, basis.id != entry.id, !found.contains(where: { $0.id == basis.id }) {
      found.append(basis)
      next = self.basis(of: basis)
    }
    return found
  }

  /// The numbers that issues have fixed.
  package var fixedNumbers: Numbering {
    Numbering(
      ordinals: Dictionary(
        sessions.rows.compactMap { row in row.ordinal.map { (row.session, $0) } },
        uniquingKeysWith: { first, _ in first }),
      numbers: Dictionary(
        entries.rows.compactMap { row in row.number.map { (row.id, $0) } },
        uniquingKeysWith: { first, _ in first }))
  }

  /// The numbers that were fixed when an issue was published.
  package func fixedNumbers(of issue: Int) -> Numbering {
    var numbers = fixedNumbers
    numbers.numbers = numbers.numbers.filter { entries[$0.key.slug]?.issue ?? .max <= issue }
    let numbered = Set(numbers.numbers.keys.compactMap { entries[$0.slug]?.session })
    numbers.ordinals = numbers.ordinals.filter { numbered.contains($0.key) }
    return numbers
  }

  /// The record of an earlier position with numbers that were fixed later.
  package func numbered(_ numbering: Numbering) -> ProceedingsModel {
    var model = self
    for entry in entries.rows where numbering.numbers[entry.id] != nil {
      var row = entry
      row.number = numbering.numbers[entry.id]
      model.entries.put(row)
    }
    for (session, ordinal) in numbering.ordinals {
      var row = sessions[session.slug] ?? NumberedSessionRow(session)
      row.ordinal = ordinal
      model.sessions.put(row)
    }
    return model
  }

  /// The record at the position of an issue, with what the issue itself fixed: its numbers, and that it is published.
  ///
  /// - Parameter present: a later state of the record, which knows the issue.
  package func issued(_ issue: IssueRow, in present: ProceedingsModel) -> ProceedingsModel {
    let number = issue.details.issue
    var model = numbered(present.fixedNumbers(of: number))
    for entry in model.entries.rows where entry.issue == nil {
      guard let first = present.entries[entry.key]?.issue, first <= number else { continue }
      var row = entry
      row.issue = first
      model.entries.put(row)
    }
    model.issues.put(issue)
    return model
  }

  /// The numbers of all entries that are printed: fixed ones, and provisional ones for the rest.
  ///
  /// - Parameter order: the sessions in the order of the record.
  package func numbering(_ order: [SessionID]) -> Numbering {
    let bySession = entriesBySession
    let reserved = Set(sessions.rows.filter { $0.ordinal == nil }.compactMap(\.byHand))
    return fixedNumbers.continued(
      order.compactMap { session in
        let numbered = (bySession[session] ?? []).filter { $0.isPrinted }
        if numbered.isEmpty { return nil }
        return Numbering.Session(
          session, byHand: sessions[session.slug]?.byHand, entries: numbered.map { ($0.id, $0.kind) })
      }, reserved: reserved)
  }
}

extension Numbering {
  /// What an issue fixes: the numbers that none before it has fixed, by session.
  package func newlyFixed(since model: ProceedingsModel, issue: Int) -> [ParagraphsNumbered] {
    let fixed = model.fixedNumbers
    var bySession: [SessionID: [ParagraphsNumbered.Number]] = [:]
    for entry in model.entries.rows where fixed.numbers[entry.id] == nil {
      if let number = numbers[entry.id] {
        bySession[entry.session, default: []].append(ParagraphsNumbered.Number(entry.id, number))
      }
    }
    return bySession.sorted { $0.key < $1.key }.map { session, numbers in
      ParagraphsNumbered(
        issue: issue, session: session, ordinal: ordinals[session] ?? "",
        numbers: numbers.sorted { ($0.number.count, $0.number) < ($1.number.count, $1.number) })
    }
  }
}
