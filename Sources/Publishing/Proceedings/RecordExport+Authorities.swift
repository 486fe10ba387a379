import JSON
import People
import ReadModels
import Record
import Vocabulary

extension RecordExport {
  struct Person: Encodable, Sendable, Equatable {
    let id: PersonID
    let sortKey: String
    let names: [Name]

    init(_ row: PersonRow) {
      id = row.person
      sortKey = row.name.sortKey
      names = row.name.forms.map(Name.init)
    }
  }

  struct Organisation: Encodable, Sendable, Equatable {
    struct Relation: Encodable, Sendable, Equatable {
      let kind: String
      let organisation: OrganisationID
    }

    let id: OrganisationID
    let name: LocalizedText
    @Nullable var abbreviation: LocalizedText?
    @Nullable var expansion: LocalizedText?
    @Nullable var expandedBy: String?
    @Nullable var parent: OrganisationID?
    let relations: [Relation]
    @Nullable var note: LocalizedText?
    @Nullable var noteSource: LocalizedText?
    @Nullable var noteStatus: String?

    init(_ row: OrganisationRow) {
      let details = row.details
      id = row.id
      name = details.name
      abbreviation = details.abbreviation
      expansion = details.abbreviation.map { _ in details.expansion ?? details.name }
      expandedBy = details.abbreviation.map { _ in (details.expandedBy ?? .editors).rawValue }
      parent = details.parent
      relations = (details.relations ?? []).map {
        Relation(kind: $0.kind.rawValue, organisation: $0.organisation)
      }
      note = details.note
      noteSource = details.source
      noteStatus = details.note.map { _ in (details.status ?? .settled).rawValue }
    }
  }

  struct Subject: Encodable, Sendable, Equatable {
    let id: SubjectID
    let name: LocalizedText
    @Nullable var abbreviation: LocalizedText?
    @Nullable var expansion: LocalizedText?
    @Nullable var expandedBy: String?

    init(_ row: SubjectRow) {
      let details = row.details
      id = row.id
      name = details.name
      abbreviation = details.abbreviation
      expansion = details.abbreviation.map { _ in details.expansion ?? details.name }
      expandedBy = details.abbreviation.map { _ in (details.expandedBy ?? .editors).rawValue }
    }
  }
}
