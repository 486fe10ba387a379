import Vocabulary

/// Tables of sessions, people or attendees, in CSV or XLSX: what both have in common.
package enum Table {
  /// The mapping that a file is read with if none is given.
  ///
  /// - Throws: `Unreadable` for what is no table.
  package static func guess(_ file: ForeignSource.File) throws -> ColumnMapping {
    let rows = try firstRows(of: rows(of: file))
    try OwnTable.refuse(rows.first?.cells ?? [], file)
    return ColumnMapping.guess(rows)
  }

  /// Whether a text is a table whose headings are those of sessions, people or attendees.
  static func isProgramOrPeople(_ file: ForeignSource.File) throws -> Bool {
    guard CSV.recognizes(try file.beginning) else { return false }
    guard let first = try? firstRows(of: rows(of: file)).first?.cells else { return false }
    return OwnTable.isOne(first) || ColumnMapping.areHeadings(first) && ColumnMapping.haveNames(first)
  }

  /// Reads a file with a mapping.
  ///
  /// - Returns: what a row is, if Plenary wrote the table.
  static func read(_ file: ForeignSource.File, _ mapping: ColumnMapping?, into collector: inout Collector)
    throws -> ColumnMapping.Subject?
  {
    let rows = try rows(of: file, mapping)
    let first = try firstRows(of: rows)
    let isGuessed = mapping == nil
    if isGuessed { try OwnTable.refuse(first.first?.cells ?? [], file) }
    let isWorkbook = XLSX.recognizes(try file.beginning)
    var mapping = try mapping?.fitted(to: first.first?.cells ?? []) ?? ColumnMapping.guess(first)
    guard mapping.isUseful else {
      let headers = (first.first?.cells ?? []).compactMap { Words.line($0) }.prefix(12).map {
        "“\(excerpt($0))”"
      }
      if let headings = first.dropFirst().prefix(20).first(where: { ColumnMapping.areHeadings($0.cells) }) {
        throw Unreadable(
          "This row of “\(excerpt(file.name))” looks like the headings of the columns. Remove the rows above it.",
          at: SourcePosition(line: headings.line))
      }
      throw Unreadable(
        "“\(excerpt(file.name))” has no column that looks like a title or a name. Its first row is \(list(Array(headers))). Say in a mapping which column is which.",
        at: first.first.map { SourcePosition(line: $0.line) })
    }
    let isOwn = mapping.isOwn(.key)
    if isOwn {
      let columns = Set(mapping.columns.compactMap(\.target))
      collector.set(\.ownColumns, (collector.facts.ownColumns ?? []).union(columns))
    }
    if mapping.dates == nil { try mapping.findDateOrder(rows, &collector) }
    let hasOffsets = try mapping.hasOffsets(rows, first)
    var reader = RowReader(
      mapping: mapping, guessed: isGuessed ? first.first?.cells.count ?? 0 : 0, hasOffsets: hasOffsets,
      collector: collector)
    // Copied, so that remarks of the table and of its rows come in order.
    var remarks: [Remark] = []
    var isFirst = true
    var width: Int?
    try rows({ remarks.append($0) }) { row in
      defer { isFirst = false }
      for remark in remarks { reader.collector.remark(remark.text, at: remark.at) }
      remarks = []
      if isFirst {
        width = row.cells.count
        if mapping.hasHeader { return }
      }
      // A workbook does not keep the empty cells at the end of a row.
      reader.read(row, width: isWorkbook ? min(width ?? 0, row.cells.count) : width ?? 0)
    }
    for remark in remarks { reader.collector.remark(remark.text, at: remark.at) }
    reader.finish()
    collector = reader.collector
    return isOwn ? mapping.subject : nil
  }

  typealias Rows = ((Remark) -> Void, (TableRow) throws -> Void) throws -> Void

  /// - Parameter mapping: of several sheets, the first one is read that it fits; without one, the first one that is understood.
  private static func rows(of file: ForeignSource.File, _ mapping: ColumnMapping? = nil) throws -> Rows {
    let beginning = try file.beginning
    if XLSX.recognizes(beginning) {
      let book = try Workbook(file)
      // A sheet that is broken is told: another one must not be taken for it.
      func isMeant(_ index: Int) throws -> Bool {
        let first = try firstRows(of: book.sheet(index).rows)
        guard let mapping else { return ColumnMapping.guess(first).isUseful && first.count > 1 }
        return (try? mapping.fitted(to: first.first?.cells ?? [])) != nil
      }
      let meant = book.sheets.count > 1 ? try book.sheets.indices.first(where: isMeant) : nil
      let sheet = try book.sheet(meant ?? 0)
      return { remark, take in try sheet.rows(remark, take) }
    }
    let text = try DelimitedText(file)
    return { remark, take in
      if text.encoding == .windows1252 {
        remark(
          Remark(
            "The file is not UTF-8. It was read as Windows-1252; look at letters with accents. If they are wrong, name the encoding, such "
              + "as --encoding windows-1250 (Central Europe), windows-1251 (Cyrillic), gb18030 (Chinese) or shift-jis (Japanese)."
          ))
      }
      try text.rows(remark, take)
    }
  }

  private static func firstRows(of rows: Rows) throws -> [TableRow] {
    var first: [TableRow] = []
    do {
      try rows({ _ in }) { row in
        first.append(row)
        if first.count == 100 { throw EnoughRows() }
      }
    } catch is EnoughRows {}
    return first
  }
}

