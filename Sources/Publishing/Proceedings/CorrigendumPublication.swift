package import Foundation
import JSON
package import ReadModels
import Record
package import Scheduling
package import Vocabulary

/// The corrections of a published issue.
package struct CorrigendumPublication: Sendable {
  private let context: PublicationContext
  private let corrections: PrintedCorrections
  private let issue: IssueRow

  /// - Parameter issue: the one that is corrected, by what was accepted after it and before the next.
  package init(
    _ model: ProceedingsModel, of issue: IssueRow, program: ProgramModel, _ checkpoint: Checkpoint,
    conference: ConferenceID, _ settings: PrintSettings = PrintSettings()
  ) {
    self.issue = issue
    context = PublicationContext(conference, program, checkpoint, settings)
    let next = model.issue(issue.details.issue + 1)?.position ?? .max
    corrections = PrintedCorrections(model, context, accepted: issue.position..<next)
  }

  package var isEmpty: Bool { corrections.items.isEmpty }

  package func document() -> CorrigendumDocument {
    CorrigendumDocument(
      header: context.header(CorrigendumDocument.template),
      body: CorrigendumDocument.Body(
        heading: Labels.corrigendumTo.localized(context.languages, with: String(issue.details.issue)),
        date: context.languages.localized { Dates.day(issue.details.date ?? issue.issuedAt.date, in: $0) },
        items: corrections.items))
  }

  package func json() throws -> Data { try JSONText.data(document(), pretty: true) }

  package func html() -> String { CorrigendumPage(document()).html }
}

/// Accepted corrections, as they are printed: in a corrigendum, and in the list of the next issue.
struct PrintedCorrections {
  let items: [PrintedCorrection]

  /// - Parameter positions: those of their acceptance.
  init(
    _ model: ProceedingsModel, _ context: PublicationContext, accepted positions: some RangeExpression<Int>
  ) {
    let numbering = model.fixedNumbers
    items = model.corrigenda(positions, model.sessions(in: context.program).map(\.id)).map {
      correction, entry in
      PrintedCorrection(
        anchor: "correction-\(correction.id)", number: numbering.printed(entry) ?? "",
        paragraph: entry.id.slug,
        session: context.program.sessions[entry.session.slug].map { context.text($0.details.title) }
          ?? LocalizedText([.english: entry.session.slug]),
        heading: Self.heading(correction, context), changes: Self.changes(correction, context),
        facts: Self.facts(correction, context))
    }
  }

  private static func heading(_ correction: CorrectionRow, _ context: PublicationContext) -> LocalizedText {
    let date = (correction.decidedAt ?? correction.requestedAt).date
    let kind = correction.retracts ? Labels.retraction : Labels.correction(correction.kind)
    let words = kind.localized(context.languages)
    return LocalizedText(
      Dictionary(
        uniqueKeysWithValues: words.languages.map { language in
          (language, words[language]! + Labels.comma(language) + Dates.day(date, in: language))
        }))
  }

  private static func changes(_ correction: CorrectionRow, _ context: PublicationContext)
    -> [PrintedCorrection.Change]
  {
    let before = correction.before ?? EntryDetails.Changes()
    return correction.changes.fields.compactMap { field in
      let (old, new) = (field.printed(before, context), field.printed(correction.changes, context))
      guard old != nil || new != nil else { return nil }
      return PrintedCorrection.Change(label: context.label(Labels.field(field)), old: old, new: new)
    }
  }

  private static func facts(_ correction: CorrectionRow, _ context: PublicationContext)
    -> [PrintedCorrection.Fact]
  {
    var facts: [PrintedCorrection.Fact] = []
    if let reason = correction.reason {
      facts.append(.init(label: context.label(Labels.fixed["rationale"]!), text: context.text(reason)))
    }
    if let against = correction.verifiedAgainst {
      facts.append(
        .init(label: context.label(Labels.verifiedAgainst), text: context.label(Labels.verification(against)))
      )
    }
    if let requester = correction.requester {
      facts.append(.init(label: context.label(Labels.requestedBy), text: context.text(requester)))
    }
    return facts
  }
}

