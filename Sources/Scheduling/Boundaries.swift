import EventLog
import People
import Vocabulary

/// What a decision about the timetable rests on, as far as is known of it yet.
///
/// A session bears on the room that it is in, on its people and wherever else they are, and, where it or
/// another is a plenary, on what is beside it. Of rooms and tracks that matter only by what they are, the
/// sessions in them are not asked for.
struct Surroundings {
  private let state: Timetable
  private(set) var query = Query([Query.Item(tags: [.conference])])
  private var seen: Set<Query.Item> = []

  init(_ state: Timetable) { self.state = state }

  private mutating func add(_ item: Query.Item) {
    if seen.insert(item).inserted { query.items.append(item) }
  }

  mutating func add(_ tag: Tag) { add(Query.Item(tags: [tag])) }

  /// A track, without its sessions.
  mutating func track(_ track: TrackID) {
    add(
      Query.Item(
        types: [TrackAdded.type, TrackRevised.type, TrackRemoved.type], tags: [track.tag]))
  }

  /// A room, without its sessions.
  mutating func room(_ room: RoomID) {
    add(
      Query.Item(
        types: [RoomAdded.type, RoomRevised.type, RoomClosed.type, RoomReopened.type],
        tags: [room.tag]))
  }

  /// A room, with its sessions.
  mutating func wholeRoom(_ room: RoomID) { add(room.tag) }

  /// A person, wherever they have a part, and how far that is.
  mutating func person(_ person: PersonID) {
    add(person.tag)
    for id in state.sessions(of: person).sorted() {
      add(id.tag)
      for room in rooms(of: id) { self.room(room) }
    }
    add(.travel)
  }

  func rooms(of id: SessionID) -> [RoomID] {
    Set(state.sessions[id]?.slots.values.map(\.slot.room) ?? []).sorted()
  }

  /// What may be beside it: plenaries, or everything where it is one itself.
  mutating func beside(_ slots: [Slot], isPlenary: Bool) {
    add(.plenary)
    for id in state.plenaries.union(state.perhapsPlenary).sorted() { add(id.tag) }
    guard isPlenary else { return }
    for slot in slots {
      for day in slot.days {
        add(Tag(day: day))
        for id in state.sessions(on: day).sorted() {
          guard let session = state.sessions[id],
            session.slots.values.contains(where: { $0.slot.overlaps(slot) })
          else { continue }
          add(id.tag)
        }
      }
    }
  }

  /// A session that is to stand where it does not stand yet, with the people that it has or will have.
  mutating func placing(
    _ id: SessionID, in slots: [Slot], _ people: [PersonID] = [], isPlenary: Bool = false
  ) {
    add(id.tag)
    let known = state.sessions[id]
    let own = known?.slots.values.map(\.slot) ?? []
    for room in Set(slots.map(\.room)).sorted() { wholeRoom(room) }
    for room in Set(own.map(\.room)).sorted() { self.room(room) }
    for person in (known?.people ?? []).union(people).sorted() { self.person(person) }
    beside(own + slots, isPlenary: isPlenary || known?.kind == .plenary)
  }
}

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
