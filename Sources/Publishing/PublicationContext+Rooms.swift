import ReadModels
import Scheduling
import Vocabulary

extension PublicationContext {
  /// Unambiguous names of rooms: with the venue if two rooms have the same name.
  func roomNames() -> [RoomID: String] {
    var named: [String: [RoomRow]] = [:]
    for room in program.rooms.rows {
      named[room.details.name.best(languages).text, default: []].append(room)
    }
    var names: [RoomID: String] = [:]
    for (name, rooms) in named {
      let venues = rooms.map { room in
        room.details.venue.flatMap { program.venues[$0.slug] }
          .map { $0.details.name.best(languages).text }
      }
      let differ = Set(venues).count == rooms.count
      for (room, venue) in zip(rooms, venues) {
        names[room.id] =
          rooms.count == 1 ? name : "\(name) (\(differ ? venue ?? room.id.slug : room.id.slug))"
      }
    }
    return names
  }

  /// The name of a room's venue.
  func venue(of room: RoomID) -> LocalizedText? {
    program.rooms[room.slug]?.details.venue
      .flatMap { program.venues[$0.slug] }.map { text($0.details.name) }
  }

  /// Minutes from one room to another: the travel time between the rooms, else between their venues, else the
  /// conference's default for a change of room.
  func travelTime(_ a: RoomID, _ b: RoomID) -> Int {
    if a == b { return 0 }
    func stated(_ places: [Place]) -> Int? {
      program.travelTimes[TravelTimeRow.key(places.sorted())]?.minutes
    }
    if let minutes = stated([.room(a), .room(b)]) { return minutes }
    if let from = program.rooms[a.slug]?.details.venue, let to = program.rooms[b.slug]?.details.venue,
      from != to, let minutes = stated([.venue(from), .venue(to)])
    {
      return minutes
    }
    return program.conference?.details.roomChange ?? 0
  }
}
