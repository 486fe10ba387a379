import EventLog
package import Foundation
import JSON
import People
import ReadModels
import Scheduling
package import Vocabulary

extension ProgramPublication {
  /// The program as JSON-LD with the vocabulary of schema.org. The conference is an Event, its slots are
  /// `subEvent`s, and presentations are `subEvent`s of slots.
  ///
  /// Each has what Google's rules for events ask for: a name, a start, and a place with an address
  /// (https://developers.google.com/search/docs/appearance/structured-data/event). What is not known is left out; see
  /// ``unknownToSearchEngines``.
  ///
  /// - Parameter previousStarts: the earlier announced starts of each slot, by its number. A moved slot is an
  ///   `EventRescheduled` with a `previousStartDate` for each.
  package func jsonLD(previousStarts: [SessionID: [Int: [ZonedTime]]] = [:]) throws -> Data {
    var data = LinkedData(context, previousStarts)
    return try JSONText.data(data.conference(context.program.slots), pretty: true)
  }
}

extension ProgramPublication {
  /// What search engines want to know of an event and the conference does not state, as options of “conference revise”.
  package var unknownToSearchEngines: [String] {
    guard let details = context.program.conference?.details else { return [] }
    let isFree = details.admission == .free
    return [
      LinkedData(context).hasAllAddresses ? nil : "--place",
      details.website == nil ? "--website" : nil, details.admission == nil ? "--admission" : nil,
      details.tickets == nil && !isFree ? "--tickets" : nil,
    ].compactMap(\.self)
  }
}

/// Makes schema.org's objects. Each is written in full only once, and then referenced by its id.
struct LinkedData {
  private let context: PublicationContext
  private let identities: Identities
  private let previousStarts: [SessionID: [Int: [ZonedTime]]]
  private var told: Set<String> = []

  init(_ context: PublicationContext, _ previousStarts: [SessionID: [Int: [ZonedTime]]] = [:]) {
    self.context = context
    self.previousStarts = previousStarts
    identities = Identities(
      context.conference, context.program.conference, Array(context.program.sessions.rows))
  }

  struct Thing: Encodable {
    var context: String?
    var type: String?
    var id: String?
    var name: String?
    /// The name in the publication's other languages.
    var alternateName: [Tagged]?
    var description: String?
    var startDate: String?
    var endDate: String?
    var previousStartDate: [String]?
    var eventStatus: String?
    var inLanguage: [String]?
    var keywords: [String]?
    var url: String?
    var address: String?
    var isAccessibleForFree: Bool?
    var price: String?
    var priceCurrency: String?
    var offers: [Thing]?
    var maximumAttendeeCapacity: Int?
    var location: [Thing]?
    var containedInPlace: [Thing]?
    var performer: [Thing]?
    var affiliation: [Thing]?
    var organizer: [Thing]?
    var sponsor: [Thing]?
    var subEvent: [Thing]?

    init(_ type: String, id: String? = nil) {
      self.type = type
      self.id = id
    }

    /// A reference to an object that was already written.
    fileprivate init(named id: String) { self.id = id }

    private enum CodingKeys: String, CodingKey {
      case context = "@context"
      case type = "@type"
      case id = "@id"
      case name, alternateName, description, startDate, endDate, previousStartDate, eventStatus,
        inLanguage, keywords, url, address, isAccessibleForFree, price, priceCurrency, offers,
        maximumAttendeeCapacity, location, containedInPlace,
        performer, affiliation, organizer, sponsor, subEvent
    }
  }

  struct Tagged: Encodable {
    let language: String
    let value: String

    private enum CodingKeys: String, CodingKey {
      case language = "@language"
      case value = "@value"
    }
  }

  /// The conference for a page, which has its sessions already.
  static func script(_ context: PublicationContext) throws -> Markup {
    var data = LinkedData(context)
    return try Markup(json: data.conference([]), type: "application/ld+json")
  }

  // MARK: Events

