import Crypto
import EventLog
import Foundation
import ReadModels
import Scheduling
import Vocabulary

/// The permanent identifiers of slots, rooms and people in other programs.
struct Identities {
  private let conference: ConferenceID
  private let numbers: [Slot: Int]

  private struct Slot: Hashable {
    let session: SessionID
    let number: Int
  }

  /// The namespace of our UUIDs (RFC 9562 §5.5).
  private static let namespace = UUID(uuidString: "31D805A0-7FDE-44F2-997C-E72F0F8555CC")!

  /// - Parameter sessions: all sessions that ever existed, even if they are no longer in the program. If two
  ///   would get the same number, the older one keeps it.
  init(_ conference: ConferenceID, _ sessions: [SessionRow]) {
    self.conference = conference
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
      let guid = Self.guid(conference, "\(session.id.tag)/\(number)")
      var attempt = 0
      var candidate = Self.number(guid)
      while !taken.insert(candidate).inserted {
        attempt += 1
        candidate = Self.number(Self.guid(conference, "\(session.id.tag)/\(number)/\(attempt)"))
      }
      numbers[Slot(session: session.id, number: number)] = candidate
    }
    self.numbers = numbers
  }

  func guid(_ entry: ScheduledSlot) -> String {
    Self.text(Self.guid(conference, "\(entry.session.id.tag)/\(entry.number)"))
  }

  func guid(_ tag: Tag) -> String { Self.text(Self.guid(conference, tag.text)) }

  /// A presentation's name is unique only within its session.
  func guid(_ presentation: PresentationID, in session: SessionID) -> String {
    Self.text(Self.guid(conference, "\(session.tag)/\(presentation.tag)"))
  }

  /// For formats that require a number: positive, 31 bits, unique per slot.
  func number(_ entry: ScheduledSlot) -> Int {
    numbers[Slot(session: entry.session.id, number: entry.number)] ?? 1
  }

  /// The same for a person. Formats do not require it to be unique.
  func number(_ tag: Tag) -> Int { Self.number(Self.guid(conference, tag.text)) }

  /// A UUID of version 5: the hash of a name in a namespace.
  private static func guid(_ conference: ConferenceID, _ name: String) -> UUID {
    let space = withUnsafeBytes(of: namespace.uuid) { Array($0) }
    var bytes = Array(Insecure.SHA1.hash(data: space + Array("\(conference)/\(name)".utf8)).prefix(16))
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
