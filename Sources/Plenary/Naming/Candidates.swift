package import EventLog
import People
package import ReadModels
import Scheduling
package import Vocabulary

/// The speakers, sessions or attendees that somebody may mean.
struct Candidates<Kind: IdentifiedEntity> {
  struct Candidate {
    var id: Identifier<Kind>
    /// Another short name that leads to it.
    var formerly: Identifier<Kind>?
    /// What it is called: names in all spellings, titles, addresses.
    var texts: [String]
    /// By which other programs know it. A part of one names nothing.
    var keys: [String] = []
    /// As a message names it; empty if that cannot be decrypted.
    var shown: String
    /// Whether an attendee withdrew: of two of one name, the other one is meant.
    var isWithdrawn = false
    func isKeyed(_ search: SearchWords) -> Bool { keys.contains { search.closeness(to: [$0]) == .whole } }
    var described: String {
      let named = shown.isEmpty ? id.slug : "\(shown) (\(id))"
      return isWithdrawn ? named + ", withdrawn" : named
    }
  }

  var all: [Candidate]
  /// How many more there are whose names cannot be read here.
  var unreadable = 0

  /// The one that these words name: by its short name, by its whole name, its address or another program's key, else by a part
  /// of its name that no other one has. Accents and case do not matter.
  ///
  /// - Parameter wholly: whether a part of its name is not enough.
  /// - Returns: nil if they name none.
  /// - Throws: `Failure` if they name several, or one by a part that is not enough.
  func named(_ words: String, wholly: Bool = false) throws -> Candidate? {
    var found = closest(to: words, atLeast: SearchWords(words).needed)
    // What reaches far asks which of two registrations is meant.
    if !wholly { found = found.withoutWithdrawn() }
    if found.count > 1 { throw Failure.several(words, found) }
    guard wholly, let part = found.first else { return found.first }
    if let whole = closest(to: words, atLeast: .whole).first { return whole }
    throw Failure(
      .refused,
      "“\(excerpt(words))” is only a part of what \(part.described) is called. This command needs the short name or the whole "
        + "name.", code: .noMatch)
  }

  /// Those that the words can name: one, several or none.
  ///
  /// - Parameter least: how well the words must name them.
  func closest(to words: String, atLeast least: SearchWords.Closeness = .beginnings) -> [Candidate] {
    if let literal = all.first(where: { ($0.formerly ?? $0.id).slug == words }) { return [literal] }
    let search = SearchWords(words)
    let least = search.needed == .whole ? .whole : least
    var closest: SearchWords.Closeness?
    var found: [Candidate] = []
    for candidate in all {
      // A part of a short name is no part of what somebody is called: “a” does not mean a-10.
      let slug = search.needed == .beginnings ? [(candidate.formerly ?? candidate.id).slug] : []
      guard
        let closeness = candidate.isKeyed(search) ? .whole : search.closeness(to: candidate.texts + slug),
        closeness >= least
      else { continue }
      if closest.map({ $0 < closeness }) ?? true { (closest, found) = (closeness, []) }
      if closeness == closest, !found.contains(where: { $0.id == candidate.id }) { found.append(candidate) }
    }
    return found
  }

  /// Those that another program knows by this key.
  func keyed(_ key: String) -> [Candidate] {
    let search = SearchWords(key)
    return all.filter { $0.isKeyed(search) }
  }

  /// Whom or what the words of a command that reads name. A short name that nothing has is left to the command to refuse.
  func id(_ words: String) throws -> Identifier<Kind> {
    if let found = try named(words) { return found.id }
    if SearchWords(words).isEmpty { return try Identifier(words) }
    guard let literal = try? Identifier<Kind>(words) else {
      throw Failure.nobody(words, Kind.noun, unreadable: unreadable)
    }
    return literal
  }
}

