import EventLog
import People
import Vocabulary

extension Past {
  func undoConference() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    guard undone.contains(where: { $0.type == ConferenceRevised.type }),
      let old = before.timetable.conference
    else { return [] }
    var revised = ConferenceRevised()
    var cleared: [ConferenceRevised.Field] = []
    func restore<Value: Equatable>(_ field: KeyPath<ConferenceOpened, Value>) throws(Undo.Refusal)
      -> Bool
    {
      try mustRestore("The conference", .conference) { $0.timetable.conference?[keyPath: field] }
    }
    if try restore(\.title) { revised.title = old.title }
    if try restore(\.firstDay) { revised.firstDay = old.firstDay }
    if try restore(\.lastDay) { revised.lastDay = old.lastDay }
    if try restore(\.languages) { revised.languages = old.languages }
    if try restore(\.shortTitle) {
      if let text = old.shortTitle { revised.shortTitle = text } else { cleared.append(.shortTitle) }
    }
    if try restore(\.place) {
      if let text = old.place { revised.place = text } else { cleared.append(.place) }
    }
    if try restore(\.welcome) {
      if let text = old.welcome { revised.welcome = text } else { cleared.append(.welcome) }
    }
    if try restore(\.roomChange) {
      if let minutes = old.roomChange { revised.roomChange = minutes } else { cleared.append(.roomChange) }
    }
    if !cleared.isEmpty { revised.cleared = cleared }
    return revised == ConferenceRevised() ? [] : [.scheduling(.conferenceRevised(revised))]
  }
}
