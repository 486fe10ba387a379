import Vocabulary

extension Labels {
  /// Labels only for documents about people.
  static let forPeople: [String: Wording] = [
    "actual": Wording("Actual"),
    "afterwards": Wording("Next in this room"),
    "andMore": Wording("and % more"),
    "arrived": Wording("Arrived"),
    "attendee": Wording("Registration"),
    "badges": Wording("Badges"),
    "before": Wording("Before in this room"),
    "category": Wording("Category"),
    "chairSheet": Wording("Session sheet"),
    "checkIn": Wording("Check-in list"),
    "conferenceDays": Wording("The days of the conference"),
    "email": Wording("E-mail"),
    "expected": Wording("Expected"),
    "forStaff": Wording("For the registration desk only; not to be left lying open."),
    "interpretation": Wording("Interpretation into"),
    "itinerary": Wording("Itinerary"),
    "nobodyToBadge": Wording("There is no badge to print."),
    "nobodyToSeat": Wording("There is no place card to print."),
    "note": Wording("Note"),
    "nothingForPerson": Wording("Nothing in the program is assigned to this person."),
    "nothingToChair": Wording("There is no session to chair."),
    "overrun": Wording("The presentations need % minutes more than the session has."),
    "peopleOfSession": Wording("People"),
    "placeCards": Wording("Place cards"),
    "positionHeld": Wording("Position"),
    "presence": Wording("Presence"),
    "recording": Wording("Recording"),
    "runningOrder": Wording("Running order"),
    "sessions": Wording("Sessions"),
    "signedUp": Wording("Signed up"),
    "tick": Wording("Here"),
    "travel": Wording("% min to get there"),
    "travelTight": Wording("% min to get there, but the break is shorter"),
    "yourSessions": Wording("Your sessions"),
    "badgeCode": Wording("Badge code"),
  ]

  /// The heading for attendees without an organisation.
  static let withoutOrganisation = Wording("Without an organisation")

  /// One slot of a session with several.
  static func slot(_ index: Int, of count: Int) -> Wording {
    Wording("Part {index} of {count}", values: ["index": "\(index)", "count": "\(count)"])
  }

  /// The category in the singular, for a badge; nil for a category that Plenary does not know.
  static func oneOf(category: String) -> Wording? {
    switch category.lowercased() {
    case "speaker": Wording("Speaker", "category")
    case "delegate": Wording("Delegate")
    case "participant": Wording("Participant")
    case "guest": Wording("Guest")
    case "observer": Wording("Observer")
    case "press": Wording("Press")
    case "staff": Wording("Staff", "one")
    default: nil
    }
  }

  /// The meaning of a category, for the back of a badge.
  static func meaning(ofCategory category: String) -> Wording? {
    switch category.lowercased() {
    case "speaker": Wording("has a part in the program")
    case "delegate":
      Wording("sent by an organisation")
    case "participant": Wording("takes part in the conference")
    case "guest": Wording("invited by the organisers")
    case "observer":
      Wording("attends without taking the floor")
    case "press": Wording("reports on the conference")
    case "staff": Wording("works here: ask me")
    default: nil
    }
  }
}
