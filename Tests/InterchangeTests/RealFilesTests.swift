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

  /// What the notes count otherwise, and why it is so here.
  private static let others: [String: (noun: String, count: Int, why: String)] = [
    "schedules_xml/emfcamp_2018.frab.xml": ("people", 191, "One number stands for several names."),
    "schedules_json/pretalx_matrix_anyconf.json": ("rooms", 9, "Rooms without sessions are rooms too."),
    "schedules_json/pretalx_europython_submissions_example.json": ("rooms", 0, "Nothing is scheduled yet."),
    "schedules_json/sessionize_all_droidkaigi2018.json": (
      "rooms", 9, "Rooms without sessions are rooms too."
    ),
    "schedules_json/coscup_2023_session.json": ("rooms", 28, "Rooms without sessions are rooms too."),
    "schedules_json/indico_xdc2021_event_contributions.json": (
      "people", 36, "Authors who do not speak are people too."
    ),
    "ics/linux_conf_au_2020.ics": ("rooms", 7, "No place is no room."),
    "ics/fossasia_2016_cal.ics": ("sessions", 180, "One event has no title."),
  ]

  /// How often something begins in a file: another way to count.
  private func occurrences(of start: String, in text: String) -> Int { text.ranges(of: start).count }

  @Test(arguments: entries)
  func `come in whole`(entry: Entry) throws {
    let file = try Shared.file(entry.path)
    let (format, read) = try Interchange.read(ForeignSource(file))
    print(
      "\(entry.path): \(format.name): \(read.sessions.count) sessions, \(read.people.count) people, \(read.rooms.count) rooms, \(read.attendees.count) attendees, \(read.remarks.count) remarks"
    )
    #expect(Promises.broken(read) == [])
    // A file of links to submissions in another file.
    if entry.path.hasSuffix("youtube_example.json") { return #expect(read.remarks.count == 1) }
    #expect(!read.sessions.isEmpty || !read.people.isEmpty || !read.attendees.isEmpty)
    let slots = max(read.sessions.flatMap(\.slots).count, read.sessions.count)
    for (noun, word, count) in [
      ("sessions", "events", slots), ("people", "speakers", read.people.count),
      ("rooms", "rooms", read.rooms.count),
    ] {
      if let other = Self.others[entry.path], other.noun == noun {
        #expect(count == other.count, "\(other.why)")
      } else if let expected = entry.count(word), !(noun == "rooms" && expected == 1 && count == 0) {
        #expect(count == expected, "\(noun)")
      }
    }
    let text = try Shared.text(entry.path)
    if entry.path.hasSuffix(".xml") {
      #expect(slots == occurrences(of: "<event ", in: text) + occurrences(of: "<entry ", in: text))
    } else if entry.path.hasSuffix(".ics") {
      // An event without a title is told, and left out.
      let untitled = read.remarks.count { $0.text.contains("without a title") }
      #expect(slots + untitled == occurrences(of: "BEGIN:VEVENT", in: text))
    }
  }

  @Test func `an Open Event folder comes in whole`() throws {
    let folder = "schedules_json/open_event_FOSSASIA2017"
    let files = try FileManager.default.contentsOfDirectory(atPath: Shared.data.appending(path: folder).path)
    let (format, read) = try Interchange.read(
      ForeignSource(files.sorted().map { try Shared.file(folder + "/" + $0) }))
    #expect(format.name == "Open Event")
    #expect(Promises.broken(read) == [])
    #expect(read.zone == "Asia/Singapore")
    #expect(read.sessions.count == 214)
    #expect(read.people.count == 207)
    #expect((read.rooms.count, read.tracks.count) == (15, 22))
  }

  @Test func `tables come in with their rows`() throws {
    func read(_ name: String) throws -> ForeignConference {
      try Interchange.read(ForeignSource(try Shared.file("people_csv/" + name))).conference
    }
    #expect(try read("biocspeakers.csv").people.count == 28)
    #expect(
      try read("sotm2018_attendees_consented.csv").attendees.allSatisfy {
        $0.isListed == true && $0.name.family != nil
      })
    let droidcon = try read("pretalx_droidcon2025_sessions.csv")
    #expect(droidcon.sessions.count == 28)
    #expect(try read("emf2014_proposals.csv").sessions.count == 209)
    #expect(try read("gpn11_schedule.csv").sessions.count == 29)
    #expect(try read("sotm2018_attendees_consented.csv").attendees.count == 375)
    #expect(droidcon.sessions.filter { $0.slots.isEmpty }.isEmpty)
  }
}
