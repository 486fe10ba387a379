import EventLog
package import Foundation
import JSON
import People
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProceedingsPublication {
  /// The record as data: a format of its own, which its JSON Schema describes (`plenary-record-1.schema.json`).
  package func export() throws -> Data { try JSONText.data(RecordExport(self), pretty: true) }
}

/// The record, so that a program can read back everything that was recorded and may be published.
///
/// Its shape depends on nothing that is printed: neither on templates nor on the languages of an edition. What changes a
/// reader's program raises ``version``; a new key does not. Identities behind withheld attributions are not in it, nor
/// the times at which entries were recorded, which could lead to them. Retracted and expunged entries have a number and
/// a status, and no words.
struct RecordExport: Encodable, Sendable, Equatable {
  static let version = 1

  let format = "plenary-record"
  let version = Self.version
  let source: Source
  let edition: Edition
  let conference: Conference
  let front: Front
  let issues: [Issue]
  /// In the order of the record. Only those that have a record or were convened.
  let sessions: [Session]
  /// In the order of the record.
  let entries: [Entry]
  /// In the order in which they were asked for.
  let corrections: [Correction]
  /// The people whom entries and sessions name, in index order.
  let persons: [Person]
  let organisations: [Organisation]
  let subjects: [Subject]

  init(_ publication: ProceedingsPublication) {
    let (model, context) = (publication.model, publication.context)
    let rows = model.sessions(in: context.program)
    let order = rows.map(\.id)
    let numbering = model.numbering(order)
    let bySession = model.entriesBySession.mapValues { $0.filter(\.isPrinted) }
    let printed = order.flatMap { bySession[$0] ?? [] }
    // Not those of the publication: the record is the same, whatever is printed.
    let names = RecordNames(model, context, languages: context.program.conference?.details.languages ?? [])

    source = Source(
      conference: context.conference, position: context.checkpoint.position,
      lastEvent: context.checkpoint.lastEventAt, root: hexadecimal(context.checkpoint.tree.root))
    edition = Edition(publication.edition)
    conference = Conference(context)
    front = Front(model.held.frontMatter)
    issues = model.issues.rows.sorted { $0.details.issue < $1.details.issue }.map(Issue.init)
    let ordinals = model.fixedNumbers.ordinals
    let steps = model.held.stepsBySession
    let recorded = rows.filter { !(bySession[$0.id] ?? []).isEmpty || steps[$0.id] != nil }
    sessions = recorded.map { row in
      Session(
        row, ordinal: ordinals[row.id], provisional: numbering.ordinals[row.id], bySession[row.id] ?? [],
        model.held, context)
    }
    entries = printed.map { Entry($0, numbering, ordinals, model, names) }
    let known = Dictionary(printed.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    corrections = model.corrections.rows.filter { known[$0.entry] != nil }
      .sorted { ($0.requestedAt, $0.id) < ($1.requestedAt, $1.id) }
      .map { Correction($0, of: known[$0.entry]!, names) }

    var named: Set<PersonID> = []
    for entry in printed where !entry.isSilent {
      named.formUnion(entry.details.attribution.persons)
      if model.mayRepeatDestroyedWords(entry) { continue }
      named.formUnion(entry.details.mentions)
      named.formUnion(entry.details.slugs(.person).compactMap { try? PersonID($0) })
    }
    for changes in corrections.flatMap({ [$0.old, $0.new] }) {
      named.formUnion((changes?.attribution?.persons ?? []).map(\.person))
      named.formUnion(changes?.mentions ?? [])
    }
    for session in sessions {
      named.formUnion(session.officers.map(\.person))
      named.formUnion(session.sittings.flatMap { $0.presiding?.persons ?? [] })
    }
    named = Set(named.map(context.program.kept))
    persons = context.people.filter { named.contains($0.person) }.map(Person.init)
    organisations = model.organisations.rows.sorted { $0.id < $1.id }.map(Organisation.init)
    subjects = model.subjects.rows.sorted { $0.id < $1.id }.map(Subject.init)
  }
}

// MARK: What it is made from

extension RecordExport {
  struct Source: Encodable, Sendable, Equatable {
    let conference: ConferenceID
    /// Of the log.
    let position: Int
    @Nullable var lastEvent: Timestamp?
    /// The Merkle root at the position.
    let root: String
  }

  /// What it says that it is.
  struct Edition: Encodable, Sendable, Equatable {
    /// Nil: a draft.
    @Nullable var issue: Int?

    init(_ edition: ProceedingsPublication.Edition) {
      switch edition {
      case .draft, .proof: issue = nil
      case .issue(let issue, _): self.issue = issue.issue
      }
    }
  }

  struct Conference: Encodable, Sendable, Equatable {
    struct Organisation: Encodable, Sendable, Equatable {
      let name: LocalizedText
      let role: String
    }

    let title: LocalizedText
    @Nullable var shortTitle: LocalizedText?
    @Nullable var place: LocalizedText?
    @Nullable var firstDay: String?
    @Nullable var lastDay: String?
    @Nullable var zone: String?
    let languages: [Language]
    let organisations: [Organisation]

    init(_ context: PublicationContext) {
      let row = context.program.conference
      title = row?.details.title ?? LocalizedText([.english: context.conference.slug])
      shortTitle = row?.details.shortTitle
      place = row?.details.place
      firstDay = row?.details.firstDay.description
      lastDay = row?.details.lastDay.description
      zone = row?.details.zone
      languages = row?.details.languages ?? []
      organisations = (row?.organisations ?? []).map {
        Organisation(name: $0.organisation, role: $0.role.rawValue)
      }
    }
  }

