import JSON
import Vocabulary

/// What other programs write about a conference, as facts.
package enum Interchange {
  /// All formats. The first that recognizes a file reads it, so the particular ones come before the general ones.
  package static let readers: [any ForeignReader.Type] = [
    PlenaryJSON.self, ScheduleXML.self, ScheduleJSON.self, SessionJSON.self, Indico.self, Sessionize.self,
    OpenEvent.self,
    Pretalx.self,
    SessionList.self, ICalendar.self, XLSX.self, CSV.self,
  ]

  /// Larger files are refused, in every format.
  package static let largestFile = 1 << 29

  /// Finds the format of the files by their contents, and reads them.
  ///
  /// Several files must have the same format: the sessions and the speakers of one export. Files that no reader
  /// recognizes are left out with a remark, if there is another one that is read.
  /// - Parameter mappings: for tables, by the names of the files; those without are guessed (`Table.guess`).
  /// - Throws: `Unreadable`, and what reading the bytes throws.
  package static func read(
    _ source: ForeignSource, mappings: [String: ColumnMapping] = [:]
  ) throws -> (format: any ForeignReader.Type, conference: ForeignConference) {
    let (format, readable, remarks) = try recognize(source)
    let isTable = format == CSV.self || format == XLSX.self
    var conference = isTable ? try CSV.read(readable, mappings: mappings) : try format.read(readable)
    conference.remarks = remarks + conference.remarks
    return (format, conference)
  }

  /// The format of the files, and those of them that have it.
  package static func recognize(
    _ source: ForeignSource
  ) throws -> (format: any ForeignReader.Type, readable: ForeignSource, remarks: [Remark]) {
    var found: (any ForeignReader.Type)?
    var readable: [ForeignSource.File] = []
    var unknown: [ForeignSource.File] = []
    for file in source.files {
      guard file.count > 0 || source.files.count > 1 else {
        throw Unreadable("The file “\(excerpt(file.name))” is empty.")
      }
      guard file.count <= largestFile else {
        throw Unreadable(
          "The file “\(excerpt(file.name))” has \(file.count / 1_000_000) MB; at most \(largestFile / 1_000_000) MB are read."
        )
      }
      let beginning = try file.beginning
      guard let reader = readers.first(where: { $0.recognizes(beginning) }) else {
        unknown.append(file)
        continue
      }
      if let found, found != reader {
        throw Unreadable(
          "“\(excerpt(readable[0].name))” is \(found.name), and “\(excerpt(file.name))” is \(reader.name). Import them one after the other."
        )
      }
      found = reader
      readable.append(file)
    }
    guard let found else {
      if let first = unknown.first { try OtherFile.refuse(first) }
      // JSON that is broken is told as such, with the place.
      if let first = unknown.first, JSONText.start(of: try first.beginning[...]) != nil {
        _ = try first.json()
      }
      let names = readers.map { $0.name }
      throw Unreadable(
        source.files.isEmpty
          ? "There is no file to read."
          : "The format of “\(excerpt(source.files[0].name))” is not known. Formats that are: \(list(names))."
      )
    }
    return (
      found, ForeignSource(readable),
      unknown.map { Remark("The file “\(excerpt($0.name))” was not read: its format is not \(found.name).") }
    )
  }
}
