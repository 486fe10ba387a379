import EventLog
import Specification
import Testing
import Vocabulary

import struct EventLog.Tag  // and not Testing.Tag

private struct Noted: EventBody {
  static let type = "Noted"
  var tags: [Tag] { [.conference] }
}

struct `Setting an event aside` {
  private let stuck = SettingAside.Command(.setAside, position: 1, type: "Noted", stopped: ["program"])
  private let harmless = SettingAside.Command(.setAside, position: 1, type: "Noted")
  private let back = SettingAside.Command(.reinstate, position: 1, type: "Noted")

  @Test func `is for one that cannot be read or applied, and once`() {
    SettingAside.given(Noted()).when(stuck).then(.setAside(EventSetAside(position: 1)))
    SettingAside.given(Noted()).when(harmless).thenRefused(.stopsNothing(position: 1, type: "Noted"))
    // Once it is set aside, it stops nothing any more.
    SettingAside.given(Noted(), EventSetAside(position: 1)).when(harmless).thenNothing()
  }

  @Test func `can be taken back, and done again`() {
    let aside = SettingAside.given(Noted(), EventSetAside(position: 1))
    aside.when(back).then(.reinstated(EventReinstated(position: 1)))
    SettingAside.given(Noted()).when(back).thenNothing()
    let again = aside.and(EventReinstated(position: 1))
    again.when(back).thenNothing()
    again.when(stuck).then(.setAside(EventSetAside(position: 1)))
  }

  @Test func `is not done to the events that do it`() {
    func aside(_ position: Int, _ type: String) -> SettingAside.Command {
      SettingAside.Command(.setAside, position: position, type: type, stopped: ["log"])
    }
    let given = SettingAside.given(Noted(), EventSetAside(position: 1), EventReinstated(position: 1))
    given.when(aside(2, EventSetAside.type))
      .thenRefused(.isAboutAnother(position: 2, type: EventSetAside.type, of: 1))
    given.when(aside(3, EventReinstated.type))
      .thenRefused(.isAboutAnother(position: 3, type: EventReinstated.type, of: 1))
  }
}

struct `Events that are set aside` {
  /// Event 2 is set aside by event 4, brought back by event 6, and set aside by event 8.
  private let aside = SetAside(
    SettingAside.given(
      Noted(), Noted(), Noted(), EventSetAside(position: 2), Noted(), EventReinstated(position: 2), Noted(),
      EventSetAside(position: 2), EventSetAside(position: 9), EventSetAside(position: 12)
    ).events)

  @Test func `are so from a position of the log to another`() {
    #expect((1...10).map { aside.by(2, asOf: $0) } == [nil, nil, nil, 4, 4, nil, nil, 8, 8, 8])
    #expect(aside.by(2) == 8)
    // Itself, and what comes later, nothing can set aside.
    #expect([1, 3, 9, 12].map { aside.by($0) } == [nil, nil, nil, nil])
  }

  /// `log.events_set_aside` has the same rule, and the same test.
  @Test func `are named in one form only, and by no event that is set aside itself`() {
    let given = SettingAside.given(
      Noted(), EventSetAside(position: 1), EventSetAside(position: 2), Noted(), EventSetAside(position: 4)
    ).events
    #expect(SetAside(given).by(1) == 2 && SetAside(given).by(2) == nil && SetAside(given).by(4) == 5)
    for change: (inout RecordedEvent) -> Void in [
      { $0.body = #"{"position":"4"}"# }, { $0.body = #"{"position": 4}"# },
      { $0.body = #"{"position":4.0}"# },
      { $0.body = #"{"position":4,"position":4}"# }, { $0.body = #"{"position":+4}"# },
      { $0.version = 2 }, { $0.tags = [] }, { $0.type = "Noted" },
    ] {
      var events = given
      change(&events[4])
      #expect(SetAside(events).by(4) == nil, "\(events[4])")
    }
  }

  @Test func `are left out from then on, and before that only where they cannot be applied`() {
    #expect(
      (2...8).map { aside.treatment(of: 2, asOf: $0) }
        == [
          .appliedIfPossible, .appliedIfPossible, .leftOut, .leftOut, .appliedIfPossible, .appliedIfPossible,
          .leftOut,
        ])
    #expect(aside.treatment(of: 3, asOf: 3) == .applied)
  }

  @Test func `make a read model that had applied them outdated`() {
    #expect(aside.changesEvents(upTo: 3, before: 4))
    #expect(aside.changesEvents(upTo: 5, before: 6))
    #expect(!aside.changesEvents(upTo: 1, before: 10), "It had not come to the event.")
    #expect(!aside.changesEvents(upTo: 4, before: 5))
    #expect(!aside.changesEvents(upTo: 8, before: 10))
  }
}
