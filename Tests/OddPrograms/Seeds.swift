import Foundation

/// The seeds of a test with random programs: so many, or as many as `PLENARY_SEEDS` says, for a long search.
package func seeds(_ usual: Int) -> Range<UInt64> {
  let wanted = ProcessInfo.processInfo.environment["PLENARY_SEEDS"].flatMap(UInt64.init)
  return 0..<(wanted ?? UInt64(usual))
}
