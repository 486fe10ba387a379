import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Scheduling

private let pawel = SpeakerRegistered(person: "pawel", name: "Nowak, Paweł")
private let again = SpeakerRegistered(person: "pawel-2", name: "Nowak, Pawel")
private let panel = session("panel", "25T09:00", "25T10:30")
private let talk = session("talk", "25T11:00", "25T12:00")
private let center = Affiliation(organisation: "Center")

/// A conference in which somebody was registered twice.
private let twice = Merging.given(opened, hall, annex, economy, pawel, again)
private let merged = ProgramOrPeopleEvent.people(.personsMerged(PersonsMerged("pawel-2", into: "pawel")))

private func assigned(_ person: PersonID, _ session: SessionID, _ role: SessionRole = .speaker)
  -> PersonAssigned
{
  PersonAssigned(session: session, person: person, role: role)
}

struct `Merging two speakers` {
  @Test func `is one event, and nothing the second time`() {
    twice.when(.init("pawel-2", into: "pawel")).then(merged)
  }

  @Test func `gives all roles and presentations to who stays, each once`() throws {
    let log = twice.and(
      panel, assigned("pawel", "panel", .chair), assigned("pawel-2", "panel", .chair),
      assigned("pawel-2", "panel"),
      PresentationAdded(
        session: "panel", presentation: Presentation("one", title: "One", people: ["pawel-2"], minutes: 20)))
    log.when(.init("pawel-2", into: "pawel")).then(merged)
    let session = try log.and(PersonsMerged("pawel-2", into: "pawel")).state().timetable.sessions["panel"]
    #expect(session?.assignments == [RoleAssignment(.chair, "pawel"), RoleAssignment(.speaker, "pawel")])
    #expect(session?.presentations.map(\.people) == [["pawel"]])
  }

  @Test func `takes over names in other scripts, affiliations and unavailable times`() {
    let chinese = SpeakerRegistered(
      person: "pawel-2",
      name: try! PersonName([
        NameForm("Nowak, Pawel", in: .english, order: nil), NameForm("诺瓦克", in: "zh", order: nil),
      ]))
    let away = UnavailabilityStated(person: "pawel-2", number: 1, from: at("27T09:00"), until: at("27T10:00"))
    let both = try! PersonName([
      NameForm("Nowak, Paweł", in: .english, order: nil), NameForm("诺瓦克", in: "zh", order: nil),
    ])
    Merging.given(
      opened, pawel, chinese, AffiliationStated(person: "pawel-2", number: 1, affiliation: center), away
    ).when(.init("pawel-2", into: "pawel")).then(
      .people(.speakerRevised(SpeakerRevised(person: "pawel") { $0.name = both })),
      .people(.affiliationStated(AffiliationStated(person: "pawel", number: 1, affiliation: center))),
      .people(
        .unavailabilityStated(
          UnavailabilityStated(person: "pawel", number: 1, from: at("27T09:00"), until: at("27T10:00")))),
      merged)
  }

  @Test func `is refused if they speak at the same time, unless that is waived`() throws {
    let other = session("other", "25T09:30", "25T10:00", in: "annex")
    let log = twice.and(panel, other, assigned("pawel", "panel"), assigned("pawel-2", "other"))
    let result = try #require(log.when(.init("pawel-2", into: "pawel")).result())
    guard case .failure(.conflicts) = result else {
      Issue.record("\(result)")
      return
    }
    let waived = try #require(
      log.when(
        .init("pawel-2", into: "pawel", waivers: Conflict.Kind.allCases.map { Waiver($0, reason: "So") })
      )
      .decided())
    #expect(waived.first == merged)
  }

  @Test
  func `is refused for one speaker, an unknown, a withdrawn and an erased one, and for one who is merged`() {
    twice.when(.init("pawel", into: "pawel")).thenRefused(.same("pawel"))
    twice.when(.init("ada", into: "pawel")).thenRefused(.unknown("ada"))
    twice.when(.init("pawel", into: "ada")).thenRefused(.unknown("ada"))
    twice.and(SpeakerWithdrawn(person: "pawel")).when(.init("pawel-2", into: "pawel"))
      .thenRefused(.withdrawn("pawel"))
    twice.and(PersonErased(person: "pawel-2", positions: [])).when(.init("pawel-2", into: "pawel"))
      .thenRefused(.erased("pawel-2"))
    let third = SpeakerRegistered(person: "pavel", name: "Nowak, Pavel")
    let log = twice.and(PersonsMerged("pawel-2", into: "pawel"), third)
    log.when(.init("pawel-2", into: "pavel")).thenRefused(.mergedBefore("pawel-2", into: "pawel"))
    log.when(.init("pavel", into: "pawel-2")).thenRefused(.mergedBefore("pawel-2", into: "pawel"))
  }

  @Test func `keeps anything else from being said of who was merged`() {
    let log = twice.and(panel, PersonsMerged("pawel-2", into: "pawel"))
    log.asked(Sessions.self).when(.assign("panel", RoleAssignment(.chair, "pawel-2")))
      .thenRefused(.mergedPerson("pawel-2", into: "pawel"))
    log.asked(Speakers.self).when(.affiliate("pawel-2", center))
      .thenRefused(.merged("pawel-2", into: "pawel"))
    log.asked(Speakers.self).when(.register(again)).thenRefused(.merged("pawel-2", into: "pawel"))
  }

  @Test func `finds conflicts with what the merged one did before`() throws {
    let log = twice.and(
      panel, assigned("pawel-2", "panel"), PersonsMerged("pawel-2", into: "pawel"),
      session("other", "25T09:30", "25T10:00", in: "annex"))
    let result = try #require(
      log.asked(Sessions.self).when(.assign("other", RoleAssignment(.speaker, "pawel"))).result())
    guard case .failure(.conflicts) = result else {
      Issue.record("\(result)")
      return
    }
  }
}
