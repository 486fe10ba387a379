import EventLog
import JSON
import Vocabulary

/// One thing, field by field.
struct FieldMerge {
  enum Choice { case keep, set, clear }

  let tag: Tag
  /// What the file said when it was imported last; of a table of ours, what was chosen here against it.
  let base: [String: String]
  let clearsMissing: Bool
  /// Whether the file is a table that Plenary wrote. It says nothing of when somebody corrected it, so each difference is a clash (0010).
  let isOwn: Bool
  let choices: ProgramImport.Choices
  /// It is out because its import was undone, or because a session's entry was taken back: the file replaces what it has.
  var isUndone = false
  /// What the file says now.
  var said: [String: String]
  private(set) var clashes: [ProgramImport.Clash] = []
  /// Clashes for which a side was chosen.
  private(set) var settled: [ProgramImport.Clash] = []
  /// The fields that were compared.
  private(set) var compared: Set<String> = []
  /// Fields in which a table of ours differs as before, when what is here was chosen.
  private(set) var declined: [String] = []

  init(
    _ tag: Tag, base: [String: String], clearsMissing: Bool, choices: ProgramImport.Choices,
    isOwn: Bool = false
  ) {
    self.tag = tag
    self.base = base
    self.clearsMissing = clearsMissing
    self.choices = choices
    self.isOwn = isOwn
    // A table of other columns says nothing of what the one before said.
    said = clearsMissing ? [:] : base
  }

  static func field(_ assignment: RoleAssignment) -> String {
    "\(assignment.role.rawValue) \(assignment.person)"
  }

  /// The changes that the file makes.
  ///
  /// - Parameter narrow: leaves only the languages that the file has.
  mutating func fields<Changes: DetailChanges>(
    of wanted: Changes.Field.Details, against present: Changes.Field.Details,
    narrow: (inout Changes) -> Void
  ) -> Changes {
    var result = Changes()
    let texts = fieldTexts(of: wanted, as: Changes.self)
    for field in Changes.Field.allCases {
      let theirs = fieldChange(field, of: wanted, as: Changes.self)
      var ours = fieldChange(field, of: present, as: Changes.self)
      if var narrowed = ours {
        narrow(&narrowed)
        ours = narrowed.isEmpty ? nil : narrowed
      }
      let now = theirs == nil ? nil : texts[field.rawValue].map(digestOf(json:))
      switch value(
        field.rawValue, theirs, ours, now: now,
        show: { Self.shown($0, besides: $0 == theirs ? ours : theirs) })
      {
      case .keep: break
      case .set: result.restore(field, of: wanted)
      case .clear: result.cleared = (result.cleared ?? []) + [field]
      }
    }
    return result.differing(from: present)
  }

  /// What to do with one field.
  ///
  /// - Parameter now: the digest of `theirs`, if it is known.
  mutating func value<Value: Encodable & Equatable>(
    _ field: String, _ theirs: Value?, _ ours: Value?, now: String? = nil, show: (Value) -> String,
    digest: ((Value) -> String)? = nil
  ) -> Choice {
    let digest = digest ?? { digestOf($0) }
    compared.insert(field)
    if isOwn { return ownValue(field, theirs, ours, now: now ?? theirs.map(digest), show: show) }
    let before = base[field]
    let now = now ?? theirs.map(digest)
    guard let theirs, let now else {
      // The file no longer has it, and nobody changed it here.
      guard clearsMissing, let before, let ours else { return .keep }
      return digest(ours) == before ? .clear : .keep
    }
    if theirs == ours || isUndone {
      said[field] = now
      return theirs == ours ? .keep : .set
    }
    if before == nil ? ours == nil : ours.map(digest) == before {
      said[field] = now
      return .set
    }
    if now == before {
      said[field] = now
      return .keep
    }
    let clash = ProgramImport.Clash(
      of: tag, field: field, theirs: show(theirs), ours: ours.map(show) ?? "nothing", isFirst: before == nil)
    guard let side = choices.side(tag, field) else {
      clashes.append(clash)
      return .keep
    }
    settled.append(clash)
    said[field] = now
    return side == .theirs ? .set : .keep
  }

