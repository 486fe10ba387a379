/// ZIP archives whose files are stored as they are, and whose sizes may be lies.
enum ZipArchive {
  struct File {
    let name: [UInt8]
    let contents: [UInt8]
    let size: UInt32
    let method: UInt8
    let flags: UInt8

    init(_ name: String, _ contents: [UInt8], size: UInt32? = nil, method: UInt8 = 0, flags: UInt8 = 0) {
      (self.name, self.contents) = (Array(name.utf8), contents)
      self.size = size ?? UInt32(contents.count)
      (self.method, self.flags) = (method, flags)
    }

    /// What the archive says of it before its contents, and again in its list of files.
    fileprivate var fields: [UInt8] {
      [20, 0, flags, 0, method, 0] + [UInt8](repeating: 0, count: 8) + number(UInt32(contents.count), 4)
        + number(size, 4) + number(UInt32(name.count), 2)
    }
  }

  static func stored(_ files: [(name: String, text: String)]) -> [UInt8] {
    of(files.map { File($0.name, Array($0.text.utf8)) })
  }

  static func of(_ files: [File]) -> [UInt8] {
    var (archive, list) = ([UInt8](), [UInt8]())
    for file in files {
      list += [0x50, 0x4B, 1, 2, 20, 0] + file.fields + [UInt8](repeating: 0, count: 12)
      list += number(UInt32(archive.count), 4) + file.name
      archive += [0x50, 0x4B, 3, 4] + file.fields + [0, 0] + file.name + file.contents
    }
    let count = number(UInt32(files.count), 2)
    return archive + list + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + number(UInt32(list.count), 4)
      + number(UInt32(archive.count), 4) + [0, 0]
  }
}

private func number(_ value: UInt32, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
}
