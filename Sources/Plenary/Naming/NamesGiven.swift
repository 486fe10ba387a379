import EventLog
import People
import PostgresLog
import ReadModels
import Scheduling
import Synchronization
package import Vocabulary

/// Whom and what a command's words name: speakers, sessions and attendees, by their short names or otherwise.
///
/// A short name is taken at its word, and nothing is read for it. Other words are looked up before the command is decided,
/// and so is a word that has the form of a short name once the command was refused, if nothing ever had that short name.
struct NamesGiven: Sendable {
  enum Kind: Sendable { case person, session, attendee }

  struct Words: Hashable, Sendable {
    var kind: Kind
    var text: String
    /// Whether a part of a name is not enough.
    var wholly = false
  }

  /// A command named something that has not been looked up yet.
  struct NotRead: Error {
    /// What to say if it names nothing.
    var otherwise: Failure?
  }

  /// The words that a command asked about.
  private final class Asked: Sendable {
    let words = Mutex<Set<Words>>([])
  }

  private let asked = Asked()
  /// What was looked up: short names by words.
  private let known: [Words: String]

  init(_ known: [Words: String] = [:]) { self.known = known }

  func adding(_ found: [Words: String]) -> NamesGiven { NamesGiven(known.merging(found) { $1 }) }

  var all: Set<Words> { asked.words.withLock(\.self) }

  func person(_ text: String, wholly: Bool) throws -> PersonID {
    try id(Words(kind: .person, text: text, wholly: wholly))
  }
  func session(_ text: String, wholly: Bool) throws -> SessionID {
    try id(Words(kind: .session, text: text, wholly: wholly))
  }
  func attendee(_ text: String, wholly: Bool) throws -> AttendeeID {
    try id(Words(kind: .attendee, text: text, wholly: wholly))
  }

  /// Whom another program's key names, of digits that are nothing else.
  func attendee(keyed digits: String, otherwise: Failure) throws -> AttendeeID {
    let words = Words(kind: .attendee, text: digits)
    asked.words.withLock { _ = $0.insert(words) }
    guard let slug = known[words] else { throw NotRead(otherwise: otherwise) }
    return try Identifier(slug)
  }

  private func id<Entity>(_ words: Words) throws -> Identifier<Entity> {
    asked.words.withLock { _ = $0.insert(words) }
    if let slug = known[words] { return try Identifier(slug) }
    guard let literal = try? Identifier<Entity>(words.text) else {
      // Text without a letter names nothing anywhere.
      if SearchWords(words.text).isEmpty { return try Identifier(words.text) }
      throw NotRead()
    }
    return literal
  }
}

extension NamesGiven.Words {
  /// What bears it in the log, if it is a short name.
  fileprivate var tag: Tag? {
    switch kind {
    case .person: (try? PersonID(text))?.tag
    case .session: (try? SessionID(text))?.tag
    case .attendee: (try? AttendeeID(text))?.tag
    }
  }
}

extension ConferenceToChange {
  /// Carries out a command that can name people, sessions and attendees in other words than their short names.
  ///
  /// Whom the words name is decided as of the command's receipt, if there is one: the same command sent again names the same
  /// people, whoever was registered or erased since. The words are not hashed with the request: an attendee's name could be
  /// guessed from the hash, which outlives the erasure.
  package func understandingNames<Result>(
    _ context: CommandContext, _ body: (ConferenceToChange) async throws -> Result
  ) async throws -> Result {
    var conference = self
    // A word that is asked for only once others are known is looked up in another round.
    var settled: Set<NamesGiven.Words> = []
    var isLast = false
    while true {
      do {
        return try await body(conference)
      } catch {
        guard !isLast, Self.canBeAboutNames(error) else { throw error }
        let new = conference.names.all.subtracting(settled)
        var reason: any Error = error
        do {
          if let found = try await lookedUp(new, context) {
            settled.formUnion(new)
            conference.names = conference.names.adding(found)
            continue
          }
        } catch let failure {
          reason = known(failure, after: error)
        }
        guard let erased = try await erasedSince(conference.names.all, context) else {
          throw (reason as? NamesGiven.NotRead)?.otherwise ?? reason
        }
        conference.names = conference.names.adding(erased)
        isLast = true
      }
    }
  }

  /// Whether a command may have been refused because a word is not the short name that it looks like.
  private static func canBeAboutNames(_ error: any Error) -> Bool {
    switch error {
    case is NamesGiven.NotRead, is Refused, AppendError.commandIDReused: true
    default: false
    }
  }

  /// Why a command is not carried out, if names could not be looked up either. What was refused stays refused: that a short
  /// name is unknown was found without any key.
  private func known(_ failure: any Error, after first: any Error) -> any Error {
    switch (failure, first) {
    case (_, is NamesGiven.NotRead), (is Failure, _), (is CancellationError, _): return failure
    default:
      workspace.note("Names were not looked up. \(Failure(failure).description)")
      return first
    }
  }

  /// The command that was carried out under this id.
  private func receipt(_ context: CommandContext) async throws -> Receipt? {
    try await workspace.log.read(id, matching: .tagged(.conference), command: context.commandID).receipt?
      .receipt
  }

  /// Whether a receipt answers this command, or refuses it: nothing more is recorded under its id.
  package func isAnswered(_ context: CommandContext) async throws -> Bool {
    try await receipt(context) != nil
  }

