import Foundation
import Postgres
import Testing

/// An event that nothing can read, put there by a faulty client.
@Suite(.timeLimit(.minutes(40))) struct `An event that stops a conference` {
  /// Event 3 is broken; 4 is a room.
  private func stuck(_ type: String = "RoomRevised", _ body: String = #"{"room":"nowhere"}"#) async throws
    -> Plenary
  {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.connect().execute(
      """
      select from log.append(
        'berlin', gen_random_uuid(), decode(repeat('00', 32), 'hex'), 'anna', null, \([type])::text[],
        array[1], array['conference'], \([body])::text[])
      """)
    return plenary
  }

  @Test func `is named with the way out, is set aside, and comes back`() async throws {
    let plenary = try await stuck()
    try await plenary.done("room", "add", "foyer", "--name", "Foyer")
    let root = try #require(
      try await plenary("log", "verify", "--json", "--at", "4").object["root"] as? String)
    let listing = try await plenary("room", "list")
    #expect(listing.code == 4 && listing.error.contains("plenary log set-aside 3 --reason"), "\(listing)")
    let status = try await plenary.done("projections", "status")
    #expect(
      status.output.contains("event 3: ") && status.output.contains("plenary log set-aside 3 --reason"),
      "\(status)")
    let advice = try await plenary.done("projections", "status", "--json").list.compactMap {
      $0["advice"] as? String
    }
    #expect(advice == ["go on without it with “plenary log set-aside 3 --reason …”"])

    try await plenary("log", "set-aside", "3", "--reason", "A test program", "--dry-run").says("would append")
    try await plenary("log", "set-aside", "3", "--reason", "A test program").says("5  EventSetAside  aside")
    try await plenary("log", "set-aside", "3", "--reason", "A test program").says("Nothing to do")
    try await plenary("projections", "status").says(/program +\d+ +2 +3/)
    try await plenary("room", "list").says("Foyer")
    try await plenary.done("projections", "verify")
    try await plenary("log", "verify", "--root", root, "--at", "4").says("all unchanged")
    try await plenary("log", "show", "3").says("set aside  by event 5")
    // Who did it, and why.
    try await plenary("log", "show", "5").says(/EventSetAside .* by \S+/, /reason +A test program/)
    try await plenary("log", "tail", "--no-follow").says("(set aside by event 5)")
    let exported = try await plenary.done("log", "export").lines.dropLast()
    #expect(exported.map { $0.contains(#""setAsideBy":5"#) } == [false, false, true, false, false])
    // Its command can not be undone by hand, nor the one that set it aside.
    let undone = try await plenary("log", "undo", "5")
    #expect(undone.code == 1 && undone.error.contains("plenary log reinstate 3"), "\(undone)")

    let itself = try await plenary("log", "undo", "3")
    #expect(itself.code == 1 && itself.error.contains("Event 3 is set aside"), "\(itself)")

    try await plenary("log", "reinstate", "3", "--reason", "Updated").says("6  EventReinstated")
    let again = try await plenary("room", "list")
    #expect(again.code == 4 && again.error.contains("stopped at event 3"), "\(again)")
    try await plenary("log", "reinstate", "3", "--reason", "Updated").says("Nothing to do")
    // The update was none: it is set aside as before.
    try await plenary("log", "set-aside", "3", "--reason", "Still broken").says("7  EventSetAside  aside")
    try await plenary("room", "list").says("Foyer")
    try await plenary.done("projections", "verify")
  }

  /// Then no command learns the conference's languages and zone.
  @Test func `can be the one that says what the conference is`() async throws {
    let plenary = try await stuck("ConferenceRevised", "[]")
    let listing = try await plenary("room", "list")
    #expect(listing.code == 4 && listing.error.contains("plenary log set-aside 3 --reason"), "\(listing)")
    let change = try await plenary("room", "add", "foyer", "--name", "Foyer")
    #expect(change.code == 4 && change.error.contains("plenary log set-aside 3 --reason"), "\(change)")
    try await plenary.done("log", "set-aside", "3", "--reason", "Broken")
    try await plenary.done("room", "add", "foyer", "--name", "Foyer")
    try await plenary("room", "list").says("Foyer")
  }

  @Test func `is not said to be undone, because nothing of it is there`() async throws {
    let plenary = try await stuck()
    let undone = try await plenary("log", "undo", "3")
    #expect(
      undone.code == 1 && undone.error.contains("plenary log set-aside 3 --reason")
        && !undone.output.contains("Nothing to do"), "\(undone)")
    // One that can be applied is undone as ever, also behind it.
    try await plenary.done("log", "set-aside", "3", "--reason", "Broken")
    try await plenary.done("room", "add", "foyer", "--name", "Foyer")
    try await plenary.done("log", "undo", "5")
  }

  /// The attendees stop at one of them, the program at the other one.
  @Test(arguments: [["AttendeeRevised", "RoomRevised"], ["RoomRevised", "AttendeeRevised"]])
  func `is the first one that is named, if one command has several`(types: [String]) async throws {
    let plenary = try await Plenary.apart().berlin()
    let tags = ["AttendeeRevised": "attendee:nobody", "RoomRevised": "room:nowhere"]
    let bodies = [
      "AttendeeRevised": #"{"attendee":"nobody","category":"press"}"#, "RoomRevised": #"{"room":"nowhere"}"#,
    ]
    try await plenary.connect().execute(
      """
      select from log.append(
        'berlin', gen_random_uuid(), decode(repeat('00', 32), 'hex'), 'anna', null, \(types)::text[], array[1, 1],
        \(types.compactMap { tags[$0] })::text[], \(types.compactMap { bodies[$0] })::text[])
      """)
    let undone = try await plenary("log", "undo", "4")
    #expect(
      undone.code == 1 && undone.error.contains("Event 3 (\(types[0])) cannot be applied")
        && undone.error.contains("plenary log set-aside 3 --reason"), "\(undone)")
  }

  @Test func `is named with its conference, and does not hide the others`() async throws {
    let plenary = try await stuck("AttendeeRegistered", "[]")
    try await plenary.done(
      "conference", "open", "paris", "--title", "Paris", "--first-day", "2017-06-01", "--last-day",
      "2017-06-03", "--zone", "Europe/Paris")
    let status = try await plenary("db", "status")
    #expect(status.code == 4, "\(status)")
    #expect(
      status.output.contains("event 3 of berlin cannot be read") && status.output.contains("paris, 1 event"),
      "\(status)")
    #expect(
      status.error.contains("Event 3 of berlin (AttendeeRegistered)")
        && status.error.contains("“plenary log set-aside 3 --reason … --conference berlin”"), "\(status)")
    try await plenary.done("log", "set-aside", "3", "--reason", "Broken", "--conference", "berlin")
    try await plenary.done("db", "status")
  }

  @Test func `is the only kind that is set aside`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let harmless = try await plenary("log", "set-aside", "2", "--reason", "I do not like it")
    #expect(
      harmless.code == 1 && harmless.error.contains("plenary log undo 2")
        && harmless.error.contains("can be read and applied"), "\(harmless)")
    let none = try await plenary("log", "set-aside", "99", "--reason", "x")
    #expect(none.code == 1 && none.error.contains("has no event 99"), "\(none)")
    for wrong in [["0", "--reason", "x"], ["two", "--reason", "x"], ["2"]] {
      let run = try await plenary(["log", "set-aside"] + wrong)
      #expect(run.code == 2, "\(run)")
    }
  }
}
