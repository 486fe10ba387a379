import Foundation
import Interchange
import Testing

/// Files that are broken, or meant to break what reads them: each is refused with a sentence and a place, or read with
/// remarks.
struct `Hostile and broken files` {
  private static let start = "<schedule><conference><title>C</title></conference>"

  @Test(
    arguments: [
      (
        "<?xml version=\"1.0\"?><!DOCTYPE schedule [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><schedule>&b;</schedule>",
        1, "entities of its own"
      ),
      (
        "<!DOCTYPE schedule [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><schedule>&x;</schedule>", 1,
        "entities of its own"
      ),
      (
        "<!DOCTYPE schedule [<!ENTITY % p SYSTEM \"http://127.0.0.1/x\"> %p;]><schedule/>", 1,
        "entities of its own"
      ),
      ("\(start)\n<day date=\"2027-05-01\"><event>&nbsp;</event></day></schedule>", 2, "not well-formed"),
      ("\(start)\n<day><room></day></schedule>", 2, "not well-formed"),
      ("\(start)\n<day>", 2, "not well-formed"),
      ("\(start)\n<title>\u{1}</title></schedule>", 2, "not well-formed"),
      ("<schedule/>", nil, "no conference and no event"),
      (start + String(repeating: "<a>", count: 1000), 1, "more than 128 deep"),
      (start + "<day><event>" + String(repeating: "<a>", count: 1000), 1, "more than 128 deep"),
      ("\n\n<!DOCTYPE html><html><schedule></html>", 3, "not a schedule"),
      ("<html><schedule/></html>", 1, "but not a schedule"),
      ("{\"schedule\": {\"conference\": {}\n \"days\": []}}", 2, "is not JSON"),
      ("{\"schedule\": {\"conference\": ", 1, "is not JSON"),
      (
        "{\"schedule\": {\"conference\": {\"title\": " + String(repeating: "[", count: 200_000), 1,
        "more than 128 deep"
      ),
      ("[{\"a\": 1}\n {\"b\": 2}]", 2, "is not JSON"),
      (String(repeating: "[", count: 200_000), 1, "more than 128 deep"),
      ("Title,Room\nA,\"open\nB,c\n", 2, "does not end"),
      ("BEGIN:VCALENDAR\n" + String(repeating: "BEGIN:X\n", count: 100), 17, "more than 16 deep"),
      ("a,b\n1,2\n", 1, "no column that looks like a title or a name"),
      ("nothing at all", nil, "format of"), ("", nil, "is empty"),
      ("\u{0}\u{0}\u{0}\u{0}", nil, "format of"), ("[1, 2, 3]", nil, "format of"),
      ("<<<<<<< HEAD\n", nil, "format of"),
    ] as [(String, Int?, String)])
  func `are refused with a sentence and the line`(text: String, line: Int?, sentence: String) throws {
    let why = try #require(whyRefused(ForeignSource(text)))
    #expect(why.text.contains(sentence), "\(why)")
    #expect(why.at?.line == line)
  }

  @Test func `a bomb of entities is refused before it grows`() throws {
    var declarations = "<!ENTITY e0 \"ha\">"
    for level in 1...30 {
      declarations += "<!ENTITY e\(level) \"&e\(level - 1);&e\(level - 1);&e\(level - 1);\">"
    }
    let text =
      "<?xml version=\"1.0\"?><!DOCTYPE schedule [\(declarations)]><schedule><conference><title>&e30;</title></conference></schedule>"
    // 3^30 times “ha” would never end.
    let why = try #require(whyRefused(ForeignSource(text)))
    #expect(why.text.contains("entities") && why.text.count < 500, "\(why)")
  }

  /// Gives as many bytes as are asked for, and counts them.
  private final class Endless: @unchecked Sendable {
    // Only read and written by the one test that has it.
    private(set) var given = 0
    func file(_ start: String, of byte: Character, count: Int) -> ForeignSource.File {
      let start = Array(start.utf8)
      return ForeignSource.File(name: "endless", count: count) { range in
        self.given += range.count
        var bytes = [UInt8](repeating: byte.asciiValue!, count: range.count)
        if range.lowerBound == 0 {
          bytes.replaceSubrange(0..<min(start.count, bytes.count), with: start.prefix(bytes.count))
        }
        return bytes
      }
    }
  }

