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
    @OptionGroup var only: SessionFilterOptions
    @Option(help: "Only entries of this unknown or identified voice: red-tie.") var voice: String?
    @Option(help: "Only entries that are: draft, published, retracted, merged or expunged.") var status:
      Status?
    @OptionGroup var since: SinceOptions
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    enum Status: String, ExpressibleByArgument, CaseIterable {
      case draft, published, retracted, merged, expunged
    }

    private func state(of entry: EntryRow, isPublished: Bool) -> Status {
      if entry.expunction != nil { return .expunged }
      if entry.mergedInto != nil { return .merged }
      if entry.isRetracted { return .retracted }
      return isPublished ? .published : .draft
    }

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
      let numbers = view.model.fixedNumbers
      let filter = try only.filter(conference, in: program.model)
      let all = view.model.sessions(in: program.model)
        .filter { (wanted == nil || $0.id == wanted) && (only.isEmpty || filter.has($0)) }
        .flatMap { bySession[$0.id] ?? [] }
        .filter { voice == nil || $0.details.attribution.voice == voice }
        .filter { entry in
          status.map { $0 == state(of: entry, isPublished: numbers.printed(entry) != nil) } ?? true
        }
      let isChanged = try await since.filter(conference, upTo: view.checkpoint.position, inRecord: true)
      let entries = all.filter { entry in
        isChanged(entry.id.tag)
          && (search.isEmpty || search.areFound(in: entry.details.text.entries.map(\.text) + [entry.id.slug]))
      }
      if global.json { return try Console.json(.statementList, items: entries, at: view.checkpoint.position) }
      let sentences = conference.sentences(of: view, program)
      var table = TextTable("ENTRY", "NUMBER", "KIND", "TEXT")
      for entry in entries {
        let number = numbers.printed(entry)
        let status =
          switch state(of: entry, isPublished: number != nil) {
          case .draft, .published: ""
          case .merged: " (merged into \(entry.mergedInto!))"
          case .retracted: " (retracted)"
          case .expunged: " (expunged)"
          }
        table.add(
          entry.id.slug + status, number ?? "draft", entry.kind.rawValue,
          sentences[entry.id])
      }
      try table.print(
        tableOptions, title: "statements",
        nothing: wanted == nil && only.isEmpty && status == nil && voice == nil && search.isEmpty
          && since.since == nil
          ? "Nothing has been recorded yet; see “plenary statement record --help”."
          : "Nothing that is recorded matches.")
    }
  }
}
