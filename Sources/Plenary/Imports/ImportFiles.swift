import Crypto
import Foundation
package import Interchange
import Vocabulary

/// The files of one import, as they are on disk.
package struct ImportFiles: Sendable {
  package let source: ForeignSource
  /// In hexadecimal digits; of several files, of their hashes in their order.
  package let sha256: String

  /// - Parameter paths: files, and folders whose files are read; `-` for standard input.
  /// - Throws: `Failure` for what cannot be read, and for a folder without files.
  package init(_ paths: [String]) throws {
    var files: [(name: String, data: Data)] = []
    for path in paths { files += try Self.files(path) }
    guard !files.isEmpty else {
      throw Failure(.wrongUsage, "There is no file in “\(excerpt(paths.joined(separator: " ")))”.")
    }
    let hashes = files.map { SHA256.hash(data: $0.data) }
    let hash =
      hashes.count == 1 ? Array(hashes[0]) : Array(SHA256.hash(data: Data(hashes.flatMap(Array.init))))
    sha256 = hash.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    source = ForeignSource(
      files.map { name, data in
        ForeignSource.File(name: name, count: data.count) { range in
          [UInt8](data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound])
        }
      })
  }

  private static func files(_ path: String) throws -> [(name: String, data: Data)] {
    if path == "-" {
      return [("standard input", try FileHandle.standardInput.readToEnd() ?? Data())]
    }
    let url = URL(filePath: path)
    do {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
        return try FileManager.default.contentsOfDirectory(
          at: url, includingPropertiesForKeys: [.isRegularFileKey], options: .skipsHiddenFiles
        )
        .filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
        .map { ($0.lastPathComponent, try Data(contentsOf: $0, options: .alwaysMapped)) }
      }
      return [(url.lastPathComponent, try Data(contentsOf: url, options: .alwaysMapped))]
    } catch { throw Failure(reading: path, error) }
  }
}
