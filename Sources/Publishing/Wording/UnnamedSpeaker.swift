package import Vocabulary

extension LocalizedText {
  /// Printed where a transcript does not say who speaks.
  package static func unnamedSpeaker(in languages: [Language]) -> LocalizedText {
    Wording("A speaker").localized(languages)
  }
}
