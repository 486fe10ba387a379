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

  /// `appended`, `nothing to do`, `done before`
  var effect: String
  var first: Int?
  var last: Int?
  var warnings: [String]
  /// What an import says of its file.
  var remarks: [String]
  var events: [Event]
}

/// Takes the results of the commands, which they would print otherwise.
final class ScriptResults: Sendable {
  private let last = Mutex<ScriptResult?>(nil)

  func take(_ result: ScriptResult) { last.withLock { $0 = result } }

  /// The result since the last call.
  func next() -> ScriptResult? {
    last.withLock { last in
      defer { last = nil }
      return last
    }
  }
}
