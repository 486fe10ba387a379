import Foundation
import Postgres
import Testing

/// A key that is missing is not an erasure: the log alone says who was erased.
@Suite(.timeLimit(.minutes(40))) struct `A vault that lost keys` {
  /// With a third attendee who was erased.
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.sealed(attendees: ["Li, Wei", "Ivanova, Olga", "Gone, Long"])
    try await plenary.done("attendee", "erase", "a-3", "--yes")
    return plenary
  }

  private func lose(_ which: String, _ plenary: Plenary) async throws {
    try await plenary.connect().execute("delete from vault.key where \(raw: which)")
  }

  @Test func `fails with the number of people, and shows and prints nobody as erased`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "status")
    let whole = try await plenary.done("log", "verify", "--json")
    #expect((whole.object["sealed"] as? [String: Any])?["people"] as? Int == 3)
    try await lose("true", plenary)

    let all = "3 people (a-1, a-2, anna) and the withheld speakers of 1 entry (doubt) cannot be decrypted"
    for (words, sentence, shown) in [
      (["attendee", "list"], "2 people (a-1, a-2)", "a-1"),
      (["attendee", "list", "--json"], "2 people (a-1, a-2)", "\"attendee\": \"a-3\""),
      (["attendee", "list", "--at", "6"], "2 people (a-1, a-2)", "a-3"),
      (["attendee", "show", "a-1"], "1 person (a-1)", "registered"),
      (["attendee", "show", "a-1", "--json"], "1 person (a-1)", "\"status\": \"registered\""),
      (["attendee", "print", "participants", "--output", "/dev/null"], "2 people (a-1, a-2)", ""),
      (["attendee", "print", "badges", "--format", "json", "--output", "-"], "2 people (a-1, a-2)", ""),
      (["statement", "show", "doubt", "--reveal"], "of 1 entry (doubt)", "A participant"),
      (["log", "verify"], all, "all unchanged"),
      (["log", "verify", "--json"], all, "\"unreadablePeople\""),
      (["db", "status"], all, "lacks keys of berlin"),
    ] {
      let run = try await plenary(words)
      #expect(
        run.code == 4 && run.error.contains(sentence) && run.error.contains("restore the vault")
          && (shown.isEmpty ? run.output.isEmpty : run.output.contains(shown)), "\(run)")
    }
    try await plenary.done("attendee", "show", "a-3")
    try await plenary.done("log", "verify", "--at", "5")
    try await plenary.done("program", "release", "1.0")
    let notices = try await plenary("program", "notices")
    #expect(notices.code == 4 && notices.error.contains("1 person (anna)"), "\(notices)")
  }

  @Test func `never encrypts anew over what cannot be opened`() async throws {
    let plenary = try await conference()
    try await lose("owner not like 'identity:%'", plenary)
    let before = try await plenary.head()
    for (words, sentence) in [
      (
        ["attendee", "revise", "a-1", "--note", "vegan"], "details of the attendee “a-1” cannot be decrypted"
      ),
      (["attendee", "register", "a-1", "--name", "Li, Wei"], "is registered already"),
      (
        ["speaker", "contact", "anna", "--email", "new@example.org"],
        "address of the speaker “anna” cannot be decrypted"
      ),
    ] {
      let run = try await plenary(words)
      #expect(run.code == 1 && run.error.contains(sentence), "\(run)")
    }
    #expect(try await plenary.head() == before)
    #expect(try await plenary.connect().query("select from vault.key").count == 1)
    // What needs no key goes on.
    try await plenary.done("attendee", "check-in", "a-1")
    try await plenary.done("attendee", "erase", "a-1", "--yes")
    try await plenary.done("speaker", "contact", "anna", "--none")
    let rest = try await plenary("log", "verify")
    #expect(rest.code == 4 && rest.error.contains("of 1 person (a-2) cannot"), "\(rest)")
  }

  /// A withheld speaker's key is destroyed along with a speaker alone, and the log says that.
  @Test func `takes no row without a key for an erasure if no speaker was erased`() async throws {
    let plenary = try await conference()
    try await plenary.connect().execute("update vault.key set key = null where owner like 'identity:%'")
    for words in [["log", "verify"], ["statement", "show", "doubt", "--reveal"]] {
      let run = try await plenary(words)
      #expect(run.code == 4 && run.error.contains("of 1 entry (doubt) cannot be decrypted"), "\(run)")
    }
  }

  /// The erasure of one speaker excuses only the keys that were destroyed with it.
  @Test func `takes the key of a withheld speaker for lost although another one was erased`() async throws {
    let plenary = try await Plenary.sealed()
    try await plenary.withhold("anna", as: "belief")
    try await plenary.done("speaker", "erase", "ben", "--yes")
    try await plenary.done("log", "verify")
    try await lose("owner like 'identity:%' and key is not null", plenary)
    for words in [["log", "verify"], ["statement", "show", "belief", "--reveal"]] {
      let run = try await plenary(words)
      #expect(run.code == 4 && run.error.contains("of 1 entry (belief) cannot be decrypted"), "\(run)")
    }
    try await plenary("statement", "show", "doubt", "--reveal").says("(erased)")
  }

  @Test func `cannot disclose a speaker whom it does not know`() async throws {
    let plenary = try await conference()
    try await lose("owner like 'identity:%'", plenary)
    for words in [
      ["statement", "authorise", "doubt", "--evidence", "Letter"], ["statement", "disclose", "doubt"],
    ] {
      let run = try await plenary(words)
      #expect(run.code == 1 && run.error.contains("speaker behind “doubt” cannot be decrypted"), "\(run)")
    }
  }

  /// The identity behind an entry is not replaced, and another key of the same speaker stands in nobody's way.
  @Test func `never puts another speaker over one who cannot be decrypted`() async throws {
    let plenary = try await conference()
    let (owner, key) = try await plenary.identityKey()
    try await lose("owner like 'identity:%'", plenary)
    let before = try await plenary.head()
    for words in [
      [
        "statement", "reattribute", "doubt", "--mode", "withheld", "--identity", "ben", "--as-printed",
        "Somebody",
      ],
      [
        "statement", "correct", "doubt", "--mode", "withheld", "--identity", "ben", "--as-printed",
        "Somebody",
      ],
    ] {
      let run = try await plenary(words)
      #expect(run.code == 4 && run.error.contains("of 1 entry (doubt) cannot be decrypted"), "\(run)")
    }
    #expect(try await plenary.head() == before)
    try await plenary.done("speaker", "contact", "ben", "--email", "ben@example.org")
    let erased = try await plenary("log", "verify")
    #expect(erased.code == 4 && erased.error.contains("1 entry (doubt)"), "\(erased)")
    try await plenary.connect().execute(
      "insert into vault.key (conference, owner, key) values ('berlin', \(owner), \(key)::bytea)")
    try await plenary.done("log", "verify")
    try await plenary("statement", "show", "doubt", "--reveal").says("ben")
  }
}
