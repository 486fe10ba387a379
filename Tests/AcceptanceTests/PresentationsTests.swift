import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `Presentations` {
  @Test func `are added, revised, ordered and withdrawn, and get their times in the session`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "panel", "--title", "Panel", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end",
      "10:00")
    for person in ["ada", "bea"] {
      try await plenary.done(
        "speaker", "register", person, "--name", "\(person.capitalized)son, \(person.capitalized)")
    }
    try await plenary(
      "presentation", "add", "mars", "panel", "--title", "Water on Mars", "--title", "de=Wasser",
      "--abstract", "Of water.", "--presenter", "ada", "--presenter", "bea", "--minutes", "20", "--language",
      "de", "--start", "2016-06-01 09:10", "--link", "slides=https://example.org/m", "--json"
    ).appended(
      #"PresentationAdded {"presentation":{"abstract":{"en":"Of water."},"language":"de","links":[{"kind":"slides","url":"https://example.org/m"}],"minutes":20,"people":["ada","bea"],"presentation":"mars","start":"2016-06-01T09:10+02:00[Europe/Berlin]","title":{"de":"Wasser","en":"Water on Mars"}},"session":"panel"}"#
    )
    try await plenary(
      "presentation", "add", "moon", "panel", "--title", "Dust on the Moon", "--presenter", "bea",
      "--minutes", "15", "--json"
    ).appended(
      #"PresentationAdded {"presentation":{"minutes":15,"people":["bea"],"presentation":"moon","title":{"en":"Dust on the Moon"}},"session":"panel"}"#
    )
    try await plenary(
      "presentation", "revise", "mars", "--title", "Ice on Mars", "--abstract", "Of ice.", "--presenter",
      "bea", "--minutes", "25", "--language", "en", "--start", "2016-06-01 09:20", "--link",
      "https://example.org/i", "--json"
    ).appended(
      #"PresentationRevised {"formerPeople":["ada","bea"],"presentation":{"abstract":{"en":"Of ice."},"language":"en","links":[{"kind":"related","url":"https://example.org/i"}],"minutes":25,"people":["bea"],"presentation":"mars","start":"2016-06-01T09:20+02:00[Europe/Berlin]","title":{"de":"Wasser","en":"Ice on Mars"}},"session":"panel"}"#
    )
    try await plenary(
      "presentation", "revise", "mars", "--clear", "abstract", "--clear", "minutes", "--clear", "language",
      "--clear", "start", "--clear", "links", "--json"
    ).appended(
      #"PresentationRevised {"formerPeople":["bea"],"presentation":{"people":["bea"],"presentation":"mars","title":{"de":"Wasser","en":"Ice on Mars"}},"session":"panel"}"#
    )
    try await plenary("presentation", "order", "panel", "moon", "mars", "--json").appended(
      #"PresentationsOrdered {"order":["moon","mars"],"session":"panel"}"#)

    try await plenary("presentation", "list").says(
      /moon +panel +2016-06-01 09:00–09:15 +aula +Bea Beason +Dust/, /mars +panel +2016-06-01 09:15–10:00/)
    try await plenary.done(
      "session", "schedule", "other", "--title", "Other", "--room", "aula", "--start", "2016-06-01 11:00",
      "--end", "12:00")
    try await plenary.done("presentation", "add", "sun", "other", "--title", "Sun")
    try await plenary("presentation", "withdraw", "moon", "--json").appended(
      #"PresentationWithdrawn {"people":["bea"],"presentation":"moon","session":"panel"}"#)
    let ofPanel = try await plenary.done("presentation", "list", "--session", "panel").output
    #expect(ofPanel.contains("Ice on Mars") && !ofPanel.contains("Sun") && !ofPanel.contains("Dust"))
    try await plenary("presentation", "list", "--at", "6").says(
      /mars +panel +2016-06-01 09:10–09:30 +aula +Ada Adason, Bea Beason +Water on Mars/)
    try await plenary.done("projections", "verify")
  }
}
