import EventLog
import Foundation
import JSON
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import Record
@testable import Scheduling

/// All outputs made from a program and its record. New kinds of print and formats are included automatically;
/// add other outputs to `others`.
private enum Output: Sendable, Hashable, CustomStringConvertible {
  case print(PrintKind)
  case export(ProgramFormat)
  case other(Other)

  enum Other: String, CaseIterable {
    case proceedings = "the proceedings"
    case proceedingsPage = "the proceedings as a page"
    case proceedingsData = "the proceedings as data"
    case changeSheetOfNew = "the change sheet of a new session"
    case changeSheetOfChanged = "the change sheet of a session that stays where it is"
    case diffOfNew = "the difference of a new session, as data"
    case diffOfChanged = "the difference of a session that stays where it is, as data"
    case noticeOfNew = "the letter about a new session"
    case noticeOfChanged = "the letter about a session that stays where it is"
    case noticeCalendar = "the calendar of a letter"
    case participantsPage = "the list of those who signed up, as a page"
  }

  static let all: [Self] =
    PrintKind.allCases.map(Self.print)
    // A workbook is compressed, and has the cells of the CSV.
    + ProgramFormat.allCases.filter { $0 != .xlsx }.map(Self.export)
    + Other.allCases.map(Self.other)

  var description: String {
    switch self {
    case .print(let kind): kind.rawValue
    case .export(let format): "export \(format.rawValue)"
    case .other(let other): other.rawValue
    }
  }

  /// Whether it has times and places of sessions. If not, it must name none of the slots.
  var showsSlots: Bool {
    switch self {
    // Only names.
    case .print(.placeCards): false
    // The page of participants has only names.
    case .other(.participantsPage): false
    default: true
    }
  }

  static var printed: [Self] { all.filter { $0.showsSlots && $0.isDocument } }

  var isDocument: Bool {
    switch self {
    case .print, .other(.proceedings), .other(.changeSheetOfNew), .other(.changeSheetOfChanged): true
    default: false
    }
  }
}

/// A session in two rooms on two days, with a presentation in each, a chair, an attendee and a record.
private struct TwoSlots {
  var story = Story()
  /// The position before the session was scheduled.
  let empty: Story
  /// The position before it got its current title.
  let earlier: Story

