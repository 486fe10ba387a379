import JSON
import Vocabulary

/// session.json of COSCUP and SITCON, which the OPass application reads: every text in several languages.
package enum SessionJSON: ForeignReader {
  package static let name = "session.json (OPass)"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let outline = JSONOutline(beginning)
    return outline.has("sessions[].start", "sessions[].zh")
      || outline.has("sessions[].start", "sessions[].en")
      || outline.has("sessions[].zh.title") || outline.has("sessions[].en.title")
  }

  package static func read(_ source: ForeignSource) throws -> ForeignConference {
    var collector = Collector()
    for file in source.files { read(try file.json(), &collector) }
    return collector.finish()
  }

  /// The text of this name in all languages: `{"zh": {"title": …}, "en": {"title": …}}`.
  private static func text(_ node: JSONNode, _ name: String, _ clean: (String?) -> String?) -> ForeignText? {
    ForeignText(
      languages: node.members.filter { $0.value.isObject && (2...7).contains($0.name.utf8.count) }
        .map { ($0.name, clean($0.value[name]?.text)) })
  }

  private static func read(_ whole: JSONNode, _ collector: inout Collector) {
    var kinds: [String: ForeignText] = [:]
    for kind in whole["session_types"]?.elements ?? [] {
      guard let id = kind["id"]?.oneLine, let name = text(kind, "name", Words.line) else { continue }
      kinds[id] = name
    }
    for room in whole["rooms"]?.elements ?? [] {
      guard let id = room["id"]?.oneLine else { continue }
      collector.room(id, named: text(room, "name", Words.line), at: room.position) {
        $0.keys = [ForeignKey(.id, id)]
      }
    }
    for speaker in whole["speakers"]?.elements ?? [] { read(speaker: speaker, &collector) }
    for node in whole["sessions"]?.elements ?? [] {
      guard let title = text(node, "title", Words.line) ?? node["title"]?.localizedLine else {
        collector.leaveOut("A session without a title was left out.", at: node.position)
        continue
      }
      var session = ForeignSession(title: title)
      session.at = node.position
      session.keys = node.keys(.id)
      session.language = node["language"]?.oneLine
      session.description = text(node, "description", Words.formatted)
      if let type = node["type"]?.oneLine {
        let name = kinds[type] ?? ForeignText(type)
        session.kind = (name.entries.first { $0.language == "en" } ?? name.entries.first)?.text
        session.track = collector.track(type, named: name, at: node.position) {
          $0.keys = [ForeignKey(.id, type)]
        }
      }
      if let start = node.time("start"),
        let length = node.time("end").flatMap({ Clock.length(from: start, to: $0) })
      {
        let room = node["room"]?.oneLine.flatMap { collector.room($0, at: node.position) }
        session.slots = [ForeignSlot(room: room, start: start, minutes: length)]
      } else if node["start"] != nil {
        collector.remark(
          "“\(excerpt(title.display))” was read without a time: its start or its end cannot be read.",
          at: node.position)
      }
      for speaker in node["speakers"]?.elements ?? [] {
        guard let id = speaker.text else { continue }
        if let key = collector.person(known: ForeignKey(.id, id)) {
          session.people.append(ForeignPresence(person: key))
        } else {
          collector.remark(
            "The speaker “\(excerpt(id))” of “\(excerpt(title.display))” is not in the list.",
            at: speaker.position)
        }
      }
      for (name, kind) in [
        ("slide", ForeignLink.Kind.slides), ("record", .recording), ("live", .related),
        ("co_write", .related), ("uri", .related),
      ] {
        if let address = Words.address(node[name]?.string) {
          session.links.append(ForeignLink(kind, address))
        }
      }
      collector.session(session)
    }
  }

  private static func read(speaker: JSONNode, _ collector: inout Collector) {
    let names = text(speaker, "name", Words.line)?.entries ?? []
    // Both scripts, as one writes them: 蔡孟村 (Mu-Tsun Tsai).
    let whole = names.first.map { first in
      names.dropFirst().first.map { "\(first.text) (\($0.text))" } ?? first.text
    }
    let biography = text(speaker, "bio", Words.formatted)
    collector.person(
      speaker.keys(.id), named: ForeignName(whole: whole ?? speaker["name"]?.oneLine), at: speaker.position
    ) {
      $0.biography = $0.biography ?? biography
    }
  }
}
