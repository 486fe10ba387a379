package import EventLog
package import People
package import Vocabulary

/// One attendee of a file.
package struct WantedAttendee: Sendable, Hashable {
  /// The other program's own keys; no address.
  package var keys: [String]
  /// The short name, if the file is a table that Plenary wrote.
  package var own: String?
  package var details: AttendeeDetails
  /// Nil: the file does not say.
  package var category: String?
  package var listed: Bool?
  package var isCancelled = false
  /// Whether the file would say it if the attendee were cancelled. A table may have no such column.
  package var saysState = true
  /// Of a table of ours: all forms of the name.
  package var shownName: [ShownForm] = []
  /// Of a table of ours: the fields of which it has a column, and nothing in it.
  package var emptied: Set<String> = []
  /// Where it is in the file.
  package var line: Int?

  package init(keys: [String], details: AttendeeDetails) {
    self.keys = keys
    self.details = details
  }
}

/// Registers the attendees of a file, and follows the file when it changes.
///
/// They are found by the other program's keys, else by their address, else by name and organisation, in the details that
/// the conference's keys open. What changed on both sides is a clash, as in a program. Of somebody whom this list brings for
/// the first time, what is here stands. Whom an import withdrew is reinstated when the list has them again; whoever withdrew
/// here stays withdrawn.
package enum AttendeeImport: Decider {
  package static let name = "AttendeeImport"

  package typealias Event = ProgramOrPeopleEvent

  package struct State: Sendable, Equatable {
    package var attendees: [AttendeeID: Attendees.State] = [:]
    package var imports = Imports()
  }

  package struct Command: Encodable, Sendable {
    /// The file is known by its hash.
    private enum CodingKeys: CodingKey { case source, sha256, withdrawsMissing, choices }

    package var source: ImportSource
    package var format: String
    package var sha256: String
    package var wanted: [WantedAttendee]
    package var choices: ProgramImport.Choices
    /// Whether an attendee of this source who is not in the file is withdrawn.
    package var withdrawsMissing: Bool
    /// Whether Plenary wrote the file, as a table.
    package var isOwn = false
    /// Whether the choices are for this file and those that follow it.
    package var choicesStand = false
    /// The conference's, in their order: a table of ours shows a text in the first one that it has.
    package var languages: [Language] = []
    package var keys: ImportKeys
    /// So many new people are sealed at a time: more would take more memory.
    package var sealedTogether = 10_000

    package init(
      source: ImportSource, format: String, sha256: String, wanted: [WantedAttendee],
      choices: ProgramImport.Choices = .init(), withdrawsMissing: Bool, keys: ImportKeys
    ) {
      self.source = source
      self.format = format
      self.sha256 = sha256
      self.wanted = wanted
      self.choices = choices
      self.withdrawsMissing = withdrawsMissing
      self.keys = keys
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(source, forKey: .source)
      try container.encode(sha256, forKey: .sha256)
      try container.encode(withdrawsMissing, forKey: .withdrawsMissing)
      // Earlier versions had no choices, and hashed requests without them.
      if choices != ProgramImport.Choices() { try container.encode(choices, forKey: .choices) }
    }
  }

  package enum Refusal: DomainRefusal {
    case unreadable(Int)
    case clashes([ProgramImport.Clash])
    /// Choices for what is no clash; and the clashes that there are.
    case idleChoices([String], [ProgramImport.Clash])

    package var texts: [HintedText] {
      switch self {
      case .unreadable(let count):
        .says(
          "The details of \(counted(count, "attendee")) cannot be decrypted, so nobody knows who of the file is registered "
            + "already.", .restoreVault)
      case .clashes(let clashes): clashes.texts
      case .idleChoices(let choices, let clashes): clashes.texts(idle: choices)
      }
    }
  }

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    Query([
      Query.Item(types: attendeeTypes), Query.Item(types: ProgramImport.importTypes, tags: [.registrations]),
    ])
  }

  private static let attendeeTypes = [
    AttendeeRegistered.type, AttendeeRevised.type, AttendeeWithdrawn.type, AttendeeReinstated.type,
    AttendeeSignedUp.type, AttendeeSignedOff.type, AttendeeCheckedIn.type, AttendeeCheckedOut.type,
    PersonErased.type,
  ]

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.imports.evolve(event)
    for tag in event.tags {
      guard let id: AttendeeID = identifier("attendee:", in: tag) else { continue }
      try Attendees.evolve(&state.attendees[id, default: Attendees.initial], event)
    }
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    var plan = try AttendeeImportPlan(command, in: state)
    plan.compare(state)
    let clashes = plan.clashes + plan.settled
    let idle =
      command.choicesStand
      ? command.choices.idleInSeries(compared: plan.compared, known: plan.knownTags)
      : command.choices.idle(clashes, compared: plan.compared)
    guard idle.isEmpty else { throw .idleChoices(idle, clashes) }
    guard plan.clashes.isEmpty else { throw .clashes(plan.clashes) }
    return plan.takeEvents()
  }

  /// Fields of a table of ours that differ as before, when what is here was chosen: as a choice names them.
  package static func declined(_ command: Command, in state: State) throws(Refusal) -> [String] {
    if !command.isOwn { return [] }
    var plan = try AttendeeImportPlan(command, in: state)
    plan.compare(state)
    return plan.declined
  }

  /// Who has withdrawn, or was erased, while the file still has them; and why they do not come.
  package static func skipped(_ command: Command, in state: State) throws(Refusal) -> [(
    id: AttendeeID, cause: ProgramImport.Left.Cause
  )] {
    guard state.attendees.values.contains(where: { $0.status == .withdrawn || $0.status == .erased }) else {
      return []
    }
    return try AttendeeImportPlan(command, in: state).skipped(state)
  }
}

