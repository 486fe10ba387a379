import EventLog
import Plenary
import Publishing

// Hints in the words of the command line: each names the command or option that helps.

extension HintedText {
  /// The sentence with its hints: “There is no room “x”; see “plenary room list”.”
  var advised: String {
    guard !hints.isEmpty else { return text }
    let phrases = hints.map(\.phrase).joined(separator: ", or ")
    let sentence = text.hasSuffix(".") ? String(text.dropLast()) : text
    return sentence + (advises ? ", or " : "; ") + phrases + "."
  }
}

extension Hint {
  var phrase: String {
    switch self {
    case .list(let noun): "see \(quoted("\(noun) list"))"
    case .show(let noun, let name): "see \(quoted("\(noun) show \(name)"))"
    case .add("speaker", let name): "register them with \(quoted("speaker register \(name) --name …"))"
    case .add("attendee", let name): "register them with \(quoted("attendee register \(name) --name …"))"
    case .add("session", let name): "schedule it with \(quoted("session schedule \(name) --title …"))"
    case .add("presentation", let name): "add it with \(quoted("presentation add \(name) …"))"
    case .add(let noun, let name): "add it with \(quoted("\(noun) add \(name) --name …"))"
    case .revise(let noun, let name): "use \(quoted("\(noun) revise \(name)"))"
    case .reinstate(let noun, let name):
      "bring \(["speaker", "attendee"].contains(noun) ? "them" : "it") back with \(quoted("\(noun) reinstate \(name)"))"
    case .reviseConference: "use \(quoted("conference revise"))"
    case .reopenConference: "open it again with \(quoted("conference reopen"))"
    case .chooseAnotherName: "choose another name"
    case .reopenRoom(let room): "reopen it with \(quoted("room reopen \(room)"))"
    case .moveSession(let session): "move it with \(quoted("session move \(session)"))"
    case .addSlot(let session):
      "give it one with \(quoted("session add-slot \(session) --room … --start … --end …"))"
    case .cancelSession(let session): "cancel it with \(quoted("session cancel \(session)"))"
    case .seePresentations(let session):
      "see \(quoted("presentation list" + (session.map { " --session \($0)" } ?? "")))"
    case .nameSlot: "say which with “--slot NUMBER”"
    case .nameRole(let role): "give “--as \(role)”"
    case .assign(let session): "name somebody with \(quoted("speaker assign PERSON \(session) --as …"))"
    case .openingHours: "see \(quoted("room hours")) and \(quoted("room closure"))"
    case .unavailability: "see \(quoted("speaker unavailable"))"
    case .conferenceDays: "see \(quoted("conference revise --first-day … --last-day …"))"
    case .waive(let kind): "accept it with “--waive \(kind) --reason …”"
    case .chooseSide(let field):
      "take the file's with “--theirs”, keep those here with “--ours”, or choose one by one: “--their \(field)”, “--our \(field)”"
    case .waiveAfterUndo(let kind, let id):
      "undo this with \(quoted("log undo \(id)")) and make the change again with “--waive \(kind) --reason …”"
    case .convene(let session): "convene it with \(quoted("session convene \(session)"))"
    case .resumeSession(let session): "resume it with \(quoted("session resume \(session)"))"
    case .reviseSitting(let session):
      "correct what was recorded with \(quoted("session revise-sitting \(session) --step …"))"
    case .sittings(let session): "see \(quoted("session sittings \(session)"))"
    case .correct(let record): "use \(quoted("statement correct \(record)"))"
    case .correctRecord:
      "see \(quoted("statement correct")), and \(quoted("correction make")) for what is published"
    case .requestCorrection(let record): "ask for a correction with \(quoted("correction request \(record)"))"
    case .disclose: "see \(quoted("statement disclose --help"))"
    case .authoriseDisclosure(let record):
      "record it with \(quoted("statement authorise \(record) --evidence …"))"
    case .identify(let voice): "use \(quoted("statement identify \(voice) --as …"))"
    case .verifyCorrections: "correct them too with “--verified-against …”"
    case .listIssues: "see \(quoted("proceedings issues"))"
    case .issueAs(let number): "give “--number \(number)”, or leave out --number"
    case .proof: "print the draft with \(quoted("proceedings proof"))"
    case .describeRecord: "see \(quoted("proceedings describe --clear …"))"
    case .nameParts: "if that is wrong, give --sort-key, or the name as “Family, Given”"
    case .leaveNameOut: "leave out the name to have one generated"
    case .checkOut(let attendee):
      "if they left since, or that was a mistake, use \(quoted("attendee check-out \(attendee)"))"
    case .checkOutOf(let attendee, let session, let day):
      "if that was a mistake, use "
        + quoted(
          "attendee check-out \(attendee)" + (session.map { " --session \($0)" } ?? "")
            + (day.map { " --day \($0)" } ?? ""))
    case .attributionModes: "see \(quoted("statement record --help"))"
    case .openConference: "open one with \(quoted("conference open NAME --title …"))"
    case .nameConference:
      "say which with --conference or PLENARY_CONFERENCE, or choose one with \(quoted("conference use"))"
    case .release: "release it with \(quoted("program release VERSION"))"
    case .showDraft: "give --draft"
    case .compareFrom: "name the states to compare, for example \(quoted("program diff 1.."))"
    case .listReleases: "see \(quoted("program releases"))"
    case .compare(let version): "see \(quoted("program diff \(version).."))"
    case .listPrints: "see \(quoted("program prints"))"
    case .recordPrints(let kind):
      "record what you hand out with "
        + quoted(
          (kind.flatMap { PrintKind(rawValue: $0) }?.isAboutAttendees == true ? "attendee" : "program")
            + " print \(kind ?? "KIND") --for-print")
    case .reprintAnyway: "write the new result with --anyway"
    case .showLog: "see \(quoted("log show"))"
    case .showEvent(let position): "see \(quoted("log show \(position)"))"
    case .setEventAside(let position, let conference):
      "go on without it with "
        + quoted("log set-aside \(position) --reason …" + (conference.map { " --conference \($0)" } ?? ""))
    case .reinstateEvent(let position):
      "bring that one back with \(quoted("log reinstate \(position) --reason …"))"
    case .undoEvent(let position): "undo its command with \(quoted("log undo \(position)"))"
    case .verifyLog: "check it with \(quoted("log verify"))"
    case .checkProgram: "see \(quoted("program check"))"
    case .rootPosition: "give the printed position with --at"
    case .migrate: "run \(quoted("db migrate")) as the database's owner"
    case .replaceSchema: "if this build is the newer one, run \(quoted("db migrate --replace"))"
    case .checkDatabase:
      "check --database or PLENARY_DATABASE_URL, or leave out both to use Plenary's own server"
    case .nameDatabase: "name a database with --database or PLENARY_DATABASE_URL"
    case .restoreVaultLater:
      "restore it with --without-vault, and put the keys back with --vault-only when the master key is at hand"
    case .seeDuplicates: "see \(quoted("people duplicates"))"
    case .stateContact(let person): "state it with \(quoted("speaker contact \(person) --email …"))"
    case .leaveOutIdentity: "record the entry without --identity"
    case .nameVault: "name it with --vault, or give --without-vault"
    case .restoreBackup: "use \(quoted("db restore BACKUP"))"
    case .restoreVault: "restore the vault with \(quoted("db restore BACKUP --vault-only"))"
    case .stopServer: "stop the server with \(quoted("db stop"))"
    case .newCommandID: "leave out --command-id, or give a new one"
    case .repeatCommand(let id): "send the command again with “--command-id \(id)”"
    case .namePieces: "leave out --since-print"
    case .replaceMissing: "print □ in their place with --replace-missing"
    case .namePictures: "name the folder that was printed with: --pictures FOLDER"
    case .exportTemplates: "create it with \(quoted("program template export FOLDER"))"
    case .writeLetters: "write the rest with \(quoted("program notices")) and the same mailbox"
    }
  }

  /// A command as people type it.
  private func quoted(_ command: String) -> String { "“plenary \(command)”" }
}

extension Failure {
  /// The facts with their hints, a line each.
  var advised: String { texts.map(\.advised).joined(separator: "\n") }
}
