package import Vocabulary

/// What can be done about a refusal or a warning, as a value.
///
/// Each program words it in its own way: the command line names a command, a web page has a link.
package enum Hint: Hashable, Sendable {
  /// See all that there are of a kind.
  case list(noun: String)
  case show(noun: String, String)
  case add(noun: String, String)
  case revise(noun: String, String)
  /// Bring back what was cancelled, withdrawn or taken back.
  case reinstate(noun: String, String)
  case reviseConference
  case reopenConference
  case chooseAnotherName
  case reopenRoom(RoomID)
  case moveSession(SessionID)
  case addSlot(SessionID)
  case cancelSession(SessionID)
  case seePresentations(SessionID?)
  /// Say which of a session's slots is meant.
  case nameSlot
  /// Say which of a person's roles is meant.
  case nameRole(String)
  /// Give somebody a role in a session.
  case assign(SessionID)
  case openingHours
  case unavailability
  case conferenceDays
  /// Accept conflicts of this kind, and say why.
  case waive(String)
  /// Accept conflicts of this kind after all: undo the command that caused them, and make the change again.
  case waiveAfterUndo(String, commandID: String)
  case convene(SessionID)
  case resumeSession(SessionID)
  case reviseSitting(SessionID)
  /// See when a session was convened, suspended, resumed and closed, and its segments.
  case sittings(SessionID)
  case correct(RecordID)
  case correctRecord
  /// Ask for a correction of a published entry.
  case requestCorrection(RecordID)
  /// Disclose a withheld speaker, on their authorisation.
  case disclose
  /// Record that a withheld speaker authorised the disclosure.
  case authoriseDisclosure(RecordID)
  /// Say who an unknown speaker was.
  case identify(VoiceID)
  /// Say what corrections of published entries were verified against.
  case verifyCorrections
  /// Print a draft of the proceedings, to be read before they are issued.
  case proof
  case listIssues
  /// Say which number the issue is to get.
  case issueAs(Int)
  case describeRecord
  case leaveNameOut
  /// See which speakers may be registered twice.
  case seeDuplicates
  /// State where a speaker is written to.
  case stateContact(PersonID)
  /// Check out somebody who has left, or was checked in by mistake.
  case checkOut(AttendeeID)
  /// Take back that somebody was present in a session, or on a day.
  case checkOutOf(AttendeeID, session: SessionID?, day: CalendarDate?)
  /// Say which part of a name it is filed under.
  case nameParts
  /// Withhold a speaker without saying who it is.
  case leaveOutIdentity
  /// See what each way to ascribe a statement needs.
  case attributionModes

  // What an application is asked for, beside the domain's commands.
  case openConference
  case nameConference
  case release
  case showDraft
  case compareFrom
  case listReleases
  /// See what changed since this version of the program.
  case compare(String)
  case listPrints
  /// Record a print in the ledger, of this kind; nil: of any.
  case recordPrints(kind: String?)
  case reprintAnyway
  /// Say whose value of a field wins: the file's or the present one.
  case chooseSide(of: String)
  case showLog
  case showEvent(Int)
  /// Go on without an event that cannot be read or applied. The conference is named where a command is about several.
  case setEventAside(Int, of: String? = nil)
  /// Read an event again that was set aside.
  case reinstateEvent(Int)
  /// Undo the command that appended an event.
  case undoEvent(Int)
  case verifyLog
  case checkProgram
  /// Say at which position a printed root was computed.
  case rootPosition
  case migrate
  /// Put this program's schema in place of that of another build.
  case replaceSchema
  case checkDatabase
  case nameDatabase
  case stopServer
  /// Say where the keys of a backup are, or that it is restored without them.
  case nameVault
  /// Restore a backup without its keys, and put them back later.
  case restoreVaultLater
  /// Put a backup back into an empty database.
  case restoreBackup
  /// Put the keys of a backup back into the vault.
  case restoreVault
  case newCommandID
  /// Send the same command again under its id.
  case repeatCommand(id: String)
  /// Print the whole document.
  case namePieces
  case exportTemplates
  case namePictures
  /// Print a substitute for characters that no font has.
  case replaceMissing
  /// Write the letters that are recorded.
  case writeLetters

  package static func list<Kind: IdentifiedEntity>(_: Kind.Type) -> Hint { .list(noun: Kind.noun) }
  package static func show<Kind>(_ id: Identifier<Kind>) -> Hint { .show(noun: Kind.noun, id.slug) }
  package static func add<Kind>(_ id: Identifier<Kind>) -> Hint { .add(noun: Kind.noun, id.slug) }
  package static func revise<Kind>(_ id: Identifier<Kind>) -> Hint { .revise(noun: Kind.noun, id.slug) }
  package static func reinstate<Kind>(_ id: Identifier<Kind>) -> Hint { .reinstate(noun: Kind.noun, id.slug) }
}

/// A sentence that states facts, and what can be done about them.
package struct HintedText: Hashable, Sendable {
  package var text: String
  package var hints: [Hint]
  /// Whether the sentence ends with advice, of which the hints are further choices.
  package var advises: Bool

  package init(_ text: String, _ hints: [Hint] = [], advises: Bool = false) {
    self.text = text
    self.hints = hints
    self.advises = advises
  }
}

extension [HintedText] {
  package static func says(_ text: String, _ hints: Hint...) -> Self { [HintedText(text, hints)] }

  /// The facts alone, a line each.
  package var facts: String { map(\.text).joined(separator: "\n") }
}

/// An error that states facts and gives hints.
package protocol HintedError: Error, CustomStringConvertible {
  /// Shown on a line each.
  var texts: [HintedText] { get }
}

/// Why a command is refused by a rule of the domain. It has no description of its own: the names of its cases are codes
/// for programs.
package protocol DomainRefusal: Error, Equatable {
  /// Shown on a line each.
  var texts: [HintedText] { get }
  /// The position of the event that is in the way, if one is.
  var position: Int? { get }
}

extension DomainRefusal {
  package var position: Int? { nil }
}

extension HintedError {
  /// The facts without hints.
  package var description: String { texts.facts }
}