extension ColumnMapping {
  /// Whether rows can be told from each other: they have a title, or a name.
  fileprivate var isUseful: Bool {
    subject == .sessions ? has(.title) : has(.name) || has(.given) || has(.family)
  }

  /// Whether `2026-02-03 09:00-10:00` is ten hours behind UTC, because another row of the column can be no range.
  fileprivate func hasOffsets(_ rows: Table.Rows, _ first: [TableRow]) throws -> Bool {
    guard let place = column(.start),
      first.contains(where: { $0[place].map(Dates.canBeRangeOrOffset) ?? false })
    else { return false }
    var isFound = false
    try rows({ _ in }) { row in
      if let text = row[place], Dates.isOffset(text) { isFound = true }
    }
    return isFound
  }

  /// By the first date whose day is above 12; with a remark if there is none.
  fileprivate mutating func findDateOrder(_ rows: Table.Rows, _ collector: inout Collector) throws {
    let places = [Field.date, .start, .endDate, .end].compactMap { column($0) }
    guard !places.isEmpty else { return }
    var (order, ambiguous): (DateOrder?, (text: String, at: SourcePosition)?) = (nil, nil)
    var isContradictory = false
    try rows({ _ in }) { row in
      for place in places {
        guard let text = row[place] else { continue }
        let found = Dates.order(of: text)
        guard found.isNumeric else { continue }
        if let known = found.order {
          if let order, order != known { isContradictory = true }
          if order == nil { order = known }
        } else if ambiguous == nil {
          ambiguous = (text, row.position(ofCell: place))
        }
      }
    }
    dates = order ?? .dayFirst
    if isContradictory {
      collector.remark(
        "In some dates the day is first, in others the month. \(order == .dayFirst ? "The day" : "The month") was taken as first; look at them."
      )
    } else if order == nil, let ambiguous {
      let shown = Dates.read(ambiguous.text, .dayFirst)?.date.description ?? ""
      collector.remark(
        "“\(excerpt(ambiguous.text))” was read as \(shown), the day first. If the month is first, say “dates = month-first” in the mapping.",
        at: ambiguous.at)
    }
  }
}

/// Makes facts of rows.
private struct RowReader {
  let mapping: ColumnMapping
  /// Whether `2026-02-03 09:00-10:00` says how far a clock is behind UTC.
  let hasOffsets: Bool
  var collector: Collector
  private var comments = 0
  private var firstComment: Int?
  /// Columns that nobody has left out, and that are not read: those where nothing was found yet, and the others.
  private var unread: (empty: [Int], filled: [Int]) = ([], [])
  /// Sessions with a room, of which the table says no time.
  private var roomsOnly = 0
  /// Cells for people that say that nobody is known yet.
  private var unknownPeople = 0
  /// As they were written first, by their names in small letters.
  private var rooms: [String: String] = [:]
  /// Other spellings of rooms that were told.
  private var toldRooms: Set<String> = []