  /// What the record says about itself.
  struct Front: Encodable, Sendable, Equatable {
    @Nullable var headline: LocalizedText?
    @Nullable var brand: LocalizedText?
    @Nullable var series: LocalizedText?
    @Nullable var seriesNumber: Int?
    @Nullable var dateline: LocalizedText?
    @Nullable var summary: LocalizedText?
    /// The entries whose words are the summary.
    let summaryFrom: [RecordID]
    @Nullable var note: LocalizedText?
    @Nullable var publisher: LocalizedText?
    /// `isbn=…`; `none` if there is none.
    let identifiers: [String]
    @Nullable var licence: LocalizedText?
    @Nullable var citation: LocalizedText?

    init(_ details: FrontMatterDetails) {
      headline = details.headline
      brand = details.brand
      series = details.series
      seriesNumber = details.seriesNumber
      dateline = details.dateline
      summary = details.summary
      summaryFrom = details.summaryFrom ?? []
      note = details.note
      publisher = details.publisher
      identifiers = (details.identifiers ?? []).map(\.description)
      licence = details.licence
      citation = details.citation
    }
  }

  struct Issue: Encodable, Sendable, Equatable {
    let number: Int
    let provisional: Bool
    /// The position of the log that it is built at.
    let position: Int
    /// The day on its title page.
    @Nullable var date: String?
    let issuedAt: Timestamp
    @Nullable var note: LocalizedText?
    /// SHA-256 of what was printed.
    @Nullable var document: String?
    /// SHA-256 of the templates and the typesetter.
    @Nullable var typesetting: String?

    init(_ row: IssueRow) {
      number = row.details.issue
      provisional = row.details.provisional
      position = row.at
      date = row.details.date?.description
      issuedAt = row.issuedAt
      note = row.details.note
      document = row.details.build?.document
      typesetting = row.details.build?.typesetting
    }
  }

  struct Session: Encodable, Sendable, Equatable {
    let id: SessionID
    /// The number that an issue fixed; nil: none has.
    @Nullable var ordinal: String?
    /// The number that the next issue would fix; nil: it is fixed.
    @Nullable var provisionalOrdinal: String?
    /// In the program.
    let title: LocalizedText
    /// In the record, if it is another one.
    @Nullable var heading: LocalizedText?
    let kind: String
    let cancelled: Bool
    let languages: [Language]
    /// When and where it was to take place, in time.
    let slots: [Slot]
    /// Who had a role, by the program.
    let officers: [Officer]
    /// How it was held, step by step. Empty: nobody recorded it.
    let sittings: [Step]
    /// Parts with a heading of their own, in order.
    let segments: [Segment]

    struct Slot: Encodable, Sendable, Equatable {
      /// With offset and zone (RFC 9557): `2016-03-25T09:00+08:00[Asia/Shanghai]`.
      let start: String
      let end: String
      @Nullable var room: LocalizedText?
    }

    struct Officer: Encodable, Sendable, Equatable {
      let role: String
      let person: PersonID
    }

    struct Step: Encodable, Sendable, Equatable {
      struct Presiding: Encodable, Sendable, Equatable {
        let persons: [PersonID]
        let asPrinted: LocalizedText
      }

      let kind: String
      /// A day or a time, as precise as it is known.
      @Nullable var at: String?
      @Nullable var presiding: Presiding?
      @Nullable var present: Int?
      @Nullable var quorum: Int?
      @Nullable var place: LocalizedText?

      init(_ row: StepRow, _ program: ProgramModel) {
        kind = row.kind.rawValue
        at = row.details.at?.description
        presiding = row.details.presiding.map {
          Presiding(persons: program.kept($0.persons), asPrinted: $0.asPrinted)
        }
        present = row.details.present
        quorum = row.details.quorum
        place = row.details.place
      }
    }

    struct Segment: Encodable, Sendable, Equatable {
      let title: LocalizedText
      /// The first statement in it; nil: it is empty.
      @Nullable var first: RecordID?
    }

    init(
      _ row: SessionRow, ordinal: String?, provisional: String?, _ entries: [EntryRow], _ held: HeldTables,
      _ context: PublicationContext
    ) {
      id = row.id
      self.ordinal = ordinal
      provisionalOrdinal = ordinal == nil ? provisional : nil
      title = row.details.title
      heading = held.headings[row.id.slug]?.heading
      kind = row.details.kind.rawValue
      cancelled = row.cancelled
      languages = row.details.languages
      slots = row.scheduledSlots.map { entry in
        Slot(
          start: "\(entry.slot.start)", end: "\(entry.slot.end)",
          room: context.program.rooms[entry.slot.room.slug]?.details.name)
      }
      officers = row.assignments.map { Officer(role: $0.role.rawValue, person: $0.person) }
      sittings = held.steps(of: row.id).map { Step($0, context.program) }
      let found = held.segments.rows.filter { $0.session == row.id }
        .sorted { ($0.order, $0.number) < ($1.order, $1.number) }
      segments = found.enumerated().map { index, segment in
        let next = index + 1 < found.count ? found[index + 1].order : nil
        let first = entries.first { $0.kind == .statement && $0.order >= segment.order }
        return Segment(
          title: segment.title,
          first: first.flatMap { entry in next.map { entry.order < $0 } ?? true ? entry.id : nil })
      }
    }
  }
}
