package import EventLog
package import People
import Foundation
import Postgres
import PostgresLog
import ReadModels
import Scheduling
package import Vocabulary

/// A text that stays in the log unencrypted, where no erasure reaches it.
package struct TextInClear: Sendable {
  package enum Kind: String, Sendable {
    case reason, recipient, category, station, note, version
    case shortName = "short name"
  }

  let kind: Kind
  let text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  package static func shortName(_ name: String) -> TextInClear { TextInClear(.shortName, name) }

  var both: (plain: String, folded: FoldedText) { (text, FoldedText(text)) }

  /// No address is without an at sign, also one of another width: ＠.
  var mayHaveAddress: Bool { Plenary.mayHaveAddress(text) }

  /// Whether it is a category that says of nobody who they are.
  var isUsual: Bool { kind == .category && Self.usualCategories.contains(text.lowercased()) }

  private static let usualCategories: Set = [
    "delegate", "speaker", "press", "staff", "observer", "guest", "student", "volunteer",
  ]
}

/// A text in clear that names a person whose data can be erased.
package struct NamedInClear: HintedError {
  enum Named {
    /// Nil: the attendee that the command is about.
    case attendee(AttendeeID?)
    case attendeeOfFile
    /// Nil: of one in the file that is imported.
    case addressOf(PersonID?)
  }

  let kind: TextInClear.Kind
  let named: Named

  package var texts: [HintedText] {
    let whom =
      switch named {
      case .attendee(let attendee): "names the attendee\(attendee.map { " “\($0)”" } ?? "")"
      case .attendeeOfFile: "names an attendee of the file"
      case .addressOf(let speaker?): "has the e-mail address of the speaker “\(speaker)”"
      case .addressOf(nil): "has the e-mail address of a speaker of the file"
      }
    let way =
      switch (kind, named) {
      case (.shortName, _), (.version, _): "choose another one"
      case (_, .attendeeOfFile): "leave the name out"
      case (_, .attendee): "use the short name, or leave the name out"
      case (_, .addressOf): "leave the address out"
      }
    return .says(
      "The \(kind.rawValue) \(whom). It stays in the log unencrypted, and cannot be erased; \(way).")
  }
}

extension ConferenceToChange {
  /// Speakers may be named, because their names are printed anyway; their addresses may not.
  ///
  /// - Throws: `Refused` for a text that names an attendee, or has the address of an attendee or a speaker.
  package func checkNamesNobody(_ texts: [TextInClear]) async throws {
    var texts = texts.filter { !$0.isUsual }
    guard !texts.isEmpty, try await workspace.conferences().contains(where: { $0.id == id }) else { return }
    let whether = "Whether the \(kinds(of: texts)) names an attendee was not checked"
    var attendees: [AttendeeRow] = []
    do {
      attendees = Array(try await workspace.view(AttendanceModel.self, of: id, .head).model.attendees.rows)
    } catch {
      try throwUnlessOfModel(error)
      workspace.note("\(whether): the read model “attendance” cannot be read.")
    }
    // What is in the log already was looked at before, and everybody's data is not decrypted for each check-in.
    let known = Set(
      attendees.flatMap { [$0.category, $0.station] + $0.presence.map(\.station) }.compactMap(\.self))
    texts.removeAll { ($0.kind == .category || $0.kind == .station) && known.contains($0.text) }
    if texts.isEmpty { return }
    if attendees.isEmpty, !texts.contains(where: \.mayHaveAddress) { return }
    let speakers = try await speakers(texts)
    if attendees.isEmpty { return }
    let details: PersonalData<AttendeeID, AttendeeDetails>
    do {
      details = try await workspace.details(of: attendees, in: id)
    } catch let missing as MissingMasterKey {
      return workspace.note("\(whether). \(missing)")
    }
    if !details.unreadable.isEmpty {
      workspace.note(
        "\(whether) for \(counted(details.unreadable.count, "attendee")): their names cannot be decrypted.")
    }
    let printed = Set(speakers.flatMap { $0.name.forms.flatMap(\.spellings) }.map(Mention.name))
    let mentioned = attendees.compactMap { row in
      details[row.attendee].map { (row.attendee, $0.mentions.subtracting(printed)) }
    }
    for text in texts {
      let both = text.both
      for (attendee, mentions) in mentioned {
        switch mentions.certainty(in: both) {
        case .certain: throw Refused(NamedInClear(kind: text.kind, named: .attendee(attendee)))
        case .possible: workspace.note(text.mayName("the attendee “\(attendee)”"))
        case nil: break
        }
      }
    }
  }

