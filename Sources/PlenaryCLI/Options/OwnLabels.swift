import Foundation
import Plenary
import Publishing
import Vocabulary

/// Labels of documents that an organizer words otherwise.
enum OwnLabels {
  /// Takes those of the file that `PLENARY_LABELS` names, if it names one.
  static func useNamedFile(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    guard let path = environment["PLENARY_LABELS"], !path.isEmpty else { return }
    try use(path, advice: " Correct it, or unset PLENARY_LABELS.")
  }

  static func use(_ path: String, advice: String = "") throws {
    do {
      try Words.use(own: Data(contentsOf: URL(fileURLWithPath: path)))
    } catch let error as InvalidValue {
      throw Failure(.refused, "Your labels in \(path) cannot be used: \(error.description)\(advice)")
    } catch {
      throw Failure(.failed, "Your labels in \(path) cannot be read.\(advice)", code: .file)
    }
  }

  /// Says on standard error in which languages labels are missing, so that nobody is surprised by English ones.
  static func noteMissing(in languages: [Language]) {
    let without = languages.filter { !$0.hasWords }
    guard !without.isEmpty else { return }
    Console.error(
      "Labels of documents exist only in \(Words.languages.joined(separator: ", ")); in "
        + "\(without.map(\.tag).joined(separator: ", ")), your texts are printed with English labels.")
  }
}
