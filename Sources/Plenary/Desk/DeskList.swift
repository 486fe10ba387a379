import CLinux
import EventLog
import Foundation
package import People
import ReadModels
import Scheduling
package import Vocabulary

/// The attendees as a desk's cards show them, at a moment. With it a desk can be started without the database.
package struct DeskList: Codable, Sendable {
  /// Nobody who was erased.
  struct Person: Codable {
    let attendee: AttendeeID
    let ordinal: Int
    let category: String
    let status: AttendeeStatus
    /// When and where they were checked in, here.
    let first: CheckIn?
    let name: PersonName?
    let organisation: LocalizedText?
    let note: String?
    /// By which other programs know them, as ``KeysRow`` has it; nil: none.
    let keys: String?
  }

  package let conference: ConferenceID
  /// The conference's UUID, because another database can have a conference of this name.
  package let identity: String?
  /// Of the conference.
  package let title: String
  package let languages: [Language]
  private let zone: String
  private let firstDay: CalendarDate
  private let lastDay: CalendarDate
  package let occasion: Occasion?
  /// When it was so.
  package let at: Timestamp
  let people: [Person]

  package init(
    _ conference: ConferenceContext, identity: String?, _ occasion: Occasion?, _ roster: DeskRoster,
    at time: Timestamp
  ) {
    self.init(
      conference.id, identity: identity, title: conference.shortTitle, languages: conference.languages,
      zone: conference.details.zone, days: conference.details.firstDay...conference.details.lastDay,
      occasion, roster, at: time)
  }

  /// - Parameter days: of the conference.
  package init(
    _ conference: ConferenceID, identity: String?, title: String, languages: [Language], zone: String,
    days: ClosedRange<CalendarDate>, _ occasion: Occasion?, _ roster: DeskRoster, at time: Timestamp
  ) {
    (self.conference, self.identity, self.title) = (conference, identity, title)
    (self.languages, self.zone) = (languages, zone)
    // Scans can be made on other days, too.
    let day = CalendarDate(daysSince1970: Int(time.microseconds / 86_400_000_000))
    (firstDay, lastDay) = (min(days.lowerBound, day), max(days.upperBound, day))
    (self.occasion, at) = (occasion, time)
    people = roster.people(occasion)
  }

  /// The clocks of the conference's zone.
  package func clock() throws -> ZoneRules { try TimeInput(zone: zone, days: firstDay...lastDay).rules }

  package var codes: BadgeCodes { BadgeCodes(conference, identity: identity) }

  /// - Throws: `Refused` for a text that names one of them; `Failure` for one that may have an address, which no list has.
  package func checkNamesNobody(_ texts: [TextInClear], note: (String) -> Void) throws {
    let known = Set(people.compactMap(\.first?.station))
    for text in texts where !known.contains(text.text) {
      if text.mayHaveAddress {
        throw Failure(
          .refused,
          "The \(text.kind.rawValue) may have an e-mail address, and without the database nobody can know whose. Leave it out."
        )
      }
      for person in people {
        guard let name = person.name else { continue }
        try AttendeeDetails(name: name).checkNotNamed(in: [text], of: person.attendee, note: note)
      }
    }
  }
}

