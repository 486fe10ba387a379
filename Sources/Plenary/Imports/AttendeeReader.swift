import Interchange
import People
import Scheduling
import Vocabulary

/// Makes of a file's attendees what a decision compares with those who are registered.
struct AttendeeReader {
  private(set) var wanted: [WantedAttendee] = []
  private(set) var remarks: [Remark]
  private(set) var leftOut = 0
  private let languages: [Language]

  init(_ facts: ForeignConference, into conference: ConferenceFacts) throws {
    languages = try conference.languages
    remarks = facts.remarks
    for attendee in facts.attendees { read(attendee) }
  }

  private mutating func read(_ attendee: ForeignAttendee) {
    let name: PersonName
    do {
      name = try Naming.personName(attendee.name)
    } catch {
      leftOut += 1
      remarks.append(Remark("An attendee was left out: \(error)", at: attendee.at))
      return
    }
    let organisation = text(attendee.organisation, "organisation", attendee.at)
    let position = text(attendee.position, "position", attendee.at)
    let country = text(attendee.country, "country", attendee.at)
    let note = text(attendee.note, "note", attendee.at)?.entries.first?.text
    let email = address(attendee)
    var person = WantedAttendee(
      keys: attendee.keys.filter { $0.kind != .email && !$0.value.isEmpty }.map {
        "\($0.kind.rawValue):\($0.value.prefix(200))"
      },
      details: AttendeeDetails(name: name) {
        $0.email = email
        $0.organisation = organisation
        $0.position = position
        $0.country = country
        $0.note = note
      })
    person.category = attendee.category.flatMap { try? checkedText($0, "category") }
    person.listed = attendee.isListed
    person.isCancelled = attendee.isCancelled
    wanted.append(person)
  }

  private mutating func address(_ attendee: ForeignAttendee) -> EmailAddress? {
    guard let email = attendee.email, !trimming(email).isEmpty else { return nil }
    do {
      return try EmailAddress(email)
    } catch {
      remarks.append(Remark("An address was left out. \(error)", at: attendee.at))
      return nil
    }
  }

  private mutating func text(_ text: String?, _ what: String, _ at: SourcePosition?) -> LocalizedText? {
    guard let text, !trimming(text).isEmpty else { return nil }
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    do {
      return LocalizedText([languages[0]: try checkedText(line, what)])
    } catch {
      remarks.append(Remark("\(error) It was left out.", at: at))
      return nil
    }
  }
}
