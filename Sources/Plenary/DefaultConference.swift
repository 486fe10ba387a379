import Foundation
import Postgres
import PrivateServer
package import Vocabulary

/// The conference that is meant where a command names none, kept for each database in a file of the state directory.
struct DefaultConference {
  /// Short names of conferences by the place of their database.
  private let file: URL

  init(environment: [String: String]) {
    file = URL(filePath: PrivateServer(environment: environment).home).appending(
      path: "conferences-in-use.json")
  }

  private var all: [String: String] {
    guard let data = try? Data(contentsOf: file) else { return [:] }
    return (try? JSONDecoder().decode([String: String].self, from: data)) ?? [:]
  }

  func conference(of location: String) -> String? { all[location] }

  /// - Parameter conference: nil: none.
  /// - Throws: errors of writing the file.
  func use(_ conference: String?, of location: String) throws {
    var all = all
    all[location] = conference
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try encoder.encode(all).write(to: file, options: .atomic)
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
