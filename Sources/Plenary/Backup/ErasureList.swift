import EventLog
import Foundation
import JSON
import People
import Vocabulary

/// Who was erased from a conference, and whose address was removed, in `erased.json`. An older backup does not know of it.
///
/// Two databases can have a conference of the same name. So the list knows the log by its first event: it belongs to every
/// log that begins with it, also to one that was restored and went on in another way.
struct ErasureList: Codable, Sendable {
  struct Root: Codable, Sendable {
    var position: Int
    /// 64 hexadecimal digits.
    var root: String
  }

  private enum CodingKeys: CodingKey { case conference, roots, erasures }

  let conference: ConferenceID
  /// Of the first event. Earlier versions wrote more, which nobody reads.
  private var roots: [Root] = []
  /// In the order of the log.
  private(set) var erasures: [Erasure] = []
  private var beginnings = Beginnings()

  init(_ conference: ConferenceID) { self.conference = conference }

  /// - Parameter event: in the order of the log.
  /// - Parameter isSetAside: then it erased nobody.
  mutating func note(_ event: RecordedEvent, isSetAside: Bool) throws {
    if event.position == 1 { roots = [Root(position: 1, root: LogOutline.root(ofFirst: event.leaf))] }
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
    try beginnings.note(event)
  }

  private mutating func note(_ what: Erasure.What, _ person: Tag, _ event: RecordedEvent) {
    erasures.append(
      Erasure(
        conference: conference, what: what, person: person.text, position: event.position,
        commandID: event.commandID, at: event.recordedAt, since: beginnings[what, person.text]))
  }

  /// Whether the list is of this log, or of one that begins like it.
  func isOf(_ log: LogOutline) -> Bool {
    roots.first { $0.position == 1 }.map { $0.root == log.firstRoot } ?? false
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

/// What of a log tells whether a list of erasures is of it, and which of them it lacks.
struct LogOutline: Sendable {
  /// 64 hexadecimal digits; nil for an empty log.
  private(set) var firstRoot: String?
  /// The commands that erased, by the positions of their events, also of those that are set aside.
  private var commands: [Int: String] = [:]
  private var beginnings = Beginnings()

  static func root(ofFirst leaf: [UInt8]) -> String {
    var tree = MerkleTree()
    tree.append(leaf)
    return hexadecimal(tree.root)
  }

  /// Whether `note` looks at it.
  static func concerns(_ event: RecordedEvent) -> Bool {
    event.position == 1 || event.type == PersonErased.type || Beginnings.concerns(event)
  }

  /// - Parameter event: in the order of the log.
  mutating func note(_ event: RecordedEvent) throws {
    if event.position == 1 { firstRoot = Self.root(ofFirst: event.leaf) }
    if event.type == PersonErased.type || event.type == ContactStated.type {
      commands[event.position] = event.commandID
    }
    try beginnings.note(event)
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

  mutating func note(_ event: RecordedEvent) throws {
    guard Self.concerns(event) else { return }
    let what: Erasure.What = event.type == ContactStated.type ? .address : .person
    let isRemoved = what == .address ? try PeopleEvent(event)?.removesAddress == true : false
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
