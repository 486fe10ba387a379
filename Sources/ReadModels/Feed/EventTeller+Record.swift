import EventLog
import JSON
import Record
import Scheduling
import Vocabulary

extension EventTeller {
  func told(_ event: RecordEvent) -> ToldEvent {
    if let recorded = event.recorded { return told(recorded) }
    switch event {
    case .statementRecorded, .positionRecorded, .conclusionRecorded, .recommendationRecorded:
      return ToldEvent("An entry was recorded.")  // told above
    case .statementCorrected(let body):
      return ToldEvent("\(called(body.entry)) was changed.", changes(body.changes, of: body.entry))
    case .statementTranslated(let body):
      return ToldEvent(
        "\(called(body.entry)) was translated"
          + (body.text.map { " into \(list($0.languages.map(\.tag)))" } ?? "; the words were destroyed")
          + ".",
        (body.text?.entries ?? []).compactMap { entry in
          change(
            "text.\(entry.language)", proceedings.entries[body.entry.slug]?.details.text[entry.language],
            entry.text)
        })
    case .statementMoved(let body):
      return ToldEvent(
        "\(called(body.entry)) was moved "
          + (body.from == body.session
            ? "within \(title(body.session))" : "from \(title(body.from)) to \(title(body.session))")
          + ".")
    case .statementSplit(let body):
      return ToldEvent(
        "\(called(body.entry)) was split in two; the rest is \(body.rest).", changed(body.entry, body.head))
    case .statementsMerged(let body):
      return ToldEvent(
        "\(called(body.entry)) took in the words of \(body.merged), which is gone.",
        changed(body.entry, body.whole))
    case .statementRetracted(let body): return ToldEvent("\(called(body.entry)) was retracted.")
    case .statementRestored(let body): return ToldEvent("\(called(body.entry)) is in the record again.")
    case .statementExpunged(let body):
      return ToldEvent(
        "The words of \(called(body.entry, isFirst: false)) were destroyed by order of \(text(body.authority)): "
          + "\(text(body.reason)).")
    case .entryReaffirmed(let body): return ToldEvent("\(called(body.entry)) still holds.")
    case .correctionRequested(let body):
      return ToldEvent(
        "A correction (\(body.kind.rawValue)) of \(called(body.entry, isFirst: false)) was asked for"
          + (shown(body.requester, of: body.entry).map { " by \(text($0))" } ?? "")
          + (body.retracts ? ": it is to be retracted" : "") + ".",
        changes(body.changes, of: body.entry))
    case .correctionAccepted(let body):
      return ToldEvent(
        "The correction \(body.correction) of \(called(body.entry, isFirst: false)) was accepted, verified against "
          + "\(described(body.verifiedAgainst))"
          + (shown(body.reason, of: body.entry).map { ": \(text($0))" } ?? "") + ".",
        proceedings.corrections[body.correction.slug].map { changes($0.changes, of: body.entry) } ?? [])
    case .correctionRefused(let body):
      return ToldEvent(
        "The correction \(body.correction) of \(called(body.entry, isFirst: false)) was refused"
          + (shown(body.reason, of: body.entry).map { ": \(text($0))" } ?? "") + ".")
    case .disclosureAuthorised(let body):
      return ToldEvent(
        "The speaker of \(called(body.entry, isFirst: false)) allowed that the name is disclosed.")
    case .statementDisclosed(let body):
      return ToldEvent(
        "The speaker of \(called(body.entry, isFirst: false)) was disclosed"
          + (body.reason.map { ": \(text($0))" } ?? "") + ".")
    case .personIdentified(let body):
      let isWithheld = body.entries.contains(where: isWithheld)
      let who = isWithheld ? nil : body.person.map { name($0) }
      return ToldEvent(
        "The voice “\(body.voice)” was identified" + (who.map { " as \($0)" } ?? "") + ", in "
          + "\(counted(body.entries.count, "entry", "entries"))"
          + (isWithheld ? "" : body.reason.map { ": \(text($0))" } ?? "") + ".")
    case .proceedingsProofed(let body):
      return ToldEvent("A draft of the proceedings at position \(body.at) was printed to be read.")
    case .proceedingsIssued(let body):
      return ToldEvent(
        "Issue \(body.issue) of the proceedings was published\(body.provisional ? " as provisional" : "")"
          + (body.date.map { ", dated \($0)" } ?? "") + (body.note.map { ": \(text($0))" } ?? "") + ".")
    case .paragraphsNumbered(let body):
      return ToldEvent(
        "Issue \(body.issue) fixed the numbers of \(counted(body.numbers.count, "entry", "entries")) in \(title(body.session))"
          + (body.ordinal.isEmpty ? "" : ", which has the number \(body.ordinal)") + ".")
    case .sessionOrdinalSet(let body):
      return ToldEvent(
        body.ordinal.map { "\(title(body.session)) has the number \($0) in the record." }
          ?? "The number of \(title(body.session)) in the record is counted again.",
        [
          change(
            "ordinal", proceedings.sessions[body.session.slug]?.byHand.map { .integer($0) },
            body.ordinal.map { .integer($0) })
        ].compactMap(\.self))
    case .sitting(let event): return told(event)
    case .frontMatterRevised(let body):
      return ToldEvent(
        "The front of the record was revised.", changes(body.changes, of: proceedings.held.frontMatter))
    case .organisationAdded(let body):
      return ToldEvent("The organisation “\(text(body.details.name))” was added to those that texts mention.")
    case .organisationRevised(let body):
      let old = proceedings.organisations[body.organisation.slug]?.details
      return ToldEvent(
        "The organisation \(quoted(old?.name, body.organisation.slug)) was revised.",
        changes(body.changes, of: old))
    case .subjectAdded(let body):
      return ToldEvent("The subject “\(text(body.details.name))” was added to those that texts mention.")
    case .transcriptImported(let body):
      return ToldEvent(
        "A transcript (\(body.format)) of \(title(body.session)) was imported: \(counted(body.entries.count, "statement"))."
      )
    case .transcriptImportUndone(let body):
      return ToldEvent("The import of a transcript of \(title(body.session)) was undone.")
    case .subjectRevised(let body):
      let old = proceedings.subjects[body.subject.slug]?.details
      return ToldEvent(
        "The subject \(quoted(old?.name, body.subject.slug)) was revised.", changes(body.changes, of: old))
    }
  }