  /// - Returns: nil if all of the words are short names, or nothing better is known about those that look like one.
  private func lookedUp(_ asked: Set<NamesGiven.Words>, _ context: CommandContext) async throws
    -> [NamesGiven.Words: String]?
  {
    if asked.isEmpty { return nil }
    let bound = try await receipt(context).map { LogBound.position(max(1, $0.first - 1)) } ?? .head
    var names: [NamesGiven.Words: String] = [:]
    func take<Kind>(_ words: NamesGiven.Words, among candidates: Candidates<Kind>) throws {
      if let found = try candidates.named(words.text, wholly: words.wholly) {
        if found.id.slug == words.text { return }
        names[words] = found.id.slug
        workspace.note("“\(excerpt(words.text))” is \(found.described).")
      } else if (try? Identifier<Kind>(words.text)) == nil {
        throw Failure.nobody(words.text, Kind.noun, unreadable: candidates.unreadable)
      } else if let near = candidates.closest(to: words.text).first {
        workspace.note(
          "“\(excerpt(words.text))” begins a word of \(near.described). Give the whole word, or the short name."
        )
      }
    }
    var attendees: [NamesGiven.Words] = []
    var program: ProgramModel?
    for words in asked.sorted(by: { $0.text < $1.text }) {
      let isShortName = try await isShortName(words, bound)
      if words.kind == .attendee {
        if !isShortName { attendees.append(words) }
        continue
      }
      // A short name means what has it, whatever became of that: only the one of a merged speaker leads on.
      if isShortName, words.kind == .session { continue }
      let known = if let program { program } else { try await model(ProgramModel.self, bound) }
      program = known
      if isShortName, known.people[words.text]?.mergedInto == nil { continue }
      switch words.kind {
      case .person:
        try take(words, among: await workspace.speakers(in: known, matching: words.text, of: id))
      case .session: try take(words, among: workspace.sessions(in: known))
      case .attendee: break
      }
    }
    var named: [NamesGiven.Words] = []
    for words in attendees {
      guard let coded = try await workspace.attendee(withCode: words.text, of: id) else {
        named.append(words)
        continue
      }
      names[words] = coded.slug
      workspace.note("“\(excerpt(words.text))” is the code of the badge of \(coded).")
    }
    if !named.isEmpty {
      let candidates = try await workspace.attendees(in: model(AttendanceModel.self, bound), of: id)
      for words in named { try take(words, among: candidates) }
    }
    return names.isEmpty ? nil : names
  }

  /// Whether something had this short name at that time, whatever became of it. One place in an index is read for it.
  private func isShortName(_ words: NamesGiven.Words, _ bound: LogBound) async throws -> Bool {
    guard let tag = words.tag else { return false }
    let events = try await workspace.log.read(id, matching: .tagged(tag), command: nil).events
    guard case .position(let last) = bound else { return !events.isEmpty }
    return events.contains { $0.position <= last }
  }

  /// Whom a command named that was carried out, if they were erased since: nobody can look their names up any more.
  private func erasedSince(_ asked: Set<NamesGiven.Words>, _ context: CommandContext) async throws
    -> [NamesGiven.Words: String]?
  {
    guard asked.contains(where: { $0.kind != .session }), let receipt = try await receipt(context) else {
      return nil
    }
    let tags = try await workspace.log.run { [id] connection in
      var tags: Set<String> = []
      try EventStream.read(
        id, after: receipt.first - 1, upTo: .position(receipt.last), detail: .whole, connection
      ) { tags.formUnion($0.tags) }
      return tags
    }
    func erased<Kind>(_ tag: (Identifier<Kind>) -> Tag) async throws -> Identifier<Kind>? {
      var erased: [Identifier<Kind>] = []
      for stored in tags {
        guard let slug = stored.split(separator: ":").last, let id = try? Identifier<Kind>(String(slug)),
          tag(id).text == stored
        else { continue }
        let events = try await workspace.log.read(self.id, matching: .tagged(tag(id)), command: nil).events
        if events.contains(where: { $0.type == PersonErased.type }) { erased.append(id) }
      }
      return erased.count == 1 ? erased[0] : nil
    }
    let (person, attendee) = try await (erased(\PersonID.tag), erased(\AttendeeID.tag))
    var names: [NamesGiven.Words: String] = [:]
    for words in asked where try await !isShortName(words, .position(max(1, receipt.first - 1))) {
      switch words.kind {
      case .person: names[words] = person?.slug
      case .attendee: names[words] = attendee?.slug
      case .session: break
      }
    }
    return names.isEmpty ? nil : names
  }

  /// The words of each speaker's name, in each of its spellings.
  func speakersNames() async throws -> Set<Set<String>> {
    let program = try await model(ProgramModel.self, .head)
    return Set(
      program.people.rows.flatMap { $0.name.forms }.map { Set(SearchWords.words(of: $0.printed)) }
        .filter { !$0.isEmpty })
  }

  /// A read model; in a dry run of several commands, with what the ones before would have recorded.
  private func model<Model: ReadModel>(_: Model.Type, _ bound: LogBound) async throws -> Model {
    guard workspace.isRehearsing else { return try await workspace.view(Model.self, of: id, bound).model }
    var model = Model()
    for event in try await workspace.log.read(id, matching: .everything, command: nil).events {
      try model.apply(LoggedEvent(event), event.origin)
    }
    return model
  }
}

extension ConferenceToChange {
  /// The speaker that a short name, a name, a unique part of it, an address or another program's key names.
  ///
  /// - Parameter wholly: whether a part of the name is not enough: for what reaches far.
  package func person(_ words: String, wholly: Bool = false) throws -> PersonID {
    try names.person(words, wholly: wholly)
  }

  /// The session that a short name, a title, a unique part of it or another program's key names.
  package func session(_ words: String, wholly: Bool = false) throws -> SessionID {
    try names.session(words, wholly: wholly)
  }

  /// The attendee that a short name, a name, a unique part of it, an address or an order code names.
  package func attendee(_ words: String, wholly: Bool = false) throws -> AttendeeID {
    try names.attendee(words, wholly: wholly)
  }
}
