import Foundation
import Testing

@Suite(.timeLimit(.minutes(20))) struct `A booklet` {
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("track", "add", "economy", "--name", "Economy")
    let description = Array(repeating: "What is said here takes many words.", count: 120).joined(
      separator: " ")
    for hour in 9...18 {
      try await plenary.done(
        "session", "schedule", "talk-\(hour)", "--title", "Talk at \(hour)", "--room", "aula", "--start",
        "2016-06-01 \(hour):00", "--end", "\(hour):45", "--track", "economy", "--description", description)
    }
    return plenary
  }

  @Test func `fits into the pages that it may have, and says what is missing`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    let whole = try await plenary.done("program", "print", "booklet", "--output", folder.path("whole.pdf"))
    #expect(whole.error.isEmpty, "\(whole)")
    let short = try await plenary.done(
      "program", "print", "booklet", "--pages", "12", "--output", folder.path("short.pdf"))
    #expect(short.error == "Descriptions that were shortened to fit: 10.\n", "\(short)")
    let wrong = try await plenary("program", "print", "booklet", "--templates", folder.path(""))
    #expect(wrong.code == 2 && wrong.error.contains("has no template such as common.typ"), "\(wrong)")
    let named = try await plenary.shell("plenary program print --pages 400", in: folder.path(""))
    #expect(named.output == "berlin-program-400-pages.pdf")
  }

  @Test func `says how long it is if it cannot be as short as wanted`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    let lines = (0..<260).map { number in
      let (day, begin) = (2 + number / 130, number % 130 * 5)
      func clock(_ minutes: Int) -> String {
        "\(minutes / 60 + 8):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
      }
      return "session schedule short-\(number) --title \"Short talk \(number)\" --room aula "
        + "--start \"2016-06-0\(day) \(clock(begin))\" --end \(clock(begin + 5))"
    }
    try lines.joined(separator: "\n").write(
      toFile: folder.path("talks.txt"), atomically: true, encoding: .utf8)
    try await plenary.done("run", folder.path("talks.txt"))
    for options in [[], ["--imposed"]] {
      let long = try await plenary.done(
        ["program", "print", "booklet", "--pages", "8", "--output", folder.path("long.pdf")] + options)
      #expect(long.error.contains(/The booklet has \d+ pages, more than 8: with/), "\(long)")
    }
  }

  @Test func `is grouped by day, track or room`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    for (by, name) in [
      ("day", "berlin-program.pdf"), ("track", "berlin-program-by-track.pdf"),
      ("room", "berlin-program-by-room.pdf"),
    ] {
      let run = try await plenary.shell("plenary program print booklet --by \(by)", in: folder.path(""))
      #expect(run.code == 0 && run.output == name, "\(run)")
    }
    try await plenary.done(
      "program", "print", "booklet", "--by", "track", "--format", "json", "--output",
      folder.path("track.json"))
  }

  @Test(arguments: [
    ("pocket --by track", "--by and --pages are only for the booklet"),
    ("booklet --pages 0", "--pages takes a number from 8 to 4000, not 0."),
    ("booklet --pages -4", "--pages takes a number from 8 to 4000, not -4."),
    ("booklet --by speaker", "speaker"),
    ("booklet --format html --pages 40", "--by and --pages are only for the booklet"),
  ])
  func `takes no pages or groups that make no sense`(arguments: String, error: String) async throws {
    let run = try await Plenary.apart().berlin()(
      ["program", "print"] + arguments.split(separator: " ").map(String.init))
    #expect(run.code == 2 && run.error.contains(error), "\(run)")
  }
}
