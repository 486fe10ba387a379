import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProceedingsCommand {
  struct Describe: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "describe",
      abstract: "State the record's own titles, summary, imprint and notes. Fields not given stay unchanged.",
      discussion: """
        The formal title, the short title and the organisations are the conference's: see “plenary conference \
        revise”. Example: plenary proceedings describe --series "Shanghai conferences" --series-number 3 \
        --publisher "East China Normal University" --identifier none
        """)
    @Option(help: "Title of the record, if not the conference's. Repeat once per language: en=… zh=….")
    var headline: [LocalizedArgument] = []
    @Option(help: "Name by which the conference is known. Repeat once per language: en=… zh=….")
    var brand: [LocalizedArgument] = []
    @Option(help: "Series of conferences. Repeat once per language: en=… zh=….")
    var series: [LocalizedArgument] = []
    @Option(parsing: .unconditional, help: "The conference's number in the series: 3.") var seriesNumber: Int?
    @Option(help: "Place and date above the text. Repeat once per language: en=… zh=….")
    var dateline: [LocalizedArgument] = []
    @Option(help: "Summary in words of its own. Repeat once per language: en=… zh=….")
    var summary: [LocalizedArgument] = []
    @Option(
      parsing: .upToNextOption,
      help:
        "Summary in the words of these entries: e-7k3m9q2x, or published numbers: 1.12 1.13. They stay as they are in the record."
    )
    var summaryFrom: [String] = []
    @Option(help: "How the record was made and is to be read. Repeat once per language: en=… zh=….")
    var note: [LocalizedArgument] = []
    @Option(help: "Publisher. Repeat once per language: en=… zh=….") var publisher: [LocalizedArgument] = []
    @Option(help: "Identifier: isbn=…, issn=…, doi=…, urn=…, or none. May be repeated.")
    var identifier: [String] = []
    @Option(help: "Licence: “CC BY 4.0”. Repeat once per language: en=… zh=….")
    var licence: [LocalizedArgument] = []
    @Option(help: "How to cite the record (default: composed). Repeat once per language: en=… zh=….")
    var citation: [LocalizedArgument] = []
    @Option(help: "Whom the list of participants names (default: speakers).")
    var participants: ParticipantList?
    @Option(help: "Times, places and chairs that nobody stated (default: left-out).") var unstated: Unstated?
    @Option(help: "Remove these fields: --clear series --clear identifiers.")
    var clear: [FrontMatterDetails.Field] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if let seriesNumber, !(1...100_000).contains(seriesNumber) {
        throw ValidationError("--series-number takes a number from 1 to 100000, not \(seriesNumber).")
      }
    }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      var entries: [RecordID] = []
      for entry in summaryFrom { entries.append(try await conference.entry(entry)) }
      return try await conference.change(FrontMatter.self, context) { [entries] in
        try command($0, summaryFrom: entries)
      }
    }

    private func command(_ conference: ConferenceFacts, summaryFrom entries: [RecordID]) throws
      -> FrontMatter.Command
    {
      let languages = try conference.languages
      var changes = FrontMatterDetails.Changes()
      for field in FrontMatterDetails.Field.allCases {
        switch field {
        case .headline: changes.headline = try headline.localized("headline", languages)
        case .brand: changes.brand = try brand.localized("brand", languages)
        case .series: changes.series = try series.localized("series", languages)
        case .seriesNumber: changes.seriesNumber = seriesNumber
        case .dateline: changes.dateline = try dateline.localized("dateline", languages)
        case .summary: changes.summary = try summary.localized("summary", .paragraphs, languages)
        case .summaryFrom: changes.summaryFrom = entries.isEmpty ? nil : entries
        case .note: changes.note = try note.localized("note", .paragraphs, languages)
        case .publisher: changes.publisher = try publisher.localized("publisher", languages)
        case .identifiers:
          changes.identifiers =
            identifier.isEmpty ? nil : try identifier.map { try PublicationIdentifier($0) }
        case .licence: changes.licence = try licence.localized("licence", languages)
        case .citation: changes.citation = try citation.localized("citation", .paragraphs, languages)
        case .participants: changes.participants = participants
        case .unstated: changes.unstated = unstated
        }
      }
      changes = try changes.clearing(clear)
      if changes.isEmpty { throw ValidationError("Give what to state or to --clear.") }
      return .describe(changes)
    }
  }
}

extension DetailsList {
  /// What the record says about itself.
  mutating func add(_ details: FrontMatterDetails, _ languages: [Language]) {
    for field in FrontMatterDetails.Field.allCases {
      let text: String? =
        switch field {
        case .headline: details.headline?.inAllLanguages(languages)
        case .brand: details.brand?.inAllLanguages(languages)
        case .series: details.series?.inAllLanguages(languages)
        case .seriesNumber: details.seriesNumber.map(String.init)
        case .dateline: details.dateline?.inAllLanguages(languages)
        case .summary: details.summary?.inAllLanguages(languages)
        case .summaryFrom: details.summaryFrom?.map(\.slug).joined(separator: ", ")
        case .note: details.note?.inAllLanguages(languages)
        case .publisher: details.publisher?.inAllLanguages(languages)
        case .identifiers: details.identifiers?.map(\.description).joined(separator: ", ")
        case .licence: details.licence?.inAllLanguages(languages)
        case .citation: details.citation?.inAllLanguages(languages)
        case .participants: details.participants?.rawValue
        case .unstated: details.unstated?.rawValue
        }
      add(field.noun, text)
    }
  }
}

extension FrontMatterDetails.Field {
  /// `series number`
  var noun: String {
    rawValue.reduce(into: "") { $0 += $1.isUppercase ? " " + $1.lowercased() : String($1) }
  }
}
