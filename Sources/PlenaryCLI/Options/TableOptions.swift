import ArgumentParser
import Foundation
import Plenary
import Publishing
import Vocabulary

/// How CSV is written.
struct CSVOptions: ParsableArguments {
  @Flag(help: "Start the CSV with a byte order mark, which Excel needs.") var bom = false
  @Flag(
    help:
      "Semicolons between the columns of the CSV (default: commas). Excel needs them where numbers have a decimal comma."
  )
  var semicolons = false

  var style: CSVStyle { CSVStyle(semicolons: semicolons, byteOrderMark: bom) }

  /// - Throws: `ValidationError` if one is given without CSV.
  func check(isCSV: Bool) throws {
    if bom, !isCSV { throw ValidationError("--bom is only for csv.") }
    if semicolons, !isCSV { throw ValidationError("--semicolons is only for csv.") }
  }
}

/// How a command shows its table: on the terminal, or for spreadsheets.
struct TableOptions: ParsableArguments {
  @Flag(help: "Print the table as comma-separated values (CSV), with whole texts.") var csv = false
  @OptionGroup var style: CSVOptions
  @Option(help: ArgumentHelp("Write the table into this file, as an Excel workbook.", valueName: "file"))
  var xlsx: String?
  @Option(
    parsing: .upToNextOption,
    help: "Only these columns, in this order, by their headings: name title (default: all).")
  var columns: [String] = []

  var isForSpreadsheets: Bool { csv || xlsx != nil }
  /// The columns that are wanted; commas separate them too. None: all.
  var headings: [String] {
    columns.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  func validate() throws {
    try style.check(isCSV: csv)
    if csv, xlsx != nil { throw ValidationError("--csv and --xlsx cannot both be given.") }
    if xlsx == "" { throw ValidationError("--xlsx takes the name of a file.") }
    // What is between commas is a heading too.
    if headings.contains("") { throw ValidationError("--columns takes headings; one of these is empty.") }
  }

  /// - Throws: `ValidationError` if a result as JSON is asked for too.
  static func check(_ arguments: [String]) throws {
    let words = arguments.prefix { $0 != "--" }
    guard words.contains("--json") else { return }
    for option in ["--csv", "--xlsx", "--columns"]
    where words.contains(where: { $0 == option || $0.hasPrefix(option + "=") }) {
      throw ValidationError("--json and \(option) cannot both be given.")
    }
  }
}

extension TextTable {
  /// Prints the table as the options say.
  ///
  /// - Parameters:
  ///   - title: of the sheet of a workbook: `rooms`.
  ///   - nothing: the note for standard error if the table has no rows.
  ///   - isPrivate: whether it has personal data. A new file is then readable by its owner only.
  func print(_ options: TableOptions, title: String, isPrivate: Bool = false, nothing: String) throws {
    let chosen = try choosing(options.headings)
    if !options.isForSpreadsheets { return chosen.print(nothing: nothing) }
    if rows.isEmpty { Console.error(nothing) }
    var sheet = Spreadsheet(header: chosen.headings)
    for row in chosen.rows { sheet.add(row) }
    guard let path = options.xlsx else { return Console.write(Data(sheet.csv(options.style.style).utf8)) }
    // The same table gives the same file on every day.
    let workbook = try sheet.workbook(title: title, made: CalendarDate("2000-01-01"))
    let written = try OutputFile(path).write(workbook, isPrivate: isPrivate)
    if written == .standardOutput { return }
    Console.print(path)
    if written == .replaced { Console.error("Replaced the earlier file \(path).") }
  }

  /// - Parameter columns: headings in any case; none: all columns.
  /// - Throws: `Failure` for one that the table does not have.
  private func choosing(_ columns: [String]) throws -> TextTable {
    if columns.isEmpty { return self }
    let indices = try columns.map { wanted in
      let heading = wanted.uppercased().replacing("-", with: " ")
      guard let index = headings.firstIndex(of: heading) else {
        throw Failure(
          .wrongUsage,
          "This list has no column “\(wanted)”; it has \(headings.map { $0.lowercased().replacing(" ", with: "-") }.joined(separator: ", "))."
        )
      }
      return index
    }
    return TextTable(
      headings: indices.map { headings[$0] }, rows: rows.map { row in indices.map { row[$0] } })
  }
}
