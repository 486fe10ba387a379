import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the attendees.",
      discussion: """
        Words are looked for in names, short names, addresses and organisations; accents, case and order do not matter. \
        Example: plenary attendee list ross --without-check-in
        """)
    @Argument(help: "Only attendees with these words.") var words: [String] = []
    @Option(help: "Only attendees of this category, e.g. press.") var category: String?
    @Option(help: "Only attendees whose organisation has these words.") var organisation: String?
    @Option(help: "Only attendees who are: registered, checked-in, withdrawn or erased.") var status:
      AttendeeStatus?
    @Option(help: "Only attendees with a seat in this session: workshop.", completion: .sessions) var session:
      String?
    @Flag(help: "Only attendees who are registered and have not arrived.") var withoutCheckIn = false
    @OptionGroup var since: SinceOptions
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let bound = try read.bound(conference)
      let session: SessionID? = if let session { try await conference.session(session, bound) } else { nil }
      let view = try await conference.view(AttendanceModel.self, bound)
      if let category { try view.model.check(category: category) }
      let isEmpty = view.model.attendees.rows.first { _ in true } == nil
      let isChanged = try await since.filter(conference, upTo: view.checkpoint.position)
      let rows = view.model.attendees.rows.filter { row in
        category.map(row.isIn) ?? true && (status == nil || row.status == status)
          && (session == nil || row.sessions.contains(session!))
          && (!withoutCheckIn || row.status == .registered) && isChanged(row.attendee.tag)
      }
      let search = (SearchWords(words.joined(separator: " ")), SearchWords(organisation ?? ""))
      let details = try await conference.workspace.details(of: rows, in: conference.id, having: search.0)
      let found = rows.filter { row in
        let details = details[row.attendee]
        let organisations = details?.organisation?.entries.map(\.text) ?? []
        let texts = [row.attendee.slug] + (details?.identifyingTexts ?? []) + organisations
        return search.0.areFound(in: texts) && search.1.areFound(in: organisations)
      }
      let attendees = OpenedAttendee.inOrder(
        found.map {
          OpenedAttendee(
            $0, details[$0.attendee], keys: global.json ? view.model.keys.of($0.attendee.tag) : [])
        })
      if global.json {
        try Console.json(.attendeeList, items: attendees, at: view.checkpoint.position)
        return try details.checkReadable()
      }
      // A terminal is too narrow for addresses.
      let hasAddress =
        tableOptions.isForSpreadsheets || tableOptions.headings.contains { $0.lowercased() == "email" }
      let headings = ["ATTENDEE", "STATUS", "CATEGORY", "NAME", "ORGANISATION", "COUNTRY"]
      var table = TextTable(headings: headings + (hasAddress ? ["EMAIL"] : []))
      for attendee in attendees {
        let name = attendee.details?.name.forms.ordered(by: conference.languages).map(\.printed)
          .joined(separator: " · ")
        table.add(
          attendee.attendee, attendee.status, attendee.category, name,
          conference.text(attendee.details?.organisation), conference.text(attendee.details?.country))
        if hasAddress { table.rows[table.rows.count - 1].append(attendee.details?.email?.text ?? "") }
      }
      try table.print(
        tableOptions, title: "attendees", isPrivate: true,
        nothing: isEmpty
          ? "No attendees; register one with “plenary attendee register --name …”."
          : words.isEmpty && organisation == nil && status == nil && session == nil && !withoutCheckIn
            && since.since == nil
            ? category.map { "No attendee has the category “\($0)”." } ?? "No attendee matches."
            : "No attendee matches.")
      try details.checkReadable()
    }
  }
}

extension AttendeeStatus: ExpressibleByArgument {}
