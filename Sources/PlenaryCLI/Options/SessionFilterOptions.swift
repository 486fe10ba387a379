import ArgumentParser
import Plenary
import ReadModels
import Scheduling
import Vocabulary

/// Which sessions a list is about: those of a day, a room or a track.
struct SessionFilterOptions: ParsableArguments {
  @Option(help: "Only what is on this day of the conference: 2016-03-25.") var day: String?
  @Option(help: "Only what is in this room, by its short name or a part of its name.", completion: .rooms)
  var room: String?
  @Option(help: "Only what is in this track, by its short name or a part of its name.", completion: .tracks)
  var track: String?

  /// Whether all sessions are meant.
  var isEmpty: Bool { day == nil && room == nil && track == nil }

  /// - Throws: `Failure` or `Refused` for a room or a track that there is not; `InvalidValue` for a malformed day.
  func filter(_ conference: ConferenceContext, in model: ProgramModel) throws -> SessionFilter {
    let room = try room.map { try conference.room($0, in: model) }
    let track = try track.map { try conference.track($0, in: model) }
    if let room, model.rooms[room.slug] == nil { throw Refused(Rooms.Refusal.unknown(room)) }
    if let track, model.tracks[track.slug] == nil { throw Refused(Tracks.Refusal.unknown(track)) }
    return SessionFilter(day: try day.map { try CalendarDate($0) }, room: room, track: track, model: model)
  }
}

/// What a session must be to be listed.
struct SessionFilter {
  let day: CalendarDate?
  let room: RoomID?
  let track: TrackID?
  let model: ProgramModel

  func has(_ session: SessionRow) -> Bool {
    (track == nil || session.details.track == track)
      && (day == nil && room == nil || session.liveSlots.contains { has($0.slot) })
  }

  /// One time of a session of which another one may be elsewhere.
  func has(_ slot: Slot) -> Bool {
    (room == nil || slot.room == room)
      && (day == nil || (model.conference?.details.day(of: slot.start) ?? slot.start.date) == day)
  }
}
