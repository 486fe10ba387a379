package import Vocabulary

/// The program as a booklet; see `booklet.typ`.
package struct BookletDocument: SelectedDocument {
  package static let template = "booklet"
  package let header: DocumentHeader
  package let body: Body
  package var imposed: Bool { body.imposed }
  package var mostPages: Int? { body.pages }

  /// Without another number: what a copy shop binds.
  package static let usualPages = 192
  package var isEmpty: Bool { body.days.isEmpty }

  package typealias Release = PrintedRelease

  package struct Body: Encodable, Sendable, Equatable {
    @Nullable package var release: Release?
    /// The part of the program; empty for the whole program.
    package let subset: [LocalizedText]
    @Nullable package var welcome: FormattedTexts?
    /// Whether pages are added up to a multiple of four, for folding.
    package let imposed: Bool
    /// By how many micrometres each sheet moves its pages towards the fold.
    package let creep: Int
    /// How the sessions are grouped: `day`, `track` or `room`.
    package let by: String
    /// The most pages that it may have.
    package let pages: Int
    package let days: [Day]
    package let venues: [Venue]
    package let rooms: [Room]
    /// In index order.
    package let persons: [Person]
  }

  package struct Day: Encodable, Sendable, Equatable {
    package let date: CalendarDate
    package let heading: LocalizedText
    /// A note about a clock change.
    @Nullable package var note: LocalizedText?
    package let sessions: [Session]
  }

  /// A session at one of its times. The first has everything; the others only their own presentations.
  package struct Session: Encodable, Sendable, Equatable {
    package let slug: SessionID
    /// `opening` for the first time, `opening.2` for another, with the number of the slot.
    package let anchor: String
    package let whole: Bool
    /// “Part 1 of 2” if the session has several times.
    @Nullable package var partLabel: LocalizedText?
    /// `09:00`
    package let start: String
    package let end: String
    /// Minutes since the start of the day, as in `PrintedSlot`.
    package let from: Int
    package let until: Int
    /// The end day, if it differs from the start day.
    @Nullable package var endDate: LocalizedText?
    @Nullable package var room: LocalizedText?
    package let place: RoomID
    @Nullable package var track: Track?
    @Nullable package var kind: LocalizedText?
    package let service: Bool
    package let title: LocalizedText
    @Nullable package var description: FormattedTexts?
    /// Empty if they are the conference's.
    package let languages: [LocalizedText]
    /// The languages of interpretation.
    package let interpretation: [LocalizedText]
    /// Set if it may not be recorded, is streamed, or has a note.
    @Nullable package var recording: PrintedRecording?
    package let cancelled: Bool
    package let people: [PrintedGroup]
    package let links: [Link]
    /// The presentations at this time, in order.
    package let presentations: [Presentation]
  }

  package struct Presentation: Encodable, Sendable, Equatable {
    package let start: String
    package let end: String
    package let title: LocalizedText
    @Nullable package var abstract: FormattedTexts?
    /// Nil if it was not stated.
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
    package let color: String
    /// How many tracks before it have the same colour.
    package let earlier: Int
  }

  package struct Venue: Encodable, Sendable, Equatable {
    package let name: LocalizedText
    @Nullable package var address: LocalizedText?
  }

  package struct Room: Encodable, Sendable, Equatable {
    package let room: RoomID
    package let name: LocalizedText
    @Nullable package var venue: LocalizedText?
    @Nullable package var capacity: Int?
    /// The names of the features: `projector`, `simultaneous interpretation`.
    package let features: [String]
    @Nullable package var note: LocalizedText?
  }

  package struct Person: Encodable, Sendable, Equatable {
    package struct Part: Encodable, Sendable, Equatable {
      package let slug: SessionID
      package let title: LocalizedText
      /// The places in the booklet where the person is named.
      package let anchors: [String]
    }

    package let sort: String
    /// The first is the name in the index.
    package let names: [PrintedName]
    package let sessions: [Part]
  }
}

/// Whether a session may be recorded, in words.
package struct PrintedRecording: Encodable, Sendable, Equatable {
  /// “No recording”
  package let label: LocalizedText
  @Nullable package var note: LocalizedText?
}
