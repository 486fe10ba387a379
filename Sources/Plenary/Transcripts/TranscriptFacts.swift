import EventLog
import Foundation
import Interchange
import People
import Record
import Scheduling
import Vocabulary

/// Makes of a transcript what a decision compares with the record: checked texts in known languages, voices with short
/// names.
///
/// What cannot be taken as it stands is changed or left out with a remark.
struct TranscriptFacts {
  private(set) var voices: [TranscriptImport.Voice] = []
  private(set) var turns: [TranscriptImport.Turn] = []
  /// Where each turn stands in the file.
  private(set) var places: [SourcePosition?] = []
  private(set) var remarks: [Remark]
  /// Statements that the file has and that could not be taken.
  private(set) var leftOut = 0

  private let spoken: Language
  private var unknownLanguages: Set<String> = []

  /// - Parameter language: that the organizer says the transcript is in.
  init(
    _ transcript: ForeignTranscript, of session: SessionID, language: Language?,
    into conference: ConferenceFacts
  ) throws {
    remarks = transcript.remarks
    let usual = try conference.languages[0]
    spoken = language ?? transcript.language.flatMap(Self.language) ?? usual
    if language == nil, let tag = transcript.language, Self.language(tag) == nil {
      remarks.append(
        Remark("“\(excerpt(tag))” is not a language that is known; the text was taken for \(usual)."))
    }
    let date = transcript.date.flatMap { try? CalendarDate($0) }
    var names = ShortNames()
    var indexes: [String: Int] = [:]
    for voice in transcript.voices {
      // The short name of the session keeps voices of two sessions apart.
      let short = ShortNames.of(ForeignName(whole: voice.name), limit: 24)
      let name = names.next(short, or: "voice", limit: 32)
      guard let id = try? VoiceID(String("\(session)".prefix(31)) + "-" + name) else { continue }
      indexes[voice.key] = voices.count
      voices.append(
        TranscriptImport.Voice(
          name: voice.name, id: id, person: voice.slug.flatMap { try? PersonID($0) }))
    }
    for turn in transcript.turns { take(turn, indexes, date) }
  }

  private mutating func take(_ turn: ForeignTurn, _ voices: [String: Int], _ date: CalendarDate?) {
    let own = turn.language.flatMap { known($0) }
    let language = own ?? spoken
    var texts: [Language: String] = [:]
    for entry in turn.text.entries {
      do {
        let tag = entry.language.flatMap { known($0) } ?? language
        texts[tag] = try checkedText(marked(entry.text, turn), "statement", .paragraphs)
      } catch {
        remarks.append(Remark("\(error) It was left out.", at: turn.at))
      }
    }
    guard !texts.isEmpty else { return leftOut += 1 }
    let moment: TranscriptImport.Moment? =
      switch turn.moment {
      case .offset(let milliseconds): .offset(milliseconds: milliseconds)
      case .clock(let day, let seconds):
        .clock(day.flatMap { try? CalendarDate($0) } ?? date, seconds: seconds)
      case .instant(let microseconds): .instant(Timestamp(microseconds: microseconds))
      case nil: nil
      }
    let form = turn.form.flatMap { StatementForm(rawValue: $0) } ?? (turn.kind == .note ? .minute : .verbatim)
    turns.append(
      TranscriptImport.Turn(
        LocalizedText(texts), by: turn.voice.flatMap { voices[$0] }, spoken: language,
        hasLanguage: own != nil, form: form,
        isNote: turn.kind == .note, moment: moment))
    places.append(turn.at)
  }

  /// A text whose brackets are no marks, unless the file has Plenary's marks.
  private mutating func marked(_ text: String, _ turn: ForeignTurn) -> String {
    guard turn.isMarked else { return MarkedText.escaped(text) }
    do {
      _ = try MarkedText(text)
      return text
    } catch {
      remarks.append(Remark("\(error) The marks were taken as words.", at: turn.at))
      return MarkedText.escaped(text)
    }
  }

  private mutating func known(_ tag: String) -> Language? {
    if let language = Self.language(tag) { return language }
    if unknownLanguages.insert(tag).inserted {
      remarks.append(Remark("“\(excerpt(tag))” is not a language that is known."))
    }
    return nil
  }

  /// A language by its tag, or by the three letters of ISO 639-2: `eng`.
  private static func language(_ tag: String) -> Language? {
    let words = tag.replacing("_", with: "-")
    if words.count == 3, let two = Locale.LanguageCode(words.lowercased()).identifier(.alpha2) {
      return try? Language(two)
    }
    return try? Language(words)
  }
}
