import EventLog
package import Foundation
import JSON
package import People
package import ReadModels
package import Scheduling
package import Vocabulary

/// The attendees at a position: badges, lists of participants, sign-in sheets, check-in lists, tables.
///
/// `settings.only` can have a `session`, `category`, `organisation` and `attendee`; an attendee must match
/// all of them. A session only selects people if somebody has signed up for it; a session without sign-ups is
/// for everybody. A list is grouped by its first column if that is `category` or `organisation`.
///
/// Attendees whose details cannot be decrypted (they were erased, or the reader has no keys) are on none of
/// the documents.
package struct AttendancePublication: Sendable {
  let context: PublicationContext
  /// Sorted by name.
  private let attendees: [Attendee]

  private struct Attendee: Sendable {
    let row: AttendeeRow
    let details: AttendeeDetails?
  }

  /// An attendee who is expected or has arrived.
  private struct Expected {
    let row: AttendeeRow
    let details: AttendeeDetails
  }

  /// - Parameters:
  ///   - program: has the names of the conference and its sessions.
  ///   - settings: the selection, the languages and the layout; by default everything.
  ///   - open: decrypts an attendee's details; nil if that is not possible.
  package init(
    _ model: AttendanceModel, program: ProgramModel, _ checkpoint: Checkpoint,
    conference: ConferenceID, _ settings: PrintSettings = PrintSettings(),
    open: (AttendeeRow) -> AttendeeDetails?
  ) {
    context = PublicationContext(conference, program, checkpoint, settings)
    attendees = model.attendees.rows
      .map { Attendee(row: $0, details: $0.status == .erased ? nil : open($0)) }
      .inIndexOrder(of: { $0.details?.name.sortKey ?? "" }, then: \.row.attendee)
  }

  // MARK: Selection

  private func isMeant(_ attendee: Attendee) -> Bool {
    let only = context.settings.only ?? [:]
    if let wanted = only["attendee"], wanted != attendee.row.attendee.slug { return false }
    if let wanted = only["category"], !attendee.row.isIn(wanted) { return false }
    if let wanted = only["organisation"]?.lowercased() {
      let organisation = attendee.details?.organisation
      guard organisation?.entries.contains(where: { $0.text.lowercased() == wanted }) == true
      else { return false }
    }
    // A session for which nobody has signed up takes no sign-ups.
    if let wanted = only["session"], context.program.sessions[wanted]?.signUps ?? 0 > 0 {
      return attendee.row.sessions.contains { $0.slug == wanted }
    }
    return true
  }

  private var expected: [Expected] {
    attendees.filter(isMeant).compactMap { attendee in
      guard let details = attendee.details else { return nil }
      switch attendee.row.status {
      case .registered, .checkedIn: return Expected(row: attendee.row, details: details)
      case .withdrawn, .erased: return nil
      }
    }
  }

  // MARK: Lists

  /// The attendees who agreed to be listed.
  ///
  /// - Throws: `InvalidValue` for an unknown or confidential column.
  package func participants() throws(InvalidValue) -> ParticipantsDocument {
    ParticipantsDocument(
      header: context.header(ParticipantsDocument.template),
      body: try list(
        expected.filter(\.row.listed), Self.participantColumns, open: true))
  }

  /// One row per listed attendee. The sheet is public, so nobody else is on it.
  ///
  /// - Throws: `InvalidValue` for an unknown or confidential column.
  package func signIn() throws(InvalidValue) -> SignInDocument {
    SignInDocument(
      header: context.header(SignInDocument.template),
      body: try list(
        expected.filter(\.row.listed), [.number, .name, .organisation, .signature], open: true))
  }

  /// All expected attendees, including those who do not want to be listed: it is for the registration desk.
  ///
  /// - Throws: `InvalidValue` for an unknown column.
  package func checkIn() throws(InvalidValue) -> CheckInDocument {
    CheckInDocument(
      header: context.header(CheckInDocument.template),
      body: try list(expected, Self.checkInColumns, open: false))
  }

  private static let participantColumns: [ListColumn] = [
    .category, .number, .name, .position, .organisation, .country, .checkedIn,
  ]
  private static let checkInColumns: [ListColumn] = [.tick, .name, .organisation, .category, .checkedIn]

  /// The requested columns, or the usual ones, and the column by which a list is grouped.
  private func columns(_ usual: [ListColumn], open: Bool) throws(InvalidValue)
    -> (columns: [ListColumn], grouping: ListColumn?)
  {
    let wanted = try ListColumn.columns(context.settings.columns ?? [], open: open)
    let columns = wanted.isEmpty ? usual : wanted
    guard let first = columns.first, [.category, .organisation].contains(first), columns.count > 1 else {
      return (columns, nil)
    }
    return (columns, first)
  }

  /// - Parameters:
  ///   - usual: the default columns.
  ///   - open: whether people other than staff see it. Otherwise it is an index, grouped by letter if nothing
  ///     else is requested.
  private func list(_ people: [Expected], _ usual: [ListColumn], open: Bool)
    throws(InvalidValue) -> PeopleList
  {
    let (requested, grouping) = try self.columns(usual, open: open)
    let columns = grouping == nil ? requested : Array(requested.dropFirst())
    let clock = Clock(context)
    var number = 0
    let groups = groups(people, by: grouping, lettered: !open).map { group in
      PeopleList.Group(
        name: group.name, letter: group.letter, category: group.category,
        participants: group.people.map { person in
          number += 1
          return printed(person, number, columns, filed: !open, clock)
        })
    }
    return PeopleList(
      columns: columns, session: session, groups: groups, total: people.count,
      present: people.count { $0.row.status == .checkedIn })
  }

  private struct Group {
    var name: LocalizedText?
    var letter: String?
    var category: PrintedCategory?
    let people: [Expected]
  }

  private func groups(_ people: [Expected], by column: ListColumn?, lettered: Bool) -> [Group] {
    switch column {
    case .category:
      return grouped(people) { Self.order($0.row.category) }.map { people in
        let category = people[0].row.category
        let name = name(of: category)
        return Group(name: name, category: printed(category, name: name), people: people)
      }
    case .organisation:
      return grouped(people) { person in
        let name = person.details.organisation?.best(context.languages).text
        return Filing(isLast: name == nil, order: IndexOrder(name ?? ""))
      }.map { people in
        Group(
          name: context.text(people[0].details.organisation) ?? context.label(Labels.withoutOrganisation),
          people: people)
      }
    default:
      guard lettered else { return people.isEmpty ? [] : [Group(people: people)] }
      var groups: [(letter: String, people: [Expected])] = []
      for person in people {
        let letter = IndexOrder(person.details.name.sortKey).letter ?? "#"
        if groups.last?.letter != letter { groups.append((letter, [])) }
        groups[groups.count - 1].people.append(person)
      }
      return groups.map { Group(letter: $0.letter, people: $0.people) }
    }
  }

  private func printed(
    _ person: Expected, _ number: Int, _ columns: [ListColumn], filed: Bool, _ clock: Clock
  ) -> PeopleList.Participant {
    let (row, details) = (person.row, person.details)
    func under<Value>(_ column: ListColumn, _ value: Value?) -> Value? {
      columns.contains(column) ? value : nil
    }
    return PeopleList.Participant(
      number: number, attendee: row.attendee,
      names: details.name.forms(context.languages, filed: filed),
      organisation: under(.organisation, context.text(details.organisation)),
      position: under(.position, context.text(details.position)),
      country: under(.country, context.text(details.country)),
      category: printed(row.category, name: nil), email: under(.email, details.email?.text),
      note: under(.note, details.note),
      sessions: under(.sessions, titles(of: row)) ?? [],
      presence: under(.presence, presence(of: row, clock)) ?? [], checkedIn: row.status == .checkedIn,
      arrived: under(.checkedIn, filed ? row.checkedInAt : nil).map { time in
        let time = clock.local(time)
        return context.languages.localized { "\(Dates.shortDay(context.day(time), in: $0)) \(time.clock)" }
      })
  }

  /// “Opening, Fri 25 09:02”, in the order of time. In the list of a session, only that one.
  private func presence(of row: AttendeeRow, _ clock: Clock) -> [LocalizedText] {
    row.presence.filter { presence in
      context.settings.only?["session"].map { $0 == presence.session?.slug } ?? true
    }.sorted { $0.at < $1.at }.map { presence in
      let time = clock.local(presence.at)
      return context.languages.localized { language in
        let day = Dates.shortDay(presence.day ?? context.day(time), in: language)
        return (presence.session.map { "\(title(of: $0, in: language)), " } ?? "") + "\(day) \(time.clock)"
      }
    }
  }

  private func title(of session: SessionID, in language: Language) -> String {
    context.program.sessions[session.slug]?.details.title.best([language] + context.languages).text
      ?? session.slug
  }

  /// The session of a list.
  private var session: PeopleList.Session? {
    context.settings.only?["session"].flatMap { context.program.sessions[$0] }.map { row in
      PeopleList.Session(
        title: context.text(row.details.title),
        slots: row.scheduledSlots.map(context.line))
    }
  }

  // MARK: Badges

  /// One badge per expected attendee. Consent is only about lists, so attendees who are not listed get one
  /// too.
  ///
  /// - Throws: `InvalidValue` for an unknown format.
  package func badges() throws(InvalidValue) -> BadgesDocument {
    let settings = context.settings
    let header = context.header(BadgesDocument.template)
    let format = try BadgeFormat.named(settings.size, letter: settings.paper == "letter")
    let lines = format.backLines(sponsors: header.pictures.contains { $0.use == .sponsor })
    return BadgesDocument(
      header: header,
      body: BadgesDocument.Body(
        title: context.text(context.program.conference?.details.shortTitle) ?? header.conference.title,
        format: format, backLines: lines, plan: plan(in: lines), days: days,
        badges: expected.map(badge)))
  }

  private func badge(_ person: Expected) -> BadgesDocument.Badge {
    let (row, details) = (person.row, person.details)
    func line(_ text: LocalizedText?) -> BadgesDocument.Line? {
      context.text(text).map {
        BadgesDocument.Line(text: $0, width: TypeWidth.of($0.best(context.languages).text))
      }
    }
    let mark = PrintedCategory.mark(of: row.category)
    let code = codes.code(ofRegistration: row.ordinal)
    return BadgesDocument.Badge(
      attendee: row.attendee,
      names: details.name.forms(context.languages).map {
        BadgesDocument.Name(
          text: $0.text, lang: $0.lang, width: TypeWidth.of($0.text), halved: TypeWidth.halved($0.text),
          parts: parts(of: $0, in: details.name))
      },
      position: line(details.position), organisation: line(details.organisation),
      country: context.text(details.country),
      category: BadgesDocument.Category(
        name: name(ofOne: row.category),
        meaning: Labels.meaning(ofCategory: row.category).map(context.label), sign: mark.sign,
        color: mark.color),
      sessions: slots(of: row).map(programLine), code: BadgeCodes.grouped(code), qr: QRCode(digits: code))
  }

  private func programLine(_ entry: ScheduledSlot) -> BadgesDocument.Session {
    BadgesDocument.Session(
      day: context.languages.localized { Dates.shortDay(context.day(entry.slot), in: $0) },
      time: entry.slot.start.clock, title: context.text(entry.session.details.title),
      room: context.room(entry.slot.room))
  }

  /// The whole program; if it has no room in so many lines, what is for everybody and how many more there are; else nothing.
  private func plan(in most: Int) -> BadgesDocument.Plan {
    let slots = context.program.slots.filter { !$0.session.cancelled }
    let all = planLines(slots)
    let isDraft = context.program.orderedReleases.isEmpty
    if all.count <= most { return BadgesDocument.Plan(entries: all, isDraft: isDraft) }
    let forAll = slots.filter { $0.session.details.kind.isForEverybody }
    let lines = planLines(forAll)
    guard lines.count < most, forAll.contains(where: { !$0.session.details.kind.isService }) else {
      return BadgesDocument.Plan()
    }
    return BadgesDocument.Plan(entries: lines, more: slots.count - forAll.count, isDraft: isDraft)
  }

  /// The same break in several rooms is one line, without a room.
  private func planLines(_ slots: [ScheduledSlot]) -> [BadgesDocument.Session] {
    var lines: [BadgesDocument.Session] = []
    var breaks: [Int] = []
    for slot in slots {
      let line = programLine(slot)
      let isBreak = slot.session.details.kind.isService
      let same =
        isBreak
        ? breaks.first {
          (lines[$0].day, lines[$0].time, lines[$0].title) == (line.day, line.time, line.title)
        } : nil
      if let same {
        if lines[same].room != line.room { lines[same].room = nil }
      } else {
        if isBreak { breaks.append(lines.count) }
        lines.append(line)
      }
    }
    return lines
  }

  private func parts(of name: PrintedName, in all: PersonName) -> [BadgesDocument.Part] {
    guard let form = all.forms.first(where: { $0.printed == name.text && $0.language == name.lang }),
      let family = form.family, let given = form.given, !form.isSpaceless
    else { return [] }
    let parts = [(given, true), (family, false)].map { text, given in
      BadgesDocument.Part(
        text: text, width: TypeWidth.of(text), halved: TypeWidth.halved(text), given: given)
    }
    return form.printed == "\(family) \(given)" ? parts.reversed() : parts
  }

  private var codes: BadgeCodes {
    BadgeCodes(context.conference, identity: context.program.conference?.identity)
  }

  /// The slots of the sessions in which an attendee has a seat, in the order of the program.
  private func slots(of row: AttendeeRow) -> [ScheduledSlot] {
    ProgramOrder(context.program.rooms.rows).sorted(
      row.sessions.compactMap { context.program.sessions[$0.slug] }
        .filter { $0.status == .scheduled }.flatMap(\.scheduledSlots))
  }

  /// The names in all languages, without duplicates.
  private func titles(of row: AttendeeRow) -> [LocalizedText] {
    slots(of: row).firstOfEachSession.map { context.text($0.session.details.title) }
  }

  private var days: [BadgesDocument.Day] {
    var hours: [CalendarDate: (first: ZonedTime, last: ZonedTime)] = [:]
    for session in context.program.sessions.rows where session.status == .scheduled {
      for slot in session.liveSlots.map(\.slot) {
        let day = context.day(slot)
        let known = hours[day] ?? (slot.start, slot.end)
        hours[day] = (min(known.first, slot.start), max(known.last, slot.end))
      }
    }
    return hours.sorted { $0.key < $1.key }.map { date, hours in
      BadgesDocument.Day(
        date: context.languages.localized { Dates.weekday(date, in: $0) },
        hours: "\(hours.first.clock)–\(hours.last.clock)")
    }
  }

  // MARK: For other programs

  /// The list of participants as an HTML page.
  ///
  /// - Throws: see `participants()`.
  package func html() throws(InvalidValue) -> String { ParticipantsPage(try participants()).html }

  /// The list of participants as JSON.
  ///
  /// - Throws: see `participants()`.
  package func json() throws -> Data { try JSONText.data(participants(), pretty: true) }

  /// The list of participants or the check-in list: the same people in the same order, and the same columns.
  /// RFC 4180, UTF-8.
  ///
  /// A name takes two columns: in the first language, and its other forms. The columns to sign or to tick are empty.
  ///
  /// - Throws: see `participants()` and `checkIn()`.
  package func spreadsheet(_ kind: PrintKind = .participants) throws(InvalidValue) -> Spreadsheet {
    let open = kind != .checkIn
    let (columns, grouping) = try self.columns(
      open ? Self.participantColumns : Self.checkInColumns, open: open)
    let people = groups(open ? expected.filter(\.row.listed) : expected, by: grouping, lettered: false)
      .flatMap(\.people)
    var table = Spreadsheet(
      header: columns.flatMap { $0 == .name ? ["name", "other_names"] : [$0.rawValue] })
    let clock = Clock(context)
    for (index, person) in people.enumerated() {
      table.add(columns.flatMap { cells($0, person, number: index + 1, clock) })
    }
    return table
  }

  /// The same as comma-separated values.
  ///
  /// - Throws: see `participants()` and `checkIn()`.
  package func csv(_ kind: PrintKind = .participants, _ style: CSVStyle = CSVStyle()) throws(InvalidValue)
    -> String
  {
    try spreadsheet(kind).csv(style)
  }

  /// The day of the last event, for the properties of a workbook.
  package var lastDay: CalendarDate { context.checkpoint.lastEventAt?.date ?? CalendarDate(daysSince1970: 0) }

  /// Who was where: a row for each attendee and each session or day, in the order of the names and of time. For
  /// certificates, so also of attendees who have withdrawn since.
  ///
  /// The selection is that of the settings, but a session selects those who were in it. `day` is the day on which they
  /// were checked in; times are on the clock of the conference.
  package func presences() -> PresenceTable {
    let only = context.settings.only ?? [:]
    let clock = Clock(context)
    var table = Spreadsheet(header: [
      "attendee", "name", "other_names", "organisation", "email", "category", "session", "title", "day",
      "checked_in", "station",
    ])
    var (rows, withoutDetails) = (0, 0)
    for attendee in attendees where only["category"].map(attendee.row.isIn) ?? true {
      let presences = attendee.row.presence.sorted { $0.at < $1.at }.filter { presence in
        only["session"].map { $0 == presence.session?.slug } ?? true
          && only["day"].map { $0 == presence.day?.description } ?? true
      }
      if presences.isEmpty { continue }
      guard let details = attendee.details else {
        withoutDetails += 1
        continue
      }
      let names = details.name.forms(context.languages).map(\.text)
      rows += presences.count
      for presence in presences {
        let time = clock.local(presence.at)
        table.add([
          attendee.row.attendee.slug, names.first ?? "", names.dropFirst().joined(separator: "; "),
          details.organisation?.best(context.languages).text ?? "", details.email?.text ?? "",
          attendee.row.category, presence.session?.slug ?? "",
          presence.session.map { title(of: $0, in: context.languages[0]) } ?? "",
          "\(day(of: presence) ?? context.day(time))", "\(time.date) \(time.clock)", presence.station ?? "",
        ])
      }
    }
    return PresenceTable(table: table, rows: rows, withoutDetails: withoutDetails)
  }

  /// The day for which it counts: of a session, the day of the conference on which it takes place. Of several, the one nearest
  /// to the check-in.
  private func day(of presence: Presence) -> CalendarDate? {
    guard let session = presence.session else { return presence.day }
    return context.program.sessions[session.slug]?.slot(nearestTo: presence.at).map { context.day($0) }
  }

  private func cells(_ column: ListColumn, _ person: Expected, number: Int, _ clock: Clock) -> [String] {
    let (row, details) = (person.row, person.details)
    let languages = context.languages
    func best(_ text: LocalizedText?) -> [String] { [text?.best(languages).text ?? ""] }
    switch column {
    case .name:
      let names = details.name.forms(languages).map(\.text)
      return [names.first ?? "", names.dropFirst().joined(separator: "; ")]
    case .organisation: return best(details.organisation)
    case .position: return best(details.position)
    case .country: return best(details.country)
    case .category: return [row.category]
    case .email: return [details.email?.text ?? ""]
    case .note: return [details.note ?? ""]
    case .sessions: return [titles(of: row).map { $0.best(languages).text }.joined(separator: "; ")]
    case .presence: return [presence(of: row, clock).map { $0.best(languages).text }.joined(separator: "; ")]
    case .checkedIn: return [row.status == .checkedIn ? "yes" : "no"]
    case .signature, .tick: return [""]
    case .number: return [String(number)]
    case .attendee: return [row.attendee.slug]
    }
  }

  // MARK: Order

  /// What has no place in the order comes last: attendees without an organisation, unusual categories.
  private struct Filing: Comparable {
    let isLast: Bool
    let order: IndexOrder

    static func < (a: Self, b: Self) -> Bool {
      a.isLast == b.isLast ? a.order < b.order : b.isLast
    }
  }

  /// Groups values by key, sorted by key. Inside a group, the order stays.
  private func grouped<Person, Key: Comparable>(_ people: [Person], by key: (Person) -> Key)
    -> [[Person]]
  {
    let ordered = people.enumerated().map { (key: key($1), index: $0, person: $1) }
      .sorted { ($0.key, $0.index) < ($1.key, $1.index) }
    var groups: [(key: Key, people: [Person])] = []
    for entry in ordered {
      if groups.last?.key != entry.key { groups.append((entry.key, [])) }
      groups[groups.count - 1].people.append(entry.person)
    }
    return groups.map(\.people)
  }

  /// The usual categories in their usual order, then others by name.
  private static func order(_ category: String) -> Filing {
    let known = Labels.categories.firstIndex { $0.name == category.lowercased() }
    return Filing(isLast: known == nil, order: IndexOrder(known.map { "\($0)" } ?? category.lowercased()))
  }

  // MARK: Categories

  private func printed(_ category: String, name: LocalizedText?) -> PrintedCategory {
    let mark = PrintedCategory.mark(of: category)
    return PrintedCategory(
      name: name ?? self.name(ofOne: category), sign: mark.sign, color: mark.color)
  }

  /// The label of a category. An unknown category is printed in the organizer's words.
  private func name(of category: String) -> LocalizedText {
    Labels.categories.first { $0.name == category.lowercased() }.map { context.label($0.wording) }
      ?? capitalized(category)
  }

  private func name(ofOne category: String) -> LocalizedText {
    Labels.oneOf(category: category).map(context.label) ?? capitalized(category)
  }

  private func capitalized(_ category: String) -> LocalizedText {
    LocalizedText([context.languages[0]: category.prefix(1).uppercased() + category.dropFirst()])
  }
}

