import EventLog
package import Record
package import Vocabulary

/// An organisation of the authority file.
package struct OrganisationRow: Row, Encodable {
  package let id: OrganisationID
  package var details: OrganisationDetails
  /// The position of the last event about it.
  package var position: Int

  private enum CodingKeys: String, CodingKey {
    case id = "organisation"
    case details, position
  }

  init(_ body: OrganisationAdded, _ origin: Origin) {
    id = body.organisation
    details = body.details
    position = origin.position
  }

  mutating func apply(_ changes: OrganisationDetails.Changes, _ origin: Origin) {
    changes.apply(to: &details)
    position = origin.position
  }

  package var key: String { id.slug }
  package static let table = "proceedings.organisation"
  package static let columns = ["organisation", "details", "position"]

  package init(_ columns: inout some ColumnReader) throws {
    id = try OrganisationID(columns.next())
    details = try columns.json()
    position = try columns.next()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(id.slug)
    columns.json(details)
    columns.add(position)
  }
}

/// A subject of the authority file.
package struct SubjectRow: Row, Encodable {
  package let id: SubjectID
  package var details: SubjectDetails
  /// The position of the last event about it.
  package var position: Int

  private enum CodingKeys: String, CodingKey {
    case id = "subject"
    case details, position
  }

  init(_ body: SubjectAdded, _ origin: Origin) {
    id = body.subject
    details = body.details
    position = origin.position
  }

  mutating func apply(_ changes: SubjectDetails.Changes, _ origin: Origin) {
    changes.apply(to: &details)
    position = origin.position
  }

  package var key: String { id.slug }
  package static let table = "proceedings.subject"
  package static let columns = ["subject", "details", "position"]

  package init(_ columns: inout some ColumnReader) throws {
    id = try SubjectID(columns.next())
    details = try columns.json()
    position = try columns.next()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(id.slug)
    columns.json(details)
    columns.add(position)
  }
}

// MARK: What is known of them

extension ProceedingsModel {
  package func organisation(_ id: OrganisationID) -> OrganisationDetails? { organisations[id.slug]?.details }

  /// The organisations that this one is a part of, from the nearest up.
  package func ancestors(of id: OrganisationID) -> [OrganisationID] {
    var found: [OrganisationID] = []
    var next = organisation(id)?.parent
    while let parent = next, parent != id, !found.contains(parent) {
      found.append(parent)
      next = organisation(parent)?.parent
    }
    return found
  }

  /// The relations of an organisation: its own, and those that others state of it, seen from its side.
  package func relations(of id: OrganisationID) -> [OrganisationRelation] {
    var found = organisation(id)?.relations ?? []
    for other in organisations.rows.sorted(by: { $0.id < $1.id }) {
      for relation in other.details.relations ?? [] where relation.organisation == id {
        let seen = OrganisationRelation(relation.kind.inverse, other.id)
        if !found.contains(seen) { found.append(seen) }
      }
    }
    return found
  }

  /// The name by which texts mention an organisation, a subject or a person; nil if none was registered.
  ///
  /// - Parameter position: the name as it was then; nil: as it is.
  package func registeredName(_ reference: MarkedText.Reference, asOf position: Int?) -> LocalizedText? {
    names[RegisteredNameRow.key(reference)]?.names.last { $0.since <= position ?? .max }?.name
  }

  /// The positions whose registered names a published entry keeps, by the tag of its text's language: a text has the
  /// names that were registered when the first issue with it was built. Others have those of the present.
  package func namesKept(in entry: EntryRow) -> NamesKept {
    NamesKept(entry.history, by: Array(issues.rows))
  }

  /// The same of words that an event gave an entry.
  package func namesKept(since position: Int, in changes: EntryDetails.Changes) -> NamesKept {
    func since(_ text: LocalizedText?) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: (text?.languages ?? []).map { ($0.tag, position) })
    }
    let issues = Array(issues.rows)
    return NamesKept(
      text: IssueRow.first(of: issues, since: since(changes.text)),
      rationale: IssueRow.first(of: issues, since: since(changes.rationale)))
  }
}

extension NamesKept {
  init(_ history: EntryHistory, by issues: [IssueRow]) {
    self.init(
      text: IssueRow.first(of: issues, since: history.wordedAt),
      rationale: IssueRow.first(of: issues, since: history.rationaleAt))
  }
}

extension IssueRow {
  /// The position of the first of these issues that contains words, for each of their languages.
  static func first(of issues: [IssueRow], since wordedAt: [String: Int]) -> [String: Int] {
    let issued = issues.map(\.at).sorted()
    return wordedAt.compactMapValues { words in issued.first { $0 >= words } }
  }
}

/// The names under which an organisation, a subject or a person was registered, as they changed.
package struct RegisteredNameRow: Row, Encodable {
  package struct Name: Codable, Sendable, Equatable {
    /// A position of the log.
    package var since: Int
    package var name: LocalizedText
  }

  /// `org`, `subject` or `person`.
  package let kind: String
  package let slug: String
  package var names: [Name] = []

  static func key(_ reference: MarkedText.Reference) -> String {
    "\(reference.kind.rawValue):\(reference.slug)"
  }

  package var key: String { "\(kind):\(slug)" }
  package static let table = "proceedings.registered_name"
  package static let columns = ["reference", "kind", "slug", "names"]

  init(_ reference: MarkedText.Reference) {
    kind = reference.kind.rawValue
    slug = reference.slug
  }

  package init(_ columns: inout some ColumnReader) throws {
    _ = try columns.nextText()
    kind = try columns.next()
    slug = try columns.next()
    names = try columns.json()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(key)
    columns.add(kind)
    columns.add(slug)
    columns.json(names)
  }
}

extension PersonName {
  /// As texts mention the person, in each language.
  var inTexts: LocalizedText {
    LocalizedText(
      Dictionary(forms.map { ($0.language, $0.printed) }, uniquingKeysWith: { first, _ in first }))
  }
}

/// A mark in a text whose identifier nobody has registered.
package struct UnknownMark: Hashable, Sendable, Encodable {
  package let entry: RecordID
  /// `org`, `subject` or `person`.
  package let kind: String
  package let slug: String
}

extension ProceedingsModel {
  /// The marks of entries that name nothing in the authority file, and nobody on the program.
  ///
  /// They are printed by their words, and the index lists them under these.
  ///
  /// - Parameter isPerson: whether somebody of this name is registered.
  package func unknownMarks(_ isPerson: (PersonID) -> Bool) -> [UnknownMark] {
    var found: [UnknownMark] = []
    for entry in entries.rows.sorted(by: { $0.id < $1.id }) where !entry.isSilent {
      for kind in MarkedText.Reference.Kind.allCases {
        for slug in entry.details.slugs(kind) {
          let isKnown =
            switch kind {
            case .organisation: organisations[slug] != nil
            case .subject: subjects[slug] != nil
            case .person: (try? PersonID(slug)).map(isPerson) ?? false
            }
          if !isKnown { found.append(UnknownMark(entry: entry.id, kind: kind.rawValue, slug: slug)) }
        }
      }
    }
    return found
  }
}

extension EntryRow {
  /// Whether only its number and a note are printed.
  package var isSilent: Bool { isRetracted || expunction != nil || details.isExpunged }
}
