import JSON
import Vocabulary

/// The record as Plenary exports it (`plenary-record`): its statements, in all their languages, with their times.
///
/// What was withheld, retracted or expunged has no words in the file, and does not come back. Positions, conclusions and
/// recommendations are left out with a remark.
package enum RecordJSON: TranscriptReader {
  package static let name = "Plenary's record (JSON)"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let text = String(decoding: beginning, as: UTF8.self)
    if text.contains(/"format"\s*:\s*"plenary-record"/) { return true }
    // Plenary sorts the keys, so that the format stands behind all entries.
    return text.contains(/^\s*\{\s*"conference"\s*:\s*\{/) && text.contains(/"corrections"\s*:\s*\[/)
  }

  package static func read(_ file: ForeignSource.File) throws -> ForeignTranscript {
    let whole = try file.json()
    guard whole["format"]?.text == "plenary-record", whole["version"]?.text == "1" else {
      throw Unreadable(
        "“\(excerpt(file.name))” is no record of Plenary of a version that is known.", at: whole.position)
    }
    var collector = TurnCollector()
    var left = 0
    var first: SourcePosition?
    for entry in whole["entries"]?.elements ?? [] {
      guard let status = entry["status"]?.text, ["draft", "published"].contains(status) else { continue }
      let texts = (entry["texts"]?.elements ?? []).map {
        (language: $0["language"]?.text ?? "und", text: Words.paragraphs($0["marked"]?.text))
      }
      guard entry["kind"]?.text == "statement", let text = ForeignText(languages: texts) else {
        left += 1
        if first == nil { first = entry.position }
        continue
      }
      let (voice, isUnattributed) = voice(entry["attribution"], &collector)
      var turn = ForeignTurn(isUnattributed ? .note : .speech, voice: voice, text: text)
      turn.language = entry["spoken"]?.text
      turn.session = entry["session"]?.text
      turn.form = entry["form"]?.text
      turn.moment = Clock.moment(entry["said"]?.text)
      turn.isMarked = true
      turn.at = entry.position
      try collector.turn(turn)
    }
    if left > 0 {
      collector.remark(
        "\(counted(left, "entry", "entries")) \(left == 1 ? "is" : "are") no statement with words; \(left == 1 ? "it was" : "they were") left out.",
        at: first)
    }
    return collector.finish()
  }

  private static func voice(_ attribution: JSONNode?, _ collector: inout TurnCollector)
    -> (voice: String?, isUnattributed: Bool)
  {
    guard let attribution, attribution.isObject else { return (nil, false) }
    if attribution["mode"]?.text == "unattributed" { return (nil, true) }
    let printed = attribution["asPrinted"]?.oneLine
    let persons = attribution["persons"]?.elements ?? []
    guard attribution["mode"]?.text == "named", persons.count == 1,
      let slug = (persons[0].isObject ? persons[0]["person"] : persons[0])?.text
    else { return (collector.voice(nil, named: printed), false) }
    let voice = collector.voice("person:\(slug)", named: printed)
    if let voice { collector.setSlug(slug, of: voice) }
    return (voice, false)
  }
}
