import ReadModels

/// A row for programs, with the keys by which other programs know the thing.
struct WithKeys<Row: Encodable>: Encodable {
  let row: Row
  let keys: [ImportedKey]

  private enum CodingKeys: CodingKey { case keys }

  init(_ row: Row, _ keys: [ImportedKey]) { (self.row, self.keys) = (row, keys) }

  func encode(to encoder: any Encoder) throws {
    try row.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    if !keys.isEmpty { try container.encode(keys, forKey: .keys) }
  }
}

extension DetailsList {
  /// `pretalx code: SFKNTZ`
  mutating func add(_ keys: [ImportedKey]) {
    let lines = keys.map { "\($0.source) \($0.kind.rawValue): \($0.key)" }
    add("keys", lines.isEmpty ? nil : lines.joined(separator: "\n"))
  }
}
