import EventLog
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import ReadModels
@testable import Record
@testable import Scheduling

/// A simple account of the record: what is allowed, and what follows. It knows nothing of boundaries, of keys
/// between positions and of how numbers are made.
private struct Oracle {
  enum Status: Equatable { case draft, published, withdrawn, gone }

  struct Entry {
    var kind: EntryKind
    var text: LocalizedText
    var status = Status.draft
    var expunged = false
    /// Those from which it was split, or with which it was merged.
    var relatives: Set<RecordID> = []
    var splitFrom: RecordID?
    var mergedInto: RecordID?
    var basis: RecordID?
    /// Where its former words were destroyed for others.
    var replacedAt: Int?
    /// Where a correction of its words was last accepted.
    var correctedAt = 0
    /// An issue printed it.
    var isNumbered = false
    /// Where the log has its recording.
    var recordedAt: Int

    var isThere: Bool { !expunged && (status == .draft || status == .published) }
  }

  enum Decision { case open, accepted, refused }

  struct Correction {
    var entry: RecordID
    /// Nil: the entry is to be retracted.
    var text: LocalizedText?
    var requestedAt: Int
    var decision = Decision.open
    var isDestroyed = false
    var isReasonDestroyed = false
    /// What it was verified against when it was accepted.
    var against: Verification?
  }

  enum Expectation { case refused, nothing, done }

  var entries: [RecordID: Entry] = [:]
  /// All entries of a session, in their order, also those that are gone.
  var order: [SessionID: [RecordID]] = [:]
  var corrections: [CorrectionID: Correction] = [:]
  /// The positions of what would be printed otherwise.
  var changes: [Int] = []
  var issues: [Int] = []
  var byHand: [SessionID: Int] = [:]

  mutating func relate(_ one: RecordID, _ other: RecordID) {
    entries[one]!.relatives.insert(other)
    entries[other]!.relatives.insert(one)
  }

  func kin(of id: RecordID) -> Set<RecordID> {
    var (found, open): (Set<RecordID>, [RecordID]) = ([id], [id])
    while let next = open.popLast() {
      for other in entries[next]!.relatives where found.insert(other).inserted { open.append(other) }
    }
    return found
  }

  func home(_ id: RecordID) -> SessionID? { order.first { $0.value.contains(id) }?.key }
  func draft(_ id: RecordID) -> Entry? {
    entries[id].flatMap { $0.isThere && $0.status == .draft ? $0 : nil }
  }

  func anchor(_ place: Statements.Place) -> RecordID? {
    switch place {
    case .end: nil
    case .before(let anchor), .after(let anchor): anchor
    }
  }

  /// Whether somebody can stand there.
  func isPlace(_ place: Statements.Place) -> Bool {
    if case .end(let session) = place { return order[session] != nil }
    return anchor(place).flatMap { entries[$0] }?.isThere == true
  }

  mutating func put(_ id: RecordID, _ place: Statements.Place) {
    for session in order.keys { order[session]!.removeAll { $0 == id } }
    switch place {
    case .end(let session): order[session]!.append(id)
    case .before(let anchor), .after(let anchor):
      let session = home(anchor)!
      let index = order[session]!.firstIndex(of: anchor)!
      order[session]!.insert(id, at: place == .before(anchor) ? index : index + 1)
    }
  }

