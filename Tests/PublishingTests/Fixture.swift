import EventLog
import Foundation
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import Record
@testable import Scheduling

/// In English, and optionally in Chinese and Russian.
func localized(_ en: String, _ zh: String? = nil, _ ru: String? = nil) -> LocalizedText {
  var texts: [Language: String] = [.english: en]
  texts[.chinese] = zh
  texts[.russian] = ru
  return LocalizedText(texts)
}

extension Language {
  static let chinese: Language = "zh"
  static let russian: Language = "ru"
}

func slot(_ room: RoomID, _ start: ZonedTime, _ end: ZonedTime) -> Slot {
  try! Slot(room: room, start: start, end: end)
}

/// `25T09:00` in March 2016, in Shanghai.
func march(_ time: String) -> ZonedTime { try! ZonedTime.init("2016-03-\(time)+08:00[Asia/Shanghai]") }

/// Events, folded into the three models as the projectors would.
struct Story {
  var conference: ConferenceID = "shanghai-2016"
  private(set) var program = ProgramModel()
  private(set) var attendance = AttendanceModel()
  private(set) var proceedings = ProceedingsModel()
  private(set) var checkpoint = Checkpoint()
  private(set) var details: [String: AttendeeDetails] = [:]

  mutating func add(_ events: SchedulingEvent...) {
    for event in events { add(.scheduling(event)) }
  }
  mutating func add(_ events: PeopleEvent...) {
    for event in events { add(.people(event)) }
  }
  mutating func add(_ events: RecordEvent...) {
    for event in events { add(.record(event)) }
  }

  private mutating func add(_ event: LoggedEvent) {
    let position = checkpoint.position + 1
    // One minute apart, from 2016-03-24T12:00:00Z.
    let origin = Origin(
      position: position, actor: "organizer",
      recordedAt: Timestamp(microseconds: (1_458_820_800 + Int64(position) * 60) * 1_000_000))
    try! program.apply(event, origin)
    try! attendance.apply(event, origin)
    try! proceedings.apply(event, origin)
    checkpoint.tree.append(sha256("\(position)"))
    checkpoint.lastEventAt = origin.recordedAt
  }

  /// A name that is filed as it is written.
  private static func name(_ forms: [(Language, String)]) -> PersonName {
    try! PersonName(
      forms.map { try! NameForm($0.1, in: $0.0, order: nil) },
      sortKey: forms[0].1.contains(",") ? nil : forms[0].1)
  }

  mutating func speaker(_ person: PersonID, _ forms: [(Language, String)], _ affiliations: Affiliation...) {
    add(.speakerRegistered(SpeakerRegistered(person: person, name: Self.name(forms))))
    for (index, affiliation) in affiliations.enumerated() {
      add(
        .affiliationStated(
          AffiliationStated(person: person, number: index + 1, affiliation: affiliation)))
    }
  }

  mutating func attendee(
    _ attendee: AttendeeID, _ category: String, _ name: (Language, String)..., listed: Bool = true,
    email: EmailAddress? = nil, organisation: LocalizedText? = nil, country: LocalizedText? = nil
  ) {
    details[attendee.slug] = AttendeeDetails(name: Self.name(name)) {
      $0.email = email
      $0.organisation = organisation
      $0.country = country
    }
    add(
      .attendeeRegistered(
        AttendeeRegistered(
          attendee: attendee, category: category, listed: listed, details: Sealed(base64: ""))))
  }

  mutating func schedule(
    _ session: SessionID, _ title: LocalizedText, kind: SessionKind = .session, _ slot: Slot,
    track: TrackID? = nil, description: LocalizedText? = nil, languages: [Language] = [],
    _ parts: (SessionRole, PersonID)...
  ) {
    add(
      .sessionScheduled(
        SessionScheduled(session: session, title: title, kind: kind, slot: slot) {
          $0.track = track
          $0.description = description
          $0.languages = languages
        }))
    for (role, person) in parts {
      add(.personAssigned(PersonAssigned(session: session, person: person, role: role)))
    }
  }

  mutating func statement(
    _ id: RecordID, in session: SessionID, _ attribution: Attribution, _ text: LocalizedText,
    form: StatementForm = .summary, spoken: Language? = nil, mentions: [PersonID] = []
  ) {
    add(
      .statementRecorded(
        StatementRecorded(
          id, in: session,
          EntryDetails(text, attribution) {
            $0.form = form
            $0.spoken = spoken
            $0.mentions = mentions
          })))
  }

