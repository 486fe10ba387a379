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
    switch reference.kind {
    case .organisation, .subject:
      model.registeredName(reference)?.best([language] + languages).text
    case .person: context.program.people[reference.slug]?.name.best([language] + languages).printed
    }
  }

  /// A text without its marks, in the languages of the publication.
  func plain(_ marked: LocalizedText) -> LocalizedText {
    LocalizedText(
      Dictionary(
        uniqueKeysWithValues: context.text(marked).entries.map { ($0.language, plain($0.text, $0.language)) })
    )
  }

  /// A text without its marks.
  func plain(_ marked: String, _ language: Language) -> String {
    MarkedText(stored: marked).plain { registered($0, language) }
  }
}
