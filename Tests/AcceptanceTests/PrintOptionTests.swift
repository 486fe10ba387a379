import Foundation
import Testing

@Suite(
  .enabled(if: Programs.missing.isEmpty, "Programs are missing: \(Programs.missing)"),
  .timeLimit(.minutes(40)))
struct `An option of a print` {
  private func scheduled() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("speaker", "register", "ada", "--name", "Adason, Ada")
    try await plenary.done("speaker", "register", "bea", "--name", "Beason, Bea")
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00", "--chair", "ada", "--speaker", "bea")
    try await plenary.done(
      "session", "schedule", "keynote", "--title", "Keynote", "--room", "aula", "--start", "2016-06-01 10:00",
      "--end", "11:00", "--speaker", "bea")
    return plenary
  }

  @Test func `puts several short pieces on a page`() async throws {
    let (plenary, folder) = (try await scheduled(), try Folder())
    for (kind, number, pages) in [
      ("itineraries", "1", 2), ("itineraries", "2", 1), ("itineraries", "4", 1), ("chair-sheets", "2", 1),
    ] {
      try await plenary.done(
        "program", "print", kind, "--per-page", number, "--output", folder.path("p.pdf"))
      let facts = try await Programs.information(of: folder.path("p.pdf"))
      #expect(facts.firstMatch(of: /Pages: +(\d+)/)?.1 == "\(pages)", "\(facts)")
      let text = try await Programs.text(of: folder.path("p.pdf"))
      #expect(text.contains("Opening") && text.contains("Ada Adason"))
    }
  }

  @Test(
    .enabled(
      if: Programs.find("zbarimg") && Programs.find("pdftoppm"), "There is no zbarimg, or no pdftoppm, here"))
  func `prints a code on a badge that check-in takes, read by another program`() async throws {
    let (plenary, folder) = (try await scheduled(), try Folder())
    for (attendee, name) in [("a-1", "Li, Wei"), ("a-2", "Berg, Anna")] {
      try await plenary.done("attendee", "register", attendee, "--name", name)
    }
    for (attendee, name) in [("a-1", "Wei Li"), ("a-2", "Anna Berg")] {
      try await plenary.done(
        "attendee", "print", "badges", "--attendee", attendee, "--size", "90x55", "--output",
        folder.path("badge.pdf"))
      let read = try await plenary.shell(
        "pdftoppm -gray -r 300 -png -singlefile badge.pdf badge && zbarimg --quiet --raw badge.png 2> /dev/null | tail -n 1",
        in: folder.path(""))
      let checkedIn = try await plenary.done("attendee", "check-in", read.output)
      #expect(checkedIn.output.contains(name), "\(read) \(checkedIn)")
    }
  }

  @Test func `leaves sessions without a chair to themselves`() async throws {
    let (plenary, folder) = (try await scheduled(), try Folder())
    try await plenary.done(
      "program", "print", "chair-sheets", "--chaired-only", "--output", folder.path("p.pdf"))
    let text = try await Programs.text(of: folder.path("p.pdf"))
    #expect(text.contains("Opening"))
    #expect(try await Programs.information(of: folder.path("p.pdf")).contains(/Pages: +1/))
  }

  @Test func `gives a door sign the code of its room, and tells what takes place next door`() async throws {
    let (plenary, folder) = (try await scheduled(), try Folder())
    try await plenary.done("venue", "add", "west", "--name", "West")
    try await plenary.done("room", "revise", "aula", "--venue", "west")
    try await plenary.done("room", "add", "annex", "--name", "Annex", "--venue", "west")
    try await plenary.done(
      "program", "print", "door-signs", "--web", "https://forum.example/program.html", "--next-door",
      "--format",
      "json", "--output", folder.path("signs.json"))
    let signs = try String(decoding: folder.bytes("signs.json"), as: UTF8.self)
    #expect(signs.contains("https://forum.example/program.html#room=aula") && signs.contains("Annex"))
    try await plenary.done("program", "print", "door-signs", "--output", folder.path("signs.pdf"))
    #expect(try await !Programs.text(of: folder.path("signs.pdf")).contains("Annex"))
  }

  @Test func `prepares a booklet for the print shop, or for folding`() async throws {
    let (plenary, folder) = (try await scheduled(), try Folder())
    let press = try await plenary.shell("plenary program print --press", in: folder.path(""))
    #expect(press.output == "berlin-program-press.pdf", "\(press)")
    // A print of other contents is another file; one with the usual number on a page is not.
    for (options, part) in [
      ("--chaired-only", "-chaired"), ("--per-page 2", "-2-per-page"), ("--per-page 1", ""),
    ] {
      let sheets = try await plenary.shell(
        "plenary program print chair-sheets \(options)", in: folder.path(""))
      #expect(sheets.output == "berlin-chair-sheets\(part).pdf", "\(sheets)")
    }
    let signs = try await plenary.shell(
      "plenary program print door-signs --next-door --web https://forum.example/p.html", in: folder.path(""))
    #expect(signs.output == "berlin-door-signs-next-door-web.pdf", "\(signs)")
    try await plenary.done(
      "program", "print", "--press", "--grey", "--output", folder.path("press.pdf"))
    // 9 mm on each side of an A5 page.
    #expect(try await Programs.information(of: folder.path("press.pdf")).contains("470.551 x 646.299"))
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei")
    try await plenary.done("attendee", "print", "badges", "--press", "--output", folder.path("badges.pdf"))
    #expect(try await Programs.information(of: folder.path("badges.pdf")).contains("348.661 x 470.551"))
    for creep in ["0", "100"] {
      try await plenary.done(
        "program", "print", "--imposed", "--creep", creep, "--output", folder.path("creep-\(creep).pdf"))
    }
    #expect(try folder.bytes("creep-0.pdf") != folder.bytes("creep-100.pdf"))
  }

  @Test(arguments: [
    ("booklet --creep 100", "--creep requires --imposed"),
    ("booklet --imposed --creep 900", "from 0 to 500, not 900"),
    ("booklet --imposed --creep -1", "from 0 to 500, not -1"),
    ("booklet --imposed --press", "cannot both be given"),
    ("itineraries --press", "--press is for booklet, pocket"),
    ("itineraries --per-page 3", "--per-page takes 1, 2 and 4 for itineraries, not 3"),
    ("chair-sheets --per-page 4", "--per-page takes 1 and 2 for chair-sheets, not 4"),
    ("booklet --per-page 2", "--per-page is only for itineraries and chair-sheets"),
    ("itineraries --chaired-only", "--chaired-only is only for chair-sheets"),
    ("booklet --next-door", "--web and --next-door are only for door-signs"),
    ("door-signs --web forum.example", "--web takes an address"),
    ("door-signs --web https://forum.example/#program", "without “#”"),
  ])
  func `is refused where it makes no sense`(arguments: String, error: String) async throws {
    let run = try await Plenary.apart().berlin()(
      ["program", "print"] + arguments.split(separator: " ").map(String.init))
    #expect(run.code == 2 && run.error.contains(error), "\(run)")
  }
}
