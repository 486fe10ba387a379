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

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    if parts.count == 2, let kind = Link.Kind(rawValue: parts[0]) {
      (self.kind, url) = (kind, parts[1])
    } else {
      (kind, url) = (.related, argument)
    }
  }

  func link() throws -> Link { try Link(kind, url) }
}
