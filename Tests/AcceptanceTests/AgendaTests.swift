import EventLog
import Glibc
import ReadModels
import Scheduling
import Testing
import Vocabulary

@testable import PlenaryCLI

struct `The agenda on a terminal` {
  private static let long = "a-session-with-long-short-name"

  private func program() throws -> ProgramModel {
    func at(_ time: String) throws -> ZonedTime { try ZonedTime("2016-03-25T\(time)+08:00[Asia/Shanghai]") }
    func name(_ text: String) -> LocalizedText { LocalizedText([.english: text]) }
    var model = ProgramModel()
    var events: [SchedulingEvent] = [
      .conferenceOpened(
        ConferenceOpened(
          title: name("Shanghai"), firstDay: try CalendarDate("2016-03-25"),
          lastDay: try CalendarDate("2016-03-25"),
          zone: "Asia/Shanghai"))
    ]
    for (index, room) in ["国际会议中心大会议厅", "Annex", "Library"].enumerated() {
      let id = try RoomID.init("room-\(index)")
      events.append(.roomAdded(RoomAdded(room: id, name: name(room))))
      events.append(
        .sessionScheduled(
          SessionScheduled(
            session: try SessionID.init(index == 0 ? Self.long : "s-\(index)"),
            title: name("欧亚经济联盟与丝绸之路经济带的对接合作及其前景展望"), kind: .panel,
            slot: try Slot(room: id, start: at("09:00"), end: at("10:00")))))
    }
    for (index, event) in events.enumerated() {
      try model.apply(
        .scheduling(event), Origin(position: index + 1, actor: "anna", recordedAt: Timestamp(microseconds: 0))
      )
    }
    return model
  }

  /// The columns in which a line has one of these signs.
  private func places(_ signs: Set<Character>, in line: String) -> [Int] {
    line.indices.filter { signs.contains(line[$0]) }.map { String(line[..<$0]).columns }
  }

  @Test(arguments: [40, 60, 80, 200]) func `keeps its grid at every width, and short names whole`(width: Int)
    throws
  {
    setlocale(LC_CTYPE, "C.UTF-8")
    let lines = Agenda(model: try program(), languages: [.english], day: nil, width: width).lines()
    var borders: [Int] = []
    for (index, line) in lines.enumerated() {
      #expect(line.columns <= width, "\(line)")
      if index + 1 < lines.count, lines[index + 1].contains("┼") {
        borders = places(["┼"], in: lines[index + 1])
      }
      let own = places(["│", "┼"], in: line)
      // What is empty at the end of a line is not written.
      if !own.isEmpty { #expect(own == Array(borders.prefix(own.count)), "\(line)") }
    }
    #expect(lines.contains { $0.contains(Self.long) })
  }

  @Test func `does not fall over on a screen without room`() throws {
    for width in [1, 5, 8, 12] {
      #expect(!Agenda(model: try program(), languages: [.english], day: nil, width: width).lines().isEmpty)
    }
  }
}
