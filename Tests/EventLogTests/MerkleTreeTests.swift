import Crypto
import JSON
import Specification
import Testing
import Vocabulary

@testable import EventLog

/// RFC 9162 §2.1.1 as it is written there: the hash of a list of leaf hashes.
private func definition(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
  if leaves.isEmpty { return Array(SHA256.hash(data: [UInt8]())) }
  if leaves.count == 1 { return leaves.first! }
  var k = 1
  while k * 2 < leaves.count { k *= 2 }
  let split = leaves.startIndex + k
  return Array(
    SHA256.hash(data: [1] + definition(leaves[..<split]) + definition(leaves[split...])))
}

private func leaf(_ data: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: [0] + data)) }
private func leaves(_ count: Int) -> [[UInt8]] { (0..<count).map { leaf([UInt8($0)]) } }

private func tree(_ leaves: some Sequence<[UInt8]>) -> MerkleTree {
  leaves.reduce(into: MerkleTree()) { $0.append($1) }
}

struct `The Merkle tree` {
  @Test func `is what RFC 9162 defines, for every number of leaves up to 70`() {
    let leaves = leaves(70)
    var tree = MerkleTree()
    for count in 0...70 {
      #expect(tree.count == count)
      #expect(tree.root == definition(leaves[..<count]), "\(count) leaves")
      if count < 70 { tree.append(leaves[count]) }
    }
  }

  /// The leaves and roots that implementations of RFC 6962 test themselves with
  /// (certificate-transparency's merkletree tests).
  @Test func `has the roots that other implementations have`() {
    let inputs = [
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ]
    let roots = [
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    let leaves = inputs.map { leaf(bytes(hexadecimal: $0)!) }
    for (count, root) in roots.enumerated() {
      #expect(hexadecimal(tree(leaves.prefix(count)).root) == root, "\(count) leaves")
    }
  }

  @Test func `goes on from its frontier`() throws {
    let leaves = leaves(70)
    for count in 0...69 {
      let known = tree(leaves.prefix(count))
      var restored = try #require(MerkleTree(count: count, bytes: known.bytes))
      #expect(restored == known)
      #expect(known.bytes.count == 32 * count.nonzeroBitCount)
      restored.append(leaves[count])
      #expect(restored.root == definition(leaves[...count]))
    }
  }

  @Test func `takes no frontier of another size`() {
    let bytes = tree(leaves(5)).bytes
    #expect(MerkleTree(count: 6, bytes: bytes) != nil, "6 has two bits as well: the root tells.")
    #expect(MerkleTree(count: 7, bytes: bytes) == nil)
    #expect(MerkleTree(count: 5, bytes: bytes.dropLast()) == nil)
    #expect(MerkleTree(count: 5, bytes: bytes + [0]) == nil)
    #expect(MerkleTree(count: 5, bytes: bytes + bytes.prefix(32)) == nil)
    #expect(MerkleTree(count: 4, bytes: bytes) == nil)
    #expect(MerkleTree(count: 0, bytes: Array(bytes.prefix(32))) == nil)
    #expect(MerkleTree(count: 5, bytes: []) == nil)
    #expect(MerkleTree(count: -1, bytes: []) == nil)
  }
}

struct `An inclusion proof` {
  @Test func `shows every leaf of every tree up to 40, and nothing else`() {
    let leaves = leaves(41)
    for count in 1...40 {
      let root = tree(leaves.prefix(count)).root
      for index in 0..<count {
        let proof = InclusionProof(of: index, in: Array(leaves.prefix(count)))
        #expect(proof.verifies(leaves[index], at: index, of: count, root: root))
        // Another leaf, another place, another size or another root.
        #expect(!proof.verifies(leaves[40], at: index, of: count, root: root))
        #expect(!proof.verifies(leaves[index], at: count, of: count, root: root))
        #expect(!proof.verifies(leaves[index], at: -1, of: count, root: root))
        #expect(!proof.verifies(leaves[index], at: index, of: count, root: leaves[40]))
        if count > 1 {
          let wrong = (index + 1) % count
          #expect(!proof.verifies(leaves[index], at: wrong, of: count, root: root))
        }
      }
    }
  }

