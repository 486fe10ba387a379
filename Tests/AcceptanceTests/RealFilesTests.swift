import Foundation
import Publishing
import Testing

/// Files of real conferences, which lie beside the project. What each reader makes of them is tested by InterchangeTests.
private enum Real {
  static let data = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/data").standardized

  static let isPresent = FileManager.default.fileExists(atPath: data.appending(path: "INDEX.tsv").path)

  static func path(_ name: String) -> String { data.appending(path: name).path }

  static func files(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
  }

  /// A schedule of FOSDEM 2026 with these rooms alone, and without the biographies of everybody. There, each room begins
  /// and ends on a line of its own.
  static func fosdem(_ name: String, rooms: Set<String>) throws -> String {
    let text = try String(contentsOfFile: path("schedules_series/fosdem_2026/\(name)"), encoding: .utf8)
    var isMeant = true
    return text.split(separator: "\n").filter { line in
      if let room = line.firstMatch(of: /^ *<room name="([^"]*)"/) {
        isMeant = rooms.contains(String(room.1))
      } else if line == "  <persons>" {
        isMeant = false
      }
      defer { if line == "    </room>" || line == "  </persons>" { isMeant = true } }
      return isMeant
    }.joined(separator: "\n")
  }
}

@Suite(.timeLimit(.minutes(40)), .enabled(if: Real.isPresent, "needs ../shared/data"))
struct `A file of a real conference` {
  /// The expected changes were found by comparing the two files: of the 61 talks in these rooms, 15 differ or are new.
  @Test func `that came again is told as moved, retitled, withdrawn or with somebody else`() async throws {
    let plenary = try await Plenary.apart()
    try await plenary.done(
      "conference", "open", "fosdem-2026", "--title", "FOSDEM 2026", "--first-day", "2026-01-31",
      "--last-day",
      "2026-02-01", "--zone", "Europe/Brussels", "--languages", "en")
    for (number, name) in ["2026-01-01_75b1748.xml", "2026-01-18_22786da.xml"].enumerated() {
      let file = "\(Plenary.home)/fosdem-\(UUID().uuidString).xml"
      try Data(Real.fosdem(name, rooms: ["H.1308 (Rolin)", "UD2.218A"]).utf8).write(to: URL(filePath: file))
      try await plenary.done("import", file, "--source", "pretalx", "--complete")
      if number == 0 { try await plenary.done("program", "release", "1.0") }
    }
    let told = try await plenary.done("program", "diff").output
    for part in [
      /09:30–09:55 +ROCm™ on TheRock\(s\) +moved/, /Time +13:45–13:55 → 09:30–09:55/,
      /Title +.*to Zarr Stores from ECMWF Fields Database → .*to Zarr Stores from ECMWF's Fields Database/,
      /The Snakemake SLURM Plugin: Reproducible Computing vs. HPC Policies +cancelled/,
      /The GNU Name System, its applications and roadmap +cancelled/,
      /Replaced +Speaker: Diego Salazar → Kevin Schulmeister/, /Joins +Speaker: \+ Maurice Hendriks/,
      /Name +adz → Andreas Dzialocha \/ adz/,
      /Radicle: Peer-to-Peer Code Collaboration +new/,
    ] { #expect(told.contains(part), "\(told)") }

    let sessions = try #require(
      try await plenary.done("program", "diff", "--json").object["sessions"] as? [[String: Any]])
    let found = sessions.map { session in
      let changes = (session["changes"] as? [[String: Any]] ?? []).compactMap { $0["what"] as? String }
      return "\(session["session"] ?? "?"): \(Set(changes).sorted().joined(separator: ", "))"
    }
    #expect(
      found == [
        "procurement-is-the-biggest-form-of-fundraising: joined",
        "funding-lessons-learned-panel: description", "ebpf-with-nix-laptop-to-testbed: new",
        "oss-funding-in-industry-and-large-enterprises: description, joined",
        "intro-to-the-decentralized-internet-privacy: replaced", "rocm-on-therock-s: length, time",
        "the-snakemake-slurm-plugin-reproducible: cancelled",
        "reclaiming-the-web-surfing-the-internet-on: new",
        "the-gnu-name-system-its-applications-and-roadmap: cancelled",
        "liberate-your-user-data-with-zktls-verifiable: new", "partly-cloudy-with-a-chance-of-zarr-a: title",
        "gosling-build-anonymous-secure-and-metadata: new",
        "half-time-recap-precap-for-decentralized: replaced",
        "radicle-peer-to-peer-code-collaboration: new",
        "package-management-in-the-hands-of-users-dream: description, links",
      ])
  }

  /// A file as it comes out of another program.
  struct Schedule: CustomTestStringConvertible {
    let file: String
    let days: ClosedRange<String>
    let zone: String
    var language = "en"
    var testDescription: String { file }
  }

  private static let schedules = [
    Schedule(file: "schedules_xml/PrivacyWeek.xml", days: "2017-10-23"..."2017-10-29", zone: "Europe/Vienna"),
    Schedule(
      file: "schedules_json/voc_hub-schedule2.json", days: "2024-12-27"..."2024-12-30", zone: "Europe/Berlin"),
    Schedule(
      file: "schedules_json/sessionize_all_droidkaigi2018.json", days: "2018-02-08"..."2018-02-09",
      zone: "Asia/Tokyo"),
    Schedule(file: "ics/fossasia_2016_cal.ics", days: "2015-03-13"..."2015-03-15", zone: "Asia/Singapore"),
    // More than a thousand sessions, with emoji, line separators and a character that could not be read.
    Schedule(
      file: "schedules_series/fosdem_2026/2026-02-03_552175f.xml", days: "2026-01-31"..."2026-02-01",
      zone: "Europe/Brussels"),
    Schedule(
      file: "derived/coscup_2023_schedule.xml", days: "2023-07-29"..."2023-07-30", zone: "Asia/Taipei",
      language: "zh-Hant"),
  ]

  @Test(
    .enabled(if: Programs.missing.isEmpty, "needs typst and pdftotext; Scripts/setup --for test brings them"),
    arguments: schedules)
  func `is imported and printed in every kind`(schedule: Schedule) async throws {
    let plenary = try await Plenary.apart()
    let folder = try Folder()
    try await plenary.done(
      "conference", "open", "real", "--title", "Conference", "--first-day", schedule.days.lowerBound,
      "--last-day", schedule.days.upperBound, "--zone", schedule.zone, "--languages", schedule.language)
    try await plenary.done("import", Real.path(schedule.file))
    let sessions = try await plenary.done("session", "list", "--json").list
    #expect(!sessions.isEmpty)
    let slots = sessions.flatMap { $0["slots"] as? [[String: Any]] ?? [] }
    let isNowhere = slots.allSatisfy {
      ($0["slot"] as? [String: Any])?["room"] as? String == "to-be-announced"
    }
    let isOfNobody = sessions.allSatisfy { ($0["assignments"] as? [Any])?.isEmpty == true }
    for kind in PrintKind.allCases where !kind.isAboutAttendees {
      let run = try await plenary(
        "program", "print", kind.rawValue, "--output", folder.path("\(kind.rawValue).pdf"))
      // Without a single speaker, there is nothing to hand out; without a room, there is no door.
      let isEmpty =
        isOfNobody && [.itineraries, .placeCards].contains(kind) || isNowhere && kind == .doorSigns
      #expect(run.code == (isEmpty ? 1 : 0), "\(run)")
    }
  }

  /// Of a broken file, what is refused, and the line that is named; nil where there is no line to name. Captions without a
  /// word are refused as well. Everything else is read, with remarks where something of it was left out.
  private static let refused: [String: Int?] = [
    "appledouble_AGO_79_2024.txt": nil, "fosdem_2026_git_conflict_markers.xml": 4053,
    "jats_archiving_1.0_Smallsamples_samplesmall-base1.xml": nil,
    "jats_articleauthoring_1.0_Smallsamples_samplesmall-base1.xml": nil, "open_event_missing_comma.json": 12,
    "parlparse_guardian-links.xml": nil, "schedule_unrendered_template.xml": nil,
    "wpt_signature-no-newline.vtt": nil, "wpt_signature-space.vtt": nil, "wpt_signature-tab.vtt": nil,
    "wpt_timings-eof.vtt": nil,
  ]
  private static let remarked: Set = [
    "jres_2022_fold_splits_utf8.ics", "pombola_eastern_cape_cr_only.csv", "pombola_limpopo_cr_only.csv",
    "spief_jsonp_wrapper.js", "webvttpy_invalid_timeframe.vtt", "wpt_arrows.vtt", "wpt_timings-too-long.vtt",
    "wpt_whitespace-chars.vtt",
  ]

  @Test func `that is broken is refused with a sentence, or read with remarks, and nothing is half taken`()
    async throws
  {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00")
    let head = try await plenary.head()
    let files = try Real.files(in: "malformed")
    #expect(Set(Self.refused.keys).union(Self.remarked).isSubset(of: files))
    for file in files {
      let path = Real.path("malformed/\(file)")
      let isTranscript = file.hasSuffix(".vtt")
      if isTranscript {
        let run = try await plenary("import", path)
        #expect(run.code == 2 && run.error.contains("Name the session in which this was said"), "\(run)")
      }
      let session = isTranscript ? ["--session", "opening"] : []
      if let line = Self.refused[file] {
        let run = try await plenary(["import", path] + session)
        // A template is a text, which may be a transcript of a session that nobody has named.
        #expect((1...2).contains(run.code) && run.output.isEmpty, "\(run)")
        #expect(run.error.split(separator: "\n").first?.hasSuffix(".") == true, "\(run)")
        if let line { #expect(run.error.contains("Line \(line), column "), "\(run)") }
      } else {
        let run = try await plenary.done(["import", path, "--dry-run"] + session)
        #expect(run.error.contains("remark: ") == Self.remarked.contains(file), "\(run)")
      }
    }
    #expect(try await plenary.head() == head)
  }
}
