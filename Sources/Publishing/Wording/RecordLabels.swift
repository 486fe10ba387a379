/// The fixed texts of the record's front and of how sessions were held.
extension Labels {
  static let forRecord: [String: Wording] = [
    "announced": Wording("Announced for"),
    "announcedChair": Wording("Chair, as announced"),
    "asHeld": Wording("As held"),
    "identifier": Wording("Identifier"),
    "imprint": Wording("Imprint"),
    "licence": Wording("Licence"),
    "noIdentifier": Wording("none"),
    "notHeld": Wording("not recorded as held"),
    "notStated": Wording("not stated"),
    "place": Wording("Place"),
    "presentNumber": Wording("Present", "how many"),
    "presiding": Wording("Presiding"),
    "programAsHeld": Wording("Program as held"),
    "publisher": Wording("Publisher"),
    "series": Wording("Series"),
    "summary": Wording("Summary"),
  ]

  static let quorum = Wording("quorum %")
  static let heldFrom = Wording("from %")
  static let heldUntil = Wording("until %")
  /// The number of a conference in its series.
  static let seriesNumber = Wording("No. %")
}
