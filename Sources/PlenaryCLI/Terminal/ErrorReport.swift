import EventLog
import JSON
import Plenary
import Scheduling
import Vocabulary

/// A failure as `--json` prints it: `{"schema", "error": {"code", "message", "conflicts": [], "position"}}`.
///
/// It goes to standard error, on the last line, so that standard output has results only.
struct ErrorReport: Encodable {
  struct Conflict: Encodable {
    var kind: Scheduling.Conflict.Kind
    var sessions: [SessionID]
    var person: PersonID?
    var room: RoomID?
    var message: String
  }

  struct Body: Encodable {
    var code: String
    var message: String
    var conflicts: [Conflict]
    var position: Int?

    private enum Key: CodingKey { case code, message, conflicts, position }

    /// All keys are always there.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(code, forKey: .code)
      try container.encode(message, forKey: .message)
      try container.encode(conflicts, forKey: .conflicts)
      try container.encode(position, forKey: .position)
    }
  }

  let schema = Answer.error.schema
  var error: Body

  init(_ failure: Failure) {
    error = Body(
      code: failure.code, message: failure.advised,
      conflicts: failure.conflicts.map {
        Conflict(
          kind: $0.conflict.kind, sessions: $0.conflict.sessions, person: $0.conflict.person,
          room: $0.conflict.room, message: $0.message)
      }, position: failure.position)
  }

  var line: String {
    do { return try String(decoding: JSONText.data(self, Answer.layout), as: UTF8.self) } catch {
      preconditionFailure("Texts and numbers can be JSON: \(error)")
    }
  }
}
