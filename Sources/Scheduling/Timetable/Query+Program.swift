import EventLog
import People
import Vocabulary

extension Query {
  /// Everything that a timetable is made of; what is recorded, registered, printed and released is not.
  static let program = Query([Item(types: typesOfProgram.map { $0.type })])

  private static let typesOfProgram: [any EventBody.Type] = [
    ConferenceOpened.self, ConferenceRevised.self, TravelTimeSet.self, RoomAdded.self, RoomRevised.self,
    RoomClosed.self, RoomReopened.self, RoomHoursSet.self, RoomClosureStated.self, RoomClosureRemoved.self,
    TrackAdded.self, TrackRemoved.self, SessionScheduled.self, SessionMoved.self, SlotAdded.self,
    SlotRemoved.self, SessionRevised.self, SessionCancelled.self, SessionReinstated.self,
    SessionUnscheduled.self, PersonAssigned.self, PersonUnassigned.self, PresentationAdded.self,
    PresentationRevised.self, PresentationsOrdered.self, PresentationWithdrawn.self,
    SpeakerRegistered.self, SpeakerRevised.self, SpeakerWithdrawn.self, SpeakerReinstated.self,
    UnavailabilityStated.self, UnavailabilityRemoved.self, AttendeeSignedUp.self, AttendeeSignedOff.self,
  ]
}
