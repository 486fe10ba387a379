package import EventLog
import Interchange
import People
import ReadModels
import Scheduling
package import Vocabulary

/// Two registrations that may be one person's, how likely that is, and why.
package struct Duplicate: Sendable, Encodable {
  /// Of whom the two are.
  package enum Kind: String, Sendable, CaseIterable {
    case speakers, attendees
    /// A speaker and an attendee.
    case both
  }

  package struct Registered: Sendable, Encodable {
    /// A speaker's short name; nil for an attendee.
    package var person: PersonID?
    /// An attendee's short name; nil for a speaker.
    package var attendee: AttendeeID?
    package var name: String
    package var affiliation: String?
    /// In how many a speaker takes part.
    package var sessions: Int?

    package var slug: String { person?.slug ?? attendee?.slug ?? "" }
  }

  /// Who would stay: a speaker before an attendee; the speaker who has an address, else who takes part in more sessions, else who
  /// was registered with the fuller name; the attendee who has arrived, else who was registered first.
  package var person: Registered
  package var other: Registered
  /// From 1 to 99.
  package var score: Int
  /// What speaks for it.
  package var reasons: [String]
  /// What speaks against it.
  package var doubts: [String]

  package var kind: Kind {
    switch (person.attendee, other.attendee) {
    case (nil, nil): .speakers
    case (.some, .some): .attendees
    default: .both
    }
  }

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

/// Somebody who is registered, as far as it is compared.
private struct Known {
  enum Row {
    case speaker(PersonRow)
    case attendee(AttendeeRow)
  }

  let row: Row
  let name: PersonName
  let likeness: NameLikeness
  /// In small letters.
  let address: String?
  let organisations: Set<String>
  let affiliation: LocalizedText?

  init(
    _ row: Row, _ name: PersonName, _ address: EmailAddress?, _ organisations: [LocalizedText],
    _ affiliation: LocalizedText?
  ) {
    (self.row, self.name, self.affiliation) = (row, name, affiliation)
    likeness = NameLikeness(name)
    self.address = address?.text.lowercased()
    self.organisations = Set(
      organisations.flatMap(\.entries).compactMap { ShortNames.of($0.text, limit: 200) })
  }

  var isAttendee: Bool { if case .attendee = row { true } else { false } }

  /// Whoever has the greater one stays.
  func stays(before known: Known) -> Bool {
    switch (row, known.row) {
    case (.speaker(let one), .speaker(let other)):
      // The address of the one who is merged is lost.
      (address == nil ? 0 : 1, one.sessions.count, one.name.forms.count, other.person)
        >= (known.address == nil ? 0 : 1, other.sessions.count, other.name.forms.count, one.person)
    case (.attendee(let one), .attendee(let other)):
      (one.status == .checkedIn ? 1 : 0, other.registeredAt, other.attendee)
        >= (other.status == .checkedIn ? 1 : 0, one.registeredAt, one.attendee)
    case (.speaker, .attendee): true
    case (.attendee, .speaker): false
    }
  }
}

extension ConferenceContext {
  /// Who may be registered twice, the likeliest first: two speakers, two attendees, or a speaker and an attendee. Nothing is
  /// decided by it.
  ///
  /// Speakers who were withdrawn are left out. Names of attendees and addresses are compared where this login may decrypt them.
  /// Two attendees of one name in different organisations are two people.
  ///
  /// - Parameters:
  ///   - least: the lowest score that is of interest.
  ///   - kind: nil: all.
  package func duplicates(atLeast least: Int, of kind: Duplicate.Kind? = nil, _ bound: LogBound) async throws
    -> (
      found: [Duplicate], position: Int
    )
  {
    let (attendance, program) = try await consistentViews(AttendanceModel.self, bound)
    let all =
      try await (kind == .attendees ? [] : speakers(in: program.model))
      + (kind == .speakers ? [] : attendees(in: attendance.model))
    var alike: [String: [Int]] = [:]
    for (index, known) in all.enumerated() {
      for key in known.likeness.keys where !key.isEmpty { alike["name \(key)", default: []].append(index) }
      if let address = known.address { alike["address \(address)", default: []].append(index) }
    }
    var seen: Set<[Int]> = []
    var found: [Duplicate] = []
    for group in alike.values where group.count > 1 {
      for (place, first) in group.enumerated() {
        for second in group[(place + 1)...] where seen.insert([first, second]).inserted {
          if kind == .both, all[first].isAttendee == all[second].isAttendee { continue }
          let pair = compared(all[first], all[second], in: program.model)
          if let pair, pair.score >= least { found.append(pair) }
        }
      }
    }
    found.sort { ($1.score, $0.person.slug, $0.other.slug) < ($0.score, $1.person.slug, $1.other.slug) }
    return (found, program.checkpoint.position)
  }

  private func speakers(in program: ProgramModel) async throws -> [Known] {
    let people = program.orderedPeople.filter { !$0.withdrawn }
    let addresses = try await workspace.readableAddresses(of: people, in: id).addresses
    return people.map { row in
      Known(
        .speaker(row), row.name, addresses[row.person], row.affiliations.map(\.affiliation.organisation),
        row.affiliations.first?.affiliation.asPrinted)
    }
  }

  private func attendees(in attendance: AttendanceModel) async throws -> [Known] {
    let rows = attendance.attendees.rows.filter { $0.status == .registered || $0.status == .checkedIn }
      .sorted { $0.attendee < $1.attendee }
    let details = try await workspace.details(of: rows, in: id)
    return rows.compactMap { row in
      details[row.attendee].map { known in
        Known(
          .attendee(row), known.name, known.email, [known.organisation].compactMap(\.self), known.organisation
        )
      }
    }
  }

  private func compared(_ one: Known, _ other: Known, in program: ProgramModel) -> Duplicate? {
    let likeness = one.likeness.likeness(to: other.likeness)
    let isSameAddress = one.address != nil && one.address == other.address
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
    if !one.organisations.isDisjoint(with: other.organisations) {
      score += 10
      reasons.append("the same organisation")
    } else if !one.organisations.isEmpty, !other.organisations.isEmpty {
      // Among hundreds of attendees, many share a name.
      if one.isAttendee || other.isAttendee, !isSameAddress { return nil }
      score -= 10
      doubts.append("other organisations")
    }
    if case (.speaker(let one), .speaker(let other)) = (one.row, other.row),
      let (first, second) = program.clash(one, other)
    {
      score -= 50
      doubts.append("they are in “\(first)” and “\(second)” at the same time")
    }
    guard score > 0 else { return nil }
    let (kept, merged) = one.stays(before: other) ? (one, other) : (other, one)
    return Duplicate(
      person: registered(kept), other: registered(merged), score: min(99, score), reasons: reasons,
      doubts: doubts)
  }

  private func registered(_ known: Known) -> Duplicate.Registered {
    var registered = Duplicate.Registered(
      name: known.name.forms.ordered(by: languages).map(\.printed).joined(separator: " · "),
      affiliation: text(known.affiliation))
    switch known.row {
    case .speaker(let row): (registered.person, registered.sessions) = (row.person, row.sessions.count)
    case .attendee(let row): registered.attendee = row.attendee
    }
    return registered
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
