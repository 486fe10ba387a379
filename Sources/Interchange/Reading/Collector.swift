import Vocabulary

/// Collects the facts of one file: rooms, tracks and people once each, sessions by their keys.
struct Collector {
  private(set) var facts = ForeignConference()
  private var rooms: [String: Int] = [:]
  private var tracks: [String: Int] = [:]
  private var people: [String: Int] = [:]
  /// By their first keys.
  private var sessions: [ForeignKey: Int] = [:]
  /// Keys that name several sessions, and so none.
  private var shared: Set<ForeignKey> = []
  private var unsaid = 0

  /// More would only be the same again.
  private static let mostRemarks = 1000

  mutating func remark(_ text: String, at position: SourcePosition? = nil) {
    guard facts.remarks.count < Self.mostRemarks else { return unsaid += 1 }
    facts.remarks.append(Remark(text, at: position))
  }

  /// Tells of a session or a person that is in the file and not among the facts.
  mutating func leaveOut(_ text: String, at position: SourcePosition? = nil) {
    facts.leftOut += 1
    remark(text, at: position)
  }

  mutating func set<Value>(_ path: WritableKeyPath<ForeignConference, Value>, _ value: Value) {
    facts[keyPath: path] = value
  }

  /// Sets it where nothing is known yet.
  mutating func offer<Value>(_ path: WritableKeyPath<ForeignConference, Value?>, _ value: Value?) {
    if facts[keyPath: path] == nil { facts[keyPath: path] = value }
  }

  /// The room with this key, made at its first use.
  @discardableResult
  mutating func room(
    _ key: String, named name: ForeignText? = nil, at position: SourcePosition? = nil,
    _ more: (inout ForeignRoom) -> Void = { _ in }
  ) -> String? {
    guard let key = Words.line(key) else { return nil }
    let index: Int
    if let known = rooms[key] {
      index = known
    } else {
      index = facts.rooms.count
      rooms[key] = index
      facts.rooms.append(ForeignRoom(key: key, name: name ?? ForeignText(key)))
      facts.rooms[index].at = position
    }
    more(&facts.rooms[index])
    return key
  }

  @discardableResult
  mutating func track(
    _ key: String, named name: ForeignText? = nil, at position: SourcePosition? = nil,
    _ more: (inout ForeignTrack) -> Void = { _ in }
  ) -> String? {
    guard let key = Words.line(key) else { return nil }
    let index: Int
    if let known = tracks[key] {
      index = known
    } else {
      index = facts.tracks.count
      tracks[key] = index
      facts.tracks.append(ForeignTrack(key: key, name: name ?? ForeignText(key)))
      facts.tracks[index].at = position
    }
    more(&facts.tracks[index])
    return key
  }

  /// The person with this key, made at the first use. A name without keys means the one person of this name, wherever in the files
  /// the key stands; ``finish()`` finds out who that is.
  ///
  /// - Parameter name: where the key is known with another name, the key means somebody else: it is not unique.
  /// - Returns: the key; nil without a name.
  @discardableResult
  mutating func person(
    _ keys: [ForeignKey], named name: ForeignName, at position: SourcePosition? = nil,
    _ more: (inout ForeignPerson) -> Void = { _ in }
  ) -> String? {
    guard let name = name.clean else { return nil }
    let first = keys.first.map { "\($0.kind.rawValue):\($0.value)" } ?? "name:\(name.key)"
    var (key, keys) = (first, keys)
    if let known = people[first], !facts.people[known].name.isProbably(name) {
      key = "\(first) \(name.key)"
      if people[key] == nil {
        remark(
          "\(described(keys)) names “\(excerpt(facts.people[known].name.display))” and “\(excerpt(name.display))”. They were read as two people.",
          at: position)
      }
      keys = []
    }
    let index: Int
    if let known = people[key] {
      index = known
      for other in keys where !facts.people[index].keys.contains(other) {
        facts.people[index].keys.append(other)
      }
    } else {
      index = facts.people.count
      people[key] = index
      facts.people.append(ForeignPerson(key: key, name: name))
      facts.people[index].keys = keys
      facts.people[index].at = position
    }
    more(&facts.people[index])
    return facts.people[index].key
  }

  /// A person that has been told of already, by the first key.
  func person(known key: ForeignKey) -> String? {
    people["\(key.kind.rawValue):\(key.value)"].map { facts.people[$0].key }
  }

  private func described(_ keys: [ForeignKey]) -> String {
    keys.first.map { "The \($0.kind.rawValue) “\(excerpt($0.value))”" } ?? "A name"
  }

  /// Adds a session. One with the keys and the title of an earlier one is another slot of it; with another title, the key
  /// is not unique, and says nothing.
  mutating func session(_ session: ForeignSession) {
    var session = session
    session.people = once(session.people)
    if let first = session.keys.first, let known = sessions[first] {
      let earlier = facts.sessions[known]
      if first.kind == .own { return addRow(session, to: known) }
      if earlier.title == session.title {
        let new = session.slots.filter { slot in
          !earlier.slots.contains { $0.start == slot.start && $0.minutes == slot.minutes }
        }
        facts.sessions[known].slots += new
        for presence in session.people where !earlier.people.contains(where: { $0.person == presence.person })
        {
          facts.sessions[known].people.append(presence)
        }
        if new.isEmpty {
          remark("“\(excerpt(session.title.display))” is in the file twice at the same time.", at: session.at)
        }
        return
      }
      remark(
        "\(described([first])) is that of “\(excerpt(earlier.title.display))” and of “\(excerpt(session.title.display))”. They were read without it.",
        at: session.at)
      shared.formUnion(session.keys.filter(earlier.keys.contains))
    }
    if let first = session.keys.first, sessions[first] == nil { sessions[first] = facts.sessions.count }
    facts.sessions.append(session)
  }

