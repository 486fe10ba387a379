import EventLog
import Postgres
import Vocabulary

/// Compares the words of the events with their commitments, and the missing words with the events that say that they
/// were destroyed.
struct WordsComparison {
  private let conference: ConferenceID
  /// By the position of an event, the event that says that its words were destroyed.
  private let expunctions: [Int: Int]
  /// The commands of the events whose words were destroyed.
  private var expunged: Set<String> = []

  /// Reads the expunging events of the whole log: words can be destroyed long after the last position to verify.
  init(_ conference: ConferenceID, _ connection: isolated Connection) throws {
    self.conference = conference
    let rows = try connection.query(
      """
      select position, type, body from log.event
      where conference = \(conference.slug) and type = any (\(Expunction.types)::text[])
      order by position
      """)
    var expunctions: [Int: Int] = [:]
    for row in rows {
      let expunction = try row.decode("position", as: Int.self)
      for position in Expunction.positions(ofType: try row.decode("type"), body: try row.decode("body"))
      where position < expunction { expunctions[position] = expunctions[position] ?? expunction }
    }
    self.expunctions = expunctions
  }

  /// - Throws: `Failure` for words that were changed, added, removed or put back.
  mutating func compare(_ event: RecordedEvent) throws(Failure) {
    let expunction = expunctions[event.position]
    switch (event.words, event.commitment) {
    case (_, nil): break  // No words belong to it; see `compareTheRest`.
    case (nil, _?):
      guard expunction != nil else {
        throw .changed(
          "The words of event \(event.position) (\(event.type)) are missing, and no event says that they were destroyed."
        )
      }
      expunged.insert(event.commandID)
    case (let words?, let commitment?):
      guard Words(salt: event.salt ?? [], json: words).commitment == commitment else {
        throw .changed(
          "The words of event \(event.position) (\(event.type)) were changed: their hash is not the event's.")
      }
      if let expunction {
        throw .changed(
          "Event \(expunction) says that the words of event \(event.position) (\(event.type)) were destroyed, but "
            + "they are there.")
      }
    }
  }

  /// Looks for words that belong to no event, and checks that receipts have no hash of a request whose words were
  /// destroyed.
  func compareTheRest(upTo position: Int, _ connection: isolated Connection) throws {
    let strays = try connection.query(
      """
      select words.position, event.type
      from log.words as words
      left join log.event as event
        on event.conference = words.conference and event.position = words.position
      where words.conference = \(conference.slug) and words.position <= \(position)
        and (event.position is null or right(event.body::text, 75) !~ '^"words":"[0-9a-f]{64}"}$')
      order by words.position
      limit 1
      """)
    if let stray = strays.first {
      let position = try stray.decode("position", as: Int.self)
      let type = try stray.decode("type", as: String?.self)
      throw Failure.changed(
        type.map { "log.words has words of event \(position) (\($0)), which has none." }
          ?? "log.words has words of event \(position), which does not exist.")
    }
    let blanked = try connection.query(
      """
      select command_id::text as command, first_position, last_position
      from log.receipt
      where conference = \(conference.slug) and request = '' and first_position <= \(position)
      order by first_position
      """)
    var forgetful: Set<String> = []
    for row in blanked {
      let (command, first, last) = try (
        row.decode("command", as: String.self), row.decode("first_position", as: Int.self),
        row.decode("last_position", as: Int.self)
      )
      guard expunctions.keys.contains(where: { (first...max(first, last)).contains($0) }) else {
        throw Failure.changed(
          "The receipt of the command \(command) has no request, but no words of that command were destroyed."
        )
      }
      forgetful.insert(command)
    }
    if let command = expunged.subtracting(forgetful).min() {
      throw Failure.changed(
        "The receipt of the command \(command) still has the hash of its request, although words of that command "
          + "were destroyed.")
    }
  }
}
