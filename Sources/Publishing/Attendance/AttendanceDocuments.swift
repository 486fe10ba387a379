package import Vocabulary

/// The list of participants; see `participants.typ`.
package struct ParticipantsDocument: PrintedDocument {
  package static let template = "participants"
  package let frame: Frame
  package let body: Body

  package struct Body: Encodable, Sendable, Equatable {
    /// In the order of printing.
    package let categories: [Category]
    package let total: Int
  }

  package struct Category: Encodable, Sendable, Equatable {
    package let name: LocalizedText
    package let participants: [Participant]
  }

  package struct Participant: Encodable, Sendable, Equatable {
    package let names: [PrintedName]
    @Nullable package var organisation: LocalizedText?
    @Nullable package var position: LocalizedText?
    @Nullable package var country: LocalizedText?
    package let checkedIn: Bool
  }
}

/// A sheet with a ruled row for everybody; see `sign-in.typ`.
package struct SignInDocument: PrintedDocument {
  package static let template = "sign-in"
  package let frame: Frame
  package let body: Body

  package struct Body: Encodable, Sendable, Equatable {
    /// Nil for the sheet of the whole conference.
    @Nullable package var session: Session?
    package let participants: [Participant]
  }

  package struct Session: Encodable, Sendable, Equatable {
    package let title: LocalizedText
    @Nullable package var when: LocalizedText?
    @Nullable package var room: LocalizedText?
  }

  package struct Participant: Encodable, Sendable, Equatable {
    /// From 1.
    package let number: Int
    package let names: [PrintedName]
    @Nullable package var organisation: LocalizedText?
  }
}
