import Vocabulary

/// Several names in one cell.
enum NameList {
  /// Splits `Ana Ruiz, Ben Okri and Cho Min-ji`. Not in brackets, and not where that leaves names of one word: `Ruiz, Ana`
  /// is one name.
  static func names(in text: String, _ separators: Set<ColumnMapping.Separator>) -> [String] {
    var parts = [text]
    if separators.contains(.newline) { parts = parts.flatMap { split($0) { $0.isNewline } } }
    if separators.contains(.semicolon) { parts = parts.flatMap { split($0) { $0 == ";" || $0 == "；" } } }
    if separators.contains(.slash) { parts = parts.flatMap { splitIfWhole(split($0) { $0 == "/" }, or: $0) } }
    // With semicolons, commas are within names.
    let hasLists = parts.count > 1 && text.contains(where: { $0 == ";" || $0 == "；" })
    let words = [
      (ColumnMapping.Separator.and, [" and ", " und ", " et ", " y ", " и "]), (.ampersand, [" & "]),
    ]
    .filter { separators.contains($0.0) }.flatMap(\.1)
    parts = parts.flatMap { part -> [String] in
      var pieces = [part]
      if separators.contains(.comma), !hasLists {
        let list = split(part) { $0 == "," || $0 == "、" || $0 == "，" }
        // “Ana Ruiz, Ben Okri, and Cho Min-ji”
        let plain = list.map { item in
          words.first { item.hasPrefix($0.dropFirst()) }.map { String(item.dropFirst($0.count - 1)) } ?? item
        }
        pieces = splitIfWhole(plain, or: part)
      }
      return pieces.flatMap { piece in
        words.reduce([piece]) { done, word in done.flatMap { splitIfWhole(split($0, at: word), or: $0) } }
      }
    }
    return parts.compactMap { Words.line($0) }
  }

  /// The parts, unless some are single words where a whole name would be two.
  private static func splitIfWhole(_ parts: [String], or whole: String) -> [String] {
    guard parts.count > 1 else { return [whole] }
    let isSingle = parts.map { part in
      part.split(separator: " ").count == 1 && !part.contains(where: \.isEastAsian)
    }
    // Two, one of them a single word, are “Family, Given”; more are a list if one of them is a whole name.
    if isSingle.allSatisfy(\.self) || parts.count == 2 && isSingle[0] { return [whole] }
    return parts
  }

  private static func split(_ text: String, where isSeparator: (Character) -> Bool) -> [String] {
    var (parts, depth) = ([""], 0)
    for character in text {
      if "([（【".contains(character) { depth += 1 }
      if ")]）】".contains(character) { depth = max(0, depth - 1) }
      if depth == 0, isSeparator(character) {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.compactMap(\.nonEmpty)
  }

  private static func split(_ text: String, at word: String) -> [String] {
    var (parts, rest) = ([String](), text[...])
    while let range = rest.firstRange(of: word) {
      let before = rest[..<range.lowerBound]
      let opened = before.count { "([（".contains($0) } - before.count { ")]）".contains($0) }
      if opened > 0 { return [text] }
      parts.append(String(before))
      rest = rest[range.upperBound...]
    }
    return (parts + [String(rest)]).compactMap(\.nonEmpty)
  }
}
