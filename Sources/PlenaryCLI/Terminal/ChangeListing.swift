import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Scheduling
import Vocabulary

// MARK: For people

/// A program diff as text for a terminal: by day and session, with old and new values.
struct ChangeListing {
  let diff: ProgramDiff
  let words: ChangeWords
  let before: ProgramModel
  let after: ProgramModel
  let languages: [Language]
  private let width = Console.width

  init(
    _ diff: ProgramDiff, _ words: ChangeWords, _ before: ProgramModel, _ after: ProgramModel,
    languages: [Language]
  ) {
    self.diff = diff
    self.words = words
    self.before = before
    self.after = after
    self.languages = languages
  }

  private func text(_ text: LocalizedText) -> String { text.best(languages).text }

  func print() {
    var day: CalendarDate?
    for session in diff.sessions {
      if let first = session.slots.first.map({ after.day(of: $0.slot) }), first != day {
        day = first
        Console.print("\n" + Console.bold("\(first)"))
      }
      print(session)
    }
    head("Rooms and venues")
    for venue in diff.venues {
      print((after.venues[venue.id.slug] ?? before.venues[venue.id.slug])?.details.name, venue)
    }
    for room in diff.rooms {
      print((after.rooms[room.id.slug] ?? before.rooms[room.id.slug])?.details.name, room)
    }
    head("Tracks")
    for track in diff.tracks {
      print((after.tracks[track.id.slug] ?? before.tracks[track.id.slug])?.details.name, track)
    }
    head("People")
    for person in diff.people { print(words.name(person.id), person) }
    head("Conference")
    print(words.lines(diff.conference))
  }

  private func head(_ title: String) {
    let isEmpty =
      switch title {
      case "Tracks": diff.tracks.isEmpty
      case "People": diff.people.isEmpty
      case "Conference": diff.conference.isEmpty
      default: diff.venues.isEmpty && diff.rooms.isEmpty
      }
    if !isEmpty { Console.print("\n" + Console.bold(title)) }
  }

  private func print(_ session: ProgramDiff.ChangedSession) {
    let fate: String =
      switch session.fate {
      case .cancelled: Console.red("cancelled")
      case .gone: Console.red("gone")
      case .reinstated: Console.green("reinstated")
      case .new: Console.green("new")
      case .moved: Console.yellow("moved")
      case .changed: Console.dim("changed")
      }
    // A session is listed once, on the day of its first slot; the others follow with their dates.
    for entry in session.slots {
      let slot = entry.slot
      let clock = "\(slot.start.clock)–\(slot.end.clock)"
      let room = (after.rooms[slot.room.slug] ?? before.rooms[slot.room.slug])?.details.name
      let place = [room.map(text) ?? slot.room.slug, entry.label].compactMap(\.self).joined(separator: " ")
      Console.print(
        entry.index == 1
          ? "  \(clock)  \(Console.bold(text(session.row.details.title)))  \(fate)  "
            + Console.dim("\(session.session) · \(place)")
          : String(repeating: " ", count: 15) + Console.dim("\(slot.start.date) \(clock) · \(place)"))
    }
    print(words.lines(session))
  }

  private func print<Kind>(_ name: LocalizedText?, _ changed: ProgramDiff.Changed<Kind>) {
    Console.print("  \(name.map(text) ?? changed.id.slug)  " + Console.dim(changed.id.slug))
    print(words.lines(changed.changes))
  }

  private func print(_ lines: [ChangeLine]) {
    let labels = lines.map { $0.label.best([.english]).text }
    let indent = 15 + max(0, min(24, labels.map(\.columns).max() ?? 0))
    for (label, line) in zip(labels, lines) {
      let head = String(repeating: " ", count: 13) + Console.dim(label.padded(to: indent - 15)) + "  "
      let subject = line.subject.map { Console.dim(text($0).excerpted(40) + ": ") } ?? ""
      if line.long {
        Console.print(head + subject)
        let (was, now) = (line.old.first.map(text) ?? "", line.new.first.map(text) ?? "")
        if was == now {
          paragraph(
            "", "the same words in another form: paragraphs, lists, emphasis or links", Console.dim,
            indent: 15)
          continue
        }
        if !was.isEmpty { paragraph("- ", was.around(whatDiffersFrom: now), Console.red, indent: 15) }
        if !now.isEmpty { paragraph("+ ", now.around(whatDiffersFrom: was), Console.green, indent: 15) }
        continue
      }
      let old = line.old.map(text).joined(separator: ", ")
      let new = line.new.map(text).joined(separator: ", ")
      let values = [old.isEmpty ? nil : Console.struck(old), new.isEmpty ? nil : Console.bold(new)]
      switch (old.isEmpty, new.isEmpty) {
      case (false, true): Console.print(head + subject + "− " + (values[0] ?? ""))
      case (true, false): Console.print(head + subject + "+ " + (values[1] ?? ""))
      default: Console.print(head + subject + values.compactMap(\.self).joined(separator: " → "))
      }
    }
  }

  private func paragraph(_ mark: String, _ text: String, _ paint: (String) -> String, indent: Int) {
    let room = max(30, (width ?? 100) - indent - 2)
    for line in text.excerpted(600).wrapped(to: room) {
      Console.print(String(repeating: " ", count: indent) + paint(mark + line))
    }
  }
}

extension String {
  /// The first `limit` characters, with “…” if the text is longer.
  func excerpted(_ limit: Int) -> String { count > limit ? prefix(limit) + "…" : self }

  /// What another version of the text does not have, with some words before and after it; “…” stands for the rest, if that is
  /// worth leaving out.
  func around(whatDiffersFrom other: String) -> String {
    let before = zip(self, other).prefix { $0 == $1 }.count
    let rest = Swift.min(count, other.count) - before
    let after = zip(reversed(), other.reversed()).prefix { $0 == $1 }.prefix(rest).count
    var shown = self[...]
    // At a space near by, if the script has spaces.
    if after > 100 {
      let rest = suffix(after - 60)
      shown = shown[..<(rest.prefix(30).firstIndex(where: \.isWhitespace) ?? rest.startIndex)]
    }
    if before > 100 {
      let rest = prefix(before - 60)
      let space = rest.suffix(30).lastIndex(where: \.isWhitespace)
      shown = shown[(space.map { index(after: $0) } ?? rest.endIndex)...]
    }
    return (shown.startIndex == startIndex ? "" : "… ") + shown + (shown.endIndex == endIndex ? "" : " …")
  }
}

extension Console {
  static func red(_ text: String) -> String { painted(text, "31") }
  static func green(_ text: String) -> String { painted(text, "32") }
  static func yellow(_ text: String) -> String { painted(text, "33") }
  static func struck(_ text: String) -> String { painted(text, "9;2") }

  private static func painted(_ text: String, _ code: String) -> String {
    hasColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
