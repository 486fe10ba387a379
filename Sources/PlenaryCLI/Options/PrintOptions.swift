import ArgumentParser
import EventLog
import Foundation
import Glibc
import Plenary
import Publishing
import ReadModels
import Record
import Scheduling
import Vocabulary

/// The options of all commands that write a document: PDF, HTML, JSON or an export.
struct PrintOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help:
      "Output file, or - for standard output (default: a file in the current directory). With --json, the path is in a JSON object."
  )
  var output: String?

  /// What a command with `--json` says about a document that it wrote into a file.
  private struct Report: Encodable {
    var file: String
    var kind: String?
    var bytes: Int
    var replaced: Bool
    /// Its number in the print ledger.
    var print: Int?
  }

  @Option(
    parsing: .upToNextOption,
    help: "Languages to print, in this order: en zh (default: the conference's languages).")
  var languages: [String] = []

  func validate() throws {
    if output == "" { throw ValidationError("--output takes the name of a file, or - for standard output.") }
  }

  /// - Throws: `Failure` for a language in which neither the conference has texts nor Plenary has labels.
  func settings(_ conference: ConferenceContext) throws -> PrintSettings {
    var settings = PrintSettings()
    let wanted = try languages.map { try Language($0) }
    let own = conference.languages.map(\.primary)
    if let unknown = wanted.first(where: { !$0.hasWords && !own.contains($0.primary) }) {
      throw Failure(
        .refused,
        "Nothing can be printed in “\(unknown)”: labels exist in \(Words.languages.joined(separator: ", ")), and the "
          + "languages of the conference are \(conference.languages.map(\.tag).joined(separator: ", ")).")
    }
    settings.languages = wanted.isEmpty ? nil : wanted
    OwnLabels.noteMissing(in: wanted.isEmpty ? conference.languages : wanted)
    return settings
  }

  /// The name of the output file if none is given: `shanghai-2016-door-signs-2016-03-25.pdf`. It differs for everything
  /// that selects other contents.
  func name(_ conference: ConferenceContext, _ kind: String, _ selection: String?..., suffix: String)
    -> String
  {
    let parts = [conference.id.slug, kind] + selection.compactMap(\.self) + languages
    return parts.map { part in
      part.replacing(/[^\p{L}\p{N}._]+/, with: "-")
    }.joined(separator: "-") + "." + suffix
  }

  /// Writes the document and prints its path. Says so if it replaces a file.
  ///
  /// - Parameters:
  ///   - besideJSON: whether standard output has a JSON document, which the path would spoil.
  ///   - json: the path is printed in a JSON object.
  ///   - kind: `booklet`, `csv`; for that object.
  ///   - isPrivate: whether it has data of attendees. A new file is then readable by its owner only.
  func write(
    _ data: Data, default name: String, besideJSON: Bool = false, json: Bool = false, kind: String? = nil,
    number: Int? = nil, isPrivate: Bool
  ) throws {
    if output == "-" { return Console.write(data) }
    try checkFolder(default: name)
    let path = output ?? name
    let written = try OutputFile(path).write(data, isPrivate: isPrivate)
    if written == .standardOutput { return }
    if besideJSON {
      Console.error("Wrote \(path).")
    } else if json {
      try Console.json(
        .file,
        Report(file: path, kind: kind, bytes: data.count, replaced: written == .replaced, print: number))
    } else {
      Console.print(path)
    }
    if written == .replaced { Console.error("Replaced the earlier file \(path).") }
  }

  /// Looks before anything is recorded.
  ///
  /// - Throws: `Failure` where there is no folder to write the document to, or nothing may be written there.
  func checkFolder(default name: String) throws {
    if output == "-" { return }
    let path = output ?? name
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw Failure(
        .failed, "Cannot write \(path): the folder \(folder.relativePath) does not exist; create it first.",
        code: .file)
    }
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isFolder.boolValue { throw Failure(writing: path, POSIXError(.EISDIR)) }
    if access(exists ? path : folder.path, exists ? W_OK : W_OK | X_OK) != 0 {
      throw Failure(writing: path, POSIXError(POSIXErrorCode(rawValue: errno) ?? .EACCES))
    }
  }

  /// - Throws: `ValidationError` where the document and a report as JSON would both go to standard output.
  func validate(besideJSON: Bool) throws {
    if besideJSON, output == "-" {
      throw ValidationError("--json and --output - cannot both be given: give a file.")
    }
  }
}

/// The option of commands that print PDF.
struct TemplateOptions: ParsableArguments {
  @Option(
    name: .customLong("templates"),
    help: ArgumentHelp(
      "Folder with your own templates; see “plenary program template export”.", valueName: "templates"))
  var folder: String?

  /// Takes the labels of the folder before any document is made.
  ///
  /// - Throws: `ValidationError` for a folder that has nothing of what is looked for in it.
  func validate() throws {
    if let folder, let files = try? FileManager.default.contentsOfDirectory(atPath: folder),
      !files.contains(where: { $0 == "labels.json" || Typesetter.templateNames.contains($0) })
    {
      throw ValidationError(
        "“\(folder)” has no template such as common.typ, and no labels.json; give a folder that “plenary program template export” "
          + "wrote.")
    }
    guard let labels = folder.map({ $0 + "/labels.json" }), FileManager.default.fileExists(atPath: labels)
    else {
      return
    }
    try OwnLabels.use(labels)
  }

