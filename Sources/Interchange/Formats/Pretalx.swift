import JSON
import Vocabulary

/// What pretalx's API gives: submissions, speakers, slots, rooms, in one file or several that are joined by their codes.
///
/// The lists may stand alone, in the pages of the API (`results`), or in each other (by day, time and room); whatever is a
/// submission is found by its members.
package enum Pretalx: ForeignReader {
  package static let name = "pretalx"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let outline = JSONOutline(beginning)
    if outline.has("schedule.conference") { return false }
    return outline.has("*submission_type") || outline.has("*submission_type_id")
      || outline.has("*do_not_record", "*abstract")
      || outline.has("*code", "*submissions", "*name") || outline.has("*submission", "*start")
      || outline.has("[].submission") && !outline.has("[].title") || outline.has("results[].submission")
  }

  package static func read(_ source: ForeignSource) throws -> ForeignConference {
    var reader = Reader()
    for file in source.files { reader.sort(try file.json(), depth: 0) }
    return reader.finish()
  }

  private struct Reader {
    private var collector = Collector()
    private var submissions: [JSONNode] = []
    private var speakers: [JSONNode] = []
    private var slots: [String: [JSONNode]] = [:]
    private var links: [String: [ForeignLink]] = [:]
    private var leftOut: [String: Int] = [:]

    /// Finds what is a submission, a speaker, a slot, or a room.
    mutating func sort(_ node: JSONNode, depth: Int) {
      guard depth < 8 else { return }
      if node.isArray {
        for element in node.elements { sort(element, depth: depth + 1) }
      } else if node.isObject {
        if node["title"] != nil,
          node["code"] ?? node["submission_type"] ?? node["guid"] ?? node["speakers"] != nil
        {
          submissions.append(node)
        } else if node["name"] != nil, node["code"] != nil {
          speakers.append(node)
        } else if let code = node["submission"]?.oneLine {
          if node["start"] != nil {
            slots[code, default: []].append(node)
          } else {
            for (name, value) in node.members
            where name.lowercased().contains("link") || name.hasSuffix("url") {
              if let address = Words.address(value.string) {
                links[code, default: []].append(
                  ForeignLink(name.lowercased().contains("youtube") ? .recording : .related, address))
              }
            }
          }
        } else if node["name"]?.isObject == true, node["id"] != nil,
          node["capacity"] != nil || node["position"] != nil
        {
          _ = read(room: node)
        } else {
          for (_, value) in node.members { sort(value, depth: depth + 1) }
        }
      }
    }

    mutating func finish() -> ForeignConference {
      for speaker in speakers { _ = read(speaker: speaker) }
      for submission in submissions { read(submission) }
      for (state, count) in leftOut.sorted(by: { $0.key < $1.key }) {
        collector.remark(
          "\(counted(count, "submission")) with the state “\(excerpt(state))” \(count == 1 ? "was" : "were") left out."
        )
      }
      let unknown = Set(slots.keys).union(links.keys).subtracting(
        submissions.compactMap { $0["code"]?.oneLine })
      if !unknown.isEmpty {
        collector.remark(
          "\(counted(unknown.count, "submission")) of the slots or links \(unknown.count == 1 ? "is" : "are") in none of the files."
        )
      }
      return collector.finish()
    }

    private mutating func read(speaker: JSONNode) -> String? {
      // In newer versions only the code.
      if let code = speaker.string {
        return collector.person(known: ForeignKey(.code, code))
          ?? collector.person(
            [ForeignKey(.code, code)], named: ForeignName(whole: code), at: speaker.position)
      }
      let biography = speaker["biography"]?.localizedFormatted
      let email = Words.email(speaker["email"]?.string)
      return collector.person(
        speaker.keys(.code, .id),
        named: ForeignName(whole: speaker.any("name", "full_name", "public_name")?.oneLine),
        at: speaker.position
      ) {
        $0.biography = $0.biography ?? biography
        $0.email = $0.email ?? email
      }
    }

    private mutating func read(room: JSONNode) -> String? {
      guard let text = (room.isObject ? room["name"] ?? room : room).localizedLine else {
        return nil
      }
      return collector.room(text.display, named: text, at: room.position) {
        if let key = room.key(.id), !$0.keys.contains(key), room["name"] != nil { $0.keys.append(key) }
        $0.capacity = $0.capacity ?? room["capacity"]?.integer.flatMap { $0 > 0 ? $0 : nil }
      }
    }

    private mutating func read(_ node: JSONNode) {
      let language = node.any("content_locale", "language")?.oneLine
      guard var title = node["title"]?.localizedLine else {
        return collector.leaveOut("A submission without a title was left out.", at: node.position)
      }
      if title.entries.count == 1, title.entries[0].language == nil { title.entries[0].language = language }
      let state = node["state"]?.oneLine
      if case .leftOut = ForeignState(state) {
        leftOut[state ?? "", default: 0] += 1
        return
      }
      var session = ForeignSession(title: title)
      session.at = node.position
      session.keys = node.keys(.guid, .code, .id)
      session.isCancelled = ForeignState(state) == .cancelled
      session.subtitle = node["subtitle"]?.localizedLine
      session.kind = (node["submission_type"].flatMap { $0["name"] ?? $0 } ?? node["type"])?.oneLine
      session.language = language
      session.abstract = node["abstract"]?.localizedFormatted
      session.description = node["description"]?.localizedFormatted
      if let name = node["track"].flatMap({ $0["name"] ?? $0 })?.localizedLine {
        session.track = collector.track(name.display, named: name, at: node["track"]?.position) { track in
          if let key = node.key(.id, "track_id"), !track.keys.contains(key) { track.keys.append(key) }
        }
      }
      for speaker in node["speakers"]?.elements ?? [] {
        if let key = read(speaker: speaker) { session.people.append(ForeignPresence(person: key)) }
      }
      session.mayBeRecorded = node["do_not_record"]?.bool.map { !$0 }
      let code = node["code"]?.oneLine ?? ""
      let own = [node["slot"]].compactMap(\.self) + (node["slots"]?.elements ?? []).filter(\.isObject)
      for slot in own.isEmpty ? slots[code] ?? [] : own {
        if let slot = read(slot: slot, node, title.display) { session.slots.append(slot) }
      }
      for resource in node["resources"]?.elements ?? [] {
        guard
          let address = Words.address((resource["resource"] ?? resource["link"] ?? resource["url"])?.string)
        else { continue }
        let title = resource["description"]?.oneLine
        session.links.append(ForeignLink(LinkKind.guess(address, title: title), address, title: title))
      }
      for list in ["links", "attachments"] {
        for link in node[list]?.elements ?? [] {
          guard let address = Words.address(link["url"]?.string) else { continue }
          let title = link["title"]?.oneLine
          session.links.append(
            ForeignLink(
              LinkKind.guess(address, title: title, isAttached: list == "attachments"), address, title: title)
          )
        }
      }
      session.links = (session.links + (links[code] ?? [])).uniqued(by: \.address)
      collector.session(session)
    }

    private mutating func read(slot: JSONNode, _ node: JSONNode, _ title: String) -> ForeignSlot? {
      guard let start = slot.time("start") else { return nil }
      let length =
        slot.time("end").flatMap { Clock.length(from: start, to: $0) }
        ?? (slot["duration"] ?? node["duration"])?.text.flatMap(Clock.length)
      guard let length else {
        collector.remark(
          "“\(excerpt(title))” was read without a time: its slot has no end.", at: slot.position)
        return nil
      }
      let room = slot["room"].flatMap { read(room: $0) }
      return ForeignSlot(room: room, start: start, minutes: length)
    }
  }
}
