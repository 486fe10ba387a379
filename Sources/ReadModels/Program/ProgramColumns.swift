import People
import Scheduling
import Vocabulary

// The column of each field, and the name of its change in a diff. A new column is a new revision.

extension ProgramModel {
  /// Raise it if a column changes, here or in `ProgramRows.swift`, or if an event does something else to a row.
  package static let revision = 14
}

extension SessionKind: PlainColumn {}

extension WebAddress: PlainColumn {
  var columnText: String { text }
  init(columnText text: String) throws { self = try Self(text) }
}

extension Admission: PlainColumn {
  var columnText: String { description }
  init(columnText text: String) throws { self = try Self(text) }
}

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

extension RoomDetails.Field: ColumnField {
  static let columns = allCases.map(\.column)

  var column: DetailColumn<RoomDetails, RoomDetails.Changes> {
    typealias Value = ProgramDiff.Value
    return switch self {
    case .name: .json(\.name, \.name, .name, Value.text)
    case .capacity: .plain(\.capacity, \.capacity, .capacity, Value.number)
    case .note: .json(\.note, \.note, .note, Value.text)
    case .venue: .plain(\.venue, \.venue, .venue, Value.venue)
    case .features: .list(\.features, \.features, .features, Value.features)
    }
  }
}

extension TrackDetails.Field: ColumnField {
  static let columns = allCases.map(\.column)

  var column: DetailColumn<TrackDetails, TrackDetails.Changes> {
    typealias Value = ProgramDiff.Value
    return switch self {
    case .name: .json(\.name, \.name, .name, Value.text)
    case .color: .plain(\.color, \.color, .color, Value.string)
    }
  }
}

extension VenueDetails.Field: ColumnField {
  static let columns = allCases.map(\.column)

  var column: DetailColumn<VenueDetails, VenueDetails.Changes> {
    typealias Value = ProgramDiff.Value
    return switch self {
    case .name: .json(\.name, \.name, .name, Value.text)
    case .address: .json(\.address, \.address, .address, Value.text)
    }
  }
}

extension ConferenceDetails.Field: ColumnField {
  static let columns = allCases.map(\.column)

  var column: DetailColumn<ConferenceDetails, ConferenceDetails.Changes> {
    typealias Value = ProgramDiff.Value
    return switch self {
    case .title: .json(\.title, \.title, .title, Value.text)
    case .shortTitle: .json(\.shortTitle, \.shortTitle, .shortTitle, Value.text)
    case .place: .json(\.place, \.place, .place, Value.text)
    case .firstDay: .plain(\.firstDay, \.firstDay, nil) { .days([$0]) }
    case .lastDay: .plain(\.lastDay, \.lastDay, nil) { .days([$0]) }
    case .zone: .plain(\.zone, \.zone, .zone, Value.string)
    case .languages: .json(\.languages, \.languages, .languages, Value.languages)
    case .welcome: .json(\.welcome, \.welcome, .welcome, Value.text)
    case .roomChange: .plain(\.roomChange, \.roomChange, nil, Value.minutes)
    case .dayStart: .plain(\.dayStart, \.dayStart, .dayStart) { .string(ClockRange.clock($0)) }
    case .website: .plain(\.website, \.website, .website) { .string($0.text) }
    case .admission: .plain(\.admission, \.admission, .admission, Value.admission)
    case .tickets: .plain(\.tickets, \.tickets, .tickets) { .string($0.text) }
    }
  }
}

extension SpeakerDetails.Field: ColumnField {
  static let columns = allCases.map(\.column)

  var column: DetailColumn<SpeakerDetails, SpeakerDetails.Changes> {
    typealias Value = ProgramDiff.Value
    return switch self {
    case .name: .json(\.name, \.name, .name, Value.name)
    case .biography: .json(\.biography, \.biography, .biography, Value.text)
    case .pronunciation: .json(\.pronunciation, \.pronunciation, .pronunciation, Value.text)
    }
  }
}
