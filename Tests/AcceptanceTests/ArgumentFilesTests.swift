import Foundation
import Testing

/// The arguments of a process can be read by everybody on the machine.
@Suite(.timeLimit(.minutes(20))) struct `A text from a file or standard input` {
  private let folder: String

  init() throws {
    folder = "/tmp/plenary-texts-\(getpid())-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func file(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
    return "@\(folder)/\(name)"
  }

  @Test func `takes the place of an argument, of every option and behind a language`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let run = try await plenary(
      "attendee", "register", "a-1", "--name", "@-", "--email=@-", "--note",
      try file("note", "vegan\n\nno nuts\r\n"), input: "Li, Wei\r\nli@example.org\n")
    #expect(run.code == 0, "\(run)")
    let shown = try await plenary.done("attendee", "show", "a-1").output
    #expect(shown.contains("Wei Li") && shown.contains("li@example.org") && shown.contains("no nuts"))
    try await plenary.done(
      "room", "add", "salon", "--name", "en=@@home", "--name", "de=" + (try file("name", "Zu Hause\n")))
    try await plenary("room", "list", "--json").says("Zu Hause", "\"@home\"")
  }

  @Test func `is an error if it is not there`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let before = try await plenary.head()
    for (value, code, sentence) in [
      ("@\(folder)/none", 4, "Cannot read \(folder)/none: no such file or directory"),
      ("@\(folder)", 4, "Cannot read"),
      ("@-", 2, "Standard input has no more lines"),
    ] {
      let run = try await plenary("room", "add", "salon", "--name", value)
      #expect(run.code == code && run.error.contains(sentence), "\(run)")
    }
    #expect(try await plenary.head() == before)
  }
}