  /// A lost connection says nothing about a read model: then nothing may be recorded unchecked.
  private func throwUnlessOfModel(_ error: any Error) throws {
    switch error {
    case let error as PostgresError where error.situation == .connectionLost: throw error
    case is CancellationError, AppendError.connectionLost: throw error
    default: break
    }
  }

  private func kinds(of texts: [TextInClear]) -> String {
    texts.map(\.kind.rawValue).joined(separator: " or the ")
  }

  /// The speakers, none of whose addresses is in a text.
  private func speakers(_ texts: [TextInClear]) async throws -> [PersonRow] {
    let whether = "Whether the \(kinds(of: texts)) has a speaker's address was not checked"
    let speakers: [PersonRow]
    do {
      speakers = Array(try await workspace.view(ProgramModel.self, of: id, .head).model.people.rows)
    } catch {
      try throwUnlessOfModel(error)
      workspace.note("\(whether): the read model “program” cannot be read.")
      return []
    }
    // The keys are only read where there may be an address.
    let texts = texts.filter(\.mayHaveAddress)
    if texts.isEmpty { return speakers }
    do {
      let (addresses, unreadable) = try await workspace.readableAddresses(of: speakers, in: id)
      if !unreadable.isEmpty {
        workspace.note(
          "\(whether) for \(counted(unreadable.count, "speaker")): their addresses cannot be decrypted.")
      }
      for (speaker, address) in addresses.sorted(by: { $0.key < $1.key }) {
        for text in texts { try address.checkNotGiven(in: text, of: speaker) }
      }
    } catch let missing as MissingMasterKey {
      workspace.note("\(whether). \(missing)")
    } catch let failure as Failure {
      workspace.note("\(whether). \(failure.description)")
    }
    return speakers
  }
}

/// Whether a text has an at sign, also one of another width.
func mayHaveAddress(_ text: String) -> Bool {
  text.precomposedStringWithCompatibilityMapping.contains("@")
}

extension TextInClear {
  /// A name of two signs can stand in it by chance.
  fileprivate func mayName(_ whom: String) -> String {
    "The \(kind.rawValue) may name \(whom): their name is in it as a part of other words. It stays in the log unencrypted, "
      + "and cannot be erased."
  }
}

extension Set<Mention> {
  /// Whether a text has one of them.
  func certainty(in both: (plain: String, folded: FoldedText)) -> Mention.Certainty? {
    var found: Mention.Certainty?
    for mention in self {
      switch mention.certainty(in: both) {
      case .certain: return .certain
      case .possible: found = .possible
      case nil: break
      }
    }
    return found
  }
}

extension EmailAddress {
  /// - Parameter speaker: nil: one of the file that is imported.
  /// - Throws: `Refused` for a text that has the address of this speaker.
  package func checkNotGiven(in text: TextInClear, of speaker: PersonID?) throws {
    if Mention.text(self.text).isFound(in: text.both) {
      throw Refused(NamedInClear(kind: text.kind, named: .addressOf(speaker)))
    }
  }
}

extension AttendeeDetails {
  /// The whole name in all spellings, and the address.
  var mentions: Set<Mention> { Mention.ofPerson(name, email) }

  /// - Throws: `Refused` for a text that names them.
  func checkNotNamed(in texts: [TextInClear], of attendee: AttendeeID, note: (String) -> Void) throws {
    try mentions.check(texts, .attendee(attendee), note)
  }

  /// - Throws: `Refused` for a text that names this attendee of a file.
  func checkNotNamed(in texts: [TextInClear], note: (String) -> Void) throws {
    try mentions.check(texts, .attendeeOfFile, note)
  }
}

extension AttendeeDetails.Changes {
  /// - Parameter note: called with a warning if a text may name the person.
  /// - Throws: `Refused` for a text that has the name or the address that somebody gets.
  package func checkNotNamed(in texts: [TextInClear], note: (String) -> Void) throws {
    try Mention.ofPerson(name, email).check(texts, .attendee(nil), note)
  }
}

extension Mention {
  fileprivate static func ofPerson(_ name: PersonName?, _ email: EmailAddress?) -> Set<Mention> {
    Set(
      (name?.forms ?? []).flatMap(\.spellings).map(Mention.name)
        + [email?.text].compactMap(\.self).map(Mention.text))
  }
}

extension Set<Mention> {
  fileprivate func check(_ texts: [TextInClear], _ named: NamedInClear.Named, _ note: (String) -> Void)
    throws
  {
    for text in texts where !text.isUsual {
      switch certainty(in: text.both) {
      case .certain: throw Refused(NamedInClear(kind: text.kind, named: named))
      case .possible: note(text.mayName("the attendee"))
      case nil: break
      }
    }
  }
}

extension Refused {
  fileprivate init(_ named: NamedInClear) { self.init(texts: named.texts) }
}