  /// Adds the slot of another row that Plenary wrote of a session. Whatever else it says must be the same.
  private mutating func addRow(_ session: ForeignSession, to known: Int) {
    var (one, other) = (session, facts.sessions[known])
    // The session is cancelled if all rows say so.
    if one.isCancelled != other.isCancelled {
      facts.sessions[known].isCancelled = false
      (one.isCancelled, other.isCancelled) = (false, false)
      remark(
        "Not all rows of “\(excerpt(other.title.display))” say that it is cancelled, so it was read as taking place. A single slot is "
          + "removed with a command.", at: session.at)
    }
    facts.sessions[known].slots += session.slots
    let line = other.at.map { "line \($0.line)" } ?? "an earlier row"
    (one.slots, other.slots) = ([], [])
    (one.at, other.at) = (nil, nil)
    if one == other { return }
    remark(
      "The rows of “\(excerpt(other.title.display))” differ in more than time and room. \(line.prefix(1).uppercased() + line.dropFirst()) was "
        + "taken; correct all rows of a session.", at: session.at)
  }

  mutating func attendee(_ attendee: ForeignAttendee) { facts.attendees.append(attendee) }

  /// Makes one of each person whom some places name by a key and others by the name alone.
  private mutating func joinNamesakes() {
    // By their names, in one order of its parts.
    let namesakes = Dictionary(grouping: facts.people.indices) { facts.people[$0].name.ordered }
      .values.filter { $0.count > 1 }
    var joined: [String: String] = [:]
    var gone: Set<Int> = []
    for places in namesakes.sorted(by: { $0[0] < $1[0] }) {
      let nameless = places.filter { facts.people[$0].keys.isEmpty }
      let isOne = places.count - nameless.count <= 1
      if !isOne, let first = nameless.first, !facts.isOwn {
        let person = facts.people[first]
        remark(
          "\(places.count - nameless.count) people of the file are called “\(excerpt(person.name.display))”. Where only the name stands, it was "
            + "taken as one more.", at: person.at)
      }
      let same = isOne ? places : nameless
      for other in same.dropFirst() {
        facts.people[same[0]].take(facts.people[other])
        joined[facts.people[other].key] = facts.people[same[0]].key
        gone.insert(other)
      }
    }
    if gone.isEmpty { return }
    facts.people = facts.people.indices.filter { !gone.contains($0) }.map { facts.people[$0] }
    for index in facts.sessions.indices {
      for place in facts.sessions[index].people.indices {
        guard let key = joined[facts.sessions[index].people[place].person] else { continue }
        facts.sessions[index].people[place].person = key
      }
      facts.sessions[index].people = once(facts.sessions[index].people)
    }
  }

  /// Who takes part, each once. A table of ours has a column for each role, and somebody can have several.
  private func once(_ people: [ForeignPresence]) -> [ForeignPresence] {
    facts.isOwn ? people.uniqued(by: \.self) : people.uniqued(by: \.person)
  }

  /// All that was collected.
  consuming func finish() -> ForeignConference {
    joinNamesakes()
    if !shared.isEmpty {
      for index in facts.sessions.indices { facts.sessions[index].keys.removeAll(where: shared.contains) }
    }
    if unsaid > 0 {
      facts.remarks.append(
        Remark("\(counted(unsaid, "further remark")) \(unsaid == 1 ? "is" : "are") not shown."))
    }
    return facts
  }
}

extension ForeignPerson {
  /// Takes what another place of the file says of the same person.
  fileprivate mutating func take(_ other: ForeignPerson) {
    keys += other.keys.filter { !keys.contains($0) }
    if !name.hasParts, other.name.hasParts { name = other.name }
    if nameForms.isEmpty { nameForms = other.nameForms }
    email = email ?? other.email
    biography = biography ?? other.biography
    position = position ?? other.position
    organisation = organisation ?? other.organisation
    country = country ?? other.country
  }
}

extension ForeignText {
  /// For messages.
  var display: String { entries.first?.text ?? "" }
}

extension ForeignName {
  /// For messages.
  var display: String { whole ?? [given, family].compactMap(\.self).joined(separator: " ") }

  /// One line each; nil if nothing is left.
  var clean: ForeignName? {
    let name = ForeignName(whole: Words.line(whole), given: Words.line(given), family: Words.line(family))
    return name.whole == nil && name.given == nil && name.family == nil ? nil : name
  }

  var key: String { display.lowercased() }

  /// `ann ott`, also of “Ott, Ann”.
  var ordered: String {
    let parts = key.split(separator: ",")
    return parts.count == 2 ? trimming(parts[1]) + " " + trimming(parts[0]) : key
  }

  /// Whether it says where the family name is.
  fileprivate var hasParts: Bool { given != nil && family != nil || whole?.contains(",") ?? false }

  /// Whether two names under one key may be one person's.
  func isProbably(_ other: ForeignName) -> Bool {
    key == other.key || !Set(words).isDisjoint(with: other.words)
  }

  private var words: [String] {
    key.split { !$0.isLetter }.map(String.init).filter { $0.count > 1 }
  }
}

extension Sequence {
  func uniqued<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
    var seen: Set<Key> = []
    return filter { seen.insert(key($0)).inserted }
  }

}