  /// What a command about drafts does. `position`: that of its event.
  mutating func take(_ command: Statements.Command, _ position: Int) -> Expectation {
    switch command {
    case .record(let id, let place, let draft):
      guard isPlace(place) else { return .refused }
      let text = draft.changes.text!
      if let known = entries[id] {
        let isSame = known.kind == draft.kind && known.text == text && known.basis == draft.changes.basedOn
        return known.isThere && isSame ? .nothing : .refused
      }
      if let basis = draft.changes.basedOn, entries[basis]?.isThere != true { return .refused }
      entries[id] = Entry(kind: draft.kind, text: text, basis: draft.changes.basedOn, recordedAt: position)
      put(id, place)
    case .correct(let id, let change):
      guard let entry = draft(id) else { return .refused }
      let text = entry.text.merging(change.changes.text!)
      if text == entry.text { return .nothing }
      entries[id]!.text = text
    case .translate(let id, let text):
      guard let entry = entries[id], entry.isThere else { return .refused }
      if entry.text.merging(text) == entry.text { return .nothing }
      if entry.status == .published, text.languages.contains(where: { entry.text[$0] != nil }) {
        return .refused
      }
      entries[id]!.text = entry.text.merging(text)
    case .move(let id, let place):
      guard draft(id) != nil, anchor(place) != id, isPlace(place) else { return .refused }
      put(id, place)
    case .split(let id, let rest, let words):
      guard let entry = draft(id) else { return .refused }
      if let known = entries[rest] {
        let isSame =
          known.splitFrom == id && !known.expunged && known.status != .gone && known.status != .withdrawn
        return isSame && known.text["en"]!.hasPrefix(words["en"]!) ? .nothing : .refused
      }
      guard entry.kind == .statement else { return .refused }
      guard entry.text.languages == words.languages else { return .refused }
      let (text, wanted) = (entry.text["en"]!, words["en"]!)
      guard text.ranges(of: wanted).count == 1, !text.hasPrefix(wanted) else { return .refused }
      let parts = text.split(separator: " " + wanted, maxSplits: 1, omittingEmptySubsequences: false)
      entries[id]!.text = LocalizedText([.english: String(parts[0])])
      var other = entry
      other.text = LocalizedText([.english: wanted + parts[1]])
      (other.recordedAt, other.splitFrom) = (position + 1, id)
      entries[rest] = other
      put(rest, .after(id))
      relate(id, rest)
      changes.append(position + 1)
    case .merge(let id, let other):
      guard let first = draft(id), id != other else { return .refused }
      if entries[other]?.mergedInto == id { return .nothing }
      guard let second = draft(other), home(id) == home(other),
        first.kind == .statement, second.kind == .statement, first.text.languages == second.text.languages
      else { return .refused }
      let list = order[home(id)!]!
      let (early, late) =
        list.firstIndex(of: id)! < list.firstIndex(of: other)! ? (first, second) : (second, first)
      entries[id]!.text = LocalizedText(
        Dictionary(
          uniqueKeysWithValues: early.text.languages.map { language in
            (language, early.text[language]! + (language.tag == "zh" ? "" : " ") + late.text[language]!)
          }))
      (entries[other]!.status, entries[other]!.mergedInto) = (.gone, id)
      relate(id, other)
    case .retract(let id):
      guard let entry = entries[id] else { return .refused }
      switch entry.status {
      case .draft: entries[id]!.status = .gone
      case .gone, .withdrawn: return .nothing
      case .published: return .refused
      }
    case .expunge(let id, _, _):
      guard let entry = entries[id] else { return .refused }
      if entry.expunged { return .nothing }
      if entry.mergedInto != nil { return .refused }
      entries[id]!.expunged = true
      destroyDrafts(of: id)
      destroyCorrections(of: id)
    case .replace(let id, let text, _, _):
      guard let entry = entries[id], entry.isThere,
        entry.text.languages.allSatisfy({ text[$0] != nil })
      else { return .refused }
      (entries[id]!.text, entries[id]!.replacedAt) = (text, position)
      destroyDrafts(of: id)
      destroyCorrections(of: id)
    case .reaffirm(let id):
      guard let entry = entries[id], entry.isThere, entry.basis != nil else { return .refused }
      // Whether there is something to look at again is another test's.
      return .done
    }
    changes.append(position)
    return .done
  }

  /// The words of drafts that are gone go with those of an entry.
  private mutating func destroyDrafts(of id: RecordID) {
    for other in kin(of: id) where entries[other]!.status == .gone { entries[other]!.expunged = true }
  }

  /// The words of corrections go with those of their entry, and so do the reasons of decisions: then nothing can be
  /// compared with them.
  private mutating func destroyCorrections(of id: RecordID) {
    for (key, correction) in corrections where correction.entry == id {
      corrections[key]!.isDestroyed = correction.text != nil
      if correction.decision != .open { corrections[key]!.isReasonDestroyed = true }
    }
  }

