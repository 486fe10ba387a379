package import EventLog
import Interchange
import People
import ReadModels
import Scheduling
package import Vocabulary

/// Two speakers who may be one person, how likely that is, and why.
package struct Duplicate: Sendable, Encodable {
  package struct Speaker: Sendable, Encodable {
    package var person: PersonID
    package var name: String
    package var affiliation: String?
    package var sessions: Int
  }

  /// Who would stay: who takes part in more sessions, else who was registered with the fuller name.
  package var person: Speaker
  package var other: Speaker
  /// From 1 to 99.
  package var score: Int
  /// What speaks for it.
  package var reasons: [String]
  /// What speaks against it.
  package var doubts: [String]

  private enum CodingKeys: CodingKey { case other, score, reasons, doubts }

  package func encode(to encoder: any Encoder) throws {
    try person.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(other, forKey: .other)
    try container.encode(score, forKey: .score)
    try container.encode(reasons, forKey: .reasons)
    try container.encode(doubts, forKey: .doubts)
  }
}

extension ConferenceContext {
  /// The speakers who may be registered twice, the likeliest first. Nothing is decided by it.
  ///
  /// Addresses are compared where this login may decrypt them.
  ///
  /// - Parameter least: the lowest score that is of interest.
  package func duplicates(atLeast least: Int, _ bound: LogBound) async throws -> (
    found: [Duplicate], position: Int
  ) {
    let view = try await view(ProgramModel.self, bound)
    let program = view.model
    let people = program.orderedPeople
    let addresses = try await workspace.readableAddresses(of: people, in: id).addresses
    let names = people.map { NameLikeness($0.name) }
    var alike: [String: [Int]] = [:]
    for (index, person) in people.enumerated() {
      for key in names[index].keys where !key.isEmpty { alike["name \(key)", default: []].append(index) }
      if let address = addresses[person.person] {
        alike["address \(address.text.lowercased())", default: []].append(index)
      }
    }
    var seen: Set<[Int]> = []
    var found: [Duplicate] = []
    for group in alike.values where group.count > 1 {
      for (place, first) in group.enumerated() {
        for second in group[(place + 1)...] where seen.insert([first, second].sorted()).inserted {
          let pair = compared(
            (people[first], names[first], addresses[people[first].person]),
            (people[second], names[second], addresses[people[second].person]), in: program)
          if let pair, pair.score >= least { found.append(pair) }
        }
      }
    }
    found.sort {
      ($1.score, $0.person.person, $0.other.person) < ($0.score, $1.person.person, $1.other.person)
    }
    return (found, view.checkpoint.position)
  }

  private typealias Known = (row: PersonRow, name: NameLikeness, address: EmailAddress?)

  private func compared(_ one: Known, _ other: Known, in program: ProgramModel) -> Duplicate? {
    let likeness = one.name.likeness(to: other.name)
    let isSameAddress =
      one.address != nil && one.address?.text.lowercased() == other.address?.text.lowercased()
    var score = likeness?.kind.score ?? 0
    var reasons = likeness.map { [$0.kind.reason($0.one, $0.other)] } ?? []
    var doubts: [String] = []
    if isSameAddress {
      score += 40
      reasons.append("the same e-mail address")
    } else if one.address != nil, other.address != nil {
      score -= 10
      doubts.append("other e-mail addresses")
    }
    let organisations = (organisations(one.row), organisations(other.row))
    if !organisations.0.isDisjoint(with: organisations.1) {
      score += 10
      reasons.append("the same organisation")
    } else if !organisations.0.isEmpty, !organisations.1.isEmpty {
      score -= 10
      doubts.append("other organisations")
    }
    if let (first, second) = program.clash(one.row, other.row) {
      score -= 50
      doubts.append("they are in “\(first)” and “\(second)” at the same time")
    }
    guard score > 0 else { return nil }
    let isFirst =
      (one.row.sessions.count, one.row.name.forms.count, other.row.person)
      >= (other.row.sessions.count, other.row.name.forms.count, one.row.person)
    let (kept, merged) = isFirst ? (one.row, other.row) : (other.row, one.row)
    return Duplicate(
      person: speaker(kept), other: speaker(merged), score: min(99, score), reasons: reasons, doubts: doubts)
  }

  private func speaker(_ row: PersonRow) -> Duplicate.Speaker {
    Duplicate.Speaker(
      person: row.person, name: row.name.forms.ordered(by: languages).map(\.printed).joined(separator: " · "),
      affiliation: text(row.affiliations.first?.affiliation.asPrinted), sessions: row.sessions.count)
  }

  private func organisations(_ row: PersonRow) -> Set<String> {
    Set(
      row.affiliations.flatMap { $0.affiliation.organisation.entries }.compactMap {
        ShortNames.of($0.text, limit: 200)
      })
  }
}

extension NameLikeness.Kind {
  fileprivate func reason(_ one: String, _ other: String) -> String {
    let pair = "“\(one)” and “\(other)”"
    return switch self {
    case .same: one == other ? "the same name" : "\(pair): the same name in other letters or in another order"
    case .sound: "\(pair) sound the same"
    case .oneLetter: "\(pair): one letter differs"
    case .part: "\(pair): one name has more words"
    case .initials: "\(pair): one name has initials"
    }
  }
}

extension ProgramModel {
  /// Two sessions at the same time in which these two take part, one in each.
  fileprivate func clash(_ one: PersonRow, _ other: PersonRow) -> (SessionID, SessionID)? {
    func slots(_ row: PersonRow) -> [(session: SessionID, slot: Slot)] {
      row.sessions.compactMap { sessions[$0.slug] }.filter { !$0.cancelled }
        .flatMap { session in
          session.scheduledSlots.filter { $0.involves(row.person) }.map { (session.id, $0.slot) }
        }
    }
    let own = slots(one)
    if own.isEmpty { return nil }
    for (session, slot) in slots(other) {
      if let found = own.first(where: { $0.session != session && $0.slot.overlaps(slot) }) {
        return (found.session, session)
      }
    }
    return nil
  }
}
