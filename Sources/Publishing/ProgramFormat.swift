package import Foundation
package import Vocabulary

/// A format in which the program is written for other programs and for screens.
package enum ProgramFormat: String, Sendable, CaseIterable {
  case ics, html, xml, schedule, schedule2, jsonld, csv, json

  /// How the name of a file ends that is written in it.
  package var suffix: String {
    switch self {
    case .ics, .html, .xml, .jsonld, .csv, .json: rawValue
    case .schedule, .schedule2: rawValue + ".json"
    }
  }
}

extension ProgramPublication {
  /// The program in a format.
  ///
  /// - Parameters:
  ///   - previousStarts: when each slot was once announced to begin, by its number.
  ///   - byteOrderMark: whether the CSV begins with one.
  /// - Throws: `InvalidValue` where the settings ask for something that is not there.
  package func export(
    _ format: ProgramFormat, previousStarts: [SessionID: [Int: [ZonedTime]]] = [:],
    byteOrderMark: Bool = false
  ) throws -> Data {
    switch format {
    case .ics: Data(iCalendar().utf8)
    case .html: Data(try page(previousStarts: previousStarts).utf8)
    case .xml: Data(scheduleXML().utf8)
    case .schedule: try scheduleJSON(.v1)
    case .schedule2: try scheduleJSON(.v2)
    case .jsonld: try jsonLD(previousStarts: previousStarts)
    case .csv: Data(csv(byteOrderMark: byteOrderMark).utf8)
    case .json: try json()
    }
  }
}
