import EventLog
package import Foundation
import JSON
import Subprocess
import Vocabulary

/// Turns documents into PDF with Typst.
package enum Typesetter {
  /// What cannot be done, where, and what helps; it holds no personal data.
  package struct Failure: Error, Equatable, CustomStringConvertible {
    package let description: String
  }

  /// Sets a document as PDF/UA-1.
  ///
  /// One that is imposed is set so as well, and its finished pages are then placed on sheets for a folder and a
  /// stapler: a plain PDF, because Typst embeds no PDF in an accessible one.
  ///
  /// The same document and templates give the same bytes.
  ///
  /// - Parameters:
  ///   - templates: an organizer's copy of the templates; what it lacks is taken from Plenary's own. Nil: those.
  ///   - typst: the program; see ``find(environment:)``.
  ///   - fontPaths: directories; see ``fontPaths(environment:)``. No others are looked into, so that a font that
  ///     happens to be installed changes nothing.
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

  /// The program that sets type: `PLENARY_TYPST`, else the first `typst` on the path, else the one that
  /// `Scripts/setup` installed for this user or for all.
  ///
  /// - Throws: ``Failure``.
  package static func find(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> String {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let named = value("PLENARY_TYPST") {
      guard isProgram(named) else {
        throw Failure(
          description: "PLENARY_TYPST names “\(named)”, which is no program; take it out, or correct it.")
      }
      return named
    }
    let data = value("XDG_DATA_HOME") ?? value("HOME").map { $0 + "/.local/share" }
    let places =
      (value("PATH") ?? "").split(separator: ":").map { "\($0)/typst" }
      + (data.map { [$0 + "/plenary/typst"] } ?? []) + ["/usr/local/lib/plenary/typst"]
    guard let found = places.first(where: isProgram) else {
      throw Failure(
        description: "There is no Typst, which sets the type of printed documents; run Scripts/setup, or "
          + "name one in PLENARY_TYPST.")
    }
    return found
  }

  /// Where the Noto fonts are: the directories of `PLENARY_FONTS`, parted by colons, then the usual ones that exist.
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

  /// Writes Plenary's templates into a directory, for an organizer to change.
  package static func copyTemplates(to directory: URL) throws {
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    // Somebody's own templates are never written over.
    for (name, _) in templates {
      let path = directory.appending(path: name).path
      guard !FileManager.default.fileExists(atPath: path) else {
        throw Failure(
          description: "There is a \(name) in that folder already; name another, or move it away.")
      }
    }
    for (name, bytes) in templates {
      try Data(bytes).write(to: directory.appending(path: name))
    }
  }

  /// What documents are set with: SHA-256 over the templates and the typesetter's version, 64 hexadecimal
  /// digits.
  ///
  /// - Parameter templates: an organizer's own, which stand in place of Plenary's.
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
    ("change-sheet.typ", PackageResources.change_sheet_typ),
    ("imposition.typ", PackageResources.imposition_typ),
  ]

  // MARK: Files

  /// A directory that nobody else can read: a list of participants passes through it.
  private static func makeDirectory() throws -> URL {
    // Without symbolic links, or Typst would see the templates outside its root.
    let directory = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "plenary-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(
      at: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    return directory
  }

  /// Copies what an organizer's directory has (templates, a logo, …) over what is there.
  private static func copy(_ templates: URL, over directory: URL) throws {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(
        atPath: templates.path(percentEncoded: false))
    } catch {
      throw Failure(
        description: "There is no directory “\(templates.path(percentEncoded: false))” with templates; "
          + "“plenary program template” makes one.")
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
    // Nothing of ours reaches it but where programs are; SOURCE_DATE_EPOCH and TYPST_FONT_PATHS would change the bytes.
    let kept: [Environment.Key: String] = Dictionary(
      uniqueKeysWithValues: ["PATH", "HOME", "TMPDIR"].compactMap { name in
        ProcessInfo.processInfo.environment[name].map { (Environment.Key(rawValue: name)!, $0) }
      })
    do {
      let result = try await Subprocess.run(
        // Subprocess looks a name up on the path; the shell takes a path.
        .name("sh"), arguments: Arguments(["-c", "exec \"$0\" \"$@\"", typst] + arguments),
        environment: .custom(kept), output: .string(limit: 1 << 20), error: .combinedWithOutput)
      return (result.terminationStatus.isSuccess, result.standardOutput)
    } catch {
      throw Failure(description: "Typst (\(typst)) could not be run: \(error)")
    }
  }

  /// What Typst says, for somebody who does not know Typst.
  private static func failure(_ messages: String, _ template: String, _ data: Data) -> Failure {
    if let missing = Glyphs.missing(messages, in: data) { return missing }
    let first = messages.firstMatch(of: /(?m)^error: (.+)$/)
    let place = messages.firstMatch(of: /(?m)^ *┌─ (.+?):(\d+):\d+ *$/)
    guard let first else {
      return Failure(
        description: "Typst could not set \(template): "
          + (messages.isEmpty ? "it said nothing." : trimming(messages)))
    }
    guard let place else { return Failure(description: "Typst could not set \(template): \(first.1).") }
    let file = place.1.split(separator: "/").last.map(String.init) ?? template
    return Failure(
      description: "The template \(file) has an error in line \(place.2): \(first.1).")
  }
}
