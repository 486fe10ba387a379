import EventLog
import Foundation
import JSON
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import Scheduling

/// A conference whose day begins at 04:00, and a session at 01:00 on the next date: it belongs to the evening before.
struct `A session at night` {
  private static func story() -> Story {
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: localized("Nights"), firstDay: "2016-03-25", lastDay: "2016-03-27", zone: "Asia/Shanghai"
        ) {
          $0.dayStart = 240
        }))
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    story.speaker("ada", [(.english, "Lovelace, Ada")])
    story.schedule(
      "night", localized("Night"), slot("hall", march("26T01:00"), march("26T02:00")), (.chair, "ada"),
      (.speaker, "ada"))
    story.attendee("a-1", "guest", (.english, "Li, Wei"))
    story.add(
      .attendeeSignedUp(AttendeeSignedUp(attendee: "a-1", session: "night")),
      .attendeeCheckedIn(
        AttendeeCheckedIn(
          attendee: "a-1", arrivedAt: march("26T00:55").instant, at: .session("night"))),
      .attendeeCheckedIn(AttendeeCheckedIn(attendee: "a-1", arrivedAt: march("26T00:50").instant)))
    return story
  }

  private let story = Self.story()

  /// The texts of a document without its sentence on what times after midnight mean, which names both days.
  private func days(_ text: String) -> (evening: Bool, after: Bool) {
    let text = text.replacing("\u{a0}", with: " ").replacing(/after midnight, on [^"<]*/, with: "")
    return (
      text.contains(/\b25 March|\bFri(day)?,? 25|March 25/),
      text.contains(/\b26 March|\bSat(urday)?,? 26|March 26/)
    )
  }

  @Test(arguments: PrintKind.allCases)
  func `is on the evening before in every printed document`(kind: PrintKind) throws {
    let settings: (inout PrintSettings) -> Void = { settings in
      if kind.isAboutAttendees { settings.only = ["session": "night"] }
      if kind == .checkIn { settings.columns = ["name", "presence", "checked-in"] }
      if kind == .chairSheets { settings.only = ["day": "2016-03-25"] }
    }
    let document =
      kind.isAboutAttendees
      ? try story.attendancePublication(settings).document(kind)
      : try story.programPublication(settings).document(kind)
    let text = try JSONText.encode(document.body)
    let found = days(text)
    // A place card has no day.
    #expect(found.evening != (kind == .placeCards) && !found.after, "\(text)")
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst, or no pdftotext, here"))
  func `has its end where other times have none`() async throws {
    let publication = Story.people.programPublication { $0.languages = [.english] }
    for text in [
      try await Layout(of: publication.pocket()).text(),
      try await Layout(of: publication.booklet()).text(page: 1),
    ] {
      #expect(text.contains(/22:00 .* –01:30/), "\(text)")
      #expect(!text.contains("–11:00"))
    }
  }

  @Test func `is on the evening before on the page, in change sheets and in letters`() throws {
    let page = days(try story.programPublication().page())
    #expect(page.evening && !page.after)
    var later = story
    let (old, new) = (
      slot("hall", march("26T01:00"), march("26T02:00")), slot("hall", march("26T02:00"), march("26T03:00"))
    )
    later.add(.sessionMoved(SessionMoved(session: "night", from: old, to: new)))
    let publication = later.programPublication()
    let sheet = publication.changeSheet(
      from: story.program, .position(story.checkpoint.position, story.checkpoint.lastEventAt), released: nil)
    let text = try JSONText.encode(sheet.body)
    let changes = days(text)
    #expect(changes.evening && !changes.after, "\(text)")
    let words = ChangeWords(from: story.program, to: publication)
    for text in [words.place(new, publication.context), words.slot(new, publication.context)] {
      #expect(days("\(text)").evening && !days("\(text)").after, "\(text)")
    }
  }

  @Test func `is explained at its own door only`() throws {
    var other = story
    other.add(.roomAdded(RoomAdded(room: "annex", name: localized("Annex"))))
    other.schedule("evening", localized("Evening"), slot("annex", march("25T18:00"), march("25T19:00")))
    let signs = try other.programPublication().doorSigns().body.signs
    #expect(signs.map(\.name) == [localized("Hall"), localized("Annex")])
    #expect(signs.map { $0.note == nil } == [false, true])
  }

  @Test func `is on the evening before for certificates`() throws {
    let rows = story.attendancePublication().presences().table.csv().split(separator: "\r\n")
    #expect(rows.count == 2 && rows[1].contains(",2016-03-25,2016-03-26 00:55,"), "\(rows)")
  }
}
