import EventLog
import Foundation
import Postgres
import PostgresLog
import PrivateServer
import Vocabulary

/// (c) Appends in batches of 1,000, compared with copying the same rows into tables with the same definitions. (d) Rebuilding all read
/// models of a conference from a million events, compared with copying the same events out.
func measureRebuild(_ bench: Bench) async throws -> [Figure] {
  let conference = try ConferenceID("million")
  say("appending a million events …")
  let appender = Appender(
    conference, PostgresLog(try await Connection.open(bench.writer)))
  try await generateConference(1_000_000) { try await appender.add($0) }
  try await appender.flush()
  let appended = await appender.appended
  let rate = Double(appended.events) / appended.seconds
  say("copying their rows in …")
  let copied = try copyIn(bench)

  let reader = try await Connection.open(bench.parameters)
  // Do autovacuum's work now, so that it does not run during a measurement.
  _ = try bench.runPsql("vacuum (analyze) log.event")
  _ = try bench.runPsql("checkpoint")
  var (copies, reads, rebuilds): ([Double], [Double], [ProcessUse]) = ([], [], [])
  for round in 1...5 {
    say("copying out, reading and rebuilding, \(round) of 5 …")
    copies.append(try bench.runPsql("copy log.event to stdout").seconds)
    reads.append(try await read(conference, reader))
    // All but the first rebuild replace the rows of the one before.
    rebuilds.append(
      try bench.runPlenary("projections", "rebuild", "--conference", conference.slug))
  }
  await reader.close()
  let (copy, read, rebuild) = (median(copies), median(reads), median(rebuilds.map(\.seconds)))
  let megabytes = rebuilds.map(\.megabytes).max() ?? 0
  say(
    "rebuilds took \(rebuilds.map { tenths($0.seconds, 2) }) s, reads \(reads.map { tenths($0, 2) }) s, copies "
      + "\(copies.map { tenths($0, 2) }) s")
  return [
    Figure(
      name: "(c) appends in batches of 1,000", measured: "\(Int(rate)) events/s",
      against: "COPY FROM \(Int(Double(appended.events) / copied)) events/s",
      ratio: copied / appended.seconds,
      limit: .atLeast(times: 0.5)),
    Figure(
      name: "(d) reading \(appended.events) events with their words",
      measured: "\(tenths(read, 2)) s", against: "COPY log.event \(tenths(copy, 2)) s",
      ratio: read / copy, limit: .atMost(times: 2)),
    Figure(
      name: "(d) rebuild of all read models from \(appended.events) events",
      measured: "\(tenths(rebuild, 2)) s", against: "COPY log.event \(tenths(copy, 2)) s",
      ratio: rebuild / copy, limit: .atMost(times: 3)),
    Figure(
      name: "(d) its peak memory", measured: "\(Int(megabytes)) MB",
      limit: .absolute("< 400 MB", kept: megabytes < 400)),
  ]
}

/// Reads all events of a conference, one after the other.
///
/// - Returns: the seconds that it took.
private func read(_ conference: ConferenceID, _ connection: Connection) async throws -> Double {
  let start = ContinuousClock.now
  let count = try await connection.run { connection in
    var count = 0
    try EventStream.read(conference, after: 0, detail: .projection, connection) { _ in count += 1 }
    return count
  }
  guard count > 0 else { throw ProcessFailed(description: "no event was read") }
  return start.duration(to: .now).seconds
}

/// Copies all rows of the log into tables with the same definitions and indexes.
///
/// - Returns: the seconds that it took.
private func copyIn(_ bench: Bench) throws -> Double {
  let tables = ["event", "words", "tag", "receipt"]
  // The server writes there.
  let folder = bench.server.socketDirectory
  for table in tables {
    _ = try bench.runPsql("copy log.\(table) to '\(folder)/\(table).copy'")
    _ = try bench.runPsql(
      "create schema if not exists copied; create table copied.\(table) (like log.\(table) including all)")
  }
  let seconds = try tables.map { try bench.runPsql("copy copied.\($0) from '\(folder)/\($0).copy'").seconds }
  _ = try bench.runPsql("drop schema copied cascade")
  for table in tables { try? FileManager.default.removeItem(atPath: "\(folder)/\(table).copy") }
  return seconds.reduce(0, +)
}

/// Appends events in batches of 1,000 and measures only the appends.
actor Appender {
  private let conference: ConferenceID
  private let log: PostgresLog
  private var waiting: [any EventBody] = []
  private var batches = 0
  private(set) var appended = (events: 0, seconds: 0.0)

  init(_ conference: ConferenceID, _ log: PostgresLog) {
    self.conference = conference
    self.log = log
  }

  func add(_ event: any EventBody) async throws {
    waiting.append(event)
    if waiting.count == 1000 { try await flush() }
  }

  func flush() async throws {
    guard !waiting.isEmpty else { return }
    batches += 1
    let digits = String(batches)
    let batch = AppendRequest(
      conference: conference,
      commandID: "00000000-0000-4000-9000-" + String(repeating: "0", count: 12 - digits.count)
        + digits,
      request: [UInt8](repeating: 7, count: 32), actor: "anna", events: waiting)
    let clock = ContinuousClock()
    let start = clock.now
    _ = try await log.append(batch)
    appended.seconds += start.duration(to: clock.now).seconds
    appended.events += waiting.count
    waiting.removeAll(keepingCapacity: true)
  }
}
