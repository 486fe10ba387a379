import ArgumentParser
import EventLog
import Foundation
import Glibc
import People
import Plenary
import PrivateServer
import Publishing
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct Desk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "desk", abstract: "Check in many attendees, with a hand scanner or by name.",
      discussion: """
        Scan the QR code of a badge, or type its digits, an address, a name or a part of it, and press Enter. If several \
        attendees match, type the number of one. Further words:
          undo          take the last check-in back
          print         print the badge of the attendee who is shown (print NAME: of another one)
          help, quit

        Each badge is checked in once, at however many desks: the second time, the desk says when and where the first was.

        If the database does not answer, go on. The scans are kept on this computer, without names, and handed in with their \
        own times when it answers again, or when the desk is started the next time. A scan that then is no check-in any \
        more is recorded and shown.

        If this computer or its network fails, start the desk again. Without the database it shows the attendees as this desk \
        last knew them, and says since when. That works for 24 hours, with the same --session or --day, until the computer is \
        switched off. The list is encrypted, and destroyed when the desk ends while the database answers. For everything \
        else, print a list before: plenary attendee print check-in.

        The exit code is 4 if scans are left that were not handed in.

        With --printer, a badge is sent to “lp” and no file stays, unless --badges names a folder for it.

        Example: plenary attendee desk --station "Desk 2"
        """)
    @Option(help: "Where this is: a desk, a door, a device, e.g. “Desk 2”.") var station: String?
    @OptionGroup var occasion: OccasionOptions
    @Option(help: "Size of badges or labels, e.g. 90x55 (default: a6).") var size: String?
    @Option(
      help: "Folder for the PDF files of badges (default: the current directory; with --printer, none).")
    var badges: String?
    @Option(help: "Printer to which “lp” sends badges (default: none, and the file is written).") var printer:
      String?
    @OptionGroup var pictures: PictureOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { _ = try BadgeFormat.named(size, letter: false) }

    private enum Input: Sendable {
      /// Nil: the end.
      case line(String?)
      case news(HandingIn.News)
      /// What came of printing a badge.
      case printed(String)
      /// Why the list of attendees is not kept.
      case notKept(String)
    }

    func run() async throws {
      let context = try change.context()
      let station = try station.map { try checkedText($0, "station") }
      let home = PrivateServer().home
      let lists = DeskLists(home: home)
      let (inputs, feed) = AsyncStream.makeStream(of: Input.self)
      func place(_ occasion: Occasion?) -> Plenary.Desk.Place {
        .init(station: station, occasion: occasion, actor: context.actor, reason: context.reason)
      }
      let tell: @Sendable (HandingIn.News) -> Void = { feed.yield(.news($0)) }
      let start: Start
      do {
        let conference = try await global.conferenceContext()
        let occasion = try await self.occasion.occasion { words in
          let session = try await conference.session(words, .head)
          if session.slug != words { Console.error("“\(excerpt(words))” is the session “\(session)”.") }
          return session
        }
        start = try await begin(conference, place(occasion), home, context, tell)
      } catch let error where Failure.isOutage(error) {
        let outage = Failure(error)
        // Its title is not known without the database.
        let occasion = try await self.occasion.occasion {
          guard let session = try? SessionID($0) else {
            throw outage.adding("Without the database, give the short name of the session.")
          }
          return session
        }
        guard let list = try lists.newest(of: named(), occasion) else {
          throw outage.adding(
            "This desk cannot be started without the database: no list of attendees is kept on this computer"
              + (occasion?.session.map { " for the session “\($0)”; give its short name" } ?? "") + ".")
        }
        start = try await begin(place(occasion), home, context, list, outage.description, tell)
      }
      let occasion = start.desk.place.occasion
      let (queue, handing, keeper) = (start.queue, start.handing, DeskListKeeper(lists))
      var desk = start.desk
      if !start.earlier.isEmpty {
        Console.error("Handing in \(counted(start.earlier.count, "earlier scan")).")
      }
      Interruption.expect()
      var view = DeskView(
        title: [start.title, station].compactMap(\.self).joined(separator: " · "),
        rules: start.rules, dryRun: context.dryRun, json: global.json)
      view.begin(desk)
      InputLines.read { feed.yield(.line($0)) }
      let running = Task {
        await handing.run()
        feed.finish()
      }
      func keep(_ number: Int, now: Bool) async {
        guard !context.dryRun, let conference = await handing.conferenceSoFar() else { return }
        let (roster, time) = (desk.roster, Self.now)
        Task {
          do {
            try await keeper.keep(
              { DeskList(conference, identity: start.identity, occasion, roster, at: time) }, number: number,
              at: time, now: now)
          } catch { feed.yield(.notKept(Failure(error).description)) }
        }
      }
      if start.list == nil { await keep(1, now: true) }
      try view.show(desk.news(), desk, isNewLine: false)
      var (number, printing, changes, isLast, isEnding, isTold) = (0, 0, 1, false, false, false)
      // On a screen, somebody sees what comes of each line. In lines, the next one waits for the answer to the one before, so
      // that all is told in its order.
      var typed: [String] = []
      // Lines behind “quit”.
      var ignored = 0
      for await input in inputs {
        var isNewLine = false
        switch input {
        case .news(let news):
          desk.hear(news)
          changes += 1
          switch news {
          case .changed(let change): await keep(changes, now: change.hasErasure)
          case .roster: await keep(changes, now: true)
          case .answered, .kept, .outage, .notForgotten: break
          }
        case .printed(let text):
          view.note(text)
          printing -= 1
        case .notKept(let why):
          if !isTold {
            view.note(
              "This computer keeps no list of attendees, so the desk cannot be started here without the database. Let it run. "
                + "(\(why))")
          }
          isTold = true
        case .line(nil): isLast = true
        case .line(let line?): typed.append(line)
        }
        while !typed.isEmpty, !isEnding, view.isScreen || !desk.isWaiting {
          isNewLine = true
          number += 1
          view.clear()
          switch desk.take(typed.removeFirst(), at: Self.now, id: context.id(of: number)) {
          case .none: break
          case .help: view.note(Self.help)
          case .quit: isEnding = true
          case .handIn(let scan):
            do { if !context.dryRun { try queue.put(scan) } } catch {
              view.note(
                "This scan is not safe: it cannot be kept on this computer. \(Failure(error).description)")
            }
            await handing.submit(scan)
          case .print(let card):
            printing += 1
            Task { feed.yield(.printed(await printed(card, handing.conference))) }
          }
          try view.show(desk.news(), desk, isNewLine: isNewLine)
        }
        if isEnding {
          for line in typed where line.contains(where: { !$0.isWhitespace }) {
            view.note("“\(excerpt(line))” came after “quit”, and was not looked at.")
            ignored += 1
          }
          typed = []
        }
        if isLast, typed.isEmpty { isEnding = true }
        if isEnding, printing == 0 { await handing.finish() }
        try view.show(desk.news(), desk, isNewLine: isNewLine)
      }
      await running.value
      view.end()
      try await keeper.end(isNeeded: desk.outage != nil)
      let left = await handing.left
      if ignored > 0, left == 0 {
        throw Failure(
          .refused,
          "\(counted(ignored, "line")) came after “quit”, and \(ignored == 1 ? "was" : "were") not looked at."
        )
      }
      if left > 0 {
        throw Failure(
          .failed,
          "\(counted(left, "scan")) \(left == 1 ? "was" : "were") not handed in. They are kept in \(queue.folder.path); the "
            + "next “plenary attendee desk” on this computer hands them in.", code: .notHandedIn)
      }
    }

    private static var now: Timestamp {
      Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }

    // MARK: Start

    /// What a desk begins with.
    private struct Start {
      let queue: ScanQueue
      let earlier: [Scan]
      let handing: HandingIn
      let desk: Plenary.Desk
      let title: String
      let rules: ZoneRules
      let identity: String?
      /// Nil: with the database.
      var list: DeskList?
    }

    private func begin(
      _ conference: ConferenceContext, _ place: Plenary.Desk.Place, _ home: String, _ context: CommandContext,
      _ tell: @escaping @Sendable (HandingIn.News) -> Void
    ) async throws -> Start {
      try await check(conference, place)
      let identity = try await conference.identity()
      let queue = ScanQueue(home: home, conference.id, identity: identity)
      let earlier = try earlier(queue, context)
      let handing = HandingIn(conference, queue, dryRun: context.dryRun, tell: tell)
      await handing.expect(earlier)
      return Start(
        queue: queue, earlier: earlier, handing: handing,
        desk: Plenary.Desk(place, try await handing.load(conference), earlier: earlier),
        title: conference.shortTitle, rules: try conference.clock(), identity: identity)
    }

    /// Without the database.
    private func begin(
      _ place: Plenary.Desk.Place, _ home: String, _ context: CommandContext, _ list: DeskList,
      _ outage: String, _ tell: @escaping @Sendable (HandingIn.News) -> Void
    ) async throws -> Start {
      try list.checkNamesNobody(place.texts) { Console.error($0) }
      try checkFolder()
      let queue = ScanQueue(home: home, list.conference, identity: list.identity)
      let earlier = try earlier(queue, context)
      let (database, id, identity) = (global.database, list.conference, list.identity)
      let handing = HandingIn(list, outage: outage, queue, dryRun: context.dryRun) {
        let configuration = try Configuration(database: database, conference: id.slug)
        let conference = try await ConferenceContext(Workspace.open(configuration) { _ in }, id)
        try conference.checkCanHandIn()
        guard try await conference.identity() == identity else {
          throw Failure(.failed, "This database has another conference “\(id)”.")
        }
        return conference
      } tell: {
        tell($0)
      }
      await handing.expect(earlier)
      return Start(
        queue: queue, earlier: earlier, handing: handing,
        desk: Plenary.Desk(place, list, outage: outage, earlier: earlier),
        title: list.title, rules: try list.clock(), identity: list.identity, list: list)
    }

    /// The conference that is named; nil: the only one.
    private func named() throws -> ConferenceID? {
      try Configuration(database: global.database, conference: global.conference).conference.map {
        try ConferenceID($0)
      }
    }

    private func earlier(_ queue: ScanQueue, _ context: CommandContext) throws -> [Scan] {
      if context.dryRun { return [] }
      let (scans, unreadable) = try queue.all()
      for name in unreadable {
        Console.error("\(queue.folder.path)/\(name) cannot be read as a scan; look at it and move it away.")
      }
      return scans
    }

    private static let help =
      "Scan a badge, or type its digits, an address, a name or a part of it. undo: take the last check-in back. print: print "
      + "the badge of the attendee who is shown; print NAME: of another one. quit: end."

    private func check(_ conference: ConferenceContext, _ place: Plenary.Desk.Place) async throws {
      try conference.checkCanHandIn()
      try await ConferenceToChange(conference.workspace, conference.id).checkNamesNobody(place.texts)
      if let day = place.occasion?.day { try conference.check(day) }
      if let session = place.occasion?.session {
        var selection = PrintSelection()
        selection.session = session
        try await DocumentPrinter(conference).check(selection, .head)
      }
      try checkFolder()
      var settings = PrintSettings()
      try pictures.apply(to: &settings, conference)
    }

    private func checkFolder() throws {
      guard let badges else { return }
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: badges, isDirectory: &isFolder), isFolder.boolValue
      else {
        throw Failure(.failed, "There is no folder \(badges) for badges; create it first.", code: .file)
      }
    }

    // MARK: Badges

    /// - Returns: what came of it.
    private func printed(_ card: AttendeeCard, _ conference: ConferenceContext?) async -> String {
      guard let conference else {
        return "The badge of \(card.title) was not printed. The database does not answer."
      }
      do {
        var selection = PrintSelection()
        selection.attendee = card.attendee
        var settings = PrintSettings()
        settings.size = size
        try pictures.apply(to: &settings, conference)
        let documents = DocumentPrinter(conference, pictures: pictures.pictures)
        let pdf = try await documents.pdf(
          documents.prepare(PrintOrder(.badges, settings, selection, since: nil, .head)).document,
          pictures: settings.pictures)
        var place = ""
        if badges != nil || printer == nil {
          let path = (badges.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? "") + "badge-\(card.attendee).pdf"
          _ = try OutputFile(path).write(pdf, isPrivate: true)
          place = "The badge of \(card.title) is in \(path)."
        }
        guard let printer else { return place }
        do { try await Printer(printer).send(pdf, title: "badge-\(card.attendee)") } catch {
          return ["The badge of \(card.title) was not printed. \(Failure(error).description)", place]
            .filter { !$0.isEmpty }.joined(separator: " ")
        }
        return "The badge of \(card.title) was sent to \(printer)."
      } catch {
        return "The badge of \(card.title) was not printed. \(Failure(error).description)"
      }
    }
  }
}

