import Vocabulary

/// Files of other kinds, which people take for a program or a transcript.
enum OtherFile {
  private static let beginnings: [(bytes: [UInt8], name: String)] = [
    (Array("%PDF-".utf8), "a PDF"), (Array("{\\rtf".utf8), "a text with formats (RTF)"),
    ([0xD0, 0xCF, 0x11, 0xE0], "a document of Office 2003 or older (DOC, XLS, PPT)"),
    ([0x89, 0x50, 0x4E, 0x47], "a picture (PNG)"),
    ([0xFF, 0xD8, 0xFF], "a picture (JPEG)"), (Array("GIF8".utf8), "a picture (GIF)"),
    (Array("OggS".utf8), "a sound (Ogg)"), (Array("fLaC".utf8), "a sound (FLAC)"),
    ([0x1F, 0x8B], "compressed (gzip)"), ([0x28, 0xB5, 0x2F, 0xFD], "compressed (Zstandard)"),
    (Array("7z".utf8) + [0xBC, 0xAF], "an archive (7z)"), (Array("Rar!".utf8), "an archive (RAR)"),
    (Array("SQLite format 3".utf8), "a database (SQLite)"), ([0x7F] + Array("ELF".utf8), "a program"),
  ]

  /// What a file is that nobody can import: “a PDF”.
  static func name(_ beginning: [UInt8]) -> String? {
    if let known = beginnings.first(where: { beginning.starts(with: $0.bytes) }) { return known.name }
    // A transcript can begin with “RIFFAT HASSAN: Good morning”, or with “ID3”.
    if beginning.starts(with: Array("RIFF".utf8)) {
      let kind = Array(beginning.dropFirst(8).prefix(4))
      if ["WAVE", "AVI ", "WEBP"].contains(where: { Array($0.utf8) == kind }) {
        return "a picture, a film or a sound"
      }
    }
    // The number of a version follows, which is no letter.
    if beginning.starts(with: Array("ID3".utf8)), let version = beginning.dropFirst(3).first, version < 0x20 {
      return "a sound (MP3)"
    }
    // MP4 and its relatives have their length first.
    if beginning.dropFirst(4).starts(with: Array("ftyp".utf8)) { return "a film or a sound (MP4)" }
    let text = String(decoding: beginning.prefix(4096), as: UTF8.self)
    let isTemplate = text.contains("{%") && text.contains("%}") || text.contains("{{") && text.contains("}}")
    return isTemplate && text.contains("<?xml") && !text.hasPrefix("<")
      ? "a template that no program has filled in" : nil
  }

  /// - Throws: `Unreadable` for such a file.
  static func refuse(_ file: ForeignSource.File) throws {
    guard let name = name(try file.beginning) else { return }
    throw Unreadable(
      "“\(excerpt(file.name))” is \(name), which cannot be imported. Export it from its program as a table (CSV, XLSX), as schedule.xml or "
        + "as JSON; a transcript as text or captions.")
  }
}
