/// PostgreSQL's five-character error code.
///
/// Appendix A of PostgreSQL's manual lists the codes. Classes that begin with I–Z are free for our own.
package struct SQLState: Sendable, Hashable, RawRepresentable, ExpressibleByStringLiteral {
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  package init(stringLiteral value: String) {
    self.init(rawValue: value)
  }

  /// The first two characters, e.g. `23` for all violated constraints.
  package var errorClass: String { String(rawValue.prefix(2)) }

  package static let insufficientPrivilege: SQLState = "42501"
  package static let undefinedTable: SQLState = "42P01"
  package static let readOnlyTransaction: SQLState = "25006"
  package static let lockNotAvailable: SQLState = "55P03"
}

extension SQLState: CustomStringConvertible {
  package var description: String { rawValue }
}
