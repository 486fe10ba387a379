import EventLog
import JSON
import Specification
import Testing
import Vocabulary

@testable import Record

/// The parts of an attribution: exactly those that its mode needs.
private struct Parts {
  var mode: Attribution.Mode
  var persons: [PersonID] = []
  var of: LocalizedText?
  var groupBasis: Attribution.GroupBasis?
  var quantifier: Attribution.Quantifier?
  var asPrinted: LocalizedText?
  var identity: Sealed?

  init(valid mode: Attribution.Mode) {
    self.mode = mode
    switch mode {
    case .named: persons = ["feng"]
    case .joint: persons = ["feng", "sergey"]
    case .onBehalfOf:
      persons = ["feng"]
      of = "the School"
    case .roleOnly: of = "Chair"
    case .group: of = "Chinese partners"
    case .quantified:
      of = "speakers"
      quantifier = .most
    case .collective: of = "participants"
    case .unidentified, .withheld, .unattributed: break
    }
    if mode != .unattributed { asPrinted = "As printed" }
  }

  func make() throws(InvalidValue) -> Attribution {
    try Attribution(
      mode, persons: persons, of: of, groupBasis: groupBasis, quantifier: quantifier,
      asPrinted: asPrinted, identity: identity)
  }

  func changed(_ change: (inout Parts) -> Void) -> Parts {
    var other = self
    change(&other)
    return other
  }
}

private let modes = Attribution.Mode.allCases

struct `An attribution` {
  @Test(arguments: modes)
  func `is valid with the parts that its mode needs`(mode: Attribution.Mode) throws {
    let attribution = try Parts(valid: mode).make()
    #expect(attribution.mode == mode)
    #expect(attribution.basis == .stated)
    let text = try JSONText.encode(attribution)
    #expect(try JSONText.decode(Attribution.self, from: text) == attribution)
  }

  @Test func `has ten modes`() {
    #expect(
      modes.map(\.rawValue) == [
        "named", "joint", "on-behalf-of", "role-only", "group", "quantified", "collective",
        "unidentified", "withheld", "unattributed",
      ])
  }

  @Test(arguments: modes)
  func `names as many persons as its mode needs`(mode: Attribution.Mode) {
    let valid = Parts(valid: mode)
    let lists: [[PersonID]] = [
      [], ["feng"], ["feng", "sergey"], ["feng", "feng"], ["a", "b", "c"],
    ]
    let taken = lists.filter { persons in
      (try? valid.changed { $0.persons = persons }.make()) != nil
    }
    switch mode {
    case .named, .onBehalfOf: #expect(taken == [["feng"]])
    case .joint: #expect(taken == [["feng", "sergey"], ["a", "b", "c"]])
    case .roleOnly, .group, .quantified, .collective, .unidentified, .withheld, .unattributed:
      #expect(taken == [[]])
    }
  }

  @Test(arguments: modes)
  func `has a body, office or group if its mode needs one`(mode: Attribution.Mode) {
    let without = Parts(valid: mode).changed { $0.of = nil }
    switch mode {
    case .onBehalfOf, .roleOnly, .group, .quantified, .collective:
      #expect(throws: InvalidValue.self) { try without.make() }
    case .named, .joint, .unidentified, .withheld, .unattributed:
      #expect(throws: Never.self) { try without.make() }
    }
  }

  @Test(arguments: modes)
  func `has a quantifier only if quantified`(mode: Attribution.Mode) {
    for quantifier in Attribution.Quantifier.allCases {
      let with = Parts(valid: mode).changed { $0.quantifier = quantifier }
      #expect(((try? with.make()) != nil) == (mode == .quantified))
    }
    let without = Parts(valid: mode).changed { $0.quantifier = nil }
    #expect(((try? without.make()) != nil) == (mode != .quantified))
  }

  @Test(arguments: modes)
  func `has a basis of the group only for a group`(mode: Attribution.Mode) {
    for basis in Attribution.GroupBasis.allCases {
      let with = Parts(valid: mode).changed { $0.groupBasis = basis }
      #expect(((try? with.make()) != nil) == (mode == .group))
    }
  }

  @Test(arguments: modes)
  func `has a printed text unless unattributed`(mode: Attribution.Mode) {
    let with = Parts(valid: mode).changed { $0.asPrinted = "The Chair" }
    #expect(((try? with.make()) != nil) == (mode != .unattributed))
    let without = Parts(valid: mode).changed { $0.asPrinted = nil }
    #expect(((try? without.make()) != nil) == (mode == .unattributed))
  }

  @Test(arguments: modes)
  func `seals an identity only if withheld`(mode: Attribution.Mode) {
    let with = Parts(valid: mode).changed { $0.identity = Sealed(base64: "c2VhbGVk") }
    #expect(((try? with.make()) != nil) == (mode == .withheld))
  }

  private static let broken: [(Parts, String)] = [
    (
      Parts(valid: .named).changed { $0.persons = [] },
      "An attribution of the mode “named” must name exactly one speaker."
    ),
    (
      Parts(valid: .joint).changed { $0.persons = ["feng"] },
      "An attribution of the mode “joint” must name two speakers or more, each once."
    ),
    (
      Parts(valid: .withheld).changed { $0.persons = ["feng"] },
      "An attribution of the mode “withheld” must not name a speaker; remove the speakers, or use the mode "
        + "“named”."
    ),
    (
      Parts(valid: .onBehalfOf).changed { $0.of = nil },
      "An attribution of the mode “on-behalf-of” needs a body, office or group."
    ),
    (
      Parts(valid: .quantified).changed { $0.quantifier = nil },
      "An attribution of the mode “quantified” needs a quantifier, for example “most”."
    ),
    (
      Parts(valid: .collective).changed { $0.quantifier = .all },
      "Only an attribution of the mode “quantified” can have a quantifier."
    ),
    (
      Parts(valid: .named).changed { $0.groupBasis = .side },
      "Only an attribution of the mode “group” can have a basis of the group."
    ),
    (
      Parts(valid: .unattributed).changed { $0.asPrinted = "Somebody" },
      "An attribution of the mode “unattributed” is not printed; remove the printed text."
    ),
    (
      Parts(valid: .roleOnly).changed { $0.asPrinted = nil },
      "An attribution of the mode “role-only” needs a printed text."
    ),
    (
      Parts(valid: .unidentified).changed { $0.identity = Sealed(base64: "c2VhbGVk") },
      "Only an attribution of the mode “withheld” can seal an identity."
    ),
  ]

  @Test func `is refused with the reason`() {
    for (parts, sentence) in Self.broken {
      let error = #expect(throws: InvalidValue.self) { try parts.make() }
      #expect(error?.description == sentence)
    }
  }

  @Test func `does not reveal a withheld person`() throws {
    let key = SealingKey.random()
    let context = WithheldIdentity.context("shanghai-2016", "opening")
    #expect(context == "shanghai-2016/session:opening/withheld")
    let identity = try Sealed(
      WithheldIdentity(person: "karaganov-sergey"), key: key, context: context, commandID: "1")
    let attribution = try Attribution(
      .withheld, asPrinted: "A participant", identity: identity)
    #expect(try !JSONText.encode(attribution).contains("karaganov"))
    #expect(
      identity.open(key: key, context: context) == WithheldIdentity(person: "karaganov-sergey"))
    let elsewhere = WithheldIdentity.context("shanghai-2016", "panel")
    #expect(identity.open(WithheldIdentity.self, key: key, context: elsewhere) == nil)
  }
}
