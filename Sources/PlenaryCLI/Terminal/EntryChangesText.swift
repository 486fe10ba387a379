import Plenary
import Record
import Vocabulary

extension EntryDetails.Changes {
  /// What an organizer reads of it: one line for each field.
  func lines(_ conference: ConferenceContext) -> [String] {
    let languages = conference.languages
    func words(_ text: LocalizedText?, _ field: EntryDetails.Field) -> String? {
      text.map { "\(field.noun): \($0.inAllLanguages(languages))" }
    }
    func list(_ words: [String]?, _ field: EntryDetails.Field) -> String? {
      words.map { "\(field.noun): \($0.isEmpty ? "none" : $0.joined(separator: ", "))" }
    }
    let set: [String?] = EntryDetails.Field.allCases.map { field in
      switch field {
      case .text: words(text, field)
      case .attribution:
        attribution.map {
          "\(field.noun): \(conference.text($0.asPrinted) ?? "none") (\($0.mode.rawValue))"
        }
      case .topic: words(topic, field)
      case .rationale: words(rationale, field)
      case .form: form.map { "\(field.noun): \($0.rawValue)" }
      case .acts: list(acts?.map(\.word), field)
      case .addressees: list(addressees?.compactMap { conference.text($0) }, field)
      case .spoken: spoken.map { "\(field.noun): \($0)" }
      case .said: said.map { "\(field.noun): \($0.readable)" }
      case .mentions: list(mentions?.map(\.slug), field)
      case .basedOn: basedOn.map { "\(field.noun): \($0)" }
      }
    }
    return set.compactMap(\.self) + (cleared ?? []).map { "\($0.noun): none" }
  }
}
