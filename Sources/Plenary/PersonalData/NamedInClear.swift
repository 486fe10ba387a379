package import EventLog
package import People
import PostgresLog
import ProjectionRunner
import ReadModels
import Vocabulary

/// A text that stays in the log unencrypted, where no erasure reaches it, and that names an attendee.
package struct NamedInClear: HintedError {
  /// `reason`, `recipient`
  let what: String
  /// Nil: the attendee that the command is about.
  let attendee: AttendeeID?

  package var texts: [HintedText] {
    .says(
      "The \(what) names the attendee\(attendee.map { " “\($0)”" } ?? ""). It stays in the log unencrypted, and cannot be "
        + "erased; use the short name, or leave the name out.")
  }
}

extension ConferenceToChange {
  /// - Parameter what: what the text is: `reason`.
  /// - Throws: `Refused` for a text that names an attendee who is not also a speaker: speakers' names are printed anyway.
  package func checkNamesNobody(_ text: String?, _ what: String) async throws {
    guard let text, try await workspace.conferences().contains(where: { $0.id == id }) else { return }
    let attendees: [AttendeeRow]
    do {
      attendees = Array(try await workspace.view(AttendanceModel.self, of: id, .head).model.attendees.rows)
    } catch is ProjectorStopped {
      return workspace.note(
        "Whether the \(what) names an attendee was not checked: the read model “attendance” has stopped.")
    }
    if attendees.isEmpty { return }
    let details: PersonalData<AttendeeID, AttendeeDetails>
    do {
      details = try await workspace.details(of: attendees, in: id)
    } catch let missing as MissingMasterKey {
      return workspace.note("Whether the \(what) names an attendee was not checked. \(missing)")
    }
    if !details.unreadable.isEmpty {
      workspace.note(
        "Whether the \(what) names one of \(counted(details.unreadable.count, "attendee")) was not checked: their names "
          + "cannot be decrypted.")
    }
    let named = attendees.filter { details[$0.attendee]?.isNamed(in: text) == true }
    if named.isEmpty { return }
    let speakers = try await workspace.view(ProgramModel.self, of: id, .head).model.people.rows
    let printed = Set(speakers.flatMap { $0.name.forms.flatMap(\.spellings) }.map { $0.lowercased() })
    for row in named {
      guard let data = details[row.attendee], data.isNamed(in: text, besides: printed) else { continue }
      throw Refused(NamedInClear(what: what, attendee: row.attendee))
    }
  }
}

extension AttendeeDetails {
  /// - Throws: `Refused` for a text that names the person.
  package func checkNotNamed(in text: String?, _ what: String) throws {
    if let text, isNamed(in: text) { throw Refused(NamedInClear(what: what, attendee: nil)) }
  }

  /// - Parameter others: names in lower case that may be told.
  fileprivate func isNamed(in text: String, besides others: Set<String>) -> Bool {
    let text = text.lowercased()
    return identifyingTexts.map { $0.lowercased() }.contains { !others.contains($0) && text.names($0) }
  }
}

extension Refused {
  fileprivate init(_ named: NamedInClear) { self.init(texts: named.texts) }
}
