import EventLog
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Record

private let conference = ConferenceOpened(
  title: "Greater Eurasia", firstDay: "2016-03-25", lastDay: "2016-03-27", zone: "Asia/Shanghai")
private let bank = OrganisationAdded(organisation: "bank", name: "Bank of the North") {
  $0.abbreviation = "BN"
  $0.expandedBy = .source
}
private let branch = OrganisationAdded(organisation: "branch", name: "Harbour Branch") { $0.parent = "bank" }

struct `The authority file of organisations` {
  private let file = Organisations.given(conference, bank, branch)

  @Test func `adds an organisation once`() {
    Organisations.given(conference).when(.add(bank)).then(.organisationAdded(bank))
    file.when(.add(OrganisationAdded(organisation: "bank", name: "Another bank")))
      .thenRefused(
        saying: "“bank” already names the organisation “Bank of the North”.",
        hints: .chooseAnotherName, .revise(noun: "organisation", "bank"))
    Organisations.given().when(.add(bank)).thenRefused(.notOpen)
  }

  @Test func `revises only what differs, and keeps the other languages`() {
    file.when(.revise(OrganisationRevised(organisation: "bank") { $0.name = ["ru": "Банк Севера"] }))
      .then(
        .organisationRevised(
          OrganisationRevised(organisation: "bank") {
            $0.name = ["en": "Bank of the North", "ru": "Банк Севера"]
          }))
    file.when(.revise(OrganisationRevised(organisation: "bank") { $0.abbreviation = "BN" })).thenNothing()
    file.when(.revise(OrganisationRevised(organisation: "club") { $0.name = "Club" }))
      .thenRefused(.unknown("club"))
  }

  @Test func `knows the organisations that it names`() {
    file.when(.add(OrganisationAdded(organisation: "desk", name: "Desk") { $0.parent = "fund" }))
      .thenRefused(.unknown("fund"))
    file.when(
      .add(
        OrganisationAdded(organisation: "desk", name: "Desk") {
          $0.relations = [OrganisationRelation(.brandOf, "desk")]
        })
    ).thenRefused(.itsOwnRelative("desk"))
  }

  @Test func `has no circle of parents`() {
    file.when(.revise(OrganisationRevised(organisation: "bank") { $0.parent = "branch" }))
      .thenRefused(
        saying: "These organisations would be parts of each other: “bank” → “branch” → “bank”.")
  }

  @Test func `expands an abbreviation and sources a note only where there is one`() {
    file.when(.revise(OrganisationRevised(organisation: "branch") { $0.expansion = "Harbour" }))
      .thenRefused(.noAbbreviation("branch"))
    file.when(.revise(OrganisationRevised(organisation: "bank") { $0.cleared = [.abbreviation] }))
      .thenRefused(.noAbbreviation("bank"))
    file.when(.revise(OrganisationRevised(organisation: "bank") { $0.status = .disputed }))
      .thenRefused(.noNote("bank"))
  }

  @Test func `is revised, not undone`() {
    let undo = RecordUndo.Command(
      commandID: "0b4d", first: 2, last: 2, tags: [], rules: ZoneRules(zone: "UTC", offset: 0))
    RecordUndo.given(conference, bank).when(undo)
      .thenRefused(
        saying: "Event 2 (OrganisationAdded) cannot be undone: the authority file is revised, not undone.",
        hints: .revise(noun: "organisation", "bank"))
  }

  @Test func `has each relation from both sides`() {
    for kind in OrganisationRelation.Kind.allCases {
      #expect(kind.inverse != kind && kind.inverse.inverse == kind)
    }
  }
}

struct `The authority file of subjects` {
  private let trade = SubjectAdded(subject: "trade", name: "Trade")

  @Test func `adds and revises a subject`() {
    Subjects.given(conference).when(.add(trade)).then(.subjectAdded(trade))
    Subjects.given(conference, trade)
      .when(.revise(SubjectRevised(subject: "trade") { $0.abbreviation = "T" }))
      .then(.subjectRevised(SubjectRevised(subject: "trade") { $0.abbreviation = "T" }))
    Subjects.given(conference, trade).when(.revise(SubjectRevised(subject: "trade") { $0.name = "Trade" }))
      .thenNothing()
  }

  @Test func `refuses a name twice, an unknown one, and an expansion of nothing`() {
    let file = Subjects.given(conference, trade)
    file.when(.add(SubjectAdded(subject: "trade", name: "Exchange"))).thenRefused(.taken("trade", "Trade"))
    file.when(.revise(SubjectRevised(subject: "war") { $0.name = "War" })).thenRefused(.unknown("war"))
    file.when(.revise(SubjectRevised(subject: "trade") { $0.expandedBy = .source }))
      .thenRefused(.noAbbreviation("trade"))
    Subjects.given().when(.add(trade)).thenRefused(.notOpen)
  }
}
