import ReadModels
import Scheduling
package import Vocabulary

/// One page per door and day; see `door-signs.typ`.
package struct DoorSignsDocument: PiecewiseDocument {
  package static let template = "door-signs"
  package let header: DocumentHeader
  package let body: Body

  package struct Body: Encodable, Sendable, Equatable {
    @Nullable package var release: PrintedRelease?
    /// By room in their order, then by day.
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
    /// What readers must know of the times of this room.
    @Nullable package var note: LocalizedText?
    package let slots: [PrintedSlot]
    /// The rooms before and after it in the list of their venue, with the sessions that begin there that day. Empty unless the
    /// organizer says that the list follows the building.
    package var nextDoor: [Neighbour]
    /// The room's program on the web.
    @Nullable package var address: String?
    @Nullable package var qr: QRCode?

    /// Without what takes place elsewhere: a change next door does not make a sign out of date.
    fileprivate var withoutNeighbours: Self {
      var sign = self
      sign.nextDoor = []
      return sign
    }
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

  /// The content of a door sign: the conference and the sign.
  private struct PieceContent: Encodable, Sendable {
    let conference: LocalizedText
    let sign: Sign
    let pictures: [DocumentHeader.Picture]
  }

  /// As many as `door-signs.typ` prints.
  private static let mostSponsors = 8

  package var pieces: [PrintedPiece] {
    let pictures = header.pictures(sponsors: Self.mostSponsors)
    return body.signs.map { sign in
      PrintedPiece(
        key: sign.key,
        title: LocalizedText(
          header.languages.reduce(into: [:]) { titles, language in
            titles[language] =
              sign.name.best([language]).text + ", " + sign.day.best([language]).text
          }),
        content: PieceContent(
          conference: header.conference.title, sign: sign.withoutNeighbours, pictures: pictures))
    }
  }

  package func only(pieces keys: Set<String>) -> Self {
    Self(
      header: header,
      body: Body(release: body.release, signs: body.signs.filter { keys.contains($0.key) }))
  }
}

extension ProgramPublication {
  /// One sign for every room and day on which a session begins there, but none for the room that stands for one to be announced.
  /// `only` can name a room or a day.
  ///
  /// - Throws: `InvalidValue` for an unknown room, or a selection that door signs do not support.
  package func doorSigns() throws(InvalidValue) -> DoorSignsDocument {
    for key in (context.settings.only ?? [:]).keys.sorted() where !["room", "day"].contains(key) {
      throw InvalidValue("Door signs cannot be printed for one \(key); choose a room or a day.")
    }
    let wanted = Set(try selected().map { [$0.slot.room.slug, context.day($0.slot).description] })
    // Neighbouring rooms are shown whatever the selection is.
    let days = self.days(context.program.slots)
    // The room that stands for one to be announced has no door, unless somebody asks for it.
    let rooms = context.program.orderedRooms.filter {
      $0.id != .toBeAnnounced || context.settings.only?["room"] == RoomID.toBeAnnounced.slug
    }
    let slots = days.map { day in Dictionary(grouping: day.slots, by: \.room) }
    let entries = split(context.program.slots).reduce(into: [:]) { entries, day in
      entries[day.date] = Dictionary(grouping: day.entries, by: \.slot.room)
    }
    let signs = rooms.flatMap { room in
      zip(days, slots).compactMap { day, slots -> DoorSignsDocument.Sign? in
        guard wanted.contains([room.id.slug, day.date.description]) else { return nil }
        // Only rooms of one venue can be next to each other.
        let house =
          room.details.venue == nil || context.settings.nextDoor != true
          ? [] : rooms.filter { $0.details.venue == room.details.venue && !$0.closed }
        let place = house.firstIndex { $0.id == room.id }
        let nextDoor = place.map { place in
          [place - 1, place + 1].filter(house.indices.contains).map { house[$0] }
        }
        let page = address(of: room.id)
        return DoorSignsDocument.Sign(
          key: "door-sign \(room.id) \(day.date)", name: context.text(room.details.name),
          venue: venue(of: room), capacity: room.details.capacity, date: day.date,
          day: day.heading, note: context.note(day.date, entries[day.date]?[room.id] ?? []),
          slots: slots[room.id] ?? [],
          nextDoor: (nextDoor ?? []).map { neighbour in
            DoorSignsDocument.Neighbour(
              name: context.text(neighbour.details.name),
              slots: (slots[neighbour.id] ?? []).map {
                .init(start: $0.start, end: $0.end, title: $0.title, cancelled: $0.cancelled)
              })
          }, address: page, qr: page.map { QRCode(text: $0) })
      }
    }
    return DoorSignsDocument(
      header: context.header(DoorSignsDocument.template),
      body: DoorSignsDocument.Body(release: release, signs: signs))
  }

  /// The page of the program, with only this room: `https://forum.example/program#room=main-hall`.
  private func address(of room: RoomID) -> String? {
    context.settings.web.flatMap { try? Link(.related, $0) }.map { "\($0.address)#room=\(room)" }
  }
}