extension Plenary.Desk.Place {
  /// What stays in the log unencrypted.
  fileprivate var texts: [TextInClear] {
    [station.map { TextInClear(.station, $0) }, reason.map { TextInClear(.reason, $0) }].compactMap(\.self)
  }
}

extension CommandContext {
  /// The command id of a line at the desk.
  fileprivate func id(of line: Int) -> String { derivedID(of: "desk", line) }
}

/// What a desk says: on one screen of a terminal, else in lines.
private struct DeskView {
  private var screen: DeskScreen
  private let json: Bool
  /// A terminal without cursor movements gets lines, too.
  let isScreen: Bool
  private var rules: ZoneRules { screen.rules }

  init(title: String, rules: ZoneRules, dryRun: Bool, json: Bool) {
    screen = DeskScreen(title: title, rules: rules, dryRun: dryRun)
    self.json = json
    isScreen =
      !json && Console.outputIsTerminal && isatty(STDIN_FILENO) == 1
      && !["dumb", ""].contains(ProcessInfo.processInfo.environment["TERM", default: ""])
  }

  func begin(_ desk: Desk) { if isScreen { screen.draw(desk, isNew: true) } }

  func end() { if isScreen { screen.leave() } }

  mutating func clear() {
    screen.notice = []
    screen.hidesCard = false
  }