/// Who was where.
package struct PresenceTable: Sendable {
  package let table: Spreadsheet
  /// Without the header.
  package let rows: Int
  /// How many attendees were present, but have no row, because they were erased.
  package let withoutDetails: Int
}

/// The wall time at an instant.
///
/// The offsets in the log count: those of the slots. At another time of the year the clocks can differ, so the zone's rules of
/// this machine are asked, if they agree with the slot nearest in time; if not, that slot's offset is taken. So another machine, with
/// other rules for the day of a check-in, can show another time at the same position: decision 0011 says why.
private struct Clock {
  private let starts: [ZonedTime]
  private let rules: ZoneRules?

  init(_ context: PublicationContext) {
    starts = context.program.sessions.rows.flatMap(\.slots).map(\.slot.start).sorted()
    let details = context.program.conference?.details
    // Nothing happened after the last event.
    rules = details.flatMap { details in
      let last = max(details.lastDay, context.checkpoint.lastEventAt?.date ?? details.lastDay)
      return try? ZoneRules(system: details.zone, days: details.firstDay...last)
    }
  }

  func local(_ time: Timestamp) -> ZonedTime {
    let nearest = starts.min {
      abs($0.instant.microseconds - time.microseconds) < abs($1.instant.microseconds - time.microseconds)
    }
    if let rules, nearest.map({ rules.offset(at: $0.instant) == $0.offset }) ?? true {
      return rules.time(at: time)
    }
    return ZoneRules(zone: nearest?.zone ?? "UTC", offset: nearest?.offset ?? 0).time(at: time)
  }
}
