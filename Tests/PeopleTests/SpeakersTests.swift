import EventLog
import Specification
import Testing
import Vocabulary

@testable import People

struct `About speakers` {
  private let feng: PersonID = "feng-shaolei"
  private let name = try! PersonName([
    NameForm("Feng, Shaolei", in: "en", order: .familyFirst),
    NameForm("冯, 绍雷", in: "zh", order: nil),
  ])
  private let dean = Affiliation(position: "Dean", organisation: "East China Normal University")
  private let centre = Affiliation(organisation: "Centre for Russian Studies")

  private var registered: SpeakerRegistered {
    SpeakerRegistered(person: feng, name: name) { $0.biography = ["en": "Born in 1949."] }
  }
  private func stated(_ number: Int, _ affiliation: Affiliation) -> AffiliationStated {
    AffiliationStated(person: feng, number: number, affiliation: affiliation)
  }
  private var withdrawn: SpeakerWithdrawn { SpeakerWithdrawn(person: feng) }

  // Register

  @Test func `registers a speaker with affiliations in order`() {
    Speakers.given()
      .when(.register(registered, [dean, centre]))
      .then(
        .speakerRegistered(registered), .affiliationStated(stated(1, dean)),
        .affiliationStated(stated(2, centre)))
  }

  @Test func `warns of a name that it files by the last word`() {
    let filed = HintedText(
      "“Shaolei Feng” is filed under “Feng, Shaolei” in every index.", [.nameParts])
    Speakers.given().when(.register(SpeakerRegistered(person: feng, name: "Shaolei Feng"))).thenWarned([filed]
    )
    Speakers.given(registered).when(.revise(SpeakerRevised(person: feng) { $0.name = "Shaolei Feng" }))
      .thenWarned([filed])
    Speakers.given().when(.register(registered)).thenWarned([])
    Speakers.given().when(.register(SpeakerRegistered(person: feng, name: "Cher"))).thenWarned([])
  }

  @Test func `registers a speaker with a name only`() {
    Speakers.given(registered)
      .when(.register(SpeakerRegistered(person: "karaganov", name: "Karaganov, Sergey")))
      .then(
        .speakerRegistered(
          SpeakerRegistered(person: "karaganov", name: "Karaganov, Sergey")))
  }

  @Test func `changes nothing when registered twice`() {
    Speakers.given(registered, stated(1, dean))
      .when(.register(registered, [dean])).thenNothing()
  }

  @Test func `refuses a name that another speaker has`() {
    let refusal = Speakers.Refusal.slugTaken(feng, by: name)
    Speakers.given(registered)
      .when(.register(SpeakerRegistered(person: feng, name: "Feng, Xiaogang"))).thenRefused(refusal)
    Speakers.given(registered, stated(1, dean))
      .when(.register(registered, [dean, centre]))
      .thenRefused(refusal)
    Speakers.given(registered, withdrawn)
      .when(.register(registered)).thenRefused(refusal)
  }

  // Revise

  @Test func `records only what differs`() {
    Speakers.given(registered)
      .when(
        .revise(
          SpeakerRevised(person: feng) {
            $0.name = "Feng, S."
            $0.biography = ["en": "Born in 1949."]
          })
      )
      .then(
        .speakerRevised(SpeakerRevised(person: feng) { $0.name = "Feng, S." }))
  }

  @Test func `adds a language to a biography`() {
    Speakers.given(registered)
      .when(.revise(SpeakerRevised(person: feng) { $0.biography = ["zh": "生于1949年。"] }))
      .then(
        .speakerRevised(
          SpeakerRevised(person: feng) { $0.biography = ["en": "Born in 1949.", "zh": "生于1949年。"] }))
  }

  @Test func `changes nothing if nothing differs`() {
    let revised = SpeakerRevised(person: feng) { $0.name = "Feng, S." }
    Speakers.given(registered, revised)
      .when(.revise(SpeakerRevised(person: feng) { $0.name = "Feng, S." })).thenNothing()
    Speakers.given(registered).when(.revise(SpeakerRevised(person: feng))).thenNothing()
  }

  // Affiliations

