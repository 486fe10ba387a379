import Foundation
import Subprocess
import Testing

@Suite(.timeLimit(.minutes(40))) struct `The compose file` {
  @Test(.enabled("docker-compose is not installed") { try await hasCompose() })
  func `is accepted by docker-compose and publishes no port`() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let result = try await Subprocess.run(
      .name("docker-compose"),
      arguments: ["--file", root.appending(path: "docker-compose.yml").path, "config"],
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
    // An exact tag, so that every run uses the same image.
    #expect(result.standardOutput.contains(/image: postgres:17\.\d+-[a-z]+\n/))
    let dockerfile = try String(
      contentsOf: root.appending(path: "Scripts/container/Dockerfile"), encoding: .utf8)
    let images = dockerfile.matches(of: /(?m)^FROM (\S+)/).map { String($0.1) }
    #expect(images.count == 2 && images.allSatisfy { $0.contains(/:\d+\.\d+/) }, "\(images)")
    // `up` runs the demonstration: the service has no profile and writes into ./out.
    #expect(result.standardOutput.contains("/usr/share/plenary/Scripts/demo"))
    #expect(result.standardOutput.contains(root.appending(path: "out").path + ":/usr/share/plenary/out"))
    #expect(!result.standardOutput.contains("ports:"))
  }

  private static func hasCompose() async throws -> Bool {
    try await Subprocess.run(
      .name("sh"), arguments: ["-c", "command -v docker-compose"], output: .discarded
    ).terminationStatus.isSuccess
  }
}
