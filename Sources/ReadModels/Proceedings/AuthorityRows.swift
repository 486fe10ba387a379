import EventLog
package import Record
package import Vocabulary

/// An organisation of the authority file.
package struct OrganisationRow: Row, Encodable {
  package let id: OrganisationID
  package var details: OrganisationDetails
  /// The position of the last event about it.
  package var position: Int

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

  package func write(to columns: inout some ColumnWriter) {
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

  package func write(to columns: inout some ColumnWriter) {
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

  /// The name of an organisation or subject in the authority file.
  package func registeredName(_ reference: MarkedText.Reference) -> LocalizedText? {
    switch reference.kind {
    case .organisation: organisations[reference.slug]?.details.name
    case .subject: subjects[reference.slug]?.details.name
    case .person: nil
    }
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
        var seen: Set<String> = []
        for slug in entry.details.marked.flatMap({ $0.slugs(kind) }) where seen.insert(slug).inserted {
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
