import EventLog
import Foundation
import Postgres
import PrivateServer
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Plenary
@testable import Scheduling

/// Whoever follows a log waits for a server that restarts, and not for a password that is wrong.
struct `A reason for no connection` {
  @Test(arguments: [
    (#"connection to server at "127.0.0.1", port 5432 failed: Connection refused"#, false),
    (
      #"connection to server on socket "/run/.s.PGSQL.5432" failed: No such file or directory\n\tIs the server running?"#,
      false
    ),
    (#"connection to server at "h", port 5432 failed: FATAL:  the database system is starting up"#, false),
    (
      #"connection to server at "h", port 5432 failed: FATAL:  password authentication failed for user "x""#,
      true
    ),
    (#"connection to server at "h", port 5432 failed: FATAL:  database "x" does not exist"#, true),
    (#"connection to server at "h", port 5432 failed: FATAL:  role "x" does not exist"#, true),
  ])
  func `is lasting where waiting does not help`(message: String, isLasting: Bool) {
    let message = message.replacing(#"\n\t"#, with: "\n\t")
    #expect(ConnectionFault.isLasting(message) == isLasting)
    #expect(
      !ConnectionFault.isLasting(
        message + "\nconnection to server at \"i\", port 5432 failed: Connection refused"))
  }
}

/// Scripts depend on the exit code.
struct `An exit code` {
  private struct Odd: Error {}

  @Test func `depends on the kind of failure`() {
    let codes: [(any Error, Int32)] = [
      (InvalidValue("It is none."), 2),
      (AppendError.commandIDReused, 1),
      (AppendError.conflict(position: 7), 3),
      (AppendError.busy, 3),
      (AppendError.connectionLost, 4),
      (AppendError.failed("disk"), 4),
      (Odd(), 4),
      (Failure(.refused, "No."), 1),
      (Failure(.wrongUsage, "No."), 2),
      (Failure(.conflict, "No."), 3),
      (Failure(.failed, "No."), 4),
    ]
    for (error, code) in codes {
      let failure = Failure(error)
      #expect(failure.kind.rawValue == code, "\(error)")
      #expect(!failure.description.isEmpty, "\(error)")
    }
  }

  @Test(arguments: [false, true])
  func `of a lost connection tells the command id, unless nothing was sent`(dryRun: Bool) async throws {
    let context = try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: dryRun)
    let error = await #expect(throws: (any Error).self) {
      try await context.tellingCommandID { throw AppendError.connectionLost }
    }
    #expect((error as? UnknownOutcome)?.commandID == (dryRun ? nil : context.commandID))
  }

  /// Without the id, the message would say that nothing was changed.
  @Test func `of a lost connection tells the command id for every command`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "Sources/Plenary").path(percentEncoded: false)
    var uses = 0
    // A desk keeps each scan with its id until it is answered.
    for file in try FileManager.default.subpathsOfDirectory(atPath: folder)
    where file.hasSuffix(".swift") && file != "Desk/HandingIn.swift" {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      let handlers = text.ranges(of: "CommandHandler(store:").count
      #expect(text.ranges(of: ".tellingCommandID {").count == handlers, "\(file)")
      uses += handlers
    }
    #expect(uses >= 9)
  }

  /// An event that cannot be read is no refusal of the database.
  @Test func `is explained by the original error`() {
    let gap = UnreadableEvent(conference: "berlin", position: 7, type: "RoomAdded", what: "it has no name")
    #expect(Failure(AppendError.failed(StoreFailure(gap))).description == gap.description)
    var full = PostgresError(.server("53100"), "could not extend file")
    #expect(Failure(AppendError.failed(StoreFailure(full))).description.contains("disk is full"))
    full = PostgresError(.server("42501"), "permission denied for table event")
    let rights = Failure(AppendError.failed(StoreFailure(full)))
    #expect(rights.description.contains("grant plenary_writer to LOGIN") && rights.code == "no-rights")
  }

  /// The log's own codes mean nothing to an organizer.
  @Test func `of the log comes in plain words`() {
    var unknown = PostgresError(.server("PL006"), "log.append: this database does not know events of type X")
    unknown.detail = "RoomAdded, version 2"
    let failure = Failure(AppendError.failed(StoreFailure(unknown)))
    #expect(failure.code == "not-set-up" && failure.texts.map(\.hints) == [[.migrate]])
    #expect(failure.description.contains("events of type RoomAdded, version 2:"))
    let malformed = Failure(PostgresError(.server("PL003"), "log.check_query: “x” is not a tag"))
    #expect(malformed.description.contains("Nothing was changed"))
    let refused = Failure(PostgresError(.server("PL007"), "The keys need another form. Restore a backup."))
    #expect(refused.description == "The keys need another form. Restore a backup.")
    for text in [failure.description, malformed.description] {
      #expect(!text.contains("PL00") && !text.contains("log."), "\(text)")
    }
  }

