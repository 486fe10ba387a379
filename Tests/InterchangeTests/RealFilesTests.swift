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

  static let index: [Entry] = {
    guard let text = try? Shared.text("INDEX.tsv") else { return [] }
    return text.split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Entry(path: fields[0], notes: fields.count > 5 ? fields[5] : "")
    }
  }()

  /// Programs and lists of people, one by one.
  static let entries = index.filter { entry in
    ["schedules_", "ics/", "people_csv/", "derived/"].contains(where: entry.path.hasPrefix)
      && !entry.path.contains("open_event_") && nothing[entry.path] == nil
  }

  /// Files in which there is nothing to import, and what is said of them.
  private static let nothing: [String: String] = [
    // Links to the submissions of another file.
    "schedules_json/pretalx_europython_youtube_example.json": "",
    // Parts of a folder that is read whole.
    "schedules_json/open_event_FOSSASIA2017/event.json": "",
    "schedules_json/open_event_FOSSASIA2017/microlocations.json": "",
    "schedules_json/open_event_FOSSASIA2017/sponsors.json": "",
    "schedules_json/open_event_FOSSASIA2017/tracks.json": "",
    // How often names are given in which country: nobody in particular is called so.
    "names/common-forenames-by-country.csv": "has no column that looks like a title or a name",
    "names/common-surnames-by-country.csv": "has no column that looks like a title or a name",
    // A list of members and parties, and a debate in which nothing is said.
    "transcripts/akn20/sayit_welsh_assembly.json": "is not known",
    "transcripts/akn20/sayit_test_empty_docDate.xml": "",
    // Articles and links of other formats, an attribute of a file, a template.
    "malformed/jats_archiving_1.0_Smallsamples_samplesmall-base1.xml": "is not known",
    "malformed/jats_articleauthoring_1.0_Smallsamples_samplesmall-base1.xml": "is not known",
    "malformed/parlparse_guardian-links.xml": "is not known",
    "malformed/appledouble_AGO_79_2024.txt": "is not known",
    "malformed/schedule_unrendered_template.xml": "is a template that no program has filled in",
    // Broken at a place that is named.
    "malformed/fosdem_2026_git_conflict_markers.xml": "Line 4053, column 2: This is not well-formed XML",
    "malformed/open_event_missing_comma.json": "Line 12, column 5",
    // Captions that end before anything is said.
    "malformed/wpt_signature-no-newline.vtt": "", "malformed/wpt_signature-space.vtt": "",
    "malformed/wpt_signature-tab.vtt": "", "malformed/wpt_timings-eof.vtt": "",
  ]

  /// Lists of names, a name in each line: text, which is read as what somebody said where a session is named.
  private static let texts = "names/"

  @Test(arguments: index)
  func `of the whole index are read, unless there is nothing to import in them`(entry: Entry) throws {
    let file = try Shared.file(entry.path)
    func program() throws -> Int {
      let read = try Interchange.read(ForeignSource(file)).conference
      return read.sessions.count + read.people.count + read.attendees.count
    }
    func transcript() throws -> Int { try Interchange.readTranscript(file).transcript.turns.count }
    let isTranscript =
      entry.path.hasPrefix("transcripts/") || entry.path.hasSuffix(".vtt")
      || entry.path.hasPrefix(Self.texts) && entry.path.hasSuffix(".txt")
    guard let why = Self.nothing[entry.path] else {
      return #expect(try (isTranscript ? transcript() : program()) > 0)
    }
    guard !why.isEmpty else { return #expect(try (isTranscript ? transcript() : program()) == 0) }
    let refused = #expect(throws: Unreadable.self) { _ = try program() }
    #expect(refused?.description.contains(why) == true, "\(String(describing: refused))")
    if isTranscript { #expect(throws: Unreadable.self) { _ = try transcript() } }
  }

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