  // MARK: Entries

  private func told(_ recorded: RecordEvent.Recorded) -> ToldEvent {
    let noun = recorded.kind.rawValue
    if recorded.details.isExpunged {
      return ToldEvent(
        "The \(noun) \(recorded.entry) was recorded in \(title(recorded.session)); its words were destroyed later."
      )
    }
    let by = isWithheld(recorded.entry) ? nil : recorded.details.attribution.asPrinted
    return ToldEvent(
      "The \(noun) \(recorded.entry)" + (by.map { " by \(text($0))" } ?? "")
        + " was recorded in \(title(recorded.session)): "
        + "“\(excerpt(text(recorded.details.text), 80))”.")
  }

  /// `Statement e-1 in “Opening”`
  private func called(_ entry: RecordID, isFirst: Bool = true) -> String {
    guard let row = proceedings.entries[entry.slug] else {
      return isFirst ? "Entry \(entry)" : "entry \(entry)"
    }
    let noun = row.kind.rawValue
    return (isFirst ? noun.prefix(1).uppercased() + noun.dropFirst() : noun)
      + " \(entry) in \(title(row.session))"
  }

  /// What a statement that is withheld said of its speaker before is not told.
  private func hidden(_ entry: RecordID) -> Set<EntryDetails.Field> {
    isWithheld(entry) ? [.attribution, .mentions] : []
  }

  /// Who asked for a correction, or why it was decided so, may say whose statement it is.
  private func shown(_ text: LocalizedText?, of entry: RecordID) -> LocalizedText? {
    isWithheld(entry) ? nil : text
  }

  private func changes(_ changes: EntryDetails.Changes, of entry: RecordID) -> [ToldEvent.Change] {
    self.changes(changes, of: known(entry), without: hidden(entry))
  }

  private func changed(_ entry: RecordID, _ now: EntryDetails?) -> [ToldEvent.Change] {
    guard let now else { return [] }
    return changes(EntryDetails.Field.self, from: known(entry), to: now, without: hidden(entry))
  }

  /// The entry's details; nil if nobody knows them any more.
  private func known(_ entry: RecordID) -> EntryDetails? {
    proceedings.entries[entry.slug].flatMap { $0.details.isExpunged ? nil : $0.details }
  }

  private func described(_ verification: Verification) -> String {
    switch verification {
    case .recording: "the recording"
    case .notes: "the notes"
    case .speaker: "what the speaker says"
    case .document: "a document"
    }
  }

  // MARK: Sittings

  private func told(_ event: SittingEvent) -> ToldEvent {
    switch event {
    case .sessionConvened(let body): return told("was called to order", body.session, body.details)
    case .sessionSuspended(let body): return told("was suspended", body.session, body.details)
    case .sessionResumed(let body): return told("continued", body.session, body.details)
    case .sessionClosed(let body): return told("was closed", body.session, body.details)
    case .sittingRevised(let body):
      let old = proceedings.held.steps[StepRow.key(body.session, body.step)]?.details
      return ToldEvent(
        "Step \(body.step) of the sittings of \(title(body.session)) was revised.",
        changes(body.changes, of: old))
    case .sittingStepRetracted(let body):
      return ToldEvent("Step \(body.step) of the sittings of \(title(body.session)) was taken back.")
    case .segmentOpened(let body):
      return ToldEvent("\(title(body.session)) has the part “\(text(body.details.title))” in the record.")
    case .segmentRevised(let body):
      let old = segment(body.session, body.segment)
      return ToldEvent(
        "The part \(quoted(old?.title, "\(body.segment)")) of \(title(body.session)) was revised.",
        changes(body.changes, of: old))
    case .segmentRemoved(let body):
      return ToldEvent(
        "The part \(quoted(segment(body.session, body.segment)?.title, "\(body.segment)")) of \(title(body.session)) was removed."
      )
    case .sessionHeadingSet(let body):
      let old = proceedings.held.headings[body.session.slug]?.heading
      return ToldEvent(
        body.heading.map { "The record prints \(title(body.session)) under the title “\(text($0))”." }
          ?? "The record prints \(title(body.session)) under its own title again.",
        [change("heading", old.map { text($0) }, body.heading.map { text($0) })].compactMap(\.self))
    }
  }

  private func told(_ what: String, _ session: SessionID, _ details: SittingDetails) -> ToldEvent {
    let facts = [
      details.at.map { " on \($0.readable)" },
      details.presiding.map { ", with \(text($0.asPrinted)) in the chair" },
      details.present.map { ", \($0) present" },
      details.place.map { ", in \(text($0))" },
    ].compactMap(\.self)
    return ToldEvent("\(title(session)) \(what)\(facts.joined()).")
  }

  private func segment(_ session: SessionID, _ number: Int) -> SegmentDetails? {
    proceedings.held.segments[SegmentRow.key(session, number)].map {
      SegmentDetails(title: $0.title, order: $0.order)
    }
  }
}
