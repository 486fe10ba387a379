import EventLog
import Specification
import Testing
import Vocabulary

@testable import Scheduling

struct `About conferences` {
  private let host = OrganisationRoleAssigned(
    organisation: "East China Normal University", role: .host)
  private let partner = OrganisationRoleAssigned(organisation: "Valdai Club", role: .partner)

  private func revised(
    title: LocalizedText? = nil, place: LocalizedText? = nil, lastDay: CalendarDate? = nil
  ) -> SchedulingEvent {
    .conferenceRevised(
      ConferenceRevised {
        $0.title = title
        $0.place = place
        $0.lastDay = lastDay
      })
  }

  // Open

  @Test func `opens a conference with its organisations`() {
    Conferences.given().when(.open(opened, [host, partner]))
      .then(
        .conferenceOpened(opened), .organisationRoleAssigned(host),
        .organisationRoleAssigned(partner))
  }

  @Test func `opens a conference of one day`() {
    var day = opened
    day.details.lastDay = day.details.firstDay
    Conferences.given().when(.open(day, [])).then(.conferenceOpened(day))
  }

  @Test func `changes nothing when opened twice`() {
    Conferences.given(opened, host).when(.open(opened, [host])).thenNothing()
  }

  @Test func `refuses a name that another conference has`() {
    var other = opened
    other.details.title = "Lesser Eurasia"
    Conferences.given(opened).when(.open(other, [])).thenRefused(.alreadyOpen(opened.details.title))
    Conferences.given(opened).when(.open(opened, [host])).thenRefused(.alreadyOpen(opened.details.title))
  }

  @Test func `refuses a conference that ends before it begins`() {
    var backward = opened
    backward.details.lastDay = "2016-03-24"
    Conferences.given().when(.open(backward, []))
      .thenRefused(.endsBeforeItBegins("2016-03-25", "2016-03-24"))
  }

  // Close, archive, reopen

  @Test func `is closed, archived and opened again`() {
    Conferences.given(opened).when(.close).then(.conferenceClosed(ConferenceClosed()))
    Conferences.given(opened).when(.archive).then(.conferenceArchived(ConferenceArchived()))
    Conferences.given(opened, ConferenceClosed()).when(.archive)
      .then(.conferenceArchived(ConferenceArchived()))
    Conferences.given(opened, ConferenceClosed()).when(.reopen)
      .then(.conferenceReopened(ConferenceReopened()))
    Conferences.given(opened, ConferenceClosed(), ConferenceArchived()).when(.reopen)
      .then(.conferenceReopened(ConferenceReopened()))
  }

  @Test func `changes nothing if the conference has that status`() {
    Conferences.given(opened).when(.reopen).thenNothing()
    Conferences.given(opened, ConferenceClosed()).when(.close).thenNothing()
    Conferences.given(opened, ConferenceArchived()).when(.archive).thenNothing()
    Conferences.given(opened, ConferenceClosed(), ConferenceReopened()).when(.reopen).thenNothing()
  }

  @Test func `refuses to close what is archived or unknown`() {
    Conferences.given(opened, ConferenceArchived()).when(.close).thenRefused(.archived)
    for command in [Conferences.Command.close, .archive, .reopen] {
      Conferences.given().when(command).thenRefused(.notOpen)
    }
  }

  // Revise

  @Test func `records only what differs`() {
    Conferences.given(opened)
      .when(
        .revise(
          .init {
            $0.title = ["en": "Greater Eurasia"]
            $0.place = "Shanghai"
            $0.lastDay = "2016-03-26"
          })
      )
      .then(revised(place: "Shanghai", lastDay: "2016-03-26"))
  }

  @Test func `adds a language to a title`() {
    Conferences.given(opened).when(.revise(.init { $0.title = ["ru": "Большая Евразия"] }))
      .then(revised(title: ["en": "Greater Eurasia", "zh": "大欧亚", "ru": "Большая Евразия"]))
  }

