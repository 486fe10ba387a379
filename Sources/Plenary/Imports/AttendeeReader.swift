import EventLog
import Interchange
import People
import ReadModels
import Scheduling
import Vocabulary

/// Makes of a file's attendees what a decision compares with those who are registered.
struct AttendeeReader {
  private(set) var wanted: [WantedAttendee] = []
  private(set) var remarks: [Remark]
  private(set) var leftOut = 0
  /// Of each of `wanted`.
  private var places: [SourcePosition?] = []

  /// - Parameter naming: categories that name somebody who is registered.
  init(_ facts: ForeignConference, into conference: ConferenceFacts, naming: Set<String> = []) throws {
    let languages = try conference.languages
    remarks = facts.remarks
    leftOut = facts.leftOut
    let language = languages[0]
    // Names take most of the time.
    for read in facts.attendees.parallelMap({ ReadAttendee($0, language, facts.ownColumns) }) {
      remarks += read.remarks
      guard let person = read.wanted else {
        leftOut += 1
        continue
      }
      wanted.append(person)
      places.append(read.place)
    }
    takeEqualOnce()
    leaveOutCategories(naming)
    leaveOutKeys()
    tellTwice()
  }

  /// Rows that are equal in all, with an address or a number, are one person.
  private mutating func takeEqualOnce() {
    var first: [WantedAttendee: Int] = [:]
    var twice: [Int: [String]] = [:]
    var kept = (wanted: [WantedAttendee](), places: [SourcePosition?]())
    for (attendee, place) in zip(wanted, places) {
      var content = attendee
      content.line = nil
      let canTell = attendee.details.email != nil || !attendee.keys.isEmpty || attendee.own != nil
      if canTell, let index = first[content] {
        twice[index, default: []].append(place.map { "\($0.line)" } ?? "")
      } else {
        first[content] = kept.wanted.count
        kept.wanted.append(attendee)
        kept.places.append(place)
      }
    }
    guard !twice.isEmpty else { return }
    (wanted, places) = kept
    for (index, lines) in twice.sorted(by: { $0.key < $1.key }) {
      let lines = lines.filter { !$0.isEmpty }
      remarks.append(
        Remark(
          lines.isEmpty
            ? "An attendee is in the file several times, equal in all, and was taken once."
            : "This row is also line\(lines.count == 1 ? "" : "s") \(list(lines)). It was taken once.",
          at: kept.places[index]))
    }
  }

  /// Two rows of one name and one address are mostly one person, who would get two badges.
  private mutating func tellTwice() {
    var rows: [String: [Int]] = [:]
    for (index, attendee) in wanted.enumerated() where !attendee.isCancelled {
      guard let email = attendee.details.email?.text.lowercased() else { continue }
      rows["\(attendee.details.name.printed.lowercased())\n\(email)", default: []].append(index)
    }
    for rows in rows.values.filter({ $0.count > 1 }).sorted(by: { $0[0] < $1[0] }) {
      let others = rows.dropFirst().compactMap { places[$0]?.line }.map { "\($0)" }
      remarks.append(
        Remark(
          (others.isEmpty
            ? "An attendee is in the file twice, with the same name and address"
            : "This row has the same name and address as line\(others.count == 1 ? "" : "s") \(list(others))")
            + ". Each row is taken as an attendee.", at: places[rows[0]]))
    }
  }

  /// Whose name is printed must have agreed to it. Said of those who are new; nil where the file says it of all.
  var listingRemark: Remark? {
    let silent = wanted.count { $0.listed == nil && !$0.isCancelled }
    guard silent > 0 else { return nil }
    return Remark(
      (silent == wanted.count
        ? "The file does not say who agreed to be listed"
        : "Of \(counted(silent, "attendee")), the file does not say whether they agreed to be listed")
        + ": those who are new are on the printed list of participants. A column “listed” with “yes” or “no” says it."
    )
  }

  /// What stays in clear must name nobody: neither who is registered nor who is in the file.
  private mutating func leaveOutCategories(_ naming: Set<String>) {
    let categories = Set(wanted.compactMap(\.category)).map { ($0, TextInClear(.category, $0)) }
      .filter { !$0.1.isUsual }
    if categories.isEmpty { return }
    let mentions = wanted.reduce(into: Set<Mention>()) { $0.formUnion($1.details.mentions) }
    var found: [String: Mention.Certainty] = [:]
    for (category, text) in categories {
      found[category] = naming.contains(category) ? .certain : mentions.certainty(in: text.both)
    }
    for index in wanted.indices {
      guard let category = wanted[index].category, let certainty = found[category] else { continue }
      switch certainty {
      case .certain:
        wanted[index].category = nil
        remarks.append(
          Remark(
            "The category names an attendee or has an address, and was left out: it would stay in the log unencrypted.",
            at: places[index]))
      case .possible:
        remarks.append(
          Remark(
            "The category “\(excerpt(category))” may name an attendee. It stays in the log unencrypted.",
            at: places[index]))
      }
    }
  }

