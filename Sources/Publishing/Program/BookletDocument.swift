package import Vocabulary

/// The program as a booklet; see `booklet.typ`.
package struct BookletDocument: PrintedDocument {
  package static let template = "booklet"
  package let frame: Frame
  package let body: Body

  package struct Body: Encodable, Sendable, Equatable {
    @Nullable package var release: Release?
    package let days: [Day]
    package let rooms: [Room]
    /// In the order of the index.
    package let persons: [Person]
  }

  package struct Release: Encodable, Sendable, Equatable {
    package let version: String
    @Nullable package var note: LocalizedText?
    package let date: LocalizedText
    /// Something in the program has changed since.
    package let superseded: Bool
  }

  package struct Day: Encodable, Sendable, Equatable {
    package let date: CalendarDate
    package let heading: LocalizedText
    package let sessions: [Session]
  }

  package struct Session: Encodable, Sendable, Equatable {
    package let slug: SessionID
    /// `09:00`
    package let start: String
    package let end: String
    /// Where it ends on another day than it starts.
    @Nullable package var endDate: LocalizedText?
    @Nullable package var room: LocalizedText?
    @Nullable package var track: Track?
    @Nullable package var kind: LocalizedText?
    package let service: Bool
    package let title: LocalizedText
    @Nullable package var description: LocalizedText?
    /// Where they are not simply the conference's.
    package let languages: [LocalizedText]
    package let cancelled: Bool
    package let people: [PrintedGroup]
  }

  package struct Track: Encodable, Sendable, Equatable {
    package let name: LocalizedText
    @Nullable package var color: String?
  }

  package struct Room: Encodable, Sendable, Equatable {
    package let name: LocalizedText
    @Nullable package var capacity: Int?
    @Nullable package var note: LocalizedText?
  }

  package struct Person: Encodable, Sendable, Equatable {
    package struct Part: Encodable, Sendable, Equatable {
      package let slug: SessionID
      package let title: LocalizedText
    }

    package let sort: String
    /// The first is the one to file under.
    package let names: [PrintedName]
    package let sessions: [Part]
  }
}
