import Foundation
import People
import Plenary
import Specification
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5))) struct `The scans that wait on this machine` {
  private let home = FileManager.default.temporaryDirectory.appending(path: "plenary-scans-\(UUID())").path

  private func scan(_ minute: Int, takesBack: String? = nil) -> Scan {
    Scan(
      id: UUID().uuidString.lowercased(), attendee: "a-7k3m9q",
      at: Timestamp(microseconds: 1_464_760_800_000_000 + Int64(minute) * 60_000_000), station: "Desk “2”",
      occasion: takesBack == nil ? .session("panel") : nil, actor: "anna", reason: nil, takesBack: takesBack)
  }

  @Test func `come back in the order in which they were made, until they are removed`() throws {
    defer { try? FileManager.default.removeItem(atPath: home) }
    let queue = ScanQueue(home: home, "berlin", identity: "1")
    #expect(try queue.all().scans.isEmpty)
    let (late, early) = (scan(9), scan(1))
    let undo = scan(10, takesBack: late.id)
    for scan in [late, undo, early, late] { try queue.put(scan) }
    // Another process finds the same ones; another conference has none.
    #expect(try ScanQueue(home: home, "berlin", identity: "1").all().scans == [early, late, undo])
    #expect(try ScanQueue(home: home, "berlin", identity: "2").all().scans.isEmpty)
    try queue.remove(late)
    try queue.remove(late)
    #expect(try queue.all().scans == [early, undo])
  }

  @Test func `can be read by their owner alone`() throws {
    defer { try? FileManager.default.removeItem(atPath: home) }
    let queue = ScanQueue(home: home, "berlin", identity: nil)
    try queue.put(scan(1))
    let files = try FileManager.default.contentsOfDirectory(atPath: queue.folder.path)
    #expect(files.count == 1)
    for (path, mode) in [(queue.folder.path, 0o700), (queue.folder.path + "/" + files[0], 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect((attributes[.posixPermissions] as? Int).map { $0 & 0o777 } == mode, "\(path)")
    }
  }

  @Test func `are not mixed up with half of a file, and a file that is no scan is named`() throws {
    defer { try? FileManager.default.removeItem(atPath: home) }
    let queue = ScanQueue(home: home, "berlin", identity: nil)
    try queue.put(scan(1))
    try Data(#"{"id":"#.utf8).write(to: queue.folder.appending(path: ".half"))
    try Data("nonsense".utf8).write(to: queue.folder.appending(path: "note.txt"))
    let found = try queue.all()
    #expect(found.scans.count == 1 && found.unreadable == ["note.txt"])
  }
}
