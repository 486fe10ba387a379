import EventLog
import Foundation
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Mail
@testable import Publishing
@testable import Scheduling

extension Story {
  /// Its program, as notices of the release tell it.
  var told: Notices.Known { Notices.Known(position: checkpoint.position, isDraft: false) }
}

extension Eve {
  /// The program that the last notices told, before its changes.
  static let noticed = Story.shanghai.told
  /// The people who had one.
  static let known: [PersonID: Notices.Known] = [
    "feng-shaolei": noticed, "sergey-karaganov": noticed, "zhang-deguang": noticed,
  ]

  /// Notices of its changes.
  static func round(_ known: [PersonID: Notices.Known] = known, draft: Bool = false) -> NoticeRound {
    let eve = Eve()
    return NoticeRound(
      eve.after.program, eve.after.checkpoint, conference: eve.after.conference,
      version: draft ? nil : "1.3", known: known,
      earlier: [eve.before.told: eve.before.program])
  }

  /// The letter to one of these people.
  static func message(_ person: PersonID = "feng-shaolei", from sender: String = "office@example.org") throws
    -> MailMessage
  {
    let round = round()
    let digest = try #require(round.digests().first { $0.person == person })
    return try MailMessage(
      digest, of: round, from: MailAddress(sender), replyTo: try MailAddress("Büro <answers@example.org>"),
      to: EmailAddress("\(person)@example.org"))
  }
}

@Suite struct NoticeDigestTests {
  private func told(_ digests: [NoticeDigest]) -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: digests.map { digest in
        (digest.person.slug, digest.entries.map { "\($0.fate) \($0.session.session)" })
      })
  }

  @Test func `lists what happened to each person's sessions, cancelled and lost ones first`() {
    #expect(
      told(Eve.round().digests()) == [
        "feng-shaolei": ["cancelled opening", "moved session-1", "new extra"],
        "sergey-karaganov": ["moved session-1"],
        "zhang-deguang": ["left session-1", "new closing"],
      ])
  }

  @Test func `sends a first notice with everything`() {
    // The cancelled round table was to have been theirs.
    #expect(
      told(Eve.round(["feng-shaolei": Eve.noticed]).digests())["zhang-deguang"]
        == ["cancelled annex-1", "new closing"])
  }

  @Test func `has nothing for people without changes, unless requested`() {
    let eve = Eve()
    let known = eve.after.told
    let round = NoticeRound(
      eve.after.program, eve.after.checkpoint, conference: "shanghai-2016", version: "1.3",
      known: ["feng-shaolei": known, "sergey-karaganov": known, "zhang-deguang": known],
      earlier: [known: eve.after.program])
    #expect(round.digests().isEmpty)
    #expect(
      told(round.digests(unchanged: true)) == [
        "feng-shaolei": ["cancelled opening", "unchanged extra", "unchanged session-1"],
        "sergey-karaganov": ["unchanged session-1"],
        "zhang-deguang": ["cancelled annex-1", "unchanged closing"],
      ])
  }

  @Test func `reports presentation changes to their own presenters and to the chair`() throws {
    var story = Eve().after
    let (first, before) = (story.told, story.program)
    story.add(
      .presentationRevised(
        PresentationRevised(
          session: "session-1",
          presentation: Presentation(
            "treaty", title: localized("The Treaty of 2001"), people: ["sergey-karaganov"], minutes: 30),
          formerPeople: ["sergey-karaganov"])),
      .personAssigned(PersonAssigned(session: "session-1", person: "zhang-deguang", role: .speaker)))
    let (mid, midProgram) = (story.told, story.program)
    story.add(
      .presentationRevised(
        PresentationRevised(
          session: "session-1",
          presentation: Presentation(
            "treaty", title: localized("The Treaty of Friendship"), people: ["sergey-karaganov"], minutes: 30),
          formerPeople: ["sergey-karaganov"])))
    let round = NoticeRound(
      story.program, story.checkpoint, conference: "shanghai-2016", version: nil,
      known: ["feng-shaolei": first, "sergey-karaganov": mid, "zhang-deguang": mid],
      earlier: [first: before, mid: midProgram])
    let digests = round.digests()
    #expect(digests.map(\.person) == ["feng-shaolei", "sergey-karaganov"])
    #expect(digests[1].entries[0].session.changes.map(\.what) == [.presentationTitle])
  }

  @Test func `reports a renamed room`() throws {
    var story = Story.shanghai
    let before = story.program
    story.add(.roomRevised(RoomRevised(room: "hall") { $0.name = localized("Great Hall") }))
    let round = NoticeRound(
      story.program, story.checkpoint, conference: "shanghai-2016", version: nil, known: Eve.known,
      earlier: [Eve.noticed: before])
    let digest = try #require(round.digests().first)
    #expect(told([digest]) == ["feng-shaolei": ["changed opening", "changed session-1"]])
    #expect(round.text(digest).body.contains("  Room: Science Hall → Great Hall\n"))
  }
}

