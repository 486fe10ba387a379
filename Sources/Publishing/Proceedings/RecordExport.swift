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
    @Nullable var standfirst: LocalizedText?
    /// The entries whose words are the summary.
    let standfirstFrom: [RecordID]
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
      standfirst = details.standfirst
      standfirstFrom = details.standfirstFrom ?? []
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

      init(_ row: StepRow) {
        kind = row.kind.rawValue
        at = row.details.at?.description
        presiding = row.details.presiding.map { Presiding(persons: $0.persons, asPrinted: $0.asPrinted) }
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
      sittings = held.steps(of: row.id).map(Step.init)
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

// MARK: Entries

extension RecordExport {
  struct Entry: Encodable, Sendable, Equatable {
    enum Status: String, Encodable, Sendable { case draft, published, retracted, expunged }

    let id: RecordID
    let kind: String
    let session: SessionID
    /// `1.12a`, as an issue fixed it; nil: none has.
    @Nullable var number: String?
    /// The number that the next issue would fix; nil: it is fixed.
    @Nullable var provisionalNumber: String?
    /// The first issue that contains it.
    @Nullable var issue: Int?
    let status: Status
    /// The position of the event that gave the original its present wording.
    let revision: Int
    @Nullable var form: String?
    let acts: [String]
    /// The language in which it was said, if that is known.
    @Nullable var spoken: Language?
    let texts: [Text]
    @Nullable var topic: LocalizedText?
    @Nullable var rationale: LocalizedText?
    @Nullable var attribution: Attribution?
    let addressees: [LocalizedText]
    /// Registered people whom it mentions, without those that its text marks.
    let mentions: [PersonID]
    let marks: Marks
    @Nullable var basedOn: RecordID?
    let corrections: [CorrectionID]
    @Nullable var expunction: Expunction?

    init(
      _ row: EntryRow, _ numbering: Numbering, _ ordinals: [SessionID: String], _ model: ProceedingsModel,
      _ names: RecordNames
    ) {
      id = row.id
      kind = row.kind.rawValue
      session = row.session
      let isFixed = row.number != nil && ordinals[row.session] != nil
      let printed = numbering.printed(row)
      number = isFixed ? printed : nil
      provisionalNumber = isFixed ? nil : printed
      issue = row.issue
      status =
        row.expunction != nil || row.details.isExpunged
        ? .expunged : row.isRetracted ? .retracted : model.isPublished(row) ? .published : .draft
      revision = row.revision
      corrections = row.corrections
      expunction = (row.expunction ?? row.replacement).map(Expunction.init)
      let details = row.details
      let isSilent = row.isSilent
      // They may be the words that were destroyed in the entry that it rests on.
      let hasWords = !isSilent && !model.mayRepeatDestroyedWords(row)
      form = isSilent ? nil : details.form?.rawValue
      acts = isSilent ? [] : details.acts.map(\.word)
      spoken = isSilent ? nil : details.spoken
      texts = hasWords ? names.texts(row) : []
      topic = isSilent ? nil : details.topic
      rationale = hasWords ? details.rationale : nil
      attribution = isSilent ? nil : Attribution(details.attribution, names)
      addressees = isSilent ? [] : details.addressees
      mentions = isSilent ? [] : details.mentions
      marks = Marks(hasWords ? details : nil)
      basedOn = isSilent ? nil : model.basis(of: row)?.id
    }
  }

  /// The words in one language.
  struct Text: Encodable, Sendable, Equatable {
    enum Role: String, Encodable, Sendable {
      case original
      case translation
      /// It is not known in which language it was said.
      case unstated
    }

    let language: Language
    let role: Role
    /// The original has changed since this was translated.
    let stale: Bool
    /// The wording of the original that it renders; see an entry's `revision`.
    let revision: Int
    /// With marks: `[[org:eaeu|the Union]]`.
    let marked: String
    /// Without them.
    let plain: String
  }

  /// The identifiers that the text and the rationale mark.
  struct Marks: Encodable, Sendable, Equatable {
    let persons: [String]
    let organisations: [String]
    let subjects: [String]

    init(_ details: EntryDetails?) {
      persons = details?.slugs(.person) ?? []
      organisations = details?.slugs(.organisation) ?? []
      subjects = details?.slugs(.subject) ?? []
    }
  }

  struct Expunction: Encodable, Sendable, Equatable {
    let authority: LocalizedText
    let reason: LocalizedText
    let on: Timestamp

    init(_ expunction: EntryRow.Expunction) {
      authority = expunction.authority
      reason = expunction.reason
      on = expunction.on
    }
  }

  struct Attribution: Encodable, Sendable, Equatable {
    let mode: String
    let persons: [Credit]
    /// The body, office or group.
    @Nullable var of: LocalizedText?
    @Nullable var groupBasis: String?
    @Nullable var quantifier: String?
    let basis: String
    @Nullable var asPrinted: LocalizedText?
    @Nullable var voice: VoiceID?

    init(_ attribution: Record.Attribution, _ names: RecordNames) {
      mode = attribution.mode.rawValue
      persons = attribution.persons.map { person in
        if let credit = attribution.credits?.first(where: { $0.person == person }) {
          return Credit(person, credit.name, credit.affiliations, frozen: true)
        }
        let row = names.context.program.people[person.slug]
        return Credit(person, row?.name, (row?.affiliations ?? []).map(\.affiliation), frozen: false)
      }
      of = attribution.of
      groupBasis = attribution.groupBasis?.rawValue
      quantifier = attribution.quantifier?.rawValue
      basis = attribution.basis.rawValue
      asPrinted = attribution.asPrinted
      voice = attribution.voice
    }
  }

  /// A person as introduced on the day of the statement.
  struct Credit: Encodable, Sendable, Equatable {
    let person: PersonID
    /// False: from before credits were kept; these are the present ones.
    let frozen: Bool
    let names: [Name]
    let affiliations: [Affiliation]

    init(_ person: PersonID, _ name: PersonName?, _ affiliations: [People.Affiliation], frozen: Bool) {
      self.person = person
      self.frozen = frozen
      names = name?.forms.map(Name.init) ?? []
      self.affiliations = affiliations.map(Affiliation.init)
    }
  }

  struct Name: Encodable, Sendable, Equatable {
    let language: Language
    let printed: String
    @Nullable var family: String?
    @Nullable var given: String?

    init(_ form: NameForm) {
      language = form.language
      printed = form.printed
      family = form.family
      given = form.given
    }
  }

  struct Affiliation: Encodable, Sendable, Equatable {
    let asPrinted: LocalizedText
    @Nullable var position: LocalizedText?
    let honorary: Bool
    let former: Bool
    /// From the smallest unit up.
    let units: [LocalizedText]
    let organisation: LocalizedText
    @Nullable var country: LocalizedText?

    init(_ affiliation: People.Affiliation) {
      asPrinted = affiliation.asPrinted
      position = affiliation.position
      honorary = affiliation.honorary
      former = affiliation.former
      units = affiliation.units
      organisation = affiliation.organisation
      country = affiliation.country
    }
  }
}

// MARK: Corrections

extension RecordExport {
  struct Correction: Encodable, Sendable, Equatable {
    let id: CorrectionID
    let entry: RecordID
    let kind: String
    let status: String
    /// The entry was to be retracted; there are no new words then.
    let retracts: Bool
    @Nullable var requester: LocalizedText?
    /// What an accepted correction replaced; nil for others, and if its words may not be published any more.
    @Nullable var old: Changes?
    /// Of an accepted correction.
    @Nullable var new: Changes?
    @Nullable var verifiedAgainst: String?
    @Nullable var reason: LocalizedText?
    let requestedAt: Timestamp
    @Nullable var decidedAt: Timestamp?

    init(_ row: CorrectionRow, of entry: EntryRow, _ names: RecordNames) {
      id = row.id
      self.entry = row.entry
      kind = row.kind.rawValue
      status = row.status.rawValue
      retracts = row.retracts
      requester = row.requester
      // Whoever is withheld now or was to be withheld must not be found in what was said before.
      let withheld =
        entry.details.attribution.mode == .withheld || row.changes.attribution?.mode == .withheld
      // Nobody has verified the words of a correction that is open or refused.
      let isPublished = row.status == .accepted && !entry.isSilent
      old =
        isPublished
        ? row.before.map { Changes($0, hidesPersons: withheld, names, keeping: row.namesBefore) } : nil
      new = isPublished && !row.retracts ? Changes(row.changes, hidesPersons: withheld, names) : nil
      verifiedAgainst = row.verifiedAgainst?.rawValue
      reason = row.reason
      requestedAt = row.requestedAt
      decidedAt = row.decidedAt
    }
  }

  /// The fields that a correction is about. Others are left out.
  struct Changes: Encodable, Sendable, Equatable {
    var text: [Word]?
    var topic: LocalizedText?
    var rationale: LocalizedText?
    var attribution: Attribution?
    var form: String?
    var acts: [String]?
    var addressees: [LocalizedText]?
    var spoken: Language?
    var mentions: [PersonID]?
    var basedOn: RecordID?
    /// The fields that had no value, or were to have none.
    var cleared: [String]

    /// - Parameter kept: the positions whose registered names the words have, by the tag of their language.
    init(
      _ changes: EntryDetails.Changes, hidesPersons: Bool, _ names: RecordNames,
      keeping kept: [String: Int] = [:]
    ) {
      text = changes.text?.entries.map {
        Word(
          language: $0.language, marked: $0.text, plain: names.plain($0.text, $0.language, keeping: kept))
      }
      topic = changes.topic
      rationale = changes.rationale
      attribution = changes.attribution.flatMap {
        hidesPersons && $0.mode != .withheld ? nil : Attribution($0, names)
      }
      form = changes.form?.rawValue
      acts = changes.acts?.map(\.word)
      addressees = changes.addressees
      spoken = changes.spoken
      mentions = changes.mentions
      basedOn = changes.basedOn
      cleared = (changes.cleared ?? []).map(\.rawValue)
    }
  }

  struct Word: Encodable, Sendable, Equatable {
    let language: Language
    let marked: String
    let plain: String
  }
}

// MARK: Who and what is named

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

// MARK: Texts

extension RecordNames {
  fileprivate func texts(_ row: EntryRow) -> [RecordExport.Text] {
    let original = row.original
    let kept = model.namesKept(in: row)
    // The original first, as in print.
    let order = row.details.text.languages.sorted {
      ($0 != original ? 1 : 0, $0) < ($1 != original ? 1 : 0, $1)
    }
    return order.map { language in
      let marked = row.details.text[language]!
      return RecordExport.Text(
        language: language,
        role: row.details.spoken == nil ? .unstated : language == original ? .original : .translation,
        stale: row.isOutdated(language), revision: row.renderings[language.tag] ?? row.revision,
        marked: marked, plain: plain(marked, language, keeping: kept))
    }
  }
}