  @Test(
    arguments: [
      PostgresError(.server("42P01"), "relation \"log.event\" does not exist"),
      PostgresError(.server("25006"), "cannot execute INSERT in a read-only transaction"),
      PostgresError(.connectionLost, "server closed the connection unexpectedly"),
      PostgresError(.server("0A000"), "cached plan must not change result type"),
      PostgresError(
        .cannotConnect, #"connection to server on socket "/s" failed: FATAL:  role "x" does not exist"#),
      PostgresError(.misuse, "number of parameters must be between 0 and 65535"),
      CocoaError(.fileWriteNoPermission), CocoaError(.coderInvalidValue), POSIXError(.ENOSPC),
      CancellationError(),
      DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "The data is not valid JSON.")),
      NSError(domain: NSCocoaErrorDomain, code: 4), Odd(),
    ] as [any Error])
  func `never comes with the words of a library`(error: any Error) {
    let text = Failure(error).description
    for raw in [
      "FATAL", "SQLSTATE", "Domain", "Code=", "debugDescription", "codingPath", "Error(", "dataCorrupted",
    ] {
      #expect(!text.contains(raw), "\(text)")
    }
    #expect(text.first?.isUppercase == true && text.last == ".", "\(text)")
  }

  @Test(arguments: [
    (
      #"connection to server on socket "/run/.s.PGSQL.5432" failed: FATAL:  role "x" does not exist"#,
      "the server has no login “x”"
    ),
    (
      #"connection to server at "::1", port 5432 failed: FATAL:  database "nodb" does not exist"#,
      "the server has no database “nodb”"
    ),
    (
      #"connection to server at "db" (10.0.0.1), port 5432 failed: FATAL:  password authentication failed for user "u""#,
      "the password of “u” is wrong"
    ),
    (
      #"connection to server at "db" (10.0.0.1), port 5432 failed: fe_sendauth: no password supplied"#,
      "the server asks for a password, and none was given"
    ),
    (
      "connection to server at \"127.0.0.1\", port 1 failed: Connection refused\n\tIs the server running on that host "
        + "and accepting TCP/IP connections?", "no server answers at 127.0.0.1, port 1"
    ),
    (
      "connection to server on socket \"/nowhere/.s.PGSQL.5432\" failed: No such file or directory\n\tIs the server "
        + "running locally and accepting connections on that socket?",
      "no server answers at the socket in /nowhere, port 5432"
    ),
    (
      #"could not translate host name "nohost" to address: Name or service not known"#,
      "there is no computer “nohost” in the network"
    ),
    (
      "connection to server at \"a\" (10.0.0.1), port 1 failed: Connection refused\n\tIs the server running?\n"
        + "connection to server at \"b\" (10.0.0.2), port 2 failed: timeout expired",
      "no server answers at a, port 1, and the server at b, port 2 did not answer in time"
    ),
  ])
  func `of a connection says what is missing`(message: String, reason: String) {
    let failure = Failure(PostgresError(.cannotConnect, message))
    #expect(failure.description == "Cannot connect to the database: \(reason).")
    #expect(failure.code == "cannot-connect")
  }

  /// Many things are not supported; only a standby means this.
  @Test func `of what the server does not support does not speak of a standby`() {
    var error = PostgresError(.server("0A000"), "cannot use this here")
    #expect(Failure(error).code == "failed" && !Failure(error).description.contains("standby"))
    error.isReadOnly = true
    #expect(Failure(error).code == "read-only")
  }

  @Test func `of a warning does not hide that the command is done`() async throws {
    let receipt = Receipt(first: 4, last: 5, replayed: false)
    let lost = PostgresError(.connectionLost, "server closed the connection unexpectedly")
    var done = Outcome<SchedulingEvent>(effect: .appended(receipt), events: [])
    try await done.warn { throw lost }
    #expect(
      done.warnings.map(\.text) == [
        "This is done, at position 5. What to warn of could not be found out: The connection to the "
          + "database was lost. Try again."
      ])
    var dry = Outcome<SchedulingEvent>(effect: .wouldAppend, events: [])
    await #expect(throws: PostgresError.self) { try await dry.warn { throw lost } }
  }

  @Test func `comes with a code, the conflicts and the position`() {
    let refused = Failure(Refused(Releases.Refusal.released("1.0", at: 4)))
    #expect((refused.kind, refused.code, refused.position) == (.refused, "releases.released", 4))
    // Where a decision passes on the refusal of another, the code is that of the other.
    let conflict = DescribedConflict(
      conflict: try! JSONDecoder().decode(
        Conflict.self, from: Data(#"{"kind":"room-taken","sessions":["a","b"],"room":"hall"}"#.utf8)),
      message: "Taken.")
    let found = Failure(Refused(Sessions.Refusal.conflicts(ConflictsFound(conflicts: [conflict]))))
    #expect(found.code == "conflicts-found" && found.conflicts == [conflict])
    #expect(Failure(Refused(SignUps.Refusal.attendee(.unknown("a-1")))).code == "attendees.unknown")
    #expect(Failure(Refused(Releases.Refusal.nothingWhole)).code == "releases.nothing-whole")
    #expect(Failure(AppendError.conflict(position: 7)).position == 7)
    #expect(Failure(InvalidValue("It is none.")).code == "malformed-value")
  }

  @Test func `of the private server comes with a hint`() {
    let texts = Failure(PrivateServerError.timedOut("the start", seconds: 60, log: "/log")).texts
    #expect(texts == .says("Gave up waiting for the start after 60 seconds. See /log.", .stopServer))
  }

  @Test func `comes with a message`() {
    #expect(Failure(AppendError.conflict(position: 7)).description.contains("event 7"))
    #expect(Failure(AppendError.failed("the disk")).description.contains("the disk"))
    #expect(Failure(AppendError.connectionLost).description.contains("connection"))
    let unknown = Failure(UnknownOutcome(commandID: "0b4d"))
    #expect(unknown.texts.map(\.hints) == [[.repeatCommand(id: "0b4d")]])
    #expect(unknown.kind == .failed && unknown.description.contains("unknown"))
    #expect(Failure(InvalidValue("It is none.")).description == "It is none.")
  }
}
