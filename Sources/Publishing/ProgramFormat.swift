package import Foundation
package import Vocabulary

/// A format of the program for other software and for screens.
package enum ProgramFormat: String, Sendable, CaseIterable {
  case ics, html, xml, schedule, schedule2, jsonld, csv, xlsx, json

  /// The suffix of the file's name, without a dot.
  package var suffix: String {
    switch self {
    case .ics, .html, .xml, .jsonld, .csv, .xlsx, .json: rawValue
    case .schedule, .schedule2: rawValue + ".json"
    }
  }
}

extension ProgramPublication {
  /// The program in a format.
  ///
  /// - Parameters:
  ///   - previousStarts: The earlier announced starts of each slot, by its number.
  ///   - style: of the CSV.
  /// - Throws: `InvalidValue` if the settings select an unknown part of the program.
  package func export(
    _ format: ProgramFormat, previousStarts: [SessionID: [Int: [ZonedTime]]] = [:],
    style: CSVStyle = CSVStyle()
  ) throws -> Data {
    switch format {
    case .ics: Data(iCalendar().utf8)
    case .html: Data(try page(previousStarts: previousStarts).utf8)
    case .xml: Data(scheduleXML().utf8)
    case .schedule: try scheduleJSON(.v1)
    case .schedule2: try scheduleJSON(.v2)
    case .jsonld: try jsonLD(previousStarts: previousStarts)
    case .csv: Data(csv(style).utf8)
    case .xlsx: try workbook()
    case .json: try json()
    }
  }
}
