import Vocabulary

/// Collects what was said in one file: voices once each, turns in their order.
struct TurnCollector {
  private(set) var transcript = ForeignTranscript()
  private var voices: [String: Int] = [:]
  private var keys: [String: String] = [:]
  private var unsaid = 0
  private var headings = 0
  private var firstHeading: SourcePosition?

  /// The bytes of one statement. A longer one goes on in the next.
  static let longestTurn = 80_000
  /// More would only be the same again.
  private static let mostRemarks = 1000
  private static let mostTurns = 200_000

  mutating func remark(_ text: String, at position: SourcePosition? = nil) {
    guard transcript.remarks.count < Self.mostRemarks else { return unsaid += 1 }
    transcript.remarks.append(Remark(text, at: position))
  }

  mutating func offer(_ path: WritableKeyPath<ForeignTranscript, String?>, _ value: String?) {
    if transcript[keyPath: path] == nil { transcript[keyPath: path] = Words.line(value) }
  }

  mutating func heading(at position: SourcePosition?) {
    headings += 1
    if firstHeading == nil { firstHeading = position }
  }

  /// The voice with this key, made at its first use.
  ///
  /// - Parameter key: nil: the voice is known by its name alone.
  /// - Returns: the key; nil for a voice without a name.
  mutating func voice(_ key: String?, named name: String?) -> String? {
    let name = Self.label(name)
    guard let name = name ?? Self.label(key) else { return nil }
    let key = key.flatMap { Words.line($0) } ?? keys[name] ?? "name:\(name)"
    if voices[key] == nil {
      if keys[name] == nil { keys[name] = key }
      voices[key] = transcript.voices.count
      transcript.voices.append(ForeignVoice(key: key, name: String(name.prefix(200))))
    }
    return key
  }

  mutating func setSlug(_ slug: String, of voice: String) {
    guard let index = voices[voice] else { return }
    transcript.voices[index].slug = slug
  }

  /// A name as it stands before what was said, without the signs that end it: `El señor ASCENCIO (Presidente).-`. Nil
  /// without a letter.
  static func label(_ text: String?) -> String? {
    guard let text = Words.line(text), text.contains(where: { $0.isLetter || $0.isNumber }) else {
      return nil
    }
    var label = text[...]
    while let last = label.last, last.isWhitespace || ":：.,;-–—―".contains(last) { label.removeLast() }
    while let first = label.first, first.isWhitespace || ":：.,;-–—―#".contains(first) { label.removeFirst() }
    return label.isEmpty ? nil : String(label)
  }

  /// Adds what was said, in the languages that the file has it in. An empty text is none.
  mutating func turn(_ turn: ForeignTurn) throws {
    guard transcript.turns.count < Self.mostTurns else {
      throw Unreadable("The file has more than \(Self.mostTurns) statements.", at: turn.at)
    }
    transcript.turns.append(turn)
  }

  /// Adds what was said in paragraphs.
  mutating func turn(
    _ kind: ForeignTurn.Kind, by voice: String?, _ paragraphs: [String], in language: String? = nil,
    moment: ForeignMoment? = nil, at position: SourcePosition?
  ) throws {
    var moment = moment
    for text in Self.parts(paragraphs.compactMap { Words.line($0.flowing) }) {
      var turn = ForeignTurn(kind, voice: kind == .speech ? voice : nil, text: ForeignText(text))
      turn.language = language
      turn.moment = moment
      turn.at = position
      try self.turn(turn)
      // Only the beginning has the time.
      moment = nil
    }
  }

  /// Paragraphs in texts that are not too long.
  private static func parts(_ paragraphs: [String]) -> [String] {
    var parts: [String] = []
    for paragraph in paragraphs.flatMap(pieces) {
      if let last = parts.last, last.utf8.count + paragraph.utf8.count < longestTurn {
        parts[parts.count - 1] = last + "\n\n" + paragraph
      } else {
        parts.append(paragraph)
      }
    }
    return parts
  }

  private static func pieces(_ paragraph: String) -> [String] {
    guard paragraph.utf8.count > longestTurn else { return [paragraph] }
    var pieces: [String] = []
    var piece = ""
    for word in paragraph.split(separator: " ") {
      if piece.utf8.count + word.utf8.count >= longestTurn, !piece.isEmpty {
        pieces.append(piece)
        piece = ""
      }
      if !piece.isEmpty { piece += " " }
      piece += word
      // Without any spaces.
      while piece.utf8.count > longestTurn {
        pieces.append(String(piece.prefix(longestTurn / 4)))
        piece.removeFirst(min(piece.count, longestTurn / 4))
      }
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }

  /// All that was collected.
  consuming func finish() -> ForeignTranscript {
    if headings > 0 {
      transcript.remarks.append(
        Remark(
          "\(counted(headings, "heading")) \(headings == 1 ? "was" : "were") left out.", at: firstHeading))
    }
    if unsaid > 0 {
      transcript.remarks.append(
        Remark("\(counted(unsaid, "further remark")) \(unsaid == 1 ? "is" : "are") not shown."))
    }
    return transcript
  }
}
