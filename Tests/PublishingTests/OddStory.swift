import EventLog
import ReadModels
import Specification
import Vocabulary

@testable import People
@testable import Publishing
@testable import Scheduling

extension Language {
  static let arabic: Language = "ar"
  static let hebrew: Language = "he"
}

/// `25T09:00` in October 2026 in Berlin, where clocks are put back on the 25th at 03:00.
func october(_ time: String) -> ZonedTime { try! ZonedTime.init("2026-10-\(time)[Europe/Berlin]") }

extension Story {
  /// A program with rare cases: the night in which clocks are put back, a session with several slots of which
  /// one was removed, sessions cancelled or withdrawn before and after a release, names too short for a
  /// format, rooms and texts that look alike, and right-to-left scripts.
  static var odd: Story {
    var story = Story()
    story.conference = "c26"
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: LocalizedText([
            .english: "Odd & <Ends>", .arabic: "مؤتمر الغرائب", .chinese: "杂项会议",
          ]), firstDay: "2026-10-24", lastDay: "2026-10-26", zone: "Europe/Berlin"
        ) {
          $0.place = localized("Berlin")
          $0.languages = [.english, .arabic, .chinese]
        }),
      .venueAdded(
        VenueAdded(venue: "north", name: localized("North")) {
          $0.address = localized("1 North Street; Berlin")
        }),
      .venueAdded(VenueAdded(venue: "s", name: localized("South", "南区"))),
      .roomAdded(
        RoomAdded(room: "r", name: localized("Room 1")) {
          $0.capacity = 40
          $0.venue = "north"
        }),
      .roomAdded(
        RoomAdded(room: "r2", name: localized("Room 1")) {
          $0.note = localized("On the left")
          $0.venue = "s"
        }),
      .roomAdded(RoomAdded(room: "yard", name: LocalizedText([.arabic: "الفناء"]))),
      .trackAdded(TrackAdded(track: "x", name: localized("X, Y; Z")) { $0.color = "#aa3300" }),
      .trackAdded(TrackAdded(track: "2nd", name: localized("Second")) { $0.color = "red" }))
    story.speaker(
      "amal", [(.arabic, "أمل ناصر"), (.english, "Nasser, Amal")],
      Affiliation(organisation: LocalizedText([.arabic: "جامعة القاهرة"])))
    story.speaker("li-lei", [(.chinese, "李, 雷"), (.english, "Li Lei")])
    story.speaker("dara", [("ckb", "دارا")])
    story.schedule(
      "workshop", localized("A Workshop", "工作坊"), kind: .workshop,
      slot("r", october("24T10:00+02:00"), october("24T12:00+02:00")), track: "x",
      description: localized("First.\n\nSecond: <b>& more</b>.", "第一。"), languages: ["ckb"],
      (.chair, "dara"))
    story.add(
      .slotAdded(
        SlotAdded(
          session: "workshop", number: 2,
          slot: slot("r2", october("24T14:00+02:00"), october("24T15:00+02:00")))),
      .slotAdded(
        SlotAdded(
          session: "workshop", number: 3,
          slot: slot("r2", october("25T14:00+01:00"), october("25T15:00+01:00")))),
      .presentationAdded(
        PresentationAdded(
          session: "workshop",
          presentation: Presentation(
            "one", title: localized("The One", "之一"), abstract: localized("Of it."),
            people: ["amal", "li-lei"], minutes: 90, language: .arabic,
            links: [try! Link(.paper, "https://example.org/论文#a#b")]))),
      .presentationAdded(
        PresentationAdded(
          session: "workshop",
          presentation: Presentation("two", title: localized("The Other"), people: ["li-lei"], minutes: 45))))
    story.schedule(
      "a", LocalizedText([.hebrew: "הרצאה בעברית", .english: "הרצאה (in Hebrew)"]),
      slot("yard", october("24T10:00+02:00"), october("24T11:00+02:00")), track: "2nd",
      (.speaker, "amal"))
    story.schedule(
      "cjk", LocalizedText([.chinese: "只有中文标题\u{7}"]),
      slot("yard", october("24T11:00+02:00"), october("24T12:00+02:00")), (.speaker, "li-lei"))
    story.schedule(
      "night", localized("The Night of Three O’Clock"),
      slot("r", october("24T23:30+02:00"), october("25T03:30+01:00")))
    story.schedule(
      "twice", localized("In the Second Two O’Clock"),
      slot("r2", october("25T02:10+01:00"), october("25T02:50+01:00")))
    story.schedule(
      "first", localized("In the First Two O’Clock"),
      slot("r2", october("25T02:00+02:00"), october("25T02:30+02:00")))
    // Announced when the zone had other rules.
    story.schedule(
      "outdated", localized("By Other Rules"),
      slot("yard", october("25T10:00+02:00"), october("25T11:00+02:00")))
    story.schedule(
      "day-long", localized("All Day"), kind: .poster,
      slot("yard", october("26T00:00+01:00"), october("27T00:00+01:00")))
    story.schedule(
      "pause", localized("Break"), kind: .break,
      slot("r", october("26T10:00+01:00"), october("26T10:30+01:00")))
    story.schedule(
      "lost-pause", localized("No Break"), kind: .meal,
      slot("r", october("26T12:00+01:00"), october("26T13:00+01:00")))
    story.schedule(
      "off", localized("Off"), slot("r", october("26T14:00+01:00"), october("26T15:00+01:00")))
    story.schedule(
      "mistake", localized("A Mistake"), slot("r2", october("26T14:00+01:00"), october("26T15:00+01:00")))
    story.schedule(
      "withdrawn", localized("Withdrawn"), slot("r2", october("26T16:00+01:00"), october("26T17:00+01:00")))
    story.add(
      .sessionRevised(
        SessionRevised(session: "a") {
          $0.interpretation = [.english, .chinese]
          $0.recording = Recording(.notPermitted, note: localized("Not a word, <not> a picture"))
          $0.links = [
            try! Link(.stream, "https://example.org/live/%zz?x=[1]&y=é"),
            try! Link(.attachment, "https://example.org/handout;1,2.pdf", title: localized("Handout")),
          ]
        }),
      .sessionUnscheduled(
        SessionUnscheduled(
          session: "mistake",
          slots: [
            NumberedSlot(
              number: 1, slot: slot("r2", october("26T14:00+01:00"), october("26T15:00+01:00")))
          ])),
      .programReleased(ProgramReleased(version: "1")),
      .sessionUnscheduled(
        SessionUnscheduled(
          session: "withdrawn",
          slots: [
            NumberedSlot(
              number: 1, slot: slot("r2", october("26T16:00+01:00"), october("26T17:00+01:00")))
          ])),
      .slotRemoved(
        SlotRemoved(
          session: "workshop", number: 2,
          slot: slot("r2", october("24T14:00+02:00"), october("24T15:00+02:00")))),
      .sessionCancelled(
        SessionCancelled(
          session: "off", slot: slot("r", october("26T14:00+01:00"), october("26T15:00+01:00")))),
      .sessionCancelled(
        SessionCancelled(
          session: "lost-pause", slot: slot("r", october("26T12:00+01:00"), october("26T13:00+01:00")))),
      .sessionMoved(
        SessionMoved(
          session: "cjk", from: slot("yard", october("24T11:00+02:00"), october("24T12:00+02:00")),
          to: slot("yard", october("24T12:00+02:00"), october("24T13:00+02:00")))))
    story.schedule(
      "late", localized("Added Late"), slot("yard", october("24T15:00+02:00"), october("24T16:00+02:00")))
    return story
  }

  /// Only a conference.
  static var empty: Story {
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: localized("Nothing Yet"), firstDay: "2026-10-24", lastDay: "2026-10-25",
          zone: "Europe/Berlin"
        ) { $0.languages = [.english] }))
    return story
  }

  /// The stories, by a name for test failures.
  static let all: [(name: String, story: Story)] = [
    ("nothing at all", Story()), ("empty", .empty), ("shanghai", .shanghai), ("odd", .odd),
  ]
}
