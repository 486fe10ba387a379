/// A measured figure and its limit.
struct Figure {
  enum Limit {
    /// The maximum ratio to the reference.
    case atMost(times: Double)
    /// The minimum ratio to the reference.
    case atLeast(times: Double)
    /// A limit without a reference: its text, and whether it is kept.
    case absolute(String, kept: Bool)
    /// Only shown.
    case none
    case skipped(String)
  }

  var name: String
  var measured: String
  var against = ""
  /// The measured value divided by the reference.
  var ratio: Double?
  var limit: Limit

  private var cells: [String] {
    let shown = ratio.map { "\(tenths($0, 2))×" } ?? ""
    return switch limit {
    case .atMost(let times):
      [name, measured, against, shown, "≤ \(tenths(times))×", verdict(ratio! <= times)]
    case .atLeast(let times):
      [name, measured, against, shown, "≥ \(tenths(times))×", verdict(ratio! >= times)]
    case .absolute(let words, let kept): [name, measured, against, shown, words, verdict(kept)]
    case .none: [name, measured, against, shown, "", ""]
    case .skipped(let why): [name, "skipped: \(why)", "", "", "", ""]
    }
  }

  private func verdict(_ kept: Bool) -> String { kept ? "ok" : "MISSED" }

  static func table(_ figures: [Figure]) -> String {
    let rows = [["FIGURE", "MEASURED", "AGAINST", "RATIO", "LIMIT", ""]] + figures.map(\.cells)
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let padded = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return padded.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}

/// The value with this many digits after the decimal point.
func tenths(_ value: Double, _ digits: Int = 1) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let whole = (value * scale).rounded() / scale
  var text = "\(whole)"
  while text.split(separator: ".").last!.count < digits { text += "0" }
  return text
}

func milliseconds(_ seconds: Double) -> String { tenths(seconds * 1000) + " ms" }
func rate(_ count: Int, _ seconds: Double) -> String { "\(Int(Double(count) / seconds))/s" }

func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return sorted[sorted.count / 2]
}
