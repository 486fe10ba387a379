import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `An attendee` {
  @Test func `is registered, revised, checked in and out, and signs up`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "panel", "--title", "Panel", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end",
      "10:00")
    try await plenary.done(
      "attendee", "register", "a-1", "--name", "Li, Wei", "--name-order", "family-first", "--category",
      "press", "--email", "li@example.org", "--organisation", "Daily", "--position", "Editor", "--country",
      "China", "--note", "Vegan", "--sort-key", "Zz")
    try await plenary("attendee", "show", "a-1").says(
      "Li Wei", "press", "li@example.org", "Daily", "Editor", "China", "Vegan")
    try await plenary.done(
      "attendee", "revise", "a-1", "--name", "Lee, Way", "--name-order", "given-first", "--category", "guest",
      "--sort-key", "Aa", "--organisation", "Weekly", "--position", "Chief", "--note", "No nuts", "--email",
      "lee@example.org", "--country", "Peru")
    try await plenary("attendee", "show", "a-1").says(
      "Way Lee", "guest", "lee@example.org", "Weekly", "Chief", "Peru", "No nuts")
    try await plenary.done("attendee", "revise", "a-1", "--clear", "note", "--clear", "country")
    let cleared = try await plenary.done("attendee", "show", "a-1").output
    #expect(!cleared.contains("No nuts") && !cleared.contains("Peru") && cleared.contains("Chief"))
    try await plenary("attendee", "revise", "a-1", "--no-listed", "--json").appended(
      #"AttendeeRevised {"attendee":"a-1","listed":false}"#)
    try await plenary("attendee", "revise", "a-1", "--listed", "--json").appended(
      #"AttendeeRevised {"attendee":"a-1","listed":true}"#)
    try await plenary("attendee", "check-in", "a-1", "--json").appended(
      #"AttendeeCheckedIn {"attendee":"a-1"}"#)
    try await plenary("attendee", "check-out", "a-1", "--json").appended(
      #"AttendeeCheckedOut {"attendee":"a-1"}"#)
    try await plenary("attendee", "sign-up", "a-1", "panel", "--json").appended(
      #"AttendeeSignedUp {"attendee":"a-1","session":"panel"}"#)
    try await plenary("session", "show", "panel").says(/signed up +1\n/)
    try await plenary("attendee", "sign-off", "a-1", "panel", "--json").appended(
      #"AttendeeSignedOff {"attendee":"a-1","session":"panel"}"#)
    try await plenary.done(
      "attendee", "register", "a-2", "--name", "Berg, Anna", "--category", "press", "--unlisted")

    // Sorted by sort key: Aa comes before Berg, whose key was made from the name.
    let all = try await plenary.done("attendee", "list").output
    #expect(
      try #require(all.range(of: "Way Lee")).lowerBound
        < (try #require(all.range(of: "Anna Berg")).lowerBound))
    let press = try await plenary.done("attendee", "list", "--category", "press").output
    #expect(press.contains("Anna Berg") && !press.contains("Way Lee"))
    #expect(try await plenary.done("attendee", "list", "--category", "Press").output == press)
    for words in [["list"], ["print", "badges"], ["print", "participants", "--format", "csv"]] {
      let run = try await plenary(["attendee"] + words + ["--category", "pres"])
      #expect(
        run.code == 1
          && run.error.contains(
            "No attendee has the category “pres”; the categories are guest and press; see"),
        "\(run)")
    }
    try await plenary.done("projections", "verify")
  }

  @Test func `has the same place in every list, on the screen and in print`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let names = [
      "Ann Émile", "Eva Kühlewind", "Zoe Kuhn", "Ada Kunz", "Jan Łukasz", "Nils Østby", "Can Ünal",
      "Wei Zhang",
    ]
    for (index, name) in names.enumerated().reversed() {
      let words = name.split(separator: " ")
      let full = "\(words[1]), \(words[0])"
      // Short names in another order.
      try await plenary.done("attendee", "register", "a-\(names.count - index)", "--name", full)
      try await plenary.done("speaker", "register", "s-\(names.count - index)", "--name", full)
    }
    for words in [
      ["attendee", "list"], ["attendee", "print", "participants", "--format", "csv", "-o", "-"],
      ["attendee", "print", "check-in", "--format", "csv", "-o", "-"], ["speaker", "list"],
    ] {
      let output = try await plenary.done(words).output
      let family = names.map { String($0.split(separator: " ")[1]) }
      let places = family.compactMap { output.range(of: $0)?.lowerBound }
      #expect(places.count == family.count && places == places.sorted(), "\(words) \(output)")
    }
  }

  @Test func `is in a table only if they are on the printed list`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "attendee", "register", "a-1", "--name", "Lee, Way", "--category", "press", "--email",
      "lee@example.org",
      "--organisation", "Daily", "--note", "Vegan")
    try await plenary.done(
      "attendee", "register", "a-2", "--name", "Berg, Anna", "--category", "guest", "--unlisted")
    let csv = ["attendee", "print", "participants", "--format", "csv", "--output", "-"]
    let list = try await plenary.done(csv).output
    #expect(list.contains("Way Lee") && list.contains("Daily"))
    for secret in ["Berg", "Vegan", "example.org"] { #expect(!list.contains(secret)) }
    #expect(
      try await plenary.done(csv + ["--columns", "name", "organisation"]).output
        == "name,other_names,organisation\r\nWay Lee,,Daily\r\n")
    #expect(try await plenary(csv + ["--columns", "email"]).code == 2)
    let desk = try await plenary.done(
      "attendee", "print", "check-in", "--format", "csv", "--output", "-", "--columns", "name", "email"
    ).output
    #expect(desk.contains("Anna Berg") && desk.contains("lee@example.org"))
  }
}
