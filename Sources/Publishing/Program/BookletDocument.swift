package import Vocabulary

/// The program as a booklet; see `booklet.typ`.
package struct BookletDocument: PrintedDocument {
  package static let template = "booklet"
  package let header: DocumentHeader
  package let body: Body
  package var imposed: Bool { body.imposed }

  package typealias Release = PrintedRelease

  package struct Body: Encodable, Sendable, Equatable {
    @Nullable package var release: Release?
    /// What it is of, where it is not of the whole program.
    package let subset: [LocalizedText]
    @Nullable package var welcome: LocalizedText?
    /// Padded to a multiple of four pages, for folding.
    package let imposed: Bool
    package let days: [Day]
    package let venues: [Venue]
    package let rooms: [Room]
    /// In the order of the index.
    package let persons: [Person]
  }

  package struct Day: Encodable, Sendable, Equatable {
    package let date: CalendarDate
    package let heading: LocalizedText
    /// That the clocks change on it.
    @Nullable package var note: LocalizedText?
    package let sessions: [Session]
  }

  /// A session at one of its times. All is told at the first; at the others, what takes place then.
  package struct Session: Encodable, Sendable, Equatable {
    package let slug: SessionID
    /// `opening` at the first of its times, `opening.2` at another, by the number of the slot.
    package let anchor: String
    package let whole: Bool
    /// “Part 1 of 2”, where it has several times.
    @Nullable package var part: LocalizedText?
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
    /// Languages that it is interpreted into.
    package let interpretation: [LocalizedText]
    package let cancelled: Bool
    package let people: [PrintedGroup]
    package let links: [Link]
    /// Those that are given at this time, in their order.
    package let presentations: [Presentation]
  }

  package struct Presentation: Encodable, Sendable, Equatable {
    package let start: String
    package let end: String
    package let title: LocalizedText
    @Nullable package var abstract: LocalizedText?
    /// Where it is stated.
    @Nullable package var language: LocalizedText?
    package let persons: [PrintedPerson]
    package let links: [Link]
  }

  package struct Link: Encodable, Sendable, Equatable {
    /// “Slides”
    package let kind: LocalizedText
    @Nullable package var title: LocalizedText?
    package let url: String
  }

  package struct Track: Encodable, Sendable, Equatable {
    package let sign: String
    package let name: LocalizedText
    @Nullable package var color: String?
  }

  package struct Venue: Encodable, Sendable, Equatable {
    package let name: LocalizedText
    @Nullable package var address: LocalizedText?
  }

  package struct Room: Encodable, Sendable, Equatable {
    package let name: LocalizedText
    @Nullable package var venue: LocalizedText?
    @Nullable package var capacity: Int?
    /// As their names say them: `projector`, `simultaneous interpretation`.
    package let features: [String]
    @Nullable package var note: LocalizedText?
  }

  package struct Person: Encodable, Sendable, Equatable {
    package struct Part: Encodable, Sendable, Equatable {
      package let slug: SessionID
      package let title: LocalizedText
      /// Where in the booklet the person is named.
      package let anchors: [String]
    }

    package let sort: String
    /// The first is the one to file under.
    package let names: [PrintedName]
    package let sessions: [Part]
  }
}