extension Array {
  /// Those who take part; all if nobody does.
  func withoutWithdrawn<Kind>() -> Self where Element == Candidates<Kind>.Candidate {
    let present = filter { !$0.isWithdrawn }
    return present.isEmpty ? self : present
  }
}

extension Failure {
  fileprivate static func several<Kind>(_ words: String, _ found: [Candidates<Kind>.Candidate]) -> Failure {
    let shown = found.sorted { ($0.shown, $0.id) < ($1.shown, $1.id) }.prefix(10).map(\.described)
    let more = found.count > shown.count ? "; and \(found.count - shown.count) more" : ""
    return Failure(
      .refused,
      "“\(excerpt(words))” can mean \(found.count) \(Kind.noun)s: \(shown.joined(separator: "; "))\(more). Give a short name, "
        + "or more of the name.", code: .severalMatch)
  }

  /// - Parameter unreadable: how many of them have names that cannot be read here.
  static func nobody(_ words: String, _ noun: String, unreadable: Int = 0) -> Failure {
    Failure(
      .refused,
      "No \(noun) is called “\(excerpt(words))”."
        + (unreadable == 0
          ? ""
          : " The names of \(counted(unreadable, noun)) cannot be read here: their keys are missing, or may not be used by this "
            + "login."),
      .list(noun: noun), code: .noMatch)
  }
}

extension Workspace {
  func speakers(in program: ProgramModel, matching words: String, of conference: ConferenceID) async throws
    -> Candidates<PersonEntity>
  {
    let people = program.people.rows
    // Addresses are decrypted only for those who ask by one.
    let addresses =
      words.contains("@") ? try await readableAddresses(of: people, in: conference).addresses : [:]
    return Candidates(
      all: people.map { person in
        let kept = program.kept(person.person)
        return .init(
          id: kept, formerly: person.mergedInto.map { _ in person.person },
          texts: person.name.forms.flatMap(\.spellings) + [addresses[person.person]?.text].compactMap(\.self),
          keys: program.keys.texts(of: person.person.tag),
          shown: program.people[kept.slug]?.name.printed ?? kept.slug)
      })
  }

  func sessions(in program: ProgramModel) -> Candidates<SessionEntity> {
    let languages = program.conference?.details.languages ?? []
    return Candidates(
      all: program.sessionsOfRecord.map { session in
        .init(
          id: session.id, texts: session.details.title.entries.map(\.text),
          keys: program.keys.texts(of: session.id.tag),
          shown: session.details.title.best(languages).text)
      })
  }

  func attendees(in attendance: AttendanceModel, of conference: ConferenceID) async throws
    -> Candidates<AttendeeEntity>
  {
    let details = try await details(of: Array(attendance.attendees.rows), in: conference)
    return Candidates(attendees: attendance) { details[$0] }
  }
}

extension Candidates<AttendeeEntity> {
  init(attendees attendance: AttendanceModel, details: (AttendeeID) -> AttendeeDetails?) {
    let rows = Array(attendance.attendees.rows)
    self.init(
      all: rows.map { row in
        let known = details(row.attendee)
        return .init(
          id: row.attendee, texts: known?.identifyingTexts ?? [],
          keys: attendance.keys.texts(of: row.attendee.tag),
          shown: [known?.name.printed, known?.organisation?.entries.first?.text].compactMap(\.self)
            .joined(separator: ", "), isWithdrawn: row.status == .withdrawn)
      }, unreadable: rows.count { $0.status != .erased && details($0.attendee) == nil })
  }
}

extension ConferenceContext {
  /// The speaker that a short name, a name, a unique part of it, an address or another program's key names.
  package func person(_ words: String, in program: ProgramModel) async throws -> PersonID {
    if program.people[words] != nil { return program.kept(try PersonID(words)) }
    return try await workspace.speakers(in: program, matching: words, of: id).id(words)
  }

