import EventLog
import Foundation
import JSON
import People
import Vocabulary

/// Who was erased from a conference, and whose address was removed, in `erased.json`. An older backup does not know of it.
///
/// Two databases can have a conference of the same name. So the list knows the log by its roots, of each position at first
/// and then of fewer: it belongs to every log that begins in the same way.
struct ErasureList: Codable, Sendable {
  struct Root: Codable, Sendable {
    var position: Int
    /// 64 hexadecimal digits.
    var root: String
  }

  let conference: ConferenceID
  private var roots: [Root] = []
  /// In the order of the log.
  private(set) var erasures: [Erasure] = []

  init(_ conference: ConferenceID) { self.conference = conference }

  /// - Parameter tree: up to this event.
  /// - Parameter isSetAside: then it erased nobody.
  mutating func note(_ event: RecordedEvent, _ tree: MerkleTree, isSetAside: Bool) throws {
    // Each of the first 127, then every second, every fourth …: some hundred of a long log.
    if tree.count % (1 << max(0, Int.bitWidth - tree.count.leadingZeroBitCount - 7)) == 0 {
      roots.append(Root(position: tree.count, root: hexadecimal(tree.root)))
    }
    if isSetAside { return }
    switch event.type {
    case PersonErased.type, ContactStated.type: break
    default: return
    }
    switch try PeopleEvent(event) {
    case .personErased(let body):
      // The same command removed the address.
      erasures.removeAll { $0.commandID == event.commandID }
      for tag in body.tags { note(.person, tag, event) }
    // Also if an address was stated again: the earlier one stays removed.
    case .contactStated(let body): if body.contact == nil { note(.address, body.person.tag, event) }
    default: break
    }
  }

  private mutating func note(_ what: Erasure.What, _ person: Tag, _ event: RecordedEvent) {
    erasures.append(
      Erasure(
        conference: conference, what: what, person: person.text, position: event.position,
        commandID: event.commandID, at: event.recordedAt))
  }

  /// Whether the list is of this log, or of one that begins like it.
  func isOf(_ leaves: [[UInt8]]) -> Bool {
    var known = Dictionary(roots.map { ($0.position, $0.root) }, uniquingKeysWith: { a, _ in a })
    var tree = MerkleTree()
    var compared = 0
    for leaf in leaves {
      tree.append(leaf)
      guard let root = known.removeValue(forKey: tree.count) else { continue }
      if root != hexadecimal(tree.root) { return false }
      compared += 1
    }
    return compared > 0
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
