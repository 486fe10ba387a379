package import Scheduling
package import Vocabulary

/// A document in the form that its template reads and that `--format json` prints.
///
/// The top of each template describes its fields; the top of `common.typ` describes the common ones.
package protocol PrintedDocument: Encodable, Sendable {
  associatedtype Body: Encodable
  /// The name of its template, without `.typ`.
  static var template: String { get }
  var header: DocumentHeader { get }
  /// Its own fields, without the header.
  var body: Body { get }
  /// Whether two pages go on each side of a sheet, in folding order; see `imposition.typ`.
  var imposed: Bool { get }
  /// The most pages that it may have; nil: as many as it needs.
  var mostPages: Int? { get }
}

extension PrintedDocument {
  package var imposed: Bool { false }
  package var mostPages: Int? { nil }

  package func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    try body.encode(to: encoder)
  }
}

/// A document that can be limited to a part of the program or to some people: one of the kinds of `PrintKind`.
package protocol SelectedDocument: PrintedDocument {
  /// Nothing and nobody is in it.
  var isEmpty: Bool { get }
}

/// A document whose pieces go to different places or people: a sign per door, a badge per attendee.
package protocol PiecewiseDocument: SelectedDocument {
  /// In printing order.
  var pieces: [PrintedPiece] { get }
  /// The same document with only these pieces.
  func only(pieces keys: Set<String>) -> Self
}

extension PiecewiseDocument {
  package var isEmpty: Bool { pieces.isEmpty }
}

/// A piece of a document that is handed out by itself and is reprinted when it changes.
package struct PrintedPiece: Sendable {
  /// Identifies the door, person or session. It stays the same when the content changes.
  package let key: String
  /// Its name in lists: “Main Hall, Saturday 3 February”.
  package let title: LocalizedText
  /// Everything printed on it.
  package let content: any Encodable & Sendable

  package init(key: String, title: LocalizedText, content: any Encodable & Sendable) {
    self.key = key
    self.title = title
    self.content = content
  }
}

/// The common fields of every document.
package struct DocumentHeader: Encodable, Sendable, Equatable {
  package let kind: String
  /// In order of preference. The first is the document's own.
  package let languages: [Language]
  package let labels: [String: LocalizedText]
  package var conference: PrintedConference
  package let stamp: Stamp
  /// `a4`, `letter`, `a3` …; nil for the template's default.
  @Nullable package var paper: String?
  /// Print without colours.
  package let grey: Bool
  /// For a print shop.
  package let press: Bool
  /// Print a substitute for characters that no font has.
  package let replaceMissing: Bool
  /// The logo and the sponsors. The files stand beside the template.
  package let pictures: [Picture]

  package struct Picture: Encodable, Sendable, Equatable {
    package let use: PrintedPicture.Use
    /// The name of the file beside the template: its hash, so that no name can do harm.
    package let file: String
    package let width: Int
    package let height: Int
    package let text: LocalizedText
  }

  /// The pictures on a piece that has room for so many sponsors.
  func pictures(sponsors: Int) -> [Picture] {
    pictures.filter { $0.use == .logo } + pictures.filter { $0.use == .sponsor }.prefix(sponsors)
  }
}

extension PrintedPicture {
  /// The name of its file beside a template.
  package var name: String { "picture-\(hash.prefix(32)).\(format.rawValue)" }
}

package struct PrintedConference: Encodable, Sendable, Equatable {
  package struct Organisation: Encodable, Sendable, Equatable {
    package let role: LocalizedText
    package let name: LocalizedText
  }

  package let slug: ConferenceID
  package var title: LocalizedText
  @Nullable package var shortTitle: LocalizedText?
  @Nullable package var subtitle: LocalizedText?
  @Nullable package var place: LocalizedText?
  @Nullable package var dates: LocalizedText?
  package let zone: String
  package let organisations: [Organisation]
}

/// A name in one language.
package struct PrintedName: Encodable, Sendable, Hashable {
  package let text: String
  package let lang: Language
}

package struct PrintedPerson: Encodable, Sendable, Equatable {
  package let person: PersonID
  /// The form that readers of the document know best.
  package let names: [PrintedName]
  package let affiliations: [LocalizedText]
}

/// People with the same role in a session.
package struct PrintedGroup: Encodable, Sendable, Equatable {
  package let role: LocalizedText
  package let persons: [PrintedPerson]
}

/// Encodes nil as `null`, so that every key is always present in templates.
@propertyWrapper
package struct Nullable<Value: Encodable & Sendable & Equatable>: Encodable, Sendable, Equatable {
  package var wrappedValue: Value?

  package init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}
