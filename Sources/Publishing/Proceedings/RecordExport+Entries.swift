import JSON
import People
import ReadModels
import Record
import Vocabulary

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
    /// Not of withheld speakers: a recording would tell who they are.
    @Nullable var said: Timestamp?
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
      said = isSilent || details.attribution.mode == .withheld ? nil : details.said
      texts = hasWords ? names.texts(row) : []
      topic = hasWords ? details.topic : nil
      rationale = hasWords ? details.rationale : nil
      attribution = isSilent ? nil : Attribution(details.attribution, names)
      addressees = hasWords ? details.addressees : []
      mentions = hasWords ? names.context.program.kept(details.mentions) : []
      marks = Marks(hasWords ? details : nil, names.context.program)
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
    /// The wording of the original that it renders; see an entry's `revision`. Nil: an earlier one.
    @Nullable var revision: Int?
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

    init(_ details: EntryDetails?, _ program: ProgramModel) {
      persons = details?.slugs(.person).map { program.kept($0) } ?? []
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
          return Credit(
            names.context.program.kept(person), credit.name, credit.affiliations, frozen: true)
        }
        let row = names.context.program.people[person.slug]
        return Credit(
          names.context.program.kept(person), row?.name, (row?.affiliations ?? []).map(\.affiliation),
          frozen: false)
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

extension RecordNames {
  fileprivate func texts(_ row: EntryRow) -> [RecordExport.Text] {
    let original = row.original
    let kept = model.namesKept(in: row).text
    // The original first, as in print.
    let order = row.details.text.languages.sorted {
      ($0 != original ? 1 : 0, $0) < ($1 != original ? 1 : 0, $1)
    }
    return order.map { language in
      let marked = row.details.text[language]!
      let rendered = row.renderings[language.tag] ?? row.revision
      return RecordExport.Text(
        language: language,
        role: row.details.spoken == nil ? .unstated : language == original ? .original : .translation,
        stale: row.isOutdated(language), revision: rendered == 0 ? nil : rendered,
        marked: marked, plain: plain(marked, language, keeping: kept))
    }
  }
}