  /// - Parameter guessed: how many of the columns were guessed.
  init(mapping: ColumnMapping, guessed: Int, hasOffsets: Bool, collector: Collector) {
    (self.mapping, self.collector, self.hasOffsets) = (mapping, collector, hasOffsets)
    unread.empty = mapping.columns.indices.prefix(guessed).filter { mapping.columns[$0].target == nil }
  }

  private func cell(_ row: TableRow, _ field: ColumnMapping.Field) -> String? {
    for (index, column) in mapping.columns.enumerated() where column.target?.field == field {
      if let text = row[index] { return text }
    }
    return nil
  }

  /// Where a cell with this field stands; the row, if it has none.
  private func place(of field: ColumnMapping.Field, _ row: TableRow) -> SourcePosition {
    for (index, column) in mapping.columns.enumerated()
    where column.target?.field == field && row[index] != nil {
      return row.position(ofCell: index)
    }
    return SourcePosition(line: row.line)
  }

  private func texts(
    _ row: TableRow, _ field: ColumnMapping.Field, _ clean: (String?) -> String?, in language: String? = nil
  ) -> ForeignText? {
    var entries: [ForeignText.Entry] = []
    for (index, column) in mapping.columns.enumerated() {
      guard let target = column.target, target.field == field, let text = clean(row[index]) else { continue }
      let tag = target.qualifier ?? language
      if !entries.contains(where: { $0.language == tag }) { entries.append(.init(text, in: tag)) }
    }
    return entries.isEmpty ? nil : ForeignText(entries)
  }

  mutating func read(_ row: TableRow, width: Int) {
    if row.cells.first?.hasPrefix("#") == true, row.cells.dropFirst().allSatisfy({ $0.nonEmpty == nil }) {
      comments += 1
      if firstComment == nil { firstComment = row.line }
      return
    }
    if row.cells.count != width {
      let extra = row.cells.dropFirst(width).compactMap(\.nonEmpty)
      if row.cells.count < width || !extra.isEmpty {
        collector.remark(
          "The row has \(counted(row.cells.count, "cell")), the first row \(width). "
            + (row.cells.count < width
              ? "The last columns were read as empty." : "The last ones were left out."),
          at: SourcePosition(line: row.line))
      }
    }
    if !unread.empty.isEmpty {
      unread.filled += unread.empty.filter { row[$0] != nil }
      unread.empty.removeAll { row[$0] != nil }
    }
    switch mapping.subject {
    case .sessions: session(row)
    case .people: person(row)
    case .attendees: attendee(row)
    }
  }

  mutating func finish() {
    if comments > 0 {
      collector.remark(
        "\(counted(comments, "row")) that \(comments == 1 ? "begins" : "begin") with # \(comments == 1 ? "was" : "were") left out.",
        at: firstComment.map { SourcePosition(line: $0) })
    }
    if roomsOnly > 0 {
      collector.remark(
        "\(counted(roomsOnly, "session has", "sessions have")) a room but no time. The \(roomsOnly == 1 ? "room was" : "rooms were") read, but a session without a time is in no room."
      )
    }
    if unknownPeople > 0 {
      collector.remark(
        "\(counted(unknownPeople, "name")) such as “tba” \(unknownPeople == 1 ? "was" : "were") left out: nobody is called so."
      )
    }
    if !unread.filled.isEmpty {
      let names = unread.filled.sorted().map { index in
        let header = mapping.columns[index].header
        return header.isEmpty ? "number \(index + 1)" : "“\(excerpt(header))”"
      }
      let shown = names.count > 12 ? names.prefix(11) + ["\(names.count - 11) more"] : names[...]
      let isOne = names.count == 1
      collector.remark(
        "The \(isOne ? "column" : "columns") \(list(Array(shown))) \(isOne ? "was" : "were") not read. "
          + (mapping.isOwn(.key)
            ? "Plenary does not take \(isOne ? "it" : "them") back from its own tables; change that with commands."
            : "To say what a column is, see --show-mapping."))
    }
  }

  // MARK: People

