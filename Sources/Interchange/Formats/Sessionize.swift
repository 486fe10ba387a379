import JSON
import Vocabulary

/// Sessionize's views: All, GridSmart, Sessions, Speakers; also the lists of sessions of NDC.
///
/// Times have no offset, and mean the conference's zone.
package enum Sessionize: ForeignReader {
  package static let name = "Sessionize"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let outline = JSONOutline(beginning)
    return outline.has("*startsAt", "*title") || outline.has("*isServiceSession")
      || outline.has("*fullName", "*tagLine") || outline.has("*firstName", "*tagLine")
  }

  package static func read(_ source: ForeignSource) throws -> ForeignConference {
    var reader = Reader()
    for file in source.files {
      let whole = try file.json()
      reader.collect(whole)
      reader.read(whole, depth: 0)
    }
    return reader.collector.finish()
  }

  private struct Reader {
    var collector = Collector()
    private var rooms: [String: String] = [:]
    /// What sessions have by number: the names of choices, and the titles of what they are choices of.
    private var choices: [String: (category: String, name: String)] = [:]
    private var seen: Set<String> = []

    /// What sessions refer to.
    mutating func collect(_ whole: JSONNode) {
      for category in whole["categories"]?.elements ?? [] {
        let title = category["title"]?.oneLine ?? ""
        for item in category["items"]?.elements ?? [] {
          if let id = item["id"]?.text, let name = item["name"]?.oneLine { choices[id] = (title, name) }
        }
      }
      for room in whole["rooms"]?.elements ?? [] { _ = read(room: room) }
      for speaker in whole["speakers"]?.elements ?? [] { _ = read(speaker: speaker) }
    }

    private mutating func read(room: JSONNode) -> String? {
      guard let name = room["name"]?.localizedLine else { return nil }
      let key = collector.room(name.display, named: name, at: room.position) {
        if let key = room.key(.id), !$0.keys.contains(key) { $0.keys.append(key) }
      }
      if let id = room["id"]?.text { rooms[id] = key }
      return key
    }

    private mutating func read(speaker: JSONNode) -> String? {
      if let id = speaker.text { return collector.person(known: ForeignKey(.id, id)) }
      var name = ForeignName(
        whole: speaker.any("fullName", "name")?.oneLine, given: speaker["firstName"]?.oneLine,
        family: speaker["lastName"]?.oneLine)
      // One word in one of the fields is no family name.
      if name.given == nil || name.family == nil {
        name = ForeignName(whole: name.whole ?? name.given ?? name.family)
      }
      let biography = speaker["bio"]?.localizedFormatted
      let position = speaker["tagLine"]?.oneLine
      return collector.person(speaker.keys(.id), named: name, at: speaker.position) {
        $0.biography = $0.biography ?? biography
        $0.position = $0.position ?? position
      }
    }

    /// Finds the sessions, wherever they are.
    mutating func read(_ node: JSONNode, depth: Int) {
      guard depth < 8 else { return }
      if node.isArray {
        for element in node.elements { read(element, depth: depth + 1) }
      } else if node.isObject {
        if node["title"] != nil, node["startsAt"] ?? node["isServiceSession"] ?? node["endsAt"] != nil {
          return read(session: node)
        }
        if node["fullName"] != nil, node["id"] != nil {
          _ = read(speaker: node)
          return
        }
        if node["sessions"] != nil, node["name"] != nil { _ = read(room: node) }
        // The same sessions once more.
        for (name, value) in node.members
        where !["timeSlots", "speakers", "categories", "questions"].contains(name) {
          read(value, depth: depth + 1)
        }
      }
    }

    private mutating func read(session node: JSONNode) {
      guard let title = node["title"]?.localizedLine else {
        return collector.leaveOut("A session without a title was left out.", at: node.position)
      }
      let state = ForeignState(node["status"]?.oneLine)
      if case .leftOut = state {
        return collector.remark(
          "“\(excerpt(title.display))” was left out: its status is “\(excerpt(node["status"]?.oneLine ?? ""))”.",
          at: node.position)
      }
      var session = ForeignSession(title: title)
      session.at = node.position
      session.keys = node.keys(.id)
      session.isCancelled = state == .cancelled
      session.description = node["description"]?.localizedFormatted
      var kind: String?
      for item in node["categoryItems"]?.elements ?? [] {
        guard let choice = item.text.flatMap({ choices[$0] }) else { continue }
        let category = choice.category.lowercased()
        if category.contains("track") || category.contains("topic") || category.contains("category") {
          session.track = session.track ?? collector.track(choice.name, at: node.position)
        } else if category.contains("format") || category.contains("type") {
          kind = kind ?? choice.name
        } else if category.contains("language") || category.contains("sprache") || category.contains("言語") {
          session.language = session.language ?? choice.name
        }
      }
      session.kind =
        kind
        ?? (node["isServiceSession"]?.bool == true
          ? "Service session" : node["isPlenumSession"]?.bool == true ? "Plenum session" : nil)
      if let start = node.time("startsAt") {
        if let length = node.time("endsAt").flatMap({ Clock.length(from: start, to: $0) }) {
          let room =
            node["roomId"]?.text.flatMap { rooms[$0] }
            ?? node["room"]?.oneLine.flatMap { collector.room($0, at: node.position) }
          session.slots = [ForeignSlot(room: room, start: start, minutes: length)]
        } else {
          collector.remark(
            "“\(excerpt(title.display))” was read without a time: its end cannot be read, or is not after its start.",
            at: node.position)
        }
      } else if let text = node["startsAt"]?.text {
        collector.remark(
          "“\(excerpt(title.display))” was read without a time: “\(excerpt(text))” cannot be read as one.",
          at: node.position)
      }
      for speaker in node["speakers"]?.elements ?? [] {
        if let key = read(speaker: speaker) {
          session.people.append(ForeignPresence(person: key))
        } else {
          collector.remark(
            "A speaker of “\(excerpt(title.display))” is not in the list of speakers.", at: speaker.position)
        }
      }
      for (name, kind) in [("liveUrl", ForeignLink.Kind.related), ("recordingUrl", .recording)] {
        if let address = Words.address(node[name]?.string) {
          session.links.append(ForeignLink(kind, address))
        }
      }
      collector.session(session)
    }
  }
}