/// The notice about a session depends on the state that the person knows.
@Suite struct NoticeFateTests {
  private let slots = [NumberedSlot(number: 1, slot: slot("annex", march("25T09:30"), march("25T11:00")))]

  /// The fates of the round table for its moderator, who knows the state of the first story.
  private func told(_ before: Story, _ events: SchedulingEvent...) -> [NoticeDigest.Fate] {
    var after = before
    for event in events { after.add(event) }
    let round = NoticeRound(
      after.program, after.checkpoint, conference: "shanghai-2016", version: nil,
      known: Eve.known.mapValues { _ in before.told }, earlier: [before.told: before.program])
    return round.digests().first { $0.person == "zhang-deguang" }?.entries
      .filter { $0.session.session == "annex-1" }.map(\.fate) ?? []
  }

  private var reinstated: SchedulingEvent {
    .sessionReinstated(SessionReinstated(session: "annex-1", slots: slots, kind: .session))
  }
  private let leaves = SchedulingEvent.personUnassigned(
    PersonUnassigned(session: "annex-1", person: "zhang-deguang", role: .moderator))
  private var cancelled: SchedulingEvent {
    .sessionCancelled(SessionCancelled(session: "annex-1", slot: slots[0].slot))
  }
  private var unscheduled: SchedulingEvent {
    .sessionUnscheduled(SessionUnscheduled(session: "annex-1", slots: slots))
  }

  @Test func `has nothing for a person who knows of the cancellation and has left the session`() {
    #expect(told(.shanghai, reinstated, leaves) == [])
    #expect(told(.shanghai, unscheduled) == [])
    #expect(told(.shanghai, leaves) == [])
  }

  @Test func `reports reinstated, cancelled and removed sessions`() {
    #expect(told(.shanghai, reinstated) == [.reinstated])
    var before = Story.shanghai
    before.add(reinstated)
    #expect(told(before, cancelled) == [.cancelled])
    #expect(told(before, unscheduled) == [.gone])
    #expect(told(before, leaves) == [.left])
    #expect(told(before, leaves, cancelled) == [.cancelled])
    #expect(told(before) == [])
  }

  @Test func `reports another's presentation to whoever chairs or moderates, and to nobody else`() {
    let talk = Presentation("talk", title: localized("A Talk"), people: ["sergey-karaganov"], minutes: 20)
    var renamed = talk
    renamed.title = localized("A Lecture")
    for role in SessionRole.allCases {
      var before = Story.shanghai
      before.add(
        reinstated, .presentationAdded(PresentationAdded(session: "annex-1", presentation: talk)), leaves,
        .personAssigned(PersonAssigned(session: "annex-1", person: "zhang-deguang", role: role)))
      let fates = told(
        before,
        .presentationRevised(
          PresentationRevised(session: "annex-1", presentation: renamed, formerPeople: talk.people)))
      #expect(fates == ([.chair, .moderator].contains(role) ? [.changed] : []), "\(role)")
    }
  }

