import EventLog
import Foundation
import Glibc
import Postgres
import PrivateServer
package import Vocabulary

/// The conference that is meant where a command names none, kept for each database in a file of the state directory.
struct DefaultConference {
  private let server: PrivateServer
  private var home: String { server.home }
  private static let name = "conferences-in-use.json"
  private var path: String { "\(home)/\(Self.name)" }

  init(environment: [String: String]) { server = PrivateServer(environment: environment) }

  /// Short names of conferences by the place of their database.
  ///
  /// - Throws: `Failure` for a file that cannot be read: what others chose is not replaced.
  private var all: [String: String] {
    get throws {
      guard FileManager.default.fileExists(atPath: path) else { return [:] }
      do {
        return try JSONDecoder().decode([String: String].self, from: Data(contentsOf: URL(filePath: path)))
      } catch {
        throw Failure(
          .failed,
          "Which conference is in use cannot be read, because \(path) is damaged. Remove that file.",
          .nameConference, code: .file)
      }
    }
  }

  func conference(of location: String) throws -> String? { try all[location] }

  /// - Parameter conference: nil: none.
  /// - Throws: `Failure` for a damaged file; errors of writing it.
  func use(_ conference: String?, of location: String) throws {
    try server.makeHome()
    // Two that choose at once, for two databases, change one file.
    let lock = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if lock < 0 { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0 {
      if errno != EINTR { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
    var all = try all
    all[location] = conference
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try PrivateFolder(URL(filePath: home)).put(encoder.encode(all), Self.name)
  }
}

extension Workspace {
  /// Makes a conference the one that is meant where a command names none.
  ///
  /// - Parameter conference: nil: none is.
  /// - Throws: `Failure` for one that does not exist.
  package func use(_ conference: ConferenceID?) async throws {
    if let conference, try await !conferences().contains(where: { $0.id == conference }) {
      throw Failure.noConference(conference)
    }
    try DefaultConference(environment: configuration.environment)
      .use(conference?.slug, of: configuration.database.location)
  }
}
