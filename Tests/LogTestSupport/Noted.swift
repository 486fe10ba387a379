package import EventLog
package import Vocabulary

/// An event of no capability, for tests of the log itself.
package struct Noted: EventBody {
  package static let type = "Noted"
  package var text: String
  package var tags: [Tag]

  package init(_ text: String, about tags: [Tag] = []) {
    self.text = text
    self.tags = tags
  }
}

extension AppendRequest {
  /// One command of one or several notes.
  package init(
    _ conference: ConferenceID, _ texts: String..., about tags: [Tag] = [],
    commandID: String = newCommandID(), request: String? = nil, condition: Condition? = nil
  ) {
    self.init(
      conference: conference, commandID: commandID,
      request: sha256(request ?? texts.joined(separator: "\n")), actor: "anna",
      events: texts.map { Noted($0, about: tags) }, condition: condition)
  }
}

package func room(_ name: String) -> Tag {
  do { return try RoomID(name).tag } catch { fatalError("\(error)") }
}
