import EventLog
import Interchange
package import People
import ReadModels
import Scheduling
package import Vocabulary

extension ConferenceToChange {
  /// Registers a speaker. Speakers with the same name in any spelling, or the same address, are a warning.
  ///
  /// - Parameter given: the address, which `register` may find.
  ///
  /// A script is not slowed down by it: “plenary people duplicates” finds them afterwards.
  package func registering(
    reachableAt given: @autoclosure () -> EmailAddress? = nil,
    _ register: () async throws -> Outcome<PeopleEvent>
  ) async throws -> Outcome<PeopleEvent> {
    var outcome = try await register()
    guard workspace.script == nil, case .speakerRegistered(let body)? = outcome.events.first else {
      return outcome
    }
    let address = given()
    try await outcome.warn {
      let people = try await workspace.view(ProgramModel.self, of: id, .head).model.orderedPeople
        .filter { $0.person != body.person }
      let addresses =
        address == nil ? [:] : try await workspace.readableAddresses(of: people, in: id).addresses
      let name = NameLikeness(body.details.name)
      let same = people.filter { other in
        name.likeness(to: NameLikeness(other.name))?.kind == .same
          || address.map { addresses[other.person]?.text.lowercased() == $0.text.lowercased() } ?? false
      }
      return same.prefix(3).map {
        HintedText("“\($0.person)” (\($0.name.printed)) may be the same person.", [.seeDuplicates])
      }
    }
    return outcome
  }

  /// Registers an attendee. One of the same name, in any spelling, and the same address is a warning, which names nobody.
  ///
  /// - Parameter details: of whom `register` registers.
  package func registering(
    attendee details: @autoclosure () -> AttendeeDetails?, _ register: () async throws -> Outcome<PeopleEvent>
  ) async throws -> Outcome<PeopleEvent> {
    var outcome = try await register()
    guard workspace.script == nil, case .attendeeRegistered(let body)? = outcome.events.first,
      let own = details(), let address = own.email?.text.lowercased()
    else { return outcome }
    try await outcome.warn {
      let rows = try await workspace.view(AttendanceModel.self, of: id, .head).model.attendees.rows
        .filter { $0.attendee != body.attendee && ($0.status == .registered || $0.status == .checkedIn) }
      let known = try await workspace.details(of: rows, in: id)
      let name = NameLikeness(own.name)
      let same = rows.filter { row in
        guard let other = known[row.attendee], other.email?.text.lowercased() == address else { return false }
        return name.likeness(to: NameLikeness(other.name))?.kind == .same
      }
      return same.map(\.attendee).sorted().prefix(3).map {
        HintedText("“\($0)” has the same name and address.", [.seeDuplicates])
      }
    }
    return outcome
  }
}
