import EventLog
import Foundation
import Postgres
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(40))) struct `The log at the command line` {
  @Test func `undoes a command, or says why it cannot`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let id = UUID().uuidString.lowercased()
    try await plenary.done("room", "revise", "aula", "--capacity", "7", "--note", "Small", "--command-id", id)
    let dry = try await plenary.done("log", "undo", id, "--dry-run", "--json")
    #expect(dry.object["effect"] as? String == "would append")
    try await plenary("log", "undo", id, "--json").appended(
      #"RoomRevised {"capacity":300,"cleared":["note"],"room":"aula"}"#)
    let again = try await plenary.done("log", "undo", id)
    #expect(again.output.contains("Nothing to do"))
    // By the position of one of its events.
    try await plenary("log", "undo", "4", "--json").appended(
      #"RoomRevised {"capacity":7,"note":{"en":"Small"},"room":"aula"}"#)
    let final = try await plenary("log", "undo", "1")
    #expect(final.code == 1 && final.error.contains("ConferenceOpened"), "\(final)")
    for (unknown, code) in [("99", 1), (UUID().uuidString, 1), ("nonsense", 2)] {
      let run = try await plenary("log", "undo", unknown)
      #expect(run.code == code && !run.error.isEmpty, "\(run)")
    }
    try await plenary.done("projections", "verify")
  }

  @Test func `shows a session whose scheduling was undone as such`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let schedule = [
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00",
    ]
    try await plenary(schedule).says("SessionScheduled")
    try await plenary("conference", "show").says(/sessions +1/)
    try await plenary.done("log", "undo", "\(plenary.head())", "--actor", "boris")
    try await plenary("session", "show", "opening").says(
      "NOT IN THE PROGRAM: its scheduling was undone by boris at ")
    try await plenary("conference", "show").says(/sessions +0/)
    let again = try await plenary(schedule)
    #expect(
      again.code == 1 && again.error.contains("whose scheduling was undone")
        && again.error.contains("plenary session reinstate opening") && !again.error.contains("session move"),
      "\(again)")
    try await plenary.done("session", "reinstate", "opening")
    #expect(try await !plenary.done("session", "show", "opening").output.contains("NOT IN"))
    try await plenary.done("projections", "verify")
  }

  @Test func `is compared with a root as it is printed`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let root = try #require(try await plenary.done("log", "verify", "--json").object["root"] as? String)
    let groups = stride(from: 0, to: 64, by: 8).map { root.dropFirst($0).prefix(8) }
    try await plenary("log", "verify", "--root", groups.joined(separator: " ")).says("all unchanged")
    try await plenary("log", "verify", "--root", groups.joined(separator: "\u{200b}\n").uppercased())
      .says("all unchanged")
    for wrong in ["abc", String(root.dropLast()), String(root.dropLast()) + "x"] {
      let run = try await plenary("log", "verify", "--root", wrong)
      #expect(run.code == 2 && run.error.contains("64 hexadecimal digits"), "\(run)")
    }
    try await plenary.done("room", "add", "annex", "--name", "Annex")
    let later = try await plenary("log", "verify", "--root", root)
    #expect(
      later.code == 4 && later.error.contains("of another position") && later.error.contains("--at"),
      "\(later)")
    try await plenary("log", "verify", "--root", root, "--at", "2").says("all unchanged")
    let changed = try await plenary("log", "verify", "--root", root, "--at", "1")
    #expect(changed.code == 4 && !changed.error.contains("of another position"), "\(changed)")
  }

  @Test func `shows that something is encrypted, and nothing of it`() async throws {
    let plenary = try await Plenary.sealed(attendees: ["Li, Wei"])
    try await plenary.done("attendee", "revise", "a-1", "--note", "Vegan")
    let log = try await plenary.done("log", "show", "--json")
    let events = try log.lines.map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    func body(_ type: String) throws -> [String: Any] {
      try #require(events.first { $0["type"] as? String == type }?["body"] as? [String: Any], "\(type)")
    }
    for type in ["AttendeeRegistered", "AttendeeRevised"] {
      #expect(try body(type)["details"] as? [String: Bool] == ["sealed": true])
    }
    #expect(try body("ContactStated").values.contains { $0 as? [String: Bool] == ["sealed": true] })
    // Encrypted data is base64 of at least 284 bytes.
    #expect(!log.output.contains(/[A-Za-z0-9+\/]{300}/))
  }

  /// Computed from what is printed in one line alone, and with the root that others have.
  @Test func `proves one event, with its words, without showing the others`() async throws {
    let plenary = try await Plenary.sealed(attendees: ["Li, Wei"])
    try await plenary.done(
      "speaker", "register", "ada", "--name", "Lovelace, Ada", "--biography", "Wrote the 1st program.")
    let head = try await plenary.head()
    try await plenary.done("room", "add", "annex", "--name", "Annex")
    func root(_ position: Int) async throws -> String {
      let run = try await plenary.done("log", "verify", "--at", "\(position)", "--json")
      return run.object["root"] as? String ?? "none"
    }
    for (position, end) in [(1, head + 1), (head, head + 1), (head, head), (1, head)] {
      let bound = end == head ? ["--at", "\(head)"] : []
      let line = try await plenary.done(["log", "show", "\(position)", "--proof", "--json"] + bound).object
      #expect(line["rootPosition"] as? Int == end)
      let root = try await root(end)
      #expect(line["root"] as? String == root)
      func text(_ key: String) -> String? { line[key] as? String }
      let body = try #require(text("bodyText"))
      let event = RecordedEvent(
        conference: try #require(text("conference")), position: position, type: try #require(text("type")),
        version: try #require(line["version"] as? Int), tags: try #require(line["tags"] as? [String]),
        body: body, words: nil, salt: nil, actor: try #require(text("actor")), login: text("login"),
        reason: text("reason"), commandID: try #require(text("commandID")),
        recordedAt: try #require(Timestamp(text("recordedAt") ?? "")), leaf: [])
      let path = ["path": try #require(line["proof"] as? [String])]
      let proof = try JSONDecoder().decode(InclusionProof.self, from: JSONEncoder().encode(path))
      #expect(
        proof.verifies(
          event.leafHash, at: position - 1, of: end, root: try #require(bytes(hexadecimal: root))))
      guard let words = text("wordsText") else { continue }
      let salt = try #require(bytes(hexadecimal: text("salt") ?? ""))
      #expect(words.contains("Wrote the 1st program."))
      #expect(body.hasSuffix("\"words\":\"\(Words(salt: salt, json: words).commitment)\"}"))
    }
    #expect(
      try await plenary.done("log", "show", "\(head)", "--proof", "--json").output.contains("wordsText"))
    // Without a position, too, nothing after the root's position is shown.
    #expect(try await plenary.done("log", "show", "--proof", "--json", "--at", "3").lines.count == 3)
    let late = try await plenary("log", "show", "\(head + 1)", "--proof", "--at", "\(head)")
    #expect(late.code == 1 && late.error.contains("not among the first \(head) events"), "\(late)")
    try await plenary("log", "show", "1", "--proof").says("root", "of the first \(head + 1) events")
  }

  @Test func `shows the last events, and the events with a tag`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for number in 3...5 { try await plenary.done("room", "add", "r-\(number)", "--name", "R\(number)") }
    let last = try await plenary.done("log", "tail", "--number", "2", "--no-follow")
    #expect(last.lines.map { $0.prefix(1) } == ["4", "5"], "\(last)")
    #expect(try await plenary.done("log", "tail", "--no-follow").lines.count == 5)
    let tagged = try await plenary.done("log", "show", "--tag", "room:r-4", "--json").lines
    #expect(tagged.count == 1 && tagged[0].contains("\"position\":4"))
    let mistyped = try await plenary("log", "show", "--tag", "room:r-9")
    #expect(mistyped.code == 1 && mistyped.error.contains("No event has the tag “room:r-9”"), "\(mistyped)")
  }

  @Test func `shows new events until it is interrupted`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let following = plenary.talk("log", "tail", "--follow", "--number", "1")
    #expect(await following.next() { $0.contains("RoomAdded") } != nil)
    try await plenary.done("track", "add", "economy", "--name", "Economy")
    #expect(await following.next() { $0.hasPrefix("3  ") && $0.contains("TrackAdded") } != nil)
    following.interrupt()
  }

  @Test func `is followed by the read models until interrupted`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let following = plenary.talk("projections", "follow", "program", "attendance")
    #expect(await following.next() { $0.hasPrefix("program: 2 events") } != nil)
    try await plenary.done("track", "add", "economy", "--name", "Economy")
    #expect(await following.next() { $0.hasPrefix("program: 1 event") } != nil)
    following.interrupt()
    let tracks = try await plenary.connect().query("select track from program.track")
    #expect(try tracks.map { try $0.decode("track", as: String.self) } == ["economy"])
  }
}

