import EventLog
package import People
import ReadModels
import Scheduling
package import Vocabulary

extension ConferenceToChange {
  /// Registers a speaker as another conference has them: the name in all languages, the affiliations that are not former ones,
  /// the biography and the pronunciation.
  ///
  /// Whoever has the same name here is a warning, as for every registration.
  ///
  /// - Parameters:
  ///   - person: the short name that they get here.
  ///   - words: name them there. Nothing is looked up where a receipt answers.
  ///   - withAddress: whether the e-mail address is taken over too. It is encrypted with a key of its own here.
  package func takeOver(
    _ person: PersonID, from other: ConferenceID, named words: String, withAddress: Bool,
    _ context: CommandContext
  ) async throws -> Outcome<PeopleEvent> {
    if other == id {
      throw Failure(.refused, "“\(other)” is this conference; take speakers over from another one.")
    }
    if mayHaveAddress(words) {
      throw Failure(
        .wrongUsage,
        "Name the speaker there by a short name or a part of the name: what was asked is remembered unencrypted, so it has no "
          + "address.")
    }
    let asked = Speakers.TakenOver(person, from: other, named: words, withAddress: withAddress)
    func found() async throws -> (row: PersonRow, body: Speakers.TakenOver) {
      let program = try await workspace.view(ProgramModel.self, of: other, .head).model
      guard
        let found = try await workspace.speakers(in: program, matching: words, of: other).named(words),
        let row = program.people[found.id.slug]
      else { throw Failure.nobody(words, PersonEntity.noun) }
      let known = try await workspace.log.read(other, matching: .tagged(row.person.tag), command: nil).events
      if known.contains(where: { $0.type == PersonErased.type }) {
        throw Failure(
          .refused,
          "The data of the speaker “\(row.person)” was erased in \(other), so nothing is taken over.",
          .add(person), code: .noMatch)
      }
      var body = asked
      body.registered = SpeakerRegistered(person: person, details: row.details)
      body.affiliations = row.affiliations.map(\.affiliation).filter { !$0.former }
      return (row, body)
    }
    var address: EmailAddress?
    return try await registering(reachableAt: address) {
      try await context.tellingCommandID {
        try await CommandHandler(store: workspace.log).handle(
          Speakers.self, .takeOver(asked, nil), of: withAddress ? person.tag : nil, in: id, context
        ) { key in
          let (row, body) = try await found()
          guard withAddress else { return .takeOver(body, nil) }
          guard let known = try await workspace.emailAddresses(of: [row], in: other)[row.person] else {
            throw Failure(.refused, "“\(row.person)” has no e-mail address in \(other).", code: .noMatch)
          }
          address = known
          return .takeOver(
            body,
            Confidential(
              SpeakerContact(email: known), key: key, conference: id, commandID: context.commandID))
        }
      }
      .warningOfCharacters(workspace)
    }
  }
}
