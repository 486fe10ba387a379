import Vocabulary

/// The command id that stands for a name in a test: the same UUID for the same name.
package func commandID(_ name: String) -> String {
  let digits = Array(hexadecimal(sha256(name).prefix(16)))
  return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
}
