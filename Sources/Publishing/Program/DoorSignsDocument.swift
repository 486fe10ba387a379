import ReadModels
import Scheduling
package import Vocabulary

/// A page for each door and day; see `door-signs.typ`.
package struct DoorSignsDocument: PrintedInParts {
  package static let template = "door-signs"
  package let frame: Frame
  package let body: Body

  package struct Body: Encodable, Sendable, Equatable {
    @Nullable package var release: PrintedRelease?
    /// Room by room in the order of the house, and of each room day by day.
    package let signs: [Sign]
  }

  package struct Sign: Encodable, Sendable, Equatable {
    /// `door-sign main-hall 2016-03-25`
    package let key: String
    package let name: LocalizedText
    @Nullable package var venue: LocalizedText?
    @Nullable package var capacity: Int?
    package let date: CalendarDate
    package let day: LocalizedText
    @Nullable package var note: LocalizedText?
    package let slots: [PrintedSlot]
    /// The rooms before and after it in the same venue, with what begins there on that day.
    package let nextDoor: [Neighbour]
  }

  package struct Neighbour: Encodable, Sendable, Equatable {
    package struct Slot: Encodable, Sendable, Equatable {
      package let start: String
      package let end: String
      package let title: LocalizedText
      package let cancelled: Bool
    }

    package let name: LocalizedText
    package let slots: [Slot]
  }

  /// What hangs on a door: whose conference it is, and the sign.
  private struct Hung: Encodable, Sendable {
    let conference: LocalizedText
    let sign: Sign
  }

  package var parts: [PrintedPart] {
    body.signs.map { sign in
      PrintedPart(
        key: sign.key,
        title: LocalizedText(
          frame.languages.reduce(into: [:]) { titles, language in
            titles[language] =
              sign.name.best([language]).text + ", " + sign.day.best([language]).text
          }),
        content: Hung(conference: frame.conference.title, sign: sign))
    }
  }

  package func keeping(_ keys: Set<String>) -> Self {
    Self(
      frame: frame,
      body: Body(release: body.release, signs: body.signs.filter { keys.contains($0.key) }))
  }
}

extension ProgramPublication {
  /// For every room and day on which something begins in it; with `only` a room or a day of these.
  ///
  /// - Throws: `InvalidValue` for a room that there is not, or a part that doors do not know.
  package func doorSigns() throws(InvalidValue) -> DoorSignsDocument {
    for key in (edition.settings.only ?? [:]).keys.sorted() where !["room", "day"].contains(key) {
      throw InvalidValue("Door signs are not divided by \(key); ask for one room or one day.")
    }
    let wanted = Set(try selected().map { [$0.slot.room.slug, $0.slot.start.date.description] })
    // Neighbours are shown whatever is asked for.
    let days = self.days(occurrences)
    let rooms = edition.program.orderedRooms
    let slots = days.map { day in Dictionary(grouping: day.slots, by: \.room) }
    let signs = rooms.flatMap { room in
      zip(days, slots).compactMap { day, slots -> DoorSignsDocument.Sign? in
        guard wanted.contains([room.id.slug, day.date.description]) else { return nil }
        let house = rooms.filter { $0.particulars.venue == room.particulars.venue && !$0.closed }
        let place = house.firstIndex { $0.id == room.id }
        let nextDoor = place.map { place in
          [place - 1, place + 1].filter(house.indices.contains).map { house[$0] }
        }
        return DoorSignsDocument.Sign(
          key: "door-sign \(room.id) \(day.date)", name: edition.text(room.particulars.name),
          venue: venue(of: room), capacity: room.particulars.capacity, date: day.date,
          day: day.heading, note: day.note, slots: slots[room.id] ?? [],
          nextDoor: (nextDoor ?? []).map { neighbour in
            DoorSignsDocument.Neighbour(
              name: edition.text(neighbour.particulars.name),
              slots: (slots[neighbour.id] ?? []).map {
                .init(start: $0.start, end: $0.end, title: $0.title, cancelled: $0.cancelled)
              })
          })
      }
    }
    return DoorSignsDocument(
      frame: edition.frame(DoorSignsDocument.template),
      body: DoorSignsDocument.Body(release: release, signs: signs))
  }
}
