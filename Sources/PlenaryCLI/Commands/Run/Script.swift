import EventLog
import Foundation
import Plenary
import Synchronization
import Vocabulary

/// The line of a script that is carried out in this task; see ``RunCommand``.
struct ScriptedCommand: Sendable {
  @TaskLocal static var current: ScriptedCommand?

  /// The script's one connection.
  let workspace: Workspace
  let commandID: String
  let actor: String?
  let reason: String?
  let results: ScriptResults
}

/// What a command of a script did.
struct ScriptResult: Encodable, Sendable {
  struct Event: Encodable, Sendable {
    var type: String
    var tags: [String]
    var body: StoredJSON
  }

  static let doneBefore = "done before"

  /// `appended`, `nothing to do`, `done before`
  var effect: String
  var first: Int?
  var last: Int?
  var warnings: [String]
  /// What an import says of its file.
  var remarks: [String]
  var events: [Event]
}

/// Takes what the commands tell, which they would print otherwise: a line is told when it is recorded.
final class ScriptResults: Sendable {
  private struct Told {
    var result: ScriptResult?
    var notes: [String] = []
  }

  /// Nil between the lines.
  private let told = Mutex<Told?>(nil)
  /// Whether somebody will see the events.
  let wantsEvents: Bool

  init(wantsEvents: Bool) { self.wantsEvents = wantsEvents }

  func take(_ result: ScriptResult) { told.withLock { $0?.result = result } }

  func note(_ text: String) {
    let isTaken = told.withLock { told in
      told?.notes.append(text)
      return told != nil
    }
    if !isTaken { Console.error(text) }
  }

  /// What is told from now on is of the next line.
  func begin() { told.withLock { $0 = Told() } }

  /// What was told since it began.
  func end() -> (result: ScriptResult?, notes: [String]) {
    told.withLock { told in
      defer { told = nil }
      return (told?.result, told?.notes ?? [])
    }
  }
}