  @Test(
    arguments: [
      ("<schedule><conference><title>", "x"), ("<schedule><conference title='", "x"),
      ("<schedule><event><a><!--", "-"),
      ("Title,Room\nA,", "x"), ("Title,Room\nA,\"", "x"), ("BEGIN:VCALENDAR\nSUMMARY:", "x"),
      ("Title,Room\n", ","),
      ("{\"schedule\": {\"conference\": \"", "x"), ("<schedule", "x"), ("<schedule>", "<"),
    ] as [(String, Character)])
  func `a gigabyte of one line is refused, not read`(start: String, byte: Character) throws {
    let endless = Endless()
    let huge = try #require(whyRefused(ForeignSource(endless.file(start, of: byte, count: 1 << 30))))
    #expect(huge.text.contains("at most"), "\(huge)")
    #expect(endless.given <= 1 << 17)
    // What is just small enough is not read to its end either.
    let other = Endless()
    let refused = try #require(
      whyRefused(ForeignSource(other.file(start, of: byte, count: Interchange.largestFile))))
    #expect(other.given < 64 << 20, "\(refused)")
  }

  @Test func `numbers and years out of range are told`() throws {
    let read = try read(
      """
      {"schedule": {"conference": {"title": "C", "rooms": [{"name": "R", "capacity": 99999999999999999999999}, {"name": "S", "capacity": -5}],
       "days": [{"date": "2027-05-01", "rooms": {"R": [
        {"id": 1e999, "title": "A", "date": "20008-01-01T10:00:00Z", "duration": "00:30"},
        {"id": 2, "title": "B", "date": "2027-05-01T10:00:00Z", "duration": "99999999999:00"},
        {"id": 3, "title": "C\\ud83d \\u0000\\u202e", "date": "2027-05-01T10:00:00Z", "duration": 30, "persons": [{"name": 5}, null, "X Y"]}]}}]}}}
      """)
    #expect(read.rooms.map(\.capacity) == [nil, nil])
    #expect(read.titles == ["A", "B", "C\u{FFFD}"])
    #expect(read.sessions.map(\.slots.count) == [0, 0, 1])
    #expect(read.remarks.map { $0.at?.line } == [3, 4])
  }

  @Test func `names of files lead nowhere`() {
    let file = ForeignSource.File(name: "../../etc/pass\u{1B}[31mwd\\a.csv", text: "x")
    #expect(file.name == "a.csv")
    #expect(
      whyRefused(ForeignSource(ForeignSource.File(name: "/tmp/x\u{7}", text: "?")))?.text.contains("“x”")
        == true
    )
  }

  @Test func `texts keep no control characters`() throws {
    let read = try read(
      "Title,Room,Abstract\n\"A\u{1B}[31m\u{202E}b\u{FEFF}\",\"R\u{0007}\",\"x\u{8}\r\n<script>alert(1)</script>y\"\n"
    )
    #expect(read.titles == ["A[31mb"])
    #expect(read.roomNames == ["R"])
    #expect(read.sessions[0].abstract == ForeignText("x\ny"))
  }

  @Test func `files of two formats are not read at once`() throws {
    let files = [
      ForeignSource.File(name: "a.csv", text: "Title,Room\nA,B\n"),
      ForeignSource.File(name: "b.ics", text: "BEGIN:VCALENDAR\n"),
    ]
    #expect(
      whyRefused(ForeignSource(files))?.text
        == "“a.csv” is CSV, and “b.ics” is iCalendar. Import them one after the other.")
  }

  @Test func `a file that becomes shorter while it is read is told`() throws {
    let file = ForeignSource.File(name: "x", count: 1000) { _ in Array("Title,Room\n".utf8) }
    #expect(whyRefused(ForeignSource(file))?.text == "The file “x” changed while it was read. Try again.")
  }

  // MARK: Workbooks

  private func zip(
    _ name: String, _ contents: [UInt8], size: UInt32? = nil, method: UInt8 = 0, flags: UInt8 = 0
  ) -> [UInt8] {
    ZipArchive.of([ZipArchive.File(name, contents, size: size, method: method, flags: flags)])
  }

  private func why(_ bytes: [UInt8]) -> String { whyRefused(ForeignSource(bytes: bytes))?.text ?? "" }

  @Test func `a bomb in a workbook is refused before it is unpacked`() throws {
    #expect(why(zip("xl/workbook.xml", [], size: 3_000_000_000)).contains("more than 256 MB"))
  }

  @Test func `a workbook that is none, is protected, or lies is refused`() throws {
    #expect(why(zip("../../x", [1])).contains("no Excel workbook"))
    #expect(why(zip("xl/workbook.xml", [1], flags: 1)).contains("password"))
    #expect(why(zip("xl/workbook.xml", [1, 2, 3], method: 8)).contains("cannot be unpacked"))
    #expect(why(zip("xl/workbook.xml", [1], method: 12)).contains("packed in a way"))
    #expect(why([0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 100)).contains("list of files"))
    // Its sheet says that it has ten bytes, and has more.
    var bytes = [UInt8](try #require(Data(base64Encoded: Tables.workbook)))
    let name = Array("xl/worksheets/sheet7.xml".utf8)
    let place = try #require(bytes.indices.last { bytes[$0...].starts(with: name) })
    bytes.replaceSubrange((place - 46 + 24)..<(place - 46 + 28), with: [10, 0, 0, 0])
    #expect(why(bytes).contains("larger than it says"))
  }

  @Test func `a workbook with a broken sheet is refused, so that no other sheet is taken for it`() throws {
    func book(_ program: String?) -> [UInt8] {
      func row(_ cells: String...) -> String {
        "<row>" + cells.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
      }
      let people =
        "<worksheet><sheetData>\(row("Name", "Biography"))\(row("Ada", "Long"))</sheetData></worksheet>"
      let files = [
        (
          "xl/workbook.xml",
          "<workbook><sheets><sheet name=\"Cover\"/><sheet name=\"Program\"/><sheet name=\"Speakers\"/></sheets></workbook>"
        ), ("xl/worksheets/sheet1.xml", "<worksheet><sheetData></sheetData></worksheet>"),
        ("xl/worksheets/sheet3.xml", people),
      ]
      return ZipArchive.of(
        (files + (program.map { [("xl/worksheets/sheet2.xml", $0)] } ?? [])).map {
          ZipArchive.File($0.0, Array($0.1.utf8))
        })
    }
    #expect(why(book("<worksheet><sheetData><row><c>")) != "")
    #expect(why(book(nil)).contains("its sheet “Program” is missing"))
    let whole = book("<worksheet><sheetData></sheetData></worksheet>")
    #expect(try Interchange.read(ForeignSource(bytes: whole)).conference.people.count == 1)
  }

  // MARK: Real ones

  @Test(
    .enabled(if: Shared.isPresent, "There is no ../shared beside the project."),
    arguments: [
      ("appledouble_AGO_79_2024.txt", "format of"),
      ("fosdem_2026_git_conflict_markers.xml", "not well-formed"),
      ("jats_archiving_1.0_Smallsamples_samplesmall-base1.xml", "format of"),
      ("open_event_missing_comma.json", "is not JSON"),
      ("parlparse_guardian-links.xml", "format of"),
      ("schedule_unrendered_template.xml", "is a template that no program has filled in"),
      ("webvttpy_invalid.vtt", "format of"), ("wpt_newlines.vtt", "format of"),
    ])
  func `that were found in the world are refused`(name: String, sentence: String) throws {
    let why = try #require(whyRefused(ForeignSource(try Shared.file("malformed/" + name))))
    #expect(why.text.contains(sentence), "\(why)")
    if name.contains("conflict") { #expect(why.at?.line == 4053) }
    if name.contains("comma") { #expect(why.at?.column != nil) }
  }

  @Test(.enabled(if: Shared.isPresent, "There is no ../shared beside the project."))
  func `that were found in the world and can be understood are read`() throws {
    let jres = try Interchange.read(
      ForeignSource(try Shared.file("malformed/jres_2022_fold_splits_utf8.ics"))
    ).conference
    #expect(jres.sessions.count == 120)
    #expect(!jres.sessions.contains { $0.title.entries[0].text.contains("\u{FFFD}") })
    let people = try Interchange.read(
      ForeignSource(try Shared.file("malformed/pombola_eastern_cape_cr_only.csv"))
    ).conference
    #expect(people.people.count > 50)
    let jsonp = try Interchange.read(ForeignSource(try Shared.file("malformed/spief_jsonp_wrapper.js")))
      .conference
    #expect(jsonp.sessions.count == 53)
  }

  @Test(.enabled(if: Shared.isPresent, "There is no ../shared beside the project."))
  func `none of those that were found in the world does harm`() throws {
    for file in try FileManager.default.contentsOfDirectory(
      atPath: Shared.data.appending(path: "malformed").path)
    {
      do {
        _ = try Interchange.read(ForeignSource(try Shared.file("malformed/" + file)))
      } catch let error as Unreadable {
        #expect(error.text.hasSuffix("."), "\(file): \(error)")
      }
    }
  }
}
