import ReadModels
import Record
import Vocabulary

/// The registered names of what texts of the record mark, at the position of a publication.
struct RecordNames: Sendable {
  let model: ProceedingsModel
  let context: PublicationContext

  /// Where a name is not known in the language of a text, it is in the first of these.
  private let languages: [Language]

  /// - Parameter languages: by default those of the publication.
  init(_ model: ProceedingsModel, _ context: PublicationContext, languages: [Language]? = nil) {
    self.model = model
    self.context = context
    self.languages = languages ?? context.languages
  }

  /// The name of an organisation, subject or person, for a text in this language; nil if nobody registered it.
  func registered(_ reference: MarkedText.Reference, _ language: Language) -> String? {
    registered(reference, language, keeping: [:])
  }

  /// - Parameter kept: the positions whose names a published entry keeps, by the tag of the language that is printed.
  func registered(_ reference: MarkedText.Reference, _ language: Language, keeping kept: [String: Int])
    -> String?
  {
    model.registeredName(reference, asOf: kept[language.tag])?.best([language] + languages).text
  }

  /// The positions whose names a text keeps, by the languages in which it is printed: a text in `zh-Hans` is printed in
  /// the place of `zh`.
  func printed(_ kept: [String: Int], of text: LocalizedText) -> [String: Int] {
    text.sources(in: context.languages).reduce(into: kept) { kept, printed in
      kept[printed.key.tag] = kept[printed.value.tag]
    }
  }

  /// A text without its marks, in the languages of the publication.
  func plain(_ marked: LocalizedText, keeping kept: [String: Int] = [:]) -> LocalizedText {
    let kept = printed(kept, of: marked)
    return LocalizedText(
      Dictionary(
        uniqueKeysWithValues: context.text(marked).entries.map {
          ($0.language, plain($0.text, $0.language, keeping: kept))
        }))
  }

  /// A text without its marks.
  func plain(_ marked: String, _ language: Language, keeping kept: [String: Int] = [:]) -> String {
    MarkedText(stored: marked).plain { registered($0, language, keeping: kept) }
  }
}