  /// - Throws: `ValidationError` for a format that has no template.
  func validate(format: String) throws {
    if format != "pdf", folder != nil { throw ValidationError("--templates requires --format pdf.") }
  }

  func printer(_ conference: ConferenceContext, pictures: PictureOptions? = nil) -> DocumentPrinter {
    DocumentPrinter(
      conference, templates: folder.map { URL(fileURLWithPath: $0) }, pictures: pictures?.pictures)
  }
}

/// The logo and the sponsors.
struct PictureOptions: ParsableArguments {
  @Option(
    name: .customLong("pictures"),
    help: ArgumentHelp(
      "Folder with a logo and sponsors: PNG or SVG files, and \(PictureFolder.list) (default: no pictures).",
      discussion: """
        \(PictureFolder.list) says what each picture is for, and what it shows, for people who do not see it: \
        [{"file": "forum.svg", "use": "logo", "text": "Shanghai Forum"}, {"file": "acme.png", "use": "sponsor", \
        "text": {"en": "Acme Ltd.", "zh": "埃克米"}}]. A print ledger keeps which pictures they were, not the files: a \
        reprint needs the folder again. With --grey, pictures keep their colours.
        """, valueName: "folder"))
  var folder: String?

  var pictures: PictureFolder? { folder.map { PictureFolder($0) } }

  /// - Throws: `ValidationError` for a kind, or a format, that has no pictures.
  func validate(_ kind: PrintKind, format: String) throws {
    guard folder != nil else { return }
    guard kind.hasPictures else {
      let kinds = PrintKind.allCases.filter(\.hasPictures).map(\.rawValue)
      throw ValidationError("--pictures is for \(kinds.joined(separator: ", ")), not for \(kind.rawValue).")
    }
    if format != "pdf", format != "json" {
      throw ValidationError("--pictures requires --format pdf or json.")
    }
  }

  /// - Throws: `Failure` for a picture that cannot be printed.
  func apply(to settings: inout PrintSettings, _ conference: ConferenceContext) throws {
    guard let pictures else { return }
    settings.pictures = try pictures.pictures(in: conference.languages.first ?? .english)
  }
}

enum Paper: String, ExpressibleByArgument, CaseIterable {
  case a5, a4, letter, a3, a2, a1, a0
}

struct SheetOptions: ParsableArguments {
  @Option(
    help:
      "Paper: a4, letter; day sheets also a3, wall grid a3, a2, a1, a0; errata slip a5 (default: by kind).")
  var paper: Paper?
  @Flag(help: "Print in black, white and grey, without colours.") var grey = false
  @OptionGroup var characters: CharacterOptions

  var isGiven: Bool { paper != nil || grey || characters.replaceMissing }

  func apply(to settings: inout PrintSettings) {
    settings.paper = paper?.rawValue
    settings.grey = grey ? true : nil
    characters.apply(to: &settings)
  }
}

/// What happens to characters that no font has.
struct CharacterOptions: ParsableArguments {
  @Flag(help: "Print □ for characters that no font has (default: name them all, and print nothing).")
  var replaceMissing = false

  func apply(to settings: inout PrintSettings) {
    settings.replaceMissing = replaceMissing ? true : nil
  }
}

extension PrintKind {
  /// The kinds that “program print” or “attendee print” prints.
  static func kinds(aboutAttendees: Bool) -> [PrintKind] {
    allCases.filter { $0.isAboutAttendees == aboutAttendees }
  }

  /// - Throws: `ValidationError` for a kind, or a format, that no print shop prints.
  func checkPress(format: String) throws {
    guard goesToPress, format == "pdf" || format == "json" else {
      let kinds = Self.kinds(aboutAttendees: isAboutAttendees).filter(\.goesToPress).map(\.rawValue)
      throw ValidationError("--press is for \(list(kinds)) as pdf or json.")
    }
  }

  /// - Throws: `ValidationError` for a kind that the other command prints.
  init(argument: String, aboutAttendees: Bool) throws {
    // Also accepts “grid” and singulars such as “door-sign”.
    let known = Self.allCases.first { $0.rawValue == argument || $0.rawValue == argument + "s" }
    guard let kind = known ?? (argument == "grid" ? .wallGrid : nil) else {
      throw ValidationError(
        "The kinds are \(Self.kinds(aboutAttendees: aboutAttendees).map(\.rawValue).joined(separator: ", "))."
      )
    }
    if kind.isAboutAttendees != aboutAttendees {
      let noun = kind.isAboutAttendees ? "attendee" : "program"
      throw ValidationError("“plenary \(noun) print \(kind.rawValue)” prints it.")
    }
    self = kind
  }
}

extension ProgramFormat: ExpressibleByArgument {}
