import ArgumentParser
import EventLog
import Foundation
import Plenary
import Scheduling
import Vocabulary

struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "The log: every event that ever happened, in order.",
    subcommands: [Show.self, Tail.self, Undo.self, Verify.self, Export.self])
}
