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

/// An event with words that can be destroyed, of no capability.
package struct Said: EventBody {
  package static let type = "Said"
  package static let words = ["text"]
  package var entry: String
  package var text: String?
  package var tags: [Tag]

  package init(_ text: String?, about tags: [Tag] = []) {
    entry = "e-1"
    self.text = text
    self.tags = tags
  }
}

/// The event that destroys words, as the log knows it.
package struct SaidExpunged: ExpungingBody {
  package static let type = "StatementExpunged"
  package var positions: [Int]
  package var tags: [Tag] = []

  package init(_ positions: Int...) { self.positions = positions }
}

extension AppendRequest {
  /// One command of any events.
  package init(
    _ conference: ConferenceID, appending events: any EventBody..., commandID: String = newCommandID(),
    condition: Condition? = nil
  ) {
    self.init(
      conference: conference, commandID: commandID, request: sha256(commandID), actor: "anna", events: events,
      condition: condition)
  }

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