  /// The session that a short name, a title, a unique part of it or another program's key names.
  package func session(_ words: String, in program: ProgramModel) throws -> SessionID {
    if program.sessions[words] != nil { return try SessionID(words) }
    return try workspace.sessions(in: program).id(words)
  }

  /// The room that a short name, a name or a unique part of it names.
  package func room(_ words: String, in program: ProgramModel) throws -> RoomID {
    try id(words, among: program.rooms.rows.map { ($0.room, $0.details.name) }, in: program)
  }

  /// The track that a short name, a name or a unique part of it names.
  package func track(_ words: String, in program: ProgramModel) throws -> TrackID {
    try id(words, among: program.tracks.rows.map { ($0.track, $0.details.name) }, in: program)
  }

  private func id<Kind>(
    _ words: String, among all: [(id: Identifier<Kind>, name: LocalizedText)], in program: ProgramModel
  ) throws -> Identifier<Kind> {
    let languages = program.conference?.details.languages ?? []
    return try Candidates(
      all: all.map {
        .init(id: $0.id, texts: $0.name.entries.map(\.text), shown: $0.name.best(languages).text)
      }
    ).id(words)
  }

  /// The attendee that a short name, the code of a badge, a name, a unique part of it, an address or an order code names.
  package func attendee(_ words: String, in attendance: AttendanceModel) async throws -> AttendeeID {
    if attendance.attendees[words] != nil { return try AttendeeID(words) }
    if let attendee = try await workspace.attendee(withCode: words, of: id) { return attendee }
    return try await workspace.attendees(in: attendance, of: id).id(words)
  }

  /// What is known of the attendee whom the words name. Of many attendees, the others are not read where the words are a short
  /// name or the code of a badge.
  package func attendance(of words: String, _ bound: LogBound) async throws -> KnownAttendee {
    func known(_ attendee: AttendeeID) async throws -> KnownAttendee? {
      try await workspace.view(AttendanceModel.self, of: id, bound) { try $0.fetch(attendee) }
        .flatMap { KnownAttendee(attendee, in: $0) }
    }
    if let named = try? AttendeeID(words), let known = try await known(named) { return known }
    if let coded = try await workspace.attendee(withCode: words, of: id), let known = try await known(coded) {
      return known
    }
    let view = try await view(AttendanceModel.self, bound)
    let attendee = try await attendee(words, in: view.model)
    guard let known = KnownAttendee(attendee, in: view) else {
      throw Refused(Attendees.Refusal.unknown(attendee))
    }
    return known
  }

  /// The session that words name, with its rooms and people. What else the program has may be missing.
  package func program(of words: String, _ bound: LogBound) async throws
    -> (session: SessionID, view: View<ProgramModel>)
  {
    if let named = try? SessionID(words) {
      let some = try await workspace.view(ProgramModel.self, of: id, bound) { try $0.fetch(named) }
      if let some, some.model.sessions[named.slug] != nil { return (named, some) }
    }
    let view = try await view(ProgramModel.self, bound)
    return (try session(words, in: view.model), view)
  }

  package func person(_ words: String, _ bound: LogBound) async throws -> PersonID {
    try await person(words, in: view(ProgramModel.self, bound).model)
  }

  package func session(_ words: String, _ bound: LogBound) async throws -> SessionID {
    try session(words, in: await view(ProgramModel.self, bound).model)
  }

  package func attendee(_ words: String, _ bound: LogBound) async throws -> AttendeeID {
    try await attendee(words, in: view(AttendanceModel.self, bound).model)
  }
}

/// An attendee in a read model.
package struct KnownAttendee: Sendable {
  package let row: AttendeeRow
  package let keys: [ImportedKey]
  /// Of the read model.
  package let position: Int

  fileprivate init?(_ attendee: AttendeeID, in view: View<AttendanceModel>) {
    guard let row = view.model.attendees[attendee.slug] else { return nil }
    self.row = row
    keys = view.model.keys.of(attendee.tag)
    position = view.checkpoint.position
  }
}
