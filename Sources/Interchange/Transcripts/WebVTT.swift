import Vocabulary

/// WebVTT captions (W3C, “WebVTT: The Web Video Text Tracks Format”, §4 and §6): voices, times and texts. Regions, styles
/// and where a caption stands on the screen are left out.
package enum WebVTT: TranscriptReader {
  package static let name = "WebVTT"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let text = TextEncoding.utf8(beginning)
    guard text.starts(with: Array("WEBVTT".utf8)) else { return false }
    return text.count == 6 || [0x20, 0x09, 0x0A, 0x0D].contains(text[6])
  }

  package static func read(_ file: ForeignSource.File) throws -> ForeignTranscript {
    var collector = TurnCollector()
    var joiner = CueJoiner()
    var block = Block(isHeader: true)
    try TextLines.read(file) { number, line in
      if number == 1 { return }
      let line = line.replacing("\0", with: "\u{FFFD}")
      try block.take(line, at: number, &joiner, &collector)
    }
    try block.finish(&joiner, &collector)
    try joiner.finish(&collector)
    return collector.finish()
  }

  /// The lines up to an empty one (§6.1, “collect a WebVTT block”).
  private struct Block {
    var isHeader: Bool
    private var count = 0
    private var buffer: [String] = []
    private var times: (start: Int64, end: Int64, at: SourcePosition)?
    private var seenArrow = false

    init(isHeader: Bool) { self.isHeader = isHeader }

    mutating func take(
      _ line: String, at number: Int, _ joiner: inout CueJoiner, _ collector: inout TurnCollector
    ) throws {
      if line.isEmpty { return try finish(&joiner, &collector) }
      count += 1
      guard line.contains("-->") else { return buffer.append(line) }
      if isHeader || count > 2 || seenArrow {
        // The line begins a block of its own.
        try finish(&joiner, &collector)
        return try take(line, at: number, &joiner, &collector)
      }
      seenArrow = true
      if let (start, end) = WebVTT.times(line) {
        times = (start, end, SourcePosition(line: number))
        buffer = []
      } else {
        collector.remark(
          "“\(excerpt(line))” are no times; the caption was left out.", at: SourcePosition(line: number))
      }
    }

    mutating func finish(_ joiner: inout CueJoiner, _ collector: inout TurnCollector) throws {
      if let times {
        for span in WebVTT.spans(buffer.joined(separator: "\n")) {
          var cue = Cue(start: times.start, end: times.end, voice: span.voice, text: span.text, at: times.at)
          cue.isOther = span.isOther
          if cue.voice == nil { cue.takeLabel() }
          try joiner.take(cue, &collector)
        }
      }
      self = Block(isHeader: false)
    }
  }

  /// `00:00:08.550 --> 00:00:12.050 line:0` (§6.3); nil for what is none.
  static func times(_ line: String) -> (start: Int64, end: Int64)? {
    var rest = line.unicodeScalars[...]
    func skip() { rest = rest.drop { " \t\n\u{C}\r".unicodeScalars.contains($0) } }
    skip()
    guard let start = time(&rest) else { return nil }
    skip()
    guard rest.starts(with: "-->".unicodeScalars) else { return nil }
    rest = rest.dropFirst(3)
    skip()
    guard let end = time(&rest) else { return nil }
    return (start, end)
  }

  /// Milliseconds (§6.3, “collect a WebVTT timestamp”).
  private static func time(_ rest: inout Substring.UnicodeScalarView) -> Int64? {
    func digits() -> Substring.UnicodeScalarView {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(digits.count)
      return digits
    }
    func number(_ count: Int) -> Int64? {
      let digits = digits()
      return digits.count == count ? Int64(String(digits)) : nil
    }
    func sign(_ sign: Unicode.Scalar) -> Bool {
      guard rest.first == sign else { return false }
      rest = rest.dropFirst()
      return true
    }
    let first = digits()
    guard !first.isEmpty, first.count <= 9, let most = Int64(String(first)), sign(":"), let second = number(2)
    else { return nil }
    var (hours, minutes, seconds): (Int64, Int64, Int64) = (0, most, second)
    if first.count != 2 || most > 59 || rest.first == ":" {
      guard sign(":"), let third = number(2) else { return nil }
      (hours, minutes, seconds) = (most, second, third)
    }
    guard sign("."), let fraction = number(3), minutes <= 59, seconds <= 59 else { return nil }
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction
  }

  /// The texts of a caption by voice (§6.4), without tags.
  ///
  /// - Returns: `isOther` for a voice whose name has no letter: `<v ->`.
  static func spans(_ text: String) -> [(voice: String?, isOther: Bool, text: String)] {
    var spans: [(voice: String?, isOther: Bool, text: String)] = []
    var voices: [String?] = []
    var isOther = false
    var rest = text[...]
    func add(_ words: some StringProtocol) {
      let voice = voices.last ?? nil
      defer { isOther = false }
      if !isOther, let last = spans.last, last.voice == voice {
        spans[spans.count - 1].text += words
      } else {
        spans.append((voice, isOther, String(words)))
      }
    }
    while let begin = rest.firstIndex(of: "<") {
      add(HTML.unescaped(rest[..<begin]))
      rest = rest[rest.index(after: begin)...]
      let end = rest.firstIndex(of: ">") ?? rest.endIndex
      let tag = rest[..<end]
      rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
      if tag == "/v" {
        if !voices.isEmpty { voices.removeLast() }
      } else if tag == "v" || tag.hasPrefix("v ") || tag.hasPrefix("v.") || tag.hasPrefix("v\t")
        || tag.hasPrefix("v\n")
      {
        let name = tag.firstIndex(where: \.isWhitespace).map { HTML.unescaped(tag[$0...]) }
        voices.append(TurnCollector.label(name))
        isOther = voices.last == .some(nil)
      }
    }
    add(HTML.unescaped(rest))
    return spans.filter { !$0.text.allSatisfy(\.isWhitespace) }
  }
}
