import EventLog
import People
import Scheduling
import Specification
import Vocabulary

@testable import People

// A conference with two sessions and two speakers.

let opened = ConferenceOpened(
  title: "Greater Eurasia", firstDay: "2016-03-25", lastDay: "2016-03-27", zone: "Asia/Shanghai")
let opening = SessionScheduled(
  session: "opening", title: "Opening", kind: .plenary,
  slot: try! Slot(
    room: "hall", start: "2016-03-25T09:00+08:00[Asia/Shanghai]",
    end: "2016-03-25T10:30+08:00[Asia/Shanghai]"))
let panel = SessionScheduled(
  session: "panel", title: "Panel", kind: .panel,
  slot: try! Slot(
    room: "hall", start: "2016-03-25T11:00+08:00[Asia/Shanghai]",
    end: "2016-03-25T12:30+08:00[Asia/Shanghai]"))
let feng = SpeakerRegistered(person: "feng", name: "Feng, Shaolei")
let sergey = SpeakerRegistered(person: "sergey", name: "Karaganov, Sergey")
