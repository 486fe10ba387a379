import Vocabulary

/// The names of all speakers, for finding who a voice of a transcript is.
///
/// A voice is recognized by the whole name of one speaker, in any of its scripts, without accents, case and forms of address.
/// A part of a name is enough if nobody else has it and the speaker has a role in the session. Everybody else is only
/// proposed: a statement of the wrong speaker is worse than one of an unidentified voice.
struct VoiceNames {
  private struct Known {
    /// The words of the name in each script.
    var forms: [Set<String>] = []
    var words: Set<String> { forms.reduce(into: []) { $0.formUnion($1) } }
  }

  private var known: [PersonID: Known] = [:]
  private var bearers: [String: Set<PersonID>] = [:]
  private let participants: Set<PersonID>

  /// - Parameter participants: who has a role in the session.
  init(_ people: Credits, participants: Set<PersonID>) {
    self.participants = Set(participants.map { people.merged[$0] ?? $0 })
    for (person, name) in people.names {
      // Who was merged is the person who stayed.
      let person = people.merged[person] ?? person
      let forms = name.forms.map { Set(SearchWords.words(of: $0.printed)) }.filter { !$0.isEmpty }
      known[person, default: Known()].forms += forms
      for word in forms.joined() { bearers[word, default: []].insert(person) }
    }
  }

  func speaker(_ voice: String) -> TranscriptPlan.Speaker {
    for words in Self.readings(of: voice) {
      let found = having(words)
      if found.isEmpty { continue }
      let whole = found.filter { known[$0]!.forms.contains { $0.isSubset(of: words) } }
      if whole.count == 1 { return .known(whole.first!) }
      if whole.count > 1 { return .perhaps(whole.sorted()) }
      if found.count == 1, participants.contains(found.first!), words.contains(where: Self.says) {
        return .known(found.first!)
      }
      return proposed(found)
    }
    let words = SearchWords.words(of: voice).filter { Self.says($0) && !Self.formsOfAddress.contains($0) }
    return proposed(words.reduce(into: []) { $0.formUnion(bearers[$1] ?? []) })
  }

  /// Who has all these words in the name.
  private func having(_ words: Set<String>) -> Set<PersonID> {
    guard let first = words.first else { return [] }
    return words.dropFirst().reduce(bearers[first] ?? []) { $0.intersection(bearers[$1] ?? []) }
  }

  /// A word that many have says nothing.
  private func proposed(_ people: Set<PersonID>) -> TranscriptPlan.Speaker {
    people.isEmpty || people.count > 3 ? .unknown : .perhaps(people.sorted())
  }

  /// An initial says nothing.
  private static func says(_ word: String) -> Bool {
    word.unicodeScalars.count > 1 || word.unicodeScalars.contains { $0.value > 0x2E7F }
  }

  /// The words of a label: all, without those in brackets, and without forms of address.
  private static func readings(of voice: String) -> [Set<String>] {
    let plain = voice.replacing(/\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）/, with: " ")
    let words = SearchWords.words(of: plain)
    return [
      Set(SearchWords.words(of: voice)), Set(words), Set(words.filter { !formsOfAddress.contains($0) }),
    ].filter { !$0.isEmpty }
  }

  private static let formsOfAddress: Set<String> = [
    "a", "dame", "deputy", "don", "dr", "el", "frau", "gospodin", "herr", "hon", "honorable",
    "honourable", "la", "lady", "le", "lord", "m", "madam", "madame", "minister", "miss", "mlle", "mme",
    "monsieur", "mr", "mrs", "ms", "o", "prof", "professor", "senator", "senor", "senora", "senhor",
    "senhora", "sir", "sr", "sra", "the", "г", "гжа", "господин", "госпожа", "проф", "профессор",
  ]
}
