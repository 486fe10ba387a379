import People
import Scheduling
import Specification
import Vocabulary

@testable import Publishing

/// An invented conference of any size, the same each time, to test how documents scale.
enum Congress {
  /// - Parameters:
  ///   - rooms: Each has a chain of sessions of 5 to 60 minutes, starting at 9:00.
  ///   - sessions: Distributed evenly over rooms and days.
  static func story(rooms: Int, days: Int, sessions: Int, abstracts: Bool = false) throws -> Story {
    var story = Story()
    let first: CalendarDate = "2016-03-21"
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: localized("A Congress of Everything", "万物大会", "Конгресс обо всём"), firstDay: first,
          lastDay: first.adding(days: days - 1), zone: "Asia/Shanghai"
        ) {
          $0.place = localized("Shanghai")
          $0.languages = [.english]
        }))
    for index in 0..<12 {
      story.add(
        .trackAdded(
          TrackAdded(
            track: try TrackID("track-\(index)"), name: localized("Track \(words(index, 2))")
          ) { $0.color = ["#2f6b5b", "#f2d024", "#8a1c3b", "#1d3a5f"][index % 4] }))
    }
    for index in 0..<rooms {
      story.add(
        .roomAdded(
          RoomAdded(room: try RoomID("room-\(index)"), name: localized("Room \(index + 1)")) {
            $0.capacity = 40 + index * 10
          }))
    }
    for index in 0..<max(1, (sessions + 1) / 2) {
      story.speaker(
        try PersonID("person-\(index)"), [(.english, "Family\(index), Given")],
        Affiliation(organisation: localized("University \(index % 90)")))
    }
    let each = (sessions + rooms * days - 1) / (rooms * days)
    let lengths = [30, 20, 5, 45, 25, 60, 10, 15]
    for index in 0..<sessions {
      let (place, turn) = (index / each, index % each)
      let date = first.adding(days: place / rooms)
      let before = (0..<turn).reduce(0) { $0 + lengths[($1 + place) % lengths.count] }
      let start = ZonedTime(date: date, minuteOfDay: 540, offset: 480, zone: "Asia/Shanghai")
        .advanced(by: before)
      story.schedule(
        try SessionID("session-\(index)"), localized(words(index, 3 + index % 9)),
        slot(
          try RoomID("room-\(place % rooms)"), start,
          start.advanced(by: lengths[(turn + place) % lengths.count])),
        track: try TrackID("track-\(place % 12)"),
        description: abstracts
          ? localized(
            (0..<5).map { words(index + $0, 18).capitalizedFirst + "." }.joined(separator: " ")
              + (index == 0 ? " R&D, <live> and \"so-called\"." : ""))
          : nil,
        (.speaker, try PersonID("person-\(index / 2)")))
    }
    return story
  }

  /// A few words as a title.
  static func words(_ seed: Int, _ count: Int) -> String {
    (0..<count).map { vocabulary[(seed * 7 + $0 * 13 + seed / 11) % vocabulary.count] }
      .joined(separator: " ").capitalizedFirst
  }

  private static let vocabulary = [
    "institutions", "and", "trust", "across", "corridors", "of", "transport", "toward", "a", "common",
    "energy", "market", "reconsidered", "in", "the", "archives", "how", "rivers", "shape", "borders",
    "after", "reform", "measuring", "cooperation", "between", "universities", "with", "machine",
    "translation",
  ]
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