/// Who is new and what differs.
private struct AttendeeImportPlan {
  private let command: AttendeeImport.Command
  private let imports: Imports
  private let known: [Tag: Imports.Fact]
  private var opened: [AttendeeID: AttendeeDetails] = [:]
  private var changes: [ProgramOrPeopleEvent] = []
  private var facts: [ImportedFact] = []
  /// Makes the short names.
  private let names: OwnerKey
  private(set) var clashes: [ProgramImport.Clash] = []
  private(set) var settled: [ProgramImport.Clash] = []
  /// What was compared, attendees and their fields, if single ones are chosen.
  private(set) var compared: Set<String> = []
  /// Fields that differ as before, when what is here was chosen.
  private(set) var declined: [String] = []
  var knownTags: Set<String> { Set(known.keys.map(\.text)) }
  /// For each of the file, who it is here.
  private var found: [AttendeeID?] = []

  /// Finds out who is who, and seals nothing.
  init(_ command: AttendeeImport.Command, in state: AttendeeImport.State) throws(AttendeeImport.Refusal) {
    self.command = command
    names = command.keys.key(of: .registrations)
    imports = state.imports
    known = imports.facts[command.source] ?? [:]
    var sealed: [(id: AttendeeID, details: Sealed)] = []
    for (id, attendee) in state.attendees where attendee.status != .erased {
      if let details = attendee.details { sealed.append((id, details)) }
    }
    let details: [AttendeeDetails?] = sealed.parallelMap { [keys = command.keys] id, details in
      keys.open(details, context: AttendeeDetails.context(keys.conference, id), of: id.tag)
    }
    for (sealed, details) in zip(sealed, details) { opened[sealed.id] = details }
    guard opened.count == sealed.count else { throw .unreadable(sealed.count - opened.count) }
    for (id, attendee) in state.attendees where attendee.status == .erased {
      let context = AttendeeDetails.context(command.keys.conference, id)
      opened[id] = attendee.details.flatMap { command.keys.openErased($0, context: context, of: id.tag) }
    }
    found = matched({ state.attendees[$0] != nil }) { state.attendees[$0].map(Self.isHere) ?? false }
  }

  private static func isHere(_ attendee: Attendees.State) -> Bool {
    attendee.status == .registered || attendee.status == .checkedIn
  }

  /// Whether what the file says of somebody is compared with what is here. Who has withdrawn here stays withdrawn.
  private func isCompared(_ id: AttendeeID, _ attendee: Attendees.State, _ wanted: WantedAttendee) -> Bool {
    opened[id] != nil && (Self.isHere(attendee) || isBack(id, attendee, wanted))
  }

  /// Whether somebody comes after all whom an import withdrew, or the undoing of one.
  private func isBack(_ id: AttendeeID, _ attendee: Attendees.State, _ wanted: WantedAttendee) -> Bool {
    guard attendee.status == .withdrawn, !wanted.isCancelled else { return false }
    if command.isOwn { return known[id.tag]?.isUndone == true }
    if imports.isUndone(id.tag) { return true }
    guard imports.tookOut(id.tag), let cancelled = known[id.tag]?.digests[Imports.cancelled] else {
      return false
    }
    return wanted.saysState || cancelled == Imports.wasMissing
  }

