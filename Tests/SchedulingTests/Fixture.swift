import EventLog
import People
import Specification
import Vocabulary

@testable import Scheduling

// A conference of three days in Shanghai, its two rooms and one track.

let opened = ConferenceOpened(
  title: ["en": "Greater Eurasia", "zh": "大欧亚"], firstDay: "2016-03-25", lastDay: "2016-03-27",
  zone: "Asia/Shanghai", languages: ["en", "zh"])
let hall = RoomAdded(room: "hall", name: "Main Hall", capacity: 400)
let annex = RoomAdded(room: "annex", name: "Annex")
let economy = TrackAdded(track: "economy", name: "Economy", color: "#aa3300")

/// `at("25T09:00")`: on that day of March 2016, in Shanghai.
func at(_ time: String) -> ZonedTime {
  try! ZonedTime("2016-03-\(time)+08:00[Asia/Shanghai]")
}

func slot(_ room: RoomID, _ start: String, _ end: String) -> Slot {
  try! Slot(room: room, start: at(start), end: at(end))
}

/// A session in the hall, unless it is said otherwise.
func session(
  _ id: SessionID, _ start: String, _ end: String, in room: RoomID = "hall", track: TrackID? = nil
) -> SessionScheduled {
  SessionScheduled(
    session: id, title: "Session", kind: .panel, slot: slot(room, start, end), track: track)
}
