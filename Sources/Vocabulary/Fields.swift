/// The fields of an entity's details: the one place that lists them.
///
/// An entity (a session, a room, a speaker …) has a value with its details and a value with changes of
/// them. A field is a case here, under the name that it is stored by, and ``access`` says where it is in
/// both values and how a change of it is made. Revising, clearing, undoing and comparing go through
/// `allCases`, so none of them lists the fields again.
package protocol DetailField: RawRepresentable<String>, CaseIterable, Codable, Hashable, Sendable {
  associatedtype Details: Codable, Hashable, Sendable
  associatedtype Changes: DetailChanges where Changes.Field == Self
  var access: FieldAccess<Details, Changes> { get }
}

/// Some fields of an entity's details, each with its new value; what is nil stays as it is.
package protocol DetailChanges: Codable, Hashable, Sendable {
  associatedtype Field: DetailField where Field.Changes == Self
  /// Fields that are removed; nil for none.
  var cleared: [Field]? { get set }
  init()
}

/// One row of the table of fields.
package struct FieldAccess<Details, Changes> {
  /// Whether the field can be without a value.
  package let canBeCleared: Bool
  /// The field's value, for comparing.
  package let value: (Details) -> AnyHashable
  fileprivate let has: (Details) -> Bool
  fileprivate let isSet: (Changes) -> Bool
  fileprivate let combine: (inout Changes, Details) -> Void
  fileprivate let apply: (Changes, inout Details) -> Void
  fileprivate let clear: (inout Details) -> Void
  fileprivate let set: (inout Changes, Details) -> Void
}

extension FieldAccess {
  /// A field that always has a value.
  ///
  /// - Parameters:
  ///   - combine: makes the value of the change from the known one and what was asked for; by default, what
  ///     was asked for.
  ///   - merge: makes the new value from the known one and the change; by default, the change.
  package static func required<Value: Hashable>(
    _ detail: WritableKeyPath<Details, Value>, _ change: WritableKeyPath<Changes, Value?>,
    combine: @escaping (Value, Value) -> Value = { $1 },
    merge: @escaping (Value, Value) -> Value = { $1 }
  ) -> Self {
    Self(
      canBeCleared: false, value: { $0[keyPath: detail] }, has: { _ in true },
      isSet: { $0[keyPath: change] != nil },
      combine: { changes, known in
        guard let wanted = changes[keyPath: change] else { return }
        let old = known[keyPath: detail]
        let new = combine(old, wanted)
        changes[keyPath: change] = merge(old, new) == old ? nil : new
      },
      apply: {
        if let value = $0[keyPath: change] { $1[keyPath: detail] = merge($1[keyPath: detail], value) }
      }, clear: { _ in },
      set: { $0[keyPath: change] = $1[keyPath: detail] })
  }

  /// A text that always has a language. A change has only the languages that differ, and names those that go.
  package static func text(
    _ detail: WritableKeyPath<Details, LocalizedText>, _ change: WritableKeyPath<Changes, LocalizedText?>,
    without gone: WritableKeyPath<Changes, [Language]?>
  ) -> Self {
    let merged = Self.required(detail, change, merge: mergingLanguages)
    return Self(
      canBeCleared: false, value: merged.value, has: merged.has,
      isSet: { merged.isSet($0) || $0[keyPath: gone] != nil },
      combine: { changes, known in
        let languages = changes[keyPath: gone]?.filter { known[keyPath: detail][$0] != nil } ?? []
        changes[keyPath: gone] = languages.isEmpty ? nil : languages
        merged.combine(&changes, known)
      },
      apply: { changes, details in
        merged.apply(changes, &details)
        if let rest = details[keyPath: detail].without(changes[keyPath: gone] ?? []) {
          details[keyPath: detail] = rest
        }
      }, clear: merged.clear, set: merged.set)
  }

