package import EventLog
import JSON
import Scheduling
package import Vocabulary

/// What the published record says about itself was stated, or changed. Fields that are nil stayed.
package struct FrontMatterRevised: EventBody {
  package static let type = "FrontMatterRevised"
  package static let version = 2
  package static let upcasts: [Int: Upcast] = [
    // Version 1 had another word for the summary.
    1: { old in
      let renamed = ["standfirst": "summary", "standfirstFrom": "summaryFrom"]
      var body = old
      for (former, name) in renamed where body[former] != nil {
        body[name] = body[former]
        body[former] = nil
      }
      if let cleared = body["cleared"]?.elements {
        body["cleared"] = .array(
          cleared.map { field in
            guard case .string(let name) = field else { return field }
            return .string(renamed[name] ?? name)
          })
      }
      return body
    }
  ]
  package var changes: FrontMatterDetails.Changes
  package var tags: [Tag] { [.frontMatter] + (changes.summaryFrom ?? []).map(\.tag) }

  package init(changes: FrontMatterDetails.Changes) { self.changes = changes }

  package init(_ build: (inout FrontMatterDetails.Changes) -> Void = { _ in }) {
    changes = FrontMatterDetails.Changes(build)
  }

  package init(from decoder: any Decoder) throws { changes = try FrontMatterDetails.Changes(from: decoder) }

  package func encode(to encoder: any Encoder) throws { try changes.encode(to: encoder) }
}

/// The front of the record: titles, summary, imprint and notes.
package enum FrontMatter: Decider {
  package static let name = "FrontMatter"

  package struct State: Sendable, Equatable {
    var isOpen = false
    package var details = FrontMatterDetails()
    var record = RecordState()
  }

  package enum Command: Codable, Sendable {
    case describe(FrontMatterDetails.Changes)
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    case twoSummaries
    case summaryTwice(RecordID)
    case unknownEntry(RecordID)
    case retracted(RecordID)
    case expunged(RecordID)
    case noneAndMore

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .twoSummaries:
        .says(
          "The record has one summary: words of its own, or the words of its entries. Remove the other first.",
          .describeRecord)
      case .summaryTwice(let entry): .says("The summary names “\(entry)” twice.")
      case .unknownEntry(let entry):
        .says("There is no entry “\(entry)” in the record.", .list(RecordEntity.self))
      case .retracted(let entry):
        .says("“\(entry)” was retracted, so the summary cannot have its words.", .list(RecordEntity.self))
      case .expunged(let entry):
        .says(
          "The words of “\(entry)” were expunged, so the summary cannot have them.", .list(RecordEntity.self))
      case .noneAndMore: .says("A publication without an identifier cannot have others.")
      }
    }
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    switch command {
    case .describe(let wanted):
      Query(
        [
          Query.Item(types: [ConferenceOpened.type], tags: [.conference]), Query.Item(tags: [.frontMatter]),
        ] + (wanted.summaryFrom ?? []).map { Query.Item(tags: [$0.tag]) })
    }
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.isOpen else { throw .notOpen }
    switch command {
    case .describe(let wanted):
      let changes = wanted.differing(from: state.details)
      if changes.isEmpty { return [] }
      try check(changes, state)
      return [.frontMatterRevised(FrontMatterRevised(changes: changes))]
    }
  }

  private static func check(_ changes: FrontMatterDetails.Changes, _ state: State) throws(Refusal) {
    var details = state.details
    changes.apply(to: &details)
    if details.summary != nil, details.summaryFrom != nil { throw .twoSummaries }
    var seen: Set<RecordID> = []
    for entry in changes.summaryFrom ?? [] {
      guard seen.insert(entry).inserted else { throw .summaryTwice(entry) }
      guard let known = state.record.entries[entry] else { throw .unknownEntry(entry) }
      if known.isExpunged { throw .expunged(entry) }
      if known.isRetracted { throw .retracted(entry) }
    }
    if let identifiers = changes.identifiers, identifiers.contains(.absent), identifiers.count > 1 {
      throw .noneAndMore
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    if event.type == ConferenceOpened.type { state.isOpen = true }
    try state.record.evolve(event)
    if case .frontMatterRevised(let body) = try RecordEvent(event) { body.changes.apply(to: &state.details) }
  }
}