  func skipped(_ state: AttendeeImport.State) -> [(id: AttendeeID, cause: ProgramImport.Left.Cause)] {
    zip(command.wanted, found).compactMap { wanted, id in
      guard let id, let attendee = state.attendees[id], !isCompared(id, attendee, wanted) else { return nil }
      // What a table of ours says otherwise of somebody who does not come is not taken.
      let isCorrected = command.isOwn && opened[id].map { corrected($0, wanted) != $0 } ?? false
      if wanted.isCancelled, !isCorrected { return nil }
      return (id, attendee.status == .withdrawn && imports.tookOut(id.tag) ? .file : .organizer)
    }
  }

  /// Makes the events.
  mutating func compare(_ state: AttendeeImport.State) {
    var given = Set(state.attendees.keys.map(\.slug))
    var new = command.wanted.indices.filter { found[$0] == nil && !command.wanted[$0].isCancelled }
      .map { (number: $0, id: newID($0, &given)) }[...]
    // There can be a hundred thousand.
    changes.reserveCapacity(new.count + 1)
    facts.reserveCapacity(new.count)
    var registered: ArraySlice<(AttendeeRegistered, ImportedFact)> = []
    for (number, wanted) in command.wanted.enumerated() {
      if let id = found[number] {
        guard let attendee = state.attendees[id] else { continue }
        revise(id, attendee, wanted)
      } else if !wanted.isCancelled {
        if registered.isEmpty {
          // Sealing takes most of the time.
          registered =
            Array(new.prefix(command.sealedTogether)).parallelMap { [plan = self] number, id in
              plan.registration(of: plan.command.wanted[number], as: id)
            }[...]
          new = new.dropFirst(command.sealedTogether)
        }
        guard let (body, fact) = registered.popFirst() else {
          preconditionFailure("Each one who is new is sealed.")
        }
        changes.append(.people(.attendeeRegistered(body)))
        note(fact)
      }
    }
    if command.withdrawsMissing { withdrawMissing(Set(found.compactMap(\.self)), state) }
  }

  /// The events, which the plan does not have any more then: there can be a hundred thousand.
  mutating func takeEvents() -> [ProgramOrPeopleEvent] {
    if changes.isEmpty, facts.isEmpty { return [] }
    let imported = FileImported(
      source: command.source, format: command.format, sha256: command.sha256, facts: facts)
    var events: [ProgramOrPeopleEvent] = []
    swap(&events, &changes)
    events.insert(.scheduling(.fileImported(imported)), at: 0)
    return events
  }

  // MARK: Who is who

