package import EventLog
package import Vocabulary

extension Attribution {
  /// An attribution as the organizer asks for it. The printed text may be missing, and a withheld identity is
  /// not sealed yet.
  package struct Draft: Encodable, Sendable {
    package var mode: Mode
    package var persons: [PersonID]
    package var of: LocalizedText?
    package var groupBasis: GroupBasis?
    package var quantifier: Quantifier?
    package var basis: Basis
    /// Nil for `named` and `joint`: the registered names of the speakers.
    package var asPrinted: LocalizedText?
    package var identity: Confidential<WithheldIdentity>?
    package var voice: VoiceID?
    /// The credits are those of today; nil: those that the record has stay.
    package var renewsCredits: Bool?

    package init(
      _ mode: Mode, persons: [PersonID] = [], of: LocalizedText? = nil,
      groupBasis: GroupBasis? = nil, quantifier: Quantifier? = nil, basis: Basis = .stated,
      asPrinted: LocalizedText? = nil, identity: Confidential<WithheldIdentity>? = nil,
      voice: VoiceID? = nil
    ) {
      self.mode = mode
      self.persons = persons
      self.of = of
      self.groupBasis = groupBasis
      self.quantifier = quantifier
      self.basis = basis
      self.asPrinted = asPrinted
      self.identity = identity
      self.voice = voice
    }
  }
}

extension Attribution.Draft {
  /// The people that the decision depends on. They include a withheld person, whose key must not be destroyed
  /// at the same time.
  var people: [PersonID] { persons + (identity.map { [$0.value.person] } ?? []) }

  var printsNames: Bool { asPrinted == nil && (mode == .named || mode == .joint) }

  /// - Parameters:
  ///   - people: the speakers that it may name.
  ///   - known: the attribution that the record has already. If it seals the same identity, or none is given now, its
  ///     sealed bytes are kept; if it names the same persons, so are their credits, the names that are printed, and
  ///     the voice that was theirs. Version 1 stored no credits: the printed text is all that is known then.
  /// - Throws: `InvalidValue` if the parts do not fit the mode.
  func resolved(
    in session: SessionID, _ people: Credits, unless known: Attribution?
  ) throws(InvalidValue) -> Attribution {
    let same = known.flatMap { $0.persons == persons ? $0 : nil }
    let renewing = renewsCredits == true
    let isOfVersion1 = !renewing && same?.mode == mode && same?.credits == nil && !persons.isEmpty
    let today = persons.compactMap { people.credit($0) }
    let credits = isOfVersion1 ? [] : renewing ? today : same?.credits ?? today
    let names = isOfVersion1 ? same?.asPrinted : Attribution.printed(credits.map(\.name), people.languages)
    return try Attribution(
      mode, persons: persons, of: of, groupBasis: groupBasis, quantifier: quantifier, basis: basis,
      asPrinted: printsNames ? names : asPrinted,
      identity: identity.map { $0.sealed(unless: known?.identity, in: session) }
        ?? (mode == .withheld ? known?.identity : nil),
      credits: credits.isEmpty ? nil : credits,
      voice: voice ?? (mode == .named && same?.mode == .named ? same?.voice : nil))
  }
}

extension Attribution {
  /// The names, in every language that all of them have. If there is none, each in its own main form, under
  /// the conference's first language.
  static func printed(_ names: [PersonName], _ languages: [Language]) -> LocalizedText? {
    guard let first = names.first else { return nil }
    var texts: [Language: String] = [:]
    for language in first.forms.map(\.language) {
      let forms = names.compactMap { name in name.forms.first { $0.language == language }?.printed }
      if forms.count == names.count { texts[language] = joined(forms, language) }
    }
    if texts.isEmpty {
      let language = languages.first ?? first.forms[0].language
      texts[language] = joined(names.map(\.printed), language)
    }
    return LocalizedText(texts)
  }

  private static func joined(_ names: [String], _ language: Language) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return switch language.primary {
    case "zh", "ja": names.joined(separator: "、")
    case "ru": names.dropLast().joined(separator: ", ") + " и " + last
    default: names.dropLast().joined(separator: ", ") + " and " + last
    }
  }
}