  mutating func take(_ command: Corrections.Command, _ position: Int) -> Expectation {
    func differs(_ text: LocalizedText?, _ entry: Entry) -> Bool {
      text.map { entry.text.merging($0) != entry.text } ?? true
    }
    switch command {
    case .request(let request), .make(let request, _, _):
      let text = request.change?.changes.text
      var made: Verification?
      if case .make(_, let against, _) = command { made = against }
      if let known = corrections[request.correction] {
        guard known.entry == request.entry else { return .refused }
        return made.map { decide(request.correction, $0, position) } ?? .nothing
      }
      guard let entry = entries[request.entry], entry.isThere, entry.status == .published,
        differs(text, entry)
      else { return .refused }
      corrections[request.correction] = Correction(entry: request.entry, text: text, requestedAt: position)
      return made.map { decide(request.correction, $0, position + 1) } ?? .done
    case .accept(let id, let against, _):
      return corrections[id] == nil ? .refused : decide(id, against, position)
    case .refuse(let id, _):
      guard let known = corrections[id], known.decision != .accepted else { return .refused }
      if known.decision == .refused { return known.isReasonDestroyed ? .refused : .nothing }
      corrections[id]!.decision = .refused
      return .done
    }

    func decide(_ id: CorrectionID, _ against: Verification, _ position: Int) -> Expectation {
      let correction = corrections[id]!
      if correction.decision == .accepted {
        // One that is made in one step has no reason.
        let isKnown = against == .notes || !correction.isReasonDestroyed
        return correction.against == against && isKnown ? .nothing : .refused
      }
      guard correction.decision == .open, !correction.isDestroyed, let entry = entries[correction.entry],
        entry.isThere,
        differs(correction.text, entry), correction.text == nil || entry.correctedAt < correction.requestedAt
      else { return .refused }
      (corrections[id]!.decision, corrections[id]!.against) = (.accepted, against)
      if let text = correction.text {
        entries[correction.entry]!.correctedAt = position
        entries[correction.entry]!.text = entry.text.merging(text)
      } else {
        entries[correction.entry]!.status = .withdrawn
      }
      changes.append(position)
      return .done
    }
  }

  mutating func issue(at position: Int) -> Expectation {
    if let last = issues.last, position < last || !changes.contains(where: { $0 > last && $0 <= position }) {
      return .refused
    }
    if changes.contains(where: { $0 > position }) { return .refused }
    issues.append(position)
    for (id, entry) in entries where entry.status == .draft && entry.recordedAt <= position {
      entries[id]!.isNumbered = !entry.expunged
      entries[id]!.status = .published
    }
    return .done
  }
}

/// What an issue prints of an entry.
private struct Line: Equatable, CustomStringConvertible {
  var number: String
  var entry: RecordID
  var text: LocalizedText?
  var isRetracted: Bool

  var description: String { "\(number) \(entry) \(text.map { "\($0)" } ?? "-") \(isRetracted)" }
}

/// Random commands about the record, beside a simple account of it.
struct `Whatever is done to the record` {
  private static let sessions: [SessionID] = ["alpha", "beta", "gamma"]

  /// A log with its read model, and each issue as it was published.
  private struct Run {
    var given = Given<Statements>.start
    var followed = ProceedingsModel()
    var oracle = Oracle()
    var issues: [(snapshot: ProceedingsModel, lines: [Line])] = []
    var fixed = Numbering()
    var outcomes: [String: Int] = [:]

    var next: Int { given.events.count + 1 }

    init() throws {
      for event in given.events { try followed.apply(LoggedEvent(event), event.origin) }
      for session in sessions { oracle.order[session] = [] }
    }

    mutating func append(_ events: [RecordEvent]) throws {
      for event in events {
        given = given.and(event.body)
        try followed.apply(LoggedEvent(given.last), given.last.origin)
      }
    }

