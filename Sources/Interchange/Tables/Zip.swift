import CZlib
import Vocabulary

/// The files in a ZIP archive (PKWARE's APPNOTE), as far as spreadsheets need it: stored or deflated, not encrypted.
struct Zip {
  struct Entry {
    var name: String
    var method: UInt16
    var size: Int
    var compressed: Int
    var offset: Int
    var isEncrypted: Bool
  }

  /// What all entries may have together when they are inflated.
  static let largest = 256 << 20
  static let mostEntries = 5000

  let file: ForeignSource.File
  private(set) var entries: [String: Entry] = [:]

  init(_ file: ForeignSource.File) throws {
    self.file = file
    // The record at the end is 22 bytes and a comment of at most 65,535.
    let tail = try file.bytes(max(0, file.count - 66_000)..<file.count)
    guard
      let end = stride(from: tail.count - 22, through: 0, by: -1).first(where: {
        tail[$0...].starts(with: [0x50, 0x4B, 0x05, 0x06])
      })
    else { throw Self.broken("its list of files is missing") }
    let count = Int(tail.number(end + 10, 2))
    let (size, start) = (Int(tail.number(end + 12, 4)), Int(tail.number(end + 16, 4)))
    guard count <= Self.mostEntries, size <= 4 << 20, start + size <= file.count else {
      throw Self.broken("its list of files is out of bounds")
    }
    let directory = try file.bytes(start..<(start + size))
    var place = 0
    var total = 0
    for _ in 0..<count {
      guard place + 46 <= directory.count, directory.number(place, 4) == 0x0201_4B50 else {
        throw Self.broken("its list of files ends early")
      }
      let lengths = (
        Int(directory.number(place + 28, 2)), Int(directory.number(place + 30, 2)),
        Int(directory.number(place + 32, 2))
      )
      guard place + 46 + lengths.0 <= directory.count else {
        throw Self.broken("its list of files ends early")
      }
      let name = String(decoding: directory[(place + 46)..<(place + 46 + lengths.0)], as: UTF8.self)
      let entry = Entry(
        name: name, method: UInt16(directory.number(place + 10, 2)),
        size: Int(directory.number(place + 24, 4)),
        compressed: Int(directory.number(place + 20, 4)), offset: Int(directory.number(place + 42, 4)),
        isEncrypted: directory.number(place + 8, 2) & 1 == 1)
      total += entry.size
      guard total <= Self.largest else {
        throw Unreadable(
          "The workbook would grow to more than \(Self.largest >> 20) MB when it is unpacked. No table of a conference does."
        )
      }
      // Names are only compared; nothing is written to where they lead.
      entries[name] = entry
      place += 46 + lengths.0 + lengths.1 + lengths.2
    }
  }

  static func broken(_ why: String) -> Unreadable { Unreadable("The workbook is broken: \(why).") }

  /// The inflated bytes of an entry; nil if there is none of this name.
  func contents(_ name: String) throws -> [UInt8]? {
    guard let entry = entries[name] ?? entries[String(name.drop { $0 == "/" })] else { return nil }
    guard !entry.isEncrypted else {
      throw Unreadable("The workbook is protected by a password. Save it without one.")
    }
    guard entry.offset + 30 <= file.count else { throw Self.broken("a file in it is out of bounds") }
    let header = try file.bytes(entry.offset..<(entry.offset + 30))
    let start = entry.offset + 30 + Int(header.number(26, 2)) + Int(header.number(28, 2))
    guard header.number(0, 4) == 0x0403_4B50, start + entry.compressed <= file.count else {
      throw Self.broken("a file in it is out of bounds")
    }
    let bytes = try file.bytes(start..<(start + entry.compressed))
    switch entry.method {
    case 0: return bytes
    case 8: return try inflate(bytes, atMost: entry.size)
    default: throw Self.broken("a file in it is packed in a way that spreadsheets do not use")
    }
  }

  /// - Parameter limit: what the archive says; more is a lie.
  private func inflate(_ bytes: [UInt8], atMost limit: Int) throws -> [UInt8] {
    var stream = z_stream()
    guard plenary_inflate_init_raw(&stream) == Z_OK else {
      throw Unreadable("There is not enough memory to unpack the workbook.")
    }
    defer { inflateEnd(&stream) }
    var result: [UInt8] = []
    result.reserveCapacity(min(limit, 16 << 20))
    var input = bytes
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    try input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      while true {
        let code = buffer.withUnsafeMutableBufferPointer { buffer in
          stream.next_out = buffer.baseAddress
          stream.avail_out = UInt32(buffer.count)
          return CZlib.inflate(&stream, Z_NO_FLUSH)
        }
        let written = buffer.count - Int(stream.avail_out)
        guard result.count + written <= limit else { throw Zip.broken("a file in it is larger than it says") }
        result.append(contentsOf: buffer[..<written])
        if code == Z_STREAM_END { return }
        guard code == Z_OK, written > 0 || stream.avail_in > 0 else {
          throw Zip.broken("a file in it cannot be unpacked")
        }
      }
    }
    return result
  }
}

extension [UInt8] {
  /// A number of some bytes, the lowest first; 0 outside.
  func number(_ index: Int, _ size: Int) -> UInt64 {
    guard index >= 0, index + size <= count else { return 0 }
    return (0..<size).reduce(0) { $0 | UInt64(self[index + $1]) << (8 * UInt64($1)) }
  }
}
