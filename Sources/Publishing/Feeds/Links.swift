import ReadModels
import Scheduling

extension SessionRow {
  /// The session's links, then those of its presentations.
  var links: [Link] { (details.links ?? []) + presentations.flatMap { $0.links ?? [] } }
}
