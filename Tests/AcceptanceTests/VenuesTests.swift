import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `Venues, rooms and tracks` {
  @Test func `have details and travel times`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary(
      "venue", "add", "west", "--name", "West", "--name", "de=Westen", "--address", "1 Road", "--json"
    ).appended(
      #"VenueAdded {"address":{"en":"1 Road"},"name":{"de":"Westen","en":"West"},"venue":"west"}"#)
    try await plenary("venue", "add", "east", "--name", "East", "--json").appended(
      #"VenueAdded {"name":{"en":"East"},"venue":"east"}"#)
    try await plenary(
      "venue", "revise", "west", "--name", "West Campus", "--address", "de=Straße 2", "--json"
    ).appended(
      #"VenueRevised {"address":{"de":"Straße 2","en":"1 Road"},"name":{"de":"Westen","en":"West Campus"},"venue":"west"}"#
    )
    try await plenary("venue", "revise", "west", "--clear", "address", "--json").appended(
      #"VenueRevised {"cleared":["address"],"venue":"west"}"#)
    try await plenary("venue", "travel", "west", "east", "25", "--json").appended(
      #"TravelTimeSet {"minutes":25,"places":["venue:east","venue:west"]}"#)
    try await plenary(
      "room", "add", "annex", "--name", "Annex", "--capacity", "20", "--note", "Second floor", "--venue",
      "west", "--features", "piano", "projector", "--json"
    ).appended(
      #"RoomAdded {"capacity":20,"features":["piano","projector"],"name":{"en":"Annex"},"note":{"en":"Second floor"},"room":"annex","venue":"west"}"#
    )
    try await plenary("venue", "travel", "room:aula", "room:annex", "5", "--json").appended(
      #"TravelTimeSet {"minutes":5,"places":["room:annex","room:aula"]}"#)

    try await plenary("venue", "list").says(
      "west  West Campus", "room:annex – room:aula: 5 minutes", "venue:east – venue:west: 25 minutes")
    try await plenary("venue", "list", "--at", "3").says("west  West   1 Road")
    try await plenary("room", "list").says("annex  20     Annex  west   piano, projector        Second floor")
    try await plenary(
      "room", "revise", "annex", "--clear", "note", "--clear", "capacity", "--venue", "east", "--features",
      "piano", "--json"
    ).appended(
      #"RoomRevised {"cleared":["note","capacity"],"features":["piano"],"formerVenue":"west","room":"annex","venue":"east"}"#
    )
    try await plenary("room", "revise", "annex", "--clear", "features", "--note", "Third floor", "--json")
      .appended(
        #"RoomRevised {"cleared":["features"],"note":{"en":"Third floor"},"room":"annex"}"#)
    try await plenary("venue", "travel", "east", "west", "unknown", "--json").appended(
      #"TravelTimeSet {"places":["venue:east","venue:west"]}"#)
    let venues = try await plenary.done("venue", "list").output
    #expect(!venues.contains("venue:east –") && venues.contains("room:annex – room:aula: 5 minutes"))
    try await plenary("room", "list").says(/annex +Annex +east +Third floor\n/)
    try await plenary.done("projections", "verify")
  }

  @Test func `have opening hours and closures`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "add", "annex", "--name", "Annex")
    try await plenary("room", "hours", "aula", "09:00-12:00", "14:00-18:00", "--json").appended(
      #"RoomHoursSet {"hours":[{"from":540,"until":720},{"from":840,"until":1080}],"room":"aula"}"#)
    try await plenary("room", "hours", "aula", "never", "--day", "2016-06-02", "--json").appended(
      #"RoomHoursSet {"day":"2016-06-02","hours":[],"room":"aula"}"#)
    try await plenary(
      "room", "closure", "aula", "--from", "2016-06-03 12:00", "--until", "14:00", "--note", "Cleaning",
      "--json"
    ).appended(
      #"RoomClosureStated {"from":"2016-06-03T12:00+02:00[Europe/Berlin]","note":{"en":"Cleaning"},"number":1,"room":"aula","until":"2016-06-03T14:00+02:00[Europe/Berlin]"}"#
    )

    try await plenary("room", "list").says(
      "09:00–12:00, 14:00–18:00; 2016-06-02 never; not 2016-06-03 12:00 to 14:00 (1)")
    for (day, start) in [("2016-06-01", "12:30"), ("2016-06-02", "09:30"), ("2016-06-03", "12:30")] {
      let refused = try await plenary(
        "session", "schedule", "x", "--title", "X", "--room", "aula", "--start", "\(day) \(start)", "--end",
        "13:00")
      #expect(refused.code == 1 && refused.error.contains("room-unavailable"), "\(refused)")
    }
    try await plenary("room", "closure", "aula", "--remove", "1", "--json").appended(
      #"RoomClosureRemoved {"number":1,"room":"aula"}"#)
    try await plenary("room", "hours", "aula", "always", "--json").appended(
      #"RoomHoursSet {"room":"aula"}"#)
    try await plenary("room", "hours", "aula", "always", "--day", "2016-06-02", "--json").appended(
      #"RoomHoursSet {"day":"2016-06-02","room":"aula"}"#)
    try await plenary("room", "close", "annex", "--json").appended(
      #"RoomClosed {"room":"annex"}"#)
    try await plenary("room", "reopen", "annex", "--json").appended(
      #"RoomReopened {"room":"annex"}"#)
    #expect(try await !plenary.done("room", "list").output.contains("09:00"))
    try await plenary.done("projections", "verify")
  }

  @Test func `are listed with their colours`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary("track", "add", "economy", "--name", "Economy", "--color", "#1F5C99", "--json")
      .appended(
        ##"TrackAdded {"color":"#1f5c99","name":{"en":"Economy"},"track":"economy"}"##)
    try await plenary(
      "track", "revise", "economy", "--name", "Trade", "--name", "de=Handel", "--color", "#000000", "--json"
    ).appended(
      ##"TrackRevised {"color":"#000000","name":{"de":"Handel","en":"Trade"},"track":"economy"}"##)
    try await plenary("track", "revise", "economy", "--clear", "color", "--json").appended(
      ##"TrackRevised {"cleared":["color"],"track":"economy"}"##)
    try await plenary("track", "list").says(/economy +Trade\n/)
    try await plenary("track", "list", "--at", "4").says(/economy +#000000 +Trade\n/)
  }
}
