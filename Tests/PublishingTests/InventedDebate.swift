import Specification
import Vocabulary

@testable import Publishing
@testable import Record
@testable import Scheduling

extension Story {
  /// An entry of the record, with its text in English unless it says otherwise.
  mutating func enter(
    _ id: RecordID, as kind: EntryKind = .statement, in session: SessionID = "session-1",
    _ text: LocalizedText,
    by attribution: Attribution = .nobody, _ build: (inout EntryDetails) -> Void = { _ in }
  ) {
    entry(kind, id, in: session, attribution, text) { details in
      build(&details)
      if kind == .statement { details.form = details.form ?? .summary }
    }
  }
}

/// A sentence of an invented debate, with who said it and how.
struct Passage {
  let name: String
  let text: String
  let attribution: Attribution
  var acts: [String] = []
  var addressees: [LocalizedText] = []
  var spoken: Language? = nil

  var id: RecordID { try! RecordID("e-" + name) }

  /// Fifteen sentences with the kinds of attribution that a report of a session needs, in the same order as in a real
  /// one; the sentences are invented.
  static let all: [Passage] = {
    func by(
      _ mode: Attribution.Mode, _ persons: [PersonID] = [], of: LocalizedText? = nil,
      group: Attribution.GroupBasis? = nil, quantifier: Attribution.Quantifier? = nil,
      basis: Attribution.Basis = .stated, _ printed: LocalizedText?
    ) -> Attribution {
      try! Attribution(
        mode, persons: persons, of: of, groupBasis: group, quantifier: quantifier, basis: basis,
        asPrinted: printed)
    }
    return [
      Passage(
        name: "p2", text: "noted that the harbour had doubled its traffic.",
        attribution: by(.joint, ["feng-shaolei", "sergey-karaganov"], basis: .carriedOver, "They"),
        acts: ["noted"]),
      Passage(
        name: "p3", text: "believes that pilots decide; he stressed training.",
        attribution: by(.named, ["zhang-deguang"], "Zhang Deguang"),
        acts: ["believed", "noted", "emphasised"],
        addressees: ["the press", "both ports"]),
      Passage(
        name: "p4", text: "asked for a common tariff.",
        attribution: by(.named, ["sergey-karaganov"], "Sergey Karaganov"), acts: ["called-for"],
        addressees: ["both ports"], spoken: "ru"),
      Passage(
        name: "p5", text: "laid open the delays of the dredging.",
        attribution: by(.collective, of: "experts", "The experts"), acts: ["exposed"]),
      Passage(
        name: "p6a", text: "The quay, [[by:according to those present]], should be longer.",
        attribution: by(.collective, of: "those present", "according to those present"), acts: ["called-for"]),
      Passage(
        name: "p6b", text: "Cranes were idle for half of the year; [[org:harbour-board]] had ordered none.",
        attribution: by(
          .collective, of: "those present", basis: .carriedOver, "those present"), acts: ["claimed"]),
      Passage(
        name: "p7a", text: "urged the northern port to open its books.",
        attribution: by(.group, of: "southern delegates", group: .delegation, "The southern delegates"),
        acts: ["urged"], addressees: ["the northern port"]),
      Passage(
        name: "p7b", text: "Trust, [[by:they believe]], comes from figures.",
        attribution: by(
          .group, of: "southern delegates", group: .delegation, basis: .inferred, "they believe"),
        acts: ["believed"]),
      Passage(name: "p7c", text: "Some worry was caused by the strike.", attribution: .nobody),
      Passage(
        name: "p8a", text: "Much attention was paid to [[subject:ice|the ice of the winter]].",
        attribution: .nobody),
      Passage(
        name: "p8b", text: "gave the canal little chance.",
        attribution: by(.quantified, of: "speakers", quantifier: .most, "Most speakers"), acts: ["called"]),
      Passage(
        name: "p8c", text: "doubted it most of all.",
        attribution: by(.group, of: "western experts", group: .nationality, "The western experts"),
        acts: ["doubted"]),
      Passage(
        name: "p8d", text: "The bridge, [[by:by all accounts]], will be built.",
        attribution: by(.quantified, of: "accounts", quantifier: .all, "by all accounts"), acts: ["agreed"]),
      Passage(
        name: "p9a", text: "asked for schools of navigation.",
        attribution: by(.collective, of: "members of the debate", "The members of the debate"),
        acts: ["called-for"], addressees: ["the ministries", "the universities"]),
      Passage(
        name: "p9b", text: "A school, [[by:these suppose]], is cheaper than a wreck.",
        attribution: by(
          .collective, of: "members of the debate", basis: .inferred, "these suppose"), acts: ["supposed"]),
    ]
  }()

  /// The debate as it was recorded.
  static var debate: Story {
    var story = Story.shanghai
    for passage in all {
      story.enter(passage.id, localized(passage.text), by: passage.attribution) { details in
        details.acts = passage.acts.map { try! SpeechAct($0) }
        details.addressees = passage.addressees
        details.spoken = passage.spoken
      }
    }
    return story
  }
}
