import EventLog
import Foundation
import PostgresLog
import Record
import Vocabulary

extension Backup {
  /// What reading a backup found.
  package struct Verified: Sendable {
    package let conferences: [BackupManifest.Conference]
    /// Nil if it was read without the keys.
    package let sealed: SealedData?
    let keys: [Vault.StoredKey]
    /// The conferences of which a speaker was erased.
    let withErasedSpeakers: Set<ConferenceID>
    /// The names of the migrations that the database had.
    let migrations: [String]
    let logs: [ConferenceID: LogOutline]
  }

  /// Reads a backup without a server: each event's hash, the roots, the words, and whether the keys open what is sealed.
  ///
  /// - Throws: `Failure` for anything that is not as it was when the backup was made; for a backup of a newer program.
  package func verify(environment: [String: String]) async throws -> Verified {
    let dump = Dump(file: folder.appending(path: Self.log), environment: environment)
    let (migrations, heads) = try await overview(dump)
    try Migration.check(migrations)
    /// By conference and position.
    var words: [Place: (commitment: String, words: Words?)] = [:]
    try await dump.read(["log.words"]) { _, row in
      let stored = Words(salt: try row.bytes("salt"), json: try row.text("words"))
      let place = try Place(row)
      guard words[place] == nil else {
        throw Failure.damaged("event \(place.position) of \(place.conference) has two words")
      }
      // Only those that can hold a withheld speaker are needed later.
      words[place] = (stored.commitment, stored.json.contains(#""identity":"#) ? stored : nil)
    }
    var leaves: [Place: [UInt8]] = [:]
    var sealed: [RecordedEvent] = []
    var settingAside: [RecordedEvent] = []
    var outlined: [RecordedEvent] = []
    var wordless: Set<Place> = []
    var expunged: Set<Place> = []
    try await dump.read(["log.event"]) { _, row in
      var event = try RecordedEvent(row)
      let place = try Place(row)
      guard event.leafHash == event.leaf else {
        throw Failure.damaged("event \(place.position) of \(place.conference) was changed: its hash differs")
      }
      guard leaves.updateValue(event.leaf, forKey: place) == nil else {
        throw Failure.damaged("there are two events \(place.position) of \(place.conference)")
      }
      for position in Expunction.positions(ofType: event.type, body: event.body) {
        expunged.insert(Place(conference: place.conference, position: position))
      }
      if let commitment = event.commitment {
        if let found = words.removeValue(forKey: place) {
          guard found.commitment == commitment else {
            throw Failure.damaged("the words of event \(place.position) of \(place.conference) were changed")
          }
          event.words = found.words?.json
        } else {
          wordless.insert(place)
        }
      }
      if SealedContent.mayBe(in: event) { sealed.append(event) }
      if SettingAsideEvent.forms[event.type] != nil { settingAside.append(event) }
      if LogOutline.concerns(event) { outlined.append(event) }
    }
    if let place = wordless.subtracting(expunged).min() ?? words.keys.min() {
      throw Failure.damaged(
        "the words of event \(place.position) of \(place.conference) are missing, or belong to no event")
    }
    guard
      heads
        == Dictionary(manifest.conferences.map { ($0.conference.slug, $0.position) }, uniquingKeysWith: max)
    else { throw Failure.damaged("\(Self.manifest) has other conferences or positions than \(Self.log)") }
    var logs: [ConferenceID: LogOutline] = [:]
    for known in manifest.conferences {
      var tree = MerkleTree()
      for position in 1...max(known.position, 1) {
        guard
          let leaf = leaves.removeValue(forKey: Place(conference: known.conference.slug, position: position))
        else { throw Failure.damaged("event \(position) of \(known.conference) is missing") }
        tree.append(leaf)
        logs[known.conference, default: LogOutline()].note(tree)
      }
      guard hexadecimal(tree.root) == known.root else {
        throw Failure.damaged("the root of \(known.conference) is not the one in \(Self.manifest)")
      }
    }
    if let place = leaves.keys.min() {
      throw Failure.damaged(
        "event \(place.position) of \(place.conference) is after the position in \(Self.manifest)")
    }
    for event in outlined.sorted(by: { $0.position < $1.position }) {
      logs[try ConferenceID(event.conference), default: LogOutline()].note(event)
    }
    let keys = try await keys(environment: environment)
    var withErasedSpeakers: Set<ConferenceID> = []
    // Only keys are compared with them.
    for (conference, events) in vault == nil ? [] : try Self.read(sealed, settingAside) {
      for event in events {
        if case .erased(let tags) = try SealedContent(event, in: conference),
          tags.contains(where: \.isSpeaker)
        {
          withErasedSpeakers.insert(conference)
        }
      }
    }
    return Verified(
      conferences: manifest.conferences,
      sealed: vault == nil
        ? nil : try opening(sealed, settingAside, keys, Vault(MasterKeys(environment: environment))),
      keys: keys, withErasedSpeakers: withErasedSpeakers, migrations: migrations, logs: logs)
  }

  /// The migrations of the database and the heads of its conferences.
  private func overview(_ dump: Dump) async throws -> (migrations: [String], heads: [String: Int]) {
    var migrations: [Int: String] = [:]
    var heads: [String: Int] = [:]
    try await dump.read(["plenary.migration", "log.head"]) { table in
      guard Self.restored.contains(table) || Self.remade.contains(table) else {
        throw Failure.damaged(
          "it has rows of the table \(table), which this version of Plenary does not know")
      }
    } body: { table, row in
      if table == "log.head" {
        heads[try row.text("conference")] = try row.number("position")
      } else {
        migrations[try row.number("number")] = try row.text("name")
      }
    }
    return (migrations.sorted { $0.key < $1.key }.map(\.value), heads)
  }

  private func opening(
    _ events: [RecordedEvent], _ settingAside: [RecordedEvent], _ keys: [Vault.StoredKey], _ vault: Vault
  ) throws -> SealedData {
    var whole = SealedData()
    for (conference, events) in try Self.read(events, settingAside) {
      var check: SealedDataCheck
      do {
        check = try SealedDataCheck(
          conference, vault, keys: keys.filter { $0.conference == conference.slug })
      } catch let missing as MissingMasterKey {
        whole.masterKey = missing.id
        return whole
      }
      for event in events { try check.open(event) }
      whole.people += check.result.people
      whole.unreadablePeople += check.result.unreadablePeople
      whole.unreadableEntries += check.result.unreadableEntries
    }
    return whole
  }

  /// The events of each conference in order, without those that are set aside.
  private static func read(_ events: [RecordedEvent], _ settingAside: [RecordedEvent]) throws
    -> [(ConferenceID, [RecordedEvent])]
  {
    try Dictionary(grouping: events, by: \.conference).sorted { $0.key < $1.key }.map { conference, events in
      let aside = SetAside(
        settingAside.filter { $0.conference == conference }.sorted { $0.position < $1.position })
      return (
        try ConferenceID(conference),
        events.sorted { $0.position < $1.position }.filter { aside.by($0.position) == nil }
      )
    }
  }

  /// The keys in the vault's dump; none without it.
  func keys(environment: [String: String]) async throws -> [Vault.StoredKey] {
    guard let vault else { return [] }
    var keys: [Vault.StoredKey] = []
    try await Dump(file: vault, environment: environment).read(["vault.key"]) { _, row in
      let key = Vault.StoredKey(
        conference: try row.text("conference"), owner: try row.text("owner", formerly: "person"),
        key: try row.optional("key").map { _ in try row.bytes("key") }, master: row.ifKnown("master"))
      guard key.key == nil || key.master != nil || key.key?.count == 32 else {
        throw Failure.damaged("a key has not 256 bits")
      }
      keys.append(key)
    }
    return keys
  }
}

/// An event of a dump, in which conferences are mixed.
private struct Place: Hashable, Comparable {
  let conference: String
  let position: Int

  static func < (a: Place, b: Place) -> Bool { (a.conference, a.position) < (b.conference, b.position) }
}

extension Place {
  init(_ row: Dump.Row) throws {
    self.init(conference: try row.text("conference"), position: try row.number("position"))
  }
}

extension Failure {
  fileprivate static func damaged(_ what: String) -> Failure {
    Failure(.failed, "The backup is damaged: \(what). Use another one.")
  }
}

extension SealedDataCheck {
  fileprivate init(_ conference: ConferenceID, _ vault: Vault, keys: [Vault.StoredKey]) throws {
    var known: [Tag: SealingKey] = [:]
    for key in keys { known[Tag(stored: key.owner)] = try vault.key(in: key) }
    self.init(
      conference, keys: known, destroyed: Set(keys.filter { $0.key == nil }.map { Tag(stored: $0.owner) }))
  }
}
