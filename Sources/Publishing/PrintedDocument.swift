package import Vocabulary

/// A document as its template reads it and as `--format json` prints it.
///
/// The shape is written at the head of the template; what all of them share, at the head of `common.typ`.
package protocol PrintedDocument: Encodable, Sendable {
  associatedtype Body: Encodable
  /// The name of its template, without `.typ`.
  static var template: String { get }
  var header: DocumentHeader { get }
  /// What it has beside the header.
  var body: Body { get }
  /// Its pages are printed two on a side, in the order for folding; see `imposition.typ`.
  var imposed: Bool { get }
}

extension PrintedDocument {
  package var imposed: Bool { false }

  package func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    try body.encode(to: encoder)
  }
}

/// A document whose pieces go to different hands: a sign for each door, a badge for each attendee.
package protocol PiecewiseDocument: PrintedDocument {
  /// In the order in which they are printed.
  var pieces: [PrintedPiece] { get }
  /// The same document with these pieces alone.
  func only(pieces keys: Set<String>) -> Self
}

/// What is handed out by itself, and must be printed again when it changes.
package struct PrintedPiece: Sendable {
  /// The same for the same door, person or session, whatever changes on it.
  package let key: String
  /// What it is called where it is listed: “Main Hall, Saturday 3 February”.
  package let title: LocalizedText
  /// All that is printed on it.
  package let content: any Encodable & Sendable

  package init(key: String, title: LocalizedText, content: any Encodable & Sendable) {
    self.key = key
    self.title = title
    self.content = content
  }
}

/// What every document has.
package struct DocumentHeader: Encodable, Sendable, Equatable {
  package let kind: String
  /// In order of preference; the first is the document's own.
  package let languages: [Language]
  package let labels: [String: LocalizedText]
  package let conference: PrintedConference
  package let stamp: Stamp
  /// `a4`, `letter`, `a3` …; nil: as the template likes it.
  @Nullable package var paper: String?
  /// To be printed without colours.
  package let grey: Bool
}

package struct PrintedConference: Encodable, Sendable, Equatable {
  package struct Organisation: Encodable, Sendable, Equatable {
    package let role: LocalizedText
    package let name: LocalizedText
  }

  package let slug: ConferenceID
  package let title: LocalizedText
  @Nullable package var subtitle: LocalizedText?
  @Nullable package var place: LocalizedText?
  @Nullable package var dates: LocalizedText?
  package let zone: String
  package let organisations: [Organisation]
}

/// One form of a name.
package struct PrintedName: Encodable, Sendable, Hashable {
  package let text: String
  package let lang: Language
}

package struct PrintedPerson: Encodable, Sendable, Equatable {
  package let person: PersonID
  /// The form that a reader of the document knows first.
  package let names: [PrintedName]
  package let affiliations: [LocalizedText]
}

/// People who do the same in one session.
package struct PrintedGroup: Encodable, Sendable, Equatable {
  package let role: LocalizedText
  package let persons: [PrintedPerson]
}

/// Written as `null` where there is nothing: templates know every key.
@propertyWrapper
package struct Nullable<Value: Encodable & Sendable & Equatable>: Encodable, Sendable, Equatable {
  package var wrappedValue: Value?

  package init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}
