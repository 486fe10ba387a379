import Scheduling
import Vocabulary

// What the program's rows keep of each field, and what `program diff` calls a change of it.

extension SessionKind: PlainColumn {}

extension SessionDetails.Field: ColumnField {
  static let columns = allCases.map(\.column)

  var column: DetailColumn<SessionDetails, SessionDetails.Changes> {
    typealias Value = ProgramDiff.Value
    return switch self {
    case .title: .json(\.title, \.title, .title, Value.text)
    case .kind: .plain(\.kind, \.kind, .kind, Value.kind)
    case .track: .plain(\.track, \.track, .track, Value.track)
    case .description: .json(\.description, \.description, .description, Value.text)
    case .languages: .json(\.languages, \.languages, .languages, Value.languages)
    case .interpretation: .list(\.interpretation, \.interpretation, .interpretation, Value.languages)
    case .links: .list(\.links, \.links, .links, Value.links)
    case .expected: .plain(\.expected, \.expected, .expected, Value.number)
    case .needs: .list(\.needs, \.needs, .needs, Value.features)
    case .recording: .json(\.recording, \.recording, .recording, Value.recording)
    }
  }
}
