import EventLog
package import People
import ReadModels
import Scheduling
package import Vocabulary

extension ConferenceToChange {
  /// Registers a speaker as another conference has them: the name in all languages, the affiliations that are not former ones,
  /// the biography and the pronunciation.
  ///
  /// - Parameters:
  ///   - person: the short name that they get here.
  ///   - words: name them there.
  ///   - withAddress: whether the e-mail address is taken over too. It is encrypted with a key of its own here.
  package func takeOver(
    _ person: PersonID, from other: ConferenceID, named words: String, withAddress: Bool,
    _ context: CommandContext
  ) async throws -> Outcome<PeopleEvent> {
    let program = try await workspace.view(ProgramModel.self, of: other, .head).model
    guard
      let found = try await workspace.speakers(in: program, matching: words, of: other).named(words),
      let row = program.people[found.id.slug]
    else { throw Failure.nobody(words, PersonEntity.noun) }
    let body = Speakers.TakenOver(
      from: other, named: words, SpeakerRegistered(person: person, details: row.details),
      row.affiliations.map(\.affiliation).filter { !$0.former })
    guard withAddress else {
      return try await change(Speakers.self, context) { _ in .takeOver(body, nil) }
    }
    guard let address = try await workspace.emailAddresses(of: [row], in: other)[row.person] else {
      throw Failure(.refused, "“\(row.person)” has no e-mail address in \(other).", code: .noMatch)
    }
    return try await change(
      Speakers.self, of: person.tag, context, sealing: { _ in SpeakerContact(email: address) },
      command: { .takeOver(body, $1) })
  }
}