  private func key(_ row: TableRow) -> [ForeignKey] {
    guard let text = Words.line(cell(row, .key)), let index = mapping.column(.key) else { return [] }
    // `ada (withdrawn)`, and `workshop.2` for the second slot.
    if mapping.isOwn(.key) { return [ForeignKey(.own, String(text.prefix { $0 != " " && $0 != "." }))] }
    let header = mapping.columns[index].header.lowercased()
    let kind: ForeignKey.Kind =
      header.contains("guid") || header.contains("uuid")
      ? .guid : header.contains("uid") ? .uid : header.contains("code") ? .code : .id
    return [ForeignKey(kind, text)]
  }

  private func name(_ row: TableRow) -> ForeignName? {
    if let whole = cell(row, .name), whole.hasPrefix("{"), let parts = DictionaryCell(whole) {
      return ForeignName(whole: parts["name"]).clean
    }
    let whole = mapping.isOwn(.key) ? nameForms(row).first : cell(row, .name)
    return ForeignName(whole: whole, given: cell(row, .given), family: cell(row, .family)).clean
  }

  /// Our lists have all forms of a name in one cell, or the others in a cell of their own.
  private func nameForms(_ row: TableRow) -> [String] {
    guard mapping.isOwn(.key) else { return [] }
    let main = cell(row, .name)?.split(separator: " · ") ?? []
    let others = cell(row, .otherNames)?.split(separator: ";") ?? []
    return (main + others).compactMap { Words.line(String($0)) }
  }

  /// The address, and a remark if what stands there is none.
  private mutating func email(_ row: TableRow) -> String? {
    guard let text = cell(row, .email) else { return nil }
    for part in text.split(whereSeparator: { ",; \n".contains($0) }) {
      if let email = Words.email(String(part)) { return email }
    }
    collector.remark("An e-mail address cannot be read as one.", at: place(of: .email, row))
    return nil
  }

  private mutating func person(_ row: TableRow) {
    let at = SourcePosition(line: row.line)
    guard let name = name(row) else {
      return collector.leaveOut("A row without a name was left out.", at: at)
    }
    let email = email(row)
    let keys = key(row) + (email.map { [ForeignKey(.email, $0.lowercased())] } ?? [])
    let biography =
      texts(row, .biography, Words.formatted)
      ?? cell(row, .name).flatMap { DictionaryCell($0)?["bio"] }.flatMap { Words.formattedText($0) }
    let position = Words.line(cell(row, .position))
    let organisation = Words.line(cell(row, .organisation))
    let country = Words.line(cell(row, .country))
    let forms = nameForms(row)
    collector.person(keys, named: name, at: at) {
      $0.nameForms = forms
      $0.email = $0.email ?? email
      $0.biography = $0.biography ?? biography
      $0.position = $0.position ?? position
      $0.organisation = $0.organisation ?? organisation
      $0.country = $0.country ?? country
    }
  }

  private mutating func attendee(_ row: TableRow) {
    let at = SourcePosition(line: row.line)
    guard let name = name(row) else {
      return collector.leaveOut("A row without a name was left out.", at: at)
    }
    var attendee = ForeignAttendee(name: name)
    attendee.nameForms = nameForms(row)
    attendee.at = at
    attendee.email = email(row)
    attendee.keys = key(row) + (attendee.email.map { [ForeignKey(.email, $0.lowercased())] } ?? [])
    attendee.organisation = Words.line(cell(row, .organisation))
    attendee.position = Words.line(cell(row, .position))
    attendee.country = Words.line(cell(row, .country))
    attendee.category = Words.line(cell(row, .category))
    attendee.note = Words.paragraphs(cell(row, .note))
    attendee.isListed = cell(row, .listed).flatMap(Self.yesOrNo)
    attendee.isCancelled = isCancelled(row)
    attendee.saysState = mapping.column(.status) != nil
    collector.attendee(attendee)
  }

