import Record
import Vocabulary

/// The fixed texts of drafts, issues and corrections.
extension Labels {
  static let forCorrigenda: [String: Wording] = [
    "corrigendum": Wording("Corrigendum"),
    "corrigenda": Wording("Corrections of earlier issues"),
    "issueNote": Wording("About this issue"),
    "oldWords": Wording("For"),
    "newWords": Wording("read"),
    "paragraphOf": Wording("Paragraph"),
  ]

  static let draftOfIssue = Wording("Draft of issue %")
  static let changesSinceIssue = Wording("with changes since issue %")
  static let expunged = Wording("Expunged")
  static let replaced = Wording("Words replaced by order")
  static let leftOut = Wording("Left out, because it repeats removed words")
  static let notRepeated = Wording("(not repeated here)")
  static let orderedBy = Wording("By order of")
  static let changedAfterIssue = Wording("Changed after issue %")
  static let corrigendumTo = Wording("Corrigendum to issue %")
  static let retraction = Wording("Retraction")
  static let verifiedAgainst = Wording("Verified against")
  static let requestedBy = Wording("Requested by")

  static func correction(_ kind: CorrectionKind) -> Wording {
    switch kind {
    case .editorial: Wording("Editorial correction")
    case .substantive: Wording("Substantive correction")
    }
  }

  static func verification(_ against: Verification) -> Wording {
    switch against {
    case .recording: Wording("the recording")
    case .notes: Wording("the notes")
    case .speaker: Wording("the speaker")
    case .document: Wording("a document")
    }
  }

  static func field(_ field: EntryDetails.Field) -> Wording {
    switch field {
    case .text: Wording("Text")
    case .attribution: Wording("Attribution")
    case .topic: Wording("Topic")
    case .rationale: Wording("Reason")
    case .form: Wording("Form")
    case .acts: Wording("Speech act")
    case .addressees: Wording("Addressees")
    case .spoken: Wording("Spoken in")
    case .said: Wording("Said at")
    case .mentions: Wording("Mentions")
    case .basedOn: Wording("Based on")
    }
  }

  /// What the record says of itself.
  static func field(_ field: FrontMatterDetails.Field) -> Wording {
    switch field {
    case .headline: Wording("Title")
    case .brand: Wording("Short title")
    case .series, .seriesNumber: fixed["series"]!
    case .dateline: Wording("Dateline")
    case .summary, .summaryFrom: fixed["summary"]!
    case .note: Wording("Note on the record")
    case .publisher: fixed["publisher"]!
    case .identifiers: fixed["identifier"]!
    case .licence: fixed["licence"]!
    case .citation: Wording("How to cite")
    case .participants: Wording("List of participants")
    case .unstated: fixed["notStated"]!
    }
  }
  static let segments = Wording("Parts")

  /// Old and new values that are printed alike.
  static let samePrintedWords = Wording("(the printed words stay the same)")

  static func form(_ form: StatementForm) -> Wording {
    switch form {
    case .verbatim: Wording("verbatim")
    case .substantiallyVerbatim: Wording("substantially verbatim")
    case .summary: Wording("summary")
    case .quotation: Wording("quotation")
    case .minute: Wording("minute")
    }
  }

  /// The common speech acts. The list is open: others are printed as they are.
  static let acts: [String: Wording] = [
    "said": Wording("said"),
    "noted": Wording("noted"),
    "described": Wording("described"),
    "believed": Wording("believed"),
    "supposed": Wording("supposed"),
    "emphasised": Wording("emphasised"),
    "called-for": Wording("called for"),
    "urged": Wording("urged"),
    "opened": Wording("opened"),
    "asked": Wording("asked"),
    "replied": Wording("replied"),
    "agreed": Wording("agreed"),
    "disagreed": Wording("disagreed"),
    "doubted": Wording("doubted"),
    "warned": Wording("warned"),
    "proposed": Wording("proposed"),
    "concluded": Wording("concluded"),
    "reported": Wording("reported"),
    "thanked": Wording("thanked"),
  ]

  static func mode(_ mode: Attribution.Mode) -> Wording {
    switch mode {
    case .named: Wording("by name")
    case .joint: Wording("jointly")
    case .onBehalfOf: Wording("on behalf of a body")
    case .roleOnly: Wording("by office")
    case .group: Wording("a group")
    case .quantified: Wording("a part of those present")
    case .collective: Wording("all who took part")
    case .unidentified: Wording("not identified")
    case .withheld: Wording("name withheld")
    case .unattributed: Wording("the record’s own words")
    }
  }

  static func groupBasis(_ basis: Attribution.GroupBasis) -> Wording {
    switch basis {
    case .nationality: Wording("nationality")
    case .side: Wording("side")
    case .delegation: Wording("delegation")
    case .institution: Wording("institution")
    case .panel: Wording("panel")
    case .other: Wording("other")
    }
  }

  static func quantifier(_ quantifier: Attribution.Quantifier) -> Wording {
    switch quantifier {
    case .all: Wording("all")
    case .most: Wording("most")
    case .majority: Wording("majority")
    case .many: Wording("many")
    case .several: Wording("several")
    case .some: Wording("some")
    case .few: Wording("few")
    case .one: Wording("one")
    }
  }

  static func basis(_ basis: Attribution.Basis) -> Wording {
    switch basis {
    case .stated: Wording("stated")
    case .carriedOver: Wording("carried over from the sentence before")
    case .inferred: Wording("inferred")
    case .authorised: Wording("disclosed with authorisation")
    }
  }
}

extension Wording {
  /// What is printed in the place of words that were destroyed, or beside those that replace them.
  func byOrder(of authority: LocalizedText, for reason: LocalizedText, _ languages: [Language])
    -> LocalizedText
  {
    LocalizedText(
      Dictionary(
        uniqueKeysWithValues: localized(languages).entries.map { label in
          let remark = Direction.joined(
            [authority, reason].map { $0.best([label.language]).text }, by: Labels.comma(label.language),
            in: label.language)
          return (label.language, label.text + SentenceManner(label.language).bracketed(remark))
        }))
  }
}
