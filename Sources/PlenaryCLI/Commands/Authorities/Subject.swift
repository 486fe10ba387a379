import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Vocabulary

struct SubjectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "subject", abstract: "Manage the subjects under which the index lists the record.",
    discussion: """
      Texts of the record mark a subject where it is mentioned: [[subject:trade|trade in grain]]. The index of \
      subjects comes from these marks.
      """,
    subcommands: [Add.self, Revise.self, List.self])

  struct DetailsOptions: ParsableArguments {
    @Option(help: "Name in the index (“add” requires it). Repeat once per language: en=… zh=….")
    var name: [LocalizedArgument] = []
    @Option(help: "Abbreviation: SREB. Repeat once per language: en=… zh=….")
    var abbreviation: [LocalizedArgument] = []
    @Option(
      help: "What the abbreviation stands for (default: the name). Repeat once per language: en=… zh=….")
    var expansion: [LocalizedArgument] = []
    @Option(help: "Who expanded the abbreviation (default: editors).") var expandedBy: Expander?

    func changes(_ languages: [Language]) throws -> SubjectDetails.Changes {
      var changes = SubjectDetails.Changes()
      for field in SubjectDetails.Field.allCases {
        switch field {
        case .name: changes.name = try name.localized("subject's name", languages)
        case .abbreviation: changes.abbreviation = try abbreviation.localized("abbreviation", languages)
        case .expansion: changes.expansion = try expansion.localized("expansion", languages)
        case .expandedBy: changes.expandedBy = expandedBy
        }
      }
      return changes
    }
  }

  struct Add: DecidedChange {
    typealias Domain = Subjects

    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a subject.")
    @Argument(help: "Permanent short name, as marks use it: trade.") var subject: String
    @OptionGroup var details: DetailsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Subjects.Command {
      let id = try SubjectID(subject)
      guard let details = SubjectDetails(try details.changes(conference.languages)) else {
        throw ValidationError("Missing expected argument '--name <name>'")
      }
      return .add(SubjectAdded(subject: id, details: details))
    }
  }

  struct Revise: DecidedChange {
    typealias Domain = Subjects

    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a subject's details; what you leave out stays the same.")
    @Argument(help: "The subject's short name: trade.") var subject: String
    @OptionGroup var details: DetailsOptions
    @Option(help: "Remove these fields: --clear abbreviation.") var clear: [SubjectDetails.Field] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Subjects.Command {
      let id = try SubjectID(subject)
      let changes = try details.changes(conference.languages).clearing(clear)
      return .revise(SubjectRevised(subject: id, changes: changes))
    }
  }

  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the subjects that the record can mark.")
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProceedingsModel.self, read)
      let rows = view.model.subjects.rows.inIndexOrder(
        of: { conference.text($0.details.name) ?? "" }, then: \.id)
      if global.json { return try Console.json(.subjectList, items: rows, at: view.checkpoint.position) }
      var table = TextTable("NAME", "SUBJECT", "ABBREVIATION")
      for row in rows {
        table.add(row.id.slug, conference.text(row.details.name), conference.text(row.details.abbreviation))
      }
      try table.print(
        tableOptions, title: "subjects",
        nothing: "There are no subjects yet; add one with “plenary subject add NAME --name …”.")
    }
  }
}

extension SubjectDetails.Field: ExpressibleByArgument {}