  static func yesOrNo(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "yes", "y", "true", "1", "x", "ja", "oui", "sí", "si", "да", "是": true
    case "no", "n", "false", "0", "nein", "non", "нет", "否": false
    default: nil
    }
  }

  /// A column of states, or one that is called cancelled and says yes.
  private func isCancelled(_ row: TableRow) -> Bool {
    guard let text = cell(row, .status), let index = mapping.column(.status) else { return false }
    if mapping.columns[index].header.lowercased().hasPrefix("cancel") { return Self.yesOrNo(text) ?? true }
    return ForeignState(text) == .cancelled || ["refunded", "void"].contains(text.lowercased())
  }

  // MARK: Sessions

  private mutating func session(_ row: TableRow) {
    let at = SourcePosition(line: row.line)
    let language = Words.line(cell(row, .language))
    guard let title = texts(row, .title, Words.line) else {
      return collector.leaveOut("A row without a title was left out.", at: at)
    }
    if let index = mapping.column(.status), !mapping.columns[index].header.lowercased().hasPrefix("cancel"),
      let text = cell(row, .status),
      ForeignState(text) == .leftOut
    {
      return collector.remark(
        "“\(excerpt(title.display))” was left out: its state is “\(excerpt(text))”.",
        at: place(of: .status, row))
    }
    var session = ForeignSession(title: title)
    session.at = at
    session.keys = key(row)
    session.language = language
    session.subtitle = texts(row, .subtitle, Words.line)
    session.abstract = texts(row, .abstract, Words.formatted)
    // Our own texts are no HTML.
    session.description = texts(row, .description, mapping.isOwn(.key) ? Words.paragraphs : Words.formatted)
    session.kind = Words.line(cell(row, .kind))
    let ownTrack = mapping.isOwn(.track)
    session.track = cell(row, .track).flatMap { text in
      collector.track(text, at: at) { if ownTrack { $0.keys = [ForeignKey(.own, text)] } }
    }
    session.isCancelled = isCancelled(row)
    session.saysState = mapping.column(.status) != nil
    if mapping.isOwn(.key), session.kind == "cancelled" {
      (session.kind, session.isCancelled) = (nil, true)
    }
    if var slot = slot(row, title.display) {
      slot.number = slotNumber(row)
      session.slots = [slot]
    }
    for (index, column) in mapping.columns.enumerated() {
      guard let target = column.target, let text = row[index] else { continue }
      switch target.field {
      case .people: people(text, target.qualifier, at, &session)
      case .slides, .recording, .link:
        let kind: ForeignLink.Kind? =
          target.field == .slides ? .slides : target.field == .recording ? .recording : nil
        for word in text.split(whereSeparator: { $0.isWhitespace || $0 == ";" && !mapping.isOwn(.key) }) {
          if let address = Words.address(String(word)) {
            session.links.append(ForeignLink(kind ?? LinkKind.guess(address, title: nil), address))
          }
        }
      default: break
      }
    }
    session.links = session.links.uniqued(by: \.address)
    collector.session(session)
  }

  /// In a table of ours: in a column of its own, or as `workshop.2`; the first slot is called as the session.
  private func slotNumber(_ row: TableRow) -> Int? {
    guard mapping.isOwn(.key), let key = Words.line(cell(row, .key)) else { return nil }
    if mapping.has(.slot) { return cell(row, .slot).flatMap { Int($0) } }
    let parts = key.prefix { $0 != " " }.split(separator: ".")
    return parts.count > 1 ? Int(parts[1]) : 1
  }

  private mutating func people(
    _ text: String, _ role: String?, _ at: SourcePosition, _ session: inout ForeignSession
  ) {
    for name in NameList.names(in: text, mapping.separators) {
      // frab writes `12:Ana Ruiz`.
      let number = name.prefix { $0.isASCII && $0.isNumber }
      let isNumbered = !number.isEmpty && number.count < 10 && name.dropFirst(number.count).first == ":"
      let keys = isNumbered ? [ForeignKey(.id, String(number))] : []
      let (whole, own) = Self.withoutRole(isNumbered ? String(name.dropFirst(number.count + 1)) : name)
      if Placeholder.isUsed(as: whole) {
        unknownPeople += 1
        continue
      }
      if let key = collector.person(keys, named: ForeignName(whole: whole), at: at) {
        session.people.append(ForeignPresence(person: key, role: own ?? role))
      }
    }
  }

  /// `Ana Ruiz (chair)`
  private static func withoutRole(_ name: String) -> (name: String, role: String?) {
    guard name.last == ")" || name.last == "]", let open = name.lastIndex(where: { "([".contains($0) }) else {
      return (name, nil)
    }
    let role = name[name.index(after: open)...].dropLast().lowercased()
    guard ColumnMapping.roles.contains(role), let rest = String(name[..<open]).nonEmpty else {
      return (name, nil)
    }
    return (rest, role)
  }

  /// Two spellings of a room's name that differ in case are one room.
  private mutating func room(_ row: TableRow) -> String? {
    guard let name = Words.line(cell(row, .room)) else { return nil }
    let at = place(of: .room, row)
    if mapping.isOwn(.room) {
      let named = Words.line(cell(row, .roomName)).map { ForeignText($0) }
      var other: ForeignText?
      let key = collector.room(name, named: named, at: SourcePosition(line: row.line)) {
        if let named, $0.name != named { other = $0.name }
        $0.keys = [ForeignKey(.own, name)]
      }
      if let named, let other {
        collector.remark(
          "The room “\(excerpt(name))” is called “\(excerpt(named.display))” here and “\(excerpt(other.display))” in an earlier row, which "
            + "was taken. Correct the name in all rows.", at: place(of: .roomName, row))
      }
      return key
    }
    if let known = rooms[name.lowercased()], known != name {
      if toldRooms.insert(name).inserted {
        collector.remark("The room “\(excerpt(name))” was read as “\(excerpt(known))”.", at: at)
      }
      return collector.room(known, at: at)
    }
    rooms[name.lowercased()] = name
    return collector.room(name, at: SourcePosition(line: row.line))
  }

  private mutating func slot(_ row: TableRow, _ title: String) -> ForeignSlot? {
    let order = mapping.dates ?? .dayFirst
    var dateText = cell(row, .date)
    var startText = cell(row, .start)
    var endText = cell(row, .end)
    var endDateText = cell(row, .endDate)
    if let known = startText.flatMap(OwnTable.times) {
      (dateText, startText, endText, endDateText) = (known.date, known.start, known.end, known.endDate)
    } else if mapping.isOwn(.key), startText == "not scheduled" {
      startText = nil
    }
    // Beside an end or a length of its own, it is no range.
    let hasOffset = hasOffsets || endText != nil || cell(row, .duration) != nil
    if let (first, last) = startText.flatMap({ Dates.range($0, order, hasOffsets: hasOffset) }) {
      (startText, endText) = (first, endText ?? last)
    }
    let room = room(row)
    guard let said = startText ?? dateText else {
      if room != nil { roomsOnly += 1 }
      return nil
    }
    var start: ForeignTime?
    if let startText, let minutes = Clock.minutes(ofDay: startText),
      Dates.read(startText, order)?.minutes == nil
    {
      // A time alone needs the day.
      start = dateText.flatMap { Dates.read($0, order) }.map {
        .wall(date: $0.date.description, minutes: minutes)
      }
    } else if let reading = Dates.read(said, order), let minutes = reading.minutes {
      start = reading.time ?? .wall(date: reading.date.description, minutes: minutes)
    }
    guard let start else {
      if startText == nil, Dates.read(said, order) != nil {
        // A date without a time is a plan, and no slot.
        if room != nil { roomsOnly += 1 }
      } else {
        // Beside a time that can be read, the day is what is wrong.
        let isDay = dateText.map { Dates.read($0, order) == nil } ?? false
        let bad = isDay ? dateText ?? said : said
        let hasNoDay = dateText == nil && Clock.minutes(ofDay: bad) != nil
        collector.remark(
          "“\(excerpt(title))” was read without a time: “\(excerpt(bad))” "
            + (hasNoDay ? "has no day beside it." : "cannot be read as \(isDay ? "a day" : "one")."),
          at: place(of: startText == nil || isDay ? .date : .start, row))
      }
      return nil
    }
    guard let length = length(row, from: start, until: endText, on: endDateText, order) else {
      collector.remark(
        endText.map {
          "“\(excerpt(title))” was read without a time: the end “\(excerpt($0))” cannot be read, or is not after the start."
        } ?? "“\(excerpt(title))” was read without a time: it has no end and no duration that can be read.",
        at: place(of: cell(row, .duration) == nil ? .end : .duration, row))
      return nil
    }
    return ForeignSlot(room: room, start: start, minutes: length)
  }

  /// What is longer is no night, but an end before the start.
  private static let longestNight = 12 * 60

  private func length(
    _ row: TableRow, from start: ForeignTime, until end: String?, on endDate: String?,
    _ order: ColumnMapping.DateOrder
  ) -> Int? {
    if let text = cell(row, .duration), let length = Clock.length(text) { return length }
    guard let text = end else { return nil }
    if let minutes = Clock.minutes(ofDay: text), Dates.read(text, order)?.minutes == nil,
      case .wall(let date, let begin) = start
    {
      let endDate = endDate.flatMap { Dates.read($0, order) }?.date.description
      let length = Clock.length(from: start, to: .wall(date: endDate ?? date, minutes: minutes))
      // 23:30 to 00:15 goes over midnight.
      let night = minutes + 1440 - begin
      return length ?? (endDate == nil && minutes < begin && night <= Self.longestNight ? night : nil)
    }
    guard let reading = Dates.read(text, order), let minutes = reading.minutes else { return nil }
    return Clock.length(
      from: start, to: reading.time ?? .wall(date: reading.date.description, minutes: minutes))
  }
}

