import EventLog
import People
import Vocabulary

extension Past {
  func undoConference() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    if undone.contains(where: { $0.type == ConferenceRevised.type }) { return try undoRevision() }
    guard try mustRestore("The conference’s status", .conference, { $0.timetable.status }) else { return [] }
    return [.scheduling(before.timetable.status.event)]
  }

  private func undoRevision() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    let changes: ConferenceDetails.Changes = try restored("The conference", .conference) {
      $0.timetable.conference
    }
    return changes.isEmpty ? [] : [.scheduling(.conferenceRevised(ConferenceRevised(changes: changes)))]
  }
}
