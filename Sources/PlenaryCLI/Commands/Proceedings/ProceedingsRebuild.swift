import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProceedingsCommand {
  struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rebuild",
      abstract: "Build the proceedings, and the program that they name, anew from the log.")
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      try await rebuild([ProceedingsModel.self, ProgramModel.self], global)
    }
  }
}