    /// Everything that is printed, in its order.
    static func lines(_ model: ProceedingsModel) -> [Line] {
      let numbering = model.numbering(sessions)
      return sessions.flatMap { session in
        model.entries(of: session).filter(\.isPrinted).map { row in
          Line(
            number: numbering.printed(row) ?? "?", entry: row.id,
            text: row.details.isExpunged ? nil : row.details.text,
            isRetracted: row.isRetracted)
        }
      }
    }
  }

  @Test(arguments: 1...25 as ClosedRange<UInt64>)
  func `what was once fixed stays fixed, and everything else is as expected`(seed: UInt64) throws {
    var chance = SplitMix(seed: seed)
    var run = try Run()
    for count in 1...160 {
      let (name, decided, expected) = try step(&run, &chance, count)
      run.outcomes["\(name) \(expected)", default: 0] += 1
      let at = "seed \(seed), command \(count): \(name)"
      switch (decided, expected) {
      case (nil, .refused), ([]?, .nothing): break
      case (let events?, .done) where !events.isEmpty: try run.append(events)
      // A move to where it stands already.
      case ([]?, .done) where name == "move": run.oracle.changes.removeLast()
      case ([]?, .done) where name == "reaffirm": break
      default: Issue.record("\(at) gave \(decided.map { "\($0)" } ?? "a refusal"), expected \(expected)")
      }
      try compare(run, at)
      try checkFixed(&run, at)
      if count % 40 == 0 { try checkRebuild(run, at) }
    }
    try checkRebuild(run, "seed \(seed), at the end")
    #expect(run.issues.count > 2 && run.oracle.entries.count > 10, "\(run.outcomes)")
  }

