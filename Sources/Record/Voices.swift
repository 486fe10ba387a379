package import EventLog
package import Vocabulary

/// Speakers whom nobody knew when they spoke: what one voice said is settled at once when somebody is identified.
///
/// The entries of a voice are found by its tag, so that no other entry is read.
package enum Voices: Decider {
  package static let name = "Voices"

  package struct State: Sendable, Equatable {
    var corrections = Corrections.State()
    /// The entries that are or were attributed to each voice.
    fileprivate var entries: [Tag: Set<RecordID>] = [:]
  }

  package struct Command: Encodable, Sendable {
    package var voice: VoiceID
    package var person: PersonID
    /// The name of the first correction; the others are numbered after it.
    package var correction: CorrectionID
    /// Needed for published entries.
    package var against: Verification?
    /// As the corrigendum prints it.
    package var reason: LocalizedText?

    package init(
      _ voice: VoiceID, as person: PersonID, correction: CorrectionID, against: Verification? = nil,
      reason: LocalizedText? = nil
    ) {
      self.voice = voice
      self.person = person
      self.correction = correction
      self.against = against
      self.reason = reason
    }
  }

  package enum Refusal: DomainRefusal {
    case statement(Statements.Refusal)
    case unknown(VoiceID)
    case published(VoiceID, [RecordID])
    case withheldSince(VoiceID, [RecordID])

    package var texts: [HintedText] {
      switch self {
      case .statement(let refusal): refusal.texts
      case .unknown(let voice):
        .says("No entry is attributed to a voice “\(voice)”.", .list(RecordEntity.self))
      case .published(let voice, let entries):
        .says(
          "Of what “\(voice)” said, \(Voices.listed(entries)) \(entries.count == 1 ? "is" : "are") published, so the name is a "
            + "correction there.", .verifyCorrections)
      case .withheldSince(let voice, let entries):
        .says(
          "\(Voices.listed(entries)) \(entries.count == 1 ? "was" : "were") of the voice “\(voice)”, and the speaker is withheld "
            + "there now; the identification would disclose the name.", .disclose)
      }
    }
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    let entries = state.entries[command.voice.tag, default: []].sorted()
    return Query.tagged(anyOf: [command.voice.tag, command.person.tag, .conference] + entries.map(\.tag))
      .union(Query([.issues]))
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    let (voice, person) = (command.voice, command.person)
    let (statements, record) = (state.corrections.statements, state.corrections.statements.record)
    let known = state.entries[voice.tag, default: []].compactMap { id in record.entries[id].map { (id, $0) } }
      .filter { !$0.1.isRetracted && !$0.1.isExpunged }.sorted { ($0.1.order, $0.0) < ($1.1.order, $1.0) }
    let withheld = known.filter { $0.1.details.attribution.mode == .withheld }
    guard withheld.isEmpty else { throw .withheldSince(voice, withheld.map(\.0)) }
    let own = known.filter { $0.1.details.attribution.voice == voice }
    if own.isEmpty { throw .unknown(voice) }
    let open = own.filter { $0.1.details.attribution.persons != [person] }
    if open.isEmpty { return [] }
    let published = open.filter { record.isPublished($0.1) }
    guard published.isEmpty || command.against != nil else { throw .published(voice, published.map(\.0)) }
    var events: [Event] = [
      .personIdentified(
        PersonIdentified(
          voice: voice, person: person, entries: open.map(\.0), reason: command.reason))
    ]
    var corrections = 0
    for (id, entry) in open {
      let attribution: Attribution
      do {
        attribution = try Attribution(
          naming: person, of: entry, basis: entry.details.attribution.basis, voice: voice, statements.people)
      } catch { throw .statement(error) }
      if record.isPublished(entry) { corrections += 1 }
      events += state.corrections.reattributed(
        id, entry, to: attribution, command.correction.numbered(corrections),
        against: command.against ?? .notes,
        reason: command.reason)
    }
    return events
  }

  /// Whoever was taken for this voice before is not any more.
  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    let entries = state.corrections.statements.record.entries
    return events.flatMap { event -> [HintedText] in
      guard case .personIdentified(let body) = event else { return [] }
      let former = body.entries.flatMap { id in
        (entries[id]?.details.attribution.persons ?? []).map { (person: $0, entry: id) }
      }
      return Dictionary(grouping: former.filter { $0.person != body.person }, by: \.person)
        .sorted { $0.key < $1.key }.flatMap { person, entries in
          [HintedText].says(
            "\(listed(entries.map(\.entry))) \(entries.count == 1 ? "was" : "were") ascribed to “\(person)” until now.",
            .show(person))
        }
    }
  }

  private static func listed(_ entries: [RecordID]) -> String {
    let shown = entries.prefix(10).map { "“\($0)”" }.joined(separator: ", ")
    return entries.count > 10 ? "\(shown) and \(entries.count - 10) more" : shown
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try Corrections.evolve(&state.corrections, event)
    for voice in event.tags where voice.hasPrefix("voice:") {
      for tag in event.tags where tag.hasPrefix("record:") {
        if let entry = try? RecordID(String(tag.dropFirst("record:".count))) {
          state.entries[Tag(stored: voice), default: []].insert(entry)
        }
      }
    }
  }
}

extension CorrectionID {
  /// The name of one of the corrections of a command.
  fileprivate func numbered(_ number: Int) -> CorrectionID {
    guard number > 1 else { return self }
    do { return try CorrectionID("\(slug)-\(number)") } catch {
      preconditionFailure("A derived name is short: \(error)")
    }
  }
}
