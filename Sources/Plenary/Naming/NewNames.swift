package import EventLog
import Interchange
import Postgres
import PostgresLog
package import Vocabulary

extension ConferenceToChange {
  /// Carries out a command that adds something, under the short name that the command gives, or under one that is made from
  /// what the new thing is called: `pawel-nowak`; `pawel-nowak-2` if that was taken.
  ///
  /// A command that was carried out before has the name that was made then. So it is answered by its receipt, whatever was added
  /// since.
  ///
  /// - Parameters:
  ///   - given: the short name of the command; nil: it is made.
  ///   - tag: of what bears the name.
  ///   - made: what the new thing is called; asked only if no name is given.
  /// - Throws: `Failure` for what has no letter that can be written in ASCII.
  package func naming<Kind, Event>(
    _ given: String?, _ tag: (Identifier<Kind>) -> Tag, by made: (ConferenceFacts) throws -> Called,
    _ context: CommandContext, _ add: (Identifier<Kind>) async throws -> Outcome<Event>
  ) async throws -> Outcome<Event> {
    if let given { return try await add(Identifier(given)) }
    var name = try await newName(tag, by: made, context)
    while true {
      do {
        let outcome = try await add(name)
        workspace.note("The short name of the \(Kind.noun) is \(name).")
        return outcome
      } catch let refused as Refused {
        // Somebody may have taken it since.
        let next = try await newName(tag, by: made, context)
        if next == name { throw refused }
        name = next
      }
    }
  }

  private func newName<Kind>(
    _ tag: (Identifier<Kind>) -> Tag, by made: (ConferenceFacts) throws -> Called, _ context: CommandContext
  ) async throws -> Identifier<Kind> {
    let log = workspace.log
    let reading = try await log.read(id, matching: .tagged(.conference), command: context.commandID)
    let facts = try ConferenceFacts(reading).existing(id)
    if let receipt = reading.receipt?.receipt {
      for text in try await tags(at: receipt.first) {
        guard let slug = text.split(separator: ":").last, let name = try? Identifier<Kind>(String(slug)),
          tag(name).text == text
        else { continue }
        return name
      }
    }
    let called = try made(facts)
    guard let wanted = called.shortName else {
      throw Failure(
        .wrongUsage,
        "No short name can be made from “\(excerpt(called.text))”. Give one in small Latin letters as the first word after the "
          + "command, for example “\(Kind.example)”.")
    }
    var names = ShortNames()
    while true {
      let name = try Identifier<Kind>(names.next(wanted, or: wanted))
      // Short names are never given twice, whatever became of what had one.
      if try await log.read(id, matching: .tagged(tag(name)), command: nil).events.isEmpty { return name }
    }
  }

  private func tags(at position: Int) async throws -> [String] {
    try await workspace.connection.run { [id] connection in
      var tags: [String] = []
      try EventStream.read(
        id, after: position - 1, upTo: .position(position), detail: .whole, connection
      ) { tags += $0.tags }
      return tags
    }
  }
}

/// What something is called that has no short name yet.
package struct Called: Sendable {
  fileprivate let text: String
  fileprivate let shortName: String?

  package init(_ name: PersonName) {
    text = name.printed
    shortName = ShortNames.of(name, limit: 48)
  }

  /// English words are better known than transliterated ones.
  package init(_ title: LocalizedText) {
    let texts = [title.best([.english]).text] + title.entries.map(\.text)
    text = texts[0]
    shortName = texts.lazy.compactMap { ShortNames.of($0, limit: 48) }.first
  }
}
