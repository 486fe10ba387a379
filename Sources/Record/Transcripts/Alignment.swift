/// Finds which texts of a new list are those of an old one, in the order of both.
///
/// Texts that both lists have once are fixed points. Between two of them, equal texts are paired, and then those that
/// have half of their letter pairs in common.
enum Alignment {
  /// Longer lists without a fixed point are only compared for equal texts.
  private static let mostPairs = 4000
  /// Texts with less in common are two texts.
  private static let alike = 0.5

  /// - Returns: for each new text the place of its old one; nil: it is new.
  static func places(of new: [String], in old: [String]) -> [Int?] {
    var places = [Int?](repeating: nil, count: new.count)
    var open: [(old: Range<Int>, new: Range<Int>)] = [(old.indices, new.indices)]
    while let (olds, news) = open.popLast() {
      if olds.isEmpty || news.isEmpty { continue }
      let fixed = fixedPoints(old, olds, new, news)
      if fixed.isEmpty {
        pair(old, olds, new, news, &places)
        continue
      }
      var (a, b) = (olds.lowerBound, news.lowerBound)
      for (place, index) in fixed {
        places[index] = place
        open.append((a..<place, b..<index))
        (a, b) = (place + 1, index + 1)
      }
      open.append((a..<olds.upperBound, b..<news.upperBound))
    }
    return places
  }

  /// Equal texts at both ends, and those that both have once, in the longest order that both share.
  private static func fixedPoints(
    _ old: [String], _ olds: Range<Int>, _ new: [String], _ news: Range<Int>
  ) -> [(old: Int, new: Int)] {
    var (start, end) = (0, 0)
    let most = min(olds.count, news.count)
    while start < most, old[olds.lowerBound + start] == new[news.lowerBound + start] { start += 1 }
    while start + end < most, old[olds.upperBound - 1 - end] == new[news.upperBound - 1 - end] { end += 1 }
    let ends = (0..<start).map { (olds.lowerBound + $0, news.lowerBound + $0) }
    let tail = (0..<end).reversed().map { (olds.upperBound - 1 - $0, news.upperBound - 1 - $0) }
    if !ends.isEmpty || !tail.isEmpty { return ends + tail }
    func once(_ texts: [String], _ range: Range<Int>) -> [String: Int] {
      var places: [String: Int] = [:]
      var twice: Set<String> = []
      for index in range where places.updateValue(index, forKey: texts[index]) != nil {
        twice.insert(texts[index])
      }
      return places.filter { !twice.contains($0.key) }
    }
    let known = once(old, olds)
    let both = once(new, news).compactMap { text, index in known[text].map { ($0, index) } }.sorted {
      $0.1 < $1.1
    }
    return longestRise(both)
  }

  /// The longest part in which the old places rise (patience sorting).
  private static func longestRise(_ points: [(Int, Int)]) -> [(old: Int, new: Int)] {
    var ends: [Int] = []
    var before = [Int?](repeating: nil, count: points.count)
    for (index, point) in points.enumerated() {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if points[ends[middle]].0 < point.0 { low = middle + 1 } else { high = middle }
      }
      before[index] = low > 0 ? ends[low - 1] : nil
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var rise: [(old: Int, new: Int)] = []
    var next = ends.last
    while let index = next {
      rise.append((points[index].0, points[index].1))
      next = before[index]
    }
    return rise.reversed()
  }

  /// The pairs with most in common, in order.
  private static func pair(
    _ old: [String], _ olds: Range<Int>, _ new: [String], _ news: Range<Int>, _ places: inout [Int?]
  ) {
    guard olds.count * news.count <= mostPairs else {
      var next = olds.lowerBound
      for index in news {
        guard let place = (next..<min(next + 200, olds.upperBound)).first(where: { old[$0] == new[index] })
        else {
          continue
        }
        places[index] = place
        next = place + 1
      }
      return
    }
    let (before, after) = (olds.map { pairs(old[$0]) }, news.map { pairs(new[$0]) })
    // The best sum for what is left of both lists.
    var best = [[Double]](repeating: [Double](repeating: 0, count: news.count + 1), count: olds.count + 1)
    var likeness = best
    for a in olds.reversed() {
      for b in news.reversed() {
        let common = commonPart(before[a - olds.lowerBound], after[b - news.lowerBound])
        let (x, y) = (a - olds.lowerBound, b - news.lowerBound)
        likeness[x][y] = old[a] == new[b] ? 2 : common
        best[x][y] = max(
          best[x + 1][y], best[x][y + 1],
          likeness[x][y] >= alike ? likeness[x][y] + best[x + 1][y + 1] : 0)
      }
    }
    var (a, b) = (0, 0)
    while a < olds.count, b < news.count {
      if likeness[a][b] >= alike, best[a][b] == likeness[a][b] + best[a + 1][b + 1] {
        places[news.lowerBound + b] = olds.lowerBound + a
        (a, b) = (a + 1, b + 1)
      } else if best[a][b] == best[a + 1][b] {
        a += 1
      } else {
        b += 1
      }
    }
  }

  /// How often each pair of neighbouring letters is in a text. Of long texts the beginning is enough.
  private static func pairs(_ text: String) -> [UInt64: Int] {
    var pairs: [UInt64: Int] = [:]
    var last: UInt32 = 0
    for scalar in text.lowercased().unicodeScalars.prefix(2000) where scalar.properties.isAlphabetic {
      pairs[UInt64(last) << 32 | UInt64(scalar.value), default: 0] += 1
      last = scalar.value
    }
    return pairs
  }

  /// Dice's coefficient: 1 for the same pairs, 0 for none in common.
  private static func commonPart(_ one: [UInt64: Int], _ other: [UInt64: Int]) -> Double {
    let total = one.values.reduce(0, +) + other.values.reduce(0, +)
    guard total > 0 else { return 0 }
    let common = one.reduce(0) { $0 + min($1.value, other[$1.key] ?? 0) }
    return 2 * Double(common) / Double(total)
  }
}
