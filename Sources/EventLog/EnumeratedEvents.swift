/// A family of events that lists its kinds: one case, one kind and one form for each type of event.
///
/// Switches over `Kind` are exhaustive, so that a new event does not compile until every place that
/// sorts events into classes has sorted it.
package protocol EnumeratedEvents: EventFamily {
  /// The cases of the family without their bodies.
  associatedtype Kind: CaseIterable & Sendable

  static func form(of kind: Kind) -> EventForm<Self>
  /// The forms by the type that is stored: a constant, made by `makeForms()`.
  static var forms: [String: EventForm<Self>] { get }
}

/// The type that one kind of event is stored under, and how a stored one is read.
package struct EventForm<Family: Sendable>: Sendable {
  package let type: String
  /// The version that is written; it reads all versions up to it.
  package let version: Int
  fileprivate let read: @Sendable (RecordedEvent) throws -> Family
  fileprivate let with: @Sendable (any EventBody) -> Family?

  package init<Body: EventBody>(_ make: @escaping @Sendable (Body) -> Family) {
    type = Body.type
    version = Body.version
    read = { event in make(try event.decoded()) }
    with = { ($0 as? Body).map(make) }
  }
}

extension EnumeratedEvents {
  package init?(_ event: RecordedEvent) throws {
    guard let form = Self.forms[event.type] else { return nil }
    self = try form.read(event)
  }

  /// The event with this body; nil for one of another family.
  package init?(_ body: any EventBody) {
    guard let event = Self.forms[type(of: body).type]?.with(body) else { return nil }
    self = event
  }

  /// - Precondition: no two kinds are stored under one type.
  package static func makeForms() -> [String: EventForm<Self>] {
    Dictionary(uniqueKeysWithValues: Kind.allCases.map(form).map { ($0.type, $0) })
  }
}
