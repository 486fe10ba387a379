import EventLog
import ReadModels
import Scheduling
import Vocabulary

/// The program as text for a terminal: days below each other, rooms side by side, time from top to
/// bottom.
struct Agenda {
  let model: ProgramModel
  let languages: [Language]
  /// The only day to show; nil shows all days.
  let day: CalendarDate?
  /// In columns.
  let width: Int

  private static let timeWidth = 5
  /// In a narrower column, most titles break into single words.
  private static let narrowest = 26

  func lines() -> [String] {
    let days = Dictionary(grouping: model.slots) { model.day(of: $0.slot) }
    return days.keys.sorted().filter { day == nil || $0 == day }.flatMap { lines(of: $0, days[$0]!) }
  }

  private func lines(of day: CalendarDate, _ slots: [ScheduledSlot]) -> [String] {
    let used = Set(slots.map(\.slot.room))
    let rooms = model.orderedRooms.filter { used.contains($0.id) }
    // Short names stay whole, as long as one fits.
    let longest = slots.map(\.session.id.slug.count).max() ?? 0
    let space = width - Self.timeWidth - 1
    let narrowest = max(Self.narrowest, min(longest, space - 3))
    let perGrid = max(1, space / (narrowest + 3))
    var lines = ["", Console.bold("\(day)"), ""]
    for start in stride(from: 0, to: rooms.count, by: perGrid) {
      let group = Array(rooms[start..<min(start + perGrid, rooms.count)])
      lines += grid(group, slots)
      lines.append("")
    }
    return lines
  }

  /// One block of rooms. A row begins at each time at which a slot begins or ends.
  private func grid(_ rooms: [RoomRow], _ slots: [ScheduledSlot]) -> [String] {
    let column = max(Self.timeWidth, min(60, (width - Self.timeWidth - 1) / rooms.count - 3))
    let mine = Dictionary(grouping: slots, by: \.slot.room)
    let times = Set(
      rooms.flatMap { mine[$0.id] ?? [] }.flatMap { [$0.slot.start, $0.slot.end] }
    ).sorted()
    var lines = row("", rooms.map { [Console.bold(text($0.details.name, column))] }, column)
    lines.append(rule(rooms.count, column))
    for (index, time) in times.enumerated() {
      let isLast = index == times.count - 1
      let cells = rooms.map { room -> [String] in
        let here = mine[room.id] ?? []
        let starting = here.filter { $0.slot.start == time }
        if !starting.isEmpty { return starting.flatMap { cell($0, column) } }
        let goesOn = here.contains { !$0.cancelled && $0.slot.start < time && time < $0.slot.end }
        return [goesOn ? Console.dim("┆") : ""]
      }
      if isLast, cells.allSatisfy({ $0 == [""] }) {
        lines.append(Console.dim(time.clock))
      } else {
        lines += row(time.clock, cells, column)
      }
    }
    return lines
  }

  private func cell(_ entry: ScheduledSlot, _ width: Int) -> [String] {
    let session = entry.session
    let title = [session.details.title.best(languages).text, entry.label]
      .compactMap(\.self).joined(separator: " ").wrapped(to: width)
    var lines = session.cancelled ? ["(cancelled)"] + title : title
    if !session.cancelled, !session.details.kind.isService { lines = lines.map(Console.bold) }
    for role in SessionRole.allCases {
      let names = session.assignments.filter { $0.role == role }.compactMap {
        model.people[$0.person.slug]?.name.best(languages).printed
      }
      guard !names.isEmpty else { continue }
      let label = role == .speaker ? "" : "\(role.rawValue): "
      lines += (label + names.joined(separator: ", ")).wrapped(to: width)
    }
    let (end, name) = ("until \(entry.slot.end.clock)", session.id.slug)
    let both = "\(end) · \(name)"
    return lines
      + (both.columns <= width ? [both] : [end, name.shortened(to: width)]).map {
        Console.dim($0.shortened(to: width))
      }
  }

  private func row(_ label: String, _ cells: [[String]], _ width: Int) -> [String] {
    (0..<(cells.map(\.count).max() ?? 1)).map { index in
      var line = (index == 0 ? label : "").padded(to: Self.timeWidth)
      for cell in cells {
        let text = index < cell.count ? cell[index] : ""
        line += " │ " + text + String(repeating: " ", count: max(0, width - text.visibleColumns))
      }
      return line.withoutSpacesBehind
    }
  }

  private func rule(_ count: Int, _ width: Int) -> String {
    String(repeating: "─", count: Self.timeWidth + 1)
      + String(repeating: "┼" + String(repeating: "─", count: width + 2), count: count)
  }

  private func text(_ text: LocalizedText, _ width: Int) -> String {
    text.best(languages).text.shortened(to: width)
  }
}

extension String {
  /// The number of columns, without the escape sequences for bold and dim.
  var visibleColumns: Int {
    // Without escape sequences there is nothing to remove, and searching with a pattern is slow.
    contains("\u{1B}") ? replacing(/\u{1B}\[[0-9;]*m/, with: "").columns : columns
  }
}
