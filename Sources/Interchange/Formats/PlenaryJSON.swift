import JSON
import Vocabulary

/// What Plenary prints with `--json`: its lists of sessions, speakers, rooms, tracks and attendees, each in a file of its own.
///
/// Sessions name their rooms, tracks and people by short names. The other lists have the names; without them, a short
/// name stands for the name.
package enum PlenaryJSON: ForeignReader {
  package static let name = "JSON of Plenary"

  /// By what the schema names, in the order in which they are read.
  private static let lists = [
    "conference-show", "room-list", "track-list", "speaker-list", "session-list", "program-show",
    "attendee-list",
  ]

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let text = String(decoding: TextEncoding.utf8(beginning).prefix(200), as: UTF8.self)
    return text.contains(/^\s*\{\s*"schema"\s*:\s*"urn:plenary:[a-z-]+:[0-9]+"/)
  }

  package static func read(_ source: ForeignSource) throws -> ForeignConference {
    var reader = Reader()
    let answers = try source.files.map { try $0.json() }
    func name(_ answer: JSONNode) -> Substring {
      let parts = (answer["schema"]?.string ?? "").split(separator: ":")
      return parts.count == 4 ? parts[2] : ""
    }
    for (file, answer) in zip(source.files, answers) where !lists.contains(String(name(answer))) {
      reader.collector.remark(
        "The file “\(excerpt(file.name))” was not read: nothing is imported from “\(excerpt(String(name(answer))))”."
      )
    }
    for list in lists { for answer in answers where name(answer) == list { reader.take(answer, list) } }
    return reader.collector.finish()
  }

  private struct Reader {
    var collector = Collector()

    mutating func take(_ answer: JSONNode, _ list: String) {
      let items = answer["items"]?.elements ?? []
      switch list {
      case "conference-show":
        collector.offer(\.title, answer["title"]?.localizedLine)
        collector.offer(\.zone, answer["zone"]?.oneLine)
        collector.offer(\.firstDay, answer["firstDay"]?.oneLine)
        collector.offer(\.lastDay, answer["lastDay"]?.oneLine)
      case "room-list": for item in items { room(item) }
      case "track-list": for item in items { track(item) }
      case "speaker-list": for item in items { person(item) }
      case "attendee-list": for item in items { attendee(item) }
      default: for item in items { session(item) }
      }
    }

    private mutating func room(_ item: JSONNode) {
      guard let id = item["room"]?.oneLine else {
        return collector.leaveOut("A room without a short name was left out.", at: item.position)
      }
      collector.room(id, named: item["name"]?.localizedLine, at: item.position) {
        $0.keys = [ForeignKey(.id, id)]
        $0.capacity = item["capacity"]?.integer
      }
    }

    private mutating func track(_ item: JSONNode) {
      guard let id = item["track"]?.oneLine else {
        return collector.leaveOut("A track without a short name was left out.", at: item.position)
      }
      collector.track(id, named: item["name"]?.localizedLine, at: item.position) {
        $0.keys = [ForeignKey(.id, id)]
        $0.color = item["color"]?.oneLine
      }
    }

    /// In Latin letters, if it is known so.
    private func name(_ node: JSONNode?) -> ForeignName {
      let forms = node?["forms"]?.elements ?? []
      let form = forms.first { $0["language"]?.string == "en" } ?? forms.first
      return ForeignName(
        whole: form?["printed"]?.oneLine, given: form?["given"]?.oneLine, family: form?["family"]?.oneLine)
    }

    private func text(_ node: JSONNode?) -> String? {
      let text = node?.localizedLine
      return (text?.entries.first { $0.language == "en" } ?? text?.entries.first)?.text
    }

    private mutating func person(_ item: JSONNode) {
      guard let id = item["person"]?.oneLine else {
        return collector.leaveOut("A speaker without a short name was left out.", at: item.position)
      }
      let affiliation = item["affiliations"]?.elements.first?["affiliation"]
      let (position, organisation, country) = (
        text(affiliation?["position"]), text(affiliation?["organisation"]), text(affiliation?["country"])
      )
      collector.person([ForeignKey(.id, id)], named: name(item["name"]), at: item.position) {
        $0.biography = item["biography"]?.localized(Words.paragraphs)
        ($0.position, $0.organisation, $0.country) = (position, organisation, country)
      }
    }

    private mutating func session(_ item: JSONNode) {
      guard item["status"]?.string != "unscheduled" else { return }
      guard let title = item["title"]?.localizedLine else {
        return collector.leaveOut("A session without a title was left out.", at: item.position)
      }
      var session = ForeignSession(title: title)
      session.at = item.position
      session.keys = [item.key(.id, "session")].compactMap(\.self)
      session.kind = item["kind"]?.oneLine
      session.description = item["description"]?.localized(Words.paragraphs)
      session.language = item["languages"]?.elements.first?.oneLine
      session.isCancelled = item["status"]?.string == "cancelled"
      session.track = item["track"]?.oneLine.flatMap { collector.track($0, at: item.position) }
      for node in item["slots"]?.elements ?? [] where node["removed"]?.bool != true {
        if let slot = node["slot"] { session.slots += self.slot(slot) }
      }
      for node in item["assignments"]?.elements ?? [] {
        guard let id = node["person"]?.oneLine else { continue }
        let key = ForeignKey(.id, id)
        let known = collector.person(known: key)
        if let person = known ?? collector.person([key], named: ForeignName(whole: id), at: node.position) {
          session.people.append(ForeignPresence(person: person, role: node["role"]?.oneLine))
        }
      }
      for node in item["links"]?.elements ?? [] {
        guard let address = Words.address(node["url"]?.string) else { continue }
        session.links.append(
          ForeignLink(
            LinkKind.guess(address, title: node["kind"]?.string), address, title: text(node["title"])))
      }
      collector.session(session)
    }

    /// Of `2016-03-25T09:00+08:00[Asia/Shanghai]`.
    private func wall(_ text: String) -> (time: ForeignTime, zone: String)? {
      guard let found = text.wholeMatch(of: /(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[^\[]*\[([^\]]+)\]/),
        let minutes = Clock.minutes(ofDay: String(found.2))
      else { return nil }
      return (.wall(date: String(found.1), minutes: minutes), String(found.3))
    }

    private mutating func slot(_ node: JSONNode) -> [ForeignSlot] {
      guard let start = node["start"]?.string.flatMap(wall), let end = node["end"]?.string.flatMap(wall),
        let length = Clock.length(from: start.time, to: end.time)
      else {
        collector.remark("A slot was left out: its times cannot be read.", at: node.position)
        return []
      }
      let room = node["room"]?.oneLine.flatMap { collector.room($0, at: node.position) }
      var slot = ForeignSlot(room: room, start: start.time, minutes: length)
      slot.zone = start.zone
      return [slot]
    }

    private mutating func attendee(_ item: JSONNode) {
      guard let id = item["attendee"]?.oneLine, let name = name(item["name"]).clean else {
        // Of somebody who was erased, nothing can be in the file.
        if item["status"]?.string != "erased" {
          collector.leaveOut(
            "An attendee without a short name or without a name that can be read was left out.",
            at: item.position)
        }
        return
      }
      var attendee = ForeignAttendee(name: name)
      attendee.at = item.position
      attendee.keys = [ForeignKey(.id, id)]
      attendee.email = Words.email(item["email"]?.string)
      attendee.organisation = text(item["organisation"])
      attendee.position = text(item["position"])
      attendee.country = text(item["country"])
      attendee.category = item["category"]?.oneLine
      attendee.note = Words.paragraphs(item["note"]?.string)
      attendee.isListed = item["listed"]?.bool
      attendee.isCancelled = item["status"]?.string == "withdrawn"
      collector.attendee(attendee)
    }
  }
}
