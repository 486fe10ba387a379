import ArgumentParser
import EventLog
import Foundation
import Plenary
import Postgres
import PostgresLog
import ProjectionRunner
import ReadModels
import Publishing
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff", abstract: "Show what differs between two states of the program.",
      discussion: """
        A..B compares two of these: a release by its version, a position of the log, a time (2016-03-25 09:00), \
        “released” (as the public knows the program now) or “present” (as it stands). A release's version \
        means the program as the public knew it from then on, a position or a time the program as it stood. \
        What could be a version and something else is the version. A.. means A..present; without any, the last \
        release is compared with the present.

        --format pdf prints a change sheet; --paper a5 makes it a slip to be laid into a booklet.

        Examples: plenary program diff 1.0..1.1; plenary program diff 120.. --only-day 2016-03-25
        """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case text, json, pdf }
    enum Paper: String, ExpressibleByArgument, CaseIterable { case a4, letter, a5, a3 }

    @Argument(help: ArgumentHelp("What is compared with what.", valueName: "a..b")) var range: String?
    @Option(help: "text, json or pdf (a change sheet).") var format: Form = .text
    @Option(help: "Only the sessions that are or were in this track.") var onlyTrack: String?
    @Option(help: "Only the sessions that are or were on this day: 2016-03-25.") var onlyDay: String?
    @Option(help: "Of the change sheet: a4, letter, a3, or a5 for a slip.") var paper: Paper?
    @Flag(help: "The change sheet without colours.") var grey = false
    @OptionGroup var print: PrintOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if global.json, format == .pdf {
        throw ValidationError("--json and --format pdf cannot both be given.")
      }
    }

    func run() async throws {
      let track = try onlyTrack.map { try TrackID($0) }
      let day = try onlyDay.map { try CalendarDate($0) }
      let desk = try await global.desk()
      let (before, after) = try await desk.states(range)
      let isMeant: ((SessionRow) -> Bool)? =
        track == nil && day == nil
        ? nil
        : { session in
          (track.map { $0 == session.particulars.track } ?? true) && (day.map(session.isOn) ?? true)
        }
      if let track, before.program.tracks[track.slug] == nil, after.program.tracks[track.slug] == nil {
        throw Failure(.refused, "There is no track “\(track)” in either state; see “track list”.")
      }
      var settings = try print.settings()
      settings.paper = paper?.rawValue
      settings.grey = grey ? true : nil
      if format == .pdf {
        let publication = ProgramPublication(
          after.program, after.checkpoint, conference: desk.conference, settings)
        let sheet = publication.changeSheet(
          from: before.program, before.since, released: after.version, only: isMeant)
        return try print.write(
          try await print.pdf(sheet), default: "\(desk.conference)-changes.pdf")
      }
      var diff = ProgramDiff(from: before.program, to: after.program)
      if let isMeant { diff = diff.only(isMeant) }
      if global.json || format == .json {
        return try Console.json(Report(from: before.named, to: after.named, diff: diff))
      }
      if settings.languages == nil {
        // Labels are English, as all of the command's own words; texts are the conference's.
        settings.languages = desk.languages + [.english]
      }
      let publication = ProgramPublication(
        after.program, after.checkpoint, conference: desk.conference, settings)
      let listing = ChangeListing(
        diff, ChangeWords(from: before.program, to: publication), before.program, after.program,
        languages: settings.languages ?? desk.languages)
      Console.print(Console.bold("Changes from \(before.described) to \(after.described)"))
      if diff.isEmpty { Console.print("Nothing differs.") } else { listing.print() }
    }

    fileprivate struct Report: Encodable {
      struct State: Encodable {
        var name: String
        var position: Int
        var released: Bool
      }
      var from: State
      var to: State
      var diff: ProgramDiff

      enum CodingKeys: CodingKey { case from, to }
      func encode(to encoder: any Encoder) throws {
        try diff.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(from, forKey: .from)
        try container.encode(to, forKey: .to)
      }
    }
  }
}

// MARK: The two states

/// A state of the program, as it was asked for.
private struct ProgramState {
  enum Kind { case stood, released }
  let name: String
  let kind: Kind
  let program: ProgramModel
  let checkpoint: Checkpoint

  /// The release that it is.
  var release: ReleaseRow? {
    kind == .released ? program.orderedReleases.last : nil
  }
  var version: String? { release?.particulars.version }

  var since: ChangesSince {
    release.map(ChangesSince.release) ?? .position(checkpoint.position, checkpoint.lastEventAt)
  }

  var described: String {
    let place = "position \(checkpoint.position)"
    return version.map { "version \($0) (\(place))" } ?? "the program at \(place)"
  }

  var named: ProgramCommand.Diff.Report.State {
    .init(name: name, position: checkpoint.position, released: kind == .released)
  }
}

