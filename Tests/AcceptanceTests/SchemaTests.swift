import Foundation
import Postgres
import Testing

@Suite(.timeLimit(.minutes(40))) struct `The schema of a database` {
  @Test func `is said to be incomplete by every command, until it is made whole`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.connect().executeScript(
      "drop schema vault cascade; revoke usage on schema log from plenary_writer; drop table program.track cascade"
    )
    for command in [
      ["room", "list"], ["log", "verify"], ["db", "status"], ["room", "add", "foyer", "--name", "F"],
    ] {
      let run = try await plenary(command)
      #expect(run.code == 4 && run.error.contains("is not complete"), "\(run)")
      #expect(
        run.error.contains("functions of vault") && run.error.contains("plenary db migrate"), "\(run)")
    }
    #expect(try await plenary.done("db", "migrate").lines.contains("log/0003-vault.sql"))
    try await plenary("db", "migrate").says("Nothing to do: the schema is up to date and complete.")
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei")
    try await plenary.done("projections", "verify")
    try await plenary.done("log", "verify")
  }

  @Test func `of another build is replaced only on request, and of a newer one never`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.connect().execute("update plenary.schema set fingerprint = 'of another build'")
    for command in [["room", "list"], ["db", "migrate"]] {
      let run = try await plenary(command)
      #expect(run.code == 4 && run.error.contains("Another build of Plenary"), "\(run)")
      #expect(run.error.contains("plenary db migrate --replace"), "\(run)")
    }
    try await plenary.done("db", "migrate", "--replace")
    try await plenary("room", "list").says("Aula")
    try await plenary.connect().execute(
      "update plenary.schema set fingerprint = 'of a newer version', version = version + 1")
    for command in [["room", "list"], ["db", "migrate"], ["db", "migrate", "--replace"]] {
      let run = try await plenary(command)
      #expect(run.code == 4 && run.error.contains("A newer version of Plenary"), "\(run)")
    }
  }

  @Test func `is not distributed without Citus`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let run = try await plenary("db", "distribute")
    #expect(run.code == 4 && run.output.isEmpty && run.error.contains("has no Citus"), "\(run)")
    try await plenary("db", "status").says("berlin, 2 events\n")
  }
}
