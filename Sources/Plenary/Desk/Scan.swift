package import Foundation
package import People
package import Vocabulary

/// That a station scanned a badge, or that it takes an earlier scan back.
///
/// It has all that the command needs which hands it in, and that command's id: however often it is handed in, it is recorded
/// once. It has no personal data.
package struct Scan: Codable, Hashable, Sendable {
  /// A UUID.
  package let id: String
  package let attendee: AttendeeID
  /// On the station's clock.
  package let at: Timestamp
  package let station: String?
  package let session: SessionID?
  package let day: CalendarDate?
  package let actor: String
  package let reason: String?
  /// The id of the scan that is taken back.
  package let takesBack: String?

  package init(
    id: String, attendee: AttendeeID, at time: Timestamp, station: String?, occasion: Occasion?,
    actor: String,
    reason: String?, takesBack: String?
  ) {
    (self.id, self.attendee, at, self.station) = (id, attendee, time, station)
    (session, day) = (occasion?.session, occasion?.day)
    (self.actor, self.reason, self.takesBack) = (actor, reason, takesBack)
  }

  package var occasion: Occasion? { Occasion(session: session, day: day) }
  package var checkIn: CheckIn { CheckIn(at: at, station: station) }
}

/// The scans of this machine that were not handed in yet: a file for each, in Plenary's own folder.
///
/// A scan is in it before it is sent, and until there is an answer. So nothing is lost when the desk is killed or the power
/// fails. Several desks can share the folder.
package struct ScanQueue: Sendable {
  package let folder: URL

  /// - Parameters:
  ///   - home: Plenary's own folder.
  ///   - identity: the conference's UUID, because another database can have a conference of this name.
  package init(home: String, _ conference: ConferenceID, identity: String?) {
    folder = URL(filePath: home, directoryHint: .isDirectory).appending(
      path: "desk/\(conference)\(identity.map { ".\($0)" } ?? "")", directoryHint: .isDirectory)
  }

  private var files: PrivateFolder { PrivateFolder(folder) }

  /// Keeps a scan on disk.
  package func put(_ scan: Scan) throws { try files.put(JSONEncoder().encode(scan), name(of: scan)) }

  /// Forgets a scan that was answered.
  package func remove(_ scan: Scan) throws { try files.remove(name(of: scan)) }

  /// The scans in the order in which they were made, and the files that are none.
  package func all() throws -> (scans: [Scan], unreadable: [String]) {
    var scans: [Scan] = []
    var unreadable: [String] = []
    for name in try files.names() {
      let file = folder.appending(path: name)
      if let data = try? Data(contentsOf: file), let scan = try? JSONDecoder().decode(Scan.self, from: data) {
        scans.append(scan)
      } else if FileManager.default.fileExists(atPath: file.path) {
        // Not handed in by another desk meanwhile.
        unreadable.append(name)
      }
    }
    return (scans, unreadable)
  }

  /// Names in the order of time.
  private func name(of scan: Scan) -> String {
    let time = String(scan.at.microseconds)
    return String(repeating: "0", count: max(0, 18 - time.count)) + time + "-\(scan.id).json"
  }
}
