/// A value that begins with a hyphen, which the parser takes for an option.
enum HyphenValue {
  /// How to write the value that was meant.
  ///
  /// - Parameter message: what the parser says.
  /// - Returns: nil if no argument looks like such a value.
  static func advice(_ message: String, _ arguments: [String]) -> String? {
    if let option = message.firstMatch(of: /^Missing value for '(-[^ ']*)/).map({ String($0.1) }),
      let index = arguments.lastIndex(of: option), arguments.indices.contains(index + 1),
      arguments[index + 1].hasPrefix("-")
    {
      return
        "A value that begins with “-” is written with an equals sign: \(long(option))=\(quoted(arguments[index + 1]))"
    }
    let value: String?
    if let option = message.firstMatch(of: /^(?:Unknown|Invalid) option:? '?(-[^ ']*)/).map({ String($0.1) })
    {
      value = arguments.first { $0.hasPrefix(option) && ($0.contains(" ") || !$0.hasPrefix("--")) }
    } else if message.hasPrefix("Missing expected argument '<") {
      value = arguments.first {
        $0.hasPrefix("-") && !$0.hasPrefix("--") && !["-", "-c", "-o", "-h"].contains($0)
      }
    } else {
      value = nil
    }
    return value.map {
      "If \(quoted($0)) is a value: for an option, write --OPTION=\(quoted($0)); an argument comes after --"
    }
  }

  private static func long(_ option: String) -> String {
    switch option {
    case "-c": "--conference"
    case "-o": "--output"
    default: option
    }
  }

  private static func quoted(_ value: String) -> String { value.contains(" ") ? "\"\(value)\"" : value }
}
