import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Scheduling
import Vocabulary

struct ProgramCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "program", abstract: "Show, check, release, print and export the program.",
    subcommands: [
      Show.self, Check.self, Release.self, ListReleases.self, Diff.self, NoticesCommand.self, Print.self,
      ListPrints.self, MakeErrata.self, Reprint.self, Export.self, Template.self,
    ])
}
