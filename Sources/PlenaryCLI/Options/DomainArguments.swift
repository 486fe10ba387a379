import ArgumentParser
import EventLog
import Foundation
import People
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

// Values that commands take by their names. Those of a session, a speaker and so on are with its options.

extension NameOrder: ExpressibleByArgument {}

extension Attribution.Mode: ExpressibleByArgument {}

extension Attribution.GroupBasis: ExpressibleByArgument {}

extension Attribution.Quantifier: ExpressibleByArgument {}

extension Attribution.Basis: ExpressibleByArgument {}

extension StatementForm: ExpressibleByArgument {}

/// Any word; the common ones are offered.
extension SpeechAct: ExpressibleByArgument {
  init?(argument: String) {
    guard let act = try? SpeechAct(argument) else { return nil }
    self = act
  }

  static var allValueStrings: [String] { common.map(\.word) }
}

extension Verification: ExpressibleByArgument {}

extension EntryDetails.Field: ExpressibleByArgument {}

extension CorrectionKind: ExpressibleByArgument {}

extension SittingDetails.Field: ExpressibleByArgument {}

extension FrontMatterDetails.Field: ExpressibleByArgument {}

extension ParticipantList: ExpressibleByArgument {}

extension Unstated: ExpressibleByArgument {}

/// As `--clear` takes it: only fields that can be cleared, spelled like options (`short-title`).
extension ExpressibleByArgument where Self: DetailField {
  init?(argument: String) {
    guard let field = Self.clearable.first(where: { $0.argument == argument }) else { return nil }
    self = field
  }

  static var allValueStrings: [String] { clearable.map(\.argument) }

  fileprivate var argument: String {
    rawValue.reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
  }
}

extension DetailChanges where Field: ExpressibleByArgument {
  /// The changes, and the fields of `--clear` removed.
  ///
  /// - Throws: `ValidationError` if another option gives one of these fields a new value.
  func clearing(_ fields: [Field]) throws -> Self {
    var seen: Set<Field> = []
    var changes = self
    changes.cleared = fields.isEmpty ? nil : fields.filter { seen.insert($0).inserted }
    if let field = changes.contradictions.first {
      throw ValidationError(
        "--clear \(field.argument) removes a value that another option sets. Leave one of them out.")
    }
    return changes
  }
}