  /// Decides a random command, and asks the account what to expect.
  ///
  /// - Returns: no events if there is nothing to do; nil if it is refused.
  private func step(_ run: inout Run, _ chance: inout SplitMix, _ count: Int) throws
    -> (String, [RecordEvent]?, Oracle.Expectation)
  {
    let known = run.oracle.entries.keys.sorted()
    func some() -> RecordID {
      Int.random(in: 0..<12, using: &chance) == 0 ? "nobody" : known.randomElement(using: &chance) ?? "nobody"
    }
    let isNew = Int.random(in: 0..<8, using: &chance) > 0
    let fresh = isNew ? RecordID(stringLiteral: "e-\(count)") : some()
    let session: SessionID =
      Int.random(in: 0..<15, using: &chance) == 0 ? "nowhere" : Self.sessions.randomElement(using: &chance)!
    let places: [Statements.Place] = [.end(session), .end(session), .before(some()), .after(some())]
    let place = places.randomElement(using: &chance)!
    // Often the same words again.
    let words = Int.random(in: 0..<4, using: &chance) == 0 ? "one two" : "one\(count) two\(count)"
    var text = LocalizedText([.english: words])
    if Int.random(in: 0..<6, using: &chance) == 0 {
      text = LocalizedText([.english: words, "zh": "一\(count)"])
    }
    let kind: EntryKind = Int.random(in: 0..<5, using: &chance) == 0 ? .conclusion : .statement
    let id = some()

    func statement(_ name: String, _ command: Statements.Command) throws
      -> (String, [RecordEvent]?, Oracle.Expectation)
    {
      let result = try #require(run.given.when(command).result())
      return (name, try? result.get(), run.oracle.take(command, run.next))
    }
    /// Destroys words, as the log does.
    func destroying(_ name: String, _ command: Statements.Command) throws
      -> (String, [RecordEvent]?, Oracle.Expectation)
    {
      let (name, decided, expected) = try statement(name, command)
      let words = (decided ?? []).flatMap { ($0.body as? StatementExpunged)?.positions ?? [] }
      #expect(Set(words).count == words.count)
      for position in words {
        #expect(run.given.events[position - 1].words != nil, "\(position) is destroyed twice")
      }
      run.given = run.given.withoutWords(at: words)
      return (name, decided, expected)
    }
    func correction(_ name: String, _ command: Corrections.Command) throws
      -> (String, [RecordEvent]?, Oracle.Expectation)
    {
      let result = try #require(run.given.asked(Corrections.self).when(command).result())
      return (name, try? result.get(), run.oracle.take(command, run.next))
    }

    let published = run.oracle.entries.filter { $0.value.status == .published }.keys.sorted()
    let target =
      Int.random(in: 0..<6, using: &chance) == 0 ? id : published.randomElement(using: &chance) ?? id
    let request = Corrections.Request(
      CorrectionID(stringLiteral: "k-\(Int.random(in: 0..<12, using: &chance) == 0 ? 1 : count)"), of: target,
      kind: .substantive,
      Int.random(in: 0..<5, using: &chance) == 0
        ? nil : Statements.Change(EntryDetails.Changes { $0.text = text }))
    let asked = run.oracle.corrections.keys.sorted().randomElement(using: &chance) ?? "k-0"
    let basis =
      run.oracle.entries[fresh] == nil && kind == .conclusion ? known.randomElement(using: &chance) : nil
    switch Int.random(in: 0..<40, using: &chance) {
    case 0..<9:
      return try statement(
        "record",
        .record(
          fresh, place,
          Statements.Draft(
            kind,
            EntryDetails.Changes {
              $0.text = text
              $0.basedOn = basis
            }, by: .init(.unattributed))))
    case 9..<12:
      return try statement(
        "correct", .correct(id, Statements.Change(EntryDetails.Changes { $0.text = text })))
    case 12, 13: return try statement("translate", .translate(id, ["zh": "译\(count % 7)"]))
    case 14, 15, 16: return try statement("move", .move(id, place))
    case 17, 18:
      let half = run.oracle.entries[id]?.text["en"]?.split(separator: " ").dropFirst().first.map(String.init)
      return try statement("split", .split(id, rest: fresh, at: LocalizedText([.english: half ?? "two"])))
    case 19: return try statement("merge", .merge(id, with: some()))
    case 20: return try statement("retract", .retract(id))
    case 21: return try destroying("expunge", .expunge(id, authority: "The court", reason: "Libel"))
    case 36:
      return try destroying("replace", .replace(id, text, authority: "The court", reason: "A name is gone"))
    case 37, 38, 39:
      let resting = run.oracle.entries.filter { $0.value.basis != nil }.keys.sorted()
      let (name, decided, expected) = try statement(
        "reaffirm", .reaffirm(resting.randomElement(using: &chance) ?? id))
      let printsAgain = (decided ?? []).contains { ($0.body as? EntryReaffirmed)?.printsAgain == true }
      if printsAgain { run.oracle.changes.append(run.next) }
      return (name, decided, expected)
    case 22, 23, 24: return try correction("request", .request(request))
    case 25: return try correction("make", .make(request, against: .notes, reason: nil))
    case 26, 27: return try correction("accept", .accept(asked, against: .recording, reason: "Heard again"))
    case 28: return try correction("refuse", .refuse(asked, reason: "No"))
    case 29:
      let wanted = Int.random(in: 1...4, using: &chance)
      let result = try #require(run.given.asked(Issues.self).when(.number(session, wanted)).result())
      // How numbers are given is another test's; here they only have to stay.
      let events = try? result.get()
      return ("number", events, events == nil ? .refused : events == [] ? .nothing : .done)
    default:
      let old = Int.random(in: 0..<4, using: &chance) == 0
      let position = old ? Int.random(in: 1..<run.next, using: &chance) : run.next - 1
      return try publish(&run, at: position)
    }
  }

