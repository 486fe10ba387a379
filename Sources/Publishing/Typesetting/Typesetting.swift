import CLinux
import EventLog
package import Foundation
import Subprocess
import Vocabulary

/// Typst at work: a folder with the templates, the data beside them, and the PDF that comes out.
///
/// The folder holds templates only. The data may have been opened with the keys of attendees, so it is in memory
/// (a memfd, see memfd_create(2)) and in the folder only by a link, and the PDF comes out through a pipe. A shell makes
/// the folder and removes it, also after a signal, and also if Plenary was killed.
struct Typesetting {
  /// Typst's messages about a document that it cannot typeset.
  struct Refused: Error {
    let messages: String
  }

  let typst: String
  /// An organizer's own, in place of Plenary's.
  let templates: URL?
  let fontPaths: [String]

  /// - Parameter files: what the template reads, by name.
  /// - Throws: ``Refused``; `Typesetter.Failure` if Typst cannot be run.
  func pdf(_ template: String, _ options: [String], beside files: [(name: String, bytes: Data)]) async throws
    -> Data
  {
    let inMemory = try files.map { try FileInMemory($0.bytes) }
    defer { withExtendedLifetime(inMemory) {} }
    var script = Self.folder
    for part in try copies() { script += part + "\n" }
    for (file, memory) in zip(files, inMemory) {
      script += "ln -s \(Self.quoted(memory.path)) \(Self.quoted(file.name)) || exit \(Self.noFolder)\n"
    }
    let arguments =
      ["compile", "--root"] + ["$PWD"] + ["--ignore-system-fonts"] + options
      + fontPaths.flatMap { ["--font-path", $0] }
    script += Self.quoted(typst)
    for argument in arguments { script += " " + (argument == "$PWD" ? "\"$PWD\"" : Self.quoted(argument)) }
    script += " \"$PWD\"/\(Self.quoted(template)) - < /dev/null\n"
    // In braces, so that the shell has read all of it before it begins, and may end early.
    let (status, output, messages) = try await Self.shell("{\n\(script)}\n", for: typst)
    switch status {
    case .exited(0): return Data(output)
    case .exited(Self.noFolder):
      // The words of the system, without those of the program that passed them on.
      let reason = messages.split(separator: "\n").last?.split(separator: ": ").last.map {
        trimming(String($0))
      }
      throw Typesetter.Failure(
        description: "The templates cannot be copied to a temporary folder in \(Self.temporaryFolder): "
          + "\(reason ?? "the system gave no reason"). Set TMPDIR to a folder in which you can write.")
    default: throw Refused(messages: messages)
    }
  }

  /// `typst 0.15.2`
  static func version(of typst: String) async throws -> String {
    let (_, output, _) = try await shell("exec \(quoted(typst)) --version\n", for: typst)
    return String(decoding: output, as: UTF8.self)
  }

  // MARK: The script

  /// An exit code that Typst does not use.
  private static let noFolder: Int32 = 73

  private static var temporaryFolder: String {
    let named = ProcessInfo.processInfo.environment["TMPDIR"] ?? ""
    return named.isEmpty ? "/tmp" : URL(fileURLWithPath: named).path
  }

  /// The traps come first, so that no moment is left in which the folder exists and nobody removes it.
  private static var folder: String {
    """
    umask 077
    folder=
    trap 'test -z "$folder" || rm -rf "$folder"' EXIT
    trap 'exit 130' HUP INT TERM
    folder=$(mktemp -d \(quoted(temporaryFolder))/plenary-XXXXXXXXXX) && cd -P "$folder" || exit \(noFolder)

    """
  }

  /// Commands that write the templates: Plenary's, and an organizer's files (templates, a logo, …) over them.
  ///
  /// - Throws: `Typesetter.Failure` for a folder that does not exist.
  private func copies() throws -> [String] {
    var own: [String] = []
    if let templates {
      do {
        own = try FileManager.default.contentsOfDirectory(atPath: templates.path(percentEncoded: false))
      } catch {
        throw Typesetter.Failure(
          description:
            "The template directory “\(templates.path(percentEncoded: false))” does not exist.",
          hints: [.exportTemplates])
      }
      own.removeAll { $0.hasPrefix(".") || $0 == "data.json" || $0 == "pages.pdf" }
    }
    let full = "|| exit \(Self.noFolder)"
    return Typesetter.templates.filter { !own.contains($0.name) }.map { name, bytes in
      "printf %s \(Self.quoted(String(decoding: bytes, as: UTF8.self))) > \(Self.quoted(name)) \(full)"
    }
      + own.map { name in
        let path = templates!.absoluteURL.appending(path: name).path(percentEncoded: false)
        return "cp -RL -- \(Self.quoted(path)) \(Self.quoted("./" + name)) \(full)"
      }
  }

  /// A word of the shell (POSIX.1-2017, Shell Command Language, §2.2.2).
  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  private static func shell(_ script: String, for typst: String) async throws
    -> (status: TerminationStatus, output: [UInt8], messages: String)
  {
    // Passes on only these variables; SOURCE_DATE_EPOCH and TYPST_FONT_PATHS would change the bytes.
    let kept: [Environment.Key: String] = Dictionary(
      uniqueKeysWithValues: ["PATH", "HOME", "TMPDIR"].compactMap { name in
        ProcessInfo.processInfo.environment[name].map { (Environment.Key(rawValue: name)!, $0) }
      })
    do {
      let result = try await Subprocess.run(
        .name("sh"), arguments: ["-s"], environment: .custom(kept), input: .string(script),
        output: .bytes(limit: 1 << 30), error: .string(limit: 1 << 20))
      return (result.terminationStatus, result.standardOutput, result.standardError)
    } catch {
      throw Typesetter.Failure(description: "Typst (\(typst)) could not be run: \(error)")
    }
  }
}

/// Bytes that other programs of this user can read as a file, as long as this value lives.
package final class FileInMemory {
  private let handle: FileHandle

  /// The path for another process. `/proc/self` would be that process.
  package var path: String { "/proc/\(getpid())/fd/\(handle.fileDescriptor)" }

  package init(_ bytes: Data) throws {
    // MFD_CLOEXEC
    let descriptor = memfd_create("plenary", 1)
    if descriptor < 0 { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try handle.write(contentsOf: bytes)
  }
}
