import Synchronization

/// Something that several threads write to in a test.
final class Box<Value: Sendable>: Sendable {
  private let contents: Mutex<Value>

  init(_ value: Value) {
    contents = Mutex(value)
  }

  var value: Value { contents.withLock { $0 } }

  func change(_ body: (inout Value) -> Void) {
    contents.withLock { body(&$0) }
  }
}
