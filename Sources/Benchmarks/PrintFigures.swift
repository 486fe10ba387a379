import EventLog
import Postgres
import PostgresLog
import Publishing
import ScheduleFixtures
import Vocabulary

/// (e) Printing every kind of document, as whole processes: for a schedule of 874 sessions with 1,200
/// attendees. Also the booklet of a schedule with 1,079 sessions.
func measurePrinting(_ bench: Bench) async throws -> [Figure] {
  let larger = PublishedSchedule.fosdem2026
  var figures: [Figure] = []
  for published in [PublishedSchedule.fosdem2024, larger] {
    guard let conference = try await bench.load(published) else {
      figures.append(absent("(e) plenary … print, \(published)"))
      continue
    }
    for kind in published == larger ? [.booklet] : PrintKind.allCases {
      say("printing \(kind.rawValue) of \(conference) …")
      let limit = kind == .booklet ? 3.0 : 2.0
      let noun = kind.isAboutAttendees ? "attendee" : "program"
      let name = "(e) plenary \(noun) print \(kind.rawValue), \(conference)"
      do {
        let prints = try (0..<3).map { _ in
          try bench.runPlenary(
            noun, "print", kind.rawValue, "--output", "-", "--conference", conference.slug)
        }
        let seconds = median(prints.map(\.seconds))
        let megabytes = prints.map(\.megabytes).max() ?? 0
        figures.append(
          Figure(
            name: name, measured: "\(tenths(seconds, 2)) s, \(Int(megabytes)) MB",
            limit: .absolute("< \(tenths(limit)) s, < 500 MB", kept: seconds < limit && megabytes < 500)))
      } catch let failure as ProcessFailed {
        figures.append(Figure(name: name, measured: "", limit: .skipped(failure.description)))
      }
    }
  }
  return figures
}

/// (f) Planning in a large conference, as whole processes: checking the whole program, and scheduling one
/// more session, compared with a conference that has one hall and one speaker.
func measurePlanning(_ bench: Bench) async throws -> [Figure] {
  let published = PublishedSchedule.fosdem2024
  guard let large = try await bench.load(published) else { return [absent("(f) planning, \(published)")] }
  say("planning in \(large) …")
  let small = "small-planning"
  try bench.runPlenary(
    "conference", "open", small, "--title", "en=Small", "--first-day", "2024-02-03", "--last-day",
    "2024-02-04", "--zone", "Europe/Brussels")
  var schedules: [String: [Double]] = [:]
  for conference in [small, large.slug] {
    try bench.runPlenary("room", "add", "one-more-hall", "--name", "en=Hall", "--conference", conference)
    try bench.runPlenary(
      "speaker", "register", "one-more-speaker", "--name", "en=More, One", "--conference", conference)
  }
  // Take turns, so that both run under the same conditions.
  for run in 0..<20 {
    let (hour, minute) = (8 + run / 2, run % 2 == 0 ? "00" : "30")
    let end = run % 2 == 0 ? "\(hour):25" : "\(hour):55"
    for conference in [small, large.slug] {
      let seconds = try bench.runPlenary(
        "session", "schedule", "one-more-\(run)", "--title", "en=One More", "--room", "one-more-hall",
        "--start", "2024-02-03 \(hour):\(minute)", "--end", end, "--speaker", "one-more-speaker",
        "--conference", conference
      ).seconds
      if run >= 2 { schedules[conference, default: []].append(seconds) }
    }
  }
  let checks = try (0..<5).map { _ in
    // Exit code 1: the check found something.
    try bench.runPlenary("program", "check", "--conference", large.slug, accepting: [0, 1])
  }
  let (check, megabytes) = (median(checks.map(\.seconds)), checks.map(\.megabytes).max() ?? 0)
  let (one, other) = (median(schedules[large.slug] ?? []), median(schedules[small] ?? []))
  return [
    Figure(
      name: "(f) plenary program check, \(large)",
      measured: "\(tenths(check, 2)) s, \(Int(megabytes)) MB", limit: .absolute("< 0.3 s", kept: check < 0.3)),
    Figure(
      name: "(f) plenary session schedule, \(large)", measured: milliseconds(one),
      against: "in a small conference \(milliseconds(other))", ratio: one / other,
      limit: .atMost(times: 1.5)),
  ]
}

private func absent(_ name: String) -> Figure {
  Figure(name: name, measured: "", limit: .skipped("the directory ../shared is missing"))
}

extension Bench {
  /// Loads a published schedule into the log once, and builds its read models.
  ///
  /// - Returns: nil if the schedule's file is missing.
  fileprivate func load(_ published: PublishedSchedule) async throws -> ConferenceID? {
    guard published.isPresent else { return nil }
    let fixture = try ScheduleFixture(published)
    let connection = try await Connection.open(writer)
    let log = PostgresLog(connection)
    guard try await log.read(fixture.conference, matching: .everything, command: nil).head == 0 else {
      return fixture.conference
    }
    say("loading \(fixture.conference), \(fixture.events.count) events …")
    try await fixture.append(to: log)
    try await connection.run { try fixture.storeKeys($0) }
    // Do autovacuum's work now.
    _ = try runPsql("vacuum (analyze) log.event, log.tag")
    try runPlenary("program", "show", "--conference", fixture.conference.slug)
    try runPlenary("attendee", "list", "--conference", fixture.conference.slug)
    return fixture.conference
  }
}
