import EventLog
package import Vocabulary

/// A person's position in an organisation, and how it is printed.
///
/// The parts serve search and sorting. Readers see `asPrinted`, which is composed once and then stored.
package struct Affiliation: Hashable, Sendable, Codable {
  /// `Dean`; nil for a member without an office.
  package var position: LocalizedText?
  /// Whether the office is honorary; not a courtesy title.
  package var honorary: Bool
  /// Whether the office is no longer held: “former ambassador”.
  package var former: Bool
  /// From the smallest unit up: the centre, then its institute.
  package var units: [LocalizedText]
  package var organisation: LocalizedText
  package var asPrinted: LocalizedText
  /// The country from which the person came, for lists of participants; not part of the printed affiliation.
  package var country: LocalizedText?

  /// - Parameter asPrinted: the printed text. Languages that it lacks are composed of the parts: `Dean, School
  ///   of …, University of …`; in Chinese, Japanese and Korean from the organisation down, without commas.
  package init(
    position: LocalizedText? = nil, honorary: Bool = false, former: Bool = false,
    units: [LocalizedText] = [], organisation: LocalizedText, asPrinted: LocalizedText? = nil,
    country: LocalizedText? = nil
  ) {
    self.position = position
    self.honorary = honorary
    self.former = former
    self.units = units
    self.organisation = organisation
    self.country = country
    let composed = Self.composed(position, units, organisation)
    self.asPrinted = asPrinted.map(composed.merging) ?? composed
  }

  private static func composed(
    _ position: LocalizedText?, _ units: [LocalizedText], _ organisation: LocalizedText
  ) -> LocalizedText {
    var printed: [Language: String] = [:]
    for language in organisation.languages {
      let upward = units.map { $0.best([language]).text } + [organisation.best([language]).text]
      let position = position?.best([language]).text
      printed[language] =
        ["zh", "ja", "ko"].contains(language.primary)
        ? upward.reversed().joined() + (position ?? "")
        : ([position].compactMap(\.self) + upward).joined(separator: ", ")
    }
    return LocalizedText(printed)
  }
}
