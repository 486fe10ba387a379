package import JSON

/// An event as somebody would tell it: a sentence, and what each changed field was before.
package struct ToldEvent: Sendable, Equatable {
  /// A field with its old and new value.
  package struct Change: Sendable, Equatable, Encodable {
    /// The field's stored name: `title`, `capacity`.
    package var field: String
    /// Nil: there was none.
    package var before: JSONValue?
    /// Nil: there is none now.
    package var after: JSONValue?
    /// Both as people read them: in the conference's first language, with names for short names.
    package var was: String?
    package var now: String?

    package init(_ field: String, _ before: JSONValue?, _ after: JSONValue?, was: String?, now: String?) {
      (self.field, self.before, self.after, self.was, self.now) = (field, before, after, was, now)
    }
  }

  package var sentence: String
  package var changes: [Change] = []

  package init(_ sentence: String, _ changes: [Change] = []) {
    (self.sentence, self.changes) = (sentence, changes)
  }
}
