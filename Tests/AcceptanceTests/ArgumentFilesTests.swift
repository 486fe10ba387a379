import Foundation
import Testing

@testable import PlenaryCLI

/// The arguments of a process can be read by everybody on the machine.
@Suite(.timeLimit(.minutes(40))) struct `A text from a file or standard input` {
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

  @Test(arguments: [
    ("a\n", "a"), ("a\r\n", "a"), ("a\n\n", "a\n"), ("\na", "\na"), ("\n", ""), ("", ""), ("a", "a"),
  ])
  func `loses one line break at its end, and nothing else`(text: String, taken: String) throws {
    let name = try file("text", text)
    #expect(try ArgumentFiles.expand(["room", "add", "--note", name]) == ["room", "add", "--note", taken])
  }

  @Test func `of many lines comes from a file or from the whole standard input`() async throws {
    let text = "One line.\n\nAnother, with @signs and zh=signs.\n"
    let path = String(try file("long=text.txt", text).dropFirst())
    let taken = String(text.dropLast())
    for words in [["--text-file", path], ["--text-file=\(path)"]] {
      let expanded = try ArgumentFiles.expand(["statement", "record", "s"] + words)
      #expect(expanded.suffix(words.count).joined(separator: "=") == "--text=\(taken)")
    }
    #expect(
      try ArgumentFiles.expand(["session", "revise", "s", "--description-file", "zh=\(path)"]).suffix(2)
        == ["--description", "zh=\(taken)"])
    let plenary = try await Plenary.apart().berlin()
    let run = try await plenary(
      "session", "schedule", "walk", "--title", "Walk", "--unscheduled", "--description-file", "-", "--json",
      input: "Up the stairs.\nThen left.\n")
    #expect(run.code == 0 && run.output.contains(#""Up the stairs.\nThen left.""#), "\(run)")
    let missing = try await plenary("session", "revise", "walk", "--description-file", "\(folder)/none.txt")
    #expect(missing.code == 4 && missing.error.contains("\(folder)/none.txt"), "\(missing)")
    // The advice for @FILE would be wrong here.
    #expect(!missing.error.contains("at sign"), "\(missing)")
    // A file can be called as if a language stood before it.
    try text.write(toFile: "notes=1.txt", atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: "notes=1.txt") }
    #expect(
      try ArgumentFiles.expand(["session", "revise", "s", "--description-file", "notes=1.txt"]).last == taken)
    let twice = try await plenary(
      "session", "revise", "walk", "--description-file", "-", "--title-file", "-", input: "Walk\n")
    #expect(twice.code == 2 && twice.error.contains("Only one “-” can take it"), "\(twice)")
    // Options that take no text have no such spelling.
    let room = try await plenary("session", "list", "--room-file", path)
    #expect(room.code == 2 && room.error.contains("--room-file"), "\(room)")
  }

  @Test func `is not taken for a path, a position, a subcommand or a short name`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let name = try file("foyer", "foyer\n")
    for words in [["room", "add", name, "--name", "Foyer"], ["room", name], [name, "list"]] {
      let run = try await plenary(words)
      #expect(run.code != 0 && run.error.contains(name), "\(run)")
    }
    let position = try await plenary("room", "list", "--at", try file("position", "2"))
    #expect(position.code == 2, "\(position)")
    // A file whose name begins with an at sign.
    try await plenary.done("program", "export", "csv", "--draft", "--output", "@program.csv")
    let written = FileManager.default.currentDirectoryPath + "/@program.csv"
    #expect(FileManager.default.fileExists(atPath: written))
    try? FileManager.default.removeItem(atPath: written)
    // Behind two hyphens everything is an argument.
    let behind = try await plenary("room", "add", "--name", "Foyer", "--", name)
    #expect(behind.code == 2 && behind.error.contains(name), "\(behind)")
  }

  @Test func `begins behind a byte order mark`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary("room", "add", "salon", "--name", try file("mark", "\u{FEFF}Salon\n"), "--json")
      .appended(
        #"RoomAdded {"name":{"en":"Salon"},"room":"salon"}"#)
    let line = try await plenary("room", "add", "foyer", "--name", "@-", "--json", input: "\u{FEFF}Foyer\n")
    line.appended(#"RoomAdded {"name":{"en":"Foyer"},"room":"foyer"}"#)
  }

  @Test func `comes from a FIFO, and from no endless device`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let fifo = "\(folder)/fifo"
    #expect(mkfifo(fifo, 0o600) == 0)
    let run = try await plenary.shell(
      "printf 'Salon\\n' > \(fifo) & plenary room add salon --name @\(fifo) --json", in: folder)
    #expect(run.code == 0 && run.output.contains("Salon"), "\(run)")
    let zero = try await plenary("room", "add", "foyer", "--name", "@/dev/zero")
    #expect(zero.code == 2 && zero.error.contains("/dev/zero has more than 1000000 bytes"), "\(zero)")
  }

  @Test func `is refused with its first invalid byte if it is not UTF-8`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try Data([0x4D, 0xC3, 0xBC, 0x6C, 0xFC, 0x0A]).write(to: URL(filePath: "\(folder)/latin"))
    let run = try await plenary("room", "add", "salon", "--name", "@\(folder)/latin")
    #expect(
      run.code == 2 && run.error.contains("\(folder)/latin is not valid UTF-8: byte 5 is 0xFC"), "\(run)")
    let shell = try await plenary.fed(
      [0x41, 0x0A, 0x4D, 0xFC, 0x6C, 0x0A], "room", "add", "salon", "--name", "@-", "--note", "@-")
    #expect(
      shell.code == 2 && shell.error.contains("A line of standard input is not valid UTF-8: byte 2 is 0xFC"),
      "\(shell)")
    #expect(!(try await plenary.done("room", "list").output.contains("salon")))
  }

  /// Each new option has to be put into one of the two lists.
  @Test func `can be given for each option that takes a text`() async throws {
    let others: Set = [
      "act", "after", "among", "archive", "as", "as-of", "as-there", "at", "attendee", "based-on", "basis",
      "before",
      "by",
      "badges", "capacity",
      "chair", "clear", "color", "columns", "command-id", "conference", "copies", "creep", "database", "date",
      "day",
      "day-start", "discussant", "encoding", "end", "entry", "erased", "expanded-by", "expected", "features",
      "first-day",
      "form",
      "format", "from", "group-basis", "id", "identifier", "interpretation", "issue", "kind", "language",
      "languages", "last-day", "least", "maildir", "mapping", "mbox", "minutes", "mode", "moderator",
      "name-order",
      "needs",
      "number", "only", "only-day", "only-track", "ordinal", "our", "output", "pages", "paper", "parent",
      "part",
      "participants", "per-page",
      "person", "pictures", "present", "presenter", "printer", "proofed", "quantifier", "quorum",
      "rapporteur",
      "recording",
      "relation", "release", "remove", "role", "room", "room-change", "root", "series-number",
      "session",
      "since", "since-print", "size", "slot", "speaker", "spoken", "start", "status", "step", "summary-from",
      "tag",
      "templates", "their", "time", "to", "track", "unstated", "until", "vault", "venue", "verified-against",
      "voice",
      "waive", "web", "without", "xlsx", "zone",
    ]
    var options: Set<String> = []
    for (_, command) in try await CommandTree.all() {
      for argument in command.arguments ?? [] where argument.kind == "option" {
        options.formUnion((argument.names ?? []).map(\.name).filter { $0.count > 1 })
      }
    }
    #expect(options.subtracting(ArgumentFiles.texts).sorted() == others.sorted())
    #expect(ArgumentFiles.texts.isSubset(of: options))
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