  @Test func `fails when one bit is flipped`() throws {
    for count in [1, 2, 3, 5, 8, 13, 21, 33, 40] {
      let leaves = leaves(count)
      let root = tree(leaves).root
      for index in 0..<count {
        let proof = InclusionProof(of: index, in: leaves)
        let bit = (index * 37 + count) % 256
        #expect(!proof.verifies(flipped(leaves[index], bit), at: index, of: count, root: root))
        #expect(!proof.verifies(leaves[index], at: index, of: count, root: flipped(root, bit)))
        for step in proof.path.indices {
          var path = proof.path
          path[step] = hexadecimal(flipped(bytes(hexadecimal: path[step])!, bit))
          let forged = try forged(path)
          #expect(!forged.verifies(leaves[index], at: index, of: count, root: root))
        }
        #expect(
          try !forged(proof.path + [hexadecimal(root)])
            .verifies(leaves[index], at: index, of: count, root: root))
        if count > 1 {
          #expect(
            try !forged(proof.path.dropLast())
              .verifies(leaves[index], at: index, of: count, root: root))
          #expect(
            try !forged(proof.path.map { _ in "no hash" })
              .verifies(leaves[index], at: index, of: count, root: root))
        }
      }
    }
  }

  /// A node within the tree is no leaf, though fewer steps lead from it to the root.
  @Test func `is not that of a node within the tree, shown with the rest of the steps`() throws {
    for count in 2...40 {
      let leaves = leaves(count)
      let root = tree(leaves).root
      for index in 0..<count {
        let path = InclusionProof(of: index, in: leaves).path
        var (node, range) = (leaves[index], index..<(index + 1))
        for steps in 1...path.count {
          // The subtree that so many steps complete, by the definition.
          range = subtree(of: count, around: index, stepsFromRoot: path.count - steps)
          node = definition(leaves[range])
          let rest = try forged(Array(path.dropFirst(steps)))
          #expect(
            !rest.verifies(node, at: index, of: count, root: root), "\(steps) steps of \(index) in \(count)")
        }
        #expect(node == root && range == 0..<count)
      }
    }
  }

  /// The leaves under the node that lies so many steps below the root on the way to a leaf.
  private func subtree(of count: Int, around index: Int, stepsFromRoot: Int) -> Range<Int> {
    var range = 0..<count
    for _ in 0..<stepsFromRoot {
      var k = 1
      while k * 2 < range.count { k *= 2 }
      let split = range.lowerBound + k
      range = index < split ? range.lowerBound..<split : split..<range.upperBound
    }
    return range
  }

  private func flipped(_ hash: [UInt8], _ bit: Int) -> [UInt8] {
    var hash = hash
    hash[bit / 8] ^= 1 << UInt8(bit % 8)
    return hash
  }

  private func forged(_ path: [String]) throws -> InclusionProof {
    try JSONText.decode(InclusionProof.self, from: JSONText.encode(["path": path]))
  }
}

struct `Hexadecimal digits` {
  @Test func `are written and read for every byte`() {
    let all = (0...255).map(UInt8.init)
    #expect(bytes(hexadecimal: hexadecimal(all)) == all)
    #expect(hexadecimal([0, 1, 0xAB, 0xFF]) == "0001abff")
    #expect(bytes(hexadecimal: "0001ABff") == [0, 1, 0xAB, 0xFF])
    #expect(bytes(hexadecimal: "") == [])
  }

  @Test(arguments: ["0", "0g", "+1", "0x", " 0", "é0", "０0"])
  func `are nothing else`(text: String) {
    #expect(bytes(hexadecimal: text) == nil)
  }
}