  /// - Parameter theirs: nil: somebody emptied the cell, or nothing is here.
  private mutating func ownValue<Value: Equatable>(
    _ field: String, _ theirs: Value?, _ ours: Value?, now: String?, show: (Value) -> String
  ) -> Choice {
    if theirs == ours { return .keep }
    // Nothing is lost.
    if isUndone || ours == nil { return theirs == nil ? .keep : .set }
    let now = now ?? "nothing"
    let clash = ProgramImport.Clash(
      of: tag, field: field, theirs: theirs.map(show) ?? "nothing", ours: ours.map(show) ?? "nothing",
      isFirst: true)
    guard let side = choices.side(tag, field) else {
      if base[field] == now { declined.append(field) } else { clashes.append(clash) }
      return .keep
    }
    settled.append(clash)
    said[field] = side == .ours ? now : nil
    return side == .ours ? .keep : theirs == nil ? .clear : .set
  }

  /// The beginning of a value, or the place from which it differs from the other one.
  private static func shown<Changes: DetailChanges>(_ changes: Changes, besides other: Changes?) -> String {
    guard let content = Self.content(changes) else { return "another value" }
    let other = other.flatMap { Self.content($0) }
    var (text, theirs) = (content.plainText, other?.plainText ?? "")
    if case .object(let members) = content, case .object(let others)? = other,
      let differing = members.sorted(by: { $0.key < $1.key }).first(where: { others[$0.key] != $0.value })
    {
      (text, theirs) = (differing.value.plainText, others[differing.key]?.plainText ?? "")
    }
    let same = zip(text, theirs).prefix { $0 == $1 }.count
    return same > 20 ? "“…\(excerpt(String(text.dropFirst(same - 10))))”" : "“\(excerpt(text))”"
  }

  private static func content<Changes: DetailChanges>(_ changes: Changes) -> JSONValue? {
    guard let json = try? JSONText.encode(changes), let value = try? JSONText.value(from: json) else {
      return nil
    }
    return changes.fields.first.flatMap { value[$0.rawValue] }
  }
}

extension JSONValue {
  /// A text in its first language, a list with commas.
  fileprivate var plainText: String {
    switch self {
    case .string(let text): text
    // One form of a name, else a text in its first language.
    case .object(let members): (members["printed"] ?? members.min { $0.key < $1.key }?.value)?.plainText ?? ""
    case .array(let elements): elements.map(\.plainText).joined(separator: ", ")
    default: (try? JSONText.encode(self)) ?? ""
    }
  }
}

/// The changes that give one field its value; nil if it has none.
func fieldChange<Changes: DetailChanges>(
  _ field: Changes.Field, of details: Changes.Field.Details, as _: Changes.Type
) -> Changes? {
  var one = Changes()
  one.restore(field, of: details)
  return one.cleared == nil && !one.isEmpty ? one : nil
}

func digests<Changes: DetailChanges>(
  of details: Changes.Field.Details, as _: Changes.Type, _ digest: (String) -> String = digestOf(json:)
) -> [String: String] {
  fieldTexts(of: details, as: Changes.self).mapValues(digest)
}

/// The JSON of the changes that give each field its value, by field; of those that have one.
///
/// Details are stored under the same names and in the same form as their changes, so it is cut out of the JSON of all.
func fieldTexts<Changes: DetailChanges>(
  of details: Changes.Field.Details, as _: Changes.Type
) -> [String: String] {
  fieldTexts(ofJSON: jsonText(details), as: Changes.self)
}

/// - Parameter json: of the details.
func fieldTexts<Changes: DetailChanges>(ofJSON json: String, as _: Changes.Type) -> [String: String] {
  do {
    let members = try JSONText.members(of: json).filter {
      Changes.Field(rawValue: $0.name) != nil
    }
    return Dictionary(members.map { ($0.name, "{\($0.text)}") }) { $1 }
  } catch { preconditionFailure("Details are an object: \(error)") }
}

/// Texts, numbers and lists, which JSON can hold.
func jsonText(_ value: some Encodable) -> String {
  do { return try JSONText.encode(value) } catch { preconditionFailure("JSON can hold it: \(error)") }
}

/// The first 12 hexadecimal digits of SHA-256 of its JSON.
func digestOf(_ value: some Encodable) -> String { digestOf(json: jsonText(value)) }

func digestOf(json: String) -> String { hexadecimal(sha256(json).prefix(6)) }
