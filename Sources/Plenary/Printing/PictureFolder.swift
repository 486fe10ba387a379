import EventLog
import Foundation
import Interchange
import JSON
import Publishing
package import Scheduling
package import Vocabulary

/// A folder with the logo and the sponsors of a conference: PNG and SVG files, and `pictures.json`, which says what each
/// is for and what it shows.
///
///     [{"file": "forum.svg", "use": "logo", "text": {"en": "Shanghai Forum", "zh": "上海论坛"}},
///      {"file": "acme.png", "use": "sponsor", "text": "Acme Ltd."}]
package struct PictureFolder: Sendable {
  private let folder: URL

  package static let list = "pictures.json"
  private static let largestFile = 5 << 20
  private static let most = 40
  private static let largestList = 1 << 20

  package init(_ path: String) { folder = URL(fileURLWithPath: path) }

  private struct Line: Decodable {
    let file: String
    let use: String
    let text: Text

    /// In one language, or in several.
    enum Text: Decodable {
      case plain(String)
      case localized(LocalizedText)

      init(from decoder: any Decoder) throws {
        if let text = try? String(from: decoder) {
          self = .plain(text)
        } else {
          self = .localized(try LocalizedText(from: decoder))
        }
      }
    }
  }

  /// The pictures in the order of the list, checked: their kind by their content, their size, their texts.
  ///
  /// - Parameter language: of the texts that stand in no language.
  /// - Throws: `Failure`, which names the file and what is wrong with it.
  package func pictures(in language: Language) throws -> [PrintedPicture] {
    let lines = try lines()
    var pictures: [PrintedPicture] = []
    for line in lines {
      let name = excerpt(line.file)
      guard let use = PrintedPicture.Use(rawValue: line.use) else {
        throw refused("“\(name)”: “use” is “logo” or “sponsor”, not “\(excerpt(line.use))”.")
      }
      guard !line.file.contains("/"), !line.file.hasPrefix("."), !line.file.isEmpty else {
        throw refused("“\(name)” is not the name of a file in that folder.")
      }
      let text: LocalizedText
      do {
        text =
          switch line.text {
          case .plain(let plain): LocalizedText([language: try checked(plain)])
          case .localized(let texts):
            try LocalizedText(texts.entries.map { .init($0.language, try checked($0.text)) })
          }
      } catch let error as InvalidValue {
        throw refused(
          "“\(name)”: \(error.description) Write in “text” what the picture shows, for people who do not see it."
        )
      }
      let bytes = try read(line.file)
      let facts: PictureFacts
      do { facts = try PictureFacts(bytes, name: line.file) } catch let error as Unreadable {
        throw Failure(
          .refused, "The picture “\(name)” cannot be printed. \(error.description)", code: .malformedValue)
      }
      pictures.append(
        PrintedPicture(
          use, facts.format == .png ? .png : .svg, file: line.file, hash: hexadecimal(sha256(bytes)),
          width: facts.width, height: facts.height, text: text))
    }
    if pictures.count(where: { $0.use == .logo }) > 1 {
      throw refused("it has more than one logo. Keep one; the others can be sponsors.")
    }
    return pictures
  }

  /// The files of pictures by the names that they have beside a template. In the folder they are found by their content, so
  /// they may have been renamed since.
  ///
  /// - Throws: `Failure` where one is missing.
  static func files(of wanted: [PrintedPicture], in folder: PictureFolder?) throws -> [String: Data] {
    if wanted.isEmpty { return [:] }
    var found: [String: Data] = [:]
    if let folder {
      let names = Set(wanted.map(\.file))
      // Those with the same name first: usually, no other file need be read.
      let all = try folder.names().sorted {
        (names.contains($0) ? 0 : 1, $0) < (names.contains($1) ? 0 : 1, $1)
      }
      for name in all where Set(wanted.map(\.name)).count > found.count {
        guard let bytes = try? folder.read(name) else { continue }
        let hash = hexadecimal(sha256(bytes))
        if let picture = wanted.first(where: { $0.hash == hash }) { found[picture.name] = Data(bytes) }
      }
    }
    for picture in wanted where found[picture.name] == nil {
      throw Failure(
        .failed,
        "The picture “\(excerpt(picture.file))” (SHA-256 \(picture.hash.prefix(12))…) is on this print, but "
          + (folder == nil
            ? "no folder with pictures was given." : "it is not in that folder, or it was changed."),
        .namePictures, code: .file)
    }
    return found
  }

  // MARK: Files

  private func checked(_ text: String) throws(InvalidValue) -> String {
    let text = try checkedText(text, "text")
    guard text.count <= 250 else {
      throw InvalidValue("The text has \(text.count) letters; at most 250 are possible.")
    }
    return text
  }

  private func refused(_ text: String) -> Failure {
    Failure(
      .refused, "\(folder.appending(path: Self.list).relativePath): \(text)", code: .malformedValue)
  }

  private func names() throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
    } catch {
      throw Failure(reading: folder.relativePath, error)
    }
  }

  private func lines() throws -> [Line] {
    let path = folder.appending(path: Self.list)
    let form = #"[{"file": "logo.svg", "use": "logo", "text": "Shanghai Forum"}]"#
    guard try names().contains(Self.list) else {
      throw Failure(
        .failed,
        "The folder \(folder.relativePath) has no \(Self.list). Write it, with a part for each picture: \(form).",
        code: .file)
    }
    let text = try read(Self.list, atMost: Self.largestList)
    let lines: [Line]
    do { lines = try JSONDecoder().decode([Line].self, from: Data(text)) } catch {
      throw Failure(
        .refused, "\(path.relativePath) is not of the form \(form); “use” is “logo” or “sponsor”.",
        code: .malformedValue)
    }
    guard !lines.isEmpty else { throw refused("it names no picture.") }
    guard lines.count <= Self.most else {
      throw refused("it names \(lines.count) pictures; at most \(Self.most) can be printed.")
    }
    return lines
  }

  private func read(_ name: String, atMost limit: Int = Self.largestFile) throws -> [UInt8] {
    let path = folder.appending(path: name).path(percentEncoded: false)
    do {
      let kind = try FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
      guard kind[.type] as? FileAttributeType == .typeRegular else {
        throw Failure(.failed, "\(path) is not a file.", code: .file)
      }
      let size = (kind[.size] as? NSNumber)?.intValue ?? 0
      guard size <= limit else {
        throw Failure(
          .refused, "\(path) has \((size + 999_999) / 1_000_000) MB; at most \(limit >> 20) MB are possible.",
          code: .malformedValue)
      }
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch let failure as Failure { throw failure } catch { throw Failure(reading: path, error) }
  }
}