  mutating func note(_ text: String) { isScreen ? screen.notice.append(text) : Console.error(text) }

  mutating func show(_ news: [Desk.Said], _ desk: Desk, isNewLine: Bool) throws {
    for said in news {
      if json {
        try DeskLine(said).map { try Console.jsonLine(.attendeeDesk, $0) }
      } else if isScreen {
        if let text = notice(said) { screen.notice.append(text) }
        switch said {
        case .several, .nobody: screen.hidesCard = true
        default: break
        }
      } else {
        tell(said)
      }
    }
    guard isScreen else { return }
    if news.contains(where: \.isAlarm) { Console.write(Data([0x07])) }
    screen.draw(desk, isNew: isNewLine)
  }

  private func tell(_ said: Desk.Said) {
    switch said {
    case .entry(let entry):
      let parts = CardText.parts(entry.status, rules, dryRun: screen.dryRun)
      let card = entry.card
      Console.print(
        [
          "\(parts.headline): \(card.names.isEmpty ? card.attendee.slug : card.names.joined(separator: " · "))",
          card.organisation, "\(card.category) (\(card.attendee))",
        ].compactMap(\.self).joined(separator: ", ") + "."
          + (parts.detail.map { " \($0)" } ?? "") + (card.note.map { " Note: \($0)" } ?? ""))
    case .several, .nobody, .nothingToTakeBack, .cannotTakeBack: notice(said).map(Console.print)
    case .outage, .list, .isBack, .note: notice(said).map(Console.error)
    }
  }

