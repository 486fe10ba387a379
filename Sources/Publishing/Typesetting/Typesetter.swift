package import EventLog
package import Foundation
import JSON
import Vocabulary

/// Typesets documents as PDF with Typst.
package enum Typesetter {
  /// Says what failed, where, and what helps. It contains no personal data.
  package struct Failure: HintedError, Equatable {
    package let description: String
    var hints: [Hint] = []
    /// No font here has some characters of the document.
    package fileprivate(set) var isAboutCharacters = false

    package var texts: [HintedText] {
      [HintedText(description, hints, advises: hints == [.replaceMissing])]
    }
  }

  /// Typesets a document as PDF/UA-1.
  ///
  /// For an imposed document, the finished pages are then placed on sheets for folding and stapling. The
  /// result is a plain PDF, because Typst cannot embed a PDF in an accessible one.
  ///
  /// The same document and templates give the same bytes.
  ///
  /// - Parameters:
  ///   - templates: an organizer's copy of the templates. Missing files are taken from Plenary's own. Nil for
  ///     Plenary's own.
  ///   - typst: the program; see ``find(environment:)``.
  ///   - fontPaths: directories; see ``fontPaths(environment:)``. Typst searches no others, so other
  ///     installed fonts have no effect.
  ///   - pictures: the files of the document's pictures, by the names that it has for them.
  /// - Throws: ``Failure``.
  package static func pdf(
    _ document: some PrintedDocument, templates: URL? = nil, typst: String, fontPaths: [String],
    pictures: [String: Data] = [:]
  ) async throws -> Data {
    let template = type(of: document).template + ".typ"
    var (text, data) = try printable(document, templates: templates, fontPaths: fontPaths)
    let accessible = ["--pdf-standard", "ua-1"]
    let typesetting = Typesetting(typst: typst, templates: templates, fontPaths: fontPaths)
    let beside = pictures.sorted { $0.key < $1.key }.map { (name: $0.key, bytes: $0.value) }
    do {
      var pages = try await typesetting.pdf(template, accessible, beside: [("data.json", data)] + beside)
      // Templates estimate how much fits. What came out longer is set again, as if it had to be shorter by so much.
      if let most = document.mostPages {
        var aim = most
        for _ in 0..<2 {
          guard let count = PDFMetadata.pages(pages), count > most, aim > count - most else { break }
          aim -= count - most
          text["pages"] = .integer(aim)
          data = try JSONText.data(text)
          pages = try await typesetting.pdf(template, accessible, beside: [("data.json", data)] + beside)
        }
      }
      guard document.imposed else { return pages }
      text["keywords"] = .array(PDFMetadata.keywords(pages).map { .string($0) })
      data = try JSONText.data(text)
      return try await typesetting.pdf(
        "imposition.typ", [], beside: [("data.json", data), ("pages.pdf", pages)])
    } catch let refused as Typesetting.Refused {
      throw failure(refused.messages, template, data)
    }
  }

  /// Whether the command that prints such a document has --replace-missing. The change sheet is also the errata slip.
  private static func isReplaceable(_ kind: String) -> Bool {
    PrintKind(rawValue: kind) != nil || kind == ChangeSheetDocument.template
  }

  /// The document as its template reads it, with the fonts of characters that the usual ones do not have.
  ///
  /// - Throws: ``Failure``, which names every character that no font can show, and its place.
  private static func printable(_ document: some PrintedDocument, templates: URL?, fontPaths: [String])
    throws -> (text: JSONValue, data: Data)
  {
    let encoded = try JSONText.encode(document)
    var text = try JSONText.value(from: encoded)
    let glyphs = Glyphs(Fonts(fontPaths, usual: try usualFonts(templates)))
    let found = glyphs.findings(in: text)
    let isReplaceable = isReplaceable(document.header.kind)
    let fonts = JSONValue.object(found.fonts.mapValues { .string($0) })
    if document.header.replaceMissing {
      text = found.replacingMissing(in: text)
      text["fonts"] = fonts
      return (text, try JSONText.data(text))
    }
    if let refusal = found.refusal(in: text, isLasting: !isReplaceable) {
      throw Failure(
        description: refusal, hints: isReplaceable ? [.replaceMissing] : [], isAboutCharacters: true)
    }
    var added = ["fonts": fonts]
    if !found.unread.isEmpty { added["unread"] = .integer(found.unread.count) }
    for (name, value) in added { text[name] = value }
    // Only this is new; all the rest is not written again.
    return (text, Data((encoded.dropLast() + "," + (try JSONText.encode(added)).dropFirst()).utf8))
  }

  /// A sentence for each character of a value's texts that could not be printed, or stands for one that could not be read, and
  /// where it is: `No font here has U+E000 in the title of session “opening”.`
  ///
  /// - Returns: of characters without a font nothing if there are no fonts here, so that a desk without them is not warned of
  ///   every name.
  package static func unprintable(
    in value: some Encodable, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> [String] {
    let json = try JSONText.encode(value)
    // Of an import of thousands of texts, only few have others.
    if Glyphs.isCommon(json) { return [] }
    let text = try JSONText.value(from: json)
    let found = Glyphs(Fonts(fontPaths(environment: environment), usual: try usualFonts())).findings(in: text)
    return found.problems(in: text)
  }

  /// The families in which every text is searched first, in order.
  ///
  /// - Parameter own: an organizer's templates, which can have a list of their own.
  static func usualFonts(_ own: URL? = nil) throws -> [String] {
    let list = own.flatMap { try? Data(contentsOf: $0.appending(path: "fonts.json")) }
    do {
      return try JSONDecoder().decode([String].self, from: list ?? Data(PackageResources.fonts_json))
    } catch {
      throw Failure(description: "fonts.json in your templates is not a list of font families.")
    }
  }

  /// Finds Typst: `PLENARY_TYPST`, else the first `typst` on the path, else the one that `Scripts/setup`
  /// installed for this user or for all users.
  ///
  /// - Throws: ``Failure``.
  package static func find(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> String {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let named = value("PLENARY_TYPST") {
      guard isProgram(named) else {
        throw Failure(
          description: "PLENARY_TYPST names “\(named)”, which is not a program; correct it or unset it.")
      }
      return named
    }
    let data = value("XDG_DATA_HOME") ?? value("HOME").map { $0 + "/.local/share" }
    let places =
      (value("PATH") ?? "").split(separator: ":").map { "\($0)/typst" }
      + (data.map { [$0 + "/plenary/typst"] } ?? []) + ["/usr/local/lib/plenary/typst"]
    guard let found = places.first(where: isProgram) else {
      throw Failure(
        description: "Typst, which typesets documents, was not found; run Scripts/setup, or set "
          + "PLENARY_TYPST to its path.")
    }
    return found
  }

  /// The directories with the Noto fonts: those in `PLENARY_FONTS`, separated by colons, then the usual ones
  /// that exist.
  package static func fontPaths(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> [String] {
    let named = (environment["PLENARY_FONTS"] ?? "").split(separator: ":").map(String.init)
    let usual = [
      "/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto",
      "/usr/share/fonts/noto-cjk", "/usr/share/fonts/google-noto", "/usr/local/share/fonts",
    ]
    return named + usual.filter { FileManager.default.fileExists(atPath: $0) }
  }

  /// Writes Plenary's templates into a directory, where an organizer can change them.
  package static func copyTemplates(to directory: URL) throws {
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    // Never overwrite an organizer's own templates.
    for name in templates.map(\.name) + ["all-labels.json"] {
      let path = directory.appending(path: name).path
      guard !FileManager.default.fileExists(atPath: path) else {
        throw Failure(
          description: "That folder already has a file \(name); choose another folder, or move the file away."
        )
      }
    }
    for (name, bytes) in templates {
      try Data(bytes).write(to: directory.appending(path: name))
    }
    try Words.file().write(to: directory.appending(path: "all-labels.json"))
  }

  /// A hash of the typesetting: SHA-256 over the templates and Typst's version, 64 hexadecimal digits.
  ///
  /// - Parameter templates: an organizer's own templates, which replace Plenary's.
  package static func fingerprint(templates own: URL?, typst: String) async throws -> String {
    let version = try await Typesetting.version(of: typst)
    var text = version
    for (name, bytes) in templates {
      let replaced = own.flatMap { try? Data(contentsOf: $0.appending(path: name)) }
      text += "\n\(name) \(hexadecimal(sha256(replaced.map { Array($0) } ?? bytes)))"
    }
    return hexadecimal(sha256(text))
  }

  package static var templateNames: Set<String> { Set(templates.map(\.name)) }

  static let templates: [(name: String, bytes: [UInt8])] = [
    ("fonts.json", PackageResources.fonts_json),
    ("common.typ", PackageResources.common_typ),
    ("people.typ", PackageResources.people_typ),
    ("booklet.typ", PackageResources.booklet_typ),
    ("participants.typ", PackageResources.participants_typ),
    ("proceedings.typ", PackageResources.proceedings_typ),
    ("record-indexes.typ", PackageResources.record_indexes_typ),
    ("sign-in.typ", PackageResources.sign_in_typ),
    ("pocket.typ", PackageResources.pocket_typ),
    ("wall-grid.typ", PackageResources.wall_grid_typ),
    ("day-sheets.typ", PackageResources.day_sheets_typ),
    ("door-signs.typ", PackageResources.door_signs_typ),
    ("itineraries.typ", PackageResources.itineraries_typ),
    ("chair-sheets.typ", PackageResources.chair_sheets_typ),
    ("place-cards.typ", PackageResources.place_cards_typ),
    ("badges.typ", PackageResources.badges_typ),
    ("check-in.typ", PackageResources.check_in_typ),
    ("corrections.typ", PackageResources.corrections_typ),
    ("corrigendum.typ", PackageResources.corrigendum_typ),
    ("change-sheet.typ", PackageResources.change_sheet_typ),
    ("imposition.typ", PackageResources.imposition_typ),
  ]

  private static func isProgram(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && !isDirectory.boolValue && FileManager.default.isExecutableFile(atPath: path)
  }

  /// Explains Typst's error to people who do not know Typst.
  private static func failure(_ messages: String, _ template: String, _ data: Data) -> Failure {
    if let missing = Glyphs.missing(messages, in: data) {
      return Failure(description: missing, isAboutCharacters: true)
    }
    let first = messages.firstMatch(of: /(?m)^error: (.+)$/)
    let place = messages.firstMatch(of: /(?m)^ *┌─ (.+?):(\d+):\d+ *$/)
    guard let first else {
      return Failure(
        description: "Typst could not typeset \(template): "
          + (messages.isEmpty ? "it gave no reason." : trimming(messages)))
    }
    guard let place else { return Failure(description: "Typst could not typeset \(template): \(first.1).") }
    let file = place.1.split(separator: "/").last.map(String.init) ?? template
    return Failure(
      description: "The template \(file) has an error in line \(place.2): \(first.1).")
  }
}
