import ReadModels
import Scheduling
import Vocabulary

extension PublicationContext {
  /// The people, with their first role. Presenters come last.
  func participants(_ session: SessionRow) -> [(role: SessionRole, person: PersonRow)] {
    session.people.compactMap { id in
      guard let person = program.people[id.slug] else { return nil }
      let role = session.assignments.filter { $0.person == id }.map(\.role).min()
      return (role ?? .presenter, person)
    }
  }

  /// A person's name in the publication's languages.
  func name(_ person: PersonRow) -> String { person.name.best(languages).printed }

  /// The spoken languages; by default the conference's first language.
  func spoken(_ session: SessionRow) -> [Language] {
    if !session.details.languages.isEmpty { return session.details.languages }
    return [program.conference?.details.languages.first ?? languages[0]]
  }
}
