import CLinux
import EventLog
import Foundation
import Glibc
import Plenary

/// A list of “label: value” lines with aligned values.
struct DetailsList {
  private var lines: [(String, String)] = []

  mutating func add(_ label: String, _ value: String?) {
    if let value, !value.isEmpty { lines.append((label, value)) }
  }

  func print() {
    let width = (lines.map(\.0.columns).max() ?? 0) + 2
    let limit = Console.width.map { max(20, $0 - width) }
    for (label, value) in lines {
      let texts = limit.map { value.wrapped(to: $0) } ?? value.components(separatedBy: "\n")
      for (index, text) in texts.enumerated() {
        let head = index == 0 ? Console.dim(label.padded(to: width)) : "".padded(to: width)
        Console.print(head + text)
      }
    }
  }
}
