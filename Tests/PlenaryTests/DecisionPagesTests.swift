import Foundation
import Testing

/// A reader finds a decision by its number, in the list of files as on the page.
struct `The pages of decisions` {
  @Test func `have the numbers of their files in their headings, without gaps`() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    var numbers: [String: [Int]] = [:]
    for file in try FileManager.default.subpathsOfDirectory(atPath: sources.path).sorted() {
      guard let name = try /(.+\.docc)\/(\d{4})-[a-z0-9-]+\.md/.wholeMatch(in: file) else { continue }
      let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
      #expect(text.hasPrefix("# \(name.2) "), "\(file) begins with “\(text.prefix { $0 != "\n" })”.")
      numbers[String(name.1), default: []].append(Int(name.2)!)
    }
    #expect(numbers.count > 5)
    for (catalogue, found) in numbers { #expect(found == Array(1...found.count), "\(catalogue)") }
  }
}
