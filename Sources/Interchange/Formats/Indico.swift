import JSON
import Vocabulary

/// Indico's export of an event with its contributions: `/export/event/<id>.json?detail=contributions`.
package enum Indico: ForeignReader {
  package static let name = "Indico"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let outline = JSONOutline(beginning)
    return outline.has("results[].contributions") || outline.has("results[].startDate")
      || outline.has("*friendly_id", "*board_number")
  }

  package static func read(_ source: ForeignSource) throws -> ForeignConference {
    var reader = Reader()
    for file in source.files {
      let whole = try file.json()
      for event in whole["results"]?.elements ?? [whole] { reader.read(event) }
    }
    return reader.collector.finish()
  }

  private struct Reader {
    var collector = Collector()
    private var zone: String?

    mutating func read(_ event: JSONNode) {
      zone = event["timezone"]?.oneLine
      collector.offer(\.title, event["title"]?.localizedLine)
      collector.offer(\.zone, zone)
      collector.offer(\.firstDay, event["startDate"]?["date"]?.text.flatMap { Clock.date($0)?.description })
      collector.offer(\.lastDay, event["endDate"]?["date"]?.text.flatMap { Clock.date($0)?.description })
      collector.offer(\.venue, event["location"]?.oneLine)
      collector.offer(\.address, event["address"]?.oneLine)
      for contribution in event["contributions"]?.elements ?? [] { read(contribution: contribution, in: nil) }
      for block in event["sessions"]?.elements ?? [] {
        for contribution in block["contributions"]?.elements ?? [] {
          read(contribution: contribution, in: block["title"]?.oneLine)
        }
      }
    }

    private mutating func read(contribution node: JSONNode, in block: String?) {
      guard let title = node["title"]?.localizedLine else {
        return collector.leaveOut("A contribution without a title was left out.", at: node.position)
      }
      var session = ForeignSession(title: title)
      session.at = node.position
      session.keys = [node.key(.id, "db_id") ?? node.key(.id)].compactMap(\.self)
      session.kind = (node["type"].flatMap { $0["name"] ?? $0 })?.oneLine
      session.description = node["description"]?.localizedFormatted
      if let track = (node["track"].flatMap { $0["title"] ?? $0 })?.oneLine ?? node["session"]?.oneLine
        ?? block
      {
        session.track = collector.track(track, at: node.position)
      }
      if let start = node["startDate"].flatMap({ time($0) }) {
        let length =
          node["endDate"].flatMap { time($0) }.flatMap { Clock.length(from: start, to: $0) }
          ?? node["duration"]?.text.flatMap(Clock.length)
        if let length {
          let name = node["room"]?.oneLine ?? node["roomFullname"]?.oneLine ?? node["location"]?.oneLine
          let room = name.flatMap { collector.room($0, at: node.position) }
          session.slots = [ForeignSlot(room: room, start: start, minutes: length)]
        } else {
          collector.remark(
            "“\(excerpt(title.display))” was read without a time: it has no duration.", at: node.position)
        }
      }
      let speakers = node["speakers"]?.elements ?? []
      for speaker in speakers {
        if let key = read(person: speaker) {
          session.people.append(ForeignPresence(person: key, role: "Speaker"))
        }
      }
      for list in ["primaryauthors", "coauthors"] {
        for author in node[list]?.elements ?? [] {
          if let key = read(person: author) {
            session.people.append(
              ForeignPresence(person: key, role: list == "coauthors" ? "Co-author" : "Author"))
          }
        }
      }
      for folder in node["folders"]?.elements ?? [] {
        for file in folder["attachments"]?.elements ?? [] {
          guard let address = Words.address((file["download_url"] ?? file["link_url"])?.string) else {
            continue
          }
          let title = file["title"]?.oneLine
          session.links.append(
            ForeignLink(
              LinkKind.guess(
                address, title: (folder["title"]?.oneLine ?? "") + " " + (title ?? ""), isAttached: true),
              address, title: title))
        }
      }
      if let address = Words.address(node["url"]?.string) {
        session.links.append(ForeignLink(.related, address))
      }
      session.links = session.links.uniqued(by: \.address)
      if let parts = node["subContributions"]?.elements, !parts.isEmpty {
        collector.remark(
          "\(counted(parts.count, "part")) of “\(excerpt(title.display))” \(parts.count == 1 ? "was" : "were") left out.",
          at: node.position)
      }
      collector.session(session)
    }

    private mutating func read(person node: JSONNode) -> String? {
      let name = ForeignName(
        whole: nil, given: node["first_name"]?.oneLine, family: node["last_name"]?.oneLine)
      let organisation = node["affiliation"]?.oneLine
      let email = Words.email(node["email"]?.string)
      let key = [node.key(.id, "person_id") ?? node.key(.id)].compactMap(\.self)
      return collector.person(
        key, named: name.clean == nil ? ForeignName(whole: node.any("fullName", "name")?.oneLine) : name,
        at: node.position
      ) {
        $0.organisation = $0.organisation ?? organisation
        $0.email = $0.email ?? email
      }
    }

    /// `{"date": "2021-09-17", "time": "14:10:00", "tz": "UTC"}`, or ISO 8601.
    private mutating func time(_ node: JSONNode) -> ForeignTime? {
      guard node.isObject else { return node.text.flatMap(Clock.time) }
      guard let date = node["date"]?.text, let time = node["time"]?.text else { return nil }
      let named = node["tz"]?.text ?? zone
      let isUTC = ["UTC", "GMT", "Etc/UTC"].contains(named)
      if !isUTC, named != zone {
        if zone == nil {
          zone = named
          collector.offer(\.zone, named)
        } else {
          collector.remark(
            "A time in \(excerpt(named ?? "")) was read as one of the conference’s zone, \(excerpt(zone ?? "")).",
            at: node.position)
        }
      }
      return Clock.time(date + "T" + time + (isUTC ? "Z" : ""))
    }
  }
}