  init() {
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: localized("A Conference"), firstDay: "2016-03-25", lastDay: "2016-03-26",
          zone: "Asia/Shanghai"
        ) { $0.languages = [.english] }),
      .roomAdded(RoomAdded(room: "west", name: localized("Sapphire")) { $0.capacity = 80 }),
      .roomAdded(RoomAdded(room: "east", name: localized("Amber")) { $0.capacity = 30 }))
    story.speaker("ada", [(.english, "Lovelace, Ada")])
    story.attendee("a-1", "delegate", (.english, "Smith, Zoë"))
    empty = story
    story.schedule(
      "both", localized("Draft Title"), kind: .workshop, slot("west", march("25T09:35"), march("25T10:25")),
      (.chair, "ada"))
    story.add(
      .slotAdded(
        SlotAdded(session: "both", number: 2, slot: slot("east", march("26T14:05"), march("26T14:55")))),
      .presentationAdded(
        PresentationAdded(
          session: "both",
          presentation: Presentation("one", title: localized("One"), people: ["ada"], minutes: 50))),
      .presentationAdded(
        PresentationAdded(
          session: "both",
          presentation: Presentation("two", title: localized("Two"), people: ["ada"], minutes: 50))))
    story.add(.attendeeSignedUp(AttendeeSignedUp(attendee: "a-1", session: "both")))
    earlier = story
    story.add(.sessionRevised(SessionRevised(session: "both") { $0.title = localized("Half and Half") }))
    story.statement(
      "both-s1", in: "both",
      try! Attribution(.named, persons: ["ada"], asPrinted: localized("Ada Lovelace")),
      localized("began."))
  }

  func document(_ output: Output) throws -> any PrintedDocument {
    switch output {
    case .print(let kind):
      if kind.isAboutAttendees {
        return try story.attendancePublication { $0.only = ["session": "both"] }.document(kind)
      }
      return try story.programPublication().document(kind)
    case .other(.changeSheetOfNew): return changeSheet(since: empty)
    case .other(.changeSheetOfChanged): return changeSheet(since: earlier)
    default: return story.proceedingsPublication().record()
    }
  }

  private func changeSheet(since before: Story) -> ChangeSheetDocument {
    story.programPublication().changeSheet(
      from: before.program, .position(before.checkpoint.position, nil))
  }

  /// The output as text.
  func text(_ output: Output) throws -> String {
    switch output {
    case .print, .other(.proceedings), .other(.changeSheetOfNew), .other(.changeSheetOfChanged):
      return try JSONText.encode(document(output))
    case .export(let format):
      let text = String(decoding: try story.programPublication().export(format), as: UTF8.self)
      // A calendar's long lines are folded.
      return text.replacing("\r\n ", with: "")
    case .other(.proceedingsPage): return story.proceedingsPublication().html()
    case .other(.proceedingsData):
      return String(decoding: try story.proceedingsPublication().export(), as: UTF8.self)
    case .other(.diffOfNew): return try JSONText.encode(ProgramDiff(from: empty.program, to: story.program))
    case .other(.diffOfChanged):
      return try JSONText.encode(ProgramDiff(from: earlier.program, to: story.program))
    case .other(.noticeOfNew): return try letter(known: [:]).text
    case .other(.noticeOfChanged): return try letter(known: ["ada": earlier.told]).text
    case .other(.noticeCalendar):
      return try #require(try letter(known: [:]).calendar).replacing("\r\n ", with: "")
    case .other(.participantsPage): return try story.attendancePublication().html()
    }
  }

  private func letter(known: [PersonID: Notices.Known]) throws -> (text: String, calendar: String?) {
    let round = NoticeRound(
      story.program, story.checkpoint, conference: story.conference, version: nil, known: known,
      earlier: [earlier.told: earlier.program])
    let digest = try #require(round.digests().first)
    return (round.text(digest).body, round.calendar(digest))
  }

  /// The rooms and starts that a text contains: rooms by name or slug, starts in any notation.
  static func found(in text: String) -> [String] {
    [
      text.contains("Sapphire") || text.contains("\"west\"") ? "first room" : nil,
      text.contains("09:35") || text.contains("T093500") ? "first time" : nil,
      text.contains("Amber") || text.contains("\"east\"") ? "second room" : nil,
      text.contains("14:05") || text.contains("T140500") ? "second time" : nil,
    ].compactMap(\.self)
  }

  static let everything = ["first room", "first time", "second room", "second time"]
}

@Suite struct `A session in two rooms on two days` {
  @Test(arguments: Output.all)
  private func `is shown with both slots in every output`(_ output: Output) throws {
    let text = try TwoSlots().text(output)
    #expect(TwoSlots.found(in: text) == (output.showsSlots ? TwoSlots.everything : []), "\(output): \(text)")
  }

  @Test(
    .enabled(if: Layout.isPossible, "There is no Typst, or no pdftotext, here"), arguments: Output.printed)
  private func `is shown with both slots on paper`(_ output: Output) async throws {
    let text = try await Layout(of: TwoSlots().document(output)).text()
    #expect(TwoSlots.found(in: text) == TwoSlots.everything, "\(output): \(text)")
  }

  @Test func `has its description at its first shown slot, also in one day of the page`() throws {
    var story = TwoSlots().story
    story.add(
      .sessionRevised(SessionRevised(session: "both") { $0.description = localized("All about it.") }))
    for day in ["2016-03-25", "2016-03-26"] {
      let page = try story.programPublication { $0.only = ["day": day] }.page()
      #expect(page.components(separatedBy: "All about it.").count == 2, "\(day)")
    }
  }

  @Test(
    .enabled(if: Layout.isPossible, "There is no Typst, or no pdftotext, here"),
    arguments: [
      PrintKind.booklet, .pocket, .wallGrid, .daySheets, .doorSigns, .itineraries, .chairSheets,
    ])
  private func `says on paper which part of it is where`(_ kind: PrintKind) async throws {
    let text = try await Layout(of: TwoSlots().document(.print(kind))).text()
    for part in ["Part 1 of 2", "Part 2 of 2"] { #expect(text.contains(part), "\(kind): \(text)") }
  }
}
