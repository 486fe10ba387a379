package import EventLog
package import Vocabulary

/// The print ledger: documents that were printed for handing out.
package enum Prints: Decider {
  package static let name = "Prints"

  package struct State: Sendable, Equatable {
    var conferenceOpen = false
    package var prints: [DocumentPrinted] = []
  }

  /// An earlier print of the same kind; only what is new or changed since then is printed.
  package enum Since: Codable, Sendable, Equatable {
    case print(Int)
    /// The last one in the ledger.
    case last
  }

  /// A document as it was ordered.
  package struct Order: Codable, Sendable, Equatable {
    /// As the command names it: `booklet`, `door-signs`, `badges`.
    package var kind: String
    /// Without `since`.
    package var settings: PrintSettings
    package var since: Since?
    /// From which position; nil: the present one.
    package var position: Int?
    /// As of which time.
    package var time: Timestamp?
    package var copies: Int?
    package var recipient: String?

    package init(
      kind: String, settings: PrintSettings = PrintSettings(), since: Since? = nil, position: Int? = nil,
      time: Timestamp? = nil, copies: Int? = nil, recipient: String? = nil
    ) {
      self.kind = kind
      self.settings = settings
      self.since = since
      self.position = position
      self.time = time
      self.copies = copies
      self.recipient = recipient
    }
  }

  /// The document as it was made.
  package struct Made: Sendable, Equatable {
    /// What it was made from.
    package var position: Int
    /// The earlier print that it was compared with.
    package var since: Int?
    package var hash: String
    package var templates: String

    package init(position: Int, since: Int? = nil, hash: String, templates: String) {
      self.position = position
      self.since = since
      self.hash = hash
      self.templates = templates
    }
  }

  package struct Command: Encodable, Sendable {
    /// What was made of the order is no part of what was asked.
    private enum CodingKeys: CodingKey { case order }

    package var order: Order
    /// Nil: nothing was made yet.
    package var made: Made?

    package init(_ order: Order, _ made: Made? = nil) {
      self.order = order
      self.made = made
    }
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    case emptyLedger
    case noSuchPrint(Int, last: Int)
    case ofOtherKind(Int, String, wanted: String)
    case noneOfKind(String)
    /// It was compared with another print than the one that is meant by now.
    case printedMeanwhile(Int)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .emptyLedger: .says("The print ledger is empty.", .recordPrints(kind: nil))
      case .noSuchPrint(let number, let last):
        .says("There is no print \(number), only 1 to \(last).", .listPrints)
      case .ofOtherKind(let number, let kind, let wanted):
        .says("Print \(number) is of \(kind), not of \(wanted).")
      case .noneOfKind(let kind):
        .says("The print ledger has no print of the kind “\(kind)”.", .recordPrints(kind: kind))
      case .printedMeanwhile(let number):
        .says("Print \(number) was recorded while this was made; print again.")
      }
    }
  }

  package typealias Event = SchedulingEvent

  package static let initial = State()

  /// All of the ledger: which print is the last of its kind, and the next number.
  package static func boundary(of command: Command, in state: State) -> Query {
    .tagged(.conference, .print)
  }

  /// A print of the ledger.
  package static func print(_ number: Int, in prints: [DocumentPrinted]) throws(Refusal) -> DocumentPrinted {
    if let found = prints.first(where: { $0.number == number }) { return found }
    throw prints.isEmpty ? .emptyLedger : .noSuchPrint(number, last: prints.count)
  }

  /// The earlier print that is meant; nil: everything is printed.
  package static func earlier(_ since: Since?, kind: String, in prints: [DocumentPrinted]) throws(Refusal)
    -> DocumentPrinted?
  {
    switch since {
    case nil: return nil
    case .last:
      if let last = prints.last(where: { $0.kind == kind }) { return last }
      throw .noneOfKind(kind)
    case .print(let number):
      let found = try print(number, in: prints)
      if found.kind == kind { return found }
      throw .ofOtherKind(number, found.kind, wanted: kind)
    }
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conferenceOpen else { throw .notOpen }
    let order = command.order
    let earlier = try earlier(order.since, kind: order.kind, in: state.prints)
    guard let made = command.made else { return [] }
    guard made.since == earlier?.number else { throw .printedMeanwhile(earlier?.number ?? 0) }
    var settings = order.settings
    settings.since = earlier?.number
    return [
      .documentPrinted(
        DocumentPrinted(
          number: (state.prints.last?.number ?? 0) + 1, kind: order.kind, position: made.position,
          settings: settings, hash: made.hash, templates: made.templates, copies: order.copies,
          recipient: order.recipient))
    ]
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    guard let event = try SchedulingEvent(event) else { return }
    if case .conferenceOpened = event { state.conferenceOpen = true }
    if case .documentPrinted(let body) = event { state.prints.append(body) }
  }
}
