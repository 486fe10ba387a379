import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct Show: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show an attendee's details.")
    @Argument(help: "The attendee's short name, e.g. a-7k3m9q.", completion: .attendees) var attendee: String
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let known = try await conference.attendance(of: attendee, read.bound(conference))
      let (row, keys) = (known.row, known.keys)
      let id = row.attendee
      let opened = try await conference.workspace.details(of: [row], in: conference.id)
      let details = opened[id]
      let code = try await conference.badgeCodes()?.code(ofRegistration: row.ordinal)
      if global.json {
        try Console.json(
          .attendeeShow, OpenedAttendee(row, details, keys: keys, badgeCode: code),
          at: known.position)
        return try opened.checkReadable()
      }
      let clock = try conference.clock()
      var list = DetailsList()
      list.add("attendee", id.slug)
      list.add("badge code", code.map(BadgeCodes.grouped))
      list.add("status", row.status.rawValue)
      list.add("category", row.category)
      list.add("listed", row.listed ? "yes" : "no")
      list.add("registered", clock.readable(row.registeredAt))
      list.add(
        "checked in", row.checkedInAt.map { clock.readable($0) + (row.station.map { ", \($0)" } ?? "") })
      for presence in row.presence.sorted(by: { $0.at < $1.at }) {
        list.add(
          "present " + (presence.session.map { "in \($0)" } ?? "on \(presence.day!)"),
          clock.readable(presence.at) + (presence.station.map { ", \($0)" } ?? ""))
      }
      for scan in row.lateScans.sorted(by: { $0.at < $1.at }) {
        list.add(
          "scanned late " + (scan.session.map { "in \($0)" } ?? scan.day.map { "on \($0)" } ?? "again"),
          clock.readable(scan.at) + (scan.station.map { ", \($0)" } ?? ""))
      }
      for form in details?.name.forms ?? [] { list.add("name (\(form.language))", form.printed) }
      list.add("e-mail", details?.email?.text)
      list.add("organisation", details?.organisation?.inAllLanguages(conference.languages))
      list.add("position", details?.position?.inAllLanguages(conference.languages))
      list.add("country", details?.country?.inAllLanguages(conference.languages))
      list.add("note", details?.note)
      list.add(keys)
      list.print()
      try opened.checkReadable()
    }
  }
}
