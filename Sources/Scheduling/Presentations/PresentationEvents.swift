package import EventLog
package import Vocabulary

/// A presentation in a session, for example a talk or a paper.
package struct Presentation: Hashable, Sendable, Codable {
  package var presentation: PresentationID
  package var title: LocalizedText
  package var abstract: LocalizedText?
  /// The presenters, in the order of printing, without duplicates.
  package var people: [PersonID]
  /// Nil: an equal share of the session's remaining time.
  package var minutes: Int?
  package var language: Language?
  /// Nil: it begins when the previous presentation ends.
  package var start: ZonedTime?
  package var links: [Link]?

  package init(
    _ presentation: PresentationID, title: LocalizedText, abstract: LocalizedText? = nil,
    people: [PersonID] = [], minutes: Int? = nil, language: Language? = nil,
    start: ZonedTime? = nil, links: [Link]? = nil
  ) {
    self.presentation = presentation
    self.title = title
    self.abstract = abstract
    self.people = people.eachOnce
    self.minutes = minutes
    self.language = language
    self.start = start
    self.links = links
  }
}

extension Presentation {
  package struct Changes: DetailChanges {
    package var title: LocalizedText?
    package var abstract: LocalizedText?
    package var people: [PersonID]?
    package var minutes: Int?
    package var language: Language?
    package var start: ZonedTime?
    package var links: [Link]?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case title, abstract, people, minutes, language, start, links

    package var access: FieldAccess<Presentation, Changes> {
      switch self {
      case .title: .required(\.title, \.title, combine: mergingLanguages)
      case .abstract: .optional(\.abstract, \.abstract, combine: mergingLanguages)
      case .people: .required(\.people, \.people) { $1.eachOnce }
      case .minutes: .optional(\.minutes, \.minutes)
      case .language: .optional(\.language, \.language)
      case .start: .optional(\.start, \.start)
      case .links: .optional(\.links, \.links)
      }
    }
  }
}

extension [PersonID] {
  /// The same people in the same order, without repetitions.
  var eachOnce: [PersonID] {
    var seen: Set<PersonID> = []
    return filter { seen.insert($0).inserted }
  }
}

/// A presentation was added to a session, after the others.
package struct PresentationAdded: EventBody {
  package static let type = "PresentationAdded"
  package var session: SessionID
  package var presentation: Presentation
  package var tags: [Tag] {
    [session.tag, presentation.presentation.tag] + presentation.people.map(\.tag)
  }

  package init(session: SessionID, presentation: Presentation) {
    self.session = session
    self.presentation = presentation
  }
}

/// A presentation was revised. `presentation` is all of it, as it is now.
package struct PresentationRevised: EventBody {
  package static let type = "PresentationRevised"
  package var session: SessionID
  package var presentation: Presentation
  /// The presenters before the revision.
  package var formerPeople: [PersonID]
  package var tags: [Tag] {
    [session.tag, presentation.presentation.tag]
      + (presentation.people + formerPeople.filter { !presentation.people.contains($0) }).map(\.tag)
  }

  package init(session: SessionID, presentation: Presentation, formerPeople: [PersonID]) {
    self.session = session
    self.presentation = presentation
    self.formerPeople = formerPeople
  }
}

/// The presentations of a session were put into this order.
package struct PresentationsOrdered: EventBody {
  package static let type = "PresentationsOrdered"
  package var session: SessionID
  package var order: [PresentationID]
  package var tags: [Tag] { [session.tag] + order.map(\.tag) }

  package init(session: SessionID, order: [PresentationID]) {
    self.session = session
    self.order = order
  }
}

/// A presentation was withdrawn; its session takes place without it.
package struct PresentationWithdrawn: EventBody {
  package static let type = "PresentationWithdrawn"
  package var session: SessionID
  package var presentation: PresentationID
  package var people: [PersonID]
  package var tags: [Tag] { [session.tag, presentation.tag] + people.map(\.tag) }

  package init(session: SessionID, presentation: PresentationID, people: [PersonID]) {
    self.session = session
    self.presentation = presentation
    self.people = people
  }
}

extension [Presentation] {
  /// Sorts by `order`. Presentations that it does not name come last and keep their order.
  package mutating func order(by order: [PresentationID]) {
    let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
    self = enumerated().sorted { a, b in
      (places[a.element.presentation] ?? order.count, a.offset)
        < (places[b.element.presentation] ?? order.count, b.offset)
    }.map(\.element)
  }
}
