import Crypto
import Foundation
package import Interchange
import Vocabulary

/// The files of one import, as they are on disk.
package struct ImportFiles: Sendable {
  package let source: ForeignSource
  /// In hexadecimal digits; of several files, of their hashes in their order.
  package let sha256: String
  /// For tables, by the names of their files.
  let mappings: [String: ColumnMapping]

  /// - Parameters:
  ///   - paths: files, and folders whose files are read; `-` for standard input.
  ///   - mappings: files with the columns of tables, for the first files in their order.
  ///   - encoding: of the texts; nil: found by their bytes.
  /// - Throws: `Failure` for what cannot be read, and for a folder without files.
  package init(_ paths: [String], mappings: [String] = [], encoding: String? = nil) throws {
    var files: [(name: String, data: Data)] = []
    for path in paths {
      files += try Self.files(path)
    }
    guard !files.isEmpty else {
      throw Failure(.wrongUsage, "There is no file in “\(excerpt(paths.joined(separator: " ")))”.")
    }
    if let twice = Dictionary(grouping: files, by: \.name).first(where: { $0.value.count > 1 })?.key {
      throw Failure(.wrongUsage, "Two files are called “\(excerpt(twice))”; import them one after the other.")
    }
    guard mappings.count <= files.count else {
      throw Failure(.wrongUsage, "There are \(mappings.count) mappings for \(counted(files.count, "file")).")
    }
    var known: [String: ColumnMapping] = [:]
    // Another mapping is another import.
    var hashes = files.map { SHA256.hash(data: $0.data) }
    for (path, file) in zip(mappings, files) {
      let text = try Self.files(path)[0].data
      do { known[file.name] = try ColumnMapping(String(decoding: text, as: UTF8.self)) } catch let error
        as Unreadable
      {
        throw Failure(.wrongUsage, "\(path): \(error)", code: .malformedValue)
      }
      hashes.append(SHA256.hash(data: text))
    }
    self.mappings = known
    if let encoding {
      files = try files.map { ($0.name, try TextConversion.utf8($0.data, from: encoding, $0.name)) }
      hashes.append(SHA256.hash(data: Data(encoding.utf8)))
    }
    let hash =
      hashes.count == 1 ? Array(hashes[0]) : Array(SHA256.hash(data: Data(hashes.flatMap(Array.init))))
    sha256 = hexadecimal(hash)
    source = ForeignSource(
      files.map { name, data in
        ForeignSource.File(name: name, count: data.count, isConverted: encoding != nil) { range in
          [UInt8](data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound])
        }
      })
  }

  /// Which column of each table is what, as a text that can be edited and given back.
  package func mapping() throws -> String {
    do {
      return try source.files.map { try mappings[$0.name] ?? Table.guess($0) }.map(\.description).joined(
        separator: "\n")
    } catch let error as Unreadable { throw Failure(.refused, error.description, code: .file) }
  }

  /// The files that ``init(_:mappings:)`` would read now, by their paths.
  static func paths(_ path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      return [path]
    }
    do { return try inFolder(path).map(\.path) } catch { throw Failure(reading: path, error) }
  }

  private static func read(_ file: URL) throws -> Data {
    let handle = try FileHandle(forReadingFrom: file)
    defer { try? handle.close() }
    return try read(handle, file.lastPathComponent)
  }

  /// Reads up to the size limit, because a device or a pipe may never end.
  private static func read(_ handle: FileHandle, _ name: String) throws -> Data {
    // Of a file, the size is known before it is read.
    let start = (try? handle.offset()) ?? 0
    let size = Int((try? handle.seekToEnd()) ?? 0)
    try? handle.seek(toOffset: start)
    var data = Data()
    while max(size, data.count) <= Interchange.largestFile, let part = try handle.read(upToCount: 1 << 20),
      !part.isEmpty
    {
      data += part
    }
    guard max(size, data.count) <= Interchange.largestFile else {
      throw Failure(
        .refused,
        "The file “\(excerpt(name))” has more than \(Interchange.largestFile / 1_000_000) MB; such files are not read.",
        code: .file)
    }
    return data
  }

  private static func inFolder(_ path: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: URL(filePath: path), includingPropertiesForKeys: [.isRegularFileKey], options: .skipsHiddenFiles
    )
    .filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
    .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  private static func files(_ path: String) throws -> [(name: String, data: Data)] {
    if path == "-" {
      return [("standard input", try read(.standardInput, "standard input"))]
    }
    let url = URL(filePath: path)
    do {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
        return try inFolder(path).map { ($0.lastPathComponent, try read($0)) }
      }
      return [(url.lastPathComponent, try read(url))]
    } catch let failure as Failure { throw failure } catch { throw Failure(reading: path, error) }
  }
}
