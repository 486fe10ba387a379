import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `Presence` {
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "panel", "--title", "Panel", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end",
      "10:00")
    for (name, person) in [("a-1", "Łukasz, Jan"), ("a-2", "Kühlewind, Eva"), ("a-3", "Zhang, Wei")] {
      try await plenary.done(
        "attendee", "register", name, "--name", person, "--category", name == "a-3" ? "press" : "delegate",
        "--organisation", "Daily", "--email", "\(name)@example.org")
    }
    return plenary
  }

  @Test func `is recorded when and where it happened, and listed for certificates`() async throws {
    let plenary = try await conference()
    try await plenary(
      "attendee", "check-in", "a-1", "--session", "panel", "--time", "2016-06-01 09:02", "--station",
      "Door 2",
      "--json"
    ).appended(
      #"AttendeeCheckedIn {"arrivedAt":"2016-06-01T07:02:00Z","attendee":"a-1","session":"panel","station":"Door 2"}"#
    )
    try await plenary(
      "attendee", "check-in", "a-3", "--day", "2016-06-02", "--time", "2016-06-02 08:30", "--json"
    )
    .appended(
      #"AttendeeCheckedIn {"arrivedAt":"2016-06-02T06:30:00Z","attendee":"a-3","day":"2016-06-02"}"#)
    try await plenary.done("attendee", "check-in", "a-2", "--session", "panel", "--time", "2016-06-01 09:05")
    // Presence is not the arrival at the desk.
    try await plenary("attendee", "show", "a-1").says(
      /status +registered/, /present in panel +2016-06-01 09:02 \+02:00, Door 2/)
    let all = try await plenary.done("attendee", "presence").output
    for line in [
      /a-2 +Eva Kühlewind +panel/, /a-1 +Jan Łukasz +panel +2016-06-01 09:02 \+02:00 +Door 2/,
      /a-3 +Wei Zhang +2016-06-02/,
    ] {
      #expect(all.contains(line), "\(all)")
    }
    let header =
      "attendee,name,other_names,organisation,email,category,session,title,day,checked_in,station\r\n"
    let csv = try await plenary.done(
      "attendee", "presence", "--session", "panel", "--category", "delegate", "--format", "csv", "--output",
      "-",
      "--languages", "en")
    #expect(
      csv.output == header
        + "a-2,Eva Kühlewind,,Daily,a-2@example.org,delegate,panel,Panel,2016-06-01,2016-06-01 09:05,\r\n"
        + "a-1,Jan Łukasz,,Daily,a-1@example.org,delegate,panel,Panel,2016-06-01,2016-06-01 09:02,Door 2\r\n")
    let day = try await plenary.done(
      "attendee", "presence", "--day", "2016-06-02", "--format", "csv", "-o", "-"
    ).output
    #expect(day == header + "a-3,Wei Zhang,,Daily,a-3@example.org,press,,,2016-06-02,2016-06-02 08:30,\r\n")
    #expect(try await plenary.done("attendee", "presence", "--json").list.count == 3)
    // Who was erased is not left out in silence.
    try await plenary.done("attendee", "register", "a-4", "--name", "Gone, Ann", "--category", "delegate")
    for name in ["a-3", "a-4"] {
      try await plenary.done(
        "attendee", "check-in", name, "--day", "2016-06-03", "--time", "2016-06-03 08:30")
    }
    let third = ["attendee", "presence", "--day", "2016-06-03", "--format", "csv", "-o", "-"]
    try await plenary.done("attendee", "erase", "a-4", "--yes")
    let some = try await plenary.done(third)
    #expect(
      some.output.contains("a-3,")
        && some.error.contains("1 attendee was checked in there, and erased since"),
      "\(some)")
    let none = try await plenary(third + ["--category", "delegate"])
    #expect(
      none.code == 1 && none.output.isEmpty && none.error.contains("1 attendee was checked in there"),
      "\(none)")
    // For the staff, beside the other columns.
    let list = try await plenary.done(
      "attendee", "print", "check-in", "--columns", "attendee", "presence", "--format", "csv", "--output", "-"
    ).output
    #expect(
      list.contains("a-1,\"Panel, Wed 1 09:02\"\r\n") || list.contains("a-1,\"Panel, Wed\u{a0}1 09:02\"\r\n"),
      "\(list)")
    #expect(
      try await plenary(
        "attendee", "print", "participants", "--columns", "presence", "--format", "csv", "-o", "-"
      ).code
        == 2)
    try await plenary.done("projections", "verify")
  }

  @Test func `is shown on the clocks of its own day, in winter and years later`() async throws {
    let plenary = try await conference()
    try await plenary.done("attendee", "check-in", "a-1", "--session", "panel", "--time", "2016-01-15 09:02")
    try await plenary.done("attendee", "check-in", "a-2", "--time", "2021-01-15 09:03")
    try await plenary("attendee", "presence").says(/a-1 .*2016-01-15 09:02 \+01:00/)
    let csv = try await plenary.done("attendee", "presence", "--format", "csv", "-o", "-").output
    #expect(csv.contains(",2016-01-15 09:02,"), "\(csv)")
    try await plenary("attendee", "show", "a-2").says("2021-01-15 09:03 +01:00")
    let again = try await plenary("attendee", "check-in", "a-2")
    #expect(again.error.contains("at 2021-01-15 09:03 +01:00"), "\(again)")
    let list = try await plenary.done(
      "attendee", "print", "check-in", "--columns", "attendee", "presence", "--format", "csv", "--output", "-"
    ).output
    #expect(list.replacing("\u{a0}", with: " ").contains("a-1,\"Panel, Fri 15 09:02\"\r\n"), "\(list)")
    // A session that was held long ago, and is recorded today.
    try await plenary.done("session", "convene", "panel", "--at", "2021-01-15 09:00")
    try await plenary("session", "sittings", "panel").says("2021-01-15 09:00")
  }

  @Test func `takes a session by a part of its title`() async throws {
    let plenary = try await conference()
    try await plenary.done("session", "revise", "panel", "--title", "Panel on posters")
    try await plenary("attendee", "check-in", "a-1", "--session", "posters", "--json").appended(
      #"AttendeeCheckedIn {"attendee":"a-1","session":"panel"}"#)
    try await plenary("attendee", "check-out", "a-1", "--session", "Panel on posters").says("panel")
    let none = try await plenary("attendee", "check-in", "a-1", "--session", "banquet")
    #expect(none.code == 1 && none.error.contains("There is no session “banquet”"), "\(none)")
  }

  @Test func `counts for the day of the session, and a time on another day is a warning`() async throws {
    let plenary = try await conference()
    try await plenary.done(
      "session", "add-slot", "panel", "--room", "aula", "--start", "2016-06-03 09:00", "--end", "10:00")
    let late = try await plenary.done(
      "attendee", "check-in", "a-1", "--session", "panel", "--time", "2016-06-02 08:00")
    #expect(
      late.error.contains("The check-in is on 2016-06-02, and “panel” takes place on 2016-06-01"), "\(late)")
    let third = try await plenary.done(
      "attendee", "check-in", "a-2", "--session", "panel", "--time", "2016-06-03 08:50")
    #expect(!third.error.contains("The check-in is on"), "\(third)")
    let csv = try await plenary.done("attendee", "presence", "--format", "csv", "-o", "-").output
    #expect(csv.contains(",panel,Panel,2016-06-01,2016-06-02 08:00,"), "\(csv)")
    #expect(csv.contains(",panel,Panel,2016-06-03,2016-06-03 08:50,"), "\(csv)")
    // The moments stay when the zone was wrong.
    let moved = try await plenary.done("conference", "revise", "--zone", "Europe/London")
    #expect(moved.error.contains("The moments at which 2 attendees were checked in stay"), "\(moved)")
  }

  /// On the eve, desks are open.
  @Test func `days before the conference is a warning`() async throws {
    let plenary = try await conference()
    let early = try await plenary.done("attendee", "check-in", "a-1", "--time", "2016-05-20 09:00")
    #expect(
      early.error.contains(
        "The check-in is on 2016-05-20, and the conference begins on 2016-06-01; if they left since, or that was a mistake, use “plenary attendee check-out a-1”."
      ), "\(early)")
    let day = try await plenary.done(
      "attendee", "check-in", "a-1", "--day", "2016-06-01", "--time", "2016-05-20 09:00", "--dry-run")
    #expect(day.error.contains("use “plenary attendee check-out a-1 --day 2016-06-01”"), "\(day)")
    // At the door of a session, it is said once.
    let door = try await plenary.done(
      "attendee", "check-in", "a-1", "--session", "panel", "--time", "2016-05-20 09:00", "--dry-run")
    #expect(door.error.components(separatedBy: "The check-in is on").count == 2, "\(door)")
    for time in ["2016-05-31 18:00", "2016-06-02 09:00"] {
      let run = try await plenary.done("attendee", "check-in", "a-2", "--time", time, "--dry-run")
      #expect(!run.error.contains("The check-in is on"), "\(run)")
    }
  }

  @Test func `is recorded once, and a second check-in is told the first`() async throws {
    let plenary = try await conference()
    try await plenary.done(
      "attendee", "check-in", "a-1", "--time", "2016-06-01 08:41", "--station", "Desk 2")
    let desk = try await plenary("attendee", "check-in", "a-1")
    #expect(desk.code == 1, "\(desk)")
    #expect(
      desk.error
        == "plenary: The attendee “a-1” was checked in before, at 2016-06-01 08:41 +02:00, “Desk 2”; if they left since, "
        + "or that was a mistake, use “plenary attendee check-out a-1”.\n")
    for occasion in [["--session", "panel"], ["--day", "2016-06-01"]] {
      try await plenary.done(["attendee", "check-in", "a-1"] + occasion)
      let again = try await plenary(["attendee", "check-in", "a-1"] + occasion)
      #expect(again.code == 1 && again.error.contains("was checked in before"), "\(again)")
      #expect(
        again.error.contains("plenary attendee check-out a-1 \(occasion.joined(separator: " "))"), "\(again)")
    }
    try await plenary("attendee", "check-out", "a-1", "--session", "panel", "--json").appended(
      #"AttendeeCheckedOut {"attendee":"a-1","session":"panel"}"#)
    try await plenary("attendee", "check-out", "a-1", "--day", "2016-06-01", "--json").appended(
      #"AttendeeCheckedOut {"attendee":"a-1","day":"2016-06-01"}"#)
    #expect(try await plenary.done("attendee", "presence").output.isEmpty)
    #expect(try await plenary.done("attendee", "show", "a-1").output.contains("checked in"))
    // A command that is sent again is the same check-in.
    let id = UUID().uuidString
    for _ in 1...2 {
      try await plenary.done("attendee", "check-in", "a-2", "--command-id", id)
    }
    for (words, code) in [
      (["--session", "none"], 1), (["--day", "2016-07-01"], 1), (["--time", "soon"], 2),
      (["--time", "2199-01-01 09:00"], 1), (["--session", "panel", "--day", "2016-06-01"], 2),
    ] {
      let run = try await plenary(["attendee", "check-in", "a-3"] + words)
      #expect(run.code == code, "\(run)")
    }
  }
}
