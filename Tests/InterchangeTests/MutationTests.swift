import Foundation
import Interchange
import Specification
import Testing

/// What every reader keeps, whatever it is given.
enum Promises {
  /// What a reader broke; empty if nothing.
  static func broken(_ read: ForeignConference) -> [String] {
    var broken: [String] = []
    func check(_ holds: Bool, _ promise: String) { if !holds, broken.count < 10 { broken.append(promise) } }
    let rooms = Set(read.rooms.map(\.key))
    let tracks = Set(read.tracks.map(\.key))
    let people = Set(read.people.map(\.key))
    check(rooms.count == read.rooms.count, "Rooms have keys of their own.")
    check(tracks.count == read.tracks.count, "Tracks have keys of their own.")
    check(people.count == read.people.count, "People have keys of their own.")
    for text in lines(read) {
      check(
        !text.isEmpty && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control },
        "Lines are clean: \(text.debugDescription)")
    }
    for session in read.sessions {
      check(
        session.slots.allSatisfy { $0.minutes >= 1 && ($0.room.map(rooms.contains) ?? true) },
        "Slots last, in rooms that are there.")
      check(session.people.allSatisfy { people.contains($0.person) }, "People of sessions are there.")
      check(session.track.map(tracks.contains) ?? true, "Tracks of sessions are there.")
      check(
        session.links.allSatisfy {
          $0.address.hasPrefix("http") || $0.address.lowercased().hasPrefix("http")
        }, "Links lead to pages.")
    }
    for person in read.people { _ = try? Naming.personName(person.name) }
    for name in read.people.map(\.name) + read.attendees.map(\.name) {
      let short = ShortNames.of(name)
      check(
        short.map {
          $0.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        } ?? true, "Short names are plain: \(short ?? "")")
    }
    check(read.remarks.count <= 1001, "Remarks have an end.")
    check(read.remarks.allSatisfy { $0.text.hasSuffix(".") }, "Remarks are sentences.")
    return broken
  }

  private static func lines(_ read: ForeignConference) -> [String] {
    [
      read.title?.entries.map(\.text) ?? [], read.roomNames, read.titles,
      read.tracks.flatMap { $0.name.entries.map(\.text) },
    ].flatMap(\.self)
      + read.people.flatMap {
        [$0.name.whole, $0.name.given, $0.name.family, $0.organisation, $0.position].compactMap(\.self)
      }
      + read.sessions.compactMap(\.kind)
  }
}

/// Small files of each format, changed at random in the same way in every run.
struct `Files with random damage` {
  /// What Scripts/fuzz begins with too.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fuzz")
    .standardized

  static func names(_ folder: String) -> [String] {
    let path = Self.folder.appending(path: folder).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  static func bytes(_ folder: String, _ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Self.folder.appending(path: folder).appending(path: name)))
  }

  /// What breaks readers more often than chance.
  private static let tokens: [[UInt8]] =
    [
      "<", ">", "&", "&#0;", "&#xD800;", "]]>", "<![CDATA[", "<!--", "<!DOCTYPE x [", "\"", "\\", "\\u0000",
      "\\ud800", "{", "[", "}", ",", ":", ";", "\r",
      "\n", "\r\n ", "\t", "\u{0}", "\u{FEFF}", "\u{202E}", "99999999999999999999", "-1", "1e999", "20008",
      "0000-00-00", "24:00", "T", "#", "=", "@", "(", "）", "蔡",
      "é", "\u{FFFD}", "null", "true", "BEGIN:VEVENT\n", "END:VCALENDAR\n",
    ].map { Array($0.utf8) } + [
      [0xFF], [0xFE], [0xC3], [0xED, 0xA0, 0x80], [0x80], [0xF4, 0x90, 0x80, 0x80],
    ]

  static func damaged(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
      case 1: bytes.removeSubrange(place..<end)
      case 2:
        bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
      case 3: bytes.insert(contentsOf: tokens.randomElement(using: &random)!, at: place)
      case 4: bytes.replaceSubrange(place..<end, with: tokens.randomElement(using: &random)!)
      default: if Int.random(in: 0..<4, using: &random) == 0 { bytes.removeSubrange(place...) }
      }
    }
    return bytes
  }

  @Test(arguments: names("Inputs"))
  func `are read or refused, and never do harm`(name: String) throws {
    let original = try Self.bytes("Inputs", name)
    #expect(throws: Never.self) { try Interchange.read(ForeignSource(bytes: original, name: name)) }
    var random = SplitMix(seed: 27)
    for round in 0..<200 {
      let bytes = Self.damaged(original, &random)
      let source = ForeignSource(bytes: bytes, name: name)
      do {
        let broken = Promises.broken(try Interchange.read(source).conference)
        #expect(
          broken.isEmpty,
          "\(name), round \(round): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
      } catch let error as Unreadable {
        #expect(error.text.hasSuffix("."), "\(name), round \(round): \(error)")
      }
      // A reader that is made to read what it did not recognize does no harm either.
      if round % 4 == 0 {
        for reader in Interchange.readers { _ = try? reader.read(source) }
      }
    }
  }

  @Test func `and what libFuzzer finds is read from then on; it has found nothing yet`() throws {
    #expect(Self.names("Inputs").count >= Interchange.readers.count)
    for name in Self.names("Found") {
      let bytes = try Self.bytes("Found", name)
      for reader in Interchange.readers {
        if let read = try? reader.read(ForeignSource(bytes: bytes, name: name)) {
          #expect(Promises.broken(read).isEmpty, "\(name)")
        }
      }
    }
  }
}