  /// Some systems take the address, or the name, for the number of a person.
  private mutating func leaveOutKeys() {
    var count = 0
    for index in wanted.indices where !wanted[index].keys.isEmpty {
      let (keys, mentions) = (wanted[index].keys, wanted[index].details.mentions)
      wanted[index].keys = keys.filter { key in
        let value = String(key.drop { $0 != ":" }.dropFirst())
        return !mayHaveAddress(value) && mentions.certainty(in: (value, FoldedText(value))) == nil
      }
      if wanted[index].keys.count < keys.count { count += 1 }
    }
    if count > 0 {
      remarks.append(
        Remark(
          "The keys of \(counted(count, "attendee")) are addresses or names. They are not kept, because they would stay in the "
            + "log unencrypted; these attendees are recognized by address and name."))
    }
  }
}

/// One of a file's attendees.
private struct ReadAttendee {
  /// Nil for somebody without a name that can be read.
  private(set) var wanted: WantedAttendee?
  private(set) var remarks: [Remark] = []
  let place: SourcePosition?
  private let language: Language

  init(_ attendee: ForeignAttendee, _ language: Language, _ ownColumns: Set<ColumnMapping.Target>?) {
    (place, self.language) = (attendee.at, language)
    let name: PersonName
    do {
      name = try Naming.personName(attendee.name)
    } catch {
      remarks.append(Remark("An attendee was left out: \(error)", at: place))
      return
    }
    let organisation = text(attendee.organisation, "organisation")
    let position = text(attendee.position, "position")
    let country = text(attendee.country, "country")
    let note = text(attendee.note, "note")?.entries.first?.text
    let email = address(attendee.email)
    var person = WantedAttendee(
      keys: attendee.keys.filter { $0.kind != .email && $0.kind != .own && !$0.value.isEmpty }.map {
        "\($0.kind.rawValue):\($0.value.prefix(200))"
      },
      details: AttendeeDetails(name: name) {
        $0.email = email
        $0.organisation = organisation
        $0.position = position
        $0.country = country
        $0.note = note
      })
    person.own = attendee.keys.first { $0.kind == .own }?.value
    person.shownName = shownForms(attendee.nameForms)
    if person.own != nil, let ownColumns {
      let read = person.details
      let fields: [(ColumnMapping.Field, AttendeeDetails.Field, isEmpty: Bool)] = [
        (.email, .email, attendee.email == nil), (.organisation, .organisation, read.organisation == nil),
        (.position, .position, read.position == nil), (.country, .country, read.country == nil),
        (.note, .note, read.note == nil),
      ]
      for (column, field, isEmpty) in fields
      where isEmpty && ownColumns.contains(ColumnMapping.Target(column)) {
        person.emptied.insert(field.rawValue)
      }
      if attendee.category == nil, ownColumns.contains(ColumnMapping.Target(.category)) {
        remarks.append(
          Remark("The category is empty. An attendee always has one, so it stays as it is.", at: place))
      }
    }
    person.category = attendee.category.flatMap { try? checkedText($0, "category") }
    person.listed = attendee.isListed
    person.isCancelled = attendee.isCancelled
    person.saysState = attendee.saysState
    person.line = place?.line
    wanted = person
  }

  private mutating func address(_ text: String?) -> EmailAddress? {
    guard let text, !trimming(text).isEmpty else { return nil }
    do {
      return try EmailAddress(text)
    } catch {
      remarks.append(Remark("An address was left out. \(error)", at: place))
      return nil
    }
  }

  private mutating func text(_ text: String?, _ what: String) -> LocalizedText? {
    guard let text, !trimming(text).isEmpty else { return nil }
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    do {
      return LocalizedText([language: try checkedText(line, what)])
    } catch {
      remarks.append(Remark("\(error) It was left out.", at: place))
      return nil
    }
  }
}

/// The forms of a name in a table of ours, and what each is if somebody wrote it there.
func shownForms(_ texts: [String], latin: Language = .english) -> [ShownForm] {
  texts.compactMap { text in
    (try? Naming.personName(ForeignName(whole: text), latin: latin)).map { ShownForm(text, $0.forms[0]) }
  }
}
