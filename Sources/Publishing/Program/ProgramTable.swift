import Projections
import Scheduling
import Vocabulary

extension ProgramPublication {
  /// A row a session, in the order of the program: RFC 4180, UTF-8.
  ///
  /// Titles have a column a language, texts that are longer one in the first language.
  package func csv() -> String {
    let languages = edition.languages
    var table = CSV(
      header: ["session", "date", "start", "end", "end_date", "time_zone", "room", "room_name"]
        + ["track", "kind", "cancelled"] + languages.map { "title_\($0)" }
        + SessionRole.allCases.map(\.rawValue) + ["languages", "description"])
    for row in edition.sessions {
      let session = row.particulars
      let slot = row.slot
      table.add(
        [
          row.id.slug, slot.start.date.description, slot.start.clock, slot.end.clock,
          slot.end.date.description, slot.start.zone, slot.room.slug,
          edition.room(slot.room)?.best(languages).text ?? "", session.track?.slug ?? "",
          session.kind.rawValue, row.cancelled ? "yes" : "no",
        ] + languages.map { session.title[$0] ?? "" }
          + SessionRole.allCases.map { role in
            row.parts.filter { $0.role == role }
              .compactMap { edition.program.people[$0.person.slug]?.name.best(languages).printed }
              .joined(separator: "; ")
          } + [
            session.languages.map(\.tag).joined(separator: " "),
            session.description?.best(languages).text ?? "",
          ])
    }
    return table.text
  }
}
