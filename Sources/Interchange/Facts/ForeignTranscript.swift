/// What a file says was said: unjudged, in the file's own words and keys.
package struct ForeignTranscript: Sendable, Hashable {
  package var title: String?
  /// `2016-03-25`: the day of the sitting.
  package var date: String?
  /// A language tag as the file has it.
  package var language: String?
  /// Each once, in the order in which they speak.
  package var voices: [ForeignVoice] = []
  /// In the file's order.
  package var turns: [ForeignTurn] = []
  /// What was not understood, or read otherwise than it stands there; in the file's order.
  package var remarks: [Remark] = []

  package init() {}
}

/// Somebody who speaks, as the file names them.
package struct ForeignVoice: Sendable, Hashable {
  /// What turns of this file name the voice by.
  package var key: String
  /// One line: `Feng Shaolei`, `O señor PRESIDENTE`.
  package var name: String
  /// The short name of a speaker, in a file that Plenary wrote.
  package var slug: String?

  package init(key: String, name: String) {
    self.key = key
    self.name = name
  }
}

/// When something was said.
package enum ForeignMoment: Sendable, Hashable {
  /// Since the recording began.
  case offset(milliseconds: Int64)
  /// What a clock in the room showed; `date` is `2016-03-25`, nil where only the time is known.
  case clock(date: String?, seconds: Int)
  /// Microseconds since 1970-01-01T00:00:00Z.
  case instant(microseconds: Int64)
}

/// What one voice said without a break, or what the record itself says: (Applause).
package struct ForeignTurn: Sendable, Hashable {
  package enum Kind: Sendable, Hashable { case speech, note }

  package var kind: Kind
  /// `ForeignVoice.key`; nil: the file does not say.
  package var voice: String?
  /// Plain; blank lines separate paragraphs.
  package var text: ForeignText
  /// A language tag as the file has it.
  package var language: String?
  package var moment: ForeignMoment?
  /// The session, in a file that has several.
  package var session: String?
  /// How close the text is to the words, in a file that Plenary wrote.
  package var form: String?
  /// Whether the text has Plenary's marks.
  package var isMarked = false
  package var at: SourcePosition?

  package init(_ kind: Kind, voice: String?, text: ForeignText) {
    self.kind = kind
    self.voice = voice
    self.text = text
  }
}

/// A format in which other programs write what was said.
package protocol TranscriptReader: Sendable {
  /// As an organizer names it: `WebVTT`.
  static var name: String { get }

  /// Whether a file begins like one of this format.
  /// - Parameter beginning: the first bytes of the file, 64 KiB at most.
  static func recognizes(_ beginning: [UInt8]) -> Bool

  /// - Throws: `Unreadable`, for what is broken or too large, with where that is.
  static func read(_ file: ForeignSource.File) throws -> ForeignTranscript
}
