import ReadModels
import Scheduling
import Vocabulary

/// The colours of tracks. A track without one gets one that no other track has, as long as there are some.
struct TrackColors {
  /// Distinct for people who see few colours, too. Dark and light ones alternate, so that neighbours also differ on a printer
  /// without colours.
  private static let usual = [
    "#0b4f8a", "#e69f00", "#007a5a", "#e58fb8", "#7a1f3d", "#56b4e9", "#5b3f9c", "#b5c400", "#6b4423",
    "#d55e00",
    "#2f5d00", "#c9a98c",
  ]

  private let chosen: [TrackID: String]

  init(_ program: ProgramModel) {
    let tracks = program.orderedTracks
    let taken = Set(tracks.compactMap { $0.details.color?.lowercased() })
    let free = Self.usual.filter { !taken.contains($0) }
    let without = tracks.filter { $0.details.color == nil }
    chosen = Dictionary(
      uniqueKeysWithValues: zip(
        without.map(\.id), (0...).lazy.map { free.isEmpty ? Self.usual[0] : free[$0 % free.count] }))
  }

  /// `#0b4f8a`
  subscript(track: TrackRow) -> String { track.details.color ?? chosen[track.id] ?? Self.usual[0] }
}
