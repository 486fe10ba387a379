import ArgumentParser
import EventLog
import Foundation
import JSON
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension Outcome {
  private struct Report: Encodable {
    struct Event: Encodable {
      var position: Int?
      var type: String
      var tags: [String]
      var body: StoredJSON
    }
    var effect: String
    var commandID: String
    var first: Int?
    var last: Int?
    var events: [Event]
    var warnings: [String]
  }

  /// The effect in the words of `--json`, and the positions of what was recorded.
  var forPrograms: (effect: String, first: Int?, last: Int?) {
    switch effect {
    case .appended(let receipt):
      (receipt.replayed ? ScriptResult.doneBefore : "appended", receipt.first, receipt.last)
    case .nothingToDo: ("nothing to do", nil, nil)
    case .wouldAppend: ("would append", nil, nil)
    }
  }

  /// Prints the command's outcome.
  ///
  /// - Parameter remarks: what else a script tells of the command; otherwise the command itself prints them.
  func report(_ context: CommandContext, json: Bool, remarks: [String] = []) throws {
    let (told, first, last) = forPrograms
    var report = Report(
      effect: told, commandID: context.commandID, first: first, last: last, events: [],
      warnings: warnings.map(\.advised))
    let script = ScriptedCommand.current
    let shown = script?.results.wantsEvents == false ? [] : events
    report.events = try shown.enumerated().map { index, event in
      try Report.Event(
        position: first.map { $0 + index }, type: type(of: event.body).type,
        tags: event.body.tags.map(\.text),
        body: StoredJSON(JSONText.encode(event.body)))
    }
    if let script {
      return script.results.take(
        ScriptResult(
          effect: report.effect, first: report.first, last: report.last, warnings: report.warnings,
          remarks: remarks,
          events: report.events.map { ScriptResult.Event(type: $0.type, tags: $0.tags, body: $0.body) }))
    }
    if json { return try Console.json(.outcome, report) }
    for warning in warnings { Console.error("warning: \(warning.advised)") }
    switch effect {
    case .nothingToDo: Console.print("Nothing to do: this is already the case.")
    case .appended(let receipt) where receipt.replayed:
      Console.print("Already done under this command id, at \(positions(receipt)).")
    case .appended, .wouldAppend:
      for event in report.events {
        let place = event.position.map { "\($0)" } ?? "would append"
        Console.print("\(place)  \(event.type)  \(event.tags.joined(separator: " "))")
        if context.dryRun { Console.print("    " + event.body.text) }
      }
    }
  }

  private func positions(_ receipt: Receipt) -> String {
    receipt.first == receipt.last
      ? "position \(receipt.first)" : "positions \(receipt.first) to \(receipt.last)"
  }
}
