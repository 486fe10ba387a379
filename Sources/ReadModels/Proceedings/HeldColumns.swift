import Record
import Vocabulary

// The column of each field. No diff shows them.

extension ParticipantList: PlainColumn {}
extension Unstated: PlainColumn {}

extension HeldTime: PlainColumn {
  var columnText: String { description }
  init(columnText text: String) throws { self = try Self(text) }
}

extension SittingDetails.Field: ColumnField {
  static let columns = allCases.map(\.column)

  var column: DetailColumn<SittingDetails, SittingDetails.Changes> {
    typealias Value = ProgramDiff.Value
    return switch self {
    case .at: .plain(\.at, \.at, nil) { .string($0.description) }
    case .presiding: .json(\.presiding, \.presiding, nil) { .text($0.asPrinted) }
    case .present: .plain(\.present, \.present, nil, Value.number)
    case .quorum: .plain(\.quorum, \.quorum, nil, Value.number)
    case .place: .json(\.place, \.place, nil, Value.text)
    }
  }
}

extension FrontMatterDetails.Field: ColumnField {
  static let columns = allCases.map(\.column)

  var column: DetailColumn<FrontMatterDetails, FrontMatterDetails.Changes> {
    typealias Value = ProgramDiff.Value
    return switch self {
    case .headline: .json(\.headline, \.headline, nil, Value.text)
    case .brand: .json(\.brand, \.brand, nil, Value.text)
    case .series: .json(\.series, \.series, nil, Value.text)
    case .seriesNumber: .plain(\.seriesNumber, \.seriesNumber, nil, Value.number)
    case .dateline: .json(\.dateline, \.dateline, nil, Value.text)
    case .summary: .json(\.summary, \.summary, nil, Value.text)
    case .summaryFrom:
      .json(\.summaryFrom, \.summaryFrom, nil) {
        .string($0.map(\.slug).joined(separator: ", "))
      }
    case .note: .json(\.note, \.note, nil, Value.text)
    case .publisher: .json(\.publisher, \.publisher, nil, Value.text)
    case .identifiers:
      .json(\.identifiers, \.identifiers, nil) {
        .string($0.map(\.description).joined(separator: ", "))
      }
    case .licence: .json(\.licence, \.licence, nil, Value.text)
    case .citation: .json(\.citation, \.citation, nil, Value.text)
    case .participants: .plain(\.participants, \.participants, nil) { .string($0.rawValue) }
    case .unstated: .plain(\.unstated, \.unstated, nil) { .string($0.rawValue) }
    }
  }
}
