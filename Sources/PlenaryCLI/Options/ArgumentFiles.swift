import Foundation
import Glibc
import Plenary

/// Texts that are in a file or on standard input. Everybody on a machine can read the arguments of its processes, but not
/// these (`@FILE` as in curl).
///
///     --name @name.txt    the text of the file, without its last line break
///     --email @-          the next line of standard input
///     --title zh=@t.txt   the same behind a language
///     --title @@home      the text “@home”
///
/// For long texts there is another spelling, in which “-” is the whole standard input:
///
///     --text-file FILE    as --text @FILE
///     --title-file zh=-   the same behind a language
///
/// This holds for the values of options that take a text. Elsewhere an at sign means itself: in subcommands, short names,
/// paths, positions.
enum ArgumentFiles {
  /// The options that take texts, names and addresses. A test has those that do not.
  static let texts: Set = [
    "abbreviation", "abstract", "actor", "address", "addressee", "admission", "as-printed", "authority",
    "biography",
    "brand", "category", "citation", "co-host", "country", "dateline", "description", "email", "evidence",
    "expansion", "family", "for", "given", "headline", "host", "identity", "licence", "link", "mention",
    "name", "note", "of",
    "organisation", "organiser", "partner", "place", "position", "presiding", "pronunciation", "publisher",
    "rationale", "reason", "recording-note", "replacement", "reply-to", "requester", "series", "short-title",
    "sort-key", "source", "sponsor", "station", "summary", "text", "tickets", "title", "topic", "unit",
    "website", "welcome",
  ]
  /// Further options of some commands.
  private static let textsByCommand = ["statement split": "at", "program notices": "from"]

  static func expand(_ arguments: [String]) throws -> [String] {
    let command = arguments.prefix(2).joined(separator: " ")
    // Everything behind it is psql's.
    if command == "db psql" { return arguments }
    func takesText(_ option: Substring) -> Bool {
      texts.contains(String(option)) || textsByCommand[command] == String(option)
    }
    /// The option of which `text-file` is the other spelling.
    func ofFile(_ option: Substring) -> Substring? {
      guard option.hasSuffix("-file"), takesText(option.dropLast("-file".count)) else { return nil }
      return option.dropLast("-file".count)
    }
    var expanded: [String] = []
    var option: Substring?
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { return expanded + arguments[index...] }
      if let name = option {
        option = nil
        expanded.append(ofFile(name) == nil ? try text(argument) : try text(file: argument))
      } else if argument.hasPrefix("--") {
        let parts = argument.dropFirst(2).split(
          separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let stem = ofFile(parts[0])
        if parts.count == 2, let stem {
          expanded.append("--\(stem)=" + (try text(file: String(parts[1]))))
        } else if parts.count == 2, takesText(parts[0]) {
          expanded.append("--\(parts[0])=" + (try text(String(parts[1]))))
        } else {
          if parts.count == 1, stem != nil || takesText(parts[0]) { option = parts[0] }
          expanded.append(stem.map { "--" + $0 } ?? argument)
        }
      } else {
        expanded.append(argument)
      }
    }
    return expanded
  }

  /// - Parameter value: as it was typed.
  private static func text(_ value: String) throws -> String {
    let before = value.prefix { $0 != "@" }
    // Most at signs are those of addresses.
    guard before.endIndex < value.endIndex, before.isEmpty || before.hasSuffix("="),
      let match = value.wholeMatch(
        of: /(?<before>([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*=)?)@(?<name>.*)/.dotMatchesNewlines())
    else { return value }
    return try match.before + text(named: String(match.name))
  }

  /// - Parameter value: the name of a file, or a language before it: `zh=text.txt`.
  private static func text(file value: String) throws -> String {
    let match = value.wholeMatch(
      of: /(?<before>([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*=)?)(?<name>.*)/.dotMatchesNewlines())
    var (before, name) = match.map { (String($0.before), String($0.name)) } ?? ("", value)
    // A file can be called as if a language stood before it: notes=1.txt.
    if !before.isEmpty, FileManager.default.fileExists(atPath: value) { (before, name) = ("", value) }
    if name != "-" { return try before + text(inFile: name) }
    let bytes = try bytes(STDIN_FILENO)
    if bytes.isEmpty {
      throw Failure(
        .wrongUsage,
        "Standard input has no text for “-”: it is empty, or something else has read it. Only one “-” can take it.",
        code: .malformedValue)
    }
    if bytes.count > limit {
      throw Failure(
        .wrongUsage, "Standard input has more than \(limit) bytes, which no text has.", code: .malformedValue)
    }
    return try before + text(of: bytes, from: "Standard input")
  }

  private static func text(named name: String) throws -> String {
    if name.hasPrefix("@") { return name }
    if name == "-" {
      guard let line = nextLine() else {
        throw Failure(.wrongUsage, "Standard input has no more lines for “@-”: each one takes a line.")
      }
      return try text(of: line, from: "A line of standard input")
    }
    return try text(
      inFile: name, advice: "; a text that begins with an at sign is written with two: @@\(name).")
  }

  /// - Parameter advice: what else can have been meant, if there is no such file.
  private static func text(inFile name: String, advice: String = ".") throws -> String {
    let data: [UInt8]
    do { data = try bytes(of: name) } catch {
      let failure = Failure(reading: name, error)
      throw Failure(failure.kind, failure.description.dropLast() + advice, code: .file)
    }
    if data.count > limit {
      throw Failure(
        .wrongUsage, "\(name) has more than \(limit) bytes, which no text has.", code: .malformedValue)
    }
    return try text(of: data, from: name)
  }

  /// More than the longest text. A device can be endless.
  private static let limit = 1_000_000

  /// What is in a file, a FIFO or a device, up to one byte more than the limit.
  private static func bytes(of name: String) throws -> [UInt8] {
    let descriptor = open(name, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    defer { close(descriptor) }
    return try bytes(descriptor)
  }

  private static func bytes(_ descriptor: Int32) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = read(descriptor, &part, part.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
      if count == 0 { break }
      bytes += part[..<count]
    }
    return bytes
  }

  private static func nextLine() -> [UInt8]? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    // One at a time: the next line may be for another program.
    while read(STDIN_FILENO, &byte, 1) == 1 {
      line.append(byte)
      if byte == UInt8(ascii: "\n") { break }
    }
    return line.isEmpty ? nil : line
  }

  /// The text without its last line break, and without the byte order mark that some editors write in front.
  ///
  /// - Throws: `Failure` for bytes that are not UTF-8. Swift would replace them, and the log would keep the replacements.
  private static func text(of bytes: [UInt8], from source: String) throws -> String {
    if let offset = firstInvalidByte(bytes) {
      let byte = String(bytes[offset], radix: 16, uppercase: true)
      throw Failure(
        .wrongUsage,
        "\(source) is not valid UTF-8: byte \(offset + 1) is 0x\(byte.count < 2 ? "0" : "")\(byte). Check its text encoding.",
        code: .malformedValue)
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = String(decoding: bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...], as: UTF8.self)
    return text.hasSuffix("\n") || text.hasSuffix("\r\n") ? String(text.dropLast()) : text
  }

  /// The offset of the first byte that belongs to no character.
  private static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let scalar): offset += scalar.count
      case .emptyInput: return nil
      case .error: return offset
      }
    }
  }
}
