import EventLog
import Foundation
import Plenary
import Vocabulary

/// The desk on a terminal: one screen that is drawn anew. The line that is typed stays as it is.
struct DeskScreen {
  let title: String
  let rules: ZoneRules
  let dryRun: Bool
  /// What the last line led to, if it was not a scan.
  var notice: [String] = []
  /// The last line named nobody for certain. The card of somebody else would be taken for the answer.
  var hidesCard = false

  static let prompt = "Badge, name or address: "

  /// Draws the screen.
  ///
  /// - Parameter isNew: whether a new line begins; else somebody may be typing in it.
  func draw(_ desk: Desk, isNew: Bool) {
    guard let (columns, lines) = Console.size else { return }
    let content = self.lines(desk, width: columns, height: lines)
    // Save the cursor, write each line at its place, and bring the cursor back (ECMA-48; DECSC and DECRC).
    var text = isNew ? "" : "\u{1B}7"
    for row in 1...lines where row != 2 || isNew {
      let line = row == 2 ? Self.prompt : row - 1 < content.count ? content[row - 1] : ""
      text += "\u{1B}[\(row);1H\u{1B}[K" + line
    }
    text += isNew ? "\u{1B}[2;\(Self.prompt.columns + 1)H" : "\u{1B}8"
    Console.write(Data(text.utf8))
  }

  /// Below everything, so that the shell's prompt comes there.
  func leave() {
    guard let (_, lines) = Console.size else { return }
    Console.write(Data("\u{1B}[\(lines);1H\n".utf8))
  }

  /// The lines of the screen. The second is the prompt's.
  func lines(_ desk: Desk, width: Int, height: Int) -> [String] {
    var lines = [header(desk, width), "", Console.dim("undo · print · help · quit".shortened(to: width))]
    lines += notice.flatMap { $0.wrapped(to: width) }
    lines.append("")
    if let shown = desk.shown, !hidesCard {
      lines += CardText(shown, rules, dryRun: dryRun).lines(width: width, rows: height / 3)
    }
    // The counts leave a small window its state and its prompt.
    let foot = counts(desk, width).suffix(max(0, height - 2))
    let room = height - lines.count - foot.count - 2
    if room > 0 {
      let others = desk.entries.reversed().filter { $0 != desk.shown }.prefix(room)
      if !others.isEmpty { lines.append("") }
      lines += others.map { line($0).shortened(to: width) }
    }
    lines = Array(lines.prefix(height - foot.count))
    lines += Array(repeating: "", count: height - foot.count - lines.count)
    return lines + foot
  }

  private func header(_ desk: Desk, _ width: Int) -> String {
    let waiting = desk.waitingCount
    let state =
      desk.outage == nil
      ? waiting > 0 ? "handing in \(waiting)" : "ready"
      : "NO DATABASE, \(counted(waiting, "scan")) kept"
        + (desk.listOf.map { ", list of \(rules.clock($0).suffix(5))" } ?? "")
    let text = "\(state) · \(title)".shortened(to: width)
    guard Console.hasColor else { return text }
    return desk.outage == nil ? Console.bold(text) : "\u{1B}[1;43;30m\(text.padded(to: width))\u{1B}[0m"
  }

  private func line(_ entry: Desk.Entry) -> String {
    let parts = CardText.parts(entry.status, rules, dryRun: dryRun)
    return
      "\(rules.clock(entry.at).suffix(5))  \(parts.headline.padded(to: 10))  \(entry.card.title), \(entry.card.category)"
  }

  private func counts(_ desk: Desk, _ width: Int) -> [String] {
    let counts = desk.counts
    let all = "all \(counts.map(\.present).reduce(0, +)) of \(counts.map(\.expected).reduce(0, +))"
    let each = counts.map { "\($0.category) \($0.present) of \($0.expected)" }
    return ((counts.count > 1 ? each : []) + [all]).joined(separator: " · ").wrapped(to: width).map(
      Console.dim)
  }
}
