import Scheduling
import Vocabulary

/// The fixed texts of documents.
enum Labels {
  /// The labels for templates, by key.
  static let fixed = [
    shared, forProgram, forFitting, forPeople, forChanges, forCorrigenda, forRecord, forIndexes,
  ].reduce(into: [:]) { known, labels in
    known.merge(labels) { _, _ in preconditionFailure("A label has two wordings.") }
  }

  private static let shared: [String: Wording] = [
    "addressees": Wording("Addressed to"),
    "cancelled": Wording("Cancelled"),
    "changedSince": Wording("changed since"),
    "capacity": Wording("Seats"),
    "colophon": Wording("Colophon"),
    "conclusions": Wording("Conclusions"),
    "conference": Wording("Conference"),
    "contents": Wording("Contents"),
    "country": Wording("Country"),
    "daysAtAGlance": Wording("Days at a glance"),
    "draft": Wording("Draft, not issued"),
    "editorialNote": Wording("Note on the record"),
    "held": Wording("Held"),
    "holder": Wording("Held by"),
    "howToCite": Wording("How to cite"),
    "indexNote": Wording(
      "Numbers refer to paragraphs: bold where the person spoke, plain where the person is mentioned; C, R and P are "
        + "conclusions, recommendations and positions."),
    "indexOfPersons": Wording("Index of persons"),
    "indexOfPersonsNote": Wording("Numbers refer to pages."),
    "issue": Wording("Issue"),
    "languages": Wording("Languages"),
    "lastEvent": Wording("Last entry"),
    "madeFrom": Wording(
      "This document was made from the conference’s record as it stood at the position below, and can be "
        + "printed again from it at any time. Only what has since been erased changes."),
    "name": Wording("Name"),
    "nobodyRegistered": Wording("Nobody is registered."),
    "notReleased": Wording("Not released"),
    "nothingRecorded": Wording("Nothing has been recorded."),
    "nothingScheduled": Wording("Nothing is scheduled."),
    "number": Wording("No."),
    "organisation": Wording("Organisation"),
    "page": Wording("Page"),
    "paragraph": Wording("Paragraph"),
    "participants": Wording("List of participants"),
    "position": Wording("Record position"),
    "positionAndOrganisation": Wording("Position and organisation"),
    "positions": Wording("Positions"),
    "present": Wording("Present"),
    "proceedings": Wording("Proceedings"),
    "program": Wording("Program"),
    "provisional": Wording("Provisional edition"),
    "provisionalNumbers": Wording(
      "Numbers of paragraphs in italics are provisional; an issue can change them."),
    "rationale": Wording("Reason"),
    "recommendations": Wording("Recommendations"),
    "retracted": Wording("This paragraph has been retracted."),
    "room": Wording("Room"),
    "rooms": Wording("Rooms"),
    "root": Wording("Merkle root (SHA-256)"),
    "session": Wording("Session"),
    "signIn": Wording("Sign-in sheet"),
    "signature": Wording("Signature"),
    "speakers": Wording("Speakers", "who spoke"),
    "stance": Wording("Position", "stance"),
    "time": Wording("Time"),
    "timeZone": Wording("Time zone"),
    "topic": Wording("Topic"),
    "total": Wording("Total"),
    "version": Wording("Version"),
  ]

  static let sessionNumber = Wording("Session %")
  static let corrected = Wording("Corrected")
  static let originalText = Wording("Original")
  static let translation = Wording("Translation")
  static let translationFrom = Wording("Translation (original: %)")
  static let staleTranslation = Wording("Translation of an earlier text")
  static let between = Wording(each: { SentenceManner($0).colon })

  /// Between two things in a list of names.
  static let listComma = Wording(each: { $0.cldr?.listJoint })

  /// The name of a language.
  static func language(_ language: Language) -> Wording {
    Wording(each: { $0.cldr?.name(of: language) ?? ($0.hasWords ? language.tag : nil) })
  }

  private static func isFullWidth(_ language: Language) -> Bool {
    ["zh", "yue", "ja"].contains(language.primary)
  }
  private static func isArabic(_ language: Language) -> Bool {
    ["ar", "fa", "ur"].contains(language.primary)
  }
  static func comma(_ language: Language) -> String {
    isFullWidth(language) ? "，" : isArabic(language) ? "، " : ", "
  }
  static func semicolon(_ language: Language) -> String {
    isFullWidth(language) ? "；" : isArabic(language) ? "؛ " : "; "
  }
  /// The end of a sentence that another one follows.
  static func stop(_ language: Language) -> String { isFullWidth(language) ? "。" : ". " }

  static func role(_ role: SessionRole, several: Bool) -> Wording {
    switch (role, several) {
    case (.chair, false): Wording("Chair")
    case (.chair, true): Wording("Chairs")
    case (.moderator, false): Wording("Moderator")
    case (.moderator, true): Wording("Moderators")
    case (.speaker, false): Wording("Speaker")
    case (.speaker, true): Wording("Speakers")
    case (.presenter, false): Wording("Presenter")
    case (.presenter, true): Wording("Presenters")
    case (.discussant, false): Wording("Discussant")
    case (.discussant, true): Wording("Discussants")
    case (.rapporteur, false): Wording("Rapporteur")
    case (.rapporteur, true): Wording("Rapporteurs")
    }
  }

  /// - Returns: nil for a kind that needs no label.
  static func form(_ form: SessionKind) -> Wording? {
    switch form {
    case .plenary: Wording("Plenary session")
    case .panel: Wording("Panel")
    case .keynote: Wording("Keynote")
    case .workshop: Wording("Workshop")
    case .poster: Wording("Posters")
    case .excursion: Wording("Excursion")
    case .session, .break, .meal, .reception, .service: nil
    }
  }

  static func organisationRole(_ role: OrganisationRole) -> Wording {
    switch role {
    case .organiser: Wording("Organised by")
    case .host: Wording("Hosted by")
    case .coHost: Wording("Co-hosted by")
    case .partner: Wording("Partner")
    case .sponsor: Wording("Sponsor")
    }
  }

  /// The usual categories of attendees, in list order.
  static let categories: [(name: String, wording: Wording)] = [
    ("speaker", Wording("Speakers", "category")),
    ("delegate", Wording("Delegates")),
    ("participant", Wording("Participants")),
    ("guest", Wording("Guests")),
    ("observer", Wording("Observers")),
    ("press", Wording("Press")),
    ("staff", Wording("Staff")),
  ]
}
