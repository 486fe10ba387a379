import People
import ReadModels
import Scheduling
package import Vocabulary

/// Names for the podium; see `place-cards.typ`.
package struct PlaceCardsDocument: PrintedInParts {
  package static let template = "place-cards"
  package let frame: Frame
  package let body: Body

  package struct Body: Encodable, Sendable, Equatable {
    package let cards: [Card]
  }

  package struct Card: Encodable, Sendable, Equatable {
    package let person: PersonID
    package let names: [PrintedName]
    @Nullable package var affiliation: LocalizedText?
  }

  package var parts: [PrintedPart] {
    body.cards.map { card in
      PrintedPart(
        key: Self.key(card.person), title: LocalizedText([card.names[0].lang: card.names[0].text]),
        content: card)
    }
  }

  package func keeping(_ keys: Set<String>) -> Self {
    Self(frame: frame, body: Body(cards: body.cards.filter { keys.contains(Self.key($0.person)) }))
  }

  private static func key(_ person: PersonID) -> String { "place-card \(person)" }
}

extension ProgramPublication {
  /// One for everybody who has a part in a session, or presents something in it, in the order of an index; or, with
  /// `settings.only`, for those of one `session` in the order in which it names them.
  package func placeCards() -> PlaceCardsDocument {
    let rows: [PersonRow]
    if let only = edition.settings.only?["session"] {
      rows = (edition.program.sessions[only]?.people ?? []).compactMap { edition.program.people[$0.slug] }
    } else {
      let seated = Set(
        edition.sessions.filter { $0.standing == .scheduled && !$0.particulars.kind.isService }
          .flatMap(\.people))
      rows = edition.people.filter { seated.contains($0.person) }
    }
    return PlaceCardsDocument(
      frame: edition.frame(PlaceCardsDocument.template),
      body: PlaceCardsDocument.Body(
        cards: rows.map { row in
          PlaceCardsDocument.Card(
            person: row.person, names: row.name.forms(edition.languages),
            affiliation: row.affiliations.first.map { edition.text($0.affiliation.asPrinted) })
        }))
  }
}