  mutating func entry(
    _ kind: EntryKind, _ id: RecordID, in session: SessionID, _ attribution: Attribution,
    _ text: LocalizedText,
    _ build: (inout EntryDetails) -> Void = { _ in }
  ) {
    let details = EntryDetails(text, attribution, build)
    switch kind {
    case .statement: add(.statementRecorded(StatementRecorded(id, in: session, details)))
    case .position: add(.positionRecorded(PositionRecorded(id, in: session, details)))
    case .conclusion: add(.conclusionRecorded(ConclusionRecorded(id, in: session, details)))
    case .recommendation: add(.recommendationRecorded(RecommendationRecorded(id, in: session, details)))
    }
  }

  /// Publishes everything as the next issue.
  mutating func issue(provisional: Bool = false, note: LocalizedText? = nil) {
    let number = (proceedings.lastIssue?.details.issue ?? 0) + 1
    let issue = ProceedingsIssued(issue: number, provisional: provisional, note: note) {
      $0.at = checkpoint.position
      $0.date = "2016-03-27"
      $0.build = ProceedingsIssued.Build(
        document: String(repeating: "0", count: 64), typesetting: String(repeating: "1", count: 64))
    }
    let numbered = proceedings.numbering(program.sessionsByFirstSlot.map(\.id))
      .newlyFixed(since: proceedings, issue: number)
    add(.proceedingsIssued(issue))
    for session in numbered { add(.paragraphsNumbered(session)) }
  }

  private func settings(_ languages: [Language]?) -> PrintSettings {
    var settings = PrintSettings()
    settings.languages = languages
    return settings
  }

  func programPublication(_ languages: [Language]? = nil) -> ProgramPublication {
    ProgramPublication(program, checkpoint, conference: conference, settings(languages))
  }

  func attendancePublication(_ languages: [Language]? = nil) -> AttendancePublication {
    AttendancePublication(
      attendance, program: program, checkpoint, conference: conference, settings(languages)
    ) { details[$0.attendee.slug] }
  }

  func proceedingsPublication(_ languages: [Language]? = nil, after previous: Story? = nil)
    -> ProceedingsPublication
  {
    ProceedingsPublication(
      proceedings, program: program, checkpoint, conference: conference, settings(languages),
      after: previous?.proceedingsPublication(languages))
  }

  /// A draft in which everything is marked that changed after the position.
  ///
  /// - Parameter proofed: the story at the position.
  func proof(since position: Int?, _ languages: [Language]? = nil, proofed: Story? = nil)
    -> ProceedingsPublication
  {
    ProceedingsPublication(
      proceedings, program: program, checkpoint, conference: conference, settings(languages),
      as: .proof(since: position), after: nil, since: proofed?.proceedingsPublication(languages))
  }

  /// What changed in an issue, on a leaf of its own.
  ///
  /// - Parameter published: the story when it was published; nil: nothing was said anew of sessions and the front.
  func corrigendum(to number: Int = 1, _ languages: [Language]? = nil, published: Story? = nil) throws
    -> CorrigendumPublication
  {
    CorrigendumPublication(
      proceedings, of: try #require(proceedings.issue(number)), program: program, checkpoint,
      conference: conference, settings(languages),
      published: (published ?? self).proceedingsPublication(languages), next: nil)
  }

  /// A correction that was asked for and accepted.
  mutating func correct(
    _ correction: CorrectionID, _ entry: RecordID, in session: SessionID = "session-1",
    retracts: Bool = false,
    _ change: (inout EntryDetails.Changes) -> Void = { _ in }
  ) {
    add(
      .correctionRequested(
        CorrectionRequested(
          correction, of: entry, in: session, kind: .substantive, retracts: retracts,
          EntryDetails.Changes(change))),
      .correctionAccepted(
        CorrectionAccepted(correction: correction, entry: entry, session: session, verifiedAgainst: .notes)))
  }