  mutating func conference(_ entries: [ScheduledSlot]) -> Thing {
    let own = context.program.conference
    var event = Thing("Event", id: id(.conference))
    event.context = "https://schema.org"
    name(&event, own?.details.title)
    event.name = event.name ?? context.conference.slug
    event.startDate = own?.details.firstDay.description
    event.endDate = own?.details.lastDay.description
    event.eventStatus = Self.status("Scheduled")
    event.inLanguage = own.map { $0.details.languages.map(\.tag) }
    event.url = own?.details.website?.address
    event.location = some(places)
    event.isAccessibleForFree = own?.details.admission.map { $0 == .free }
    event.offers = offer.map { [$0] }
    let organisations = own?.organisations ?? []
    event.organizer = some(organisations.filter { $0.role != .sponsor }.map(organisation))
    event.sponsor = some(organisations.filter { $0.role == .sponsor }.map(organisation))
    var sessions: [Thing] = []
    for entry in entries { sessions.append(self.event(entry)) }
    event.subEvent = some(sessions)
    return event
  }

  /// Where the whole conference is: in its only venue, otherwise in the city, otherwise in all venues.
  private var places: [Thing] {
    let venues = context.program.orderedVenues
    let city = context.program.conference?.details.place
    func place(_ name: LocalizedText, _ address: LocalizedText?) -> Thing {
      var place = Thing("Place")
      self.name(&place, name)
      place.address = address?.best(context.languages).text
      return place
    }
    if let city, venues.count != 1 { return [place(city, city)] }
    return venues.map { place($0.details.name, $0.details.address ?? city) }
  }

  /// Whether search engines are told an address of the conference and of each session, as they ask.
  var hasAllAddresses: Bool {
    let rooms = Set(context.program.slots.map(\.slot.room)).compactMap { context.program.rooms[$0.slug] }
    return !places.isEmpty && places.allSatisfy { $0.address != nil }
      && rooms.allSatisfy { address(of: $0.details) != nil }
  }

  /// The price, and where tickets are.
  private var offer: Thing? {
    guard let details = context.program.conference?.details else { return nil }
    var offer = Thing("Offer")
    switch details.admission {
    case .price(let amount, let currency): (offer.price, offer.priceCurrency) = (amount, currency)
    case .free: (offer.price, offer.priceCurrency) = ("0", nil)
    case nil: break
    }
    offer.url = details.tickets?.address
    return details.admission == nil && details.tickets == nil ? nil : offer
  }

  private mutating func event(_ entry: ScheduledSlot) -> Thing {
    let session = entry.session
    var event = Thing("Event")
    event.name = session.details.title.best(context.languages).text
    if let mark = entry.label { event.name = event.name.map { "\($0) \(mark)" } }
    event.startDate = Schedule.time(entry.slot.start)
    event.endDate = Schedule.time(entry.slot.end)
    let previous = previousStarts[session.id]?[entry.number] ?? []
    event.previousStartDate = some(previous.map(Schedule.time))
    let isAsAnnounced = !entry.cancelled && previous.isEmpty
    event.eventStatus = Self.status(
      isAsAnnounced ? "Scheduled" : entry.cancelled ? "Cancelled" : "Rescheduled")
    event.id = "urn:uuid:" + identities.guid(entry)
    event.alternateName = otherNames(session.details.title)
    event.inLanguage = context.spoken(session).map(\.tag)
    event.keywords = session.details.track.flatMap { context.program.tracks[$0.slug] }
      .map { [$0.details.name.best(context.languages).text] }
    event.url = session.links.first?.address
    event.location = room(entry.slot.room).map { [$0] }
    event.maximumAttendeeCapacity =
      context.program.rooms[entry.slot.room.slug]?.details.capacity
    event.description = session.details.description?.plain.best(context.languages).text
    event.performer = performers(context.participants(session).map(\.person))
    var presentations: [Thing] = []
    for item in entry.items { presentations.append(presentation(item, entry)) }
    event.subEvent = some(presentations)
    return event
  }

