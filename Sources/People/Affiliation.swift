import EventLog
package import Vocabulary

/// What links a person with an organisation, and how that is printed.
///
/// The parts are kept for search and sorting; `asPrinted` is what a reader sees, and is never made
/// anew from the parts once it was stated.
package struct Affiliation: Hashable, Sendable, Codable {
  /// `Dean`; nil for a member without an office.
  package var position: LocalizedText?
  /// An honorary office, which is not a courtesy title.
  package var honorary: Bool
  /// An office once held: “former ambassador”.
  package var former: Bool
  /// From the smallest unit up: the centre, then its institute.
  package var units: [LocalizedText]
  package var organisation: LocalizedText
  package var asPrinted: LocalizedText

  /// - Parameter asPrinted: by default made of the parts: `Dean, School of …, University of …`, and in
  ///   Chinese, Japanese and Korean from the organisation down, without commas.
  package init(
    position: LocalizedText? = nil, honorary: Bool = false, former: Bool = false,
    units: [LocalizedText] = [], organisation: LocalizedText, asPrinted: LocalizedText? = nil
  ) {
    self.position = position
    self.honorary = honorary
    self.former = former
    self.units = units
    self.organisation = organisation
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
