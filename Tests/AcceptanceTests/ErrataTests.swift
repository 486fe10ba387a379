import Foundation
import Testing

/// Each copy is compared with what its own print would give now.
@Suite(.timeLimit(.minutes(40))) struct `Errata of several prints` {
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "add", "annex", "--name", "Annex", "--name", "de=Anbau")
    for (session, room) in [("opening", "aula"), ("panel", "annex")] {
      try await plenary.done(
        "session", "schedule", session, "--title", "Title", "--title", "de=Titel", "--room", room, "--start",
        "2016-06-01 09:00", "--end", "10:00")
    }
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei", "--category", "press")
    try await plenary.done("attendee", "register", "a-2", "--name", "Berg, Anna", "--category", "guest")
    return plenary
  }

  /// `changed badge a-1`
  private func items(_ plenary: Plenary) async throws -> [String] {
    let errata = try await plenary.done("program", "errata", "--no-slip", "--json")
    let kinds = try #require(errata.object["kinds"] as? [[String: Any]])
    return kinds.flatMap { $0["items"] as? [[String: Any]] ?? [] }
      .map { "\($0["what"] ?? "") \($0["key"] ?? "")" }
  }

  @Test func `leave badges alone that another print of badges left out`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    for category in ["press", "guest"] {
      try await plenary.done(
        "attendee", "print", "badges", "--category", category, "--for-print", "--output",
        folder.path("\(category).pdf"))
    }
    #expect(try await items(plenary) == [])
    try await plenary.done("attendee", "revise", "a-1", "--name", "Li, Weiwei")
    let changed = try await items(plenary)
    #expect(
      changed.count == 1 && changed[0].hasPrefix("changed ") && changed[0].contains("a-1"), "\(changed)")
    // Whoever changes the category still needs a badge, but another one.
    try await plenary.done("attendee", "revise", "a-2", "--category", "press")
    let both = try await items(plenary)
    #expect(both.count == 2 && both.allSatisfy { $0.hasPrefix("changed ") }, "\(both)")
    try await plenary.done("attendee", "withdraw", "a-2")
    #expect(try await items(plenary).contains { $0.hasPrefix("gone ") && $0.contains("a-2") })
  }

  @Test func `compare each sign in the language in which it was printed`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    for (language, room) in [("de", "aula"), ("en", "annex")] {
      try await plenary.done(
        "program", "print", "door-signs", "--room", room, "--languages", language, "--for-print", "--output",
        folder.path("\(room).pdf"))
    }
    #expect(try await items(plenary) == [])
    try await plenary.done("session", "revise", "opening", "--title", "de=Eröffnung")
    #expect(try await items(plenary) == ["changed door-sign aula 2016-06-01"])
  }

  @Test func `compare a booklet by track and one by day each`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    for by in ["day", "track"] {
      try await plenary.done(
        "program", "print", "booklet", "--by", by, "--for-print", "--output", folder.path("\(by).pdf"))
    }
    try await plenary.done("session", "revise", "opening", "--title", "Renamed")
    let errata = try await plenary.done("program", "errata", "--no-slip", "--json")
    let kinds = try #require(errata.object["kinds"] as? [[String: Any]])
    #expect(kinds.map { $0["print"] as? Int } == [1, 2])
    #expect(kinds.allSatisfy { $0["isStale"] as? Bool == true })
  }

  @Test func `find a sign that is out of date in one of its languages only`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    for language in ["de", "en"] {
      try await plenary.done(
        "program", "print", "door-signs", "--room", "aula", "--languages", language, "--for-print",
        "--output",
        folder.path("\(language).pdf"))
    }
    #expect(try await items(plenary) == [])
    try await plenary.done("session", "revise", "opening", "--title", "de=Eröffnung")
    let errata = try await plenary.done("program", "errata", "--no-slip", "--json")
    let kinds = try #require(errata.object["kinds"] as? [[String: Any]])
    let items = kinds.flatMap { $0["items"] as? [[String: Any]] ?? [] }
    #expect(items.map { $0["key"] as? String } == ["door-sign aula 2016-06-01"])
    #expect(items.map { $0["languages"] as? [String] } == [["de"]])
    #expect(items.map { $0["print"] as? Int } == [1])
    try await plenary("program", "errata", "--no-slip").says(#/print again .*Aula.* \(de\), print 1/#)
  }

  @Test func `compare each whole print, except one that was printed again`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    for track in ["economy", "culture"] {
      try await plenary.done("track", "add", track, "--name", track)
    }
    try await plenary.done("session", "revise", "opening", "--track", "economy")
    try await plenary.done("session", "revise", "panel", "--track", "culture")
    func printed(_ track: String) async throws {
      try await plenary.done(
        "program", "print", "booklet", "--track", track, "--for-print", "--output",
        folder.path("\(track).pdf"))
    }
    func stale() async throws -> [String] {
      let errata = try await plenary.done("program", "errata", "--no-slip", "--json")
      let kinds = try #require(errata.object["kinds"] as? [[String: Any]])
      return kinds.map { "\($0["print"] ?? "") \($0["isStale"] as? Bool == true ? "stale" : "current")" }
    }
    for track in ["economy", "culture"] { try await printed(track) }
    #expect(try await stale() == ["1 current", "2 current"])
    try await plenary.done("session", "revise", "opening", "--title", "Renamed")
    #expect(try await stale() == ["1 stale", "2 current"])
    try await printed("economy")
    #expect(try await stale() == ["2 current", "3 current"])
    // Whoever printed it anew in another way handed it out in place of the earlier one.
    try await plenary.done("session", "revise", "panel", "--title", "Renamed, too")
    #expect(try await stale() == ["2 stale", "3 current"])
    try await plenary.done(
      "program", "print", "booklet", "--track", "culture", "--press", "--for-print", "--output",
      folder.path("press.pdf"))
    #expect(try await stale() == ["3 current", "4 current"])
  }
}
