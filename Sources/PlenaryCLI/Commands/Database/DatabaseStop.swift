import ArgumentParser
import Foundation
import Glibc
import Plenary
import PrivateServer

extension DatabaseCommand {
  struct Stop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "stop", abstract: "Stop Plenary's own PostgreSQL server.")
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let server = try global.ownServer()
      guard case .running = try server.status() else {
        return try show(wasRunning: false, "The server is not running.")
      }
      try await server.stop { Console.error($0) }
      try show(wasRunning: true, "The server has stopped.")
    }

    private func show(wasRunning: Bool, _ sentence: String) throws {
      if global.json {
        try Console.json(.dbStop, ["running": false, "stopped": wasRunning])
      } else {
        Console.print(sentence)
      }
    }
  }
}
