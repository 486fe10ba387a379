package import Foundation
import FoundationXML

/// A schedule that was really published, as frab and pentabarf write it: what is read of it, unjudged.
package struct Schedule: Sendable {
  package struct Day: Sendable {
    /// `2024-02-03`
    package var date: String
  }

  package struct Person: Sendable, Hashable {
    /// Unique within the file.
    package var id: String
    package var name: String
  }

  package struct Session: Sendable {
    package var id: String
    package var day: String
    package var room: String
    /// As the file has them: by tag, of those that it has once.
    package var fields: [String: String] = [:]
    package var people: [Person] = []
    /// Address, title and whether it is one of the slides.
    package var links: [(url: String, title: String, areSlides: Bool)] = []
  }

  package private(set) var title = ""
  package private(set) var city: String?
  package private(set) var venue: String?
  package private(set) var zone: String?
  package private(set) var days: [Day] = []
  package private(set) var sessions: [Session] = []

  /// - Throws: for what is not well-formed XML.
  package init(contentsOf file: URL) throws {
    let reader = Reader()
    let parser = XMLParser(data: try Data(contentsOf: file))
    parser.delegate = reader
    guard parser.parse() else {
      throw parser.parserError ?? CocoaError(.fileReadCorruptFile)
    }
    self = reader.schedule
  }

  private init() {}

  private final class Reader: NSObject, XMLParserDelegate {
    var schedule = Schedule()
    private var session: Session?
    private var person: String?
    private var link: (url: String, areSlides: Bool)?
    private var day = ""
    private var room = ""
    private var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      text = ""
      switch name {
      case "day":
        day = attributes["date"] ?? ""
        schedule.days.append(Day(date: day))
      case "room" where session == nil: room = attributes["name"] ?? ""
      case "event":
        session = Session(
          id: attributes["id"] ?? attributes["guid"] ?? "\(schedule.sessions.count)", day: day, room: room)
      case "person": person = attributes["id"] ?? ""
      case "link", "attachment":
        link = (
          attributes["href"] ?? "", name == "attachment" && attributes["type"]?.contains("slides") == true
        )
      default: break
      }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, foundCDATA data: Data) { text += String(decoding: data, as: UTF8.self) }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
      self.text = ""
      guard session != nil else {
        switch name {
        case "title": schedule.title = text
        case "city": schedule.city = text
        case "venue": schedule.venue = text
        case "time_zone_name": schedule.zone = text
        default: break
        }
        return
      }
      switch name {
      case "event":
        if let session { schedule.sessions.append(session) }
        session = nil
      case "person":
        if let person, !text.isEmpty {
          session?.people.append(Person(id: person.isEmpty ? text : person, name: text))
        }
      case "link", "attachment":
        if let link { session?.links.append((link.url, text, link.areSlides)) }
      case "room":
        if !text.isEmpty { session?.room = text }
      default: session?.fields[name] = text
      }
    }
  }
}

/// The schedules that lie beside the project, in `../shared`; nothing of them is part of it.
package enum PublishedSchedule: String, CaseIterable, Sendable {
  case fosdem2009 = "schedules_xml/fosdem_2009.xml"
  case fosdem2015 = "schedules_xml/fosdem_2015.xml"
  case fosdem2024 = "schedules_xml/fosdem_2024_pretalx_late.xml"
  /// 1,079 sessions.
  case fosdem2026 = "schedules_series/fosdem_2026/2026-02-03_552175f.xml"
  /// Mostly in Chinese.
  case coscup2023 = "derived/coscup_2023_schedule.xml"
  /// In German and English, over midnight.
  case congress2016 = "schedules_xml/33c3.xml"
  case congress2018 = "schedules_xml/35c3.xml"
  case privacyWeek = "schedules_xml/PrivacyWeek.xml"
  case camp2018 = "schedules_xml/emfcamp_2018.frab.xml"

  /// Where the project's folder is, by where this file was when it was compiled.
  private static let data = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/data").standardized

  package var file: URL { Self.data.appending(path: rawValue) }

  /// Tests that need it are skipped where it is not.
  package var isPresent: Bool { FileManager.default.isReadableFile(atPath: file.path) }

  /// The zone, where the file names none.
  fileprivate var zone: String {
    switch self {
    case .fosdem2009, .fosdem2015, .fosdem2024, .fosdem2026: "Europe/Brussels"
    case .coscup2023: "Asia/Taipei"
    case .congress2016, .congress2018: "Europe/Berlin"
    case .privacyWeek: "Europe/Vienna"
    case .camp2018: "Europe/London"
    }
  }

  package func read() throws -> (schedule: Schedule, zone: String) {
    let schedule = try Schedule(contentsOf: file)
    return (schedule, schedule.zone ?? zone)
  }
}
