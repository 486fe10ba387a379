import Vocabulary

/// Collects the facts of one file: rooms, tracks and people once each, sessions by their keys.
struct Collector {
  private(set) var facts = ForeignConference()
  private var rooms: [String: Int] = [:]
  private var tracks: [String: Int] = [:]
  private var people: [String: Int] = [:]
  /// By their names, in one order of its parts.
  private var namesakes: [String: [Int]] = [:]
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

  /// The person with this key, made at the first use. A name without keys means whoever has this name alone, in whichever of the
  /// files, before or after.
  ///
  /// - Parameter name: where the key is known with another name, the key means somebody else: it is not unique.
  /// - Returns: the key; nil without a name.
  @discardableResult
  mutating func person(
    _ keys: [ForeignKey], named name: ForeignName, at position: SourcePosition? = nil,
    _ more: (inout ForeignPerson) -> Void = { _ in }
  ) -> String? {
    guard let name = name.clean else { return nil }
    let named = namesakes[name.ordered] ?? []
    if keys.isEmpty, people["name:\(name.key)"] == nil, named.count == 1 {
      more(&facts.people[named[0]])
      return facts.people[named[0]].key
    }
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
    if people[key] == nil, named.count == 1, facts.people[named[0]].keys.isEmpty {
      people[key] = named[0]
    }
    if let known = people[key] {
      index = known
      for other in keys where !facts.people[index].keys.contains(other) {
        facts.people[index].keys.append(other)
      }
    } else {
      index = facts.people.count
      people[key] = index
      namesakes[name.ordered, default: []].append(index)
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
    session.people = session.people.uniqued(by: \.person)
    if let first = session.keys.first, let known = sessions[first] {
      let earlier = facts.sessions[known]
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

  mutating func attendee(_ attendee: ForeignAttendee) { facts.attendees.append(attendee) }

  /// All that was collected.
  consuming func finish() -> ForeignConference {
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
