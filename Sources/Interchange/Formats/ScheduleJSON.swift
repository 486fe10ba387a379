import JSON
import Vocabulary

/// schedule.json of the C3VOC: version 1, with the events in days and rooms, as frab and pretalx write it, and version 2,
/// with one list of events.
package enum ScheduleJSON: ForeignReader {
  package static let name = "schedule.json"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    JSONOutline(beginning).has("schedule.conference")
  }

  package static func read(_ source: ForeignSource) throws -> ForeignConference {
    var reader = Reader()
    for file in source.files {
      let whole = try file.json()
      guard let schedule = whole["schedule"], let conference = schedule["conference"] else {
        throw Unreadable("“\(excerpt(file.name))” has no schedule with a conference.", at: whole.position)
      }
      reader.read(schedule, conference)
    }
    return reader.collector.finish()
  }

  private struct Reader {
    var collector = Collector()
    private var tracks: [String: String] = [:]

    mutating func read(_ schedule: JSONNode, _ conference: JSONNode) {
      collector.offer(\.title, conference["title"]?.localizedLine)
      collector.offer(\.acronym, conference["acronym"]?.oneLine)
      collector.offer(\.zone, conference["time_zone_name"]?.oneLine)
      collector.offer(
        \.firstDay, conference["start"]?.text.flatMap { Clock.date(String($0.prefix(10)))?.description })
      collector.offer(
        \.lastDay, conference["end"]?.text.flatMap { Clock.date(String($0.prefix(10)))?.description })
      collector.offer(\.venue, conference["venue"]?.oneLine)
      collector.offer(\.city, conference["city"]?.oneLine)
      for room in (conference["rooms"] ?? schedule["rooms"])?.elements ?? [] { _ = read(room: room) }
      for track in (conference["tracks"] ?? schedule["tracks"])?.elements ?? [] { _ = read(track: track) }
      for person in (schedule["persons"] ?? conference["persons"])?.elements ?? [] {
        _ = read(person: person)
      }
      for day in conference["days"]?.elements ?? [] {
        for (name, events) in day["rooms"]?.members ?? [] {
          let room = collector.room(name, at: events.position)
          for event in events.elements {
            read(event: event, in: room, on: day["date"]?.text.flatMap { Clock.date($0) })
          }
        }
      }
      for event in (schedule["events"] ?? conference["events"])?.elements ?? [] {
        read(event: event, in: nil, on: nil)
      }
    }

    private mutating func read(room: JSONNode) -> String? {
      guard let name = room.isObject ? room["name"] : room, let text = name.localizedLine else { return nil }
      return collector.room(text.display, named: text, at: room.position) {
        for key in room.keys(.guid, .id, .slug) where !$0.keys.contains(key) { $0.keys.append(key) }
        $0.capacity = $0.capacity ?? room["capacity"]?.integer.flatMap { $0 > 0 ? $0 : nil }
      }
    }

    /// A name, or an object with a name or only a slug that the list of tracks has.
    private mutating func read(track: JSONNode) -> String? {
      let slug = track["slug"]?.oneLine
      // The schema of version 2 requires a track: Plenary and others write this for none.
      if slug == "no_track" || track.oneLine == "no_track" { return nil }
      guard let name = track.isObject ? track["name"] ?? track["title"] : track, let text = name.localizedLine
      else {
        return slug.flatMap { tracks[$0] ?? collector.track($0, at: track.position) }
      }
      let key = collector.track(text.display, named: text, at: track.position) {
        for key in track.keys(.guid, .slug) where !$0.keys.contains(key) { $0.keys.append(key) }
        $0.color = $0.color ?? (track["color"] ?? track["colors"]?["light"])?.string.flatMap(color)
      }
      if let slug { tracks[slug] = key }
      return key
    }

    private mutating func read(person: JSONNode) -> String? {
      let name = person.isObject ? person.any("public_name", "full_public_name", "full_name", "name") : person
      let biography = person.any("biography", "bio", "description")?.localizedFormatted
      let email = Words.email(person["email"]?.string)
      return collector.person(
        person.keys(.guid, .code, .id), named: ForeignName(whole: name?.oneLine), at: person.position
      ) {
        $0.biography = $0.biography ?? biography
        $0.email = $0.email ?? email
      }
    }

    private mutating func read(event: JSONNode, in room: String?, on day: CalendarDate?) {
      let language = event["language"]?.oneLine
      guard let title = title(of: event, in: language) else {
        return collector.leaveOut("A session without a title was left out.", at: event.position)
      }
      let state = ForeignState(event["state"]?.oneLine ?? event["status"]?.oneLine)
      if case .leftOut = state {
        return collector.remark(
          "“\(excerpt(title.display))” was left out: its state is “\(excerpt(event["state"]?.oneLine ?? ""))”.",
          at: event.position)
      }
      var session = ForeignSession(title: title)
      session.at = event.position
      session.isCancelled = state == .cancelled
      session.keys = event.keys(.guid, .code, .id, .slug)
      session.language = language
      session.subtitle = Self.text(event["subtitle"], Words.line, in: language)
      session.kind = event["type"]?.oneLine
      session.track = event["track"].flatMap { read(track: $0) }
      session.abstract = Self.text(event["abstract"], Words.formatted, in: language)
      session.description = Self.text(event["description"], Words.formatted, in: language)
      if session.description == session.abstract { session.description = nil }
      var slotRoom = room
      if let own = event["room"], let key = read(room: own) { slotRoom = key }
      if let slot = slot(of: event, in: slotRoom, on: day, title.display) { session.slots = [slot] }
      for list in ["persons", "participants", "speakers"] {
        for person in event[list]?.elements ?? [] {
          if let key = read(person: person) {
            session.people.append(ForeignPresence(person: key, role: person["role"]?.oneLine))
          }
        }
      }
      session.links = links(of: event)
      session.mayBeRecorded =
        event["do_not_record"]?.bool.map { !$0 } ?? event["recording"]?["optout"]?.bool.map { !$0 }
      collector.session(session)
    }

    private func title(of event: JSONNode, in language: String?) -> ForeignText? {
      Self.text(event["title"], Words.line, in: language)
    }

    private static func text(
      _ node: JSONNode?, _ clean: (String?) -> String?, in language: String?
    ) -> ForeignText? {
      guard var text = node?.localized(clean) else { return nil }
      if text.entries.count == 1, text.entries[0].language == nil { text.entries[0].language = language }
      return text
    }

    private mutating func slot(
      of event: JSONNode, in room: String?, on day: CalendarDate?, _ title: String
    ) -> ForeignSlot? {
      var start = event.time("date", "start")
      if start == nil, let day, let minutes = event["start"]?.text.flatMap(Clock.minutes(ofDay:)) {
        start = .wall(date: day.description, minutes: minutes < 240 ? minutes + 1440 : minutes)
      }
      guard let start else {
        if event["date"] ?? event["start"] != nil {
          collector.remark(
            "“\(excerpt(title))” was read without a time: it cannot be read as one.", at: event.position)
        }
        return nil
      }
      let length =
        event["duration"]?.text.flatMap(Clock.length)
        ?? event.time("end").flatMap { Clock.length(from: start, to: $0) }
      guard let length else {
        collector.remark(
          "“\(excerpt(title))” was read without a time: it has no duration that can be read.",
          at: event.position)
        return nil
      }
      return ForeignSlot(room: room, start: start, minutes: length)
    }

    private func links(of event: JSONNode) -> [ForeignLink] {
      var links: [ForeignLink] = []
      for (list, isAttached) in [("links", false), ("attachments", true)] {
        for link in event[list]?.elements ?? [] {
          guard let address = Words.address((link["url"] ?? link["href"] ?? link).string) else { continue }
          let type = link["type"]?.string
          if ["ORIGIN", "FEEDBACK"].contains(type?.uppercased()) { continue }
          let title = link["title"]?.oneLine
          links.append(
            ForeignLink(
              LinkKind.guess(address, title: title, type: type, isAttached: isAttached), address, title: title
            ))
        }
      }
      if let address = Words.address(event["url"]?.string) { links.append(ForeignLink(.related, address)) }
      return links.uniqued(by: \.address)
    }
  }
}
