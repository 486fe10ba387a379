import Vocabulary

/// What elements of an XML format are to a transcript, and the statements that come of them.
///
/// Each format says what an element is; how texts become paragraphs, labels and notes is the same for all.
struct SpokenXML {
  enum Part: Hashable {
    /// What one voice says.
    case speech
    /// What nobody says: (Applause). Inside a speech it stays in the text, in brackets.
    case note
    /// The name that is printed before a speech.
    case label
    /// Its end is the end of a paragraph; outside a speech it is a note.
    case paragraph
    /// A line of verse.
    case line
    /// Left out, and counted.
    case heading
    /// Left out.
    case skipped
    /// Only its contents matter.
    case other
  }

  var collector = TurnCollector()
  private var open: [Part] = []
  private var turn: Turn?
  private var label: String?
  /// A note inside a speech, and where it begins.
  private var aside: (depth: Int, text: String)?
  /// Open elements in which texts are left out.
  private var silent = 0
  private var strayText: SourcePosition?

  private struct Turn {
    var kind: ForeignTurn.Kind
    var depth: Int
    /// A note that nobody marked as one: it goes on until something else begins.
    var isImplicit = false
    var key: String?
    var name: String?
    var label = ""
    var language: String?
    var moment: ForeignMoment?
    var paragraphs: [String] = []
    var paragraph = ""
    var size = 0
    var at: SourcePosition

    mutating func endParagraph() {
      if let words = Words.line(paragraph.flowing) { paragraphs.append(words) }
      paragraph = ""
    }
  }

  /// In characters. A longer label has the speech in it, with or without a name before it.
  private static let longestLabel = 150

  /// `El señor ULLOA.- Señor Presidente, …`
  private static func parted(_ words: String) -> (label: String, rest: String) {
    guard let sign = words.firstRange(of: /\.[-–—]|[:：]/),
      words.distance(from: words.startIndex, to: sign.lowerBound) <= longestLabel
    else { return ("", words) }
    return (String(words[..<sign.lowerBound]), String(words[sign.upperBound...]))
  }

  /// A speech of all measure has less.
  private static let largestSpeech = 8 << 20

  /// - Parameters:
  ///   - key: of the voice of a speech.
  ///   - name: of the voice; nil: the label in the speech, else the key.
  mutating func begin(
    _ part: Part, at position: SourcePosition, key: String? = nil, name: String? = nil,
    language: String? = nil, moment: ForeignMoment? = nil
  ) throws {
    open.append(part)
    if silent > 0 { return silent += 1 }
    if turn?.isImplicit == true, part == .heading || part == .note { try endTurn() }
    switch part {
    case .skipped: silent = 1
    case .heading:
      collector.heading(at: position)
      silent = 1
    case .label:
      if turn == nil { silent = 1 } else { label = "" }
    case .speech:
      if turn?.kind == .note { try endTurn() }
      // A speech in a speech is a part of it.
      if turn == nil {
        turn = Turn(
          kind: .speech, depth: open.count, key: key, name: name, language: language, moment: moment,
          at: position)
      }
    case .note, .paragraph, .line:
      if turn == nil {
        let isImplicit = part != .note
        turn = Turn(
          kind: .note, depth: open.count - (isImplicit ? 1 : 0), isImplicit: isImplicit, language: language,
          at: position)
      } else if part == .note, turn?.kind == .speech, aside == nil {
        aside = (open.count, "")
      } else if part == .paragraph {
        turn?.endParagraph()
      }
    case .other: break
    }
  }

  mutating func end() throws {
    guard let part = open.popLast() else { return }
    if silent > 0 { return silent -= 1 }
    switch part {
    case .label:
      turn?.label += " " + (label ?? "")
      label = nil
    case .note:
      guard let ended = aside, ended.depth == open.count + 1 else { break }
      aside = nil
      if let words = Words.line(ended.text) {
        let isBracketed = words.first.map { "([（".contains($0) } ?? false
        turn?.paragraph += isBracketed ? " \(words) " : " (\(words)) "
      }
    case .paragraph: turn?.endParagraph()
    case .line: turn?.paragraph += " "
    default: break
    }
    if let turn, open.count < turn.depth { try endTurn() }
  }

