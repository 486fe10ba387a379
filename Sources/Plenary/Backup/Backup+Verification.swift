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
  }

  /// Reads a backup without a server: each event's hash, the roots, the words, and whether the keys open what is sealed.
  ///
  /// - Throws: `Failure` for anything that is not as it was when the backup was made.
  package func verify(environment: [String: String]) async throws -> Verified {
    let dump = Dump(file: folder.appending(path: Self.log), environment: environment)
    /// By conference and position.
    var words: [Place: (commitment: String, words: Words?)] = [:]
    try await dump.read("log.words") { _, row in
      let stored = Words(salt: try row.bytes("salt"), json: try row.text("words"))
      // Only those that can hold a withheld speaker are needed later.
      words[try Place(row)] = (stored.commitment, stored.json.contains(#""identity":"#) ? stored : nil)
    }
    var leaves: [Place: [UInt8]] = [:]
    var sealed: [RecordedEvent] = []
    var settingAside: [RecordedEvent] = []
    var wordless: Set<Place> = []
    var expunged: Set<Place> = []
    try await dump.read("log.event") { _, row in
      var event = try RecordedEvent(row)
      let place = try Place(row)
      guard event.leafHash == event.leaf else {
        throw Failure.damaged("event \(place.position) of \(place.conference) was changed: its hash differs")
      }
      leaves[place] = event.leaf
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
      if SealedDataCheck.looks(at: event) { sealed.append(event) }
      if SettingAsideEvent.forms[event.type] != nil { settingAside.append(event) }
    }
    if let place = wordless.subtracting(expunged).min() ?? words.keys.min() {
      throw Failure.damaged(
        "the words of event \(place.position) of \(place.conference) are missing, or belong to no event")
    }
    for known in manifest.conferences {
      var tree = MerkleTree()
      for position in 1...max(known.position, 1) {
        guard
          let leaf = leaves.removeValue(forKey: Place(conference: known.conference.slug, position: position))
        else { throw Failure.damaged("event \(position) of \(known.conference) is missing") }
        tree.append(leaf)
      }
      guard hexadecimal(tree.root) == known.root else {
        throw Failure.damaged("the root of \(known.conference) is not the one in \(Self.manifest)")
      }
    }
    if let place = leaves.keys.min() {
      throw Failure.damaged(
        "event \(place.position) of \(place.conference) is after the position in \(Self.manifest)")
    }
    return Verified(
      conferences: manifest.conferences,
      sealed: try await opening(sealed, settingAside, environment: environment))
  }

  private func opening(
    _ events: [RecordedEvent], _ settingAside: [RecordedEvent], environment: [String: String]
  ) async throws -> SealedData? {
    guard vault != nil else { return nil }
    let keys = try await keys(environment: environment)
    let vault = Vault(MasterKeys(environment: environment))
    var whole = SealedData()
    for (conference, events) in Dictionary(grouping: events, by: \.conference).sorted(by: { $0.key < $1.key })
    {
      var check: SealedDataCheck
      do {
        check = try SealedDataCheck(
          ConferenceID(conference), vault, keys: keys.filter { $0.conference == conference })
      } catch let missing as MissingMasterKey {
        whole.masterKey = missing.id
        return whole
      }
      let aside = SetAside(
        settingAside.filter { $0.conference == conference }.sorted { $0.position < $1.position })
      for event in events.sorted(by: { $0.position < $1.position })
      where aside.by(event.position) == nil { try check.open(event) }
      whole.people += check.result.people
      whole.unreadablePeople += check.result.unreadablePeople
      whole.unreadableEntries += check.result.unreadableEntries
    }
    return whole
  }

  /// The keys in the vault's dump; none without it.
  func keys(environment: [String: String]) async throws -> [Vault.StoredKey] {
    guard let vault else { return [] }
    var keys: [Vault.StoredKey] = []
    try await Dump(file: vault, environment: environment).read("vault.key") { _, row in
      keys.append(
        Vault.StoredKey(
          conference: try row.text("conference"), owner: try row.text("owner"),
          key: try row.optional("key").map { _ in try row.bytes("key") }, master: row.ifKnown("master")))
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
