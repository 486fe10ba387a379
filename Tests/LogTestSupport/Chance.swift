import Foundation

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers for the same seed.
package struct Chance: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  package mutating func isTrue(oneIn count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

  /// A text with characters of every plane of Unicode, and those that any format could stumble over.
  package mutating func text(_ length: Int) -> String {
    var text = ""
    let troubling = Array(
      "\u{0}\u{1}\t\n\r\u{1B}\"\\'{},;:$%&<>#*_@/|\u{7F}\u{85}\u{2028}\u{FEFF}\u{202E}".unicodeScalars)
    for _ in 0..<length {
      if isTrue(oneIn: 3) {
        text.unicodeScalars.append(troubling.randomElement(using: &self)!)
        continue
      }
      let plane = UInt32.random(in: 0...16, using: &self)
      if let scalar = Unicode.Scalar(plane << 16 | UInt32.random(in: 1...0xFFFF, using: &self)) {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

package func newCommandID() -> String { UUID().uuidString.lowercased() }
