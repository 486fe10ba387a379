import Foundation
import Testing

/// A list of attendees that comes again, after somebody here has changed the same people. What is decided is tested by
/// AttendeeImportTests.
@Suite(.timeLimit(.minutes(40))) struct `A list of attendees that comes again` {
  private static let first =
    "Order code;Full name;E-mail;Company;Ticket\nA1;Ada Okafor;ada@example.org;Engines;Student\nB2;Bo Li;;Looms;Press\n"

  private func written(_ text: String) throws -> String {
    let file = "\(Plenary.home)/attendees-\(UUID().uuidString).csv"
    try Data(text.utf8).write(to: URL(filePath: file))
    return file
  }

  /// A conference with the list, and Ada's short name in it.
  private func conference() async throws -> (plenary: Plenary, ada: String) {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("import", written(Self.first))
    let list = try await plenary.done("attendee", "list", "--json").list
    let ada = try #require(
      list.first { $0["organisation"] is [String: Any] && $0["category"] as? String == "Student" })
    return (plenary, try #require(ada["attendee"] as? String))
  }

  @Test func `and changes what somebody changed: the clash is shown, and somebody chooses`() async throws {
    let (plenary, ada) = try await conference()
    try await plenary.done(
      "attendee", "revise", ada, "--organisation", "The Engines", "--category", "Speaker")
    try await plenary("import", written(Self.first)).says("Nothing to record")
    let next = try written(Self.first.replacing("Engines;Student", with: "Wheels;Guest"))
    let head = try await plenary.head()
    let refused = try await plenary("import", next)
    #expect(refused.code == 1 && refused.output.isEmpty, "\(refused)")
    for text in [
      "The attendee “\(ada)”, organisation: the file has another value in line 2, here is another value",
      "The attendee “\(ada)”, category: the file has “Guest” in line 2, here is “Speaker”",
      "--their attendee:\(ada).organisation",
    ] { #expect(refused.error.contains(text), "\(text)\n\(refused)") }
    for secret in ["Okafor", "ada@", "Engines", "Wheels"] {
      #expect(!refused.error.contains(secret), "\(refused)")
    }
    #expect(try await plenary.head() == head)

    func shown() async throws -> String { try await plenary.done("attendee", "show", ada).output }
    try await plenary.done("import", next, "--ours", "--their", "attendee:\(ada).category")
    let chosen = try await shown()
    #expect(chosen.contains("The Engines") && chosen.contains("Guest"), "\(chosen)")
    // What was chosen is not asked again.
    try await plenary("import", next).says("Nothing to record")
    let last = try written(Self.first.replacing("Engines;Student", with: "Mills;Guest"))
    #expect(try await plenary("import", last).code == 1)
    try await plenary.done("import", last, "--theirs")
    let theirs = try await shown()
    #expect(theirs.contains("Mills") && !theirs.contains("Engines"), "\(theirs)")
    try await plenary.done("projections", "verify")
  }

  @Test func `with an empty cell leaves what was given`() async throws {
    let (plenary, ada) = try await conference()
    let before = try await plenary.done("attendee", "show", ada, "--json").output
    let emptied = try written(Self.first.replacing("ada@example.org;Engines;Student", with: ";;"))
    try await plenary("import", emptied).says("Nothing to record")
    #expect(try await plenary.done("attendee", "show", ada, "--json").output == before)
  }
}
