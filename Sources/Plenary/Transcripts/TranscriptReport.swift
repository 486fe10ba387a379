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
    /// Whom it was recognised as.
    package var speaker: PersonID?
    /// Whose names are nearly the same, or who has a role in the session.
    package var perhaps: [PersonID]
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
    var counts = [Int](repeating: 0, count: command.voices.count)
    var unnamed = 0
    for turn in command.turns where !turn.isNote {
      if let voice = turn.voice { counts[voice] += 1 } else { unnamed += 1 }
    }
    var voices = command.voices.indices.filter { counts[$0] > 0 }.map { index in
      var voice = Voice(name: command.voices[index].name, statements: counts[index], perhaps: [])
      switch plan.speakers[index] {
      case .known(let person): voice.speaker = person
      case .perhaps(let people): voice.perhaps = people
      case .unknown: break
      }
      return voice
    }
    if unnamed > 0 {
      let speaker = command.speakers[""]
      voices.append(
        Voice(
          name: nil, statements: unnamed, speaker: speaker, perhaps: speaker == nil ? plan.candidates : []))
    }
    return voices
  }

  package func count(_ effect: Effect) -> Int { lines.count { $0.effect == effect } }
}
