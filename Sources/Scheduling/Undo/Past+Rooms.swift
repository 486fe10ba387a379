import EventLog
import People
import Vocabulary

extension Past {
  /// - Parameter left: the program after its sessions went back.
  func undoRooms(after left: Timetable) throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    var events: [SchedulingEvent] = []
    for id in ids("room:", RoomID.self) {
      func room(_ side: Side) -> Timetable.Room? {
        var room = side.timetable.rooms[id]
        // The last number is no part of what is restored: a closure may have come and gone since.
        room?.lastClosure = 0
        return room
      }
      guard let current = room(now), room(after) != nil else { continue }
      let what = "The room “\(id)”"
      guard let old = room(before) else {
        if current.closed { continue }
        guard current == room(after) else { throw changed(what, id.tag) }
        if let user = left.sessions(in: id).sorted().first(where: { left.sessions[$0]?.isLive == true }) {
          throw .inUse(what: what, by: "“\(user)” takes place in it")
        }
        events.append(.roomClosed(RoomClosed(room: id)))
        continue
      }
      // Only an open room can be changed: it is reopened first, and closed last.
      let mustStand = try mustRestore(what, id.tag, { room($0)?.closed })
      if mustStand, !old.closed { events.append(.roomReopened(RoomReopened(room: id))) }
      let changes: RoomDetails.Changes = try restored(what, id.tag) { room($0)?.details }
      if !changes.isEmpty {
        events.append(
          .roomRevised(
            RoomRevised(
              room: id, changes: changes,
              formerVenue: changes.fields.contains(.venue) ? current.details.venue : nil)))
      }
      if try mustRestore("\(what) (opening hours)", id.tag, { room($0)?.hours }) {
        events.append(.roomHoursSet(RoomHoursSet(room: id, hours: old.hours)))
      }
      for day in Set(old.hoursOfDay.keys).union(current.hoursOfDay.keys).sorted()
      where try mustRestore("\(what) (\(day))", id.tag, { room($0)?.hoursOfDay[day] }) {
        events.append(.roomHoursSet(RoomHoursSet(room: id, day: day, hours: old.hoursOfDay[day])))
      }
      for number in Set(old.closures.keys).union(current.closures.keys).sorted()
      where try mustRestore("\(what) (closure \(number))", id.tag, { room($0)?.closures[number] }) {
        events.append(
          old.closures[number].map { .roomClosureStated($0) }
            ?? .roomClosureRemoved(RoomClosureRemoved(room: id, number: number)))
      }
      if mustStand, old.closed { events.append(.roomClosed(RoomClosed(room: id))) }
    }
    return events.map { .scheduling($0) }
  }

  /// - Parameter left: the program after its sessions went back.
  func undoTracks(after left: Timetable) throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    var events: [SchedulingEvent] = []
    for id in ids("track:", TrackID.self) {
      func track(_ side: Side) -> TrackDetails? { side.timetable.tracks[id] }
      let what = "The track “\(id)”"
      if track(before) != nil, track(now) != nil {
        let changes: TrackDetails.Changes = try restored(what, id.tag, track)
        if !changes.isEmpty { events.append(.trackRevised(TrackRevised(track: id, changes: changes))) }
        continue
      }
      guard try mustRestore(what, id.tag, track) else { continue }
      switch (track(before), track(now)) {
      case (let old?, nil): events.append(.trackAdded(TrackAdded(track: id, details: old)))
      case (nil, _?):
        // A cancelled session can be reinstated: it must not find another track under this name.
        let user = left.sessions.keys.sorted().first {
          guard let session = left.sessions[$0], session.status != .unscheduled else { return false }
          return session.details?.track == id
        }
        if let user { throw .inUse(what: what, by: "“\(user)” belongs to it") }
        events.append(.trackRemoved(TrackRemoved(track: id)))
      case (nil, nil), (_?, _?): break
      }
    }
    return events.map { .scheduling($0) }
  }

  /// - Parameter left: the program after its sessions and rooms went back.
  func undoVenues(after left: Timetable) throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    var events: [SchedulingEvent] = []
    let ids = ids("venue:", VenueID.self)
    for id in ids {
      func venue(_ side: Side) -> VenueDetails? { side.timetable.venues[id] }
      let what = "The venue “\(id)”"
      if venue(before) != nil, venue(now) != nil {
        let changes: VenueDetails.Changes = try restored(what, id.tag, venue)
        if !changes.isEmpty { events.append(.venueRevised(VenueRevised(venue: id, changes: changes))) }
        continue
      }
      guard try mustRestore(what, id.tag, venue) else { continue }
      switch (venue(before), venue(now)) {
      case (let old?, nil): events.append(.venueAdded(VenueAdded(venue: id, details: old)))
      case (nil, _?):
        // A room that the same command added does not count: its addition is undone too.
        let user = left.rooms.keys.sorted().first {
          left.rooms[$0]?.details.venue == id
            && (before.timetable.rooms[$0] != nil || after.timetable.rooms[$0] == nil)
        }
        if let user { throw .inUse(what: what, by: "the room “\(user)” is in it") }
        // Nor does a travel time that the same command set.
        let way = now.timetable.travelTimes.keys.filter {
          $0.contains(.venue(id))
            && (before.timetable.travelTimes[$0] != nil || after.timetable.travelTimes[$0] == nil)
        }.map(between).min()
        if let way { throw .inUse(what: what, by: "the travel time \(way) is set") }
        events.append(.venueRemoved(VenueRemoved(venue: id)))
      case (nil, nil), (_?, _?): break
      }
    }
    let pairs = Set(before.timetable.travelTimes.keys).union(after.timetable.travelTimes.keys)
    for places in pairs.sorted(by: { $0.map(\.description).joined() < $1.map(\.description).joined() })
    where try mustRestore(
      "The travel time \(between(places))", .travel, { $0.timetable.travelTimes[places] })
    {
      events.append(
        .travelTimeSet(
          TravelTimeSet(places[0], places[1], minutes: before.timetable.travelTimes[places])))
    }
    return events.map { .scheduling($0) }
  }

  private func between(_ places: [Place]) -> String { "between \(places[0]) and \(places[1])" }
}
