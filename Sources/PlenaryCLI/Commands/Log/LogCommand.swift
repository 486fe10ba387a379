import ArgumentParser
import EventLog
import Foundation
import Plenary
import Scheduling
import Vocabulary

struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "The event log: every change ever made, in order.",
    subcommands: [
      Show.self, Tail.self, Undo.self, SetAside.self, Reinstate.self, Verify.self, Export.self, Import.self,
      Changes.self,
    ])
}
