package import Vocabulary

/// The printed numbers of sessions and entries: `1` and `12a`, together `1.12a`.
///
/// An issue fixes the numbers of everything that it contains. A fixed number never changes and is never given
/// again. What comes in between later gets a letter: 12a after 12, 12za between 12 and 12a, a1 before 1.
package struct Numbering: Sendable, Equatable {
  /// The ordinals of sessions.
  package var ordinals: [SessionID: String]
  /// The numbers of entries within their session.
  package var numbers: [RecordID: String]

  package init(ordinals: [SessionID: String] = [:], numbers: [RecordID: String] = [:]) {
    self.ordinals = ordinals
    self.numbers = numbers
  }

  /// The number of an entry as it is printed and cited: `1.12a`. Nil without one.
  package func printed(_ entry: RecordID, in session: SessionID) -> String? {
    guard let ordinal = ordinals[session], let number = numbers[entry] else { return nil }
    return "\(ordinal).\(number)"
  }

  /// A session with what is numbered in it, in the order of the record.
  package struct Session: Sendable {
    package var id: SessionID
    /// The ordinal that the organizer gave it.
    package var byHand: Int?
    package var entries: [(id: RecordID, kind: EntryKind)]

    package init(_ id: SessionID, byHand: Int? = nil, entries: [(id: RecordID, kind: EntryKind)]) {
      self.id = id
      self.byHand = byHand
      self.entries = entries
    }
  }

  /// This numbering with what it does not number yet.
  ///
  /// - Parameters:
  ///   - sessions: those with a record, in the order of the record. A session without a record has no ordinal.
  ///   - reserved: the ordinals that the organizer gave to sessions, also to those without a record.
  package func continued(_ sessions: [Session], reserved: Set<Int> = []) -> Numbering {
    var next = self
    let fixed = Set(ordinals.values)
    let byHand = Dictionary(
      sessions.compactMap { session in
        ordinals[session.id] == nil ? session.byHand.map { (session.id, String($0)) } : nil
      }, uniquingKeysWith: { first, _ in first }
    ).filter { !fixed.contains($0.value) }
    let known = ordinals.merging(byHand) { fixed, _ in fixed }
    let labels = Self.labels(
      sessions.map { known[$0.id] }, used: fixed.union(byHand.values),
      reserved: Set(reserved.map(String.init)))
    for (session, label) in zip(sessions, labels) { next.ordinals[session.id] = label }
    for session in sessions {
      for kind in EntryKind.allCases {
        let entries = session.entries.filter { $0.kind == kind }.map(\.id)
        let known = entries.map { numbers[$0].map { String($0.dropFirst(kind.letter.count)) } }
        for (entry, label) in zip(entries, Self.labels(known, used: used(in: session, kind))) {
          next.numbers[entry] = kind.letter + label
        }
      }
    }
    return next
  }

  /// Numbers that were ever fixed in a session, those of retracted entries too.
  private func used(in session: Session, _ kind: EntryKind) -> Set<String> {
    let own = Set(session.entries.map(\.id))
    return Set(
      numbers.filter { own.contains($0.key) && EntryKind(ofNumber: $0.value) == kind }
        .map { String($0.value.dropFirst(kind.letter.count)) })
  }

  /// - Parameters:
  ///   - known: the labels in order; nil where one is wanted.
  ///   - reserved: labels that something else may get, which are skipped.
  private static func labels(_ known: [String?], used: Set<String>, reserved: Set<String> = []) -> [String] {
    var result: [String] = []
    // What stands after the last known label is counted on; everything else comes in between.
    let last = known.lastIndex { $0 != nil }
    var highest = used.compactMap { Label($0)?.number }.max() ?? 0
    var used = used.union(reserved)
    var index = 0
    while index < known.count {
      if let label = known[index] {
        result.append(label)
        index += 1
        continue
      }
      if last == nil || index > last! {
        repeat { highest += 1 } while reserved.contains(String(highest))
        result.append(String(highest))
        index += 1
        continue
      }
      var end = index
      while known[end] == nil { end += 1 }
      for _ in index..<end {
        let label = Label.between(result.last, known[end]!, used: used)
        used.insert(label)
        result.append(label)
      }
      index = end
    }
    return result
  }
}

/// A number with letters before or after it, as statutes number what is inserted.
private struct Label {
  let prefix: String
  let number: Int
  let suffix: String

  init?(_ text: String) {
    prefix = String(text.prefix { $0.isLetter })
    let rest = text.dropFirst(prefix.count)
    let digits = rest.prefix { $0.isNumber }
    guard let number = Int(digits) else { return nil }
    self.number = number
    suffix = String(rest.dropFirst(digits.count))
  }

  /// A label that was never used, for what stands between two.
  ///
  /// - Parameter before: nil at the beginning.
  static func between(_ before: String?, _ after: String, used: Set<String>) -> String {
    let previous = before.flatMap(Label.init)
    let next = Label(after)
    // A session that was numbered by hand may have left whole numbers before it.
    let lowest = (previous?.number ?? 0) + 1
    if let next, lowest < next.number,
      let whole = (lowest..<next.number).first(where: { !used.contains(String($0)) })
    {
      return String(whole)
    }
    let stem: String
    let form: (String) -> String
    if let previous, next?.number != previous.number || next?.prefix != previous.prefix {
      // 12, then 13: 12a. 12a, then 13: 12b.
      stem = previous.suffix
      form = { "\(previous.prefix)\(previous.number)\($0)" }
    } else if let previous, let next {
      // 12a, then 12b: 12aa. 12, then 12a: 12za.
      stem = previous.suffix.isEmpty ? "z" : previous.suffix
      let isBelow = previous.suffix.isEmpty && next.suffix.hasPrefix("z")
      let opened = isBelow ? "z" + next.suffix.prefix { $0 == "z" } : stem
      form = { "\(previous.prefix)\(previous.number)\(opened)\($0)" }
      return first(form, used)
    } else {
      // Before 1: a1.
      form = { "\($0)\(next?.prefix ?? "")\(after.drop { $0.isLetter })" }
      return first(form, used)
    }
    // After 12a comes 12b, while a letter is left, and after 12ya comes 12yb.
    if let last = stem.last, last < "y", let scalar = last.unicodeScalars.first {
      for value in (scalar.value + 1)...UnicodeScalar("y").value {
        let label = form(stem.dropLast() + String(UnicodeScalar(value)!))
        if !used.contains(label) { return label }
      }
    }
    return first({ form(stem + $0) }, used)
  }

  /// The first letters that are free: a, b … y, then ya, yb …
  private static func first(_ form: (String) -> String, _ used: Set<String>) -> String {
    var stem = ""
    while true {
      for letter in "abcdefghijklmnopqrstuvwxy" {
        let label = form(stem + String(letter))
        if !used.contains(label) { return label }
      }
      stem += "y"
    }
  }
}

extension EntryKind {
  /// What stands before the number of a position, conclusion or recommendation.
  package var letter: String {
    switch self {
    case .statement: ""
    case .position: "P"
    case .conclusion: "C"
    case .recommendation: "R"
    }
  }

  fileprivate init(ofNumber number: String) {
    self = Self.allCases.first { !$0.letter.isEmpty && number.hasPrefix($0.letter) } ?? .statement
  }
}
