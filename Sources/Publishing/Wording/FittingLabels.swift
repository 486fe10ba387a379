extension Labels {
  /// What a document says about content that does not fit. Templates replace `%` with numbers.
  static let forFitting: [String: Wording] = [
    "continued": Wording("continued"),
    "glanceNote": Wording(
      "A block: sessions in a room that follow each other, their number, and the page of the first."
    ),
    "indexOfTracks": Wording("Index of tracks"),
    "joinedSessions": Wording("Sessions joined by track and room: %. See the booklet."),
    "leftOutBiographies": Wording("Biographies left out: %."),
    "leftOutDescriptions": Wording("Descriptions left out: %."),
    "leftOutLanguages": Wording("Sessions printed in one language only: %."),
    "leftOutLinks": Wording("Sessions with fewer links than they have: %."),
    "leftOutPeople": Wording("Sessions printed without their people: %."),
    "otherSessions": Wording("Other sessions"),
    "pageNumber": Wording("p.\u{a0}%"),
    "sessionCount": Wording("% sessions"),
    "shortenedDescriptions": Wording("Descriptions shortened to fit: %."),
  ]
}
