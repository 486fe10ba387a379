import Vocabulary

/// Dates, times and lengths as other programs write them.
enum Clock {
  /// Years outside are mistakes: 20008, 0208.
  static let years = 1900...2199
  /// A month; anything longer is a mistake.
  static let longest = 31 * 1440

  static func date(_ text: String) -> CalendarDate? {
    guard let date = try? CalendarDate(text), years.contains(date.year) else { return nil }
    return date
  }

  /// ISO 8601: `2016-12-27T11:00:00+01:00`, `2016-12-27 11:00`, `20161227T110000Z`. Without an offset it is a wall time.
  static func time(_ text: String) -> ForeignTime? {
    var rest = Substring(trimming(text))
    func digits(_ count: Int) -> Int? {
      let taken = rest.prefix(count)
      guard taken.count == count, taken.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      rest = rest.dropFirst(count)
      return Int(taken)
    }
    func skip(_ sign: Character) -> Bool {
      guard rest.first == sign else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard let year = digits(4), years.contains(year) else { return nil }
    _ = skip("-")
    guard let month = digits(2) else { return nil }
    _ = skip("-")
    guard let day = digits(2), let date = CalendarDate(year: year, month: month, day: day),
      skip("T") || skip(" ") || skip("t")
    else { return nil }
    while skip(" ") {}
    guard let hour = digits(2), hour < 24 || hour == 24 else { return nil }
    _ = skip(":")
    guard let minute = digits(2), minute < 60, hour * 60 + minute <= 1440 else { return nil }
    var second = 0
    if skip(":") || rest.first?.isNumber == true {
      guard let value = digits(2), value <= 60 else { return nil }
      second = value
      if skip(".") || skip(",") { rest = rest.drop { $0.isASCII && $0.isNumber } }
    }
    while skip(" ") {}
    let wall = hour * 60 + minute
    if rest.isEmpty { return .wall(date: date.description, minutes: wall) }
    guard let offset = offset(rest) else { return nil }
    let isUTC = !rest.contains(where: \.isNumber)
    let seconds = Int64(date.daysSince1970) * 86_400 + Int64(wall * 60 + second - offset * 60)
    return .instant(microseconds: seconds * 1_000_000, offset: isUTC ? nil : offset)
  }

  /// `Z`, `+01:00`, `+0100`, `+01`, in minutes.
  private static func offset(_ text: Substring) -> Int? {
    if text == "Z" || text == "z" || text == "UTC" || text == "GMT" { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-" || sign == "−" else { return nil }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard digits.count == 2 || digits.count == 4, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let hours = Int(digits.prefix(2)), hours < 19, let minutes = Int("0" + digits.dropFirst(2)),
      minutes < 60
    else { return nil }
    return (sign == "+" ? 1 : -1) * (hours * 60 + minutes)
  }

  /// Minutes after midnight of `9:30`, `09:30:00`, `0930`, `9.30`, `9:30 PM`, `9h30`.
  static func minutes(ofDay text: String) -> Int? {
    var text = trimming(text).lowercased()
    var half: Int?
    for (ending, start) in [("am", 0), ("a.m.", 0), ("pm", 720), ("p.m.", 720)] where text.hasSuffix(ending) {
      text = trimming(text.dropLast(ending.count))
      half = start
      break
    }
    let parts = text.split(omittingEmptySubsequences: false) { ":.h".contains($0) }
    let numbers = parts.map { $0.count <= 2 && $0.allSatisfy { $0.isASCII && $0.isNumber } ? Int($0) : nil }
    var (hour, minute): (Int?, Int?)
    if parts.count == 1, text.count == 4 || text.count == 3, text.allSatisfy({ $0.isASCII && $0.isNumber }) {
      (hour, minute) = (Int(text.dropLast(2)), Int(text.suffix(2)))
    } else if parts.count == 1, half != nil {
      (hour, minute) = (numbers[0], 0)
    } else if (2...3).contains(parts.count) {
      (hour, minute) = (numbers[0], parts[1].isEmpty && text.hasSuffix("h") ? 0 : numbers[1])
    }
    guard var hour, let minute, hour <= 24, minute < 60, hour * 60 + minute <= 1440 else { return nil }
    if let half {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + half / 60
    }
    return hour * 60 + minute
  }

  /// Whole minutes of `00:30`, `1:30:00`, `45`, `45 min`, `PT1H30M`; nil for none, and for more than a month.
  static func length(_ text: String) -> Int? {
    let text = trimming(text).lowercased()
    func checked(_ minutes: Int?) -> Int? { minutes.flatMap { (1...longest).contains($0) ? $0 : nil } }
    if text.hasPrefix("p") { return checked(period(text)) }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count > 1 {
      let numbers = parts.compactMap {
        $0.count <= 3 && $0.allSatisfy { $0.isASCII && $0.isNumber } ? Int($0) : nil
      }
      guard numbers.count == parts.count else { return nil }
      switch numbers.count {
      case 2: return checked(numbers[0] * 60 + numbers[1])
      case 3: return checked(numbers[0] * 60 + numbers[1] + (numbers[2] >= 30 ? 1 : 0))
      // Days, hours, minutes, seconds: frab.
      case 4: return checked(numbers[0] * 1440 + numbers[1] * 60 + numbers[2])
      default: return nil
      }
    }
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
    guard !digits.isEmpty, digits.count < 10, let number = Double(digits.replacing(",", with: ".")) else {
      return nil
    }
    switch trimming(text.dropFirst(digits.count)) {
    case "", "m", "min", "min.", "mins", "minute", "minutes", "minuten": return checked(Int(number.rounded()))
    case "h", "hr", "hrs", "hour", "hours", "std", "std.", "stunde", "stunden":
      return checked(Int((number * 60).rounded()))
    default: return nil
    }
  }

  /// ISO 8601's `PT1H30M`, `P1DT2H`; also with weeks.
  private static func period(_ text: String) -> Int? {
    var (minutes, seconds, number) = (0, 0, "")
    var inTime = false
    for sign in text.dropFirst() {
      if sign.isASCII, sign.isNumber, number.count < 6 {
        number.append(sign)
        continue
      }
      if sign == "t" {
        inTime = true
        continue
      }
      guard let value = Int(number) else { return nil }
      number = ""
      switch sign {
      case "w": minutes += value * 7 * 1440
      case "d": minutes += value * 1440
      case "h": minutes += value * 60
      case "m" where inTime: minutes += value
      case "s": seconds += value
      default: return nil
      }
    }
    return number.isEmpty ? minutes + seconds / 60 : nil
  }

  /// The whole minutes from one time to another of the same sort; nil if there is none.
  static func length(from start: ForeignTime, to end: ForeignTime) -> Int? {
    let minutes: Int
    switch (start, end) {
    case (.instant(let start, _), .instant(let end, _)):
      minutes = Int((end - start) / 60_000_000)
    case (.wall(let first, let start), .wall(let last, let end)):
      guard let first = date(first), let last = date(last) else { return nil }
      minutes = (last.daysSince1970 - first.daysSince1970) * 1440 + end - start
    default: return nil
    }
    return (1...longest).contains(minutes) ? minutes : nil
  }
}
