import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension PresentationCommand {
  struct Withdraw: WaivingChange {
    typealias Domain = Presentations

    static let configuration = CommandConfiguration(
      commandName: "withdraw", abstract: "Withdraw a presentation from its session.")
    @Argument(help: "The presentation's short name, e.g. water-on-mars.") var presentation: String
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func action(in conference: ConferenceFacts) throws -> Presentations.Action {
      let id = try PresentationID(presentation)
      return .withdraw(id)
    }
  }
}
