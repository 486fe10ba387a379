import Vocabulary

/// What was said as plain text or Markdown: each speaker's name before a colon, `NAME: text`, `**Name:** text`, or the
/// lines of a chat, `<name> text`.
///
/// A name before a colon is a voice if it is emphasised, is written as names are (capitals), begins two lines or more, or is
/// known; and, in a text with such a name, if most lines or paragraphs begin with one. Otherwise it is part of the text, which a
/// remark tells. Without any names, the whole text is what one voice said.
package enum SpokenText: TranscriptReader {
  package static let name = "Text"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let text = TextEncoding.utf8(beginning)
    guard let first = text.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { return false }
    if OtherFile.name(beginning) != nil { return false }
    // XML, JSON and files of other programs are no plain text.
    if text.contains(0) || first == UInt8(ascii: "{") { return false }
    if first == UInt8(ascii: "["), JSONOutline(beginning).paths.isEmpty == false { return false }
    if first == UInt8(ascii: "<"), ForeignSource.File.rootElement(beginning) == nil || !isChat(text) {
      return false
    }
    return text.count { $0 < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains($0) } * 100 <= text.count
  }

  private static func isChat(_ text: [UInt8]) -> Bool {
    let lines = TextLines.first(text).prefix(20)
    return lines.count { $0.hasPrefix("<") && $0.contains("> ") } * 2 > lines.count
  }

  package static func read(_ file: ForeignSource.File) throws -> ForeignTranscript {
    try read(file) { _ in false }
  }

  /// - Parameter isKnown: whether somebody is called so.
  static func read(_ file: ForeignSource.File, isKnown: (String) -> Bool) throws -> ForeignTranscript {
    var lines: [Line] = []
    var counts: [String: Int] = [:]
    var table = 0
    var beginnings = Beginnings()
    try TextLines.read(file) { number, text in
      guard lines.count < 2_000_000 else {
        throw Unreadable("The file has more than 2,000,000 lines.", at: SourcePosition(line: number))
      }
      let line = Line(text, number)
      if let label = line.label { counts[label.name, default: 0] += 1 }
      if line.isTable { table += 1 }
      beginnings.take(line)
      lines.append(line)
    }
    var collector = TurnCollector()
    var known: [String: Bool] = [:]
    for label in lines.compactMap(\.label) where known[label.name] != true {
      known[label.name] =
        label.isSure || counts[label.name, default: 0] > 1 || SpeakerLabel.looksLikeName(label.name)
        || isKnown(label.name)
    }
    let isDialogue = beginnings.areLabels && known.values.contains(true)
    func isVoice(_ label: Line.Label) -> Bool { isDialogue || known[label.name] == true }
    var writer = Writer(hasNames: lines.contains { $0.label.map(isVoice) ?? false })
    for line in lines { try writer.take(line, line.label.flatMap { isVoice($0) ? $0 : nil }, &collector) }
    try writer.end(&collector)
    if let first = lines.first(where: \.isTable) {
      collector.remark(
        "\(counted(table, "line of a table", "lines of tables")) \(table == 1 ? "was" : "were") left out.",
        at: SourcePosition(line: first.number))
    }
    if !isDialogue { tellDoubtful(lines.filter { $0.label.map { !isVoice($0) } ?? false }, &collector) }
    return collector.finish()
  }

  /// What may be a voice after all: then its words are under the wrong name.
  private static func tellDoubtful(_ lines: [Line], _ collector: inout TurnCollector) {
    let doubtful = lines.filter { $0.label.map { SpeakerLabel.mayBeName($0.name) } ?? false }
    guard let first = doubtful.first, let label = first.label else { return }
    let shown = doubtful.prefix(5).map { line in
      "“\(excerpt(line.label?.name ?? ""))”" + (line.number == first.number ? "" : " in line \(line.number)")
    }
    let rest = doubtful.count - shown.count
    let isOne = doubtful.count == 1
    collector.remark(
      "\(shown.joined(separator: ", "))\(rest > 0 ? ", and \(rest) more," : "") \(isOne ? "was" : "were") read as text, not as "
        + "\(isOne ? "a voice" : "voices"). If somebody speaks there, say who with --speaker \"\(excerpt(label.name))=SPEAKER\".",
      at: SourcePosition(line: first.number))
  }

  /// How many lines and paragraphs begin with a name before a colon.
  private struct Beginnings {
    private var lines = (all: 0, labelled: 0)
    private var paragraphs = (all: 0, labelled: 0)
    private var isInParagraph = false

    mutating func take(_ line: Line) {
      if line.isTable || line.isHeading || line.text.isEmpty && line.label == nil {
        return isInParagraph = false
      }
      let labelled = line.label == nil ? 0 : 1
      lines = (lines.all + 1, lines.labelled + labelled)
      if !isInParagraph { paragraphs = (paragraphs.all + 1, paragraphs.labelled + labelled) }
      isInParagraph = true
    }

    /// Whether these are so many that the text can only be a dialogue.
    var areLabels: Bool {
      [lines, paragraphs].contains { $0.labelled >= 3 && $0.labelled * 4 >= $0.all * 3 }
    }
  }

  private struct Line {
    struct Label {
      var name: String
      var rest: String
      /// Emphasised, or of a chat: nothing else is meant.
      var isSure: Bool
    }

    var number: Int
    var text: String
    var label: Label?
    var clock: Int?
    var isHeading = false
    var isTable = false

    init(_ line: String, _ number: Int) {
      self.number = number
      var rest = trimming(line)[...]
      if rest.hasPrefix("#"), rest.drop(while: { $0 == "#" }).first == " " || rest.allSatisfy({ $0 == "#" }) {
        isHeading = true
      }
      if rest.hasPrefix("|"), rest.hasSuffix("|"), rest.count > 1 { isTable = true }
      if rest.allSatisfy({ "-*_=—".contains($0) }) { rest = "" }
      if !isHeading, !isTable {
        (clock, rest) = Self.clock(rest)
        label =
          Self.chat(rest) ?? Self.emphasised(rest)
          ?? SpeakerLabel.split(Self.numbered(rest)).map {
            Label(name: trimming($0.label), rest: $0.rest, isSure: false)
          }
      }
      text = Self.plain(rest)
      if let found = label { label?.rest = Self.plain(found.rest) }
    }

    /// Without the signs of strong emphasis and the addresses of links, which would be printed.
    private static func plain(_ text: some StringProtocol) -> String {
      var plain = String(text)
      if plain.contains("**") { plain = plain.replacing("**", with: "") }
      if plain.contains("](") {
        plain = plain.replacing(/\[([^\[\]]+)\]\(https?:[^()\s]+\)/) { String($0.output.1) }
      }
      return plain
    }

    /// `20:04:10 `, `[00:12:34] `, `(12:34) `
    private static func clock(_ text: Substring) -> (Int?, Substring) {
      guard let sign = text.first, sign.isNumber || "[(".contains(sign),
        let found = text.prefixMatch(
          of: /[\[(]?(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?[\])]?\s+/.asciiOnlyDigits()),
        let first = Int(found.output.1), let second = Int(found.output.2), second < 60
      else { return (nil, text) }
      let third = found.output.3.flatMap { Int($0) }
      let seconds = third.map { (first * 60 + second) * 60 + $0 } ?? first * 60 + second
      return (seconds, text[found.range.upperBound...])
    }

    /// Without the number of a question: `1. 林大輝議員：…`.
    private static func numbered(_ text: Substring) -> Substring {
      guard text.first?.isNumber == true, let found = text.prefixMatch(of: /\d{1,3}[.)]\s+/) else {
        return text
      }
      return text[found.range.upperBound...]
    }

    /// `<name> text`
    private static func chat(_ text: Substring) -> Label? {
      guard text.first == "<", let found = text.prefixMatch(of: /<[@+ ]?([^<>\s]{1,40})>\s/) else {
        return nil
      }
      return Label(name: String(found.output.1), rest: String(text[found.range.upperBound...]), isSure: true)
    }

    /// `**Name:** text`, `**Name**: text`, `_Name:_ text`
    private static func emphasised(_ text: Substring) -> Label? {
      for sign in ["**", "__", "*", "_"] where text.hasPrefix(sign) {
        let inner = text.dropFirst(sign.count)
        guard let end = inner.prefix(120).firstRange(of: sign) else { continue }
        let rest = inner[end.upperBound...]
        let marked = inner[..<end.lowerBound]
        if let last = marked.last, ":：".contains(last),
          let label = SpeakerLabel.split("\(marked.dropLast()): ")
        {
          return Label(name: trimming(label.label), rest: String(rest), isSure: true)
        }
        if let first = rest.first, ":：".contains(first), let label = SpeakerLabel.split("\(marked): ") {
          return Label(name: trimming(label.label), rest: String(rest.dropFirst()), isSure: true)
        }
      }
      return nil
    }
  }

  private struct Writer {
    /// Whether the file names anybody who speaks.
    let hasNames: Bool
    private var voice: String?
    private var isNamed = false
    private var paragraphs: [String] = []
    private var paragraph = ""
    private var at: SourcePosition?
    private var clock: Int?
    private var size = 0

    init(hasNames: Bool) { self.hasNames = hasNames }

    mutating func take(_ line: Line, _ label: Line.Label?, _ collector: inout TurnCollector) throws {
      let position = SourcePosition(line: line.number)
      if line.isHeading {
        try end(&collector)
        (voice, isNamed) = (nil, false)
        return collector.heading(at: position)
      }
      if line.isTable { return }
      if let label {
        // In a chat, one who goes on has not finished.
        try end(&collector)
        voice = collector.voice(nil, named: label.name)
        isNamed = true
        begin(at: position, line.clock)
        return add(label.rest)
      }
      if line.text.isEmpty { return endParagraph() }
      if paragraphs.isEmpty, paragraph.isEmpty { begin(at: position, line.clock) }
      add(line.text)
      size += line.text.utf8.count
      if size > 8 << 20 { try end(&collector) }
    }

    private mutating func begin(at position: SourcePosition, _ clock: Int?) {
      at = position
      self.clock = clock
      size = 0
    }

    private mutating func add(_ text: String) {
      if paragraph.isEmpty { paragraph = trimming(text) } else { paragraph.join(trimming(text)) }
    }

    private mutating func endParagraph() {
      if !paragraph.allSatisfy(\.isWhitespace) { paragraphs.append(paragraph) }
      paragraph = ""
    }

    mutating func end(_ collector: inout TurnCollector) throws {
      endParagraph()
      // What stands before the first name, or after a heading, is the record's own.
      let isNote = hasNames && !isNamed
      try collector.turn(
        isNote ? .note : .speech, by: voice, paragraphs,
        moment: clock.map { .clock(date: nil, seconds: $0) }, at: at)
      paragraphs = []
      clock = nil
    }
  }
}
