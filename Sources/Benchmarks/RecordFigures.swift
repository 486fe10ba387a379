import EventLog
import Foundation
import Glibc
import People
import Postgres
import PostgresLog
import PrivateServer
import Record
import Scheduling
import Vocabulary

/// (g) The record, as whole processes: recording one statement, and inserting one after a published number, in debates
/// of 900 and 100,000 statements that an issue contains, compared with an empty conference; printing 1,100 statements;
/// and a volume of about 1,000 pages.
func measureRecord(_ bench: Bench) async throws -> [Figure] {
  guard let debate = Debate() else {
    return [
      Figure(name: "(g) the record", measured: "", limit: .skipped("the directory ../shared is missing"))
    ]
  }
  let sizes = [0, 900, 100_000]
  for size in sizes { try await bench.load(debate, statements: size, sessions: 1, issued: size > 0) }
  // What is inserted in the empty conference comes after this one.
  try bench.runPlenary(
    "statement", "record", "session-0", "--id", "e-0", "--by", "speaker-0", "--text", "began", "--conference",
    "debate-0")
  var records: [Int: [Double]] = [:]
  var insertions: [Int: [Double]] = [:]
  say("recording statements …")
  // Take turns, so that all run under the same conditions.
  for run in 0..<22 {
    for size in sizes {
      let seconds = try bench.runPlenary(
        "statement", "record", "session-0", "--by", "speaker-0", "--text", "said that number \(run) was said",
        "--conference", "debate-\(size)"
      ).seconds
      let insertion = try bench.runPlenary(
        "statement", "insert", "--after", size == 0 ? "e-0" : "1.\(12 + run)", "--by", "speaker-0", "--text",
        "said that number \(run) came late", "--conference", "debate-\(size)"
      ).seconds
      if run >= 2 {
        records[size, default: []].append(seconds)
        insertions[size, default: []].append(insertion)
      }
    }
  }
  var figures = [("record", records), ("insert", insertions)].flatMap { verb, times in
    let empty = median(times[0] ?? [])
    return sizes.dropFirst().map { size in
      let own = median(times[size] ?? [])
      return Figure(
        name: "(g) plenary statement \(verb), \(size) statements", measured: milliseconds(own),
        against: "in an empty conference \(milliseconds(empty))", ratio: own / empty,
        limit: .atMost(times: 1.1))
    }
  }
  figures.append(try await bench.printing(debate, statements: 1_100, sessions: 2, seconds: 3, megabytes: nil))
  figures.append(
    try await bench.printing(debate, statements: 9_000, sessions: 40, seconds: 15, megabytes: 600))
  return figures
}

/// A real debate, read from a published transcript. Larger ones repeat it.
private struct Debate {
  let paragraphs: [(speaker: Int, text: String)]
  let speakers: Int

  /// - Returns: nil if the transcript is missing.
  init?() {
    let path = "../shared/data/transcripts/tei/ParlaMint-ES-GA_2016-06-29-DSPG159.xml"
    guard let xml = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    var known: [Substring: Int] = [:]
    var paragraphs: [(Int, String)] = []
    var speaker = 0
    for match in xml.matches(of: /who="#([^"]+)"|<seg[^>]*>([^<]+)<\/seg>/) {
      if let name = match.output.1 {
        speaker = known[name] ?? known.count
        known[name] = speaker
      } else if let text = match.output.2 {
        paragraphs.append((speaker, String(text).replacing("&amp;", with: "&")))
      }
    }
    guard !paragraphs.isEmpty else { return nil }
    self.paragraphs = paragraphs
    speakers = known.count
  }
}

