import EventLog
import Foundation
import ReadModels
import Specification
import Vocabulary

@testable import People
@testable import Publishing
@testable import Scheduling

extension Story {
  /// The program's documents with unusual settings.
  func programPublication(_ change: (inout PrintSettings) -> Void) -> ProgramPublication {
    var settings = PrintSettings()
    change(&settings)
    return ProgramPublication(program, checkpoint, conference: conference, settings)
  }

  func attendancePublication(_ change: (inout PrintSettings) -> Void) -> AttendancePublication {
    var settings = PrintSettings()
    change(&settings)
    return AttendancePublication(
      attendance, program: program, checkpoint, conference: conference, settings
    ) { details[$0.attendee.slug] }
  }

  /// The Shanghai conference with a workshop in two slots, presentations, venues and attendees.
  static var people: Story {
    var story = Story.shanghai
    story.add(
      .venueAdded(VenueAdded(venue: "campus", name: localized("East Campus", "东校区", "Восточный кампус"))),
      .roomRevised(RoomRevised(room: "annex") { $0.venue = "campus" }),
      .travelTimeSet(TravelTimeSet(.room("hall"), .room("annex"), minutes: 12)))
    story.add(
      .speakerRevised(
        SpeakerRevised(person: "feng-shaolei") {
          $0.biography = localized("Studies Russia’s eastern policy. Has written much.")
          $0.pronunciation = localized("fung shao-LAY")
        }))
    story.schedule(
      "workshop", localized("Reading the Treaty", "研读条约"), kind: .workshop,
      slot("annex", march("25T13:00"), march("25T14:00")), languages: [.english],
      (.moderator, "sergey-karaganov"))
    story.add(
      .slotAdded(
        SlotAdded(session: "workshop", number: 2, slot: slot("hall", march("25T14:05"), march("25T15:00")))),
      .presentationAdded(
        PresentationAdded(
          session: "workshop",
          presentation: Presentation(
            "articles", title: localized("The Articles"), people: ["zhang-deguang", "feng-shaolei"],
            minutes: 60))),
      .presentationAdded(
        PresentationAdded(
          session: "workshop",
          presentation: Presentation(
            "annexes", title: localized("The Annexes"), people: ["feng-shaolei"], minutes: 70,
            language: .russian))))
    story.attendee(
      "a-1", "press", (.english, "Petrova, Olga"), email: "olga@example.org",
      organisation: localized("A Newspaper"))
    story.attendee(
      "a-2", "delegate", (.english, "Smith, Zoë"), organisation: localized("A University", "大学"),
      country: localized("Germany", "德国", "Германия"))
    story.attendee("a-3", "delegate", (.english, "Feng, Shaolei"), (.chinese, "冯, 绍雷"))
    story.attendee(
      "a-4", "student", (.english, "Last, Category"), organisation: localized("A University", "大学"))
    story.attendee("a-5", "delegate", (.english, "Un, Listed"), listed: false)
    story.attendee("a-6", "delegate", (.english, "With, Drawn"))
    story.attendee("a-7", "delegate", (.english, "Era, Sed"))
    story.attendee("a-8", "speaker", (.english, "=Formula"))
    story.add(
      .attendeeSignedUp(AttendeeSignedUp(attendee: "a-2", session: "workshop")),
      .attendeeSignedUp(AttendeeSignedUp(attendee: "a-2", session: "opening")),
      .attendeeSignedUp(AttendeeSignedUp(attendee: "a-5", session: "workshop")),
      .attendeeCheckedIn(AttendeeCheckedIn(attendee: "a-2")),
      .attendeeWithdrawn(AttendeeWithdrawn(attendee: "a-6")),
      .personErased(PersonErased(attendee: "a-7")))
    return story
  }

  /// Names, organisations and categories that no template expects.
  static var oddPeople: [(name: [(Language, String)], organisation: LocalizedText?, category: String)] {
    [
      ([(.english, "Cher")], nil, "guest"),
      (
        [(.english, "Maximiliana Alexandra von Hohenlohe-Waldenburg-Schillingsfürst")], localized("X"),
        "participant"
      ),
      (
        [(.english, "Feng Shaolei"), (.chinese, "冯, 绍雷"), (.russian, "Фэн Шаолэй")],
        localized(
          "Center for Russian Studies, School of Advanced International and Area Studies, East China Normal "
            + "University, Shanghai"), "speaker"
      ),
      (
        [(.russian, "Константинопольский-Преображенский Александр Вячеславович")],
        LocalizedText([
          .russian: "Московский государственный институт международных отношений (университет) "
            + "Министерства иностранных дел"
        ]), "press"
      ),
      ([("ar", "عبد الرحمن بن محمد الخالدي"), (.english, "Abd al-Rahman al-Khalidi")], nil, "observer"),
      ([(.chinese, "欧阳娜娜"), (.english, "Ouyang Nana")], localized("中国社会科学院俄罗斯东欧中亚研究所"), "volunteer steward"),
      (
        [(.english, "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft")],
        localized(String(repeating: "unbroken", count: 15)), "staff"
      ),
    ]
  }

  /// A conference with this many people, with invented names and odd ones.
  static func crowd(_ count: Int) -> Story {
    var story = Story.shanghai
    let given = ["Ana", "Bartholomew", "Chiara", "Dmitri", "Eun-ji", "Fatoumata", "Gwen", "Hyacinthe"]
    let start = ["Al", "Bren", "Castel", "Dor", "Ester", "Fon", "Garr", "Holz", "Iv", "Jor", "Kal"]
    let end = ["ana", "berger", "cova", "dottir", "enko", "fontaine", "gård", "hazy", "ides", "kowska"]
    for number in 0..<count {
      let odd = oddPeople[number % oddPeople.count]
      let name: [(Language, String)] =
        number % 50 < oddPeople.count
        ? odd.name
        : [(.english, "\(start[number % 11])\(end[number / 11 % 10]), \(given[number % 8])")]
          + (number % 6 == 0 ? [(.chinese, "张, 德广")] : [])
      let organisation =
        number % 50 < oddPeople.count ? odd.organisation : localized("University of \(end[number % 10])")
      let attendee = try! AttendeeID("a-\(number)")
      switch name.count {
      case 1: story.attendee(attendee, odd.category, name[0], organisation: organisation)
      case 2: story.attendee(attendee, odd.category, name[0], name[1], organisation: organisation)
      default: story.attendee(attendee, odd.category, name[0], name[1], name[2], organisation: organisation)
      }
      if number % 3 == 0 {
        story.add(
          .attendeeSignedUp(
            AttendeeSignedUp(attendee: attendee, session: "session-1")))
      }
    }
    return story
  }
}