  @Test func `numbers affiliations and never reuses a number`() {
    Speakers.given(registered, stated(1, dean), stated(2, centre))
      .and(AffiliationRemoved(person: feng, number: 2))
      .when(.affiliate(feng, centre))
      .then(.affiliationStated(stated(3, centre)))
    // Undoing a removal states an old number again.
    let rector = Affiliation(position: "Rector", organisation: "East China Normal University")
    Speakers.given(registered, stated(1, dean), stated(2, centre))
      .and(AffiliationRemoved(person: feng, number: 1)).and(stated(1, dean))
      .when(.affiliate(feng, rector))
      .then(.affiliationStated(stated(3, rector)))
  }

  @Test func `changes nothing when an affiliation is stated twice`() {
    Speakers.given(registered, stated(1, dean)).when(.affiliate(feng, dean)).thenNothing()
  }

  @Test func `removes an affiliation once`() {
    let removed = AffiliationRemoved(person: feng, number: 1)
    Speakers.given(registered, stated(1, dean))
      .when(.removeAffiliation(feng, number: 1)).then(.affiliationRemoved(removed))
    Speakers.given(registered, stated(1, dean), removed)
      .when(.removeAffiliation(feng, number: 1)).thenNothing()
  }

  @Test func `refuses to remove an affiliation that never existed`() {
    let given = Speakers.given(registered, stated(1, dean), stated(2, centre))
    given.when(.removeAffiliation(feng, number: 3))
      .thenRefused(.noSuchAffiliation(feng, 3, known: [1, 2]))
    given.when(.removeAffiliation(feng, number: 0))
      .thenRefused(saying: "“feng-shaolei” has no affiliation 0, only 1 and 2.")
    Speakers.given(registered).when(.removeAffiliation(feng, number: 1))
      .thenRefused(saying: "“feng-shaolei” has no affiliation that could be removed.")
  }

  // Withdraw

  @Test func `withdraws a speaker once`() {
    Speakers.given(registered).when(.withdraw(feng)).then(.speakerWithdrawn(withdrawn))
    Speakers.given(registered, withdrawn).when(.withdraw(feng)).thenNothing()
  }

  @Test func `refuses changes of a withdrawn speaker`() {
    let given = Speakers.given(registered, stated(1, dean), withdrawn)
    for command: Speakers.Command in [
      .revise(SpeakerRevised(person: feng) { $0.name = "Feng, S." }), .affiliate(feng, centre),
      .removeAffiliation(feng, number: 1),
    ] {
      given.when(command).thenRefused(.withdrawn(feng))
    }
  }

  @Test func `refuses changes of an unknown speaker`() {
    let given = Speakers.given(
      SpeakerRegistered(person: "feng", name: "Feng, Xiaogang"))
    for command: Speakers.Command in [
      .revise(SpeakerRevised(person: feng) { $0.name = name }), .affiliate(feng, dean),
      .removeAffiliation(feng, number: 1), .withdraw(feng),
    ] {
      given.when(command).thenRefused(.unknown(feng))
    }
  }

  @Test func `takes no biography of somebody who was erased, but a name`() {
    let told = SpeakerRevised(person: feng) { $0.biography = "Born in 1949." }
    let erased = Speakers.given(registered, PersonErased(person: feng, positions: []))
    erased.when(.revise(told)).thenRefused(.erased(feng))
    erased.when(.revise(SpeakerRevised(person: feng) { $0.name = "Feng, Li" })).then(
      .speakerRevised(SpeakerRevised(person: feng) { $0.name = "Feng, Li" }))
  }

  @Test func `says why it refuses`() {
    Speakers.given(registered).when(.register(SpeakerRegistered(person: feng, name: "Feng, Xiaogang")))
      .thenRefused(
        saying: "“feng-shaolei” already names the speaker Feng Shaolei.", hints: .chooseAnotherName,
        .revise(noun: "speaker", "feng-shaolei"))
    Speakers.given().when(.withdraw(feng))
      .thenRefused(
        saying: "There is no speaker “feng-shaolei”.", hints: .list(PersonEntity.self),
        .add(noun: "speaker", "feng-shaolei"))
    Speakers.given(registered, withdrawn).when(.affiliate(feng, dean))
      .thenRefused(
        saying: "The speaker “feng-shaolei” has withdrawn.",
        hints: .reinstate(noun: "speaker", "feng-shaolei"))
  }
}

struct `A list of words` {
  @Test(arguments: [
    ([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"),
  ])
  func `has commas, and “and” before the last`(items: [String], text: String) {
    #expect(list(items) == text)
  }
}
