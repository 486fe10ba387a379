import EventLog
import People
import Specification
import Testing
import Vocabulary

private let feng: PersonID = "feng"
private let again: PersonID = "feng-2"
private let third: PersonID = "feng-3"
private let sealed = Sealed(base64: "AAAA")

private func registered(_ person: PersonID, _ biography: LocalizedText? = nil) -> SpeakerRegistered {
  SpeakerRegistered(person: person, name: "Feng, Shaolei") { $0.biography = biography }
}

private func erased(_ person: PersonID, _ positions: Int...) -> PeopleEvent {
  .personErased(PersonErased(person: person, positions: positions))
}

private func removed(_ person: PersonID) -> PeopleEvent {
  .contactStated(ContactStated(person: person, contact: nil))
}

struct `Erasing a speaker` {
  /// The name and the affiliations are printed, so they stay.
  @Test func `destroys the address and the biographies`() {
    let told = SpeakerRevised(person: feng) { $0.biography = "Born in 1949." }
    let renamed = SpeakerRevised(person: feng) { $0.name = "Feng, Xiaogang" }
    let given = SpeakerErasure.given(
      registered(feng, "Historian."), ContactStated(person: feng, contact: sealed), told, renamed)
    given.when(.erase(feng)).then(removed(feng), erased(feng, 1, 3))
    SpeakerErasure.given(registered(feng)).when(.erase(feng)).then(erased(feng))
  }

  @Test func `changes nothing the second time, and can destroy keys that came back`() throws {
    let given = SpeakerErasure.given(registered(feng, "Historian."))
    given.when(.eraseAgain(feng)).thenRefused(.unknown(feng))
    let gone = given.and(PersonErased(person: feng, positions: [1]))
    gone.when(.erase(feng)).thenNothing()
    #expect(try SpeakerErasure.decide(.eraseAgain(feng), in: gone.state()) == [erased(feng)])
  }

  @Test func `destroys what was registered under other short names too`() {
    let given = SpeakerErasure.given(
      registered(feng), registered(again, "Historian."), ContactStated(person: again, contact: sealed),
      registered(third, "Dean."), PersonsMerged(third, into: again), PersonsMerged(again, into: feng))
    given.when(.erase(feng)).then(erased(feng), removed(again), erased(again, 2), erased(third, 4))
    given.and(PersonErased(person: feng, positions: [])).when(.erase(feng))
      .then(removed(again), erased(again, 2), erased(third, 4))
  }

  @Test func `is refused under a short name that leads to another`() {
    let given = SpeakerErasure.given(registered(feng), registered(again), PersonsMerged(again, into: feng))
    given.when(.erase(again)).thenRefused(.merged(again, into: feng))
    given.and(PersonsSeparated(again, from: feng)).when(.erase(again)).then(erased(again))
    given.and(PersonsSeparated(again, from: feng)).when(.erase(feng)).then(erased(feng))
    SpeakerErasure.given().when(.erase(feng)).thenRefused(.unknown(feng))
  }
}
