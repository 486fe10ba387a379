/// (a) One command that changes something, as a whole process, compared with the minimum that a process can
/// do with the same server: connect and select 1.
func measureCommand(_ bench: Bench) async throws -> [Figure] {
  say("a command as a whole process …")
  try bench.runPlenary(
    "conference", "open", "commands", "--title", "en=Commands", "--first-day", "2026-03-01",
    "--last-day", "2026-03-31", "--zone", "Europe/Berlin")
  try bench.runPlenary(
    "room", "add", "hall", "--name", "en=Hall", "--conference", "commands")
  var commands: [Double] = []
  var selects: [Double] = []
  for run in 0..<42 {
    // Each session gets a free slot: two per hour, ten hours per day.
    let (day, half) = (run / 20 + 1, run % 20)
    let (hour, minute) = (8 + half / 2, half % 2 == 0 ? "00" : "30")
    let end = half % 2 == 0 ? "\(hour):30" : "\(hour + 1):00"
    let select = try bench.runPsql("select 1")
    let command = try bench.runPlenary(
      "session", "schedule", "session-\(run)", "--title", "en=Session \(run)", "--room", "hall",
      "--start", "2026-03-\(day < 10 ? "0" : "")\(day) \(hour):\(minute)", "--end", end,
      "--conference", "commands")
    guard run >= 2 else { continue }  // the first runs also fill caches
    selects.append(select.seconds)
    commands.append(command.seconds)
  }
  let (command, select) = (median(commands), median(selects))
  return [
    Figure(
      name: "(a) plenary session schedule, the whole process", measured: milliseconds(command),
      against: "psql -c 'select 1' \(milliseconds(select))", ratio: command / select,
      limit: .atMost(times: 2))
  ]
}
