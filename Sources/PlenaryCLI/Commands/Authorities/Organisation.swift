import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Vocabulary

struct OrganisationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "organisation",
    abstract: "Manage the organisations that the record mentions: names, abbreviations, parents.",
    discussion: """
      Texts of the record mark an organisation as [[org:eaeu]], which prints its registered name, or as \
      [[org:eaeu|the Union]]. The index of organisations and the list of abbreviations come from these marks.
      """,
    subcommands: [Add.self, Revise.self, List.self, Show.self])

  struct DetailsOptions: ParsableArguments {
    @Option(help: "Name as printed (“add” requires it). Repeat once per language: en=… zh=….")
    var name: [LocalizedArgument] = []
    @Option(help: "Abbreviation: AIIB. Repeat once per language: en=… zh=….")
    var abbreviation: [LocalizedArgument] = []
    @Option(
      help: "What the abbreviation stands for (default: the name). Repeat once per language: en=… zh=….")
    var expansion: [LocalizedArgument] = []
    @Option(help: "Who expanded the abbreviation (default: editors).") var expandedBy: Expander?
    @Option(help: "The organisation that it is a part of: ecnu.") var parent: String?
    @Option(
      help: ArgumentHelp(
        "Relation to another organisation: brand-of=valdai-foundation. Repeat for several. Kinds: "
          + OrganisationRelation.Kind.allCases.map(\.rawValue).joined(separator: ", ") + ".",
        valueName: "kind=organisation"))
    var relation: [OrganisationRelation] = []
    @Option(help: "What readers should know about the name. Repeat once per language: en=… zh=….")
    var note: [LocalizedArgument] = []
    @Option(help: "Where the note comes from. Repeat once per language: en=… zh=….")
    var source: [LocalizedArgument] = []
    @Option(help: "Whether what the note says is agreed (default: settled).") var status: AuthorityStatus?

    func changes(_ languages: [Language]) throws -> OrganisationDetails.Changes {
      var changes = OrganisationDetails.Changes()
      for field in OrganisationDetails.Field.allCases {
        switch field {
        case .name: changes.name = try name.localized("organisation's name", languages)
        case .abbreviation: changes.abbreviation = try abbreviation.localized("abbreviation", languages)
        case .expansion: changes.expansion = try expansion.localized("expansion", languages)
        case .expandedBy: changes.expandedBy = expandedBy
        case .parent: changes.parent = try parent.map { try OrganisationID($0) }
        case .relations: changes.relations = relation.isEmpty ? nil : relation
        case .note: changes.note = try note.localized("note", languages)
        case .source: changes.source = try source.localized("source", languages)
        case .status: changes.status = status
        }
      }
      return changes
    }
  }

  struct Add: DecidedChange {
    typealias Domain = Organisations

    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add an organisation.",
      discussion: """
        Example: plenary organisation add aiib --name "Asian Infrastructure Investment Bank" \
        --abbreviation AIIB --expanded-by editors
        """)
    @Argument(help: "Permanent short name, as marks use it: eaeu.") var organisation: String
    @OptionGroup var details: DetailsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Organisations.Command {
      let id = try OrganisationID(organisation)
      guard let details = OrganisationDetails(try details.changes(conference.languages)) else {
        throw ValidationError("Missing expected argument '--name <name>'")
      }
      return .add(OrganisationAdded(organisation: id, details: details))
    }
  }

  struct Revise: DecidedChange {
    typealias Domain = Organisations

    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change an organisation's details; what you leave out stays the same.")
    @Argument(help: "The organisation's short name: eaeu.") var organisation: String
    @OptionGroup var details: DetailsOptions
    @Option(help: "Remove these fields: --clear parent --clear note.")
    var clear: [OrganisationDetails.Field] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Organisations.Command {
      let id = try OrganisationID(organisation)
      let changes = try details.changes(conference.languages).clearing(clear)
      return .revise(OrganisationRevised(organisation: id, changes: changes))
    }
  }

  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the organisations that the record can mention.")
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProceedingsModel.self, read)
      let rows = view.model.organisations.rows.inIndexOrder(
        of: { conference.text($0.details.name) ?? "" }, then: \.id)
      if global.json { return try Console.json(.organisationList, items: rows, at: view.checkpoint.position) }
      var table = TextTable("NAME", "ORGANISATION", "ABBREVIATION", "PART OF")
      for row in rows {
        table.add(
          row.id.slug, conference.text(row.details.name), conference.text(row.details.abbreviation),
          row.details.parent?.slug)
      }
      try table.print(
        tableOptions, title: "organisations",
        nothing: "There are no organisations yet; add one with “plenary organisation add NAME --name …”.")
    }
  }

  struct Show: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show an organisation, and the entries that mention it.")
    @Argument(help: "The organisation's short name: eaeu.") var organisation: String
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try OrganisationID(organisation)
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProceedingsModel.self, read)
      let model = view.model
      guard let row = model.organisations[id.slug] else { throw Refused(Organisations.Refusal.unknown(id)) }
      if global.json { return try Console.json(.organisationShow, row, at: view.checkpoint.position) }
      var list = DetailsList()
      list.add("name", id.slug)
      for field in OrganisationDetails.Field.allCases {
        switch field {
        case .name: list.add("organisation", row.details.name.inAllLanguages(conference.languages))
        case .abbreviation:
          list.add("abbreviation", row.details.abbreviation?.inAllLanguages(conference.languages))
        case .expansion: list.add("expansion", row.details.expansion?.inAllLanguages(conference.languages))
        case .expandedBy: list.add("expanded by", row.details.expandedBy?.rawValue)
        case .parent: list.add("part of", model.ancestors(of: id).map(\.slug).joined(separator: " → "))
        case .relations:
          // Also those that the other organisations state.
          for relation in model.relations(of: id) {
            list.add(relation.kind.rawValue.replacing("-", with: " "), relation.organisation.slug)
          }
        case .note: list.add("note", row.details.note?.inAllLanguages(conference.languages))
        case .source: list.add("source", row.details.source?.inAllLanguages(conference.languages))
        case .status: list.add("status", row.details.status?.rawValue)
        }
      }
      let mentioning = model.entries.rows.filter { entry in
        !entry.isSilent && entry.details.slugs(.organisation).contains(id.slug)
      }
      list.add("mentioned in", mentioning.map(\.id.slug).sorted().joined(separator: ", "))
      list.print()
    }
  }
}

extension OrganisationRelation: ExpressibleByArgument {
  package init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let kind = Kind(rawValue: parts[0]), let other = try? OrganisationID(parts[1])
    else { return nil }
    self.init(kind, other)
  }

  package static var allValueStrings: [String] { Kind.allCases.map { "\($0.rawValue)=NAME" } }
}

extension Expander: ExpressibleByArgument {}

extension AuthorityStatus: ExpressibleByArgument {}

extension OrganisationDetails.Field: ExpressibleByArgument {}