  private mutating func presentation(_ item: RunningOrder.Item, _ entry: ScheduledSlot) -> Thing {
    let presentation = item.presentation
    var event = Thing(
      "Event", id: "urn:uuid:" + identities.guid(presentation.presentation, in: entry.session.id))
    name(&event, presentation.title)
    event.startDate = Schedule.time(item.start)
    event.endDate = Schedule.time(item.end)
    event.eventStatus = Self.status(entry.cancelled ? "Cancelled" : "Scheduled")
    event.inLanguage = presentation.language.map { [$0.tag] }
    event.url = presentation.links?.first?.address
    event.description = presentation.abstract?.plain.best(context.languages).text
    event.location = room(entry.slot.room).map { [$0] }
    event.performer = performers(presentation.people.compactMap { context.program.people[$0.slug] })
    return event
  }

  private mutating func performers(_ people: [PersonRow]) -> [Thing]? {
    var performers: [Thing] = []
    for person in people { performers.append(self.person(person)) }
    return some(performers)
  }

  // MARK: Places and people

  private mutating func room(_ id: RoomID) -> Thing? {
    guard let room = context.program.rooms[id.slug]?.details else { return nil }
    return tell(id.tag) { data in
      var thing = Thing("Room", id: data.id(id.tag))
      data.name(&thing, room.name)
      thing.maximumAttendeeCapacity = room.capacity
      thing.address = data.address(of: room)
      if let venue = room.venue.flatMap({ data.context.program.venues[$0.slug] }) {
        let place = data.tell(venue.id.tag) { data in
          var place = Thing("Place", id: data.id(venue.id.tag))
          data.name(&place, venue.details.name)
          place.address = venue.details.address?.best(data.context.languages).text
          return place
        }
        thing.containedInPlace = [place]
      }
      return thing
    }
  }

  /// The address of the room's venue, else the city.
  private func address(of room: RoomDetails) -> String? {
    let venue = room.venue.flatMap { context.program.venues[$0.slug] }?.details
    return (venue?.address ?? context.program.conference?.details.place)?.best(context.languages).text
  }

  private mutating func person(_ person: PersonRow) -> Thing {
    tell(person.person.tag) { data in
      var thing = Thing("Person", id: data.id(person.person.tag))
      let name = person.name.best(data.context.languages)
      thing.name = name.printed
      thing.alternateName = some(
        person.name.forms.filter { $0.printed != name.printed }
          .map { Tagged(language: $0.language.tag, value: $0.printed) })
      thing.affiliation = some(
        person.affiliations.map { data.organisation($0.affiliation.organisation) })
      return thing
    }
  }

  private func organisation(_ assigned: OrganisationRoleAssigned) -> Thing {
    organisation(assigned.organisation)
  }

  private func organisation(_ name: LocalizedText) -> Thing {
    var thing = Thing("Organization")
    self.name(&thing, name)
    return thing
  }

  private mutating func tell(_ tag: Tag, _ make: (inout LinkedData) -> Thing) -> Thing {
    guard told.insert(tag.text).inserted else { return Thing(named: id(tag)) }
    return make(&self)
  }

  private func name(_ thing: inout Thing, _ text: LocalizedText?) {
    guard let text else { return }
    thing.name = text.best(context.languages).text
    thing.alternateName = otherNames(text)
  }

  private func otherNames(_ text: LocalizedText) -> [Tagged]? {
    let main = text.best(context.languages).language
    return some(
      context.languages.filter { $0 != main }.compactMap { other in
        text[other].map { Tagged(language: other.tag, value: $0) }
      })
  }

  private func id(_ tag: Tag) -> String { "urn:uuid:" + identities.guid(tag) }

  private static func status(_ word: String) -> String { "https://schema.org/Event\(word)" }
}

/// Nil for an empty list, so that the key is left out.
private func some<T>(_ list: [T]) -> [T]? { list.isEmpty ? nil : list }