extension EntryDetails.Field {
  /// A change's value in words; nil if it has none.
  fileprivate func printed(_ changes: EntryDetails.Changes, _ context: PublicationContext) -> LocalizedText? {
    func words(_ texts: [LocalizedText]) -> LocalizedText? {
      texts.isEmpty
        ? nil
        : context.languages.localized { language in
          texts.map { context.text($0).best([language]).text }.joined(separator: "; ")
        }
    }
    return switch self {
    case .text: context.text(changes.text)?.withoutMarks
    case .attribution: context.text(changes.attribution?.asPrinted)
    case .topic: context.text(changes.topic)
    case .rationale: context.text(changes.rationale)?.withoutMarks
    case .addressees: words(changes.addressees ?? [])
    case .mentions: words((changes.mentions ?? []).compactMap { context.person($0)?.name(context.languages) })
    case .spoken: changes.spoken.flatMap { context.names(of: [$0]).first }
    case .acts:
      changes.acts.map { acts in LocalizedText([.english: acts.map(\.word).joined(separator: ", ")]) }
    case .form: changes.form.map { form in LocalizedText([.english: form.rawValue]) }
    case .basedOn: nil
    }
  }
}

extension PrintedPerson {
  fileprivate func name(_ languages: [Language]) -> LocalizedText? {
    names.first.map { LocalizedText([$0.lang: $0.text]) }
  }
}

extension Labels {
  static let forCorrigenda: [String: Wording] = [
    "corrigendum": Wording("Corrigendum", "勘误", "Список исправлений"),
    "corrigenda": Wording(
      "Corrections of earlier issues", "对以往各期的更正", "Исправления к предыдущим выпускам"),
    "oldWords": Wording("For", "原文", "Напечатано"),
    "newWords": Wording("read", "应为", "следует читать"),
    "paragraphOf": Wording("Paragraph", "段落", "Абзац"),
  ]

  static let draftOfIssue = Wording("Draft of issue %", "第%期草稿", "Проект выпуска %")
  static let changesSinceIssue = Wording(
    "with changes since issue %", "含自第%期以来的变更", "с изменениями после выпуска %")
  static let expunged = Wording("Expunged", "已删除", "Исключено из протокола")
  static let corrigendumTo = Wording("Corrigendum to issue %", "第%期勘误", "Исправления к выпуску %")
  static let retraction = Wording("Retraction", "撤回", "Отзыв")
  static let verifiedAgainst = Wording("Verified against", "核对依据", "Проверено по")
  static let requestedBy = Wording("Requested by", "提出者", "По просьбе")

  static func correction(_ kind: CorrectionKind) -> Wording {
    switch kind {
    case .editorial: Wording("Editorial correction", "文字更正", "Редакционная правка")
    case .substantive: Wording("Substantive correction", "实质更正", "Исправление по существу")
    }
  }

  static func verification(_ against: Verification) -> Wording {
    switch against {
    case .recording: Wording("the recording", "录音", "записи")
    case .notes: Wording("the notes", "记录", "заметкам")
    case .speaker: Wording("the speaker", "发言人", "словам выступавшего")
    case .document: Wording("a document", "文件", "документу")
    }
  }

  static func field(_ field: EntryDetails.Field) -> Wording {
    switch field {
    case .text: Wording("Text", "文字", "Текст")
    case .attribution: Wording("Attribution", "发言归属", "Автор высказывания")
    case .topic: Wording("Topic", "议题", "Вопрос")
    case .rationale: Wording("Reason", "理由", "Обоснование")
    case .form: Wording("Form", "形式", "Форма")
    case .acts: Wording("Speech act", "言语行为", "Речевое действие")
    case .addressees: Wording("Addressees", "对象", "Адресаты")
    case .spoken: Wording("Spoken in", "发言语言", "Язык выступления")
    case .mentions: Wording("Mentions", "提及", "Упомянуты")
    case .basedOn: Wording("Based on", "依据", "Основание")
    }
  }

  static func comma(_ language: Language) -> String { ["zh", "ja"].contains(language.primary) ? "，" : ", " }
}
