import EventLog
import People
import Vocabulary

extension Past {
  func undoConference() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    guard undone.contains(where: { $0.type == ConferenceRevised.type }) else { return [] }
    let changes: ConferenceDetails.Changes = try restored("The conference", .conference) {
      $0.timetable.conference
    }
    return changes.isEmpty ? [] : [.scheduling(.conferenceRevised(ConferenceRevised(changes: changes)))]
  }
}
