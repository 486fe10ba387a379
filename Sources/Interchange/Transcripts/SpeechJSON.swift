import JSON
import Vocabulary

/// A list of what was said in JSON: the transcripts of Podcasting 2.0 (`segments` with `speaker`, `startTime` and `body`),
/// what programs that recognize speech write (`segments` with `start` and `text`), and lists of speeches in which a
/// `speaker` has a name.
package enum SpeechJSON: TranscriptReader {
  package static let name = "JSON (a list of speeches)"

  private static let lists = [
    "segments", "speeches", "events", "utterances", "monologues", "transcript", "statements",
  ]
  private static let texts = ["body", "text", "content", "transcript"]
  private static let speakers = ["speaker", "speakerName", "speaker_name", "voice"]

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let paths = JSONOutline(beginning).paths
    return (lists.map { $0 + "[]." } + ["[]."]).contains { list in
      guard texts.contains(where: { paths.contains(list + $0) }) else { return false }
      // A list without speakers and times may be of anything.
      return !list.hasPrefix("[")
        || (speakers + ["start", "startTime"]).contains { paths.contains(list + $0) }
    }
      || lists.contains { list in
        // What is said may begin after the first 64 KiB.
        paths.contains(list) && speakers.contains { paths.contains("\(list)[].\($0)") }
      }
  }

  package static func read(_ file: ForeignSource.File) throws -> ForeignTranscript {
    let whole = try file.json()
    guard
      let list = whole.isArray ? whole : whole.first(lists),
      list.isArray
    else {
      throw Unreadable("“\(excerpt(file.name))” has no list of what was said.", at: whole.position)
    }
    var collector = TurnCollector()
    var joiner = CueJoiner()
    collector.offer(\.title, whole["title"]?.oneLine)
    collector.offer(\.date, whole["date"]?.text.flatMap { Clock.date(String($0.prefix(10)))?.description })
    collector.offer(\.language, whole["language"]?.text)
    for element in list.elements {
      guard element.isObject, let text = element.first(texts)?.text else {
        collector.remark("An element of the list says nothing.", at: element.position)
        continue
      }
      let speaker = element.first(speakers)
      let name = speaker.flatMap { speaker in
        speaker.isObject
          ? speaker.any("full", "name", "label", "displayName")?.text ?? speaker["name"]?.text
          : speaker.oneLine
      }
      let start = seconds(element.any("startTime", "start", "begin"))
      if let start {
        try joiner.take(
          Cue(
            start: start, end: seconds(element.any("endTime", "end")), voice: name, text: text,
            at: element.position), &collector)
      } else {
        try joiner.finish(&collector)
        let isSpeech = name != nil || ["speech", "interjection"].contains(element["type"]?.text ?? "speech")
        try collector.turn(
          isSpeech ? .speech : .note, by: collector.voice(nil, named: name), paragraphs(text),
          in: element["language"]?.text, at: element.position)
      }
    }
    try joiner.finish(&collector)
    return collector.finish()
  }

  /// Milliseconds, of a number of seconds.
  private static func seconds(_ node: JSONNode?) -> Int64? {
    guard let text = node?.text, let seconds = Double(text), seconds.isFinite, (0...1e7).contains(seconds)
    else { return nil }
    return Int64((seconds * 1000).rounded())
  }

  private static func paragraphs(_ text: String) -> [String] {
    (Words.paragraphs(text) ?? "").split(separator: /\n[ \n]*\n/).map(String.init)
  }
}

extension JSONNode {
  fileprivate func first(_ names: [String]) -> JSONNode? { names.lazy.compactMap { self[$0] }.first }
}