@Suite(.timeLimit(.minutes(40))) struct `The database at the command line` {
  @Test func `opens in psql as the reader, who can read neither the log nor the vault`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "list")  // updates the read models
    try await plenary("db", "psql", "-XAtc", "select room from program.room").says("aula\n")
    let log = try await plenary("db", "psql", "-XAtc", "select count(*) from log.event")
    #expect(log.code != 0 && log.error.contains("permission denied"), "\(log)")
    try await plenary("db", "psql", "--role", "plenary_writer", "-XAtc", "select count(*) from log.event")
      .says("2\n")
    let vault = try await plenary(
      "db", "psql", "--role", "plenary_writer", "-XAtc", "update vault.key set owner = owner")
    #expect(vault.code != 0 && vault.error.contains("permission denied"), "\(vault)")
    try await plenary("db", "psql", "--role", "none", "-XAtc", "select current_user").says("plenary\n")
  }

  @Test func `is migrated by one command, which then has nothing to do`() async throws {
    let plenary = try await Plenary.unmigrated()
    let before = try await plenary("room", "list")
    #expect(before.code == 4 || before.code == 1, "\(before)")
    try await plenary.done("db", "migrate")
    let head = try await plenary.connect().query("select from log.head")
    #expect(head.isEmpty)
    let again = try await plenary.done("db", "migrate")
    #expect(again.output.count < 200, "\(again)")
    _ = try await plenary.berlin()
    try await plenary("db", "status").says("berlin, 2 events")
  }

  @Test func `starts automatically and stops on request`() async throws {
    var plenary = Plenary(database: nil)
    plenary.variables["PLENARY_HOME"] = "/tmp/plenary-stop-\(getpid())"
    defer { try? FileManager.default.removeItem(atPath: plenary.variables["PLENARY_HOME"]!) }
    try await plenary("db", "status").says("not set up")
    try await plenary.done("conference", "list")
    try await plenary("db", "status").says("PostgreSQL")
    try await plenary.done("db", "stop")
    try await plenary("db", "status").says("stopped")
    try await plenary.done("db", "stop")
    try await plenary.done("db", "start")
    try await plenary("db", "status").says("process")
    try await plenary.done("db", "stop")
  }
}