/// The lists that desks keep on this computer: encrypted files, each with a key of its own, which is in the kernel's memory
/// for a day at most. Whoever destroys the key, erases the file.
package struct DeskLists: Sendable {
  /// Of a key, in seconds. After that a list cannot be read by anybody.
  static let lifetime = 24 * 3600

  private let files: PrivateFolder

  /// - Parameter home: Plenary's own folder.
  package init(home: String) {
    files = PrivateFolder(
      URL(filePath: home, directoryHint: .isDirectory).appending(
        path: "desk-lists", directoryHint: .isDirectory))
  }

  /// Keeps a list in place of the earlier ones of this conference and occasion.
  ///
  /// - Returns: the file's name.
  /// - Throws: `POSIXError`, also where the kernel keeps no keys for programs.
  func keep(_ list: DeskList) throws -> String {
    let earlier = try names(Self.prefix(list.conference, list.occasion))
    let name = Self.prefix(list.conference, list.occasion) + UUID().uuidString.lowercased()
    let key = SealingKey.random()
    do {
      let sealed = try Sealed(list, key: key, context: Self.context, commandID: name)
      try files.put(Data(sealed.base64.utf8), name)
      // Last, so that no key is left of a file that was not finished, which nothing would remove.
      if keep_secret(Self.secret(name), key.bytes, key.bytes.count, UInt32(Self.lifetime)) != 0 {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
      for name in earlier { try remove(name) }
    } catch {
      try? remove(name)
      throw error
    }
    return name
  }

  /// Destroys a list. The key goes first.
  func remove(_ name: String) throws {
    _ = destroy_secret(Self.secret(name))
    try files.remove(name)
  }

  /// Destroys all lists of a conference: somebody was erased.
  package func remove(of conference: ConferenceID) throws {
    for name in try names("\(conference).") { try remove(name) }
  }

  /// The newest list that can still be read.
  ///
  /// - Parameter conference: nil: the only one that there is.
  /// - Throws: `Failure` if there are lists of several conferences.
  package func newest(of conference: ConferenceID?, _ occasion: Occasion?) throws -> DeskList? {
    let lists = try names("").compactMap { name -> DeskList? in
      if let conference, !name.hasPrefix(Self.prefix(conference, occasion)) { return nil }
      guard let list = try list(name) else { return nil }
      return list.occasion == occasion ? list : nil
    }
    if Set(lists.map(\.conference)).count > 1 {
      throw Failure(
        .wrongUsage, "This computer has attendees of several conferences.", .nameConference)
    }
    return lists.max { $0.at < $1.at }
  }

  private func list(_ name: String) throws -> DeskList? {
    var bytes = [UInt8](repeating: 0, count: 32)
    guard read_secret(Self.secret(name), &bytes, bytes.count) == bytes.count,
      let data = try? Data(contentsOf: files.folder.appending(path: name))
    else { return nil }
    return Sealed(base64: String(decoding: data, as: UTF8.self)).open(
      key: SealingKey(bytes: bytes), context: Self.context)
  }

  private func names(_ prefix: String) throws -> [String] {
    try files.names().filter { $0.hasPrefix(prefix) }
  }

  private static func prefix(_ conference: ConferenceID, _ occasion: Occasion?) -> String {
    let place =
      switch occasion {
      case .session(let session)?: "session-\(session)"
      case .day(let day)?: "day-\(day)"
      case nil: "all"
      }
    return "\(conference).\(place)."
  }

  private static func secret(_ name: String) -> String { "plenary:\(name)" }

  /// The associated data of the encryption.
  private static let context = "attendees of a desk"
}

/// Keeps the list of a desk that runs.
package actor DeskListKeeper {
  private let lists: DeskLists
  private var name: String?
  private var newest = 0
  private var keptAt: Timestamp?

  /// In microseconds. The more attendees, the longer it takes to write them: 100,000 of them once a minute.
  private var pause: Int64 = 0

  package init(_ lists: DeskLists) { self.lists = lists }

  /// Keeps a list, unless one was kept just before.
  ///
  /// - Parameters:
  ///   - number: of this list. They may come in another order than they were made.
  ///   - now: whether it cannot wait, because somebody was erased.
  package func keep(_ list: @Sendable () -> DeskList, number: Int, at time: Timestamp, now: Bool) throws {
    guard number > newest else { return }
    if !now, let keptAt, time.microseconds - keptAt.microseconds < pause { return }
    newest = number
    let list = list()
    pause = Int64(list.people.count) * 600
    do { (name, keptAt) = (try lists.keep(list), time) } catch {
      // Better none than one with somebody who was erased.
      if now, let name { try? lists.remove(name) }
      throw error
    }
  }

  /// No list is kept any more.
  ///
  /// - Parameter isNeeded: whether the database does not answer, so that the next start needs it.
  package func end(isNeeded: Bool) throws {
    newest = .max
    if !isNeeded, let name { try lists.remove(name) }
  }
}
