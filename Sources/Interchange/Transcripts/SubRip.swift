import Vocabulary

/// SRT subtitles: a number, two times with a comma, and the text. Nobody has specified the format; files with points for
/// commas, or without numbers, are read too.
package enum SubRip: TranscriptReader {
  package static let name = "SRT"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let lines = TextLines.first(beginning).prefix(200).filter { !$0.allSatisfy(\.isWhitespace) }
    guard let first = lines.first else { return false }
    if times(first) != nil { return true }
    return isNumber(first) && lines.dropFirst().first.map { times($0) != nil } == true
  }

  package static func read(_ file: ForeignSource.File) throws -> ForeignTranscript {
    var collector = TurnCollector()
    var joiner = CueJoiner()
    var open: Cue?
    var lines: [(number: Int, text: String)] = []

    /// The captions end where the next one begins; its number stands before it.
    func finish(beforeTimes: Bool) throws {
      if beforeTimes, let last = lines.last, isNumber(last.text) { lines.removeLast() }
      defer { lines = [] }
      guard var cue = open else {
        if let first = lines.first {
          collector.remark(
            "“\(excerpt(first.text))” stands before any times; it was left out.",
            at: SourcePosition(line: first.number))
        }
        return
      }
      open = nil
      cue.text = plain(lines.map(\.text).joined(separator: " "))
      cue.takeLabel()
      try joiner.take(cue, &collector)
    }

    try TextLines.read(file) { number, line in
      if line.contains("-->") {
        guard let (start, end) = times(line) else {
          let position = SourcePosition(line: number)
          return collector.remark("“\(excerpt(line))” are no times; the line was left out.", at: position)
        }
        try finish(beforeTimes: true)
        open = Cue(start: start, end: end, text: "", at: SourcePosition(line: number))
      } else if !line.allSatisfy(\.isWhitespace) {
        lines.append((number, line))
      }
    }
    try finish(beforeTimes: false)
    try joiner.finish(&collector)
    return collector.finish()
  }

  private static func isNumber(_ line: some StringProtocol) -> Bool {
    let text = line.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    return !digits.isEmpty && digits.count <= 9 && text.dropFirst(digits.count).allSatisfy(\.isWhitespace)
  }

  /// `00:00:20,640 --> 00:00:23,440`, possibly followed by the position on the screen.
  private static func times(_ line: some StringProtocol) -> (start: Int64, end: Int64)? {
    guard
      let found = String(line.prefix(200)).firstMatch(
        of:
          /^\s*(\d{1,3}):(\d{1,2}):(\d{1,2})[,.](\d{1,3})\s*-->\s*(\d{1,3}):(\d{1,2}):(\d{1,2})[,.](\d{1,3})/
          .asciiOnlyDigits())
    else { return nil }
    func time(_ h: Substring, _ m: Substring, _ s: Substring, _ f: Substring) -> Int64? {
      guard let hours = Int64(h), let minutes = Int64(m), let seconds = Int64(s), minutes < 60, seconds < 60,
        let fraction = Int64(f + String(repeating: "0", count: 3 - f.count))
      else { return nil }
      return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction
    }
    let output = found.output
    guard let start = time(output.1, output.2, output.3, output.4),
      let end = time(output.5, output.6, output.7, output.8)
    else { return nil }
    return (start, end)
  }

  /// Without `<i>` and `{\an8}`.
  private static func plain(_ text: String) -> String {
    HTML.unescaped(text.replacing(/<\/?[a-zA-Z][^<>]*>|\{\\[^{}]*\}/, with: ""))
  }
}
