import Vocabulary

/// What a caption shows between two times.
struct Cue {
  /// Milliseconds since the recording began.
  var start: Int64?
  var end: Int64?
  /// The name that the caption gives; nil: it goes on with the voice before it.
  var voice: String?
  /// Somebody else speaks, who has no name.
  var isOther = false
  var text: String
  var at: SourcePosition?
}

/// Makes statements of captions, which are cut by what fits on a screen.
///
/// Captions that follow each other are one statement until
/// - another voice speaks,
/// - a sentence has ended and nobody speaks for 5 seconds, or
/// - a sentence has ended and the statement has 1,500 letters, or 6,000 without any end of a sentence.
///
/// Within a statement, a sentence's end and 2 seconds of silence begin a new paragraph.
struct CueJoiner {
  private var voice: String?
  private var paragraphs: [String] = []
  private var start: Int64?
  private var end: Int64?
  private var at: SourcePosition?
  private var length = 0

  static let silence: Int64 = 5000
  static let pause: Int64 = 2000
  static let enough = 1500
  static let most = 6000

  mutating func take(_ cue: Cue, _ collector: inout TurnCollector) throws {
    guard let text = Words.line(cue.text) else { return }
    let named = collector.voice(nil, named: cue.voice)
    let next = cue.isOther ? nil : named ?? voice
    let gap = if let end, let start = cue.start { start - end } else { Int64(0) }
    let isWhole = paragraphs.last?.endsSentence ?? false
    if cue.isOther || next != voice || (isWhole && (gap >= Self.silence || length >= Self.enough))
      || length >= Self.most
    {
      try finish(&collector)
    }
    voice = next
    if paragraphs.isEmpty {
      (start, at, paragraphs) = (cue.start, cue.at, [text])
    } else if isWhole, gap >= Self.pause {
      paragraphs.append(text)
    } else {
      paragraphs[paragraphs.count - 1].join(text)
    }
    length += text.count
    end = cue.end ?? cue.start ?? end
  }

  mutating func finish(_ collector: inout TurnCollector) throws {
    try collector.turn(
      .speech, by: voice, paragraphs, moment: start.map { .offset(milliseconds: $0) }, at: at)
    paragraphs = []
    length = 0
  }
}

extension String {
  /// Whether a sentence ends here.
  fileprivate var endsSentence: Bool {
    let last = suffix(8).last { !"\"'”’»)）」』]".contains($0) }
    return last.map { ".!?…。！？؟।♪".contains($0) } ?? false
  }

  /// Goes on after a space; scripts without spaces have none.
  mutating func join(_ next: some StringProtocol) {
    func isSpaceless(_ sign: Character) -> Bool {
      guard let scalar = sign.unicodeScalars.first?.value else { return false }
      return sign.isEastAsian && !(0xAC00...0xD7AF).contains(scalar) || (0x3000...0x303F).contains(scalar)
        || (0xFF00...0xFFEF).contains(scalar)
    }
    if let last, let first = next.first, !(isSpaceless(last) && isSpaceless(first)) { self += " " }
    self += next
  }

  /// One line of several, as words flow.
  var flowing: String {
    guard utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return self }
    var text = ""
    for line in split(whereSeparator: \.isNewline) {
      let words = trimming(String(line))
      if !words.isEmpty { text.join(words) }
    }
    return text
  }
}

/// The name in front of what a caption or a paragraph says: `Travis: When you first …`, `>> Travis: …`.
enum SpeakerLabel {
  struct Labelled {
    var label: String
    var rest: String
  }

  /// A name before a colon at the start of a line.
  ///
  /// - Returns: nil for what cannot be a name: too long, a clock, an address, a sentence.
  static func split(_ line: some StringProtocol) -> Labelled? {
    guard let colon = line.prefix(90).firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
    let label = line[..<colon]
    let rest = line[line.index(after: colon)...]
    guard let first = label.first(where: { !$0.isWhitespace }), first.isLetter || first == "[",
      rest.first.map({ $0.isWhitespace || line[colon] == "：" }) ?? true, isName(String(label))
    else { return nil }
    return Labelled(label: String(label), rest: String(rest))
  }

  private static func isName(_ label: String) -> Bool {
    let words = label.split(whereSeparator: \.isWhitespace)
    guard label.contains(where: \.isLetter), words.count <= 10, label.count <= 80,
      !label.contains(where: { "“”\"!?;。，！？；=<>{}/|".contains($0) })
    else { return false }
    // A full stop inside ends a sentence, except after a short word: Mr. Gamma, J. Smith.
    // Signs of Han say more than letters do.
    if label.contains(where: \.isEastAsian), label.count > 16 { return false }
    return words.dropLast().allSatisfy { word in
      !word.hasSuffix(".") || word.count <= 5 && word.first?.isUppercase == true
    }
  }

  /// Whether a label looks like a name by itself: each word begins with a capital letter, or one is in capitals.
  static func looksLikeName(_ label: String) -> Bool {
    let words = label.split { !$0.isLetter && !"'’-.".contains($0) }.filter { $0.contains(where: \.isLetter) }
    let isCapital = words.contains { word in
      word.count(where: \.isLetter) > 1 && word.allSatisfy { !$0.isLetter || $0.isUppercase }
    }
    return isCapital || words.count > 1 && words.allSatisfy { $0.first { $0.isLetter }?.isUppercase == true }
  }
}

extension SpeakerLabel {
  /// Whether a label can be what somebody is called: some words, the first with a capital letter, or some signs of Han.
  static func mayBeName(_ label: String) -> Bool {
    guard let first = label.first(where: \.isLetter), !first.isLowercase else { return false }
    return label.contains(where: \.isEastAsian)
      ? label.count <= 8 : label.split(whereSeparator: \.isWhitespace).count <= 4
  }

  /// Whether no word begins with a small letter. In captions any line may have a colon.
  static func hasOnlyCapitals(_ label: String) -> Bool {
    label.split(whereSeparator: \.isWhitespace).allSatisfy { $0.first { $0.isLetter }?.isLowercase != true }
  }
}

extension Cue {
  /// Takes the name out of the text of a caption.
  mutating func takeLabel() {
    var rest = text[...].drop(while: \.isWhitespace)
    if rest.hasPrefix(">>") {
      isOther = true
      rest = rest.drop { $0 == ">" || $0.isWhitespace }
    }
    if rest.hasPrefix("["), let end = rest.firstIndex(of: "]"), rest[end...].dropFirst().first == ":" {
      voice = String(rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[end...].dropFirst(2)
    } else if let found = SpeakerLabel.split(rest), SpeakerLabel.hasOnlyCapitals(found.label) {
      voice = found.label
      rest = found.rest[...]
    }
    if voice != nil { isOther = false }
    text = String(rest)
  }
}
