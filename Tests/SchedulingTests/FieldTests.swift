import People
import Specification
import Testing
import Vocabulary

@testable import Scheduling

/// Compares the table of an entity's fields with its stored properties.
struct `The fields of an entity` {
  @Test func `are all in the table of a session`() {
    expectTable(
      of: SessionDetails.Field.self, empty: SessionDetails(title: "T", kind: .session),
      full: SessionDetails(title: "Title", kind: .panel) {
        $0.track = "economy"
        $0.description = "About it"
        $0.languages = ["en"]
        $0.interpretation = ["zh"]
        $0.links = [try! Link(.slides, "https://example.org/")]
        $0.expected = 80
        $0.needs = ["projector"]
        $0.recording = Recording(.livestreamed)
      })
  }

  @Test func `are not set and cleared at once`() {
    var changes = SessionDetails.Changes {
      $0.track = "economy"
      $0.expected = 80
    }
    #expect(changes.contradictions == [])
    changes.cleared = [.needs, .track]
    #expect(changes.contradictions == [.track])
  }

  @Test func `are all in the table of a room`() {
    expectTable(
      of: RoomDetails.Field.self, empty: RoomDetails(name: "R"),
      full: RoomDetails(name: "Room") {
        $0.capacity = 80
        $0.note = "Upstairs"
        $0.venue = "campus"
        $0.features = ["projector"]
      })
  }

  @Test func `are all in the table of a venue`() {
    expectTable(
      of: VenueDetails.Field.self, empty: VenueDetails(name: "V"),
      full: VenueDetails(name: "Venue") { $0.address = "1 Road" })
  }

  @Test func `are all in the table of a track`() {
    expectTable(
      of: TrackDetails.Field.self, empty: TrackDetails(name: "T"),
      full: TrackDetails(name: "Track") { $0.color = "#aa3300" })
  }

  @Test func `are all in the table of a conference`() throws {
    let details = ConferenceDetails(
      title: "C", firstDay: "2016-03-25", lastDay: "2016-03-26", zone: "Asia/Shanghai")
    var full = details
    full.title = "Conference"
    full.shortTitle = "Conf"
    full.place = "Shanghai"
    full.firstDay = "2016-03-24"
    full.lastDay = "2016-03-27"
    full.languages = ["zh"]
    full.welcome = "Welcome"
    full.roomChange = 10
    full.dayStart = 240
    full.website = try WebAddress("https://example.org/")
    full.admission = try Admission("120 EUR")
    full.tickets = try WebAddress("https://example.org/tickets")
    full.zone = "Asia/Tokyo"
    expectTable(of: ConferenceDetails.Field.self, empty: details, full: full)
  }

  @Test func `are all in the table of a presentation`() {
    expectTable(
      of: Presentation.Field.self, empty: Presentation("talk", title: "T"),
      full: Presentation(
        "talk", title: "Talk", abstract: "About it", people: ["feng"], minutes: 20, language: "en",
        start: ZonedTime("2016-03-25T09:00+08:00[Asia/Shanghai]"),
        links: [try! Link(.slides, "https://example.org/")]), besides: ["presentation"])
  }

  @Test func `are all in the table of a speaker`() {
    expectTable(
      of: SpeakerDetails.Field.self, empty: SpeakerDetails(name: "Feng, Shaolei"),
      full: SpeakerDetails(name: "Feng, S.") {
        $0.biography = "Historian."
        $0.pronunciation = "fung"
      })
  }

  @Test func `are all in the table of an attendee`() {
    expectTable(
      of: AttendeeDetails.Field.self, empty: AttendeeDetails(name: "Ivanova, Anna"),
      full: AttendeeDetails(name: "Ivanova, A.") {
        $0.email = "anna@example.org"
        $0.organisation = "Institute"
        $0.position = "Director"
        $0.country = "China"
        $0.note = "vegetarian"
      })
  }
}

/// Each stored property has a field of its name, which sets, changes and clears that property alone.
///
/// - Parameter others: properties that no revision changes.
func expectTable<Field: DetailField>(
  of _: Field.Type, empty: Field.Details, full: Field.Details, besides others: [String] = []
) {
  let names = Field.allCases.map(\.rawValue)
  #expect(
    properties(full).map(\.name).filter { !others.contains($0) } == names,
    "A property has no field, or a field no property.")
  #expect(
    properties(Field.Changes()).map(\.name).filter { $0 != "cleared" } == names,
    "The changes have other fields.")
  for field in Field.allCases {
    #expect(
      properties(empty, differingFrom: full).contains(field.rawValue), "The example is the same in \(field).")
    var changes = Field.Changes()
    changes.restore(field, of: full)
    #expect(properties(changes, differingFrom: Field.Changes()) == [field.rawValue])
    #expect(changes.fields == [field])
    #expect(
      fieldTexts(of: full, as: Field.Changes.self)[field.rawValue] == jsonText(changes),
      "An import compares the field as its change is stored.")
    var changed = empty
    changes.apply(to: &changed)
    #expect(properties(changed, differingFrom: empty) == [field.rawValue])
    #expect(changes.differing(from: changed).isEmpty)

    var clearing = Field.Changes()
    clearing.cleared = [field]
    var cleared = full
    clearing.apply(to: &cleared)
    #expect(properties(cleared, differingFrom: full) == (field.access.canBeCleared ? [field.rawValue] : []))
    #expect(clearing.differing(from: full).isEmpty == !field.access.canBeCleared)
    #expect(clearing.differing(from: cleared).isEmpty)
  }
}

private func properties(_ value: Any) -> [(name: String, value: String)] {
  Mirror(reflecting: value).children.map { ($0.label ?? "", String(reflecting: $0.value)) }
}

private func properties(_ value: Any, differingFrom other: Any) -> [String] {
  zip(properties(value), properties(other)).filter { $0.value != $1.value }.map(\.0.name)
}