  /// A field that can be without a value, and so can be cleared.
  ///
  /// - Parameter combine: as for a required field; without a known value, what was asked for is the new one.
  package static func optional<Value: Hashable>(
    _ detail: WritableKeyPath<Details, Value?>, _ change: WritableKeyPath<Changes, Value?>,
    combine: @escaping (Value, Value) -> Value = { $1 }
  ) -> Self {
    Self(
      canBeCleared: true, value: { $0[keyPath: detail] }, has: { $0[keyPath: detail] != nil },
      isSet: { $0[keyPath: change] != nil },
      combine: { changes, known in
        guard let wanted = changes[keyPath: change] else { return }
        let old = known[keyPath: detail]
        let new = old.map { combine($0, wanted) } ?? wanted
        changes[keyPath: change] = new == old ? nil : new
      },
      apply: { if let value = $0[keyPath: change] { $1[keyPath: detail] = value } },
      clear: { $0[keyPath: detail] = nil }, set: { $0[keyPath: change] = $1[keyPath: detail] })
  }

  /// A list, which is cleared by leaving nothing in it.
  package static func list<Element: Hashable>(
    _ detail: WritableKeyPath<Details, [Element]>, _ change: WritableKeyPath<Changes, [Element]?>
  ) -> Self {
    Self(
      canBeCleared: true, value: { $0[keyPath: detail] }, has: { !$0[keyPath: detail].isEmpty },
      isSet: { $0[keyPath: change] != nil },
      combine: { if $0[keyPath: change] == $1[keyPath: detail] { $0[keyPath: change] = nil } },
      apply: { if let value = $0[keyPath: change] { $1[keyPath: detail] = value } },
      clear: { $0[keyPath: detail] = [] }, set: { $0[keyPath: change] = $1[keyPath: detail] })
  }
}

/// The new text in the languages that it has, the known one in all others.
package func mergingLanguages(_ known: LocalizedText, _ wanted: LocalizedText) -> LocalizedText {
  known.merging(wanted)
}

extension DetailField {
  /// The fields that can be cleared.
  package static var clearable: [Self] { allCases.filter { $0.access.canBeCleared } }
}

extension DetailChanges {
  package init(_ build: (inout Self) throws -> Void) rethrows {
    self.init()
    try build(&self)
  }

  package var isEmpty: Bool { self == Self() }

  /// The fields that it sets or clears.
  package var fields: [Field] { Field.allCases.filter(touches) }

  /// Whether it sets or clears the field.
  package func touches(_ field: Field) -> Bool {
    cleared?.contains(field) == true || field.access.isSet(self)
  }

  /// The fields that it both sets and clears, which is a contradiction.
  package var contradictions: [Field] {
    Field.allCases.filter { $0.access.isSet(self) && cleared?.contains($0) == true }
  }

  /// Only what differs from the known details, with whole values: texts have all their languages.
  package func differing(from known: Field.Details) -> Self {
    var changes = self
    for field in Field.allCases { field.access.combine(&changes, known) }
    let gone = (cleared ?? []).filter { $0.access.canBeCleared && $0.access.has(known) }
    changes.cleared = gone.isEmpty ? nil : gone
    return changes
  }

  /// Makes the changes.
  package func apply(to details: inout Field.Details) {
    for field in Field.allCases { field.access.apply(self, &details) }
    for field in cleared ?? [] { field.access.clear(&details) }
  }

  /// Makes the changes to details that may not be known.
  package func apply(to details: inout Field.Details?) {
    guard var known = details else { return }
    apply(to: &known)
    details = known
  }

  /// Adds what gives a field the value that it has in these details, or clears it.
  package mutating func restore(_ field: Field, of details: Field.Details) {
    if field.access.has(details) {
      field.access.set(&self, details)
    } else {
      cleared = (cleared ?? []) + [field]
    }
  }
}

// MARK: Stored form

/// A key that is named where it is used.
private struct NamedKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

// An event holds its entity's name and details in one flat object: `{"name":…,"room":"main-hall"}`. It
// decodes and encodes the details with its own coder, and what stands beside them with these.

extension Decoder {
  package func value<Value: Decodable>(_ key: String, as _: Value.Type = Value.self) throws -> Value {
    try container(keyedBy: NamedKey.self).decode(Value.self, forKey: NamedKey(key))
  }

  package func valueIfPresent<Value: Decodable>(_ key: String, as _: Value.Type = Value.self) throws
    -> Value?
  {
    try container(keyedBy: NamedKey.self).decodeIfPresent(Value.self, forKey: NamedKey(key))
  }
}

extension Encoder {
  package func put(_ value: (some Encodable)?, _ key: String) throws {
    var container = container(keyedBy: NamedKey.self)
    try container.encodeIfPresent(value, forKey: NamedKey(key))
  }
}
