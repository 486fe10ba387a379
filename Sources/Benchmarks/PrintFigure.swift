import Postgres
import PostgresLog
import Vocabulary

/// (e) Printing a program of 600 sessions in 4 days, as a whole process.
func measurePrinting(_ bench: Bench) async throws -> [Figure] {
  say("printing …")
  let name = "(e) plenary program print, 600 sessions, the whole process"
  let conference = try ConferenceID("printing")
  let appender = Appender(conference, PostgresLog(try await Connection.open(bench.writer)))
  try await generateProgram { try await appender.add($0) }
  try await appender.flush()
  var prints: [Double] = []
  do {
    // The first also brings the read model up to the log.
    for _ in 0..<6 {
      prints.append(
        try bench.runPlenary(
          "program", "print", "--output", "-", "--conference", conference.slug
        ).seconds)
    }
  } catch let failure as ProcessFailed {
    return [Figure(name: name, measured: "", limit: .skipped(failure.description))]
  }
  let seconds = median(Array(prints.dropFirst()))
  return [
    Figure(
      name: name, measured: "\(tenths(seconds, 2)) s",
      limit: .absolute("< 1.5 s", kept: seconds < 1.5))
  ]
}
