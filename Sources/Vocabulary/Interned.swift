/// A value that very many others have in common, such as the attribution of all that one person says: it is in memory once.
package final class Interned<Value: Hashable & Sendable>: Sendable, Hashable {
  package let value: Value

  package init(_ value: Value) { self.value = value }

  package static func == (one: Interned, other: Interned) -> Bool {
    one === other || one.value == other.value
  }
  package func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}
