package import EventLog
package import Foundation
import JSON
import Subprocess
import Vocabulary

/// Typesets documents as PDF with Typst.
package enum Typesetter {
  /// Says what failed, where, and what helps. It contains no personal data.
  package struct Failure: HintedError, Equatable {
    package let description: String
    var hints: [Hint] = []

    package var texts: [HintedText] { [HintedText(description, hints)] }
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
  /// - Throws: ``Failure``.
  package static func pdf(
    _ document: some PrintedDocument, templates: URL? = nil, typst: String, fontPaths: [String]
  ) async throws -> Data {
    let data = try JSONText.data(document)
    try Glyphs.refuseReplacementCharacter(in: data)
    let directory = try makeDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    try copyTemplates(to: directory)
    if let templates { try copy(templates, over: directory) }
    try data.write(to: directory.appending(path: "data.json"))

    let accessible = ["--pdf-standard", "ua-1"]
    func set(_ template: String, as output: String, _ options: [String]) async throws -> Data {
      let output = directory.appending(path: output)
      let arguments =
        ["compile", "--root", directory.path(percentEncoded: false), "--ignore-system-fonts"] + options
        + fontPaths.flatMap { ["--font-path", $0] } + [
          directory.appending(path: template).path(percentEncoded: false),
          output.path(percentEncoded: false),
        ]
      let (succeeded, messages) = try await run(typst, arguments)
      guard succeeded, let pdf = try? Data(contentsOf: output) else {
        throw failure(messages, template, data)
      }
      return pdf
    }
    let template = type(of: document).template + ".typ"
    guard document.imposed else { return try await set(template, as: "plenary-output.pdf", accessible) }
    _ = try await set(template, as: "pages.pdf", accessible)
    return try await set("imposition.typ", as: "plenary-output.pdf", [])
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
    for (name, _) in templates {
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
  }

  /// A hash of the typesetting: SHA-256 over the templates and Typst's version, 64 hexadecimal digits.
  ///
  /// - Parameter templates: an organizer's own templates, which replace Plenary's.
  package static func fingerprint(templates own: URL?, typst: String) async throws -> String {
    let (_, version) = try await run(typst, ["--version"])
    var text = version
    for (name, bytes) in templates {
      let replaced = own.flatMap { try? Data(contentsOf: $0.appending(path: name)) }
      text += "\n\(name) \(hexadecimal(sha256(replaced.map { Array($0) } ?? bytes)))"
    }
    return hexadecimal(sha256(text))
  }

  private static let templates: [(name: String, bytes: [UInt8])] = [
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

  // MARK: Files

  /// Makes a directory that only this user can read: lists of participants are written to it.
  private static func makeDirectory() throws -> URL {
    // Without symbolic links, because Typst would otherwise see the templates outside its root.
    let directory = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "plenary-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(
      at: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    return directory
  }

  /// Copies an organizer's files (templates, a logo, …) over Plenary's own.
  private static func copy(_ templates: URL, over directory: URL) throws {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(
        atPath: templates.path(percentEncoded: false))
    } catch {
      throw Failure(
        description: "The template directory “\(templates.path(percentEncoded: false))” does not exist.",
        hints: [.exportTemplates])
    }
    for name in names where !name.hasPrefix(".") && name != "data.json" {
      let target = directory.appending(path: name)
      try? FileManager.default.removeItem(at: target)
      try FileManager.default.copyItem(
        at: templates.appending(path: name).resolvingSymlinksInPath(), to: target)
    }
  }

  private static func isProgram(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && !isDirectory.boolValue && FileManager.default.isExecutableFile(atPath: path)
  }

  // MARK: Typst

  private static func run(_ typst: String, _ arguments: [String]) async throws -> (Bool, String) {
    // Passes on only these variables; SOURCE_DATE_EPOCH and TYPST_FONT_PATHS would change the bytes.
    let kept: [Environment.Key: String] = Dictionary(
      uniqueKeysWithValues: ["PATH", "HOME", "TMPDIR"].compactMap { name in
        ProcessInfo.processInfo.environment[name].map { (Environment.Key(rawValue: name)!, $0) }
      })
    do {
      let result = try await Subprocess.run(
        // Subprocess searches a name on the path; the shell takes a path.
        .name("sh"), arguments: Arguments(["-c", "exec \"$0\" \"$@\"", typst] + arguments),
        environment: .custom(kept), output: .string(limit: 1 << 20), error: .combinedWithOutput)
      return (result.terminationStatus.isSuccess, result.standardOutput)
    } catch {
      throw Failure(description: "Typst (\(typst)) could not be run: \(error)")
    }
  }

  /// Explains Typst's error to people who do not know Typst.
  private static func failure(_ messages: String, _ template: String, _ data: Data) -> Failure {
    if let missing = Glyphs.missing(messages, in: data) { return missing }
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
