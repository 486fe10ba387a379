import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `Printing to hand out` {
  private func scheduled() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00")
    return plenary
  }

  private func inFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.path)
  }

  @Test func `says which command records a print of a kind, and which one prints it`() async throws {
    let plenary = try await scheduled()
    for (command, advice) in [
      (["attendee", "print", "badges"], "“plenary attendee print badges --for-print”"),
      (["program", "print", "door-signs"], "“plenary program print door-signs --for-print”"),
    ] {
      let run = try await plenary(command + ["--since-print", "last"])
      #expect(run.code == 1 && run.error.contains(advice), "\(run)")
    }
    for (command, advice, missing) in [
      (["program", "print"], "“plenary attendee print badges” prints it", "badges"),
      (["attendee", "print"], "“plenary program print booklet” prints it", "booklet"),
    ] {
      let run = try await plenary(command + [missing])
      #expect(run.code == 2 && run.error.contains(advice), "\(run)")
      #expect(!(try await plenary.done(command + ["--help"]).output.contains(missing)))
      let unknown = try await plenary(command + ["posters"])
      #expect(unknown.code == 2 && unknown.error.contains("The kinds are"), "\(unknown)")
    }
  }

  @Test func `records a print once, however often the command is sent`() async throws {
    let plenary = try await scheduled()
    let id = UUID().uuidString
    try await inFolder { folder in
      func print(_ file: String, copies: String = "80", for recipient: String = "delegates") async throws
        -> Plenary.Run
      {
        try await plenary(
          "program", "print", "booklet", "--for-print", "--copies", copies, "--for", recipient,
          "--command-id", id,
          "--output", "\(folder)/\(file)")
      }
      let first = try await print("first.pdf")
      #expect(first.code == 0 && first.error.contains("Recorded in the print ledger as print 1."), "\(first)")
      // Meanwhile the program changes, and others print.
      try await plenary.done("session", "cancel", "opening")
      try await plenary.done("program", "print", "pocket", "--for-print", "--output", "\(folder)/pocket.pdf")
      let head = try await plenary.head()

      let second = try await print("second.pdf")
      #expect(second.code == 0 && second.error.contains("already recorded it, as print 1."), "\(second)")
      #expect(try await plenary.head() == head)
      let data = try ["first.pdf", "second.pdf"].map {
        try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))
      }
      #expect(data[0] == data[1] && data[0].count > 1000)

      for (copies, recipient) in [("90", "delegates"), ("80", "press")] {
        let other = try await print("other.pdf", copies: copies, for: recipient)
        #expect(other.code == 1 && other.error.contains("was used for something else"), "\(other)")
      }
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/other.pdf"))
      #expect(try await plenary.done("program", "prints", "--json").list.count == 2)
    }
  }

  @Test func `finds its print again if only changed pieces were requested`() async throws {
    let plenary = try await scheduled()
    try await inFolder { folder in
      try await plenary.done(
        "program", "print", "door-signs", "--for-print", "--output", "\(folder)/all.pdf")
      try await plenary.done("session", "move", "opening", "--start", "11:00", "--end", "12:00")
      let words = [
        "program", "print", "door-signs", "--since-print", "last", "--for-print", "--command-id",
        UUID().uuidString,
      ]
      let first = try await plenary(words + ["--output", "\(folder)/first.pdf"])
      #expect(first.code == 0 && first.error.contains("as print 2."), "\(first)")
      let second = try await plenary(words + ["--output", "\(folder)/second.pdf"])
      #expect(second.code == 0 && second.error.contains("already recorded it, as print 2."), "\(second)")
      #expect(
        try Data(contentsOf: URL(filePath: "\(folder)/first.pdf"))
          == Data(contentsOf: URL(filePath: "\(folder)/second.pdf")))
    }
  }

  @Test func `refers to the last print, also where two print what changed at the same time`() async throws {
    let plenary = try await scheduled()
    try await inFolder { folder in
      try await plenary.done(
        "program", "print", "door-signs", "--for-print", "--output", "\(folder)/all.pdf")
      try await plenary.done("session", "move", "opening", "--start", "11:00", "--end", "12:00")
      async let one = plenary(
        "program", "print", "door-signs", "--since-print", "last", "--for-print", "--output",
        "\(folder)/one.pdf")
      async let other = plenary(
        "program", "print", "door-signs", "--since-print", "last", "--for-print", "--output",
        "\(folder)/other.pdf")
      let runs = try await [one, other]
      #expect(runs.allSatisfy { $0.code == 0 }, "\(runs)")
      // Whoever comes second finds that nothing has changed since the first.
      #expect(runs.count { $0.error.contains("as print 2.") } == 1, "\(runs)")
      #expect(runs.count { $0.error.contains("has changed since that print") } == 1, "\(runs)")
      #expect(try await plenary.done("program", "prints", "--json").list.count == 2)
      let files = ["one", "other"].filter { FileManager.default.fileExists(atPath: "\(folder)/\($0).pdf") }
      #expect(files.count == 1, "What is not in the ledger is not on the disk.")
    }
  }

  @Test func `leaves a folder that does not exist out of the ledger`() async throws {
    let plenary = try await scheduled()
    let refused = try await plenary(
      "program", "print", "booklet", "--for-print", "--output", "/nowhere/at/all/booklet.pdf")
    #expect(refused.code == 4 && refused.error.contains("does not exist"), "\(refused)")
    #expect(try await plenary.done("program", "prints", "--json").list.isEmpty)
  }

  @Test func `writes and records nothing in a dry run`() async throws {
    let plenary = try await scheduled()
    try await inFolder { folder in
      let head = try await plenary.head()
      let dry = try await plenary(
        "program", "print", "booklet", "--for-print", "--dry-run", "--output", "\(folder)/booklet.pdf")
      #expect(dry.code == 0 && dry.output.contains("would append  DocumentPrinted"), "\(dry)")
      #expect(try await plenary.head() == head)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/booklet.pdf"))
    }
    let useless = try await plenary("program", "print", "--dry-run")
    #expect(useless.code == 2 && useless.error.contains("require --for-print"), "\(useless)")
  }

  @Test func `records the actor`() async throws {
    var plenary = try await scheduled()
    plenary.variables["PLENARY_ACTOR"] = "program-office"
    try await plenary.done("session", "cancel", "opening")
    #expect(
      try await plenary.done("log", "tail", "--no-follow", "--number", "1").output.contains("program-office"))
    try await plenary.done("session", "reinstate", "opening", "--actor", "anna")
    #expect(try await plenary.done("log", "tail", "--no-follow", "--number", "1").output.contains("  anna  "))
  }
}
