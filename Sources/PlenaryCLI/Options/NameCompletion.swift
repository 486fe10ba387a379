import ArgumentParser
import Plenary

/// What a shell offers where a command takes a short name.
extension CompletionKind {
  static let conferences = names(.conferences)
  static let speakers = names(.speakers)
  static let sessions = names(.sessions)
  static let rooms = names(.rooms)
  static let tracks = names(.tracks)
  static let attendees = names(.attendees)

  private static func names(_ names: KnownNames) -> CompletionKind {
    .custom { words, _, prefix in
      guard
        let configuration = try? Configuration(
          database: value(of: ["--database"], in: words),
          conference: value(of: ["--conference", "-c"], in: words))
      else { return [] }
      return await names.beginning(with: prefix, in: configuration)
    }
  }

  /// The value of an option among the words that are typed already.
  private static func value(of options: [String], in words: [String]) -> String? {
    for (index, word) in words.enumerated() {
      if options.contains(word), index + 1 < words.count { return words[index + 1] }
      if let option = options.first(where: { word.hasPrefix($0 + "=") }) {
        return String(word.dropFirst(option.count + 1))
      }
    }
    return nil
  }
}
