import EventLog
import People
import ReadModels
import Scheduling
import Synchronization
package import Vocabulary

/// Whom and what a command's words name: speakers, sessions and attendees, by their short names or otherwise.
///
/// A short name is taken at its word, and nothing is read for it. Other words are looked up before the command is decided,
/// and so is a word that has the form of a short name once the command was refused: then it may not be one.
struct NamesGiven: Sendable {
  enum Kind: Sendable { case person, session, attendee }

  struct Words: Hashable, Sendable {
    var kind: Kind
    var text: String
  }

  /// A command named something that has not been looked up yet.
  struct NotRead: Error {}

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

  func person(_ text: String) throws -> PersonID { try id(.person, text) }
  func session(_ text: String) throws -> SessionID { try id(.session, text) }
  func attendee(_ text: String) throws -> AttendeeID { try id(.attendee, text) }

  private func id<Entity>(_ kind: Kind, _ text: String) throws -> Identifier<Entity> {
    let words = Words(kind: kind, text: text)
    asked.words.withLock { _ = $0.insert(words) }
    if let slug = known[words] { return try Identifier(slug) }
    guard let literal = try? Identifier<Entity>(text) else {
      // Text without a letter names nothing anywhere.
      if SearchWords(text).isEmpty { return try Identifier(text) }
      throw NotRead()
    }
    return literal
  }
}

extension ConferenceToChange {
  /// Carries out a command that can name people, sessions and attendees in other words than their short names.
  ///
  /// Whom the words name is decided as of the command's receipt, if there is one: the same command sent again names the same
  /// people, whoever was registered since.
  package func understandingNames<Result>(
    _ context: CommandContext, _ body: (ConferenceToChange) async throws -> Result
  ) async throws -> Result {
    var conference = self
    // A word that is asked for only once others are known is looked up in another round.
    var settled: Set<NamesGiven.Words> = []
    while true {
      do {
        return try await body(conference)
      } catch {
        guard Self.canBeAboutNames(error) else { throw error }
        let new = conference.names.all.subtracting(settled)
        guard let found = try await lookedUp(new, context) else { throw error }
        settled.formUnion(new)
        conference.names = conference.names.adding(found)
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

  /// - Returns: nil if all of the words are short names, or nothing better is known about those that look like one.
  private func lookedUp(_ asked: Set<NamesGiven.Words>, _ context: CommandContext) async throws
    -> [NamesGiven.Words: String]?
  {
    if asked.isEmpty { return nil }
    let receipt = try await workspace.log.read(
      id, matching: .tagged(.conference), command: context.commandID
    ).receipt
    let bound = receipt.map { LogBound.position(max(1, $0.receipt.first - 1)) } ?? .head
    var names: [NamesGiven.Words: String] = [:]
    func take<Kind>(_ found: Candidates<Kind>.Candidate?, for words: NamesGiven.Words) throws {
      if let found {
        if found.id.slug == words.text { return }
        names[words] = found.id.slug
        workspace.note("“\(excerpt(words.text))” is \(found.shown) (\(found.id)).")
      } else if (try? Identifier<Kind>(words.text)) == nil {
        throw Failure.nobody(words.text, Kind.noun)
      }
    }
    if asked.contains(where: { $0.kind != .attendee }) {
      let program = try await model(ProgramModel.self, bound)
      for words in asked.sorted(by: { $0.text < $1.text }) {
        switch words.kind {
        case .person:
          try take(
            await workspace.speakers(in: program, matching: words.text, of: id).named(words.text), for: words)
        case .session: try take(workspace.sessions(in: program).named(words.text), for: words)
        case .attendee: break
        }
      }
    }
    var attendees = asked.filter { $0.kind == .attendee }
    for words in attendees {
      guard let coded = try await workspace.attendee(withCode: words.text, of: id) else { continue }
      attendees.remove(words)
      if coded.slug == words.text { continue }
      names[words] = coded.slug
      workspace.note("“\(excerpt(words.text))” is the code of the badge of \(coded).")
    }
    if !attendees.isEmpty {
      let candidates = try await workspace.attendees(in: model(AttendanceModel.self, bound), of: id)
      for words in attendees.sorted(by: { $0.text < $1.text }) {
        try take(candidates.named(words.text), for: words)
      }
    }
    return names.isEmpty ? nil : names
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
  /// The speaker that a short name, a name, a unique part of it or an address names.
  package func person(_ words: String) throws -> PersonID { try names.person(words) }
  /// The session that a short name, a title or a unique part of it names.
  package func session(_ words: String) throws -> SessionID { try names.session(words) }
  /// The attendee that a short name, a name, a unique part of it or an address names.
  package func attendee(_ words: String) throws -> AttendeeID { try names.attendee(words) }
}