  /// - Parameters:
  ///   - isKnown: whether somebody was ever registered, also whoever was erased since.
  ///   - isHere: whether somebody has neither withdrawn nor been erased.
  private func matched(_ isKnown: (AttendeeID) -> Bool, _ isHere: @escaping (AttendeeID) -> Bool)
    -> [AttendeeID?]
  {
    var byKey: [String: [AttendeeID]] = [:]
    for (tag, fact) in known {
      guard let id: AttendeeID = identifier("attendee:", in: tag.text) else { continue }
      for key in fact.keys { byKey[key, default: []].append(id) }
    }
    var byAddress: [String: [AttendeeID]] = [:]
    var byName: [String: [AttendeeID]] = [:]
    for (id, details) in opened {
      if let email = details.email { byAddress[email.text.lowercased(), default: []].append(id) }
      byName[Self.name(details), default: []].append(id)
    }
    /// Somebody can be registered again after a withdrawal: then that one is meant.
    func preferred(_ ids: [AttendeeID]) -> [AttendeeID] {
      let present = ids.filter(isHere)
      return present.isEmpty ? ids : present
    }
    // A key that several rows have, such as the number of an order of several tickets, says nothing of any of them. Of a key
    // that earlier lists gave to several people, this row's name or address must say who of them is meant.
    let counts = Dictionary(command.wanted.flatMap(\.keys).map { ($0, 1) }, uniquingKeysWith: +)
    var found = [AttendeeID?](repeating: nil, count: command.wanted.count)
    var claimed: Set<AttendeeID> = []
    // What a table of ours calls by the short name. If somebody else has it, the name is a clash.
    for (number, wanted) in command.wanted.enumerated() {
      guard let id = wanted.own.flatMap({ try? AttendeeID($0) }), isKnown(id),
        claimed.insert(id).inserted
      else { continue }
      found[number] = id
    }
    for isShared in [false, true] {
      for (number, wanted) in command.wanted.enumerated() where found[number] == nil {
        for key in wanted.keys where counts[key] == 1 {
          guard var ids = byKey[key], (ids.count > 1) == isShared else { continue }
          if isShared {
            ids = preferred(ids.filter { !claimed.contains($0) && isAlike($0, wanted.details) })
          }
          guard ids.count == 1, claimed.insert(ids[0]).inserted else { continue }
          found[number] = ids[0]
          break
        }
      }
    }
    func candidates(_ wanted: WantedAttendee) -> [AttendeeID] {
      let address = wanted.details.email.map { byAddress[$0.text.lowercased()] ?? [] } ?? []
      // Whoever has another address is somebody else.
      let named = (byName[Self.name(wanted.details)] ?? []).filter {
        wanted.details.email == nil || opened[$0]?.email == nil
      }
      return (address.isEmpty ? named : address).filter {
        !claimed.contains($0) && !isKnownOtherwise($0, wanted.keys)
      }.sorted()
    }
    // Two families can share an address, and two people a name: first whoever is the same in all.
    let choices: [([AttendeeID], AttendeeDetails) -> AttendeeID?] = [
      { ids, details in preferred(ids.filter { opened[$0] == details }).first },
      { ids, details in
        preferred(ids.filter { opened[$0].map(Self.name) == Self.name(details) && known[$0.tag] != nil })
          .first
      },
      { ids, _ in
        let ids = preferred(ids)
        return ids.count == 1 ? ids[0] : nil
      },
    ]
    for choose in choices {
      for (number, wanted) in command.wanted.enumerated() where found[number] == nil {
        guard let id = choose(candidates(wanted), wanted.details) else { continue }
        found[number] = id
        claimed.insert(id)
      }
    }
    // Of somebody who was registered twice, one registration can have been withdrawn. The file means who is here.
    for (number, wanted) in command.wanted.enumerated() {
      guard let id = found[number], !isHere(id), let email = wanted.details.email else { continue }
      let present = (byAddress[email.text.lowercased()] ?? []).filter {
        isHere($0) && !claimed.contains($0) && opened[$0]?.name.printed == wanted.details.name.printed
      }
      guard present.count == 1 else { continue }
      found[number] = present[0]
      claimed.insert(present[0])
    }
    return found
  }

  /// Whether the source knows the attendee by a key of the same kind, which is another one.
  private func isKnownOtherwise(_ id: AttendeeID, _ keys: [String]) -> Bool {
    func kind(_ key: String) -> Substring { key.prefix { $0 != ":" } }
    guard let others = known[id.tag]?.keys else { return false }
    let kinds = Set(others.map(kind))
    return !keys.contains(where: others.contains) && keys.contains { kinds.contains(kind($0)) }
  }

  /// Whether somebody has this name or this address.
  private func isAlike(_ id: AttendeeID, _ details: AttendeeDetails) -> Bool {
    guard let present = opened[id] else { return false }
    if let email = details.email, email.text.lowercased() == present.email?.text.lowercased() { return true }
    let name = details.name.printed.lowercased()
    return present.name.forms.contains { $0.printed.lowercased() == name }
  }

  private static func name(_ details: AttendeeDetails) -> String {
    let organisation = details.organisation?.entries.first?.text ?? ""
    return "\(details.name.printed.lowercased())\n\(organisation.lowercased())"
  }

  /// Random for whoever does not know the import's key, and the same when the decision is made again.
  private func newID(_ number: Int, _ given: inout Set<String>) -> AttendeeID {
    var turn = 0
    while true {
      let digits = names.digest("attendee \(number) \(turn)")
      if let id = try? AttendeeID("a-\(digits)"), given.insert(id.slug).inserted { return id }
      turn += 1
    }
  }

  // MARK: What is recorded

  private func registration(of wanted: WantedAttendee, as id: AttendeeID) -> (
    AttendeeRegistered, ImportedFact
  ) {
    let key = command.keys.key(of: id.tag)
    let json = jsonText(wanted.details)
    let sealed = key.seal(json: json, context: AttendeeDetails.context(command.keys.conference, id))
    var said = fieldTexts(ofJSON: json, as: AttendeeDetails.Changes.self).mapValues(key.digest)
    if let category = wanted.category { said["category"] = key.digest(category) }
    if let listed = wanted.listed { said["listed"] = "\(listed)" }
    return (
      AttendeeRegistered(
        attendee: id, category: wanted.category ?? "delegate", listed: wanted.listed ?? true, details: sealed),
      command.isOwn
        ? ImportedFact(of: id.tag, keys: [], digests: [Imports.added: "1"]) : fact(id, wanted, said)
    )
  }

