package import Foundation
package import Vocabulary

/// A format of the program for other software and for screens.
package enum ProgramFormat: String, Sendable, CaseIterable {
  case ics, html, xml, schedule, schedule2, jsonld, csv, json

  /// The suffix of the file's name, without a dot.
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
  ///   - previousStarts: The earlier announced starts of each slot, by its number.
  ///   - byteOrderMark: Whether the CSV begins with a byte order mark.
  /// - Throws: `InvalidValue` if the settings select an unknown part of the program.
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
