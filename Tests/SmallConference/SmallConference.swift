package import Scheduling
package import People
import Specification
package import Vocabulary

// The values of a small conference in Berlin, for tests of folds and drivers.

package func time(_ hour: Int, day: Int = 1) -> ZonedTime {
  ZonedTime(
    date: CalendarDate(year: 2016, month: 6, day: day)!, minuteOfDay: hour * 60, offset: 120,
    zone: "Europe/Berlin")
}

package func slot(_ room: String, _ start: Int, _ end: Int, day: Int = 1) -> Slot {
  do {
    return try Slot(
      room: Identifier(stringLiteral: room), start: time(start, day: day), end: time(end, day: day))
  } catch { fatalError("\(error)") }
}

package let opened = ConferenceOpened(
  title: "A conference", firstDay: CalendarDate(year: 2016, month: 6, day: 1)!,
  lastDay: CalendarDate(year: 2016, month: 6, day: 3)!, zone: "Europe/Berlin"
) { $0.languages = [.english] }

package func session(_ name: String, _ slot: Slot) -> SessionScheduled {
  SessionScheduled(
    session: Identifier(stringLiteral: name), title: LocalizedText(stringLiteral: name), kind: .session,
    slot: slot)
}

package func speaker(_ person: String) -> SpeakerRegistered {
  SpeakerRegistered(person: Identifier(stringLiteral: person), name: PersonName(stringLiteral: person))
}
