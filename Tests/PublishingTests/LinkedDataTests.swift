import Foundation
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Scheduling

struct LinkedDataTests {
  @Test func `tells search engines where the conference is, or names the missing place`() throws {
    func story(_ place: String?, _ addresses: [String?]) -> Story {
      var story = Story()
      story.add(
        .conferenceOpened(
          ConferenceOpened(
            title: localized("C"), firstDay: "2016-03-25", lastDay: "2016-03-25", zone: "Asia/Shanghai"
          ) { $0.place = place.map { localized($0) } }))
      for (index, address) in addresses.enumerated() {
        story.add(
          .venueAdded(
            VenueAdded(
              venue: try! VenueID("v\(index)"), name: localized("Venue \(index)")
            ) { $0.address = address.map { localized($0) } }))
      }
      return story
    }
    for (place, addresses, told, isMissing) in [
      (nil, [], [], true), ("Berlin", [], ["Berlin: Berlin"], false),
      (nil, ["1 North Street"], ["Venue 0: 1 North Street"], false), (nil, [nil], ["Venue 0: "], true),
      ("Berlin", [nil], ["Venue 0: Berlin"], false),
      (
        nil, ["1 North Street", "2 South Street"], ["Venue 0: 1 North Street", "Venue 1: 2 South Street"],
        false
      ),
      (nil, ["1 North Street", nil], ["Venue 0: 1 North Street", "Venue 1: "], true),
      ("Berlin", ["1 North Street", nil], ["Berlin: Berlin"], false),
    ] as [(String?, [String?], [String], Bool)] {
      let publication = story(place, addresses).programPublication()
      let root = try #require(JSONSerialization.jsonObject(with: publication.jsonLD()) as? [String: Any])
      let found = (root["location"] as? [[String: Any]] ?? []).map {
        "\($0["name"] ?? ""): \($0["address"] ?? "")"
      }
      #expect(found == told, "\(addresses)")
      #expect(publication.unknownToSearchEngines.contains("--place") == isMissing, "\(addresses)")
    }
  }

  @Test func `names the missing place if only a session has no address`() {
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: localized("C"), firstDay: "2016-03-25", lastDay: "2016-03-25", zone: "Asia/Shanghai")),
      .venueAdded(
        VenueAdded(venue: "campus", name: localized("Campus")) { $0.address = localized("1 Street") }),
      .roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    #expect(!story.programPublication().unknownToSearchEngines.contains("--place"))
    story.schedule("a", localized("A"), slot("hall", march("25T09:00"), march("25T10:00")))
    #expect(story.programPublication().unknownToSearchEngines.contains("--place"))
  }
}
