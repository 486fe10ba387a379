import People
import ReadModels
import Scheduling
package import Vocabulary

/// Names for the podium; see `place-cards.typ`.
package struct PlaceCardsDocument: PiecewiseDocument {
  package static let template = "place-cards"
  package let header: DocumentHeader
  package let body: Body

  package struct Body: Encodable, Sendable, Equatable {
    package let cards: [Card]
  }

  package struct Card: Encodable, Sendable, Equatable {
    package let person: PersonID
    package let names: [PrintedName]
    @Nullable package var affiliation: LocalizedText?
  }

  package var pieces: [PrintedPiece] {
    body.cards.map { card in
      PrintedPiece(
        key: Self.key(card.person), title: LocalizedText([card.names[0].lang: card.names[0].text]),
        content: card)
    }
  }

  package func only(pieces keys: Set<String>) -> Self {
    Self(header: header, body: Body(cards: body.cards.filter { keys.contains(Self.key($0.person)) }))
  }

  private static func key(_ person: PersonID) -> String { "place-card \(person)" }
}

extension ProgramPublication {
  /// One card for everybody with a role in a session or a presentation, in index order. With `settings.only`,
  /// for the people of one `session`, in their order there.
  package func placeCards() -> PlaceCardsDocument {
    let rows: [PersonRow]
    if let only = context.settings.only?["session"] {
      rows = (context.program.sessions[only]?.people ?? []).compactMap { context.program.people[$0.slug] }
    } else {
      let seated = Set(
        context.program.sessions.rows.filter { $0.status == .scheduled && !$0.details.kind.isService }
          .flatMap(\.people))
      rows = context.people.filter { seated.contains($0.person) }
    }
    return PlaceCardsDocument(
      header: context.header(PlaceCardsDocument.template),
      body: PlaceCardsDocument.Body(
        cards: rows.map { row in
          PlaceCardsDocument.Card(
            person: row.person, names: row.name.forms(context.languages),
            affiliation: row.affiliations.first.map { context.text($0.affiliation.asPrinted) })
        }))
  }
}
