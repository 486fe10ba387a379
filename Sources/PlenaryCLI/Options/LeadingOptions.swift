/// Options of every command may stand before the noun: `plenary --conference shanghai-2016 session list`.
enum LeadingOptions {
  private static let withValue: Set = ["--database", "--conference", "-c"]

  /// The same arguments, but these options come after the noun and the verb, where the parser reads them.
  static func moved(_ arguments: [String]) -> [String] {
    var leading: [String] = []
    var rest = arguments[...]
    while let option = rest.first {
      if withValue.contains(option), rest.count > 1 {
        leading += rest.prefix(2)
        rest = rest.dropFirst(2)
      } else if option == "--json" || option.hasPrefix("--database=") || option.hasPrefix("--conference=") {
        leading.append(option)
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    let depth = CommandWords(rest).depth
    if leading.isEmpty || depth == 0 { return arguments }
    return Array(rest.prefix(depth)) + leading + Array(rest.dropFirst(depth))
  }
}