  mutating func text(_ text: String, at position: SourcePosition? = nil) throws {
    if silent > 0 { return }
    guard turn != nil else {
      if strayText == nil, text.contains(where: { !$0.isWhitespace }) { strayText = position }
      return
    }
    turn!.size += text.utf8.count
    guard turn!.size <= Self.largestSpeech else {
      throw Unreadable("What is said here is longer than any speech is.", at: turn!.at)
    }
    if label != nil {
      label! += text
    } else if aside != nil {
      aside!.text += text
    } else {
      turn!.paragraph += text
    }
  }

  private mutating func endTurn() throws {
    guard var turn else { return }
    self.turn = nil
    (label, aside) = (nil, nil)
    turn.endParagraph()
    if let words = Words.line(turn.label), words.count > Self.longestLabel {
      let (label, rest) = Self.parted(words)
      turn.label = label
      turn.paragraphs.insert(rest, at: 0)
    }
    let name = TurnCollector.label(turn.name) ?? TurnCollector.label(turn.label)
    let key = turn.key ?? name.map { "name:\($0)" }
    try collector.turn(
      turn.kind, by: turn.kind == .speech ? collector.voice(key, named: name) : nil, turn.paragraphs,
      in: turn.language, moment: turn.moment, at: turn.at)
    if turn.paragraphs.isEmpty, turn.kind == .speech {
      collector.remark("A speech without words was left out.", at: turn.at)
    }
  }

  consuming func finish() throws -> ForeignTranscript {
    try endTurn()
    if let strayText {
      collector.remark("Text that stands in no speech and no note was left out.", at: strayText)
    }
    return collector.finish()
  }
}

extension ForeignSource.File {
  /// The name of the first element of XML, without its prefix; nil for what is no XML.
  static func rootElement(_ beginning: [UInt8]) -> String? {
    var rest = String(decoding: TextEncoding.utf8(beginning), as: UTF8.self)[...]
    while true {
      rest = rest.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
      guard rest.first == "<" else { return nil }
      if rest.hasPrefix("<?") || rest.hasPrefix("<!") {
        let end = rest.hasPrefix("<!--") ? "-->" : rest.hasPrefix("<?") ? "?>" : ">"
        guard let range = rest.firstRange(of: end) else { return nil }
        rest = rest[range.upperBound...]
        continue
      }
      let name = rest.dropFirst().prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
      return name.split(separator: ":").last.map(String.init)
    }
  }

  /// Whether an element begins somewhere in the first bytes.
  static func hasElement(_ name: String, _ beginning: [UInt8]) -> Bool {
    let text = String(decoding: TextEncoding.utf8(beginning), as: UTF8.self)
    return text.contains("<\(name)>") || text.contains("<\(name) ") || text.contains(":\(name)>")
      || text.contains(":\(name) ") || text.contains("<\(name)\n") || text.contains("<\(name)\r")
  }
}

extension Clock {
  /// `2005-11-08T11:10:00`, `09:30:00`: what a clock showed, or an instant where there is an offset.
  static func moment(_ text: String?, date: String? = nil) -> ForeignMoment? {
    guard let text = text?.nonEmpty else { return nil }
    if let found = text.wholeMatch(
      of: /(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?/.asciiOnlyDigits()),
      let day = Clock.date(String(found.output.1))
    {
      return seconds(found.output.2, found.output.3, found.output.4).map {
        .clock(date: day.description, seconds: $0)
      }
    }
    if let found = text.wholeMatch(of: /(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?/.asciiOnlyDigits()) {
      return seconds(found.output.1, found.output.2, found.output.3).map { .clock(date: date, seconds: $0) }
    }
    if case .instant(let microseconds, _)? = Clock.time(text) { return .instant(microseconds: microseconds) }
    return nil
  }

  private static func seconds(_ hours: Substring, _ minutes: Substring, _ seconds: Substring?) -> Int? {
    guard let hours = Int(hours), let minutes = Int(minutes), let seconds = Int(seconds ?? "0"), hours < 24,
      minutes < 60, seconds < 60
    else { return nil }
    return (hours * 60 + minutes) * 60 + seconds
  }
}