  @Test func `adds only new organisations`() {
    Conferences.given(opened, host).when(.revise(.init(organisations: [host, partner])))
      .then(.organisationRoleAssigned(partner))
  }

  @Test func `gives an organisation a second role`() {
    var sponsor = host
    sponsor.role = .sponsor
    Conferences.given(opened, host).when(.revise(.init(organisations: [sponsor])))
      .then(.organisationRoleAssigned(sponsor))
  }

  @Test func `changes nothing if nothing differs`() {
    Conferences.given(opened, host)
      .and(
        ConferenceRevised {
          $0.place = "Shanghai"
          $0.languages = ["en"]
        }
      )
      .when(
        .revise(
          .init(organisations: [host]) {
            $0.title = opened.details.title
            $0.place = "Shanghai"
            $0.firstDay = opened.details.firstDay
            $0.lastDay = opened.details.lastDay
            $0.languages = ["en"]
          })
      ).thenNothing()
    Conferences.given(opened).when(.revise(.init())).thenNothing()
  }

  @Test func `refuses a revision with an end before the beginning`() {
    Conferences.given(opened).when(.revise(.init { $0.lastDay = "2016-03-24" }))
      .thenRefused(.endsBeforeItBegins("2016-03-25", "2016-03-24"))
    Conferences.given(opened).when(.revise(.init { $0.firstDay = "2016-03-28" }))
      .thenRefused(.endsBeforeItBegins("2016-03-28", "2016-03-27"))
    Conferences.given(opened, ConferenceRevised { $0.lastDay = "2016-03-30" })
      .when(.revise(.init { $0.firstDay = "2016-03-28" }))
      .then(.conferenceRevised(ConferenceRevised { $0.firstDay = "2016-03-28" }))
  }

  @Test func `refuses to revise a conference that was never opened`() {
    Conferences.given(hall).when(.revise(.init { $0.place = "Shanghai" })).thenRefused(.notOpen)
  }

  @Test func `says why it refuses`() {
    Conferences.given(opened).when(.open(opened, [host]))
      .thenRefused(
        saying: "That name is taken by “Greater Eurasia”.", hints: .chooseAnotherName, .reviseConference)
    Conferences.given(opened).when(.revise(.init { $0.lastDay = "2016-03-24" }))
      .thenRefused(
        saying: "The conference would end on 2016-03-24, before it begins on 2016-03-25.")
    Conferences.given().when(.revise(.init()))
      .thenRefused(saying: "There is no such conference.", hints: .list(ConferenceEntity.self))
  }
}

struct `About releases` {
  private let first = ProgramReleased(version: "1.0", note: "For the printer")
  private let plain = ProgramReleased(version: "2.0")

  @Test func `releases the program under a version`() {
    Releases.given(opened).when(.release(first))
      .thenOnce(.programReleased(first), thenRefused: .released("1.0", at: 2))
    Releases.given(opened, first).when(.release(plain))
      .thenOnce(.programReleased(plain), thenRefused: .released("2.0", at: 3))
  }

  @Test func `refuses a version that was released before another one`() {
    Releases.given(opened, first, plain).when(.release(first))
      .thenRefused(
        saying:
          "The version “1.0” was released at position 2, and “2.0” after it; give the new release another version.",
        hints: .listReleases)
  }

  @Test func `refuses a version that was released with another note`() {
    Releases.given(opened, first).when(.release(ProgramReleased(version: "1.0")))
      .thenRefused(.versionTaken("1.0", at: 2))
    Releases.given(opened, plain).when(.release(ProgramReleased(version: "2.0", note: "Better")))
      .thenRefused(
        saying:
          "The version “2.0” was released at position 2, with another note, track or day; give the new release another version.",
        hints: .listReleases)
  }

  @Test func `refuses a release before the conference is opened`() {
    Releases.given().when(.release(ProgramReleased(version: "1.0"))).thenRefused(.notOpen)
  }
}
