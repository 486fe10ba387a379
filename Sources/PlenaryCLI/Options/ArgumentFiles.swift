import Foundation
import Plenary

/// Arguments whose text is in a file or on standard input. Everybody on a machine can read the arguments of its
/// processes, but not these (`@FILE` as in curl).
///
///     --name @name.txt    the text of the file, without its last line break
///     --email @-          the next line of standard input
///     --title zh=@t.txt   the same behind a language
///     --title @@home      the text “@home”
///
/// Two states of the record, `@90..@120`, are no file.
enum ArgumentFiles {
  static func expand(_ arguments: [String]) throws -> [String] {
    // Everything behind it is psql's.
    if let psql = arguments.firstIndex(of: "psql"), psql > 0, arguments[psql - 1] == "db" {
      return try arguments[...psql].map(expanded) + arguments[(psql + 1)...]
    }
    return try arguments.map(expanded)
  }

  private static func expanded(_ argument: String) throws -> String {
    if argument.contains(/^@[0-9]*\.\./) { return argument }
    guard
      let match = argument.wholeMatch(
        of: /(?<before>(--[a-z-]+=)?([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*=)?)@(?<name>.*)/.dotMatchesNewlines())
    else { return argument }
    return try match.before + text(named: String(match.name))
  }

  private static func text(named name: String) throws -> String {
    if name.hasPrefix("@") { return name }
    if name == "-" {
      guard let line = readLine() else {
        throw Failure(.wrongUsage, "Standard input has no more lines for “@-”: each one takes a line.")
      }
      return line
    }
    let data: Data
    do { data = try Data(contentsOf: URL(fileURLWithPath: name)) } catch {
      let failure = Failure(reading: name, error)
      throw Failure(
        failure.kind,
        failure.description.dropLast()
          + "; a text that begins with an at sign is written with two: @@\(name).")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw Failure(.refused, "\(name) is not valid UTF-8; check its text encoding.")
    }
    return text.hasSuffix("\n") || text.hasSuffix("\r\n") ? String(text.dropLast()) : text
  }
}
