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
        return Console.print("The server is not running.")
      }
      try await server.stop { Console.error($0) }
      Console.print("The server has stopped.")
    }
  }
}