// MARK: Formats

/// Tables in CSV, and in what is called so: with semicolons, tabs, or in Windows-1252.
package enum CSV: ForeignReader {
  package static let name = "CSV"
  package static let hasEnd = false

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    let text = TextEncoding.utf8(beginning)
    // Text without zero bytes, that begins like no other format, with a delimiter before the first line ends, and not
    // only in a sentence.
    guard !text.isEmpty, !text.contains(0),
      let first = text.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }),
      first != UInt8(ascii: "<"), first != UInt8(ascii: "{"), first != UInt8(ascii: "[")
    else { return false }
    let delimiter = DelimitedText.delimiter(of: text)
    var (fields, isQuoted, isBlank, lines) = (1, false, true, [Int]())
    for byte in text {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == delimiter { fields += 1 }
      if byte == 0x0A || byte == 0x0D {
        if !isBlank { lines.append(fields) }
        (fields, isBlank) = (1, true)
        if lines.count == 10 { break }
      } else {
        isBlank = false
      }
    }
    if lines.isEmpty, fields > 1 { lines.append(fields) }
    guard let width = lines.first, width > 1 else { return false }
    // Rows of comments and ragged ones are few.
    return lines.count { abs($0 - width) <= 1 } * 2 > lines.count || lines.count < 4
  }

  package static func read(_ source: ForeignSource) throws -> ForeignConference {
    try read(source, mappings: [:])
  }

  /// - Parameter mappings: by the names of the files; those without are guessed.
  static func read(_ source: ForeignSource, mappings: [String: ColumnMapping]) throws -> ForeignConference {
    var collector = Collector()
    var read: [(name: String, own: ColumnMapping.Subject?)] = []
    for file in source.files {
      let own = try Table.read(file, mappings[file.name], into: &collector)
      if let first = read.first, (first.own == nil) != (own == nil) {
        let (ours, other) = own == nil ? (first.name, file.name) : (file.name, first.name)
        throw Unreadable(
          "Plenary wrote “\(excerpt(ours))”, and another program “\(excerpt(other))”. Import them one after the other."
        )
      }
      if let own, let same = read.first(where: { $0.own == own }) {
        throw Unreadable(
          "“\(excerpt(same.name))” and “\(excerpt(file.name))” are both tables of \(own.rawValue) that Plenary wrote. Import them one after the other."
        )
      }
      read.append((file.name, own))
    }
    return collector.finish()
  }
}

/// The first sheet of an Excel workbook.
package enum XLSX: ForeignReader {
  package static let name = "XLSX"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    beginning.starts(with: [0x50, 0x4B, 0x03, 0x04])
  }

  package static func read(_ source: ForeignSource) throws -> ForeignConference {
    try CSV.read(source, mappings: [:])
  }
}
