import Crypto
import EventLog
import Foundation
import ReadModels
import Scheduling
import Vocabulary

/// The permanent identifiers of slots, rooms and people in other programs.
///
/// They are unique in the world, because the conference has a UUID, and stable, because short names and numbers are never
/// given again (RFC 7986 §5.3). A conference of the first releases has no UUID; what it published keeps its identifiers,
/// which are made from its short name.
struct Identities {
  private let conference: ConferenceID
  /// The conference's own; nil for one of the first releases.
  private let own: UUID?
  private var numbers: [Slot: Int]
  /// What other programs call things of the program; see ``recallingKeys(of:)``.
  private var imported: [Tag: String] = [:]

  private struct Slot: Hashable {
    let session: SessionID
    let number: Int
  }

  /// The namespace of our UUIDs (RFC 9562 §5.5).
  private static let namespace = UUID(uuidString: "31D805A0-7FDE-44F2-997C-E72F0F8555CC")!

  /// - Parameter sessions: all sessions that ever existed, even if they are no longer in the program. If two
  ///   would get the same number, the older one keeps it.
  init(_ conference: ConferenceID, _ row: ConferenceRow?, _ sessions: [SessionRow]) {
    self.conference = conference
    own = row?.identity.flatMap { UUID(uuidString: $0) }
    numbers = [:]
    var slots = sessions.flatMap { session in
      session.slots.map { (session: session, number: $0.number) }
    }
    slots.sort {
      ($0.number, $0.session.scheduledAt, $0.session.id)
        < ($1.number, $1.session.scheduledAt, $1.session.id)
    }
    var taken: Set<Int> = []
    var numbers: [Slot: Int] = [:]
    for (session, number) in slots {
      let own = guid(named: "\(session.id.tag)/\(number)")
      var attempt = 0
      var candidate = Self.number(own)
      while !taken.insert(candidate).inserted {
        attempt += 1
        candidate = Self.number(guid(named: "\(session.id.tag)/\(number)/\(attempt)"))
      }
      numbers[Slot(session: session.id, number: number)] = candidate
    }
    self.numbers = numbers
  }

  /// The UUIDs under which another program gave sessions, rooms and people, instead of our own: apps that know the program from
  /// there find them again.
  ///
  /// A session has it for its first slot. A UUID counts only if one thing alone has it, also among those that we make.
  func recallingKeys(of program: ProgramModel) -> Identities {
    var foreign: [(thing: Tag, guid: UUID)] = []
    func add(_ keys: [ImportedKey], _ thing: Tag) {
      for key in keys where key.kind == .guid {
        if let guid = UUID(uuidString: key.key), guid != Self.none { foreign.append((thing, guid)) }
      }
    }
    for session in program.sessions.rows { add(program.keys.of(session.id.tag), session.id.tag) }
    for room in program.rooms.rows { add(program.keys.of(room.id.tag), room.id.tag) }
    for (person, keys) in program.keysOfPeople { add(keys, person.tag) }
    if foreign.isEmpty { return self }

    var owners: [UUID: Set<Tag>] = [:]
    for (thing, guid) in foreign { owners[guid, default: []].insert(thing) }
    for session in program.sessions.rows {
      for slot in session.slots {
        // Of a later slot, it is never the session's.
        let name = "\(session.id.tag)/\(slot.number)"
        owners[guid(named: name)]?.insert(slot.number == 1 ? session.id.tag : Tag(stored: name))
      }
    }
    for thing in program.rooms.rows.map(\.id.tag) + program.people.rows.map(\.person.tag) {
      owners[guid(named: thing.text)]?.insert(thing)
    }
    var copy = self
    for (thing, guid) in foreign where owners[guid]?.count == 1 && copy.imported[thing] == nil {
      copy.imported[thing] = Self.text(guid)
    }
    return copy
  }

  private static let none = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

  func guid(_ entry: ScheduledSlot) -> String {
    (entry.number == 1 ? imported[entry.session.id.tag] : nil) ?? guid(entry.session.id, slot: entry.number)
  }

  func guid(_ session: SessionID, slot number: Int) -> String {
    Self.text(guid(named: "\(session.tag)/\(number)"))
  }

  func guid(_ tag: Tag) -> String { imported[tag] ?? Self.text(guid(named: tag.text)) }

  /// The UID of a slot in calendars. Slots of a conference of the first releases keep the one that they had: there,
  /// slot number 1 has only the session's name.
  func uid(_ session: SessionID, slot number: Int) -> String {
    own == nil
      ? "\(ScheduledSlot.name(session, number))@\(conference).plenary" : guid(session, slot: number)
  }

  /// The UID of the program's calendar.
  var calendar: String { own == nil ? "\(conference).plenary" : Self.text(guid(named: "calendar")) }

  /// A presentation's name is unique only within its session.
  func guid(_ presentation: PresentationID, in session: SessionID) -> String {
    Self.text(guid(named: "\(session.tag)/\(presentation.tag)"))
  }

  /// For formats that require a number: positive, 31 bits, unique per slot.
  func number(_ entry: ScheduledSlot) -> Int {
    numbers[Slot(session: entry.session.id, number: entry.number)] ?? 1
  }

  /// The same for a person. Formats do not require it to be unique.
  func number(_ tag: Tag) -> Int { Self.number(guid(named: tag.text)) }

  /// A UUID of version 5: the hash of a name in a namespace, which is the conference's UUID.
  private func guid(named name: String) -> UUID {
    let space = withUnsafeBytes(of: (own ?? Self.namespace).uuid) { Array($0) }
    let name = own == nil ? "\(conference)/\(name)" : name
    var bytes = Array(Insecure.SHA1.hash(data: space + Array(name.utf8)).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
  }

  private static func text(_ guid: UUID) -> String { guid.uuidString.lowercased() }

  private static func number(_ guid: UUID) -> Int {
    let (a, b, c, d, _, _, _, _, _, _, _, _, _, _, _, _) = guid.uuid
    let number = Int(a & 0x7F) << 24 | Int(b) << 16 | Int(c) << 8 | Int(d)
    return max(1, number)
  }
}
