/// HTML of other programs as the part of CommonMark that Plenary prints.
enum HTML {
  static func isLikely(_ text: String) -> Bool { false }
  static func markdown(_ text: String) -> String { text }
}
