import EventLog
package import People
import ReadModels
package import Vocabulary

/// A desk or a door: what was typed or scanned, what came of it, and what is shown.
///
/// It does nothing by itself: time and command ids come in, and what is to be done goes out.
package struct Desk: Sendable {
  package enum Status: Sendable, Equatable {
    /// Sent, and not answered yet.
    case sent
    case checkedIn
    /// The database does not answer; it will be handed in.
    case kept
    case again(CheckIn)
    /// Handed in late; somebody else had checked them in, or there was nothing to check in for any more.
    case recordedLate(CheckIn?)
    case takenBack
    case withdrawn
    case refused(String)

    /// Whether it counts as a check-in that can be taken back.
    fileprivate var isCheckIn: Bool {
      switch self {
      case .sent, .checkedIn, .kept: true
      case .again, .recordedLate, .takenBack, .withdrawn, .refused: false
      }
    }
  }

  /// One scan and what came of it.
  package struct Entry: Sendable, Equatable {
    package let card: AttendeeCard
    package let at: Timestamp
    package var status: Status
    /// Nil: nothing was sent.
    fileprivate var scan: Scan?
  }

  /// What the desk says, in the order in which it happened.
  package enum Said: Sendable, Equatable {
    case entry(Entry)
    /// Words that can mean several attendees.
    case several(String, [AttendeeCard])
    case nobody(String, isCode: Bool)
    case nothingToTakeBack
    case cannotTakeBack(AttendeeCard, String)
    /// The database does not answer, for this reason.
    case outage(String)
    /// The attendees are those of an earlier time.
    case list(of: Timestamp)
    case isBack(handingIn: Int)
    case note(String)
  }

  package enum Action: Sendable, Equatable {
    case none
    case handIn(Scan)
    /// Print the badge of this attendee.
    case print(AttendeeCard)
    case help
    case quit
  }

  /// Where the desk is, and who stands there.
  package struct Place: Sendable {
    package let station: String?
    package let occasion: Occasion?
    package let actor: String
    package let reason: String?

    package init(station: String?, occasion: Occasion?, actor: String, reason: String?) {
      (self.station, self.occasion, self.actor, self.reason) = (station, occasion, actor, reason)
    }
  }

  package let place: Place
  package private(set) var roster: DeskRoster
  /// When the attendees were as they are shown, if the desk was started without the database; nil: they are those of now.
  package private(set) var listOf: Timestamp?
  /// The newest last.
  package private(set) var entries: [Entry] = []
  /// What is shown in large letters.
  package private(set) var shown: Entry?
  /// Whom the last words can mean. Their numbers, from 1, choose one.
  package private(set) var choices: [AttendeeCard] = []
  /// Why the database does not answer.
  package private(set) var outage: String?
  private var waiting: [String: Scan] = [:]
  private var said: [Said] = []

  /// So many choices are shown: more do not help in a hurry.
  private static let mostChoices = 9
  private static let mostEntries = 500

  /// - Parameter earlier: scans of before that are handed in first.
  package init(_ place: Place, _ roster: DeskRoster, earlier: [Scan]) {
    (self.place, self.roster) = (place, roster)
    for scan in earlier {
      waiting[scan.id] = scan
      if scan.takesBack == nil {
        add(Entry(card: roster.card(scan.attendee), at: scan.at, status: .kept, scan: scan))
      }
    }
  }

  /// Begins without the database.
  ///
  /// - Parameter outage: why it does not answer.
  package init(_ place: Place, _ list: DeskList, outage: String, earlier: [Scan]) {
    self.init(place, DeskRoster(list), earlier: earlier)
    (self.outage, listOf) = (outage, list.at)
    said = [.outage(outage), .list(of: list.at)]
  }

  /// The scans that have no answer yet.
  package var waitingCount: Int { waiting.count }

  /// Whether an answer will come soon.
  package var isWaiting: Bool { outage == nil && !waiting.isEmpty }

  package var counts: [DeskRoster.Count] {
    roster.counts(place.occasion, further: Set(waiting.values.filter(isCheckInHere).map(\.attendee)))
  }

  /// What was said since this was last asked.
  package mutating func news() -> [Said] {
    defer { said = [] }
    return said
  }

  // MARK: Lines

  /// - Parameters:
  ///   - line: as it was scanned or typed.
  ///   - time: now.
  ///   - id: of the command that follows.
  package mutating func take(_ line: String, at time: Timestamp, id: String) -> Action {
    let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let offered = choices
    choices = []
    switch words.lowercased() {
    case "":
      // Some scanners end a line twice.
      choices = offered
      return .none
    case "quit", "exit": return .quit
    case "help", "?":
      choices = offered
      return .help
    case "undo": return takeBack(at: time, id: id)
    case "print":
      guard let card = shown?.card else {
        said.append(.note("There is nobody yet whose badge could be printed."))
        return .none
      }
      return .print(card)
    default: break
    }
    if let number = Int(words), (1...max(1, offered.count)).contains(number), number <= offered.count {
      return checkIn(offered[number - 1], at: time, id: id)
    }
    let isPrint = words.lowercased().hasPrefix("print ")
    let name = isPrint ? String(words.dropFirst("print ".count)) : words
    let found = roster.attendees(name)
    guard let first = found.first else {
      said.append(.nobody(name, isCode: BadgeCodes.digits(name) != nil))
      return .none
    }
    if found.count > 1 {
      let cards = found.map(roster.card).sorted { ($0.title, $0.attendee) < ($1.title, $1.attendee) }
      // A number checks in; to print a badge, more of the name is needed.
      if !isPrint { choices = Array(cards.prefix(Self.mostChoices)) }
      said.append(.several(name, cards))
      return .none
    }
    return isPrint ? .print(roster.card(first)) : checkIn(roster.card(first), at: time, id: id)
  }

  private mutating func checkIn(_ card: AttendeeCard, at time: Timestamp, id: String) -> Action {
    let row = roster.row(card.attendee)
    if row?.status == .withdrawn { return only(Entry(card: card, at: time, status: .withdrawn)) }
    // While the database answers, it decides who has arrived.
    if let scan = waiting.values.first(where: { isCheckInHere($0) && $0.attendee == card.attendee }) {
      return only(Entry(card: card, at: time, status: .again(scan.checkIn)))
    }
    if outage != nil, let first = roster.checkIn(card.attendee, place.occasion) {
      return only(Entry(card: card, at: time, status: .again(first)))
    }
    let scan = scan(of: card.attendee, at: time, id: id, takesBack: nil)
    waiting[id] = scan
    let entry = Entry(card: card, at: time, status: outage == nil ? .sent : .kept, scan: scan)
    add(entry)
    shown = entry
    if outage != nil { said.append(.entry(entry)) }
    return .handIn(scan)
  }

  /// Shows somebody for whom nothing is recorded.
  private mutating func only(_ entry: Entry) -> Action {
    add(entry)
    shown = entry
    said.append(.entry(entry))
    return .none
  }

  private mutating func takeBack(at time: Timestamp, id: String) -> Action {
    let taken = Set(waiting.values.compactMap(\.takesBack))
    guard
      let last = entries.last(where: { entry in
        entry.status.isCheckIn && entry.scan.map { !taken.contains($0.id) } ?? false
      }), let earlier = last.scan
    else {
      said.append(.nothingToTakeBack)
      return .none
    }
    let scan = scan(of: earlier.attendee, at: time, id: id, takesBack: earlier.id)
    waiting[id] = scan
    return .handIn(scan)
  }

  private func scan(of attendee: AttendeeID, at time: Timestamp, id: String, takesBack: String?) -> Scan {
    Scan(
      id: id, attendee: attendee, at: time, station: place.station, occasion: place.occasion,
      actor: place.actor, reason: place.reason, takesBack: takesBack)
  }

  private func isCheckInHere(_ scan: Scan) -> Bool {
    scan.takesBack == nil && scan.occasion == place.occasion
      && !waiting.values.contains { $0.takesBack == scan.id }
  }

  // MARK: Answers

  package mutating func hear(_ news: HandingIn.News) {
    switch news {
    case .answered(let scan, let answer): answered(scan, answer)
    case .kept(let scan):
      if scan.takesBack == nil {
        set(.kept, of: scan.id)
      } else {
        said.append(.note("It will be taken back when the database answers."))
      }
    case .outage(let reason?):
      if outage == nil { said.append(.outage(reason)) }
      outage = reason
    case .outage(nil):
      outage = nil
      said.append(.isBack(handingIn: waiting.count))
    case .changed(let changes):
      do { try roster.apply(changes) } catch {
        said.append(.note("Start the desk again to see all changes."))
      }
    case .roster(let new): (roster, listOf) = (new, nil)
    case .notForgotten(let why): said.append(.note(why))
    }
  }

  private mutating func answered(_ scan: Scan, _ answer: HandingIn.Answer) {
    waiting[scan.id] = nil
    if let earlier = scan.takesBack {
      switch answer {
      case .refused(let why): said.append(.cannotTakeBack(roster.card(scan.attendee), why))
      case .checkedIn, .again, .recordedLate, .takenBack, .dropped: set(.takenBack, of: earlier)
      }
      return
    }
    switch answer {
    case .checkedIn: set(.checkedIn, of: scan.id)
    case .again(let first): set(.again(first), of: scan.id)
    case .recordedLate: set(.recordedLate(roster.checkIn(scan.attendee, scan.occasion)), of: scan.id)
    case .refused(let why): set(.refused(why), of: scan.id)
    // What takes it back tells it.
    case .takenBack, .dropped: break
    }
  }

  private mutating func set(_ status: Status, of id: String) {
    guard let index = entries.lastIndex(where: { $0.scan?.id == id }), entries[index].status != status else {
      return
    }
    entries[index].status = status
    // Who was taken back is shown, too: somebody asked for it.
    if shown?.scan?.id == id || status == .takenBack { shown = entries[index] }
    said.append(.entry(entries[index]))
  }

  private mutating func add(_ entry: Entry) {
    entries.append(entry)
    if entries.count > Self.mostEntries { entries.removeFirst(entries.count - Self.mostEntries) }
  }
}
