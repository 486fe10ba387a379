import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `Wrong usage` {
  /// Commands that lack something, the words of the command, and what is missing.
  private static let incomplete: [([String], String, String)] = [
    (
      ["session", "schedule", "x", "--room", "aula", "--start", "2016-06-01 09:00", "--end", "10:00"],
      "session schedule", "--title"
    ),
    (
      ["session", "schedule", "x", "--title", "X", "--start", "09:00", "--end", "10:00"], "session schedule",
      "--room"
    ),
    (["attendee", "register"], "attendee register", "--name"), (["room", "add", "x"], "room add", "--name"),
    (["venue", "add", "x"], "venue add", "--name"),
    (["speaker", "register", "x"], "speaker register", "--name"),
    (["presentation", "add", "x", "opening"], "presentation add", "--title"),
    (["conference", "open", "x", "--zone", "UTC", "--title", "X"], "conference open", "--first-day"),
    (
      ["conference", "open", "x", "--zone", "UTC", "--first-day", "2016-06-01"], "conference open", "--title"
    ),
    (["statement", "record", "opening", "--text", "said."], "statement record", "Say who said it"),
    (
      ["statement", "record", "opening", "--by", "ada", "--voice", "red-tie", "--text", "said."],
      "statement record", "--voice is for a speaker whom nobody knows"
    ),
    (
      ["room", "add", "x", "--name", "X", "--capacity", "1", "--capacity=2"], "room add",
      "--capacity is given twice"
    ),
    (["room", "revise", "aula", "--waive", "room-taken"], "room revise", "--waive needs a --reason"),
  ]

  @Test func `shows the usage of the command in use`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for (words, command, missing) in Self.incomplete {
      let run = try await plenary(words)
      #expect(run.code == 2 && run.output.isEmpty && run.error.contains(missing), "\(run)")
      #expect(run.error.contains("Usage: plenary \(command) "), "\(run)")
      #expect(run.error.contains("See 'plenary \(command) --help' for more information."), "\(run)")
    }
  }

  @Test func `is prevented by a help that names what is required`() async throws {
    for (command, option) in [
      ("session schedule", "--title"), ("attendee register", "--name"), ("room add", "--name"),
      ("venue add", "--name"), ("track add", "--name"), ("speaker register", "--name"),
      ("presentation add", "--title"), ("conference open", "--title"), ("conference open", "--first-day"),
    ] {
      let help = try await Plenary()("\(command) --help".split(separator: " ").map(String.init))
      let text = help.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let part = try #require(text.ranges(of: "\(option) <").last.map { text[$0.lowerBound...].prefix(160) })
      let verb = command.split(separator: " ")[1]
      #expect(
        part.contains("(“\(verb)” requires it)") || part.contains("(required)"),
        "\(command) \(option): \(part)")
    }
  }

  @Test(arguments: [
    (["sesion", "list"], "There is no command “plenary sesion”. Did you mean “plenary session”?"),
    (["meeting", "list"], "There is no command “plenary meeting”. Did you mean “plenary session”?"),
    (["speaker", "delete"], "no command “plenary speaker delete”. Did you mean “plenary speaker withdraw”?"),
    (["room", "lst"], "no command “plenary room lst”. Did you mean “plenary room list”?"),
    (["export"], "Did you mean “plenary program export”"),
    (["speaker", "merge"], "Did you mean “plenary people merge” or “plenary statement merge”?"),
    (["xyzzy"], "There is no command “plenary xyzzy”. After “plenary” comes one of: conference, venue,"),
    (
      ["room", "xyzzy"],
      "After “plenary room” comes one of: add, list, revise, hours, closure, close, reopen."
    ),
  ])
  func `names the commands that exist, and the nearest one`(words: [String], message: String) async throws {
    let run = try await Plenary()(words)
    #expect(run.code == 2 && run.error.contains(message), "\(run)")
    let noun = words.count > 1 && words[0] != "sesion" && words[0] != "meeting" ? " \(words[0])" : ""
    #expect(run.error.contains("See 'plenary\(noun) --help'"), "\(run)")
  }

  @Test(arguments: [
    "present", "released", "Released", "7", "../../etc", "1..2", "2016-06-01", "a b", "…", "+",
  ])
  func `of a version that means something else is refused`(version: String) async throws {
    let plenary = try await Plenary.apart().berlin()
    let run = try await plenary("program", "release", "--", version)
    #expect(run.code == 2 && run.error.contains("cannot be a version"), "\(run)")
    let long = try await plenary("program", "release", String(repeating: "v", count: 33))
    #expect(long.code == 2 && long.error.contains("at most 32"), "\(long)")
    try await plenary.done("program", "release", "окончательная_1.0-b")
  }

  @Test(arguments: [
    "\u{200B}", "\u{200D}", "\u{2060}", "\u{301}", "\u{AD}\u{202E}", "\u{3164}", " \u{200B} ",
  ])
  func `of a text that nobody sees is refused`(text: String) async throws {
    let plenary = try await Plenary.apart().berlin()
    for words in [
      ["session", "schedule", "s", "--unscheduled", "--title", text],
      ["attendee", "register", "--name", text],
      ["speaker", "register", "s", "--name", "\(text), \(text)"], ["room", "add", "r", "--name", text],
    ] {
      let run = try await plenary(words)
      // Some are refused for what else they are: a name without parts, a mark of direction.
      #expect(run.code == 2, "\(run)")
    }
  }

  @Test func `of a link of an unknown kind names the kinds`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let run = try await plenary(
      "session", "schedule", "s", "--unscheduled", "--title", "S", "--link", "video=https://example.org/v")
    #expect(run.code == 2 && run.error.contains("“video” is no kind of link; the kinds are slides"), "\(run)")
    try await plenary.done(
      "session", "schedule", "s", "--unscheduled", "--title", "S", "--link", "https://example.org/v?a=b://c")
  }

  @Test func `of numbers is refused with the range`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for (words, message) in [
      (["room", "add", "x", "--name", "X", "--capacity", "-5"], "from 1 to 1000000, not -5"),
      (["session", "revise", "x", "--expected", "-1"], "from 0 to 1000000, not -1"),
      (["conference", "revise", "--room-change", "-1"], "takes 0 to 600 minutes, not -1"),
      (["room", "list", "--at", "-1"], "from 1, not -1"),
      (["track", "add", "x", "--name", "X", "--color", "blue"], "“blue” is not a colour; write it as"),
      (["session", "remove-slot", "x"], "--slot 2, or 2 after the session"),
      (["session", "remove-slot", "x", "2", "--slot", "2"], "--slot 2, or 2 after the session"),
    ] {
      let run = try await plenary(words)
      #expect(run.code == 2 && run.error.contains(message), "\(run)")
    }
    let commas = try await plenary("conference", "revise", "--languages", "en,zh")
    #expect(
      commas.code == 2 && commas.error.contains("separate languages with spaces: en zh ru"), "\(commas)")
  }

  @Test func `of files is explained without the words of the system`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let folder = try Folder()
    for (command, reason) in [
      (
        ["program", "export", "ics", "--draft", "--output", folder.path("")],
        "it is a folder; give the name of a file"
      ),
      (["program", "export", "ics", "--draft", "--output", "/proc/x.ics"], "Cannot write /proc/x.ics: "),
      (["program", "template", "export", "/proc/x"], "/proc/x: "),
      (["program", "export", "ics", "--draft", "--output", folder.path("none/x.ics")], "create it first"),
    ] {
      let run = try await plenary(command)
      #expect(run.code == 4 && run.error.contains(reason), "\(run)")
      #expect(!run.error.contains("Cocoa") && !run.error.contains("operation could not"), "\(run)")
    }
    try Data().write(to: URL(filePath: folder.path("home")))
    let home = try await Plenary(variables: ["PLENARY_HOME": folder.path("home"), "PLENARY_DATABASE_URL": ""]
    )(
      "room", "list")
    #expect(
      home.code != 0 && home.error.contains("home is not a directory; set PLENARY_HOME to the path of one"),
      "\(home)")
  }
}
