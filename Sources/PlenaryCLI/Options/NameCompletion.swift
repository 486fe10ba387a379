import ArgumentParser
import Dispatch
import Plenary
import Synchronization

/// What a shell offers where a command takes a short name.
extension CompletionKind {
  static let conferences = names(.conferences)
  static let speakers = names(.speakers)
  static let sessions = names(.sessions)
  static let rooms = names(.rooms)
  static let tracks = names(.tracks)
  static let attendees = names(.attendees)

  private static func names(_ names: KnownNames) -> CompletionKind {
    // Not an asynchronous one, because then commands could not be parsed synchronously, as those of a script are.
    let complete: @Sendable ([String], Int, String) -> [String] = { words, _, prefix in
      guard
        let configuration = try? Configuration(
          database: value(of: ["--database"], in: words),
          conference: value(of: ["--conference", "-c"], in: words))
      else { return [] }
      return waited { await names.beginning(with: prefix, in: configuration) }
    }
    return .custom(complete)
  }

  private final class Found: Sendable {
    let names = Mutex<[String]>([])
  }

  /// Blocks the calling thread; a process that completes does nothing else. Whatever holds up the answer, a shell gets its line
  /// back: no names are offered then.
  private static func waited(_ work: @escaping @Sendable () async -> [String]) -> [String] {
    let (done, found) = (DispatchSemaphore(value: 0), Found())
    Task.detached {
      let names = await work()
      found.names.withLock { $0 = names }
      done.signal()
    }
    if done.wait(timeout: .now() + .seconds(3)) == .timedOut { return [] }
    return found.names.withLock(\.self)
  }

  /// The value of an option among the words that are typed already.
  private static func value(of options: [String], in words: [String]) -> String? {
    for (index, word) in words.enumerated() {
      if options.contains(word), index + 1 < words.count { return words[index + 1] }
      if let option = options.first(where: { word.hasPrefix($0 + "=") }) {
        return String(word.dropFirst(option.count + 1))
      }
    }
    return nil
  }
}
