import Vocabulary

// An event that no program can read, or that a projector cannot apply, would stop a conference for good. It stays in the
// log, hashed and proven like every other, but from then on nobody reads it. See 0006 in this catalogue.

/// An event was set aside: projectors, decisions and exports leave it out. Why and by whom: its reason and its actor.
package struct EventSetAside: EventBody {
  package static let type = "EventSetAside"
  package var position: Int
  package var tags: [Tag] { [.aside] }

  package init(position: Int) { self.position = position }
}

/// An event that was set aside is read again.
package struct EventReinstated: EventBody {
  package static let type = "EventReinstated"
  package var position: Int
  package var tags: [Tag] { [.aside] }

  package init(position: Int) { self.position = position }
}

package enum SettingAsideEvent: EnumeratedEvents {
  case setAside(EventSetAside)
  case reinstated(EventReinstated)

  package enum Kind: CaseIterable { case setAside, reinstated }

  package static let forms = makeForms()

  package static func form(of kind: Kind) -> EventForm<Self> {
    switch kind {
    case .setAside: EventForm(setAside)
    case .reinstated: EventForm(reinstated)
    }
  }

  package var body: any EventBody {
    switch self {
    case .setAside(let body): body
    case .reinstated(let body): body
    }
  }
}

/// Which events of a conference are set aside, at each position of its log.
package struct SetAside: Sendable, Equatable {
  private struct Change: Equatable {
    /// The position of the event that sets aside or reinstates.
    let by: Int
    let isSetAside: Bool
  }

  /// What happened to each event, in order.
  private var changes: [Int: [Change]] = [:]
  /// The positions of the events that set others aside or bring them back. They cannot be set aside themselves.
  private var changing: Set<Int> = []

  package init() {}

  /// - Parameter events: in order; those that set nothing aside and bring nothing back are ignored.
  package init(_ events: some Sequence<RecordedEvent>) {
    for event in events { take(event) }
  }

  private mutating func take(_ event: RecordedEvent) {
    guard let named = Self.named(by: event) else { return }
    changing.insert(event.position)
    guard !changing.contains(named) else { return }
    changes[named, default: []].append(
      Change(by: event.position, isSetAside: event.type == EventSetAside.type))
  }

  /// The earlier event that this one sets aside or brings back; nil if it does neither.
  ///
  /// The rule is that of `log.events_set_aside`: the types in version 1, the tag, and the body written as Plenary writes
  /// it. If only one of the two understood another body, decisions and read models would rest on different events.
  package static func named(by event: RecordedEvent) -> Int? {
    let start = #"{"position":"#
    guard [EventSetAside.type, EventReinstated.type].contains(event.type), event.version == 1,
      event.tags.contains(Tag.aside.text), event.body.hasPrefix(start), event.body.hasSuffix("}")
    else { return nil }
    let digits = event.body.utf8.dropFirst(start.utf8.count).dropLast()
    guard (1...18).contains(digits.count), digits.first != UInt8(ascii: "0"),
      digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
      let named = Int(String(decoding: digits, as: UTF8.self)), named < event.position
    else { return nil }
    return named
  }

  /// The event that set another one aside, as of position `end`; nil if that one is read.
  package func by(_ position: Int, asOf end: Int = .max) -> Int? {
    guard let last = changes[position]?.last(where: { $0.by <= end }), last.isSetAside else { return nil }
    return last.by
  }

  /// How a read model as of some position takes an event.
  package enum Treatment: Sendable {
    case applied
    /// It is set aside later. Where it can be applied, what was made from the read model at this position stays the
    /// same; where it cannot, the read model can be built at this position after all.
    case appliedIfPossible
    case leftOut
  }

  package func treatment(of position: Int, asOf end: Int) -> Treatment {
    guard let changes = changes[position] else { return .applied }
    if by(position, asOf: end) != nil { return .leftOut }
    return changes.contains { $0.by > end && $0.isSetAside } ? .appliedIfPossible : .applied
  }

  /// Whether something changed between two positions for events up to the first of them: then a read model at `start`
  /// does not lead to the one at `end`.
  package func changesEvents(upTo start: Int, before end: Int) -> Bool {
    changes.contains { position, changes in
      position <= start && changes.contains { $0.by > start && $0.by <= end }
    }
  }
}

/// Sets an event aside, or brings it back.
package enum SettingAside: Decider {
  package static let name = "SettingAside"
  package typealias Event = SettingAsideEvent

  package struct State: Sendable {
    var aside: [RecordedEvent] = []
  }

  package enum Action: String, Encodable, Sendable { case setAside, reinstate }

  package struct Command: Encodable, Sendable {
    /// The others are looked up in the log up to the position, which never changes.
    private enum CodingKeys: CodingKey { case action, position }

    package var action: Action
    package var position: Int
    package var type: String
    /// What cannot read or apply the event. Only such an event is set aside; any other is undone.
    package var stopped: [String]

    package init(_ action: Action, position: Int, type: String, stopped: [String] = []) {
      self.action = action
      self.position = position
      self.type = type
      self.stopped = stopped
    }
  }

  package enum Refusal: DomainRefusal {
    case stopsNothing(position: Int, type: String)
    /// It sets another one aside, or brings it back.
    case isAboutAnother(position: Int, type: String, of: Int)

    package var texts: [HintedText] {
      switch self {
      case .stopsNothing(let position, let type):
        .says(
          "Event \(position) (\(type)) can be read and applied everywhere, so it is not set aside.",
          .undoEvent(position))
      case .isAboutAnother(let position, EventSetAside.type, let other):
        .says("Event \(position) sets event \(other) aside.", .reinstateEvent(other))
      case .isAboutAnother(let position, _, let other):
        .says("Event \(position) brings event \(other) back.", .setEventAside(other))
      }
    }
  }

  package static let initial = State()

  package static func boundary(of _: Command, in _: State) -> Query { .tagged(.aside) }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) { state.aside.append(event) }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    let isSetAside = SetAside(state.aside).by(command.position) != nil
    switch command.action {
    case .reinstate:
      return isSetAside ? [.reinstated(EventReinstated(position: command.position))] : []
    case .setAside:
      if isSetAside { return [] }
      if let event = state.aside.first(where: { $0.position == command.position }),
        let other = SetAside.named(by: event)
      {
        throw .isAboutAnother(position: command.position, type: event.type, of: other)
      }
      if command.stopped.isEmpty {
        throw .stopsNothing(position: command.position, type: command.type)
      }
      return [.setAside(EventSetAside(position: command.position))]
    }
  }
}

extension SettingAsideEvent {
  /// The event that it is about.
  package var named: Int {
    switch self {
    case .setAside(let body): body.position
    case .reinstated(let body): body.position
    }
  }
}