  private func publish(_ run: inout Run, at position: Int) throws -> (
    String, [RecordEvent]?, Oracle.Expectation
  ) {
    let proofed = try asOf(run.given, position)
    let number = run.issues.count + 1
    let result = try #require(
      run.given.asked(Issues.self).when(
        .issue(
          Issues.Request(number: nil, at: position, provisional: false, note: nil),
          Issues.Publication(
            at: position, date: "2016-06-04",
            build: ProceedingsIssued.Build(document: "ab", typesetting: "cd"),
            sessions: proofed.numbering(Self.sessions).newlyFixed(since: proofed, issue: number)))
      ).result())
    let expected = run.oracle.issue(at: position)
    if expected == .done { run.issues.append((proofed, Run.lines(proofed))) }
    return ("issue", try? result.get(), expected)
  }

  private func asOf(_ given: Given<Statements>, _ position: Int) throws -> ProceedingsModel {
    try given.events.prefix(position).reduce(into: ProceedingsModel()) {
      try $0.apply(LoggedEvent($1), $1.origin)
    }
  }

  /// The rows are what the account says.
  private func compare(_ run: Run, _ at: String) throws {
    #expect(run.followed.entries.count == run.oracle.entries.count, "\(at)")
    for (id, entry) in run.oracle.entries {
      let row = try #require(run.followed.entries[id.slug], "\(at)")
      #expect(row.details.isExpunged == entry.expunged, "\(id) after \(at)")
      if !entry.expunged { #expect(row.details.text == entry.text, "\(id) after \(at)") }
      #expect(row.isRetracted == (entry.status == .gone || entry.status == .withdrawn), "\(id) after \(at)")
      #expect((row.number != nil) == entry.isNumbered, "\(id) after \(at)")
      let isPrinted = entry.status != .gone && (entry.isNumbered || !entry.expunged)
      #expect(row.isPrinted == isPrinted, "\(id) after \(at)")
    }
    for session in Self.sessions {
      for kind in [EntryKind.statement, .conclusion] {
        #expect(
          run.followed.entries(of: session).filter { $0.kind == kind }.map(\.id)
            == run.oracle.order[session]!.filter { run.oracle.entries[$0]!.kind == kind }, "\(at)")
      }
    }
    for (id, correction) in run.oracle.corrections {
      let status = run.followed.corrections[id.slug]?.status
      let expected: CorrectionStatus =
        switch correction.decision {
        case .open: .requested
        case .accepted: .accepted
        case .refused: .refused
        }
      #expect(status == expected, "\(id) after \(at)")
    }
  }

  /// Numbers never change and are never given twice, and each issue is as it was published.
  private func checkFixed(_ run: inout Run, _ at: String) throws {
    let now = run.followed.fixedNumbers
    for (entry, number) in run.fixed.numbers { #expect(now.numbers[entry] == number, "\(at)") }
    for (session, ordinal) in run.fixed.ordinals { #expect(now.ordinals[session] == ordinal, "\(at)") }
    #expect(Set(now.ordinals.values).count == now.ordinals.count, "\(at)")
    let printed = run.followed.entries.rows.compactMap { now.printed($0) }
    #expect(Set(printed).count == printed.count && printed.count == now.numbers.count, "\(at)")
    run.fixed = now
    for (index, issue) in run.issues.enumerated() {
      let again = Run.lines(issue.snapshot.numbered(run.followed.fixedNumbers(of: index + 1)))
      #expect(again == issue.lines, "issue \(index + 1) after \(at)")
    }
  }

  /// What a rebuild gives is what following gave, and each issue is the same apart from expunged words.
  private func checkRebuild(_ run: Run, _ at: String) throws {
    let rebuilt = try asOf(run.given, run.next - 1)
    expectSame(rebuilt, run.followed, at)
    // Decisions and the read model know the same of when words and meaning changed.
    for (id, entry) in try run.given.state().record.entries {
      #expect(run.followed.entries[id.slug]?.history == entry.history, "\(id) after \(at)")
    }
    for (index, issue) in run.issues.enumerated() {
      let built = try asOf(run.given, run.oracle.issues[index]).numbered(rebuilt.fixedNumbers(of: index + 1))
      let expected = issue.lines.map { line in
        var line = line
        let entry = run.oracle.entries[line.entry]!
        if entry.expunged || entry.replacedAt ?? 0 > run.oracle.issues[index] { line.text = nil }
        return line
      }
      #expect(Run.lines(built) == expected, "issue \(index + 1) built again after \(at)")
    }
  }
}

extension Given<Statements> {
  /// A conference with three sessions.
  fileprivate static var start: Given {
    Statements.given(
      opened, session("alpha", slot("aula", 9, 10)), session("beta", slot("aula", 10, 11)),
      session("gamma", slot("aula", 11, 12)))
  }
}
