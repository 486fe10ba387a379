import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

/// `slides=https://…`. Without a kind, the link is `related`.
struct LinkArgument: ExpressibleByArgument {
  let kind: Link.Kind
  let url: String
  /// What stands in front of the address, and is no kind.
  private var unknown: String?

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    if parts.count == 2, let kind = Link.Kind(rawValue: parts[0]) {
      (self.kind, url) = (kind, parts[1])
    } else {
      (kind, url) = (.related, argument)
      // An address can have an equals sign too, but not in front of its “https:”.
      if parts.count == 2, !parts[0].contains(":"), parts[1].contains("://") { unknown = parts[0] }
    }
  }

  /// - Throws: `InvalidValue`.
  func link() throws -> Link {
    if let unknown {
      throw InvalidValue(
        "“\(excerpt(unknown))” is no kind of link; the kinds are "
          + Link.Kind.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    return try Link(kind, url)
  }
}
