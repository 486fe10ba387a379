import Vocabulary

/// What Unicode's CLDR says of a language: its dates, its lists, its names of languages.
///
/// The tables are part of the program, so that neither the machine's locale nor a newer ICU changes a printed byte.
struct CLDR: Sendable {
  private let entries: [String: String]
  let months: [String]
  /// From Sunday on.
  let weekdays: [String]
  let shortWeekdays: [String]
  let day, dayOfYear, weekday, shortDay: String
  /// Patterns of two days: in one month, in one year, in different years.
  let sameMonth, sameYear, years: String
  /// Between a date and a time, and between two things in a list.
  let timeJoint, listJoint: String

  /// - Parameter table: a line `name = value` for each entry; `|` separates values, and ends those that end with a space.
  init(_ table: String) {
    var entries: [String: String] = [:]
    for line in table.split(separator: "\n") {
      guard let sign = line.firstRange(of: " = ") else { preconditionFailure("A line without a name.") }
      entries[String(line[..<sign.lowerBound])] = String(line[sign.upperBound...])
    }
    func value(_ name: String) -> String {
      guard let value = entries[name] else { preconditionFailure("CLDR has no \(name).") }
      return value
    }
    func list(_ name: String) -> [String] { value(name).split(separator: "|").map(String.init) }
    (months, weekdays, shortWeekdays) = (list("months"), list("weekdays"), list("short weekdays"))
    (day, dayOfYear) = (value("day"), value("day of year"))
    (weekday, shortDay) = (value("weekday"), value("short day"))
    (sameMonth, sameYear, years) = (value("same month"), value("same year"), value("years"))
    (timeJoint, listJoint) = (list("time")[0], list("list")[0])
    self.entries = entries
  }

  /// The name of a language: `Deutsch`; nil if it has none here.
  func name(of language: Language) -> String? {
    let chinese = language.primary == "zh" && language.tag != "zh"
    return (chinese ? entries[language.isTraditionalChinese ? "zh-Hant" : "zh-Hans"] : nil)
      ?? entries[language.tag] ?? entries[language.primary]
  }

  /// A date in a pattern (UTS #35, “Date Field Symbols”): years, months and days as numbers, their names, quoted text.
  ///
  /// - Parameter last: the second date of an interval. A field that occurs again belongs to it.
  func format(_ pattern: String, _ date: CalendarDate, _ last: CalendarDate? = nil) -> String {
    var (text, date, seen, isQuoted) = ("", date, Set<Character>(), false)
    var rest = pattern[...]
    while let sign = rest.first {
      let run = rest.prefix { $0 == sign }
      rest = rest.dropFirst(isQuoted || sign == "'" ? 1 : run.count)
      if sign == "'" {
        isQuoted.toggle()
      } else if isQuoted || !"yMdEc".contains(sign) {
        text += isQuoted ? String(sign) : String(run)
      } else {
        if let last, !seen.insert(sign).inserted { (date, seen) = (last, []) }
        text += field(sign, run.count, of: date)
      }
    }
    return text
  }

  private func field(_ sign: Character, _ length: Int, of date: CalendarDate) -> String {
    switch sign {
    case "y": return String(date.year)
    case "M": return length < 3 ? String(date.month) : months[date.month - 1]
    case "d": return String(date.day)
    default:
      // 1970-01-01 was a Thursday.
      let number = ((date.daysSince1970 + 4) % 7 + 7) % 7
      return length < 4 ? shortWeekdays[number] : weekdays[number]
    }
  }
}
