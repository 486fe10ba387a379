import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `Times at the command line` {
  /// Auckland is twelve or thirteen hours ahead of UTC, so that a time in UTC cannot be mistaken for one there.
  private func auckland() async throws -> Plenary {
    let plenary = try await Plenary.apart()
    try await plenary.done(
      "conference", "open", "auckland", "--title", "Auckland", "--first-day", "2016-06-01", "--zone",
      "Pacific/Auckland")
    try await plenary.done("room", "add", "aula", "--name", "Aula")
    return plenary
  }

  /// The recorded time of the last event, as the clocks in Auckland show it.
  private func lastClock(_ plenary: Plenary) async throws -> (minute: String, second: String, offset: String)
  {
    let line = try #require(try await plenary.done("log", "export").lines.dropLast().last)
    let event = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    let instant = try #require(event["recordedAt"] as? String)
    let reader = ISO8601DateFormatter()
    reader.formatOptions.insert(.withFractionalSeconds)
    let date = try #require(reader.date(from: String(instant.prefix(23)) + "Z"))
    let writer = DateFormatter()
    writer.locale = Locale(identifier: "en_US_POSIX")
    writer.timeZone = TimeZone(identifier: "Pacific/Auckland")
    func text(_ format: String) -> String {
      writer.dateFormat = format
      return writer.string(from: date)
    }
    return (text("yyyy-MM-dd HH:mm"), text("yyyy-MM-dd HH:mm:ss"), text("xxx"))
  }

  @Test func `are shown in the conference's zone`() async throws {
    let plenary = try await auckland()
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00")
    let (minute, _, offset) = try await lastClock(plenary)
    let whole = "\(minute) \(offset)"
    try await plenary("log", "show", "3").says(whole)
    try await plenary("log", "tail", "--no-follow").says(whole)
    try await plenary("session", "show", "opening").says("at \(whole) (position 3)")
    try await plenary("program", "show").says("last event \(whole)")
    let taken = try await plenary(
      "session", "schedule", "other", "--title", "Other", "--room", "aula", "--start", "2016-06-01 09:30",
      "--end", "10:00")
    // On the clocks of that moment, which can differ from those of the session.
    #expect(taken.error.contains("put there at \(whole) — "), "\(taken)")
    try await plenary.done("program", "release", "1.0")
    let released = try await lastClock(plenary).minute
    try await plenary("program", "releases").says("WHEN (Pacific/Auckland)", released)
    for run in [try await plenary("program", "releases"), try await plenary("log", "show")] {
      #expect(!run.output.contains("UTC"), "\(run)")
    }
    // Programs read instants in UTC.
    #expect(try await plenary("log", "show", "3", "--json").output.contains(/"recordedAt":"[^"]*Z"/))
  }

  @Test func `are accepted by --as-of as they are shown`() async throws {
    let plenary = try await auckland()
    let (minute, second, offset) = try await lastClock(plenary)
    for time in [
      minute, second, "\(minute) \(offset)", "\(second)\(offset)",
      minute.replacing(" ", with: "T") + offset + "[Pacific/Auckland]",
    ] {
      try await plenary("room", "list", "--as-of", time).says("aula")
      try await plenary("log", "verify", "--as-of", time).says("2 events")
    }
    let list = try await plenary.done("room", "list", "--at", "2", "--json").output
    let utc = try #require(
      try await plenary.done("log", "export").lines.dropLast().last?.firstMatch(
        of: /"recordedAt":"(.{10})T(.{5})/))
    #expect(try await plenary("room", "list", "--json", "--as-of", "\(utc.1) \(utc.2) UTC").output == list)
    let help = try await plenary.done("room", "list", "--help").output
    #expect(help.contains("zone") && help.contains("2016-03-25T09:00:00+08:00"))
  }

  @Test func `that have not come yet, or before the conference was opened, are refused`() async throws {
    let plenary = try await auckland()
    for command in [["room", "list"], ["log", "show"], ["program", "print"]] {
      let future = try await plenary(command + ["--as-of", "2199-01-01 09:00"])
      #expect(future.code == 1 && future.output.isEmpty, "\(future)")
      #expect(future.error.contains("2199-01-01 09:00 +13:00 has not come yet"), "\(future)")
      let early = try await plenary(command + ["--as-of", "2016-01-01 09:00"])
      #expect(early.code == 1 && early.output.isEmpty, "\(early)")
      #expect(early.error.contains("at 2016-01-01 09:00 +13:00: it was opened at 20"), "\(early)")
    }
    let compared = try await plenary("program", "diff", "2199-01-01 09:00..")
    #expect(compared.code == 1 && compared.error.contains("has not come yet"), "\(compared)")
  }

  @Test func `that do not exist are refused with the reason`() async throws {
    let plenary = try await auckland()
    for (time, reason) in [
      ("2027-02-30 09:00", "February 2027 has 28 days"), ("2016-13-01 09:00", "months go from 01 to 12"),
      ("2016-06-01 24:00", "midnight is 00:00 of the next day"),
      ("2016-06-01 25:00", "hours go from 00 to 23"),
      ("2016-06-01 10:60", "minutes go from 00 to 59"), ("tomorrow", "write it as 2016-03-25 09:00"),
    ] {
      for command in [
        ["room", "list", "--as-of", time],
        ["session", "add-slot", "opening", "--room", "aula", "--start", time, "--end", "11:00"],
      ] {
        let run = try await plenary(command)
        #expect(run.code == 2 && run.error.contains(reason), "\(run)")
      }
    }
    let day = try await plenary("conference", "revise", "--last-day", "2016-06-31")
    #expect(
      day.code == 2 && day.error.contains("“2016-06-31” is not a date: June 2016 has 30 days."), "\(day)")
  }
}
