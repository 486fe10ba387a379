/// One capability: what it rests on, what it allows, what follows.
///
/// `decide` sees only its arguments: time, identity and chance arrive in the command. Nothing to do
/// means no events. `evolve` never refuses.
package protocol Decider {
  /// Encodable, because what was asked is what a command id stands for.
  associatedtype Command: Codable & Sendable
  associatedtype State: Sendable
  associatedtype Event: EventFamily
  associatedtype Refusal: Error & CustomStringConvertible

  static var initial: State { get }

  /// The events that the decision rests on, as far as `state` tells: asked first with the initial
  /// state, then with what was read, until it asks for nothing more.
  static func boundary(of command: Command, in state: State) -> Query

  /// - Throws: `UnreadableEvent` only.
  static func evolve(_ state: inout State, _ event: RecordedEvent) throws

  static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event]

  /// What whoever gave the command should know of what follows from it, though it is not refused.
  static func warnings(on events: [Event], in state: State) -> [String]
}

extension Decider {
  /// What was asked for and what the state that was read with it asks for besides; nil if that is nothing.
  ///
  /// What turns out not to matter is asked for nevertheless: a boundary that only grows settles, and one
  /// that shrinks by what it reads may never.
  package static func widened(_ query: Query, for command: Command, in state: State) -> Query? {
    let wider = query.union(boundary(of: command, in: state))
    return wider.items.count == query.items.count ? nil : wider
  }

  package static func warnings(on events: [Event], in state: State) -> [String] { [] }
}
