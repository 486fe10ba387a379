import Foundation
import Testing

/// Withdrawn by hand or by an import, and back again.
@Suite(.timeLimit(.minutes(40))) struct `A withdrawn attendee` {
  private func written(_ text: String) throws -> String {
    let folder = URL(filePath: "\(Plenary.home)/withdrawn-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "people.csv")
    try Data(text.utf8).write(to: file)
    return file.path
  }

  private static let header = "First name;Last name;E-mail;Organisation;Ticket\n"
  private static let ada = "Ada;Lovelace;ada@example.org;Engines;Press\n"
  private static let jo = "Jo;Ford;jo@example.org;Mills;Student\n"

  private func statuses(_ plenary: Plenary) async throws -> [String: String] {
    try await plenary.done("attendee", "list", "--json").list.reduce(into: [:]) { found, row in
      guard let id = row["attendee"] as? String, let status = row["status"] as? String else { return }
      found[id] = status
    }
  }

  @Test func `is reinstated by hand and by an undo, as they were`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "panel", "--title", "Panel", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00")
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei")
    try await plenary.done("attendee", "sign-up", "a-1", "panel")
    let undo = "00000000-0000-4000-8000-0000000000b1"
    try await plenary.done("attendee", "withdraw", "Wei Li", "--command-id", undo)
    let refused = try await plenary("attendee", "check-in", "a-1")
    #expect(
      refused.code == 1
        && refused.error.contains(
          "“a-1” has withdrawn; bring them back with “plenary attendee reinstate a-1”"),
      "\(refused)")
    try await plenary.done("log", "undo", undo)
    try await plenary("session", "show", "panel").says(/signed up +1\n/)
    try await plenary.done("attendee", "check-in", "a-1")
    try await plenary.done("attendee", "withdraw", "a-1")
    try await plenary("attendee", "reinstate", "Wei Li", "--json").appended(
      #"AttendeeReinstated {"attendee":"a-1"}"#)
    try await plenary("attendee", "reinstate", "a-1").says("Nothing to do")
    #expect(try await statuses(plenary) == ["a-1": "checked-in"])
    try await plenary("log", "changes").says("a-1 takes part after all.")
    try await plenary.done("attendee", "erase", "a-1", "--yes")
    let erased = try await plenary("attendee", "reinstate", "a-1")
    #expect(erased.code == 1 && erased.error.contains("was erased"), "\(erased)")
    try await plenary.done("projections", "verify")
  }

  @Test func `is named by the import that withdraws them, which can be taken back`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let both = try written(Self.header + Self.ada + Self.jo)
    let one = try written(Self.header + Self.ada)
    try await plenary.done("import", both)
    let dry = try await plenary.done("import", one, "--complete", "--dry-run")
    dry.says(/attendee +a-[a-z0-9]+ +Jo Ford +cancelled/)
    #expect(dry.error.contains("Nothing was recorded"), "\(dry)")
    #expect(!dry.output.contains("Lovelace"))
    let id = "00000000-0000-4000-8000-0000000000b2"
    try await plenary.done("import", one, "--complete", "--command-id", id)
    #expect(try await statuses(plenary).values.sorted() == ["registered", "withdrawn"])
    try await plenary.done("log", "undo", id)
    #expect(try await statuses(plenary).values.sorted() == ["registered", "registered"])
    // A list that has them again brings them back, too.
    try await plenary.done("import", one, "--complete")
    let back = try await plenary.done("import", both)
    back.says(/attendee +a-[a-z0-9]+ +Jo Ford +reinstated/)
    #expect(try await statuses(plenary).values.sorted() == ["registered", "registered"])
    try await plenary("import", both).says("Nothing to record")
    // So does a list whose first import was undone: nobody is there twice.
    let again = try await plenary.done("import", both, "--source", "shop", "--json").object
    try await plenary.done("log", "undo", try #require(again["commandID"] as? String))
    try await plenary.done("import", both)
    #expect(try await statuses(plenary).count == 2)
    try await plenary.done("projections", "verify")
  }

  @Test func `does not stand in the way of who is registered under the same name`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for id in ["a-1", "a-2"] {
      try await plenary.done(
        "attendee", "register", id, "--name", "Abelshausen, Ben", "--organisation", "Itinero")
    }
    try await plenary.done("attendee", "withdraw", "a-1")
    try await plenary("attendee", "check-in", "Ben Abelshausen").says("a-2")
    // What reaches far asks who is meant, and says who has withdrawn.
    let asked = try await plenary("attendee", "withdraw", "Ben Abelshausen")
    #expect(
      asked.code == 1 && asked.error.contains("(a-1), withdrawn; ") && asked.error.contains("(a-2)."),
      "\(asked)")
    let desk = try await plenary("attendee", "desk", input: "Abelshausen\n")
    #expect(!desk.output.contains("withdrawn"), "\(desk)")
    try await plenary("attendee", "show", "a-1").says("withdrawn")
  }
}