extension Bench {
  /// Loads a debate once.
  ///
  /// - Parameter issued: an issue contains it.
  fileprivate func load(_ debate: Debate, statements: Int, sessions: Int, issued: Bool = false) async throws {
    let conference = try ConferenceID("debate-\(statements)")
    let connection = try await Connection.open(writer)
    let log = PostgresLog(connection)
    guard try await log.read(conference, matching: .everything, command: nil).head == 0 else { return }
    say("loading a debate of \(statements) statements …")
    var events: [any EventBody] = [
      ConferenceOpened(
        title: LocalizedText([.english: "Debate"]), firstDay: try CalendarDate("2016-06-01"),
        lastDay: try CalendarDate("2016-06-30"), zone: "Europe/Madrid"
      ) { $0.languages = [.english] }
    ]
    let room = try RoomID("chamber")
    for session in 0..<sessions {
      let day = session % 28 + 1
      let date = "2016-06-\(day < 10 ? "0" : "")\(day)"
      let hour = session < 28 ? 9 : 15
      let times = try [hour, hour + 2].map {
        try ZonedTime("\(date)T\($0 < 10 ? "0" : "")\($0):00+02:00[Europe/Madrid]")
      }
      events.append(
        SessionScheduled(
          session: try SessionID("session-\(session)"),
          title: LocalizedText([.english: "Sitting \(session + 1)"]), kind: .session,
          slot: try Slot(room: room, start: times[0], end: times[1])))
    }
    var credits: [Attribution] = []
    for speaker in 0..<debate.speakers {
      let person = try PersonID("speaker-\(speaker)")
      let name = try PersonName([NameForm("Surname\(speaker), Given", in: .english, order: nil)])
      events.append(SpeakerRegistered(person: person, name: name))
      credits.append(
        try Attribution(
          .named, persons: [person], asPrinted: LocalizedText([.english: name.printed]),
          credits: [Credit(person, name: name, affiliations: [])]))
    }
    for number in 0..<statements {
      let (speaker, text) = debate.paragraphs[number % debate.paragraphs.count]
      let details = EntryDetails(LocalizedText([.english: text]), credits[speaker]) { $0.form = .verbatim }
      events.append(
        StatementRecorded(
          try RecordID("e-\(number)"), in: try SessionID("session-\(number * sessions / statements)"), details
        ))
    }
    if issued {
      let head = events.count
      events.append(
        ProceedingsIssued(issue: 1, provisional: false) {
          $0.at = head
          $0.date = try? CalendarDate("2016-07-01")
          $0.build = ProceedingsIssued.Build(
            document: String(repeating: "0", count: 64), typesetting: String(repeating: "0", count: 64))
        })
      for session in 0..<sessions {
        let numbers = try (0..<statements).filter { $0 * sessions / statements == session }.enumerated().map {
          ParagraphsNumbered.Number(try RecordID("e-\($0.element)"), String($0.offset + 1))
        }
        events.append(
          ParagraphsNumbered(
            issue: 1, session: try SessionID("session-\(session)"), ordinal: String(session + 1),
            numbers: numbers))
      }
    }
    for start in stride(from: 0, to: events.count, by: 1_000) {
      _ = try await log.append(
        AppendRequest(
          conference: conference, commandID: UUID().uuidString.lowercased(), request: sha256("\(start)"),
          actor: "bench", events: Array(events[start..<min(start + 1_000, events.count)])))
    }
    _ = try runPsql("vacuum (analyze) log.event, log.tag")
    // Builds the read models.
    try runPlenary("statement", "list", "--session", "session-0", "--json", "--conference", conference.slug)
  }

  /// Prints the proceedings of a debate three times.
  fileprivate func printing(
    _ debate: Debate, statements: Int, sessions: Int, seconds limit: Double, megabytes most: Int?
  ) async throws -> Figure {
    try await load(debate, statements: statements, sessions: sessions)
    let file = "\(server.home)/volume.pdf"
    say("printing \(statements) statements …")
    let prints = try (0..<3).map { _ in
      try runPlenary(
        "proceedings", "print", "--output", file, "--conference", "debate-\(statements)")
    }
    let seconds = median(prints.map(\.seconds))
    let megabytes = prints.map(\.megabytes).max() ?? 0
    let pages = try pageCount(file)
    let kept = seconds < limit && (most.map { megabytes < Double($0) } ?? true)
    return Figure(
      name: "(g) plenary proceedings print, \(statements) statements, \(pages) pages",
      measured: "\(tenths(seconds, 2)) s, \(Int(megabytes)) MB",
      limit: .absolute("< \(tenths(limit)) s" + (most.map { ", < \($0) MB" } ?? ""), kept: kept))
  }

  /// From the document's metadata, which says it as plain text.
  private func pageCount(_ file: String) throws -> Int {
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    guard let start = data.range(of: Data("<xmpTPg:NPages>".utf8)),
      let end = data.range(of: Data("<".utf8), in: start.upperBound..<data.endIndex)
    else { return 0 }
    return Int(String(decoding: data[start.upperBound..<end.lowerBound], as: UTF8.self)) ?? 0
  }
}
