import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the entries of the record.",
      discussion: "Words are looked for in the texts and short names; accents, case and order do not matter.")
    @Argument(help: "Only entries with these words.") var words: [String] = []
    @Option(help: "Only entries of this session: opening.", completion: .sessions) var session: String?
    @Option(help: "Only entries of this unknown or identified voice: red-tie.") var voice: String?
    @OptionGroup var since: SinceOptions
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let voice = try voice.map { try VoiceID($0) }
      let conference = try await global.conferenceContext()
      let bound = try read.bound(conference)
      let (view, program) = try await conference.workspace.consistentViews(
        ProceedingsModel.self, of: conference.id, bound)
      let wanted = try session.map { try conference.session($0, in: program.model) }
      if let wanted, program.model.sessions[wanted.slug] == nil {
        throw Refused(Sessions.Refusal.unknownSession(wanted))
      }
      let bySession = view.model.entriesBySession
      let search = SearchWords(words.joined(separator: " "))
      let all = view.model.sessions(in: program.model).map(\.id)
        .filter { wanted == nil || $0 == wanted }.flatMap { bySession[$0] ?? [] }
        .filter { voice == nil || $0.details.attribution.voice == voice }
      let isChanged = try await since.filter(conference, upTo: view.checkpoint.position, inRecord: true)
      let entries = all.filter { entry in
        isChanged(entry.id.tag)
          && (search.isEmpty || search.areFound(in: entry.details.text.entries.map(\.text) + [entry.id.slug]))
      }
      if global.json { return try Console.json(.statementList, items: entries, at: view.checkpoint.position) }
      let numbers = view.model.fixedNumbers
      let sentences = conference.sentences(of: view, program)
      var table = TextTable("ENTRY", "NUMBER", "KIND", "TEXT")
      for entry in entries {
        let status =
          entry.expunction != nil
          ? " (expunged)"
          : entry.mergedInto.map { " (merged into \($0))" } ?? (entry.isRetracted ? " (retracted)" : "")
        table.add(
          entry.id.slug + status, numbers.printed(entry) ?? "draft", entry.kind.rawValue,
          sentences[entry.id])
      }
      try table.print(
        tableOptions, title: "statements",
        nothing: wanted == nil && voice == nil && search.isEmpty && since.since == nil
          ? "Nothing has been recorded yet; see “plenary statement record --help”."
          : "Nothing that is recorded matches.")
    }
  }
}
