import EventLog
package import Foundation
import JSON
import People
import ReadModels
import Scheduling
import Vocabulary

/// The two formats called schedule.json.
package enum ScheduleVersion: String, Sendable, CaseIterable {
  /// By day and room, like schedule.xml.
  case v1
  /// One list of events with roles, languages and states: “alpha-3” of its schema.
  case v2
}

extension ProgramPublication {
  /// The program as schedule.json, one event per slot.
  ///
  /// The first version leaves out cancelled slots, like ``scheduleXML()``; the second marks them as
  /// cancelled. Presentations are part of the description; see `PublicationContext/runningOrder(_:)`.
  package func scheduleJSON(_ version: ScheduleVersion) throws -> Data {
    switch version {
    case .v1: try JSONText.data(ScheduleV1(Schedule(context, cancelled: false)), pretty: true)
    case .v2: try JSONText.data(ScheduleV2(Schedule(context, cancelled: true)), pretty: true)
    }
  }
}

extension Schedule {
  /// The event's URL. Both schemas require one, but a session has none of its own: the first of its links,
  /// else a UUID as URN (RFC 9562 §4).
  fileprivate func url(_ entry: ScheduledSlot) -> String {
    links(entry).first?.address ?? "urn:uuid:\(identities.guid(entry))"
  }

  /// The zone's name, if the schemas accept it.
  fileprivate var readableZone: String? {
    zone == "UTC" || zone.prefixMatch(of: /[A-Z][a-z]+\/[A-Z][a-z]+/) != nil ? zone : nil
  }

  fileprivate var firstDay: CalendarDate {
    context.program.conference?.details.firstDay ?? days[0].date
  }
  fileprivate var lastDay: CalendarDate {
    context.program.conference?.details.lastDay ?? days[days.count - 1].date
  }
}

private struct Generator: Encodable {
  var name = "Plenary"
}

/// The schema at c3voc.de/schedule/schema.json. It allows no unknown keys.
private struct ScheduleV1: Encodable {
  struct Root: Encodable {
    let version: String
    let conference: Conference
  }

  struct Conference: Encodable {
    let acronym: String
    let title: String
    let start: String
    let end: String
    let daysCount: Int
    let timeslot_duration: String
    let time_zone_name: String?
    let tracks: [Track]
    let rooms: [Room]
    let days: [Day]
  }

  struct Track: Encodable {
    let name: String
    let slug: String
    let color: String?
  }

  struct Room: Encodable {
    let name: String
    let slug: String
    let guid: String
    let description: String?
    let capacity: Int?
  }

  struct Day: Encodable {
    let index: Int
    let date: String
    let day_start: String
    let day_end: String
    let rooms: [String: [Event]]
  }

  struct Event: Encodable {
    let guid: String
    let id: Int
    let date: String
    let start: String
    let end: String
    let duration: String
    let room: String
    let slug: String
    let url: String
    let title: String
    @Nullable var subtitle: String?
    @Nullable var track: String?
    let type: String
    @Nullable var language: String?
    @Nullable var abstract: String?
    @Nullable var description: String?
    /// Absent if that is not stated.
    let do_not_record: Bool?
    let persons: [Person]
    let links: [Reference]
    let attachments: [Reference]
  }

  /// Has a `name` but no `id`: the schema allows either one kind of person or the other.
  struct Person: Encodable {
    let guid: String
    let name: String
    @Nullable var biography: String?
  }

