import Foundation
import Interchange
import Testing

/// Files that are in order, and far longer than what is known of them afterwards.
struct `A long file` {
  enum Format: String, CaseIterable, Codable, Sendable { case xml, csv }

  @Test(arguments: Format.allCases)
  func `is read piece by piece, and not kept`(format: Format) async {
    // In a process of its own, whose memory nobody else uses.
    await #expect(processExitsWith: .success) { [format = format as Format] in
      let long = LongFile(format)
      let before = try Memory("VmRSS")
      let read = try Interchange.read(ForeignSource(long.file)).conference
      let peak = try Memory("VmHWM")
      #expect(read.titles.count == long.count && Set(read.titles) == ["Tides"])
      #expect(
        (peak.bytes - before.bytes) * 2 < long.file.count,
        "\(format): \(peak.bytes - before.bytes) bytes of memory for a file of \(long.file.count)")
    }
  }
}

/// What the kernel says of this process: “VmRSS” is the memory that it has now, “VmHWM” the most that it had.
private struct Memory {
  let bytes: Int

  init(_ name: String) throws {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(name + ":") })
    bytes =
      try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }) << 10
  }
}

/// A beginning, many parts that differ in a number, and an end. Its bytes are made when they are read.
private struct LongFile: Sendable {
  let count: Int
  private let start: [UInt8]
  private let before: [UInt8]
  private let after: [UInt8]
  private let end: [UInt8]

  init(_ format: `A long file`.Format) {
    func filled(_ size: Int) -> String { String(repeating: "x", count: size) }
    let texts: (String, String, String, String)
    switch format {
    case .xml:
      // Two hundred megabytes, most of them in an element that nobody reads.
      count = 2_000
      texts = (
        "<schedule><conference><title>Long</title></conference><day date=\"2027-05-01\"><room name=\"Hall\">\n",
        "<event id=\"",
        "\"><date>2027-05-01T09:30:00+02:00</date><duration>00:30</duration><title>Tides</title><poster>"
          + filled(100_000) + "</poster></event>\n",
        "</room></day></schedule>\n"
      )
    case .csv:
      // Each byte is looked at, so there are fewer.
      count = 8_000
      texts = ("ID,Title,Poster\n", "", ",Tides,\(filled(4_000))\n", "")
    }
    (start, before, after, end) = (
      Array(texts.0.utf8), Array(texts.1.utf8), Array(texts.2.utf8), Array(texts.3.utf8)
    )
  }

  private var length: Int { before.count + 6 + after.count }

  var file: ForeignSource.File {
    ForeignSource.File(name: "long", count: start.count + count * length + end.count) { range in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(range.count)
      while bytes.count < range.count {
        let (part, place) = part(at: range.lowerBound + bytes.count)
        bytes += part[place...].prefix(range.count - bytes.count)
      }
      return bytes
    }
  }

  /// The part in which a byte is, and the byte's place in it.
  private func part(at index: Int) -> (bytes: [UInt8], place: Int) {
    if index < start.count { return (start, index) }
    let (number, place) = (index - start.count).quotientAndRemainder(dividingBy: length)
    if number == count { return (end, place) }
    return (before + Array(String(100_000 + number).utf8) + after, place)
  }
}