  /// What is said beside the cards.
  private func notice(_ said: Desk.Said) -> String? {
    switch said {
    case .entry(let entry):
      // The card is shown. What came of an earlier scan is told.
      if case .recordedLate = entry.status { return late(entry) }
      return nil
    case .several(let words, let cards):
      let shown = cards.prefix(9).enumerated().map { index, card in
        "\(index + 1)  \(card.title)" + (card.organisation.map { ", \($0)" } ?? "")
          + ", \(card.category) (\(card.attendee))"
      }
      return "“\(excerpt(words))” can be \(cards.count) attendees. Type a number, or more of the name:\n"
        + shown.joined(separator: "\n")
        + (cards.count > shown.count ? "\n… and \(cards.count - shown.count) more" : "")
    case .nobody(let words, isCode: true):
      return "“\(excerpt(words))” is no code of a badge of this conference. Check the digits."
    case .nobody(let words, isCode: false): return "No attendee is called “\(excerpt(words))”."
    case .nothingToTakeBack: return "There is no check-in of this desk to take back."
    case .cannotTakeBack(let card, let why): return "The check-in of \(card.title) was not taken back. \(why)"
    case .outage(let reason):
      return "The database does not answer. Go on: scans are kept here and handed in later. (\(reason))"
    case .list(let time):
      return
        "The attendees are those of \(rules.readable(time)). Who registered or was checked in since is not in this list."
    case .isBack(let count):
      return "The database answers again." + (count > 0 ? " Handing in \(counted(count, "scan"))." : "")
    case .note(let text): return text
    }
  }

