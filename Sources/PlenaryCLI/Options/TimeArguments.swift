import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension Slot {
  /// That a session ends after it begins is a rule, whichever way its times are written.
  init(asked room: RoomID, from start: ZonedTime, to end: ZonedTime) throws {
    do throws(InvalidValue) {
      self = try Slot(room: room, start: start, end: end)
    } catch {
      // A clock time alone may be meant for after midnight.
      let night =
        end <= start && start.date == end.date && Slot.canPassMidnight(start, end.advanced(by: 1440))
      throw Refused(
        Sessions.Refusal.invalidSlot(
          night
            ? InvalidValue(
              "\(error.description) If it ends after midnight, give the date too: “\(end.date.adding(days: 1)) \(end.clock)”."
            )
            : error))
    }
  }
}

/// Parses `main-hall 2016-03-26 14:00-15:30`.
func readSlot(_ text: String, _ times: TimeInput) throws -> Slot {
  guard let match = trimming(text).wholeMatch(of: /(\S+)\s+(\d{4}-\d{2}-\d{2})\s+([\d:]+)\s*[-–]\s*([\d:]+)/)
  else {
    throw InvalidValue(
      "“\(excerpt(text))” is not a slot; write it as “main-hall 2016-03-26 14:00-15:30”.")
  }
  let start = try times.read("\(match.2) \(match.3)")
  var end = try times.end(String(match.4), after: start)
  // An end at or before the start can be on the next day, e.g. 22:00-01:00.
  if end <= start {
    let nextDay = try times.read(String(match.4), day: start.date.adding(days: 1))
    if Slot.canPassMidnight(start, nextDay) { end = nextDay }
  }
  return try Slot(asked: RoomID(String(match.1)), from: start, to: end)
}

/// Parses `+30m`, `-1h30m` or `+1d`.
func readShift(_ text: String) throws -> (days: Int, minutes: Int) {
  guard
    let match = trimming(text).wholeMatch(of: /([+-])?(?:(\d{1,3})d)?(?:(\d{1,3})h)?(?:(\d{1,5})m(?:in)?)?/),
    match.2 != nil || match.3 != nil || match.4 != nil
  else {
    throw InvalidValue("“\(excerpt(text))” is not a duration; write it as +30m, -1h30m or +1d.")
  }
  let sign = match.1 == "-" ? -1 : 1
  func number(_ text: Substring?) -> Int { text.flatMap { Int($0) } ?? 0 }
  return (sign * number(match.2), sign * (number(match.3) * 60 + number(match.4)))
}