  /// An issue of this story, which was published later: it gives the numbers.
  func proceedingsPublication(issue number: Int, of later: Story) throws -> ProceedingsPublication {
    let issue = try #require(later.proceedings.issue(number)).details
    return ProceedingsPublication(
      proceedings.numbered(later.proceedings.fixedNumbers(of: number)), program: program, checkpoint,
      conference: conference, settings(nil), as: .issue(issue, date: try #require(issue.date)), after: nil)
  }
}

extension Story {
  /// A short version of the conference of 25 and 26 March 2016 in Shanghai.
  static var shanghai: Story {
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: localized(
            "Cooperation between China and Russia: The Process and Prospects", "中俄合作：进程与前景",
            "Сотрудничество Китая и России: процесс и перспективы"), firstDay: "2016-03-25",
          lastDay: "2016-03-26", zone: "Asia/Shanghai"
        ) {
          $0.place = localized("Shanghai", "上海", "Шанхай")
          $0.languages = [.english, .chinese, .russian]
        }),
      .organisationRoleAssigned(
        OrganisationRoleAssigned(
          organisation: localized("East China Normal University", "华东师范大学"), role: .organiser)),
      // The second room by name is the first in the order of rooms.
      .roomAdded(
        RoomAdded(room: "hall", name: localized("Science Hall", "科学会堂", "Зал")) { $0.capacity = 120 }),
      .roomAdded(RoomAdded(room: "annex", name: localized("Annex"))),
      .trackAdded(TrackAdded(track: "politics", name: localized("Politics", "政治")) { $0.color = "#2f6b5b" }))
    story.speaker(
      "feng-shaolei", [(.english, "Feng Shaolei"), (.chinese, "冯, 绍雷")],
      Affiliation(
        position: localized("Director"),
        organisation: localized("Center for Russian Studies", "俄罗斯研究中心", "Центр изучения России")))
    story.speaker(
      "sergey-karaganov", [(.english, "Karaganov, Sergey"), (.russian, "Караганов, Сергей")],
      Affiliation(position: localized("Dean"), organisation: localized("Higher School of Economics")),
      Affiliation(
        position: localized("Honorary Chairman"), honorary: true,
        organisation: localized("Council on Foreign and Defense Policy")))
    story.speaker("zhang-deguang", [(.english, "Zhang Deguang"), (.chinese, "张, 德广")])
    story.schedule(
      "session-1", localized("The Bilateral Cooperation", "双边合作", "Двустороннее сотрудничество"),
      kind: .panel,
      slot("hall", march("25T09:30"), march("25T11:00")), track: "politics",
      description: localized("Fifteen years of the Treaty; what follows, and what does not."),
      languages: [.chinese, .russian], (.chair, "feng-shaolei"), (.speaker, "zhang-deguang"),
      (.speaker, "sergey-karaganov"))
    story.schedule(
      "annex-1", localized("A Round Table"), slot("annex", march("25T09:30"), march("25T11:00")),
      (.moderator, "zhang-deguang"))
    story.schedule(
      "opening", localized("Opening", "开幕式", "Открытие"), kind: .plenary,
      slot("hall", march("25T09:00"), march("25T09:30")), (.speaker, "feng-shaolei"))
    story.schedule(
      "coffee", localized("Coffee", "茶歇", "Кофе"), kind: .break,
      slot("hall", march("25T11:00"), march("25T11:20")))
    story.schedule(
      "party", localized("A Party"), kind: .reception, slot("annex", march("25T22:00"), march("26T01:30")))
    story.schedule(
      "closing", localized("Closing", "闭幕式", "Закрытие"), kind: .plenary,
      slot("hall", march("26T11:00"), march("26T12:00")))
    story.add(
      .sessionCancelled(
        SessionCancelled(
          session: "annex-1", slot: slot("annex", march("25T09:30"), march("25T11:00")))),
      .programReleased(ProgramReleased(version: "1.2", note: localized("The round table is cancelled."))))
    return story
  }
}

/// Programs that may be installed.
enum Tools {
  /// - Returns: Nil if the program is neither on the path nor in Plenary's own directories.
  static func find(_ name: String) -> String? {
    let environment = ProcessInfo.processInfo.environment
    let data = environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? "") + "/.local/share"
    let places =
      (environment["PATH"] ?? "").split(separator: ":").map(String.init)
      + ["\(data)/plenary/venv/bin", "/usr/local/lib/plenary/venv/bin"]
    return places.map { $0 + "/" + name }.first(where: FileManager.default.isExecutableFile)
  }

  /// Chromium, or a browser based on it.
  static var browser: String? { find("chromium") ?? find("google-chrome") }

  /// The Python that has the packages of Scripts/setup.
  static var python: String? {
    let environment = ProcessInfo.processInfo.environment
    let data = environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? "") + "/.local/share"
    return ["\(data)/plenary/venv/bin/python", "/usr/local/lib/plenary/venv/bin/python"]
      .first(where: FileManager.default.isExecutableFile)
  }

  /// The combined standard output and standard error, and whether it succeeded.
  static func run(_ program: String, _ arguments: [String], input: Data) throws -> (Bool, String) {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try input.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: file)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus == 0, String(decoding: output, as: UTF8.self))
  }
}
