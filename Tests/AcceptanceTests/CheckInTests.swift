import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `A check-in` {
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    for (name, person) in [("a-1", "Li, Wei"), ("a-2", "Li, Na"), ("a-3", "Álvarez, José")] {
      try await plenary.done(
        "attendee", "register", name, "--name", person, "--category", "delegate", "--organisation",
        "Daily Planet", "--email", "\(name)@example.org", "--note", "vegetarian")
    }
    return plenary
  }

  @Test func `takes the code of a badge, an address, a name or a part of it, and shows who it is`()
    async throws
  {
    let plenary = try await conference()
    for words in [try await plenary.badgeCode(of: "a-3"), "A-3@example.org", "jose alvarez", "Álv"] {
      let run = try await plenary.done("attendee", "check-in", words)
      for part in ["CHECKED IN", "José Álvarez", "Daily Planet", "DELEGATE", "Note: vegetarian"] {
        #expect(run.output.contains(part), "\(run)")
      }
      // It is one person, however they are called.
      #expect(run.output.contains("AttendeeCheckedIn  attendee:a-3"), "\(run)")
      try await plenary.done("attendee", "check-out", "a-3")
    }
    // In two groups, as it is printed.
    let code = try await plenary.badgeCode(of: "a-1")
    try await plenary("attendee", "check-in", code.prefix(2) + " " + code.dropFirst(2), "--json").appended(
      #"AttendeeCheckedIn {"attendee":"a-1"}"#)
    let tried = try await plenary.done("attendee", "check-in", "a-2", "--dry-run")
    #expect(tried.output.contains("WOULD BE CHECKED IN"), "\(tried)")
  }

  @Test func `refuses words for several people and for nobody, and wrong digits`() async throws {
    let plenary = try await conference()
    let code = try await plenary.badgeCode(of: "a-1")
    let last = (Int(code)! + 1) % 10
    for (words, why) in [
      ("li", "can mean 2 attendees: Na Li, Daily Planet (a-2); Wei Li, Daily Planet (a-1)"),
      ("Zork", "No attendee is called “Zork”"), ("a-9", "There is no attendee “a-9”"),
      (code.dropLast() + "\(last)", "is no code of a badge of this conference; check the digits"),
      ("1", "is no code of a badge"),
    ] {
      let run = try await plenary("attendee", "check-in", words)
      #expect(run.code == 1 && run.error.contains(why) && run.output.isEmpty, "\(run)")
    }
    // A short name of digits that is the code of somebody else's badge names nobody for certain.
    try await plenary.done("attendee", "register", code, "--name", "Digit, Ann")
    let unclear = try await plenary("attendee", "check-in", code)
    #expect(unclear.code == 1 && unclear.error.contains("the short name of somebody else"), "\(unclear)")
  }

  @Test func `says again the second time, with who it is, when and where, and exits 1`() async throws {
    let plenary = try await conference()
    try await plenary.done(
      "attendee", "check-in", "a-1", "--time", "2016-06-01 08:41", "--station", "Desk 2")
    let again = try await plenary("attendee", "check-in", "a-1", "--station", "Desk 1")
    #expect(again.code == 1, "\(again)")
    #expect(again.output.contains("AGAIN") && again.output.contains("Wei Li"), "\(again)")
    #expect(again.output.contains("Checked in before, at 2016-06-01 08:41 +02:00, “Desk 2”."), "\(again)")
    // For programs, the error alone.
    let forPrograms = try await plenary("attendee", "check-in", "a-1", "--json")
    #expect(forPrograms.code == 1 && forPrograms.output.isEmpty, "\(forPrograms)")
  }

  @Test func `happens once, at however many stations at the same moment`() async throws {
    let plenary = try await conference()
    let runs = try await withThrowingTaskGroup(of: Plenary.Run.self) { group in
      for number in 1...6 {
        group.addTask { try await plenary("attendee", "check-in", "a-1", "--station", "Desk \(number)") }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(runs.count { $0.code == 0 } == 1, "\(runs)")
    #expect(runs.count { $0.code == 1 && $0.output.contains("AGAIN") } == 5, "\(runs)")
    let log = try await plenary.done("log", "show")
    #expect(log.lines.count { $0.contains("AttendeeCheckedIn") } == 1, "\(log)")
  }
}

extension Plenary {
  /// The digits on the badge of an attendee.
  func badgeCode(of attendee: String) async throws -> String {
    let shown = try await done("attendee", "show", attendee).output
    let line = try #require(shown.split(separator: "\n").first { $0.hasPrefix("badge code") })
    return line.dropFirst("badge code".count).filter { !$0.isWhitespace }
  }
}
