import EventLog
import Foundation
import JSON
import People
import Vocabulary

/// Who was erased from a conference, and whose address was removed, in `erased.json`. An older backup does not know of it.
///
/// Two databases can have a conference of the same name. So the list knows the log by its roots, of each position at first
/// and then of fewer.
struct ErasureList: Codable, Sendable {
  struct Root: Codable, Sendable {
    var position: Int
    /// 64 hexadecimal digits.
    var root: String
  }

  private enum CodingKeys: CodingKey { case conference, roots, erasures }

  let conference: ConferenceID
  private var roots: [Root] = []
  /// In the order of the log.
  private(set) var erasures: [Erasure] = []
  private var beginnings = Beginnings()

  init(_ conference: ConferenceID) { self.conference = conference }

  /// - Parameters:
  ///   - event: in the order of the log.
  ///   - tree: up to this event.
  ///   - isSetAside: then it erased nobody.
  mutating func note(_ event: RecordedEvent, _ tree: MerkleTree, isSetAside: Bool) throws {
    if let root = Root(of: tree) { roots.append(root) }
    if isSetAside { return }
    switch event.type {
    case PersonErased.type:
      // The same command removed the address.
      erasures.removeAll { $0.commandID == event.commandID }
      for tag in event.tags { note(.person, Tag(stored: tag), event) }
    // Also if an address was stated again: the earlier one stays removed.
    case ContactStated.type where try PeopleEvent(event)?.removesAddress == true:
      for tag in event.tags { note(.address, Tag(stored: tag), event) }
    default: break
    }
    beginnings.note(event)
  }

  private mutating func note(_ what: Erasure.What, _ person: Tag, _ event: RecordedEvent) {
    erasures.append(
      Erasure(
        conference: conference, what: what, person: person.text, position: event.position,
        commandID: event.commandID, at: event.recordedAt, since: beginnings[what, person.text]))
  }

  /// Whether the list is of this log, or of one that is longer or shorter.
  func isOf(_ log: LogOutline) -> Bool {
    isOfBeginning(of: log) && roots.allSatisfy { log.roots[$0.position, default: $0.root] == $0.root }
  }

  /// Whether the list is of a log that begins like this one. Either may have been restored, and gone on in another way.
  func isOfBeginning(of log: LogOutline) -> Bool {
    roots.contains { $0.position == 1 && $0.root == log.roots[1] }
  }

  static func read(_ file: URL) throws -> [ErasureList] {
    let text: String
    do { text = try String(contentsOf: file, encoding: .utf8) } catch {
      throw Failure(reading: file.relativePath, error)
    }
    do { return try JSONText.decode([ErasureList].self, from: text) } catch {
      throw Failure(.failed, "\(file.relativePath) is no list of erased people: \(JSONText.explain(error))")
    }
  }
}

extension ErasureList.Root {
  /// Nil where a list has none: it has each of the first 127, then every second, every fourth …: some hundred of a long log.
  fileprivate init?(of tree: MerkleTree) {
    guard tree.count % (1 << max(0, Int.bitWidth - tree.count.leadingZeroBitCount - 7)) == 0 else {
      return nil
    }
    self.init(position: tree.count, root: hexadecimal(tree.root))
  }
}

/// What of a log tells whether a list of erasures is of it, and which of them it lacks.
struct LogOutline: Sendable {
  /// By position, where a list has them.
  private(set) var roots: [Int: String] = [:]
  /// The commands that erased, by the positions of their events, also of those that are set aside.
  private var commands: [Int: String] = [:]
  private var beginnings = Beginnings()

  /// - Parameter tree: up to each position, in order.
  mutating func note(_ tree: MerkleTree) {
    if let root = ErasureList.Root(of: tree) { roots[root.position] = root.root }
  }

  /// Whether it has to be noted.
  static func concerns(_ event: RecordedEvent) -> Bool {
    event.type == PersonErased.type || Beginnings.concerns(event)
  }

  /// - Parameter event: in the order of the log.
  mutating func note(_ event: RecordedEvent) {
    if event.type == PersonErased.type || event.type == ContactStated.type {
      commands[event.position] = event.commandID
    }
    beginnings.note(event)
  }

  /// Whether the log does not have this erasure, but may have what it erased.
  func lacks(_ erasure: Erasure) -> Bool {
    if commands[erasure.position] == erasure.commandID { return false }
    // After a restore, somebody else can have got the same short name, and a speaker another address.
    guard let since = erasure.since, let own = beginnings[erasure.what, erasure.person] else { return true }
    return since == own
  }
}

/// Since which command a log has somebody's data, or a speaker's address.
private struct Beginnings: Sendable {
  private var commands: [[String]: String] = [:]

  subscript(_ what: Erasure.What, person: String) -> String? { commands[[what.rawValue, person]] }

  static func concerns(_ event: RecordedEvent) -> Bool {
    [AttendeeRegistered.type, SpeakerRegistered.type, ContactStated.type].contains(event.type)
  }

  mutating func note(_ event: RecordedEvent) {
    // One that cannot be read is set aside.
    guard Self.concerns(event), let body = try? PeopleEvent(event) else { return }
    let what: Erasure.What = event.type == ContactStated.type ? .address : .person
    let isRemoved = body.removesAddress
    for tag in event.tags {
      let key = [what.rawValue, tag]
      commands[key] = isRemoved ? nil : commands[key] ?? event.commandID
    }
  }
}

extension PeopleEvent {
  fileprivate var removesAddress: Bool {
    if case .contactStated(let body) = self { body.contact == nil } else { false }
  }
}
