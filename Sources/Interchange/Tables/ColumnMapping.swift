import Vocabulary

/// Which column of a table is what: guessed, shown, kept in a small file, changed there.
///
/// ```
/// table = sessions
/// header = yes
/// names = semicolon newline
/// dates = day-first
/// 1 "ID" = key
/// 2 "Proposal title" = title
/// 3 "Tags" = -
/// 4 "Titel" = title:de
/// ```
package struct ColumnMapping: Sendable, Hashable {
  /// What a row is.
  package enum Subject: String, Sendable, Hashable, CaseIterable {
    case sessions, people, attendees
  }

  package enum Field: String, Sendable, Hashable, CaseIterable {
    // Of all.
    case key, status, note
    // Of a session.
    case slot, title, subtitle, abstract, description, kind, track, language, room
    /// Beside a room's short name.
    case roomName = "room-name"
    case date, start, endDate = "end-date", end, duration
    /// With a role: `people:chair`.
    case people
    case slides, recording, link
    // Of a person.
    case name
    /// The forms of a name in other scripts.
    case otherNames = "other-names"
    case given, family, email, biography, position, organisation, country
    // Of an attendee.
    case category, listed
  }

  /// Of a key, a room or a track: the column has Plenary's own short names.
  static let own = "own"

  /// A field, and what it is for: a language or a role.
  package struct Target: Sendable, Hashable, CustomStringConvertible {
    package var field: Field
    package var qualifier: String?

    package init(_ field: Field, _ qualifier: String? = nil) {
      self.field = field
      self.qualifier = qualifier
    }

    package var description: String { field.rawValue + (qualifier.map { ":" + $0 } ?? "") }
  }

  package struct Column: Sendable, Hashable {
    package var header: String
    /// Nil: left out.
    package var target: Target?

    package init(header: String, target: Target?) {
      self.header = header
      self.target = target
    }
  }

  /// What stands between names in one cell.
  package enum Separator: String, Sendable, Hashable, CaseIterable {
    case comma, semicolon, and, ampersand, newline, slash
  }

  package enum DateOrder: String, Sendable, Hashable, CaseIterable {
    /// 2/3/2026 is 2 March.
    case dayFirst = "day-first"
    /// 2/3/2026 is 3 February.
    case monthFirst = "month-first"
  }

  package var subject: Subject
  package var hasHeader = true
  package var columns: [Column]
  package var separators: Set<Separator> = [.comma, .semicolon, .and, .ampersand, .newline]
  /// Nil: by what the column has, and the day first where that does not tell.
  package var dates: DateOrder?

  package init(subject: Subject, columns: [Column]) {
    self.subject = subject
    self.columns = columns
  }

  func column(_ field: Field) -> Int? { columns.firstIndex { $0.target?.field == field } }

  func has(_ field: Field) -> Bool { column(field) != nil }

  /// Whether a column has Plenary's own short names.
  func isOwn(_ field: Field) -> Bool {
    column(field).map { columns[$0].target?.qualifier == Self.own } ?? false
  }
}

// MARK: As a text

