/// The apostrophe in a cell of CSV that keeps spreadsheets from taking a text for a formula. Plenary and other programs write it.
///
/// A text that begins with apostrophes and then such a sign gets one more, so that removing gives back what was there before adding.
package enum FormulaGuard {
  private static let apostrophe: Unicode.Scalar = "'"

  package static func added(to text: String) -> String { isFormula(text) ? "'" + text : text }

  /// - Returns: nil if there is none.
  package static func removed(from text: String) -> String? {
    guard text.unicodeScalars.first == apostrophe, isFormula(text) else { return nil }
    return String(text.unicodeScalars.dropFirst())
  }

  /// These characters begin a formula. Some spreadsheets accept the full-width forms too.
  private static func isFormula(_ text: String) -> Bool {
    text.unicodeScalars.first { $0 != apostrophe }.map("=+-@\t\r＝＋－＠".unicodeScalars.contains) ?? false
  }
}
