package import EventLog
package import People
package import Vocabulary

/// The person or group that a statement is attributed to, and how that is printed.
///
/// `asPrinted` is stored and printed as it is; the other fields say what it means. A quantifier such as
/// “most” is never turned into a number, nor the rest into a minority: nobody reported either.
package struct Attribution: Hashable, Sendable, Codable {
  package enum Mode: String, Sendable, Hashable, Codable, CaseIterable {
    /// One person, by name.
    case named
    /// Several persons together, in this order.
    case joint
    /// A person who speaks for a body: “on behalf of”.
    case onBehalfOf = "on-behalf-of"
    /// An office without its holder's name: “the Chair”.
    case roleOnly = "role-only"
    /// A side, delegation or institution: “the Chinese partners”.
    case group
    /// A share of those present: “most speakers”.
    case quantified
    /// All who took part, as a body: “the participants”.
    case collective
    /// Somebody unknown to the record.
    case unidentified
    /// Somebody known to the record, but not disclosed.
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

  /// How the attribution is known: for example carried over from the previous sentence, as in “They noted”.
  package enum Basis: String, Sendable, Hashable, Codable, CaseIterable {
    case stated
    case carriedOver = "carried-over"
    case inferred
    case authorised
  }

  package var mode: Mode
  /// The persons, in the order of printing; empty if the mode names none.
  package var persons: [PersonID] = []
  /// For `onBehalfOf` the body, for `roleOnly` the office, for `group`, `quantified` and `collective` the
  /// group: `Chinese partners`, `speakers`.
  package var of: LocalizedText?
  package var groupBasis: GroupBasis?
  package var quantifier: Quantifier?
  package var basis: Basis
  /// Nil for `unattributed` only.
  package var asPrinted: LocalizedText?
  /// `WithheldIdentity`, sealed with that person's key.
  package var identity: Sealed?
  /// The persons as they were introduced on that day, in their order; nil if none is named, and before this
  /// was stored.
  package var credits: [Credit]?
  /// Who speaks, where nobody knows the name: all entries of one voice are settled together (see `Voices`). It stays
  /// with the name once somebody was identified.
  package var voice: VoiceID?

  /// - Throws: `InvalidValue` if the parts do not fit the mode.
  package init(
    _ mode: Mode, persons: [PersonID] = [], of: LocalizedText? = nil,
    groupBasis: GroupBasis? = nil, quantifier: Quantifier? = nil, basis: Basis = .stated,
    asPrinted: LocalizedText?, identity: Sealed? = nil, credits: [Credit]? = nil, voice: VoiceID? = nil
  ) throws(InvalidValue) {
    self.mode = mode
    self.persons = persons
    self.of = of
    self.groupBasis = groupBasis
    self.quantifier = quantifier
    self.basis = basis
    self.asPrinted = asPrinted
    self.identity = identity
    self.credits = credits
    self.voice = voice
    try check()
  }

  private init(unchecked mode: Mode) {
    self.mode = mode
    basis = .stated
  }

  /// The record's own voice.
  package static let nobody = Attribution(unchecked: .unattributed)

  private func check() throws(InvalidValue) {
    let name = "An attribution of the mode “\(mode.rawValue)”"
    switch mode {
    case .named, .onBehalfOf:
      guard persons.count == 1 else { throw InvalidValue("\(name) must name exactly one speaker.") }
    case .joint:
      guard persons.count > 1, Set(persons).count == persons.count else {
        throw InvalidValue("\(name) must name two speakers or more, each once.")
      }
    case .roleOnly, .group, .quantified, .collective, .unidentified, .withheld, .unattributed:
      guard persons.isEmpty else {
        throw InvalidValue(
          "\(name) must not name a speaker; remove the speakers, or use the mode “named”.")
      }
    }
    switch mode {
    case .onBehalfOf, .roleOnly, .group, .quantified, .collective:
      guard of != nil else { throw InvalidValue("\(name) needs a body, office or group.") }
    case .named, .joint, .unidentified, .withheld, .unattributed: break
    }
    guard (quantifier != nil) == (mode == .quantified) else {
      throw InvalidValue(
        mode == .quantified
          ? "\(name) needs a quantifier, for example “most”."
          : "Only an attribution of the mode “quantified” can have a quantifier.")
    }
    guard (groupBasis == nil) || mode == .group else {
      throw InvalidValue("Only an attribution of the mode “group” can have a basis of the group.")
    }
    guard (asPrinted == nil) == (mode == .unattributed) else {
      throw InvalidValue(
        mode == .unattributed
          ? "\(name) is not printed; remove the printed text."
          : "\(name) needs a printed text.")
    }
    guard identity == nil || mode == .withheld else {
      throw InvalidValue("Only an attribution of the mode “withheld” can seal an identity.")
    }
    guard voice == nil || mode == .unidentified || mode == .named else {
      throw InvalidValue("Only an attribution of the mode “unidentified” can name a voice.")
    }
  }
}

/// A person's name and offices, as they were when a statement was recorded.
package struct Credit: Hashable, Sendable, Codable {
  package var person: PersonID
  package var name: PersonName
  package var affiliations: [Affiliation]

  package init(_ person: PersonID, name: PersonName, affiliations: [Affiliation]) {
    self.person = person
    self.name = name
    self.affiliations = affiliations
  }
}
