import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Register: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "register", abstract: "Register a speaker.",
      discussion: """
        Example: plenary speaker register feng-shaolei --name "en=Feng, Shaolei" --name "zh=冯,绍雷" \
        --name-order family-first

        A name in one language, with an affiliation and an address: plenary speaker register ada-okafor --given Ada \
        --family Okafor --position Director --organisation "Grid Institute" --email ada@example.org

        Without a short name, one is made from the name and printed: plenary speaker register --name "Nowak, Paweł" registers \
        pawel-nowak.
        """)
    @Argument(help: "Permanent short name, e.g. feng-shaolei (default: made from the name).") var person:
      String?
    @Option(help: "Given name, instead of --name: Shaolei.") var given: String?
    @Option(help: "Family name, instead of --name: Feng.") var family: String?
    @OptionGroup var details: DetailsOptions
    @Option(help: "Position, e.g. Director. Repeat once per language: en=… zh=….")
    var position: [LocalizedArgument] = []
    @Option(help: "Organisation. Repeat once per language: en=… zh=….")
    var organisation: [LocalizedArgument] = []
    @Option(help: "E-mail address, which is stored encrypted: feng@example.org.") var email: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if given != nil || family != nil {
        if !details.name.isEmpty { throw ValidationError("--given and --family are used instead of --name.") }
        if given == nil || family == nil { throw ValidationError("--given and --family go together.") }
      }
      if !position.isEmpty, organisation.isEmpty {
        throw ValidationError("--position requires --organisation.")
      }
    }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<PeopleEvent>
    {
      try await conference.naming(
        person, \PersonID.tag, by: { Called(try wanted($0.languages).name) }, context
      ) { try await register($0, in: conference, context) }
    }

    private func register(_ id: PersonID, in conference: ConferenceToChange, _ context: CommandContext)
      async throws -> Outcome<PeopleEvent>
    {
      guard let email = try email.map({ try EmailAddress($0) }) else {
        return try await conference.registering {
          try await conference.change(Speakers.self, context) { conference in
            .register(
              SpeakerRegistered(person: id, details: try wanted(conference.languages)),
              try affiliations(conference.languages))
          }
        }
      }
      return try await conference.registering(reachableAt: email) {
        try await conference.change(
          Speakers.self, of: id.tag, context, sealing: { _ in SpeakerContact(email: email) },
          command: { conference, contact in
            .registerReachable(
              SpeakerRegistered(person: id, details: try wanted(conference.languages)),
              try affiliations(conference.languages), contact)
          })
      }
    }

    private func wanted(_ languages: [Language]) throws -> SpeakerDetails {
      var changes = try details.changes(languages)
      if let given, let family {
        let parts = [family, given].map { $0.replacing(",", with: " ") }
        changes.name = try PersonName(
          [NameForm(parts.joined(separator: ", "), in: languages[0], order: details.nameOrder)],
          sortKey: details.sortKey, order: details.nameOrder)
      }
      guard let details = SpeakerDetails(changes) else {
        throw ValidationError("Missing expected argument '--name <name>'")
      }
      return details
    }

    private func affiliations(_ languages: [Language]) throws -> [Affiliation] {
      guard let organisation = try organisation.localized("organisation", languages) else { return [] }
      return [
        Affiliation(position: try position.localized("position", languages), organisation: organisation)
      ]
    }
  }
}
