import Foundation
import Interchange
import Testing

/// Every schedule beside the project comes in; its notes say how much of it.
@Suite(.enabled(if: Shared.isPresent, "There is no ../shared beside the project."))
struct `Files of real conferences` {
  struct Entry: Sendable, CustomTestStringConvertible {
    var path: String
    var notes: String
    var testDescription: String { path }

    func count(_ noun: String) -> Int? {
      notes.firstMatch(of: try! Regex("\(noun) ([0-9]+)")).flatMap { Int($0[1].substring ?? "") }
    }
  }

  static let entries: [Entry] = {
    guard let text = try? Shared.text("INDEX.tsv") else { return [] }
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let folders = ["schedules_", "ics/", "people_csv/", "derived/"]
      // Links to submissions of another file; and names that are Python dictionaries, which is refused with a sentence.
      let alone = ["pretalx_europython_youtube_example.json", "coscup_2020-2024_speakers.csv"]
      if alone.contains(where: fields[0].hasSuffix) { return nil }
      guard fields.count > 5, folders.contains(where: fields[0].hasPrefix), !fields[0].contains("open_event_")
      else { return nil }
      return Entry(path: fields[0], notes: fields[5])
    }
  }()

  /// What the notes count otherwise than as sessions, people and rooms of a program, or do not count; as (sessions,
  /// people, rooms), with the reason.
  static let others: [String: (Int, Int, Int, String)] = [:]

  @Test(arguments: entries)
  func `come in`(entry: Entry) throws {
    let file = try Shared.file(entry.path)
    let (format, read) = try Interchange.read(ForeignSource(file))
    print(
      "\(entry.path): \(format.name), \(read.sessions.count) sessions (\(entry.count("events") ?? -1)), \(read.people.count) people (\(entry.count("speakers") ?? -1)), \(read.rooms.count) rooms (\(entry.count("rooms") ?? -1)), \(read.attendees.count) attendees, \(read.sessions.flatMap(\.slots).count) slots, \(read.remarks.count) remarks"
    )
    for remark in read.remarks.prefix(4) {
      print("    \(remark.at.map { "\($0.line)" } ?? "-"): \(remark.text)")
    }
    #expect(!read.sessions.isEmpty || !read.people.isEmpty || !read.attendees.isEmpty)
  }
}
