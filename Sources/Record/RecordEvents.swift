package import EventLog
package import Vocabulary

package enum RecordEvent: EnumeratedEvents {
  case statementRecorded(StatementRecorded)
  case positionRecorded(PositionRecorded)
  case conclusionRecorded(ConclusionRecorded)
  case recommendationRecorded(RecommendationRecorded)
  case statementCorrected(StatementCorrected)
  case statementTranslated(StatementTranslated)
  case statementMoved(StatementMoved)
  case statementSplit(StatementSplit)
  case statementsMerged(StatementsMerged)
  case statementRetracted(StatementRetracted)
  case statementRestored(StatementRestored)
  case statementExpunged(StatementExpunged)
  case entryReaffirmed(EntryReaffirmed)
  case correctionRequested(CorrectionRequested)
  case correctionAccepted(CorrectionAccepted)
  case correctionRefused(CorrectionRefused)
  case disclosureAuthorised(DisclosureAuthorised)
  case statementDisclosed(StatementDisclosed)
  case personIdentified(PersonIdentified)
  case proceedingsProofed(ProceedingsProofed)
  case proceedingsIssued(ProceedingsIssued)
  case paragraphsNumbered(ParagraphsNumbered)
  case sessionOrdinalSet(SessionOrdinalSet)
  case sitting(SittingEvent)
  case frontMatterRevised(FrontMatterRevised)
  case organisationAdded(OrganisationAdded)
  case organisationRevised(OrganisationRevised)
  case subjectAdded(SubjectAdded)
  case subjectRevised(SubjectRevised)
  case transcriptImported(TranscriptImported)
  case transcriptImportUndone(TranscriptImportUndone)

  package enum Kind: CaseIterable {
    case statementRecorded, positionRecorded, conclusionRecorded, recommendationRecorded, statementCorrected,
      statementTranslated, statementMoved, statementSplit, statementsMerged, statementRetracted,
      statementRestored, statementExpunged, entryReaffirmed, correctionRequested, correctionAccepted,
      correctionRefused, disclosureAuthorised, statementDisclosed, personIdentified, proceedingsProofed,
      proceedingsIssued, paragraphsNumbered, sessionOrdinalSet
    case organisationAdded, organisationRevised, subjectAdded, subjectRevised
    case sessionConvened, sessionSuspended, sessionResumed, sessionClosed, sittingRevised,
      sittingStepRetracted,
      segmentOpened, segmentRevised, segmentRemoved, sessionHeadingSet
    case frontMatterRevised, transcriptImported, transcriptImportUndone

    /// Whether an issue that was proofed before the event is no longer what was proofed.
    fileprivate var changesEntries: Bool {
      switch self {
      case .statementRecorded, .positionRecorded, .conclusionRecorded, .recommendationRecorded,
        .statementCorrected, .statementTranslated, .statementMoved, .statementSplit, .statementsMerged,
        .statementRetracted, .statementRestored, .statementExpunged, .correctionAccepted:
        true
      // Only after an expunction; `Issues` looks.
      case .entryReaffirmed: true
      case .correctionRequested, .correctionRefused, .disclosureAuthorised, .statementDisclosed,
        .personIdentified, .proceedingsProofed, .proceedingsIssued, .paragraphsNumbered, .sessionOrdinalSet,
        .organisationAdded, .organisationRevised, .subjectAdded, .subjectRevised,
        .transcriptImported, .transcriptImportUndone:
        false
      // What is said about a session, and about the record, is printed too.
      case .sessionConvened, .sessionSuspended, .sessionResumed, .sessionClosed, .sittingRevised,
        .sittingStepRetracted, .segmentOpened, .segmentRevised, .segmentRemoved, .sessionHeadingSet,
        .frontMatterRevised:
        true
      }
    }
  }

  package static let forms = makeForms()

  /// The types of events that change what is printed of an entry.
  package static let changingEntries = Set(Kind.allCases.filter(\.changesEntries).map { form(of: $0).type })

  package static func form(of kind: Kind) -> EventForm<Self> {
    switch kind {
    case .statementRecorded: EventForm(statementRecorded)
    case .positionRecorded: EventForm(positionRecorded)
    case .conclusionRecorded: EventForm(conclusionRecorded)
    case .recommendationRecorded: EventForm(recommendationRecorded)
    case .statementCorrected: EventForm(statementCorrected)
    case .statementTranslated: EventForm(statementTranslated)
    case .statementMoved: EventForm(statementMoved)
    case .statementSplit: EventForm(statementSplit)
    case .statementsMerged: EventForm(statementsMerged)
    case .statementRetracted: EventForm(statementRetracted)
    case .statementRestored: EventForm(statementRestored)
    case .statementExpunged: EventForm(statementExpunged)
    case .entryReaffirmed: EventForm(entryReaffirmed)
    case .correctionRequested: EventForm(correctionRequested)
    case .correctionAccepted: EventForm(correctionAccepted)
    case .correctionRefused: EventForm(correctionRefused)
    case .disclosureAuthorised: EventForm(disclosureAuthorised)
    case .statementDisclosed: EventForm(statementDisclosed)
    case .personIdentified: EventForm(personIdentified)
    case .proceedingsProofed: EventForm(proceedingsProofed)
    case .proceedingsIssued: EventForm(proceedingsIssued)
    case .paragraphsNumbered: EventForm(paragraphsNumbered)
    case .sessionOrdinalSet: EventForm(sessionOrdinalSet)
    case .sessionConvened: EventForm { .sitting(.sessionConvened($0)) }
    case .sessionSuspended: EventForm { .sitting(.sessionSuspended($0)) }
    case .sessionResumed: EventForm { .sitting(.sessionResumed($0)) }
    case .sessionClosed: EventForm { .sitting(.sessionClosed($0)) }
    case .sittingRevised: EventForm { .sitting(.sittingRevised($0)) }
    case .sittingStepRetracted: EventForm { .sitting(.sittingStepRetracted($0)) }
    case .segmentOpened: EventForm { .sitting(.segmentOpened($0)) }
    case .segmentRevised: EventForm { .sitting(.segmentRevised($0)) }
    case .segmentRemoved: EventForm { .sitting(.segmentRemoved($0)) }
    case .sessionHeadingSet: EventForm { .sitting(.sessionHeadingSet($0)) }
    case .frontMatterRevised: EventForm(frontMatterRevised)
    case .organisationAdded: EventForm(organisationAdded)
    case .organisationRevised: EventForm(organisationRevised)
    case .subjectAdded: EventForm(subjectAdded)
    case .subjectRevised: EventForm(subjectRevised)
    case .transcriptImported: EventForm(transcriptImported)
    case .transcriptImportUndone: EventForm(transcriptImportUndone)
    }
  }

  package var body: any EventBody {
    switch self {
    case .statementRecorded(let body): body
    case .positionRecorded(let body): body
    case .conclusionRecorded(let body): body
    case .recommendationRecorded(let body): body
    case .statementCorrected(let body): body
    case .statementTranslated(let body): body
    case .statementMoved(let body): body
    case .statementSplit(let body): body
    case .statementsMerged(let body): body
    case .statementRetracted(let body): body
    case .statementRestored(let body): body
    case .statementExpunged(let body): body
    case .entryReaffirmed(let body): body
    case .correctionRequested(let body): body
    case .correctionAccepted(let body): body
    case .correctionRefused(let body): body
    case .disclosureAuthorised(let body): body
    case .statementDisclosed(let body): body
    case .personIdentified(let body): body
    case .proceedingsProofed(let body): body
    case .proceedingsIssued(let body): body
    case .paragraphsNumbered(let body): body
    case .sessionOrdinalSet(let body): body
    case .sitting(let event): event.body
    case .frontMatterRevised(let body): body
    case .organisationAdded(let body): body
    case .organisationRevised(let body): body
    case .subjectAdded(let body): body
    case .subjectRevised(let body): body
    case .transcriptImported(let body): body
    case .transcriptImportUndone(let body): body
    }
  }

  package typealias Recorded = (
    kind: EntryKind, entry: RecordID, session: SessionID, order: OrderKey?, details: EntryDetails,
    outdated: [Language]?
  )

  /// What was recorded, of whatever kind; nil for any other event.
  package var recorded: Recorded? {
    switch self {
    case .statementRecorded(let body): body.recorded
    case .positionRecorded(let body): body.recorded
    case .conclusionRecorded(let body): body.recorded
    case .recommendationRecorded(let body): body.recorded
    default: nil
    }
  }
}

extension EntryRecorded {
  fileprivate var recorded: RecordEvent.Recorded {
    (Kind.kind, entry, session, order, details, outdated)
  }
}
