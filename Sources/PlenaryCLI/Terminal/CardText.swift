import Foundation
import People
import Plenary
import Vocabulary

/// An attendee's card on the terminal: what happened, in one colour, and who it is.
struct CardText {
  enum Tone { case good, waiting, bad }

  let headline: String
  let tone: Tone
  /// When and where they were checked in before; why nothing was recorded.
  var detail: String?
  let card: AttendeeCard

  /// The card as lines of at most this width, with colours where the terminal has them.
  ///
  /// - Parameters:
  ///   - width: nil: as long as they are.
  ///   - rows: as many as the name may take in large letters.
  func lines(width: Int?, rows: Int = 10) -> [String] {
    func wrapped(_ text: String) -> [String] { width.map(text.wrapped(to:)) ?? [text] }
    var lines = [band(" \(sign) \(headline) ", width)]
    if let detail { lines += wrapped(detail).map(Console.bold) }
    lines.append("")
    let name = card.title
    lines += (width.flatMap { LargeText.lines(name, width: $0, rows: rows) } ?? wrapped(name)).map(
      Console.bold)
    if card.names.count > 1 {
      lines += wrapped(card.names.dropFirst().joined(separator: " · ")).map(Console.bold)
    }
    if card.cannotBeOpened { lines += wrapped(Self.cannotBeOpened) }
    lines.append("")
    if let organisation = card.organisation { lines += wrapped(organisation) }
    lines += wrapped(card.category.uppercased() + "  (\(card.attendee))").map(Console.bold)
    if let note = card.note {
      lines += wrapped("Note: " + note.replacing("\n", with: " ")).map(Console.reversed)
    }
    return lines
  }

  static let cannotBeOpened = "The name cannot be decrypted."

  /// Words and a sign say it too, for those who see no colours.
  private var sign: String {
    switch tone {
    case .good: "✓"
    case .waiting: "…"
    case .bad: "✗"
    }
  }

  private func band(_ text: String, _ width: Int?) -> String {
    guard Console.hasColor, let width else { return text.trimmingCharacters(in: .whitespaces) }
    let color =
      switch tone {
      case .good: "42;30"
      case .waiting: "46;30"
      case .bad: "41;97"
      }
    return "\u{1B}[1;\(color)m\(text.padded(to: width))\u{1B}[0m"
  }
}

extension CardText {
  /// What came of a scan at the desk.
  init(_ entry: Desk.Entry, _ rules: ZoneRules, dryRun: Bool) {
    let (headline, tone, detail) = Self.parts(entry.status, rules, dryRun: dryRun)
    self.init(headline: headline.uppercased(), tone: tone, detail: detail, card: entry.card)
  }

  /// “again”, and when and where before.
  static func parts(_ status: Desk.Status, _ rules: ZoneRules, dryRun: Bool) -> (
    headline: String, tone: Tone, detail: String?
  ) {
    func before(_ first: CheckIn?) -> String? { first.map { "Checked in before, \($0.described(rules))." } }
    switch status {
    case .sent: return ("sending", .waiting, nil)
    case .checkedIn: return (dryRun ? "would be checked in" : "checked in", .good, nil)
    case .kept:
      return ("kept", .waiting, "The database does not answer. The scan is kept here and handed in later.")
    case .again(let first): return ("again", .bad, before(first))
    case .recordedLate(let first):
      return (
        "late", .bad,
        [before(first) ?? "It no longer counts as a check-in.", "The late scan is recorded."].joined(
          separator: " ")
      )
    case .takenBack: return ("taken back", .waiting, nil)
    case .withdrawn: return ("withdrawn", .bad, "They have withdrawn, and are not expected.")
    case .refused(let why): return ("refused", .bad, why)
    }
  }
}
