import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff", abstract: "Compare two states of the program.",
      discussion: """
        A..B compares two states. Each of them is one of these:
          1.0               the program as it was released under this version
          120               the program at this position of the log, released or not
          2016-03-25 09:00  the program at this time, released or not
          released          the program as last released
          present           the program as it is now

        If a text is both a version and something else, it is read as the version. A.. means A..present. \
        Without A..B, the last release is compared with the present.

        --format pdf prints a change sheet; with --paper a5 it is a slip to lay into a booklet.

        Examples: plenary program diff 1.0..1.1; plenary program diff 120.. --only-day 2016-03-25
        """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case text, json, pdf }

    @Argument(
      help: ArgumentHelp(
        "States to compare: 1.0..1.1 or 120.. (default: the last release with the present).",
        valueName: "a..b")) var range: String?
    @Option(help: "Output format; pdf is a change sheet.") var format: Form = .text
    @Option(help: "Only sessions that are or were in this track: economy.") var onlyTrack: String?
    @Option(help: "Only sessions that are or were on this day: 2016-03-25.") var onlyDay: String?
    @Option(help: "Paper of the change sheet: a4, letter, a3, or a5 for a slip (default: a4).")
    var paper: Paper?
    @Flag(help: "Print the change sheet without colours.") var grey = false
    @OptionGroup var characters: CharacterOptions
    @OptionGroup var templates: TemplateOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if global.json, format == .pdf {
        throw ValidationError("--json and --format pdf cannot both be given.")
      }
      try templates.validate(format: format.rawValue)
      if format != .pdf, print.output != nil || paper != nil || grey || characters.replaceMissing {
        throw ValidationError("--output, --paper, --grey and --replace-missing require --format pdf.")
      }
    }

    func run() async throws {
      let track = try onlyTrack.map { try TrackID($0) }
      let day = try onlyDay.map { try CalendarDate($0) }
      let conference = try await global.conferenceContext()
      let (before, after) = try await conference.states(range)
      let isMeant: ((SessionRow) -> Bool)? =
        track == nil && day == nil
        ? nil
        : { session in
          (track.map { $0 == session.details.track } ?? true)
            && (day.map { day in session.liveSlots.contains { after.program.day(of: $0.slot) == day } }
              ?? true)
        }
      if let track, before.program.tracks[track.slug] == nil, after.program.tracks[track.slug] == nil {
        throw Failure(.refused, "There is no track “\(track)” in either state; see “plenary track list”.")
      }
      var settings = try print.settings(conference)
      settings.paper = paper?.rawValue
      settings.grey = grey ? true : nil
      characters.apply(to: &settings)
      if format == .pdf {
        let publication = ProgramPublication(
          after.program, after.checkpoint, conference: conference.id, settings)
        let sheet = publication.changeSheet(
          from: before.program, before.since, released: after.version, only: isMeant)
        let data = try await templates.printer(conference).pdf(sheet)
        try print.write(
          data, default: print.name(conference, "changes", range, onlyTrack, onlyDay, suffix: "pdf"),
          isPrivate: false)
        LeftOut.tell(from: data)
        return
      }
      var diff = ProgramDiff(from: before.program, to: after.program)
      if let isMeant { diff = diff.only(isMeant) }
      if global.json || format == .json {
        return try Console.json(.programDiff, Report(from: before.named, to: after.named, diff: diff))
      }
      if settings.languages == nil {
        // Labels are in English, like the command's own output; texts are in the conference's
        // languages.
        settings.languages = conference.languages + [.english]
      }
      let publication = ProgramPublication(
        after.program, after.checkpoint, conference: conference.id, settings)
      let listing = ChangeListing(
        diff, ChangeWords(from: before.program, to: publication), before.program, after.program,
        languages: settings.languages ?? conference.languages)
      Console.print(Console.bold("Changes from \(before.described) to \(after.described)"))
      if diff.isEmpty { Console.print("No differences.") } else { listing.print() }
    }

    struct Report: Encodable {
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

extension ProgramState {
  fileprivate var named: ProgramCommand.Diff.Report.State {
    .init(name: name, position: checkpoint.position, released: kind == .released)
  }
}
