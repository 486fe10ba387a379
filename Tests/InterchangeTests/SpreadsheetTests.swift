import Foundation
import Interchange
import Publishing
import Specification
import Testing
import Vocabulary

/// Tables that Plenary writes for spreadsheets.
struct `A table for spreadsheets` {
  private var table: Spreadsheet {
    var table = Spreadsheet(header: ["Title", "Room", "Seats"])
    table.add(["=1+1", "Aula; \"big\"", "300"])
    table.add(["-5 degrees", "+7, or @home", "007"])
    table.add(["会议 <b>&", "two\nlines", ""])
    return table
  }

  @Test func `is CSV whose cells run no formulas, with commas or semicolons, with or without a mark`() {
    #expect(
      table.csv()
        == "Title,Room,Seats\r\n'=1+1,\"Aula; \"\"big\"\"\",300\r\n'-5 degrees,\"'+7, or @home\",007\r\n会议 <b>&,\"two\nlines\",\r\n"
    )
    let excel = table.csv(CSVStyle(semicolons: true, byteOrderMark: true))
    #expect(excel.unicodeScalars.first == "\u{FEFF}")
    #expect(excel.contains("'=1+1;\"Aula; \"\"big\"\"\";300\r\n'-5 degrees;'+7, or @home;007\r\n"))
    var dangerous = Spreadsheet(header: ["a"])
    for start in ["=", "+", "-", "@", "\t", "\r", "＝"] { dangerous.add([start + "x"]) }
    #expect(
      dangerous.csv().split(separator: "\r\n").dropFirst().allSatisfy {
        $0.hasPrefix("'") || $0.hasPrefix("\"'")
      })
  }

  @Test func `is read again as it was, from CSV and from a workbook`() throws {
    for style in [CSVStyle(), CSVStyle(semicolons: true, byteOrderMark: true)] {
      let read = try read(table.csv(style))
      #expect(read.titles == ["=1+1", "-5 degrees", "会议 <b>&"])
    }
    let workbook = try table.workbook(title: "Sessions", made: "2016-03-25")
    let (format, facts) = try Interchange.read(ForeignSource(bytes: [UInt8](workbook)))
    #expect(format.name == "XLSX" && facts.titles == ["=1+1", "-5 degrees", "会议 <b>&"])
  }

  @Test func `keeps an apostrophe that a text begins with, and tells of one that was left out`() throws {
    var table = Spreadsheet(header: ["Title", "Room"])
    let titles = ["'=1+1", "''-less", "'tis", "-less", "'", "'会议"]
    for title in titles { table.add([title, "Aula"]) }
    #expect(table.csv().contains("''=1+1,Aula\r\n'''-less,Aula\r\n'tis,Aula\r\n'-less,Aula\r\n',Aula"))
    #expect(try read(table.csv()).titles == titles)
    let foreign = try read("Title,Room\nOne,Aula\n'-less,Aula\n'=1+1,Aula\n")
    #expect(foreign.titles == ["One", "-less", "=1+1"])
    #expect(
      foreign.remarkTexts == [
        "3: The apostrophe before “-less” and 1 other text was left out: it keeps spreadsheets from taking a text for a formula.",
        "3 sessions have a room but no time. The rooms were read, but a session without a time is in no room.",
      ])
  }

  /// The largest whole numbers are texts, because a spreadsheet would round them.
  @Test(arguments: [Int.min, .min + 1, -1_000_000_000_000_000, 0, 1_000_000_000_000_000, .max])
  func `has any whole number in a workbook`(number: Int) throws {
    var table = Spreadsheet(header: ["Title", "Room"])
    table.add(["\(number)", "Aula"])
    let workbook = try table.workbook(title: "Sessions", made: "2016-03-25")
    #expect(try Interchange.read(ForeignSource(bytes: [UInt8](workbook))).conference.titles == ["\(number)"])
  }

  /// Excel counts some signs twice.
  @Test func `has a sheet with any title, and texts of any length`() throws {
    var table = Spreadsheet(header: ["Title", "Room"])
    table.add([String(repeating: "🎻", count: 20_000), "Aula"])
    let workbook = try table.workbook(title: String(repeating: "e\u{301}", count: 31), made: "2016-03-25")
    let titles = try Interchange.read(ForeignSource(bytes: [UInt8](workbook))).conference.titles
    #expect(titles == [String(repeating: "🎻", count: 16_383) + "…"])
  }

  @Test(arguments: [16_385, 70_000])
  func `is no workbook if a sheet cannot hold it, so that nothing is left out`(columns: Int) {
    #expect(throws: WorkbookFailure.self) {
      try Spreadsheet(header: Array(repeating: "A", count: columns)).workbook(title: "A", made: "2016-03-25")
    }
  }

  @Test func `is the same workbook every time`() throws {
    #expect(
      try table.workbook(title: "Sessions", made: "2016-03-25")
        == table.workbook(title: "Sessions", made: "2016-03-25"))
    let empty = try Spreadsheet(header: ["A"]).workbook(title: "[]:*?/\\'", made: "2016-03-25")
    #expect(empty.starts(with: Array("PK".utf8)))
  }

  @Test(
    .enabled(
      if: Python.hasOpenpyxl, "needs openpyxl for /usr/bin/python3; Scripts/setup --for test brings it"))
  func `is a workbook for other programs: texts are texts, whole numbers are numbers`() throws {
    var table = table
    table.add([String(repeating: "x", count: 40_000), "12345678901234567890", "-3"])
    let file = FileManager.default.temporaryDirectory.appending(path: "plenary-\(UUID().uuidString).xlsx")
    try table.workbook(title: String(repeating: "S", count: 40), made: "2016-03-25").write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import sys, json, openpyxl
      book = openpyxl.load_workbook(sys.argv[1])
      sheet = book.active
      print(json.dumps({
        "sheets": [len(name) for name in book.sheetnames], "frozen": sheet.freeze_panes, "filter": sheet.auto_filter.ref,
        "created": str(book.properties.created.date()),
        "types": ["".join(cell.data_type for cell in row) for row in sheet.iter_rows()],
        "cells": [[cell.value for cell in row] for row in sheet.iter_rows(max_row=4)],
        "long": len(sheet.cell(5, 1).value)}, ensure_ascii=False))
      """
    let read = try #require(
      try JSONSerialization.jsonObject(with: Python.run(script, file.path)) as? NSDictionary)
    #expect(
      read == [
        "sheets": [31], "frozen": "A2", "filter": "A1:C5", "created": "2016-03-25", "long": 32_767,
        // s: text, n: number or empty.
        "types": ["sss", "ssn", "sss", "ssn", "ssn"],
        "cells": [
          ["Title", "Room", "Seats"], ["=1+1", "Aula; \"big\"", 300], ["-5 degrees", "+7, or @home", "007"],
          ["会议 <b>&", "two\nlines", NSNull()],
        ],
      ] as NSDictionary)
  }
}

private enum Python {
  private static let path = "/usr/bin/python3"

  static let hasOpenpyxl = (try? run("import openpyxl; print(1)")) == Data("1\n".utf8)

  static func run(_ script: String, _ arguments: String...) throws -> Data {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: path)
    process.arguments = ["-c", script] + arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data
  }
}
