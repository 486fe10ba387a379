package import EventLog
import Publishing
import ReadModels
import Scheduling
import Vocabulary

extension Outcome {
  /// The same with a warning for each character that could not be printed, while the one who entered it is still there.
  ///
  /// - Parameter sealed: what the events hold encrypted.
  func warningOfCharacters(_ workspace: Workspace, sealed: (any Encodable)? = nil) -> Self {
    var outcome = self
    // The keys and facts of a file are never printed.
    let printed = events.map(\.body).filter { !($0 is FileImported) }.map { $0 as any Encodable }
    for texts in printed + (events.isEmpty ? [] : [sealed].compactMap(\.self)) {
      outcome.warnings += workspace.warnings(ofCharactersIn: texts)
    }
    return outcome
  }
}

extension Workspace {
  /// What cannot be printed of these texts, and U+FFFD. On a machine without fonts, only that is said.
  package func warnings(ofCharactersIn texts: any Encodable) -> [HintedText] {
    let problems = try? Typesetter.unprintable(in: texts, environment: configuration.environment)
    return (problems ?? []).map { HintedText($0, [.replaceMissing]) }
  }
}
