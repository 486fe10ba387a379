package import EventLog
package import Vocabulary

/// To whom something said is ascribed, and how that is printed.
///
/// The printed words are always kept and never made from the rest; the rest says what they mean. No
/// number is ever computed from a word such as “most”, and the complement of “most” is not a minority
/// that anybody reported.
package struct Attribution: Hashable, Sendable, Codable {
  package enum Mode: String, Sendable, Hashable, Codable, CaseIterable {
    /// One person, by name.
    case named
    /// Several persons together, in this order.
    case joint
    /// A person for a body: “on behalf of”.
    case onBehalfOf = "on-behalf-of"
    /// An office without its holder's name: “the Chair”.
    case roleOnly = "role-only"
    /// A side, delegation or institution: “the Chinese partners”.
    case group
    /// A share of those present: “most speakers”.
    case quantified
    /// All who took part, as a body: “the participants”.
    case collective
    /// Somebody whom the record does not know.
    case unidentified
    /// Somebody whom the record knows and does not disclose.
    case withheld
    /// The record's own voice.
    case unattributed
  }

  package enum GroupBasis: String, Sendable, Hashable, Codable, CaseIterable {
    case nationality, side, delegation, institution, panel, other
  }

  package enum Quantifier: String, Sendable, Hashable, Codable, CaseIterable {
    case all, most, majority, many, several, some, few, one
  }

  /// How the attribution is known (research: “They noted”, carried over to the next sentence).
  package enum Basis: String, Sendable, Hashable, Codable, CaseIterable {
    case stated
    case carriedOver = "carried-over"
    case inferred
    case authorised
  }

  package var mode: Mode
  /// The persons, in the order in which they are named; empty where the mode names none.
  package var persons: [PersonID] = []
  /// For `onBehalfOf` the body, for `roleOnly` the office, for `group`, `quantified` and `collective`
  /// who is meant: `Chinese partners`, `speakers`.
  package var of: LocalizedText?
  package var groupBasis: GroupBasis?
  package var quantifier: Quantifier?
  package var basis: Basis
  /// Nil for `unattributed` alone.
  package var asPrinted: LocalizedText?
  /// `WithheldIdentity`, sealed with that person's key.
  package var identity: Sealed?

  /// - Throws: `InvalidValue` where the parts do not make the mode.
  package init(
    _ mode: Mode, persons: [PersonID] = [], of: LocalizedText? = nil,
    groupBasis: GroupBasis? = nil, quantifier: Quantifier? = nil, basis: Basis = .stated,
    asPrinted: LocalizedText?, identity: Sealed? = nil
  ) throws(InvalidValue) {
    self.mode = mode
    self.persons = persons
    self.of = of
    self.groupBasis = groupBasis
    self.quantifier = quantifier
    self.basis = basis
    self.asPrinted = asPrinted
    self.identity = identity
    try check()
  }

  private func check() throws(InvalidValue) {
    let name = "A “\(mode.rawValue)” attribution"
    switch mode {
    case .named, .onBehalfOf:
      guard persons.count == 1 else { throw InvalidValue("\(name) names one speaker.") }
    case .joint:
      guard persons.count > 1, Set(persons).count == persons.count else {
        throw InvalidValue("\(name) names two speakers or more, each once.")
      }
    case .roleOnly, .group, .quantified, .collective, .unidentified, .withheld, .unattributed:
      guard persons.isEmpty else {
        throw InvalidValue(
          "\(name) names no speaker; take the speakers out, or make the attribution “named”.")
      }
    }
    switch mode {
    case .onBehalfOf, .roleOnly, .group, .quantified, .collective:
      guard of != nil else { throw InvalidValue("\(name) needs the body, office or group that is meant.") }
    case .named, .joint, .unidentified, .withheld, .unattributed: break
    }
    guard (quantifier != nil) == (mode == .quantified) else {
      throw InvalidValue(
        mode == .quantified
          ? "\(name) needs a quantifier, for example “most”."
          : "Only a “quantified” attribution has a quantifier.")
    }
    guard (groupBasis == nil) || mode == .group else {
      throw InvalidValue("Only a “group” attribution says what makes the group.")
    }
    guard (asPrinted == nil) == (mode == .unattributed) else {
      throw InvalidValue(
        mode == .unattributed
          ? "An “unattributed” statement is printed without an attribution; take the printed words out."
          : "\(name) needs the words that are printed.")
    }
    guard identity == nil || mode == .withheld else {
      throw InvalidValue("Only a “withheld” attribution seals an identity.")
    }
  }
}

/// Who stands behind a withheld attribution.
package struct WithheldIdentity: Hashable, Sendable, Codable {
  package var person: PersonID
  package init(person: PersonID) { self.person = person }

  /// What the sealed bytes are bound to.
  package static func context(_ conference: ConferenceID, _ session: SessionID) -> String {
    "\(conference)/\(session.tag)/withheld"
  }
}
