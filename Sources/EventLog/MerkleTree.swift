import Crypto
import Vocabulary

extension RecordedEvent {
  /// SHA-256 over the whole event as stored, with the leaf prefix of RFC 9162 §2.1.1.
  ///
  /// Version 2 of the encoding, for an event with a login, has eleven lines and then the body: “leaf 2”, conference,
  /// position, type, version, tags separated by spaces, actor, login, reason, command id, microseconds since 1970.
  /// Version 1, for an event without, lacks the first line and the login's. None of these values can contain a line
  /// break, and no conference is called “leaf 2”, so no two events have the same encoding. `log.leaf` computes the same
  /// hash in SQL when an event is appended.
  package var leafHash: [UInt8] {
    var lines = login == nil ? "" : "leaf 2\n"
    for line in [conference, String(position), type, String(version), tags.joined(separator: " "), actor] {
      lines += line
      lines += "\n"
    }
    if let login { lines += "\(login)\n" }
    for line in [reason ?? "", commandID, String(recordedAt.microseconds)] {
      lines += line
      lines += "\n"
    }
    lines += body
    var hash = SHA256()
    hash.update(data: [0x00])
    lines.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    return Array(hash.finalize())
  }
}

/// The Merkle tree of RFC 9162 §2.1 over a conference's events.
///
/// The root at position N commits to every event up to N. Only the frontier is stored: the roots of
/// the full subtrees from the left, one for each one bit of the number of leaves.
package struct MerkleTree: Sendable, Hashable {
  package private(set) var count = 0
  private var frontier: [[UInt8]] = []

  package init() {}

  package mutating func append(_ leaf: [UInt8]) {
    var node = leaf
    var size = count
    while size & 1 == 1 {
      node = Self.parent(frontier.removeLast(), node)
      size >>= 1
    }
    frontier.append(node)
    count += 1
  }

  /// 32 bytes. The root of an empty tree is the hash of no bytes (RFC 9162 §2.1.1).
  package var root: [UInt8] {
    guard var node = frontier.last else { return Array(SHA256.hash(data: [UInt8]())) }
    for left in frontier.dropLast().reversed() { node = Self.parent(left, node) }
    return node
  }

  /// The frontier for a checkpoint: its 32-byte hashes, concatenated.
  package var bytes: [UInt8] { Array(frontier.joined()) }

  /// - Returns: nil unless the number of hashes equals the number of one bits in `count`.
  package init?(count: Int, bytes: [UInt8]) {
    guard count >= 0, bytes.count == count.nonzeroBitCount * 32 else { return nil }
    self.count = count
    frontier = stride(from: 0, to: bytes.count, by: 32).map { Array(bytes[$0..<($0 + 32)]) }
  }

  static func parent(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    var node: [UInt8] = [0x01]
    node.reserveCapacity(1 + left.count + right.count)
    node += left
    node += right
    return Array(SHA256.hash(data: node))
  }
}

/// Proves that one event is in the tree with a given root, without showing the others (RFC 9162 §2.1.3).
package struct InclusionProof: Sendable, Hashable, Codable {
  /// Sibling hashes from the leaf to the root, in hexadecimal.
  package let path: [String]

  /// - Parameters:
  ///   - index: the leaf's index, from 0.
  ///   - leaves: all leaves of the tree.
  package init(of index: Int, in leaves: [[UInt8]]) {
    func root(_ range: Range<Int>) -> [UInt8] {
      var tree = MerkleTree()
      for leaf in leaves[range] { tree.append(leaf) }
      return tree.root
    }
    var path: [[UInt8]] = []
    var range = 0..<leaves.count
    while range.count > 1 {
      let split = range.lowerBound + Self.split(range.count)
      if index < split {
        path.append(root(split..<range.upperBound))
        range = range.lowerBound..<split
      } else {
        path.append(root(range.lowerBound..<split))
        range = split..<range.upperBound
      }
    }
    self.path = path.reversed().map(hexadecimal)
  }

  /// Computes the root from the leaf up (RFC 9162 §2.1.3.2) and compares it.
  package func verifies(_ leaf: [UInt8], at index: Int, of count: Int, root: [UInt8]) -> Bool {
    guard (0..<count).contains(index) else { return false }
    var (node, last, hash) = (index, count - 1, leaf)
    for step in path {
      guard last > 0, let sibling = bytes(hexadecimal: step) else { return false }
      if node & 1 == 1 || node == last {
        hash = MerkleTree.parent(sibling, hash)
        while node & 1 == 0, node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        hash = MerkleTree.parent(hash, sibling)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 && hash == root
  }

  /// The largest power of two that is smaller than `count`.
  private static func split(_ count: Int) -> Int {
    1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }
}
