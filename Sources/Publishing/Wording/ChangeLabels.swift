package import ReadModels
import Scheduling
import Vocabulary

extension Labels {
  /// Labels only for documents about changes.
  static let forChanges: [String: Wording] = [
    "changeSheet": Wording("Changes"),
    "changesElsewhere": Wording("Also changed"),
    "noChanges": Wording("Nothing has changed."),
    "newText": Wording("new text"),
  ]

  /// - Returns: the name of the changed property, a word or two before the two values.
  static func change(_ what: ProgramDiff.What) -> Wording {
    switch what {
    case .cancelled: Wording("Cancelled")
    case .reinstated: Wording("Takes place after all")
    case .new: Wording("New")
    case .unscheduled: Wording("No longer in the program")
    case .removed: Wording("Removed")
    case .time, .presentationTime: Wording("Time")
    case .length, .presentationMinutes: Wording("Length")
    case .room: Wording("Room")
    case .slotAdded: Wording("Additionally")
    case .slotRemoved: Wording("Dropped")
    case .title: Wording("Title")
    case .presentationTitle: Wording("Presentation")
    case .description, .presentationAbstract: Wording("Abstract")
    case .kind: Wording("Kind")
    case .track: Wording("Track")
    case .languages: Wording("Languages")
    case .presentationLanguage: Wording("Language")
    case .interpretation: Wording("Interpretation")
    case .links, .presentationLinks: Wording("Links")
    case .expected: Wording("Expected")
    case .needs: Wording("Needs")
    case .recording: Wording("Recording")
    case .joined: Wording("Joins")
    case .left: Wording("Leaves")
    case .replaced: Wording("Replaced")
    case .roles: Wording("Part")
    case .peopleOrder: Wording("Order of names")
    case .presentationAdded: Wording("New presentation")
    case .presentationWithdrawn: Wording("Presentation withdrawn")
    case .presentationsReordered: Wording("Order of presentations")
    case .presentationPeople: Wording("Presented by")
    case .presentationStart: Wording("Begins at")
    case .withdrawn: Wording("Will not come")
    case .name: Wording("Name", "of a thing")
    case .address: Wording("Address")
    case .capacity: Wording("Seats")
    case .note: Wording("Note")
    case .venue: Wording("Venue")
    case .features: Wording("Equipment")
    case .closed: Wording("Closed")
    case .reopened: Wording("Open again")
    case .color: Wording("Colour")
    case .affiliations: Wording("Affiliation")
    case .biography: Wording("Biography")
    case .pronunciation: Wording("Pronunciation")
    case .shortTitle: Wording("Short title")
    case .place: Wording("Place")
    case .zone: Wording("Time zone")
    case .dayStart: Wording("Days begin at")
    case .days: Wording("Dates")
    case .welcome: Wording("Welcome")
    case .website: Wording("Website")
    case .admission: Wording("Admission")
    case .tickets: Wording("Registration and tickets")
    case .organisations: Wording("Organisations")
    }
  }

  /// “Free”, or the price as it was given.
  static func admission(_ admission: Admission) -> Wording {
    switch admission {
    case .free: Wording("free", "of charge")
    case .price: Wording(each: { _ in admission.description })
    }
  }

  /// What happened to the whole session.
  static func fate(_ fate: ProgramDiff.Fate) -> Wording {
    switch fate {
    case .cancelled: change(.cancelled)
    case .gone: change(.unscheduled)
    case .reinstated: change(.reinstated)
    case .moved: Wording("Moved")
    case .new: change(.new)
    case .changed: Wording("Changed")
    }
  }

  /// Includes kinds for which a program prints no word.
  static func anyForm(_ form: SessionKind) -> Wording {
    switch form {
    case .session: Wording("Session")
    case .break: Wording("Break")
    case .meal: Wording("Meal")
    case .reception: Wording("Reception")
    case .service: Wording("Service")
    default: Labels.form(form) ?? Wording(each: { _ in form.rawValue })
    }
  }

  static let partOfSession = Wording("Part %")
  static let minutes = Wording("% min")
  static let versionNumber = Wording("Version %")
  static let draftOf = Wording("Draft of %")
  static let changesSince = Wording("Changes since %")
  static let printedOn = Wording("printed on %")
  static let draftAt = Wording("Draft at position %")
  static let changesSinceVersion = Wording("Changes since version %")
  static let changesSincePosition = Wording("Changes since position %")
  /// `{what}`: “the booklet”.
  static let changesToPrint = Wording("Changes to {what}")
}

extension ProgramDiff {
  /// What happened to the whole session, most serious first.
  package enum Fate: Int, Sendable, Comparable {
    case cancelled, gone, moved, reinstated, new, changed

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }
}

extension ProgramDiff.ChangedSession {
  package var fate: ProgramDiff.Fate {
    if has(.cancelled) { return .cancelled }
    if has(.unscheduled) { return .gone }
    if has(.reinstated) { return .reinstated }
    if has(.new) { return .new }
    return has(.time, .length, .room, .slotAdded, .slotRemoved) ? .moved : .changed
  }
}
