import Vocabulary

extension ColumnMapping {
  /// Guesses from the headers, and from what the cells of the first rows look like.
  ///
  /// - Parameter rows: the first rows, the headers among them.
  static func guess(_ rows: [TableRow]) -> ColumnMapping {
    let first = rows.first?.cells ?? []
    if let own = OwnTable.mapping(first) { return own }
    let targets = first.map(target(of:))
    // Headers are words that are known, and no addresses, dates or times.
    let known = targets.count { $0 != nil }
    let looksLikeData = first.contains { Words.email($0) != nil || Dates.looksLikeDate($0) }
    let hasHeader = !first.isEmpty && (known > 0 || !looksLikeData) && !(looksLikeData && known < 2)
    let body = Array(hasHeader ? rows.dropFirst() : rows[...])
    let width = max(first.count, body.map(\.cells.count).max() ?? 0)
    var mapping = ColumnMapping(
      subject: .sessions,
      columns: (0..<width).map { index in
        Column(
          header: hasHeader && index < first.count ? Words.line(first[index]) ?? "" : "",
          target: hasHeader && index < targets.count ? targets[index] : nil)
      })
    mapping.hasHeader = hasHeader
    mapping.dropPlaces(body)
    mapping.resolveDoubles(body)
    mapping.guessFromContents(body)
    mapping.subject = mapping.guessedSubject
    mapping.dropForeignFields()
    return mapping
  }

  // MARK: Headers

  /// What headers say, in lower-case words without signs. The longer ones are looked for first.
  private static let words: [(Field, [String])] = [
    (
      .key,
      [
        "id", "code", "key", "guid", "uid", "uuid", "session id", "speaker id", "submission id",
        "proposal id", "order", "order code", "order number", "ticket id", "registration id", "attendee id",
        "nr", "number", "session",
        "编号",
      ]
    ),
    (
      .title,
      [
        "title", "session title", "talk title", "proposal title", "presentation title", "paper title", "talk",
        "topic title", "titel", "titre", "título", "titulo", "titolo", "название", "тема", "标题", "题目", "タイトル",
        "summary", "subject",
      ]
    ),
    (.subtitle, ["subtitle", "sub title", "untertitel", "sous titre"]),
    (.abstract, ["abstract", "short abstract", "teaser", "kurzbeschreibung", "résumé", "аннотация", "摘要"]),
    (
      .description,
      [
        "description", "long abstract", "details", "beschreibung", "descripción", "descrizione", "описание",
        "说明",
      ]
    ),
    (
      .kind,
      [
        "type", "kind", "session type", "submission type", "format", "session format", "talk type", "typ",
        "art", "event type",
      ]
    ),
    (
      .track,
      [
        "track", "tracks", "stream", "theme", "topic", "topics", "section", "track name", "track title",
        "session track", "секция",
      ]
    ),
    (.language, ["language", "languages", "lang", "sprache", "langue", "idioma", "язык", "语言"]),
    (
      .room,
      [
        "room", "room name", "location", "hall", "venue room", "raum", "salle", "sala", "saal", "зал", "会议室",
        "stage", "where",
      ]
    ),
    (
      .date,
      [
        "date", "day", "day date", "start date", "datum", "fecha", "data", "jour", "día", "giorno", "дата",
        "день",
        "日期",
      ]
    ),
    (
      .start,
      [
        "start", "start time", "starts", "starts at", "begin", "from", "time", "beginn", "von", "heure",
        "hora", "uhrzeit", "начало", "开始", "start date time", "scheduled at",
      ]
    ),
    (.endDate, ["end date"]),
    (.end, ["end", "end time", "ends", "ends at", "until", "to", "ende", "bis", "fin", "конец", "结束"]),
    (
      .duration,
      [
        "duration", "length", "minutes", "duration minutes", "dauer", "durée", "duración", "durata",
        "продолжительность",
      ]
    ),
    (
      .people,
      [
        "speaker", "speakers", "speaker names", "speaker name", "presenter", "presenters", "authors",
        "author", "referent", "referenten", "vortragende", "intervenant", "intervenants", "ponente",
        "ponentes", "relatore", "докладчик", "докладчики", "演讲者", "讲者",
      ]
    ),
    (.slides, ["slides", "slides url", "folien", "presentation url"]),
    (.recording, ["recording", "recording url", "video", "video url", "file url"]),
    (.link, ["url", "link", "website", "web"]),
    (
      .name,
      [
        "name", "full name", "fullname", "person name", "participant", "participant name", "attendee",
        "attendee name", "name title", "nom complet", "nombre completo", "имя", "фио", "姓名", "名前", "person",
      ]
    ),
    (
      .given,
      [
        "given name", "first name", "firstname", "forename", "given", "vorname", "prénom", "prenom", "nombre",
        "nome", "имя отчество", "名",
      ]
    ),
    (
      .family,
      [
        "family name", "last name", "lastname", "surname", "family", "nachname", "familienname", "nom",
        "nom de famille", "apellido", "apellidos", "cognome", "фамилия", "姓",
      ]
    ),
    (
      .email,
      [
        "email", "e mail", "mail", "email address", "e mail address", "attendee email", "courriel", "correo",
        "почта", "邮箱",
      ]
    ),
    (.biography, ["biography", "bio", "speaker bio", "biografie", "biographie", "short bio", "cv"]),
    (
      .position,
      [
        "position", "job title", "your job title", "role at organisation", "function", "funktion", "poste",
        "cargo", "tagline", "tag line", "person position", "должность", "职务", "job", "role 1", "role",
      ]
    ),
    (
      .organisation,
      [
        "organisation", "organization", "company", "company name", "your company", "affiliation",
        "institution", "person institution", "employer", "firma", "institut", "organisme", "empresa",
        "организация", "单位", "机构", "org", "university",
      ]
    ),
    (.country, ["country", "person country", "land", "pays", "país", "paese", "страна", "国家"]),
    (
      .category,
      [
        "category", "ticket", "ticket type", "ticket name", "registration type", "attendee type", "kategorie",
        "catégorie", "категория", "item", "product",
      ]
    ),
    (
      .note,
      [
        "note", "notes", "comment", "comments", "remark", "remarks", "dietary", "diet",
        "dietary requirements", "bemerkung", "remarque", "примечание", "备注",
      ]
    ),
    (
      .listed,
      [
        "listed", "public", "name on attendee list", "show on list", "publish name", "publish", "consent",
        "on public list",
      ]
    ),
    (.status, ["status", "state", "cancelled", "canceled", "order status"]),
  ]

