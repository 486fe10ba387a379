import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

struct SpeakerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speaker", abstract: "The people on the program: their names and affiliations.",
    subcommands: [
      Register.self, Revise.self, Affiliate.self, Assign.self, Unassign.self, Unavailable.self,
      Withdraw.self, Reinstate.self, List.self, Show.self, Contact.self,
    ])

  struct NameOptions: ParsableArguments {
    @Option(help: "“Family, Given” or the whole name, once a language: zh=冯,绍雷.")
    var name: [LocalizedArgument] = []
    @Option(help: "Which comes first (default: what is usual in each language).")
    var nameOrder: NameOrder?
    @Option(help: "What the index sorts by (default: family name, given name).") var sortKey: String?
    @Option(help: "A short biography, once a language.") var biography: [LocalizedArgument] = []
    @Option(help: "How the name is said, once a language: “fung shao-LAY”.")
    var pronunciation: [LocalizedArgument] = []
  }

  struct Register: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "register", abstract: "Enter a speaker.",
      discussion: """
        Example: plenary speaker register feng-shaolei --name "en=Feng, Shaolei" --name "zh=冯,绍雷" \
        --name-order family-first
        """)
    @Argument(help: "A short name, for ever: feng-shaolei.") var person: String
    @OptionGroup var name: NameOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try PersonID(person)
      let desk = try await global.desk()
      guard
        let full = try name.name.personName(name.nameOrder, sortKey: name.sortKey, desk.languages)
      else { throw ValidationError("Missing expected argument '--name <name>'") }
      let biography = try name.biography.localized("biography", .paragraphs, desk.languages)
      try await desk.change(
        Speakers.self,
        .register(
          id, full, biography: biography,
          pronunciation: name.pronunciation.localized("pronunciation", desk.languages), []),
        change, global)
    }
  }

  struct Revise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise",
      abstract: "Put a speaker's name or biography right; a new name replaces all its forms.")
    @Argument var person: String
    @OptionGroup var name: NameOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try PersonID(person)
      let desk = try await global.desk()
      let full = try name.name.personName(name.nameOrder, sortKey: name.sortKey, desk.languages)
      if full == nil, name.sortKey != nil {
        throw ValidationError("--sort-key goes with the whole name: give --name too.")
      }
      let biography = try name.biography.localized("biography", .paragraphs, desk.languages)
      try await desk.change(
        Speakers.self,
        .revise(
          id, full, biography: biography,
          pronunciation: name.pronunciation.localized("pronunciation", desk.languages)),
        change, global)
    }
  }

  struct Affiliate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "affiliate", abstract: "State an affiliation, as one more; or take one back.",
      discussion: """
        Example: plenary speaker affiliate feng-shaolei --position Director \
        --unit "Center for Russian Studies" --organisation "East China Normal University"
        """)
    @Argument var person: String
    @Option(help: "The office, once a language.") var position: [LocalizedArgument] = []
    @Flag(help: "An honorary office.") var honorary = false
    @Flag(help: "An office once held.") var former = false
    @Option(help: "From the smallest unit up, one each; en=…;zh=… for several languages.")
    var unit: [LocalizedArgument] = []
    @Option(help: "Once a language.") var organisation: [LocalizedArgument] = []
    @Option(help: "What is printed (default: made of the parts), once a language.")
    var asPrinted: [LocalizedArgument] = []
    @Option(help: "Take back the affiliation of this number (see speaker show).") var remove: Int?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if (remove == nil) == organisation.isEmpty {
        throw ValidationError("Give --organisation to state an affiliation, or --remove NUMBER.")
      }
    }

    func run() async throws {
      let id = try PersonID(person)
      let desk = try await global.desk()
      let languages = desk.languages
      if let remove {
        return try await desk.change(
          Speakers.self, .removeAffiliation(id, number: remove), change, global)
      }
      guard let organisation = try organisation.localized("organisation", languages) else { return }
      let affiliation = try Affiliation(
        position: position.localized("position", languages), honorary: honorary, former: former,
        units: unit.separately("unit", languages), organisation: organisation,
        asPrinted: asPrinted.localized("affiliation as printed", languages))
      try await desk.change(Speakers.self, .affiliate(id, affiliation), change, global)
    }
  }

  struct Assign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "assign", abstract: "Give a speaker a part in a session.")
    @Argument var person: String
    @Argument var session: String
    @Option(name: .customLong("as"), help: "The part.")
    var role: SessionRole = .speaker
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let part = Sessions.Part(role, try PersonID(person))
      let id = try SessionID(session)
      try await global.desk().change(.assign(id, part), change, global)
    }
  }

  struct Unassign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "unassign", abstract: "Take a part in a session back.")
    @Argument var person: String
    @Argument var session: String
    @Option(name: .customLong("as"), help: "The part.")
    var role: SessionRole = .speaker
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let part = Sessions.Part(role, try PersonID(person))
      let id = try SessionID(session)
      try await global.desk().change(.unassign(id, part), change, global)
    }
  }

  struct Unavailable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "unavailable", abstract: "Say when a speaker cannot be there; or take it back.",
      discussion: """
        Example: plenary speaker unavailable li-wei --from "2016-03-25 09:00" --until 12:00
        """)
    @Argument var person: String
    @Option(help: "2016-03-25 09:00") var from: String?
    @Option(help: "12:00, or with its date.") var until: String?
    @Option(help: "Take back the time of this number (see speaker show).") var remove: Int?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if (remove == nil) == (from == nil) || (from == nil) != (until == nil) {
        throw ValidationError("Give --from and --until, or --remove NUMBER.")
      }
    }

    func run() async throws {
      let id = try PersonID(person)
      let desk = try await global.desk()
      guard let from, let until else {
        return try await desk.change(
          Availability.self, .remove(id, number: remove ?? 0), change, global)
      }
      let times = try desk.times()
      let start = try times.read(from)
      try await desk.change(
        Availability.self,
        .state(
          id, from: start, until: times.read(until, day: start.date), waivers: change.waivers()),
        change, global)
    }
  }

  struct Reinstate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reinstate",
      abstract: "A speaker who withdrew comes after all; their parts are assigned anew.")
    @Argument var person: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try PersonID(person)
      try await global.desk().change(Speakers.self, .reinstate(id), change, global)
    }
  }

  struct Withdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw", abstract: "A speaker will not come: all their sessions lose them.")
    @Argument var person: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try PersonID(person)
      try await global.desk().change(Speakers.self, .withdraw(id), change, global)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the speakers by their sort keys.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let people = try await desk.view(ProgramModel.self, read).model.orderedPeople
      if global.json { return try Console.json(people) }
      var table = TextTable("NAME", "SPEAKER", "SESSIONS", "AFFILIATION")
      for person in people {
        table.add(
          person.person.slug + (person.withdrawn ? " (withdrawn)" : ""),
          person.name.forms.map(\.printed).joined(separator: " · "), "\(person.sessions.count)",
          person.affiliations.first.map { desk.text($0.affiliation.asPrinted)! })
      }
      table.print(nothing: "No speakers yet; enter one with “plenary speaker register NAME --name …”.")
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a speaker.")
    @Argument var person: String
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try PersonID(person)
      let desk = try await global.desk()
      let model = try await desk.view(ProgramModel.self, read).model
      guard let row = model.people[id.slug] else {
        throw Failure(.refused, Speakers.Refusal.unknown(id).description)
      }
      if global.json { return try Console.json(row) }
      var particulars = Particulars()
      particulars.add("name", id.slug)
      for form in row.name.forms { particulars.add(form.language.tag, form.printed) }
      particulars.add("sort key", row.name.sortKey)
      if row.withdrawn { particulars.add("", "WITHDRAWN") }
      for stated in row.affiliations {
        let kind = [
          stated.affiliation.honorary ? " (honorary)" : "", stated.affiliation.former ? " (former)" : "",
        ].joined()
        particulars.add(
          "affiliation \(stated.number)\(kind)",
          stated.affiliation.asPrinted.inAllLanguages(desk.languages))
      }
      for session in row.sessions {
        let roles = model.sessions[session.slug]?.parts.filter { $0.person == id }.map(\.role.rawValue)
        particulars.add((roles ?? []).joined(separator: ", "), session.slug)
      }
      particulars.add("pronunciation", row.pronunciation?.inAllLanguages(desk.languages))
      for time in row.unavailable {
        particulars.add(
          "unavailable \(time.number)",
          "\(time.from.date) \(time.from.clock) to \(time.until.date) \(time.until.clock)")
      }
      particulars.add("biography", row.biography?.inAllLanguages(desk.languages))
      particulars.print()
    }
  }
}