  struct Reference: Encodable {
    let type: String?
    let url: String
    let title: String
  }

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case generator, schedule
  }

  private let schema = "https://c3voc.de/schedule/schema.json"
  private let generator = Generator()
  private let schedule: Root

  init(_ schedule: Schedule) {
    let context = schedule.context
    self.schedule = Root(
      version: schedule.version,
      conference: Conference(
        acronym: schedule.acronym, title: schedule.title, start: schedule.firstDay.description,
        end: schedule.lastDay.description, daysCount: schedule.days.count,
        timeslot_duration: "00:05", time_zone_name: schedule.readableZone,
        tracks: context.program.orderedTracks.map {
          Track(name: schedule.name($0), slug: Schedule.slug($0.id), color: $0.details.color)
        },
        rooms: context.program.orderedRooms.map { room in
          Room(
            name: schedule.roomNames[room.id] ?? room.id.slug, slug: Schedule.slug(room.id),
            guid: schedule.identities.guid(room.id.tag),
            description: room.details.note?.best(context.languages).text,
            capacity: room.details.capacity)
        },
        days: schedule.days.map { day in
          Day(
            index: day.index, date: day.date.description, day_start: schedule.start(of: day.date),
            day_end: schedule.start(of: day.date.adding(days: 1)),
            rooms: Dictionary(
              uniqueKeysWithValues: schedule.rooms(of: day).map { room in
                (room.name, room.entries.map { Self.event($0, schedule) })
              }))
        }))
  }

  private static func event(_ entry: ScheduledSlot, _ schedule: Schedule) -> Event {
    let context = schedule.context
    return Event(
      guid: schedule.identities.guid(entry), id: schedule.identities.number(entry),
      date: Schedule.time(entry.slot.start), start: entry.slot.start.clock,
      end: Schedule.time(entry.slot.end), duration: Schedule.duration(entry.slot),
      room: schedule.room(entry), slug: schedule.slug(entry),
      url: schedule.url(entry), title: schedule.title(entry),
      subtitle: some(schedule.subtitle(entry)),
      track: schedule.track(entry).map(schedule.name),
      type: entry.session.details.kind.rawValue,
      language: context.spoken(entry.session)[0].tag,
      abstract: some(schedule.abstract(entry)),
      description: some(context.runningOrder(entry)),
      do_not_record: entry.session.details.recording.map { $0.permission == .notPermitted },
      persons: context.participants(entry.session).map { _, person in
        let affiliations = person.affiliations.map {
          $0.affiliation.asPrinted.best(context.languages).text
        }
        let biography = person.details.biography?.plain.best(context.languages).text
        return Person(
          guid: schedule.identities.guid(person.person.tag), name: context.name(person),
          biography: some(
            [affiliations.joined(separator: "\n"), biography ?? ""].filter { !$0.isEmpty }
              .joined(separator: "\n\n")))
      },
      links: schedule.links(entry).map {
        Reference(type: type($0.kind), url: $0.address, title: schedule.title($0))
      },
      attachments: schedule.attachments(entry).map {
        Reference(type: nil, url: $0.address, title: schedule.title($0))
      })
  }

  private static func type(_ kind: Link.Kind) -> String? {
    switch kind {
    case .slides: "slides"
    case .paper: "paper"
    case .recording, .stream: "media"
    case .article: "article"
    case .related: "related"
    case .attachment: nil
    }
  }
}

/// “alpha-3” of the schema named c3voc.de/schema/schedule2.
private struct ScheduleV2: Encodable {
  struct Root: Encodable {
    let version: String
    let conference: Conference
    let events: [Item]
  }

  struct Conference: Encodable {
    let acronym: String
    let title: String
    let start: String
    let end: String
    let timeslot_duration: String
    let time_zone_name: String?
    let languages: [String]
    let tracks: [Track]
    let rooms: [Room]
    let days: [Day]
  }

  struct Track: Encodable {
    let name: String
    let slug: String
    let color: String?
  }

  struct Room: Encodable {
    let name: String
    let slug: String
    let guid: String
    let description: Text?
    let capacity: Int?
    let parent: Venue?
  }

  struct Venue: Encodable {
    let type: String
    let name: String
    let slug: String
    let guid: String
  }

  struct Day: Encodable {
    let index: Int
    let date: String
    let start: String
    let end: String
  }

