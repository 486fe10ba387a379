import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

struct AttendeeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attendee",
    abstract: "Who is registered for the conference; their data are sealed, and can be erased.",
    subcommands: [
      Register.self, Revise.self, CheckIn.self, CheckOut.self, SignUp.self, SignOff.self, Withdraw.self,
      Erase.self, List.self, Show.self,
      Print.self,
    ])

  struct DetailsOptions: ParsableArguments {
    @Option(help: "“Family, Given” or the whole name, once a language.")
    var name: [LocalizedArgument] = []
    @Option(help: "Which comes first (default: what is usual in each language).")
    var nameOrder: NameOrder?
    @Option(help: "What lists sort by (default: family name, given name).") var sortKey: String?
    @Option var email: String?
    @Option(help: "Once a language.") var organisation: [LocalizedArgument] = []
    @Option(help: "Once a language.") var position: [LocalizedArgument] = []
    @Option(help: "As printed, once a language.") var country: [LocalizedArgument] = []
    @Option(help: "For the organizers: diet, access needs …") var note: String?

    func validate() throws {
      if let email, email.wholeMatch(of: /[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+/) == nil {
        throw ValidationError("--email takes an address such as anna@example.org.")
      }
    }

    /// What is given, over what is known.
    func details(_ known: AttendeeDetails?, _ languages: [Language]) throws -> AttendeeDetails {
      guard
        let name = try name.personName(nameOrder, sortKey: sortKey, languages) ?? known?.name
      else { throw ValidationError("Missing expected argument '--name <name>'") }
      return try AttendeeDetails(
        name: name, email: email.map { try checkedText($0, "e-mail address") } ?? known?.email,
        organisation: merged(organisation.localized("organisation", languages), known?.organisation),
        position: merged(position.localized("position", languages), known?.position),
        country: merged(country.localized("country", languages), known?.country),
        note: note.map { try checkedText($0, "note", .paragraphs) } ?? known?.note)
    }

    /// The languages that are not given stay.
    private func merged(_ new: LocalizedText?, _ known: LocalizedText?) -> LocalizedText? {
      guard let new else { return known }
      return known?.merging(new) ?? new
    }

    var isEmpty: Bool {
      name.isEmpty && email == nil && organisation.isEmpty && position.isEmpty && country.isEmpty
        && note == nil
    }
  }

  struct Register: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "register", abstract: "Register an attendee.",
      discussion: """
        The short name must tell nothing about the person, since it is never erased; leave it out \
        and one is made. Example: plenary attendee register --name "Li, Wei" --category delegate
        """)
    @Argument(help: "A short name that tells nothing about the person (default: one is made).")
    var attendee: String?
    @Option(help: "delegate, speaker, press, staff, observer, guest, or a word of your own.")
    var category = "delegate"
    @Flag(help: "Keep them out of the printed list of participants.") var unlisted = false
    @OptionGroup var details: DetailsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let context = try change.context()
      let id = try attendee.map { try AttendeeID($0) } ?? Workspace.newAttendeeID(context)
      let desk = try await global.desk()
      let category = try checkedText(category, "category")
      let details = try details.details(nil, desk.languages)
      let outcome = try await desk.workspace.changeAttendee(
        id, in: desk.conference, context, details: { _ in details },
        // There are details, so they were sealed.
        command: { .register(id, category: category, listed: !unlisted, $0!) })
      try outcome.report(context, json: global.json)
    }
  }

  struct Revise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change an attendee's particulars; what is not given stays.")
    @Argument var attendee: String
    @Option(help: "delegate, speaker, press, staff, observer, guest, or a word of your own.")
    var category: String?
    @Flag(inversion: .prefixedNo, help: "Name them in the printed list of participants.")
    var listed: Bool?
    @OptionGroup var details: DetailsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try AttendeeID(attendee)
      let desk = try await global.desk()
      let context = try change.context()
      let category = try category.map { try checkedText($0, "category") }
      let outcome = try await desk.workspace.changeAttendee(
        id, in: desk.conference, context,
        // Of an attendee who is unknown nothing is known either: the decision says so.
        details: { known in
          details.isEmpty || known == nil ? nil : try details.details(known, desk.languages)
        },
        command: { .revise(id, category: category, listed: listed, $0) })
      try outcome.report(context, json: global.json)
    }
  }

  struct CheckIn: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check-in", abstract: "An attendee has arrived.")
    @Argument var attendee: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try AttendeeID(attendee)
      try await global.desk().change(Attendees.self, .checkIn(id), change, global)
    }
  }

  struct CheckOut: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check-out", abstract: "An attendee has left, or was checked in by mistake.")
    @Argument var attendee: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try AttendeeID(attendee)
      try await global.desk().change(Attendees.self, .checkOut(id), change, global)
    }
  }

  struct SignUp: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sign-up", abstract: "Give an attendee a seat in a session.")
    @Argument var attendee: String
    @Argument var session: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let command = try SignUps.Command.signUp(AttendeeID(attendee), SessionID(session))
      try await global.desk().change(SignUps.self, command, change, global)
    }
  }

  struct SignOff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sign-off", abstract: "Take an attendee's seat in a session back.")
    @Argument var attendee: String
    @Argument var session: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let command = try SignUps.Command.signOff(AttendeeID(attendee), SessionID(session))
      try await global.desk().change(SignUps.self, command, change, global)
    }
  }

  struct Withdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw", abstract: "An attendee will not come.")
    @Argument var attendee: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try AttendeeID(attendee)
      try await global.desk().change(Attendees.self, .withdraw(id), change, global)
    }
  }

  struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "erase", abstract: "Erase all data about an attendee, for ever.",
      discussion: """
        Their key is destroyed: what the log and the lists hold of them, now and in any earlier \
        state, cannot be read again by anybody. That they were registered stays.
        """)
    @Argument var attendee: String
    @Flag(help: "Do not ask.") var yes = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try AttendeeID(attendee)
      let desk = try await global.desk()
      let context = try change.context()
      if !yes, !context.dryRun { try confirm(id) }
      let outcome = try await desk.workspace.erase(id, in: desk.conference, context)
      try outcome.report(context, json: global.json)
    }

    private func confirm(_ id: AttendeeID) throws {
      Console.error("This erases the data of \(id) for ever. Type \(id) to go on:")
      guard readLine() == id.slug else {
        throw Failure(.refused, "Not erased. (With --yes nobody is asked.)")
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the attendees.")
    @Option(help: "Only this category.") var category: String?
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let view = try await desk.view(AttendanceModel.self, read)
      let open = try await desk.workspace.opener(of: desk.conference)
      let attendees = view.model.attendees.rows
        .filter { category == nil || $0.category == category }
        .map { OpenedAttendee($0, open($0)) }
        .sorted { ($0.sortKey, $0.attendee) < ($1.sortKey, $1.attendee) }
      if global.json { return try Console.json(attendees) }
      var table = TextTable("ATTENDEE", "STATUS", "CATEGORY", "NAME", "ORGANISATION", "COUNTRY")
      for attendee in attendees {
        table.add(
          attendee.attendee, attendee.status, attendee.category,
          attendee.details?.name.forms.map(\.printed).joined(separator: " · "),
          desk.text(attendee.details?.organisation), desk.text(attendee.details?.country))
      }
      table.print(nothing: "Nobody is registered yet; see “plenary attendee register --help”.")
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show an attendee.")
    @Argument var attendee: String
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try AttendeeID(attendee)
      let desk = try await global.desk()
      let view = try await desk.view(AttendanceModel.self, read)
      guard let row = view.model.attendees[id.slug] else {
        throw Failure(.refused, Attendees.Refusal.unknown(id).description)
      }
      let details = try await desk.workspace.opener(of: desk.conference)(row)
      if global.json { return try Console.json(OpenedAttendee(row, details)) }
      var particulars = Particulars()
      particulars.add("attendee", id.slug)
      particulars.add("status", row.status.rawValue)
      particulars.add("category", row.category)
      particulars.add("listed", row.listed ? "yes" : "no")
      particulars.add("registered", row.registeredAt.description)
      particulars.add("checked in", row.checkedInAt?.description)
      for form in details?.name.forms ?? [] { particulars.add("name (\(form.language))", form.printed) }
      particulars.add("e-mail", details?.email)
      particulars.add("organisation", details?.organisation?.inAllLanguages(desk.languages))
      particulars.add("position", details?.position?.inAllLanguages(desk.languages))
      particulars.add("country", details?.country?.inAllLanguages(desk.languages))
      particulars.add("note", details?.note)
      particulars.print()
    }
  }
}

/// An attendee as organizers see them: the row, and what the vault's key opens.
private struct OpenedAttendee: Encodable {
  let attendee: String
  let category: String
  let status: String
  let listed: Bool
  let registeredAt: Timestamp
  let checkedInAt: Timestamp?
  let details: AttendeeDetails?

  init(_ row: AttendeeRow, _ details: AttendeeDetails?) {
    attendee = row.attendee.slug
    category = row.category
    status = row.status.rawValue
    listed = row.listed
    registeredAt = row.registeredAt
    checkedInAt = row.checkedInAt
    self.details = details
  }

  /// Those whose data are erased come last.
  var sortKey: String { details?.name.sortKey.lowercased() ?? "\u{10FFFF}" }
}
