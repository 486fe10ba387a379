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

  /// Keeps a scan on disk.
  package func put(_ scan: Scan) throws {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let file = file(of: scan)
    // Whoever reads the folder meanwhile sees no half of a file.
    let unfinished = folder.appending(path: ".\(scan.id)")
    let descriptor = open(unfinished.path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    if descriptor < 0 { throw Self.error() }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: JSONEncoder().encode(scan))
      try handle.synchronize()
      if rename(unfinished.path, file.path) != 0 { throw Self.error() }
    } catch {
      unlink(unfinished.path)
      throw error
    }
    try synchronizeFolder()
  }

  /// Forgets a scan that was answered.
  package func remove(_ scan: Scan) throws {
    if unlink(file(of: scan).path) != 0, errno != ENOENT { throw Self.error() }
  }

  /// The scans in the order in which they were made, and the files that are none.
  package func all() throws -> (scans: [Scan], unreadable: [String]) {
    guard FileManager.default.fileExists(atPath: folder.path) else { return ([], []) }
    var scans: [Scan] = []
    var unreadable: [String] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where !name.hasPrefix(".") {
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
  private func file(of scan: Scan) -> URL {
    let time = String(scan.at.microseconds)
    return folder.appending(
      path: String(repeating: "0", count: max(0, 18 - time.count)) + time + "-\(scan.id).json")
  }

  private func synchronizeFolder() throws {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 { throw Self.error() }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 { throw Self.error() }
  }

  private static func error() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
