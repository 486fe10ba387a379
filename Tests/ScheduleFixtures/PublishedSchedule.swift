package import Foundation
package import Interchange

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

  package func read() throws -> (schedule: ForeignConference, zone: String) {
    let bytes = [UInt8](try Data(contentsOf: file))
    let schedule = try ScheduleXML.read(ForeignSource(ForeignSource.File(name: rawValue, bytes: bytes)))
    return (schedule, schedule.zone ?? zone)
  }
}