  private mutating func revise(_ id: AttendeeID, _ attendee: Attendees.State, _ wanted: WantedAttendee) {
    guard isCompared(id, attendee, wanted), let present = opened[id] else { return }
    if command.isOwn { return correct(id, attendee, present, wanted) }
    let wantedDetails = wanted.details
    // Whoever stayed when the first import with them was undone was registered here.
    let known = known[id.tag].flatMap { $0.isUndone && Self.isHere(attendee) ? nil : $0 }
    if wanted.isCancelled {
      // Whom the file withdrew before, somebody here has reinstated.
      if known?.digests[Imports.cancelled] == "1" { return }
      withdraw(id, attendee)
      var said = known?.digests ?? [:]
      said[Imports.cancelled] = "1"
      return note(fact(id, wanted, said))
    }
    if attendee.status == .withdrawn {
      changes.append(.people(.attendeeReinstated(AttendeeReinstated(attendee: id))))
    }
    let key = command.keys.key(of: id.tag)
    var choices = command.choices
    if known == nil { choices.all = choices.all ?? .ours }
    var merge = FieldMerge(
      id.tag, base: known?.digests ?? [:], clearsMissing: false, choices: choices)
    merge.isUndone = attendee.status == .withdrawn && imports.isUndone(id.tag)
    // A list that says nothing of states leaves what an earlier one said of them.
    if wanted.saysState || merge.said[Imports.cancelled] == Imports.wasMissing {
      merge.said[Imports.cancelled] = nil
    }
    var details = present
    if wantedDetails == present {
      merge.said.merge(digests(of: present, as: AttendeeDetails.Changes.self, key.digest)) { $1 }
    } else {
      var asked = AttendeeDetails.Changes()
      for field in AttendeeDetails.Field.allCases {
        // Values are personal data, which no message has.
        let choice = merge.value(
          field.rawValue, fieldChange(field, of: wantedDetails, as: AttendeeDetails.Changes.self),
          fieldChange(field, of: present, as: AttendeeDetails.Changes.self),
          show: { _ in "another value" }, digest: { key.digest(jsonText($0)) })
        if choice == .set { asked.restore(field, of: wantedDetails) }
      }
      asked.differing(from: present).apply(to: &details)
    }
    var revised = AttendeeRevised(attendee: id)
    if details != present {
      revised.details = key.seal(details, context: AttendeeDetails.context(command.keys.conference, id))
    }
    // What a list registered people as that did not have these columns was nobody's choice.
    let isImported = known != nil
    let category =
      isImported && merge.base["category"] == nil && attendee.category == "delegate" ? nil : attendee.category
    if merge.value("category", wanted.category, category, show: { "“\(excerpt($0))”" }, digest: key.digest)
      == .set
    {
      revised.category = wanted.category
    }
    let listed = isImported && merge.base["listed"] == nil && attendee.listed ? nil : attendee.listed
    if merge.value("listed", wanted.listed, listed, show: { $0 ? "yes" : "no" }, digest: { "\($0)" }) == .set
    {
      revised.listed = wanted.listed
    }
    if revised.category == attendee.category { revised.category = nil }
    if revised.listed == attendee.listed { revised.listed = nil }
    if revised != AttendeeRevised(attendee: id) { changes.append(.people(.attendeeRevised(revised))) }
    finish(merge, wanted)
    note(fact(id, wanted, merge.said))
  }

  private mutating func finish(_ merge: FieldMerge, _ wanted: WantedAttendee) {
    func placed(_ clash: ProgramImport.Clash) -> ProgramImport.Clash {
      var clash = clash
      if let line = wanted.line { clash.theirs += " in line \(line)" }
      return clash
    }
    clashes += merge.clashes.map(placed)
    if !command.choices.single.isEmpty {
      settled += merge.settled.map(placed)
      compared.insert(merge.tag.text)
      compared.formUnion(AttendeeDetails.Field.allCases.map { "\(merge.tag).\($0.rawValue)" })
      compared.formUnion(["category", "listed"].map { "\(merge.tag).\($0)" })
    }
  }