  private func late(_ entry: Desk.Entry) -> String {
    "late: \(entry.card.title). "
      + (CardText.parts(entry.status, rules, dryRun: screen.dryRun).detail ?? "")
  }
}

extension Desk.Said {
  /// Whether somebody must look up.
  fileprivate var isAlarm: Bool {
    switch self {
    case .entry(let entry):
      switch entry.status {
      case .again, .recordedLate, .withdrawn, .refused: true
      case .sent, .checkedIn, .kept, .takenBack: false
      }
    case .several, .nobody, .nothingToTakeBack, .cannotTakeBack, .outage, .list, .note: true
    case .isBack: false
    }
  }
}

/// A line of the desk for programs.
private struct DeskLine: Encodable {
  struct Candidate: Encodable {
    let attendee: String
    let name: String?
  }

  struct First: Encodable {
    let at: Timestamp
    let station: String?
  }

  let result: String
  var attendee: String?
  var name: String?
  var organisation: String?
  var category: String?
  var note: String?
  var at: Timestamp?
  /// When and where they were checked in before.
  var first: First?
  var words: String?
  var candidates: [Candidate]?
  var message: String?

  private init(_ result: String) { self.result = result }

  /// - Returns: nil for what is told otherwise.
  init?(_ said: Desk.Said) {
    switch said {
    case .entry(let entry):
      switch entry.status {
      case .sent: return nil
      case .checkedIn: self.init("checked-in")
      case .kept: self.init("kept")
      case .again(let before): self.init("again"); first = First(at: before.at, station: before.station)
      case .recordedLate(let before):
        self.init("late")
        first = before.map { First(at: $0.at, station: $0.station) }
      case .takenBack: self.init("taken-back")
      case .withdrawn: self.init("withdrawn")
      case .refused(let why): self.init("refused"); message = why
      }
      set(entry.card)
      at = entry.at
    case .several(let words, let cards):
      self.init("several")
      self.words = words
      candidates = cards.map { Candidate(attendee: $0.attendee.slug, name: $0.names.first) }
    case .nobody(let words, _):
      self.init("nobody")
      self.words = words
    case .nothingToTakeBack: self.init("nothing-to-take-back")
    case .cannotTakeBack(let card, let why):
      self.init("not-taken-back")
      set(card)
      message = why
    case .outage(let why):
      self.init("outage")
      message = why
    case .list(let time):
      self.init("list")
      at = time
    case .isBack: self.init("back")
    case .note(let text):
      self.init("note")
      message = text
    }
  }

  private mutating func set(_ card: AttendeeCard) {
    attendee = card.attendee.slug
    name = card.names.first
    organisation = card.organisation
    category = card.category
    note = card.note
  }
}