  private static let byWords: [String: Field] = {
    var fields: [String: Field] = [:]
    for (field, names) in words {
      for name in names where fields[name] == nil { fields[name] = field }
    }
    return fields
  }()

  static let roles: Set<String> = [
    "chair", "moderator", "discussant", "speaker", "panellist", "panelist", "host", "interpreter", "keynote",
  ]

  /// Whether a row names two columns or more.
  static func areHeadings(_ cells: [String]) -> Bool { cells.count { target(of: $0) != nil } > 1 }

  /// Whether a column is named that has titles or names.
  static func haveNames(_ cells: [String]) -> Bool {
    cells.contains { cell in
      target(of: cell).map { [.title, .name, .given, .family, .email, .people].contains($0.field) } ?? false
    }
  }

  /// In small letters: `title`, `en` of title_en, title:en or Title (EN), and `track`, `name` of trackName.
  private static func words(of header: String) -> [String] {
    let apart = header.replacing(/(\p{Ll})(\p{Lu})/) { "\($0.1) \($0.2)" }.lowercased()
    return apart.replacing("(s)", with: "s").split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  static func target(of header: String) -> Target? {
    guard let header = Words.line(header), header.count <= 80 else { return nil }
    let words = words(of: header)
    guard !words.isEmpty else { return nil }
    let joined = words.joined(separator: " ")
    if let field = byWords[joined] { return Target(field) }
    if words.count > 1, let last = words.last, last.count == 2, let tag = (try? Language(last))?.tag,
      header.last != " ",
      let field = byWords[words.dropLast().joined(separator: " ")],
      [.title, .subtitle, .abstract, .description, .biography].contains(field)
    {
      return Target(field, tag)
    }
    let singular = words[0].hasSuffix("s") ? String(words[0].dropLast()) : words[0]
    if words.count == 1 || words.count == 2 && ["name", "names"].contains(words[1]), roles.contains(singular)
    {
      return singular == "speaker" ? Target(.people) : Target(.people, singular)
    }
    return nil
  }

  /// Numbers that count the rows, “1, 2, 3”, also with some rows left out, are no keys: where somebody is new in the list, they
  /// belong to others.
  private mutating func dropPlaces(_ rows: [TableRow]) {
    for index in columns.indices
    where columns[index].target == Target(.key) && Self.isNumber(columns[index]) {
      let cells = Self.cells(index, rows)
      let numbers = cells.compactMap { Int($0) }
      // Those of a shop have gaps, too, but larger ones.
      if numbers.count == cells.count, let first = numbers.first, let last = numbers.last,
        (0...1).contains(first), last - first < 2 * numbers.count,
        zip(numbers, numbers.dropFirst()).allSatisfy(<)
      {
        columns[index].target = nil
      }
    }
  }

  /// What columns are called that can be keys, or count the rows.
  private static let numbers: Set = ["order", "nr", "number", "编号"]

  private static func isNumber(_ column: Column) -> Bool {
    numbers.contains(words(of: column.header).joined(separator: " "))
  }

  /// A column of sessions, where nothing is called a title, has their titles.
  private mutating func nameSessions() {
    if has(.title) { return }
    for index in columns.indices
    where columns[index].target == Target(.key) && columns[index].header.lowercased() == "session" {
      columns[index].target = Target(.title)
    }
  }

  /// One order can be of several people: another column is the key, if it tells as many apart, or most rows. A session can have
  /// two rows; what has doubles and is only called a number may count the tickets of each order.
  private mutating func preferKeys(_ rows: [TableRow]) {
    func differing(_ index: Int) -> Int { Set(Self.cells(index, rows)).count }
    let orders =
      columns.indices.filter {
        columns[$0].target == Target(.key) && Self.isOrder(columns[$0])
      }.map(differing).max() ?? 0
    prefer(.key) { [columns] index in
      if Self.isOrder(columns[index]) { return false }
      if Self.isNumber(columns[index]) { return differing(index) == Self.cells(index, rows).count }
      return differing(index) >= orders || 2 * differing(index) >= rows.count
    }
    prefer(.key) { [columns] in Self.isOrder(columns[$0]) }
  }

  /// Of several columns with one field, the first that passes the test counts; if none does, nothing is changed.
  private mutating func prefer(_ field: Field, where isBetter: (Int) -> Bool) {
    let same = columns.indices.filter { columns[$0].target == Target(field) }
    guard same.count > 1, let best = same.first(where: isBetter) else { return }
    for index in same where index != best { columns[index].target = nil }
  }

  /// Two columns with the same field: names in two columns are given and family, and of others the first counts.
  private mutating func resolveDoubles(_ rows: [TableRow]) {
    nameSessions()
    preferKeys(rows)
    // A day of the week is no date.
    prefer(.date) { Self.most($0, rows, Dates.isDate) }
    let names = columns.indices.filter { columns[$0].target == Target(.name) }
    if names.count == 2 {
      columns[names[0]].target = Target(.given)
      columns[names[1]].target = Target(.family)
    }
    // “Name” beside “First name” is a family name, unless there is one.
    if names.count == 1, has(.given), !has(.family), columns[names[0]].header.split(separator: " ").count == 1
    {
      columns[names[0]].target = Target(.family)
    }
    var seen: Set<Target> = []
    for index in columns.indices {
      guard let target = columns[index].target else { continue }
      if !seen.insert(target).inserted, ![.people, .link, .note].contains(target.field) {
        columns[index].target = nil
      }
    }
  }

  // MARK: Contents

  private static func cells(_ index: Int, _ rows: [TableRow]) -> [String] { rows.compactMap { $0[index] } }

  private static func most(_ index: Int, _ rows: [TableRow], _ test: (String) -> Bool) -> Bool {
    let cells = cells(index, rows)
    return !cells.isEmpty && cells.count(where: test) * 10 >= cells.count * 8
  }

  private static func isOrder(_ column: Column) -> Bool { column.header.lowercased().hasPrefix("order") }

  private mutating func guessFromContents(_ rows: [TableRow]) {
    func cells(_ index: Int) -> [String] { Self.cells(index, rows) }
    func most(_ index: Int, _ test: (String) -> Bool) -> Bool { Self.most(index, rows, test) }
    for index in columns.indices {
      if columns[index].target == nil, !has(.name), most(index, { DictionaryCell($0)?["name"] != nil }) {
        // Some exports put what a program knew of a person into one cell.
        columns[index].target = Target(.name)
      }
      if columns[index].target == nil {
        if !has(.email), most(index, { Words.email($0) != nil }) {
          columns[index].target = Target(.email)
        } else if !hasHeader, !has(.date), most(index, Dates.looksLikeDate) {
          columns[index].target = Target(.date)
        }
      } else if columns[index].target?.field == .date, !has(.start), most(index, Dates.hasTime) {
        columns[index].target = Target(.start)
      }
    }
    // Without headers: of two columns of single words and an address, the names; or the first of two words.
    if !hasHeader, !has(.name), !has(.title) {
      func areWords(_ index: Int, _ count: ClosedRange<Int>) -> Bool {
        columns[index].target == nil
          && most(index) {
            count.contains($0.split(separator: " ").count)
              && $0.allSatisfy { $0.isLetter || " -'’.".contains($0) }
          }
      }
      if let whole = columns.indices.first(where: { areWords($0, 2...5) }) {
        columns[whole].target = Target(.name)
      } else {
        let single = columns.indices.filter { areWords($0, 1...2) }
        if single.count >= 2 {
          columns[single[0]].target = Target(.given)
          columns[single[1]].target = Target(.family)
        }
      }
    }
    // A title that is nowhere called so.
    if !has(.title), !has(.name), !has(.given), !has(.family), has(.people) || has(.start) || has(.room),
      let longest = columns.indices.filter({ columns[$0].target == nil }).max(by: {
        cells($0).reduce(0) { $0 + $1.count } < cells($1).reduce(0) { $0 + $1.count }
      }), !cells(longest).isEmpty
    {
      columns[longest].target = Target(.title)
    }
  }

  private var guessedSubject: Subject {
    if has(.title),
      has(.start) || has(.room) || has(.duration) || has(.abstract) || has(.description) || has(.people)
        || has(.kind) || !(has(.name) || has(.family))
    {
      return .sessions
    }
    if has(.category) || has(.listed)
      || columns.contains(where: {
        $0.header.lowercased().contains(/ticket|order|registr|attendee|participant|diet/)
      })
    {
      return .attendees
    }
    return .people
  }

  /// What rows of this sort do not have is left out.
  private mutating func dropForeignFields() {
    let allowed = Self.fields(of: subject)
    for index in columns.indices {
      guard let target = columns[index].target else { continue }
      // Only attendees have orders.
      if subject != .attendees, target.field == .key, Self.isOrder(columns[index]) {
        columns[index].target = nil
      }
      guard !allowed.contains(target.field) else { continue }
      // People's roles are their positions, and a speaker's column is a name where there is no other.
      if subject != .sessions, target.field == .people, !has(.name), !has(.given) {
        columns[index].target = Target(.name)
      } else {
        columns[index].target = nil
      }
    }
  }

  static func fields(of subject: Subject) -> Set<Field> {
    switch subject {
    case .sessions:
      [
        .key, .slot, .status, .title, .subtitle, .abstract, .description, .kind, .track, .language, .room,
        .roomName,
        .date,
        .start, .endDate, .end, .duration, .people, .slides, .recording, .link,
      ]
    case .people:
      [.key, .name, .otherNames, .given, .family, .email, .biography, .position, .organisation, .country]
    case .attendees:
      [
        .key, .status, .note, .name, .otherNames, .given, .family, .email, .position, .organisation, .country,
        .category,
        .listed,
      ]
    }
  }
}
