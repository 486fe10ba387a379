package import Interchange
package import Record
import Scheduling
package import Vocabulary

/// What an import of a transcript changes, for people: how many statements of whom are new, changed and gone, and what stays
/// as it is although the file has it otherwise.
package struct TranscriptReport: Sendable {
  package struct Voice: Sendable, Codable, Hashable {
    /// As the file names it; nil: without a name.
    package var name: String?
    package var statements: Int
    package var words: Int
    /// Whom it was recognised as.
    package var speaker: PersonID?
    /// Whose names are nearly the same, or who has a role in the session.
    package var perhaps: [PersonID]
  }

  package struct Times: Sendable, Codable, Hashable {
    /// `0:00:05`
    package var from: String
    package var to: String
  }

  package enum Effect: String, Sendable, Codable {
    case new, changed, kept, published, expunged, retracted, missing
  }

  package struct Line: Sendable, Codable, Hashable {
    package var entry: RecordID?
    package var effect: Effect
    package var fields: [String]
    /// How it begins.
    package var text: String
    package var line: Int?
  }

  package let format: String
  package let session: SessionID
  package let source: TranscriptSource
  /// Statements in the file, with notes.
  package let inFile: Int
  package let notes: Int
  /// In all statements and notes.
  package let words: Int
  /// The first and the last time in the file, as the file counts: since the recording began, or by a clock.
  package let times: Times?
  package let unchanged: Int
  package let voices: [Voice]
  package let lines: [Line]
  package let remarks: [Remark]

  /// - Parameter decided: nil: the command was carried out before.
  init(
    format: String, session: SessionID, source: TranscriptSource, _ facts: TranscriptFacts,
    decided: (command: TranscriptImport.Command, plan: TranscriptPlan)?
  ) {
    (self.format, self.session, self.source) = (format, session, source)
    inFile = facts.turns.count
    notes = facts.turns.count(where: \.isNote)
    words = facts.turns.reduce(0) { $0 + Self.words($1) }
    times = Self.times(facts.turns.compactMap(\.moment))
    remarks = facts.remarks
    guard let (command, plan) = decided else {
      (unchanged, voices, lines) = (0, [], [])
      return
    }
    unchanged = plan.lines.count { $0.effect == .unchanged }
    voices = Self.voices(command, plan)
    lines = plan.lines.compactMap { line in
      let (effect, fields): (Effect, [EntryDetails.Field])
      switch line.effect {
      case .unchanged: return nil
      case .new: (effect, fields) = (.new, [])
      case .changed(let changed): (effect, fields) = (.changed, changed)
      case .kept: (effect, fields) = (.kept, [])
      case .published(let changed): (effect, fields) = (.published, changed)
      case .expunged: (effect, fields) = (.expunged, [])
      case .retracted: (effect, fields) = (.retracted, [])
      case .missing: (effect, fields) = (.missing, [])
      }
      return Line(
        entry: line.entry, effect: effect, fields: fields.map(\.noun),
        text: line.turn.map { excerpt(command.turns[$0].text.entries[0].text, 60) } ?? "",
        line: line.turn.flatMap { facts.places[$0]?.line })
    }
  }

  private static func voices(_ command: TranscriptImport.Command, _ plan: TranscriptPlan) -> [Voice] {
    var counts = [(statements: Int, words: Int)](repeating: (0, 0), count: command.voices.count)
    var unnamed = (statements: 0, words: 0)
    for turn in command.turns where !turn.isNote {
      func count(_ counted: inout (statements: Int, words: Int)) {
        counted.statements += 1
        counted.words += words(turn)
      }
      if let voice = turn.voice { count(&counts[voice]) } else { count(&unnamed) }
    }
    var voices = command.voices.indices.filter { counts[$0].statements > 0 }.map { index in
      var voice = Voice(
        name: command.voices[index].name, statements: counts[index].statements, words: counts[index].words,
        perhaps: [])
      switch plan.speakers[index] {
      case .known(let person): voice.speaker = person
      case .perhaps(let people): voice.perhaps = people
      case .unknown: break
      }
      return voice
    }
    if unnamed.statements > 0 {
      voices.append(
        Voice(
          name: nil, statements: unnamed.statements, words: unnamed.words, speaker: plan.unnamed,
          perhaps: plan.unnamed == nil ? plan.candidates : []))
    }
    return voices
  }

  /// Words, and signs of scripts that have no spaces.
  private static func words(_ turn: TranscriptImport.Turn) -> Int {
    var (count, isInWord) = (0, false)
    for scalar in turn.text.entries[0].text.unicodeScalars {
      if scalar.properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value) {
        (count, isInWord) = (count + 1, false)
      } else if scalar.properties.isWhitespace {
        isInWord = false
      } else if !isInWord, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        (count, isInWord) = (count + 1, true)
      }
    }
    return count
  }

  private static func times(_ moments: [TranscriptImport.Moment]) -> Times? {
    func shown(_ moment: TranscriptImport.Moment) -> String {
      func clock(_ seconds: Int64) -> String {
        let (minutes, second) = (seconds / 60 % 60, seconds % 60)
        return "\(seconds / 3600):\(minutes < 10 ? "0" : "")\(minutes):\(second < 10 ? "0" : "")\(second)"
      }
      return switch moment {
      case .offset(let milliseconds): clock(milliseconds / 1000)
      case .clock(_, let seconds): clock(Int64(seconds))
      case .instant(let time): time.description
      }
    }
    guard let first = moments.first, let last = moments.last else { return nil }
    return Times(from: shown(first), to: shown(last))
  }

  package func count(_ effect: Effect) -> Int { lines.count { $0.effect == effect } }
}
