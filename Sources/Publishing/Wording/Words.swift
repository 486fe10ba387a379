package import Foundation
import Synchronization
package import Vocabulary

/// The fixed texts of one language, by their English ones.
package struct Words: Sendable {
  let texts: [String: String]

  /// - Parameter table: a line `English = own` for each text. `Position|stance` tells one meaning of an English word from others.
  init(_ table: String) {
    var texts: [String: String] = [:]
    for line in table.split(separator: "\n") {
      guard let sign = line.firstRange(of: " = ") else {
        preconditionFailure("A line without a text: \(line)")
      }
      let key = String(line[..<sign.lowerBound])
      precondition(
        texts.updateValue(String(line[sign.upperBound...]), forKey: key) == nil,
        "The label \(key) is given twice.")
    }
    self.texts = texts
  }

  /// The languages, in the order in which messages name them.
  package static let languages = [
    "en", "ar", "de", "es", "fr", "he", "it", "ja", "ko", "pl", "pt", "ru", "uk", "zh-Hans", "zh-Hant",
  ]

  static func of(_ tag: String) -> Words? {
    switch tag {
    case "ar": arabic
    case "de": german
    case "es": spanish
    case "fr": french
    case "he": hebrew
    case "it": italian
    case "ja": japanese
    case "ko": korean
    case "pl": polish
    case "pt": portuguese
    case "ru": russian
    case "uk": ukrainian
    case "zh-Hans": simplifiedChinese
    case "zh-Hant": traditionalChinese
    default: nil
    }
  }

  /// The text of a label; nil in a language without words.
  ///
  /// A label that a table does not have is in English: a test finds it, and until then readers see something.
  static func text(_ label: String, in language: Language) -> String? {
    guard let tag = language.wordsTag else { return nil }
    if let own = own.withLock({ $0[language.tag]?[label] ?? $0[tag]?[label] }) { return own }
    return of(tag)?.texts[label] ?? english(label)
  }

  // MARK: An organizer's own

  private static let own = Mutex<[String: [String: String]]>([:])

  /// Takes an organizer's own texts for this run of the program. A later file wins.
  ///
  /// - Parameter file: JSON: `{"de": {"Plenary session": "Vollversammlung"}}`.
  /// - Throws: `InvalidValue`, which names the languages and labels that do not exist.
  package static func use(own file: Data) throws {
    let texts: [String: [String: String]]
    do {
      texts = try JSONDecoder().decode([String: [String: String]].self, from: file)
    } catch {
      throw InvalidValue("it is not of the form {\"de\": {\"Plenary session\": \"Vollversammlung\"}}.")
    }
    for (tag, labels) in texts.sorted(by: { $0.key < $1.key }) {
      guard let language = try? Language(tag), language.hasWords else {
        throw InvalidValue(
          "there are no labels in “\(excerpt(tag))”, only in \(languages.joined(separator: ", ")).")
      }
      for (label, text) in labels.sorted(by: { $0.key < $1.key }) {
        guard german.texts[label] != nil else {
          throw InvalidValue(
            "there is no label “\(excerpt(label))”. “plenary program template export FOLDER” writes all of them into all-labels.json."
          )
        }
        for hole in Words.holes(in: label) where !text.contains(hole) {
          throw InvalidValue(
            "the text of “\(excerpt(label))” in “\(tag)” needs \(hole), which stands for a value.")
        }
      }
    }
    own.withLock { $0.merge(texts) { $0.merging($1) { $1 } } }
  }

  /// All labels in all languages, in the form of an organizer's file.
  package static func file() throws -> Data {
    var all: [String: [String: String]] = [:]
    for tag in languages {
      let own = of(tag)?.texts
      all[tag] = Dictionary(
        uniqueKeysWithValues: german.texts.keys.map { ($0, own?[$0] ?? english($0)) })
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(all) + Data("\n".utf8)
  }

  /// The label without the remark on its meaning.
  private static func english(_ label: String) -> String { String(label.prefix { $0 != "|" }) }

  /// What stands for values: `%`, `#` and `{name}`.
  static func holes(in label: String) -> [String] {
    (label.contains("%") ? ["%"] : []) + (label.contains("#") ? ["#"] : [])
      + label.matches(of: /\{[a-z]+\}/).map { String($0.output) }
  }
}

extension Language {
  package var hasWords: Bool { wordsTag != nil }

  /// The language of Plenary's words for readers of this one: `zh-Hant` for `zh-TW`.
  var wordsTag: String? {
    switch primary {
    case "zh", "yue": isTraditionalChinese ? "zh-Hant" : "zh-Hans"
    default: Words.languages.contains(primary) ? primary : nil
    }
  }

  var cldr: CLDR? {
    switch wordsTag {
    case "en": tag == "en-US" ? .americanEnglish : .english
    case "ar": .arabic
    case "de": .german
    case "es": .spanish
    case "fr": .french
    case "he": .hebrew
    case "it": .italian
    case "ja": .japanese
    case "ko": .korean
    case "pl": .polish
    case "pt": .portuguese
    case "ru": .russian
    case "uk": .ukrainian
    case "zh-Hans": .simplifiedChinese
    case "zh-Hant": .traditionalChinese
    default: nil
    }
  }
}
