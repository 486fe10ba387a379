import Foundation
import Subprocess
import Testing

@Suite(.timeLimit(.minutes(10))) struct `The compose file` {
  @Test(.enabled("docker-compose is not installed") { try await hasCompose() })
  func `is one that docker-compose accepts, and publishes no port`() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let result = try await Subprocess.run(
      .name("docker-compose"),
      arguments: ["--file", root.appending(path: "docker-compose.yml").path, "config"],
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
    #expect(result.standardOutput.contains("image: postgres:17"))
    #expect(!result.standardOutput.contains("ports:"))
  }

  private static func hasCompose() async throws -> Bool {
    try await Subprocess.run(
      .name("sh"), arguments: ["-c", "command -v docker-compose"], output: .discarded
    ).terminationStatus.isSuccess
  }
}