  @Test func `reports only a new venue of a room`() throws {
    var before = Story.shanghai
    before.add(
      reinstated, .venueAdded(VenueAdded(venue: "west", name: localized("West"))),
      .venueAdded(VenueAdded(venue: "east", name: localized("East"))))
    let annex = before
    #expect(told(annex, .roomRevised(RoomRevised(room: "annex") { $0.venue = "west" })) == [.changed])
    #expect(
      told(annex, .roomRevised(RoomRevised(room: "annex") { $0.name = localized("Hut") })) == [.changed])
    #expect(
      told(
        annex,
        .roomRevised(
          RoomRevised(room: "annex") {
            $0.capacity = 3
            $0.note = localized("Small")
          })) == [])
    before.add(.roomRevised(RoomRevised(room: "annex") { $0.venue = "west" }))
    #expect(told(before, .roomRevised(RoomRevised(room: "annex") { $0.venue = "east" })) == [.changed])
    #expect(told(before, .roomRevised(RoomRevised(room: "annex") { $0.cleared = [.venue] })) == [.changed])
  }
}

@Suite struct NoticeTextTests {
  private func letter(_ person: PersonID, _ known: [PersonID: Notices.Known] = Eve.known) throws -> NoticeText
  {
    let round = Eve.round(known)
    return round.text(try #require(round.digests().first { $0.person == person }))
  }

  @Test func `has old and new values`() throws {
    let letter = try letter("feng-shaolei")
    #expect(letter.language == .english)
    #expect(
      letter.body == """
        Dear Feng Shaolei,

        your part in the program of “Cooperation between China and Russia: The Process and Prospects” has changed since we last wrote to you.
        Program: version 1.3.


        Cancelled
        ---------

        * Opening
          Friday, 25 March 2016, 09:00–09:30 · Science Hall


        Moved
        -----

        * The Bilateral Cooperation
          Until now:
            Friday, 25 March 2016, 09:30–11:00 · Science Hall
          Now:
            Saturday, 26 March 2016, 09:30–11:00 · Annex
          Your part: Chair
          Leaves (Speaker): Zhang Deguang
          New presentation: The Treaty


        New for you
        -----------

        * An Extra Session
          Friday, 25 March 2016, 14:00–15:00 · Science Hall
          Your part: Chair

        The attached calendar file adds these sessions to your calendar or updates them.
        All times are in the time zone Asia/Shanghai.

        --\u{20}
        Cooperation between China and Russia: The Process and Prospects

        """)
  }

  @Test func `is in the first of the conference's languages in which the person has a name`() throws {
    var story = Eve().after
    story.speaker("wang", [("zh", "王, 伟"), (.english, "Wang Wei")])
    story.speaker("ivanov", [("ru", "Иванов, Иван")])
    story.speaker("ghali", [("ar", "غالي"), ("ru", "Гали")])
    story.speaker("doe", [("fr", "Jean Dupont")])
    story.speaker("zhou", [("zh", "周, 明")])
    let round = NoticeRound(
      story.program, story.checkpoint, conference: "shanghai-2016", version: nil, known: [:], earlier: [:])
    #expect(
      ["wang", "ivanov", "ghali", "doe", "zhou"].map { round.language(for: $0) } == [
        .english, .russian, .russian, "fr", .chinese,
      ])
  }

  @Test(arguments: ["en", "zh", "ru"]) func `has no unreplaced placeholders`(language: Language) {
    var story = Eve().after
    story.speaker("somebody", [(language, "A B")])
    for session in ["closing", "party"] as [SessionID] {
      story.add(.personAssigned(PersonAssigned(session: session, person: "somebody", role: .speaker)))
    }
    for version in ["1.3", nil] {
      let round = NoticeRound(
        story.program, story.checkpoint, conference: "shanghai-2016", version: version, known: [:],
        earlier: [:])
      for digest in round.digests() {
        let text = round.text(digest)
        #expect(!text.subject.contains("{") && !text.body.contains("{") && !text.body.contains("%"))
        #expect(!text.body.contains("\u{a0}"))
      }
    }
  }
}
