package import Vocabulary

/// How far to read a conference's log.
package enum LogBound: Sendable, Hashable {
  case head
  case position(Int)
  /// Up to the last event recorded at or before this time.
  case time(Timestamp)
}
