/// One capability: which events it depends on, which commands it allows, and which events follow.
///
/// `decide` sees only its arguments: time, identities and random values arrive in the command. If
/// there is nothing to do, it returns no events. `evolve` never refuses.
package protocol Decider {
  /// The name under which the log's receipts know the decider's commands. It never changes: the same command,
  /// sent again after an upgrade, must still be known.
  static var name: String { get }

  /// What was asked, and what the decision needs besides.
  ///
  /// Its encoded form is what a command id stands for: it holds what was asked, as it was given, and nothing
  /// that was looked up.
  associatedtype Command: Encodable & Sendable
  associatedtype State: Sendable
  associatedtype Event: EventFamily
  associatedtype Refusal: DomainRefusal

  static var initial: State { get }

  /// The events that the decision depends on, as far as `state` shows.
  ///
  /// Called with the initial state first, then with the state read so far, until the query stops growing.
  static func boundary(of command: Command, in state: State) -> Query

  /// - Throws: `UnreadableEvent` only.
  static func evolve(_ state: inout State, _ event: RecordedEvent) throws

  static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event]

  /// Consequences of an accepted command that the organizer should know about.
  static func warnings(on events: [Event], in state: State) -> [HintedText]
}

extension Decider {
  /// The query extended by the boundary that `state` now asks for; nil if nothing is added.
  ///
  /// Items that turn out not to matter stay in the query. A boundary that only grows reaches an end;
  /// one that also shrinks may never.
  package static func widened(_ query: Query, for command: Command, in state: State) -> Query? {
    let wider = query.union(boundary(of: command, in: state))
    return wider.items.count == query.items.count ? nil : wider
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] { [] }
}
