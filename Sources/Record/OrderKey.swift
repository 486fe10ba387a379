package import Vocabulary

/// The place of an entry among the entries of its session.
///
/// An entry that is recorded at the end stands at the position of its event in the log, which no other entry
/// has. So nothing has to be looked up, and two scribes never take the same place. An inserted entry stands at
/// a fraction between two positions. There is always room for one more.
package struct OrderKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// A position in the log.
  package let base: Int
  /// Base-36 digits of what comes after the base; empty for an entry at the position itself. The last digit
  /// is never 0, so that there is room below it.
  package let fraction: String

  package init(_ base: Int, fraction: String = "") {
    self.base = base
    self.fraction = fraction
  }

  package static func < (a: Self, b: Self) -> Bool {
    a.base != b.base ? a.base < b.base : a.fraction.utf8.lexicographicallyPrecedes(b.fraction.utf8)
  }

  package var description: String { fraction.isEmpty ? "\(base)" : "\(base).\(fraction)" }

  /// A key after this one and before `next`, which need not belong to an entry.
  ///
  /// - Precondition: `next` is greater.
  package func key(before next: OrderKey) -> OrderKey {
    precondition(self < next)
    return OrderKey(
      base, fraction: Self.midpoint(Array(fraction.utf8), base == next.base ? Array(next.fraction.utf8) : nil)
    )
  }

  private static let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)

  private static func value(_ digit: UInt8) -> Int { digits.firstIndex(of: digit) ?? 0 }

  /// - Parameter high: nil: no upper limit.
  private static func midpoint(_ low: [UInt8], _ high: [UInt8]?) -> String {
    var result: [UInt8] = []
    var high = high
    var index = 0
    while true {
      let below = index < low.count ? value(low[index]) : 0
      let above = high.map { index < $0.count ? value($0[index]) : 0 } ?? digits.count
      if above - below > 1 {
        result.append(digits[(below + above) / 2])
        return String(decoding: result, as: UTF8.self)
      }
      result.append(digits[below])
      // From here on only the lower limit counts.
      if above > below { high = nil }
      index += 1
    }
  }
}

extension OrderKey: Codable {
  /// - Throws: `InvalidValue` for a text that is no key.
  package init(_ text: String) throws(InvalidValue) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let base = parts.first.flatMap({ Int($0) }), base >= 0,
      parts.dropFirst().allSatisfy({ part in
        !part.isEmpty && part.last != "0" && part.utf8.allSatisfy { Self.digits.contains($0) }
      })
    else { throw InvalidValue("“\(excerpt(text))” is not a place in the record.") }
    self.init(base, fraction: parts.count > 1 ? String(parts[1]) : "")
  }

  package init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
