import EventLog
import Foundation
import People
import Postgres
import PostgresLog
import PrivateServer
import Vocabulary

/// (e) How long after a commit the read models show it, while `plenary projections follow` runs and 500 events a second come, each of
/// a command of its own.
func measureFollowing(_ bench: Bench) async throws -> [Figure] {
  let (rate, count) = (500, 10_000)
  let conference = try ConferenceID("followed")
  let log = PostgresLog(try await Connection.open(bench.writer))
  try await register(count, in: conference, log)
  say("\(count) check-ins, \(rate) a second, followed …")
  try bench.runPlenary("projections", "rebuild", "--conference", conference.slug)
  // Do autovacuum's work now, so that it does not run during the measurement.
  _ = try bench.runPsql("vacuum (analyze)")
  _ = try bench.runPsql("checkpoint")
  let follower = try startProcess(
    [bench.plenary, "projections", "follow", "--conference", conference.slug],
    ["PLENARY_HOME=\(bench.server.home)"])
  defer { interrupt(follower) }
  let shown = Task { try await watch(conference, until: 1 + 2 * count, bench) }
  // It has read the log before the events come.
  try await Task.sleep(for: .seconds(2))

  let clock = ContinuousClock()
  let start = clock.now
  var committed: [(position: Int, at: ContinuousClock.Instant)] = []
  for number in 0..<count {
    try await clock.sleep(until: start + .seconds(Double(number) / Double(rate)), tolerance: .zero)
    let receipt = try await log.append(
      AppendRequest(
        conference: conference, commandID: commandID(2, number), request: [UInt8](repeating: 7, count: 32),
        actor: "anna", events: [AttendeeCheckedIn(attendee: try attendee(number))]))
    committed.append((receipt.last, clock.now))
  }
  let seconds = start.duration(to: clock.now).seconds
  let looks = try await shown.value
  var look = 0
  let waits = committed.map { event in
    while looks[look].position < event.position { look += 1 }
    return max(0, event.at.duration(to: looks[look].at).seconds)
  }.sorted()
  let slowest = waits[waits.count * 99 / 100]
  return [
    Figure(
      name: "(e) from commit to all read models, \(Int(Double(count) / seconds)) events/s: half, 99 %",
      measured: "\(milliseconds(median(waits))), \(milliseconds(slowest))",
      limit: .absolute("99 % < 50 ms", kept: slowest < 0.05))
  ]
}

/// Looks again and again how far all read models are.
///
/// - Returns: each position that was reached, and when that was seen.
private func watch(_ conference: ConferenceID, until end: Int, _ bench: Bench) async throws
  -> [(position: Int, at: ContinuousClock.Instant)]
{
  let connection = try await Connection.open(bench.parameters)
  var looks: [(position: Int, at: ContinuousClock.Instant)] = []
  let limit = ContinuousClock.now + .seconds(120)
  while looks.last?.position ?? 0 < end {
    guard ContinuousClock.now < limit else {
      throw ProcessFailed(description: "the read models do not follow")
    }
    let rows = try await connection.query(
      "select min(position) as position from projection.checkpoint where conference = \(conference.slug)")
    let position = try rows[0].decode("position", as: Int.self)
    if position != looks.last?.position ?? 0 { looks.append((position, .now)) }
    try await Task.sleep(for: .milliseconds(1))
  }
  await connection.close()
  return looks
}