  /// A break is not an event in this format and has no state, so cancelled breaks are left out.
  enum Item: Encodable {
    case event(Event)
    case pause(Pause)

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .event(let event): try event.encode(to: encoder)
      case .pause(let pause): try pause.encode(to: encoder)
      }
    }
  }

  struct Event: Encodable {
    let guid: String
    let start: String
    let end: String
    let duration: String
    let room: Named
    let slug: String
    let url: String
    let title: String
    @Nullable var subtitle: String?
    let track: Reference
    let type: String
    let language: String
    @Nullable var abstract: Text?
    @Nullable var description: Text?
    let participants: [Participant]
    let links: [Address]
    let attachments: [Address]
    let state: String
  }

  struct Pause: Encodable {
    let type: String
    let title: String
    let guid: String
    let start: String
    let end: String
    let room: Named
  }

  struct Named: Encodable {
    let name: String
    let slug: String
    let guid: String
  }

  struct Reference: Encodable {
    let slug: String
  }

  struct Participant: Encodable {
    let guid: String
    let name: String
    let role: String
  }

  struct Address: Encodable {
    let type: String?
    let url: String
    let title: String
  }

  /// By two-letter language, as the format requires; otherwise a text without a language.
  enum Text: Encodable, Equatable {
    case localized([String: String])
    case plain(String)

    init(_ text: LocalizedText) {
      var texts: [String: String] = [:]
      for language in text.languages where language.primary.utf8.count == 2 {
        // Of zh and zh-Hant, the shorter comes first.
        if texts[language.primary] == nil { texts[language.primary] = text[language] }
      }
      self = texts.isEmpty ? .plain(text.best([]).text) : .localized(texts)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .localized(let texts): try container.encode(texts)
      case .plain(let text): try container.encode(text)
      }
    }
  }

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case generator, schedule
  }

  private let schema = "https://c3voc.de/schema/schedule2"
  private let generator = Generator()
  private let schedule: Root

  /// The schema requires a track for every event. None of our tracks can have this name.
  private static let noTrack = "no_track"

  init(_ schedule: Schedule) {
    let context = schedule.context
    self.schedule = Root(
      version: schedule.version,
      conference: Conference(
        acronym: schedule.acronym, title: schedule.title,
        start: schedule.start(of: schedule.firstDay),
        end: schedule.start(of: schedule.lastDay.adding(days: 1)), timeslot_duration: "PT5M",
        time_zone_name: schedule.readableZone,
        languages: context.languages.map(\.primary).filter { $0.utf8.count == 2 },
        tracks: context.program.orderedTracks.map {
          Track(name: schedule.name($0), slug: Schedule.slug($0.id), color: $0.details.color)
        },
        rooms: context.program.orderedRooms.map { room in
          Room(
            name: schedule.roomNames[room.id] ?? room.id.slug, slug: Schedule.slug(room.id),
            guid: schedule.identities.guid(room.id.tag),
            description: room.details.note.map(Text.init),
            capacity: room.details.capacity,
            parent: room.details.venue.flatMap { context.program.venues[$0.slug] }.map {
              Venue(
                type: "Building", name: $0.details.name.best(context.languages).text,
                slug: Schedule.slug($0.id), guid: schedule.identities.guid($0.id.tag))
            })
        },
        days: schedule.days.map { day in
          Day(
            index: day.index, date: day.date.description, start: schedule.start(of: day.date),
            end: schedule.start(of: day.date.adding(days: 1)))
        }),
      events: schedule.days.flatMap(\.entries).compactMap { Self.item($0, schedule) })
  }

  private static func item(_ entry: ScheduledSlot, _ schedule: Schedule) -> Item? {
    let context = schedule.context
    let session = entry.session.details
    let slot = entry.slot
    let room = Named(
      name: schedule.room(entry), slug: Schedule.slug(slot.room),
      guid: schedule.identities.guid(slot.room.tag))
    if let pause = pause(session.kind) {
      if entry.cancelled { return nil }
      return .pause(
        Pause(
          type: pause, title: schedule.title(entry),
          guid: schedule.identities.guid(entry), start: Schedule.time(slot.start),
          end: Schedule.time(slot.end), room: room))
    }
    let order = context.runningOrder(entry)
    return .event(
      Event(
        guid: schedule.identities.guid(entry), start: Schedule.time(slot.start),
        end: Schedule.time(slot.end), duration: "PT\(slot.minutes)M", room: room,
        slug: schedule.slug(entry), url: schedule.url(entry),
        title: schedule.title(entry), subtitle: some(schedule.subtitle(entry)),
        track: Reference(slug: session.track.map(Schedule.slug) ?? noTrack),
        type: type(session.kind), language: language(entry.session, context),
        abstract: (session.description?.plain).map(Text.init),
        description: order.isEmpty ? nil : .plain(order),
        participants: context.participants(entry.session).map { role, person in
          Participant(
            guid: schedule.identities.guid(person.person.tag), name: context.name(person),
            role: Self.role(role))
        },
        links: schedule.links(entry).map {
          Address(type: type($0.kind), url: $0.address, title: schedule.title($0))
        },
        attachments: schedule.attachments(entry).map {
          Address(type: nil, url: $0.address, title: schedule.title($0))
        },
        state: entry.cancelled ? "CANCELED" : "CONFIRMED"))
  }

  /// The format has only two-letter languages.
  private static func language(_ session: SessionRow, _ context: PublicationContext) -> String {
    (context.spoken(session) + context.languages).map(\.primary).first { $0.utf8.count == 2 } ?? "en"
  }

  private static func pause(_ kind: SessionKind) -> String? {
    switch kind {
    case .break, .meal: "BREAK"
    case .service: "META"
    case .plenary, .panel, .keynote, .workshop, .session, .poster, .reception, .excursion: nil
    }
  }

  private static func type(_ kind: SessionKind) -> String {
    switch kind {
    case .panel: "DISCUSSION"
    case .workshop: "WORKSHOP"
    case .keynote, .session: "TALK"
    case .plenary: "MEETING"
    case .poster, .reception, .excursion, .break, .meal, .service: "OTHER"
    }
  }

  private static func role(_ role: SessionRole) -> String {
    switch role {
    case .chair: "HOST"
    case .moderator: "MODERATOR"
    case .speaker, .presenter: "SPEAKER"
    case .discussant, .rapporteur: "CONTRIBUTOR"
    }
  }

  private static func type(_ kind: Link.Kind) -> String? {
    switch kind {
    case .slides: "SLIDES"
    case .paper: "PAPER"
    case .recording, .stream: "MEDIA"
    case .article: "ARTICLE"
    case .related: "RELATED"
    case .attachment: nil
    }
  }
}

/// Nil for an empty list.
private func some(_ text: String) -> String? { text.isEmpty ? nil : text }