extension Desk {
  /// The two states that `A..B` names.
  fileprivate func states(_ range: String?) async throws -> (ProgramState, ProgramState) {
    let releases = try await workspace.view(ProgramModel.self, of: conference, .head)
    let known = releases.model.orderedReleases
    let head = releases.checkpoint.position
    let (from, to) = Self.ends(range ?? "")
    guard let from = from ?? known.last?.particulars.version else {
      throw Failure(
        .refused, "The program was never released; say what to compare, for example “program diff 1..”.")
    }
    var ends: [(name: String, kind: ProgramState.Kind, position: Int)] = []
    for name in [from, to ?? "present"] {
      let (kind, position) = try await end(name, known, head: head)
      ends.append((name, kind, position))
    }
    let positions = ends.map(\.position)
    let folded = try await workspace.connection.run { [conference] in
      try Projectors(conference).asOf(PublicProgram.self, at: positions, $0)
    }
    let states = try zip(ends, folded).map { end, folded in
      let (program, checkpoint) = folded
      guard let model = end.kind == .stood ? program.present : program.released else {
        throw Failure(.refused, "The program was not released by then; see “conference show”.")
      }
      return ProgramState(name: end.name, kind: end.kind, program: model, checkpoint: checkpoint)
    }
    return (states[0], states[1])
  }

  /// What stands on either side of `..`; nil for nothing.
  private static func ends(_ range: String) -> (String?, String?) {
    func end(_ text: Substring) -> String? {
      let text = trimming(text)
      return text.isEmpty ? nil : text
    }
    guard let dots = range.firstRange(of: "..") else { return (end(range[...]), nil) }
    return (end(range[..<dots.lowerBound]), end(range[dots.upperBound...]))
  }

  private func end(_ name: String, _ releases: [ReleaseRow], head: Int) async throws
    -> (ProgramState.Kind, Int)
  {
    if let release = releases.first(where: { $0.particulars.version == name }) {
      return (.released, release.origin.position)
    }
    if name == "present" { return (.stood, head) }
    if name == "released" {
      if releases.isEmpty { throw Failure(.refused, "The program was never released.") }
      return (.released, head)
    }
    if let position = Int(name) {
      guard (1...head).contains(position) else {
        throw Failure(
          .refused, "There is no position \(position); the log of \(conference) goes from 1 to \(head).")
      }
      return (.stood, position)
    }
    guard let time = try? Timestamp(name) ?? times().read(name).instant else {
      let versions = releases.map(\.particulars.version).joined(separator: ", ")
      throw Failure(
        .refused,
        "“\(excerpt(name))” is no release\(versions.isEmpty ? "" : " (there are \(versions))"); give a version, a "
          + "position, a time such as 2016-03-25 09:00, “released” or “present”.")
    }
    let position = try await workspace.connection.run { [conference] in
      try EventStream.position(of: conference, at: time, $0)
    }
    guard position > 0 else { throw Failure(.refused, "There was nothing of \(conference) yet at \(time).") }
    return (.stood, position)
  }
}

// MARK: For people

/// A diff as a terminal shows it: by day and session, what it was beside what it is.
private struct ChangeListing {
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
      if session.slot.start.date != day {
        day = session.slot.start.date
        Console.print("\n" + Console.bold("\(session.slot.start.date)"))
      }
      print(session)
    }
    head("Rooms and venues")
    for venue in diff.venues {
      print((after.venues[venue.id.slug] ?? before.venues[venue.id.slug])?.particulars.name, venue)
    }
    for room in diff.rooms {
      print((after.rooms[room.id.slug] ?? before.rooms[room.id.slug])?.particulars.name, room)
    }
    head("Tracks")
    for track in diff.tracks {
      print((after.tracks[track.id.slug] ?? before.tracks[track.id.slug])?.particulars.name, track)
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
    let slot = session.slot
    let room = (after.rooms[slot.room.slug] ?? before.rooms[slot.room.slug])?.particulars.name
    let fate: String =
      switch session.fate {
      case .cancelled: Console.red("cancelled")
      case .gone: Console.red("gone")
      case .reinstated: Console.green("reinstated")
      case .new: Console.green("new")
      case .moved: Console.yellow("moved")
      case .changed: Console.dim("changed")
      }
    let place = "\(slot.start.clock)–\(slot.end.clock)"
    Console.print(
      "  \(place)  \(Console.bold(text(session.row.particulars.title)))  \(fate)  "
        + Console.dim([session.session.slug, room.map(text)].compactMap(\.self).joined(separator: " · ")))
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
        for old in line.old { paragraph("- ", text(old), Console.red, indent: 15) }
        for new in line.new { paragraph("+ ", text(new), Console.green, indent: 15) }
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
  /// Its beginning, of at most so many characters.
  fileprivate func excerpted(_ limit: Int) -> String { count > limit ? prefix(limit) + "…" : self }
}

extension Console {
  fileprivate static func red(_ text: String) -> String { painted(text, "31") }
  fileprivate static func green(_ text: String) -> String { painted(text, "32") }
  fileprivate static func yellow(_ text: String) -> String { painted(text, "33") }
  fileprivate static func struck(_ text: String) -> String { painted(text, "9;2") }

  private static func painted(_ text: String, _ code: String) -> String {
    hasColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