  private func corrected(_ present: AttendeeDetails, _ wanted: WantedAttendee) -> AttendeeDetails {
    present.corrected(by: wanted, command.languages)
  }

  /// Somebody in a table of ours: each difference is a clash, also that they were withdrawn.
  private mutating func correct(
    _ id: AttendeeID, _ attendee: Attendees.State, _ present: AttendeeDetails, _ wanted: WantedAttendee
  ) {
    if attendee.status == .withdrawn {
      changes.append(.people(.attendeeReinstated(AttendeeReinstated(attendee: id))))
    }
    let key = command.keys.key(of: id.tag)
    let known = known[id.tag]
    var merge = FieldMerge(
      id.tag, base: known?.digests ?? [:], clearsMissing: false, choices: command.choices, isOwn: true)
    let shown = corrected(present, wanted)
    var (details, asked) = (present, AttendeeDetails.Changes())
    for field in AttendeeDetails.Field.allCases where shown != present {
      let choice = merge.value(
        field.rawValue, fieldChange(field, of: shown, as: AttendeeDetails.Changes.self),
        fieldChange(field, of: present, as: AttendeeDetails.Changes.self),
        show: { _ in "another value" }, digest: { key.digest(jsonText($0)) })
      if choice != .keep { asked.restore(field, of: shown) }
    }
    asked.differing(from: present).apply(to: &details)
    var revised = AttendeeRevised(attendee: id)
    if details != present {
      revised.details = key.seal(details, context: AttendeeDetails.context(command.keys.conference, id))
    }
    let category = merge.value(
      "category", wanted.category ?? attendee.category, attendee.category, show: { "“\(excerpt($0))”" },
      digest: key.digest)
    if category == .set { revised.category = wanted.category }
    let listed = merge.value(
      "listed", wanted.listed ?? attendee.listed, attendee.listed, show: { $0 ? "yes" : "no" },
      digest: { "\($0)" })
    if listed == .set { revised.listed = wanted.listed }
    if revised != AttendeeRevised(attendee: id) { changes.append(.people(.attendeeRevised(revised))) }
    if wanted.isCancelled,
      merge.value("status", "withdrawn", Self.status(attendee), show: { $0 }, digest: { $0 }) == .set
    {
      withdraw(id, attendee)
    }
    finish(merge, wanted)
    declined += merge.declined.map { "\(id.tag).\($0)" }
    if merge.said != merge.base { facts.append(ImportedFact(of: id.tag, keys: [], digests: merge.said)) }
  }

  private static func status(_ attendee: Attendees.State) -> String {
    attendee.status == .checkedIn ? "checked-in" : "registered"
  }

  private mutating func withdraw(_ id: AttendeeID, _ attendee: Attendees.State) {
    changes += attendee.sessions.sorted().map {
      .people(.attendeeSignedOff(AttendeeSignedOff(attendee: id, session: $0)))
    }
    changes.append(.people(.attendeeWithdrawn(AttendeeWithdrawn(attendee: id))))
  }

  private mutating func withdrawMissing(_ found: Set<AttendeeID>, _ state: AttendeeImport.State) {
    // A list of ours can be a part.
    for tag in known.keys.sorted() where !command.isOwn {
      guard let id: AttendeeID = identifier("attendee:", in: tag.text), !found.contains(id),
        let attendee = state.attendees[id], attendee.status == .registered, var fact = known[tag],
        // Whom a file withdrew and who comes all the same was reinstated here.
        !fact.isUndone, fact.digests[Imports.cancelled] == nil
      else { continue }
      withdraw(id, attendee)
      fact.digests[Imports.cancelled] = Imports.wasMissing
      facts.append(ImportedFact(of: tag, keys: fact.keys, digests: fact.digests))
    }
  }

  private func fact(_ id: AttendeeID, _ wanted: WantedAttendee, _ said: [String: String]) -> ImportedFact {
    // The key of somebody's other registration stays with that one.
    let new = isKnownOtherwise(id, wanted.keys) ? [] : wanted.keys
    return ImportedFact(
      of: id.tag, keys: Array(Set((known[id.tag]?.keys ?? []) + new)).sorted(), digests: said)
  }

  private mutating func note(_ fact: ImportedFact) {
    if let old = known[fact.of], old.keys == fact.keys, old.digests == fact.digests { return }
    facts.append(fact)
  }
}
