package import EventLog
package import Vocabulary

/// A version of the program was published: the whole program, or only one track or day.
package struct ProgramReleased: EventBody {
  package static let type = "ProgramReleased"
  package var version: String
  package var note: LocalizedText?
  /// The one track whose sessions are published; those of the others stay as they were.
  package var track: TrackID?
  /// The one day whose sessions are published.
  package var day: CalendarDate?
  package var tags: [Tag] { [.release] }
  package var isPartial: Bool { track != nil || day != nil }

  package init(
    version: String, note: LocalizedText? = nil, track: TrackID? = nil, day: CalendarDate? = nil
  ) {
    self.version = version
    self.note = note
    self.track = track
    self.day = day
  }
}
