import Foundation
import ReadModels
import Scheduling
import Vocabulary

extension ProgramPublication {
  /// One row per slot, in program order.
  ///
  /// Titles have one column per language, also those of other languages that have nothing else; longer texts have one
  /// column in the first language, as they were entered: what is corrected in a spreadsheet and imported keeps its emphasis and links.
  /// Presentations are written as `09:30 A Title (Feng Shaolei)`, separated by semicolons.
  /// Links are separated by spaces.
  package func csv(_ style: CSVStyle = CSVStyle()) -> String { spreadsheet().csv(style) }

  /// The same rows as an Excel workbook.
  func workbook() throws -> Data {
    try spreadsheet().workbook(
      title: context.conference.slug,
      made: context.checkpoint.lastEventAt?.date ?? CalendarDate(daysSince1970: 0))
  }

  /// Those that are printed, and those of titles that are in none of them.
  private var titleLanguages: [Language] {
    let languages = context.languages
    let others = context.program.slots.map { $0.session.details.title.best(languages).language }
    return languages + Set(others).subtracting(languages).sorted { $0.tag < $1.tag }
  }

  private func spreadsheet() -> Spreadsheet {
    let languages = titleLanguages
    var table = Spreadsheet(
      header: ["session", "slot", "date", "start", "end", "end_date", "time_zone"]
        + ["room", "room_name", "venue", "venue_name", "track", "kind", "cancelled"]
        + languages.map { "title_\($0)" } + SessionRole.allCases.map(\.rawValue)
        + ["languages", "interpretation", "presentations", "links", "expected", "recording", "description"])
    for entry in context.program.slots {
      let row = entry.session
      let session = row.details
      let slot = entry.slot
      let room = context.program.rooms[slot.room.slug]?.details
      let venue = room?.venue.flatMap { context.program.venues[$0.slug] }
      table.add(
        [
          row.id.slug, String(entry.number), slot.start.date.description,
          slot.start.clock, slot.end.clock, slot.end.date.description, slot.start.zone,
          slot.room.slug, room?.name.best(languages).text ?? "", venue?.id.slug ?? "",
          venue?.details.name.best(languages).text ?? "", session.track?.slug ?? "",
          session.kind.rawValue, entry.cancelled ? "yes" : "no",
        ] + languages.map { session.title[$0] ?? "" }
          + SessionRole.allCases.map { role in
            row.assignments.filter { $0.role == role }
              .compactMap { context.program.people[$0.person.slug].map(context.name) }
              .joined(separator: "; ")
          } + [
            session.languages.map(\.tag).joined(separator: " "),
            (session.interpretation ?? []).map(\.tag).joined(separator: " "),
            context.runningOrder(entry).replacing("\n", with: "; "),
            row.links.map(\.address).joined(separator: " "),
            session.expected.map(String.init) ?? "",
            session.recording?.permission.rawValue ?? "",
            session.description?.best(languages).text ?? "",
          ])
    }
    return table
  }
}