extension ColumnMapping: CustomStringConvertible {
  package var description: String {
    var lines = [
      "# Which column is what. “-” leaves a column out.",
      "# Fields: " + Field.allCases.map(\.rawValue).joined(separator: " ") + ".",
      "# title:de is a title in German, people:chair are chairs, key:own are Plenary's own short names.",
      "table = \(subject.rawValue)",
      "header = \(hasHeader ? "yes" : "no")",
      "names = " + Separator.allCases.filter(separators.contains).map(\.rawValue).joined(separator: " "),
    ]
    if let dates { lines.append("dates = \(dates.rawValue)") }
    for (index, column) in columns.enumerated() {
      let header = column.header.isEmpty ? "" : " \"\(Self.quoted(column.header))\""
      lines.append("\(index + 1)\(header) = \(column.target?.description ?? "-")")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line without quotation marks.
  private static func quoted(_ header: String) -> String {
    (Words.line(header) ?? "").replacing("\"", with: "'")
  }

  /// Reads what `description` writes.
  ///
  /// - Throws: `Unreadable`, with the line.
  package init(_ text: String) throws {
    self.init(subject: .sessions, columns: [])
    var hasSubject = false
    var lines: [Int: SourcePosition] = [:]
    for (offset, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let at = SourcePosition(line: offset + 1)
      guard let line = String(line).nonEmpty, !line.hasPrefix("#") else { continue }
      guard let equals = line.lastIndex(of: "="), let name = String(line[..<equals]).nonEmpty else {
        throw Unreadable("A line of a mapping is “3 \"Titel\" = title”.", at: at)
      }
      let value = String(line[line.index(after: equals)...]).nonEmpty ?? ""
      switch name {
      case "table":
        guard let subject = Subject(rawValue: value) else {
          throw Unreadable(
            "“\(excerpt(value))” is no table; it is one of \(list(Subject.allCases.map(\.rawValue))).", at: at
          )
        }
        self.subject = subject
        hasSubject = true
      case "header":
        guard value == "yes" || value == "no" else { throw Unreadable("The header is yes or no.", at: at) }
        hasHeader = value == "yes"
      case "names":
        separators = []
        for word in value.split(separator: " ") where word != "none" {
          guard let separator = Separator(rawValue: String(word)) else {
            throw Unreadable(
              "“\(excerpt(String(word)))” separates no names; use \(list(Separator.allCases.map(\.rawValue))), or none.",
              at: at)
          }
          separators.insert(separator)
        }
      case "dates":
        guard let order = DateOrder(rawValue: value) else {
          throw Unreadable(
            "Dates are \(DateOrder.allCases.map(\.rawValue).joined(separator: " or ")).", at: at)
        }
        dates = order
      default:
        let digits = name.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), (1...TableLimits.columns).contains(number) else {
          throw Unreadable(
            "“\(excerpt(name))” is no number of a column, nor table, header, names or dates.", at: at)
        }
        while columns.count < number { columns.append(Column(header: "", target: nil)) }
        let header = (String(name.dropFirst(digits.count)).nonEmpty ?? "").trimmingQuotes
        lines[number - 1] = at
        columns[number - 1] = Column(header: header, target: try Self.target(value, at: at))
      }
    }
    guard hasSubject else { throw Unreadable("The mapping does not say what a row is: table = sessions.") }
    let allowed = Self.fields(of: subject)
    for (index, column) in columns.enumerated() {
      guard let field = column.target?.field, !allowed.contains(field) else { continue }
      throw Unreadable(
        "A table of \(subject.rawValue) has no “\(field.rawValue)”. It has \(list(Field.allCases.filter(allowed.contains).map(\.rawValue))).",
        at: lines[index])
    }
  }

  private static func target(_ text: String, at position: SourcePosition) throws -> Target? {
    if text == "-" || text.isEmpty { return nil }
    let parts = text.split(separator: ":", maxSplits: 1)
    guard let first = parts.first, let field = Field(rawValue: String(first)) else {
      throw Unreadable(
        "“\(excerpt(text))” is no field; fields are \(list(Field.allCases.map(\.rawValue))).", at: position)
    }
    return Target(field, parts.count > 1 ? String(parts[1]) : nil)
  }

  /// The same mapping for a table whose columns stand in this order: they are found by their headers.
  ///
  /// - Throws: `Unreadable` if a column that it needs is not there.
  func fitted(to headers: [String]) throws -> ColumnMapping {
    guard hasHeader else { return self }
    var fitted = self
    fitted.columns = headers.map { Column(header: $0, target: nil) }
    var taken: Set<Int> = []
    for (index, column) in columns.enumerated() {
      guard let target = column.target else { continue }
      let matches = headers.indices.filter {
        Self.quoted(headers[$0]) == Self.quoted(column.header) && !taken.contains($0)
      }
      let place = column.header.isEmpty || matches.contains(index) ? index : matches.first
      guard let place, headers.indices.contains(place) else {
        throw Unreadable(
          "The table has no column “\(excerpt(column.header))”, which the mapping reads as \(target).")
      }
      taken.insert(place)
      fitted.columns[place].target = target
    }
    return fitted
  }
}

extension String {
  fileprivate var trimmingQuotes: String {
    hasPrefix("\"") && hasSuffix("\"") && count > 1 ? String(dropFirst().dropLast()) : self
  }
}
