import JSON
import Vocabulary

/// The files of an Open Event export, together or one at a time: event, sessions, speakers, microlocations, tracks.
package enum OpenEvent: ForeignReader {
  package static let name = "Open Event"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let outline = JSONOutline(beginning)
    return outline.has("[].microlocation") || outline.has("[].session-type")
      || outline.has("[].short-abstract")
      || outline.has("[].short-biography") || outline.has("[].font-color")
      || outline.has("[].floor", "[].name") || outline.has("event-url")
      || outline.has("searchable-location-name")
      || outline.has("[].level", "[].logo-url") || outline.has("[].short_biography")
      || outline.has("[].short_abstract")
  }

  package static func read(_ source: ForeignSource) throws -> ForeignConference {
    var reader = Reader()
    var sessions: [JSONNode] = []
    for file in source.files {
      let whole = try file.json()
      if whole.isObject { reader.read(event: whole) }
      for node in whole.elements where node.isObject {
        if node["title"] != nil {
          sessions.append(node)
        } else if node.any("short-biography", "short_biography", "photo-url", "organisation") != nil
          || node["sessions"] != nil && node["color"] == nil
        {
          _ = reader.read(speaker: node)
        } else if node["color"] ?? node["font-color"] != nil {
          _ = reader.read(track: node)
        } else if node["logo-url"] == nil {
          _ = reader.read(room: node)
        }
      }
    }
    for session in sessions { reader.read(session: session) }
    return reader.finish()
  }

  private struct Reader {
    private var collector = Collector()
    private var leftOut: [String: Int] = [:]

    mutating func finish() -> ForeignConference {
      for (state, count) in leftOut.sorted(by: { $0.key < $1.key }) {
        collector.remark(
          "\(counted(count, "session")) with the state “\(excerpt(state))” \(count == 1 ? "was" : "were") left out."
        )
      }
      return collector.finish()
    }

    mutating func read(event: JSONNode) {
      collector.offer(\.title, event.any("name", "title")?.localizedLine)
      collector.offer(\.zone, event["timezone"]?.oneLine)
      collector.offer(\.acronym, event["identifier"]?.oneLine)
      collector.offer(\.venue, event.any("location-name", "location_name")?.oneLine)
      collector.offer(\.city, event.any("searchable-location-name")?.oneLine)
      collector.offer(
        \.firstDay,
        event.any("starts-at", "start_time")?.text.flatMap { Clock.date(String($0.prefix(10)))?.description })
      collector.offer(
        \.lastDay,
        event.any("ends-at", "end_time")?.text.flatMap { Clock.date(String($0.prefix(10)))?.description })
    }

    mutating func read(room: JSONNode) -> String? {
      guard let name = room["name"]?.localizedLine else { return nil }
      return collector.room(room.oneKey(name), named: name, at: room.position) {
        if let key = room.key(.id), !$0.keys.contains(key) { $0.keys.append(key) }
      }
    }

    mutating func read(track: JSONNode) -> String? {
      guard let name = track["name"]?.localizedLine else { return nil }
      return collector.track(track.oneKey(name), named: name, at: track.position) {
        if let key = track.key(.id), !$0.keys.contains(key) { $0.keys.append(key) }
        $0.color = $0.color ?? track["color"]?.string.flatMap(color)
      }
    }

    mutating func read(speaker: JSONNode) -> String? {
      let biography =
        speaker.any("long-biography", "long_biography").flatMap(\.localizedFormatted)
        ?? speaker.any("short-biography", "short_biography")?.localizedFormatted
      let email = Words.email(speaker["email"]?.string)
      return collector.person(
        speaker.keys(.id), named: ForeignName(whole: speaker["name"]?.oneLine), at: speaker.position
      ) {
        $0.biography = $0.biography ?? biography
        $0.email = $0.email ?? email
        $0.position = $0.position ?? speaker["position"]?.oneLine
        $0.organisation = $0.organisation ?? speaker["organisation"]?.oneLine
        $0.country = $0.country ?? speaker["country"]?.oneLine
      }
    }

    mutating func read(session node: JSONNode) {
      guard let title = node["title"]?.localizedLine else {
        return collector.leaveOut("A session without a title was left out.", at: node.position)
      }
      let state = ForeignState(node["state"]?.oneLine)
      if case .leftOut = state {
        leftOut[node["state"]?.oneLine ?? "", default: 0] += 1
        return
      }
      var session = ForeignSession(title: title)
      session.at = node.position
      session.keys = node.keys(.id)
      session.isCancelled = state == .cancelled || node.any("deleted-at", "deleted_at")?.oneLine != nil
      session.subtitle = node["subtitle"]?.localizedLine
      session.kind = node.any("session-type", "session_type")?["name"]?.oneLine
      session.language = node["language"]?.oneLine
      session.abstract = node.any("short-abstract", "short_abstract")?.localizedFormatted
      session.description = node.any("long-abstract", "long_abstract")?.localizedFormatted
      session.track = node["track"].flatMap { read(track: $0) }
      if let start = node.time("starts-at", "start_time"),
        let length = node.time("ends-at", "end_time").flatMap({ Clock.length(from: start, to: $0) })
      {
        let room = node["microlocation"].flatMap { read(room: $0) }
        session.slots = [ForeignSlot(room: room, start: start, minutes: length)]
      } else {
        collector.remark(
          "“\(excerpt(title.display))” was read without a time: its start or its end is missing or cannot be read.",
          at: node.position)
      }
      for speaker in node["speakers"]?.elements ?? [] {
        if let key = read(speaker: speaker) { session.people.append(ForeignPresence(person: key)) }
      }
      for (name, kind) in [
        ("slides-url", ForeignLink.Kind.slides), ("video-url", .recording), ("audio-url", .recording),
        ("signup-url", .related),
      ] {
        if let address = Words.address(node.any(name, name.replacing("-", with: "_"))?.string) {
          session.links.append(ForeignLink(kind, address))
        }
      }
      collector.session(session)
    }
  }
}

extension JSONNode {
  /// What others of the file name it by: its number, else its name.
  fileprivate func oneKey(_ name: ForeignText) -> String { self["id"]?.oneLine ?? name.display }
}
