import ArgumentParser
import Foundation
import Glibc
import Plenary
import PrivateServer

extension DatabaseCommand {
  struct Start: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "start", abstract: "Start Plenary's own PostgreSQL server.")
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let server = try global.ownServer()
      try await server.start { Console.error($0) }
      Console.print("The server is running. Socket directory: \(server.socketDirectory)")
    }
  }
}
