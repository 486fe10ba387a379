import ArgumentParser
import EventLog
import Foundation
import People
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ConferenceRevised.Field: ExpressibleByArgument {}

extension NameOrder: ExpressibleByArgument {}

extension Conflict.Kind: ExpressibleByArgument {}

extension SessionKind: ExpressibleByArgument {}

extension SessionRole: ExpressibleByArgument {}

extension Presentations.Change.Field: ExpressibleByArgument {}

extension RoomDetails.Field: ExpressibleByArgument {}

extension VenueDetails.Field: ExpressibleByArgument {}

extension SessionDetails.Field: ExpressibleByArgument {}

extension Recording.Permission: ExpressibleByArgument {}

extension Attribution.Mode: ExpressibleByArgument {}

extension Attribution.GroupBasis: ExpressibleByArgument {}

extension Attribution.Quantifier: ExpressibleByArgument {}

extension Attribution.Basis: ExpressibleByArgument {}

extension StatementForm: ExpressibleByArgument {}

extension SpeechAct: ExpressibleByArgument {}

extension CorrectionKind: ExpressibleByArgument {}

/// The values of `--clear`: only fields that can be cleared.
extension ExpressibleByArgument where Self: DetailField {
  init?(argument: String) {
    guard let field = Self(rawValue: argument), field.access.canBeCleared else { return nil }
    self = field
  }

  static var allValueStrings: [String] { clearable.map(\.rawValue) }
}
