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
      abstract: "Rebuild the proceedings and the program from the event log.")
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      try await rebuild([ProceedingsModel.self, ProgramModel.self], global)
    }
  }
}
