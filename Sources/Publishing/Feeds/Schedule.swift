import ReadModels
import Scheduling
import Vocabulary

/// The common part of schedule.xml and schedule.json: names and patterns of the format that frab, pretalx and
/// the c3voc tools share (the schemas are published at c3voc.de/schedule).
struct Schedule {
  struct Day {
    /// From 1.
    let index: Int
    let date: CalendarDate
    let entries: [ScheduledSlot]
  }

  let context: PublicationContext
  let identities: Identities
  let days: [Day]
  let roomNames: [RoomID: String]
  private let rules: ZoneRules?
  private let all: [ScheduledSlot]

  /// - Parameter cancelled: include cancelled slots. The older formats cannot express them; their readers
  ///   show a slot as cancelled if the schedule no longer has it.
  init(_ context: PublicationContext, cancelled: Bool) {
    self.context = context
    identities = Identities(
      context.conference, context.program.conference, Array(context.program.sessions.rows)
    ).recallingKeys(of: context.program)
    roomNames = context.roomNames()
    let all = context.program.slots.filter { cancelled || !$0.cancelled }
    self.all = all
    var dates = Self.days(of: all, context)
    // The formats require at least one day. A conference that is not open yet has none.
    if dates.isEmpty { dates = [CalendarDate(daysSince1970: 0)] }
    let byDate = Dictionary(grouping: all) { context.day($0.slot) }
    days = dates.enumerated().map {
      Day(index: $0.offset + 1, date: $0.element, entries: byDate[$0.element] ?? [])
    }
    rules = try? ZoneRules(
      system: context.program.conference?.details.zone ?? "UTC",
      days: dates[0]...dates[dates.count - 1])
  }

  /// The days of the conference, and any other on which something begins.
  private static func days(of entries: [ScheduledSlot], _ context: PublicationContext) -> [CalendarDate] {
    var days = Set(entries.map { context.day($0.slot) })
    if let own = context.program.conference?.details, own.firstDay <= own.lastDay {
      for day in own.firstDay.daysSince1970...own.lastDay.daysSince1970 {
        days.insert(CalendarDate(daysSince1970: day))
      }
    }
    return days.sorted()
  }

  // MARK: The conference

  var title: String {
    context.program.conference?.details.title.best(context.languages).text
      ?? context.conference.slug
  }

  /// `[a-z0-9_]{4,}`: valid in both schemas.
  var acronym: String {
    let slug = context.conference.slug.replacing("-", with: "_")
    return slug + String(repeating: "_", count: max(0, 4 - slug.count))
  }

  /// `1.2`; `1.2, position 57` if something has changed since the release.
  var version: String {
    let position = "position \(context.checkpoint.position)"
    guard let release = context.program.orderedReleases.last?.details.version else {
      return position
    }
    return context.program.conference?.released == release ? release : "\(release), \(position)"
  }

  var zone: String { context.program.conference?.details.zone ?? "UTC" }

  // MARK: Times

  /// `2016-03-25T09:30:00+08:00`
  static func time(_ time: ZonedTime) -> String {
    "\(time.date)T\(time.clock):00\(ZoneRules.printed(time.offset))"
  }

  /// The start of a day, which is the end of the day before: midnight, or the time at which days of the conference begin.
  /// Readers use the end of a day as the hour in which the next one begins.
  func start(of date: CalendarDate) -> String {
    let minute = context.program.conference?.details.dayStart ?? 0
    let near = all.min {
      abs($0.slot.start.date.daysSince1970 - date.daysSince1970)
        < abs($1.slot.start.date.daysSince1970 - date.daysSince1970)
    }
    let recorded = near?.slot.start
    var offset = recorded?.offset ?? 0
    // The log's offsets count. The zone's rules are used only if they agree with them.
    if let rules, recorded.map({ rules.offset(at: $0.instant) == $0.offset }) ?? true {
      offset = rules.times(date, minute).first?.offset ?? offset
    }
    return Self.time(ZonedTime(date: date, minuteOfDay: minute, offset: offset, zone: zone))
  }

  /// `01:30`; below 24:00, because some readers parse it as a time of day.
  static func duration(_ slot: Slot) -> String {
    let minutes = min(slot.minutes, 24 * 60 - 1)
    return two(minutes / 60) + ":" + two(minutes % 60)
  }

  private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  // MARK: Entries

  /// `shanghai_2016-opening`: made of identifiers, so titles in any script get one. Our identifiers have no
  /// underscore, so a suffix with one is always unique.
  func slug(_ entry: ScheduledSlot) -> String {
    var name = entry.session.id.slug
    if entry.number != 1 { name += "_\(entry.number)" }
    return acronym + "-" + (name.count < 4 ? "session_" + name : name)
  }

  /// `[a-z0-9_-]+[a-z0-9]`
  static func slug<Kind>(_ id: Identifier<Kind>) -> String { id.slug.count < 2 ? "_\(id)" : id.slug }

  func title(_ entry: ScheduledSlot) -> String {
    let title = entry.session.details.title.best(context.languages).text
    return entry.label.map { "\(context.isolated(title)) \($0)" } ?? title
  }

  /// The title in the publication's other languages.
  func subtitle(_ entry: ScheduledSlot) -> String {
    let title = entry.session.details.title
    let main = title.best(context.languages)
    let others = context.languages.filter { $0 != main.language }.compactMap { title[$0] }
      .filter { $0 != main.text }
    return others.count == 1 ? others[0] : others.map(context.isolated).joined(separator: " / ")
  }

  func abstract(_ entry: ScheduledSlot) -> String {
    entry.session.details.description?.plain.best(context.languages).text ?? ""
  }

  func track(_ entry: ScheduledSlot) -> TrackRow? {
    entry.session.details.track.flatMap { context.program.tracks[$0.slug] }
  }

  func name(_ track: TrackRow) -> String { track.details.name.best(context.languages).text }

  func room(_ entry: ScheduledSlot) -> String {
    roomNames[entry.slot.room] ?? entry.slot.room.slug
  }

  /// The rooms of a day in order, with their entries.
  func rooms(of day: Day) -> [(id: RoomID, name: String, entries: [ScheduledSlot])] {
    let byRoom = Dictionary(grouping: day.entries, by: \.slot.room)
    return context.program.orderedRooms.compactMap { room in
      byRoom[room.id].map { (room.id, roomNames[room.id] ?? room.id.slug, $0) }
    }
  }

  func title(_ link: Link) -> String {
    link.title?.best(context.languages).text
      ?? context.label(Labels.link(link.kind)).best(context.languages).text
  }

  func links(_ entry: ScheduledSlot) -> [Link] {
    entry.session.links.filter { $0.kind != .attachment }
  }

  func attachments(_ entry: ScheduledSlot) -> [Link] {
    entry.session.links.filter { $0.kind == .attachment }
  }
}
