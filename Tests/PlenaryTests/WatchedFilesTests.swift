import Foundation
import Glibc
import Synchronization
import Testing

@testable import Plenary

/// Files that another program writes again and again. A look stands for the moment between two looks.
struct `Watched files` {
  private let folder: URL = {
    let folder = FileManager.default.temporaryDirectory.appending(path: "watched-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }()

  private func write(_ text: String, _ name: String = "talks.csv") throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  private func watched(_ name: String = "talks.csv", mappings: [String] = []) -> WatchedFiles {
    WatchedFiles(
      [folder.appending(path: name).path], mappings: mappings, quietLooks: 3, quietLooksUnknown: 3)
  }

  /// The hashes of what is given in so many looks.
  private func given(_ watched: inout WatchedFiles, looks: Int = 6) throws -> [String] {
    var given: [String] = []
    for _ in 0..<looks { if let files = try watched.look() { given.append(files.sha256) } }
    return given
  }

  private func hash(_ name: String = "talks.csv") throws -> String {
    try ImportFiles([folder.appending(path: name).path]).sha256
  }

  @Test func `are given once, when nothing has changed for some looks`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var files = watched()
    #expect(try given(&files) == [], "It is not there yet.")
    try write("Title\nOne\n")
    #expect(try files.look() == nil && files.look() == nil)
    #expect(try files.look() != nil)
    #expect(try given(&files) == [])
    try write("Title\nOne\nTwo\n")
    #expect(try given(&files) == [hash()])
    #expect(try given(&files) == [])
  }

  @Test func `are not given while somebody writes, however long that takes`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var files = watched()
    let path = folder.appending(path: "talks.csv").path
    let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
    #expect(Glibc.write(descriptor, "Title\nOne\n", 10) == 10)
    #expect(try given(&files, looks: 50) == [])
    #expect(Glibc.write(descriptor, "Two\n", 4) == 4)
    close(descriptor)
    #expect(try given(&files) == [hash()])
  }

  /// The last question before a file is read is who writes to it: then somebody does.
  @Test func `are not given if they change while they are read`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "talks.csv").path
    try write("Title\nOne\n")
    let isFirst = Mutex(true)
    var files = WatchedFiles([path], mappings: [], quietLooks: 3, quietLooksUnknown: 3) { path in
      let writes = isFirst.withLock { isFirst in
        defer { isFirst = false }
        return isFirst
      }
      if writes { try? Data("Title\nOne\nTwo\n".utf8).write(to: URL(filePath: path)) }
      return .nobody
    }
    #expect(try given(&files, looks: 3) == [])
    #expect(try given(&files) == [hash()])
  }

  @Test func `are given much later where nobody can know who writes, for example a file of another login`()
    throws
  {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "talks.csv").path
    var files = WatchedFiles(
      [path], mappings: [], quietLooks: 3, quietLooksUnknown: 20, writer: { _ in .unknown })
    try write("Title\nOne\n")
    #expect(try given(&files, looks: 10) == [])
    #expect(files.unknowable == path)
    // A part more: what is quiet begins anew.
    try write("Title\nOne\nTwo\n")
    #expect(try given(&files, looks: 19) == [])
    #expect(try given(&files, looks: 1) == [hash()])
    var known = watched()
    #expect(try given(&known).count == 1)
    #expect(known.unknowable == nil)
  }

  /// The kernel tells whoever has looked just now. By default, that would end the process.
  @Test func `can be opened for writing at the moment of a look`() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("Title\nOne\n")
    let path = folder.appending(path: "talks.csv").path
    let writing = Task.detached {
      while !Task.isCancelled { close(open(path, O_WRONLY)) }
    }
    for _ in 0..<20_000 {
      #expect(WatchedFiles.writer(of: path) != .unknown)
    }
    writing.cancel()
    await writing.value
  }

  @Test func `that are not there are named`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var files = watched()
    #expect(try files.look() == nil)
    #expect(files.missing == folder.appending(path: "talks.csv").path)
    try write("Title\nOne\n")
    #expect(try files.look() == nil)
    #expect(files.missing == nil)
  }

  @Test func `that were refused are given again when somebody touches them`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("Title\nOne\n")
    var files = watched()
    #expect(try given(&files).count == 1)
    files.wasRefused()
    #expect(try given(&files) == [], "Nobody has touched it.")
    try write("Title\nOne\n")
    #expect(try given(&files) == [hash()])
  }

  @Test func `are noticed when another file takes their place, also of the same size and time`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("Title\nOne\n")
    var files = watched()
    #expect(try given(&files).count == 1)
    try write("Title\nTwo\n", "new")
    let modified = try FileManager.default.attributesOfItem(
      atPath: folder.appending(path: "talks.csv").path)[.modificationDate]
    try FileManager.default.setAttributes(
      [.modificationDate: modified ?? Date()], ofItemAtPath: folder.appending(path: "new").path)
    #expect(
      rename(folder.appending(path: "new").path, folder.appending(path: "talks.csv").path) == 0)
    #expect(try given(&files) == [hash()])
  }

  @Test func `with the contents of before are no new version, unless they are asked for again`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("Title\nOne\n")
    var files = watched()
    #expect(try given(&files).count == 1)
    try write("Title\nOne\n")
    #expect(try given(&files) == [])
    files.giveAgain()
    #expect(try given(&files).count == 1)
  }

  @Test func `of a folder are given together`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var files = WatchedFiles([folder.path], mappings: [], quietLooks: 3, quietLooksUnknown: 3)
    #expect(try given(&files) == [], "Nothing is in it yet.")
    try write("Title\nOne\n", "a.csv")
    #expect(try files.look() == nil && files.look() == nil)
    try write("Title\nTwo\n", "b.csv")
    #expect(try given(&files).count == 1)
    try FileManager.default.removeItem(at: folder.appending(path: "a.csv"))
    #expect(try given(&files).count == 1)
    try FileManager.default.removeItem(at: folder.appending(path: "b.csv"))
    #expect(try given(&files) == [])
  }

  @Test func `are given again with another mapping`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("Was\nOne\n")
    try write("table = sessions\nheader = yes\n1 = title\n", "talks.map")
    var files = watched(mappings: [folder.appending(path: "talks.map").path])
    #expect(try given(&files).count == 1)
    try write("table = sessions\nheader = yes\n1 = ignored\n", "talks.map")
    #expect(throws: (any Error).self) {
      try write("nonsense", "talks.map")
      _ = try given(&files)
    }
    #expect(try given(&files) == [], "A version that cannot be read is told once.")
  }
}
