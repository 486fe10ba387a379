import Foundation
import Interchange
import Specification
import Testing

/// What every reader of transcripts keeps, whatever it is given.
private func broken(_ read: ForeignTranscript) -> [String] {
  var broken: [String] = []
  func check(_ holds: Bool, _ promise: String) { if !holds, broken.count < 10 { broken.append(promise) } }
  let voices = Set(read.voices.map(\.key))
  check(voices.count == read.voices.count, "Voices have keys of their own.")
  for voice in read.voices {
    check(!voice.name.isEmpty && !voice.name.contains(where: \.isNewline), "Names are one line.")
  }
  for turn in read.turns {
    check(turn.voice.map(voices.contains) ?? true, "Voices of turns are there.")
    check(!turn.text.entries.isEmpty, "Something is said.")
    for entry in turn.text.entries {
      check(
        !entry.text.isEmpty && entry.text.utf8.count <= 100_000
          && entry.text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control },
        "Texts are clean: \(entry.text.prefix(40).debugDescription)")
    }
  }
  check(read.remarks.count <= 1002, "Remarks have an end.")
  check(read.remarks.allSatisfy { $0.text.hasSuffix(".") }, "Remarks are sentences.")
  return broken
}

/// Every transcript beside the project comes in; its notes say how many speak.
@Suite(.enabled(if: Shared.isPresent, "There is no ../shared beside the project."))
struct `Transcripts of real conferences` {
  struct Entry: Sendable, CustomTestStringConvertible {
    var path: String
    var notes: String
    var testDescription: String { path }
  }

  private static let index: [Entry] = {
    guard let text = try? Shared.text("INDEX.tsv") else { return [] }
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return fields.count > 5 ? Entry(path: fields[0], notes: fields[5]) : nil
    }
  }()

  static let entries = index.filter {
    // A list of members and parties, and a debate without a word.
    $0.path.hasPrefix("transcripts/") && !$0.path.hasSuffix("welsh_assembly.json")
      && !$0.path.hasSuffix("empty_docDate.xml")
  }
  static let captions = index.filter { $0.path.hasPrefix("malformed/") && $0.path.hasSuffix(".vtt") }

  @Test(arguments: entries)
  func `come in whole`(entry: Entry) throws {
    let file = try Shared.file(entry.path)
    let (format, read) = try Interchange.readTranscript(file)
    let notes = read.turns.count { $0.kind == .note }
    print(
      "\(entry.path): \(format.name): \(read.turns.count - notes) statements and \(notes) notes, \(read.voices.count) voices, \(read.turns.count { $0.moment != nil }) times, \(read.remarks.count) remarks"
    )
    #expect(broken(read) == [])
    #expect(!read.turns.isEmpty)
    let text = try Shared.text(entry.path)
    let speeches = read.turns.count { $0.kind == .speech }
    switch format.name {
    case "Akoma Ntoso":
      // A speech without words is told, and left out.
      let empty = read.remarks.count { $0.text.contains("without words") }
      let opening = ["<speech", "<question ", "<question>", "<answer"].reduce(0) {
        $0 + text.ranges(of: $1).count
      }
      #expect(speeches + empty == opening)
    case "TEI":
      let empty = read.remarks.count { $0.text.contains("without words") }
      #expect(speeches + empty == text.ranges(of: "<u ").count + text.ranges(of: "<sp ").count)
    case "Hansard XML":
      let empty = read.remarks.count { $0.text.contains("without words") }
      #expect(
        read.turns.count + empty
          >= text.ranges(of: "<speech ").count)
    default: break
    }
    if let count = entry.notes.firstMatch(of: /speakers ([0-9]+)/).flatMap({ Int($0.output.1) }),
      ["TEI", "Hansard XML"].contains(format.name)
    {
      #expect(read.voices.count >= count - 1)
    }
  }

  /// What browsers show of these files, by the WebVTT specification.
  private static let shown: [String: String] = [
    "arrows": "text0 text1 text2 text3 text4 text5", "header-space": "text", "header-timings": "text",
    "newlines": "text0 text1 text2 text3", "regions-old": "text0 text1", "settings-multiple": "text0 text1",
    "signature-no-newline": "", "signature-space": "", "signature-tab": "", "stylesheets": "text text",
    "timings-eof": "", "timings-negative": "text0 text1 text2 text3", "timings-too-long": "text0 text1",
    "whitespace-chars": "text0 text1 text2",
  ]

  @Test(arguments: captions)
  func `broken captions are read as the specification says`(entry: Entry) throws {
    let (format, read) = try Interchange.readTranscript(try Shared.file(entry.path))
    #expect(broken(read) == [])
    let name = String(entry.path.split(separator: "_").last!.replacing(".vtt", with: ""))
    let words = read.turns.flatMap { $0.text.entries[0].text.split(whereSeparator: \.isWhitespace) }
    if let shown = Self.shown[name], entry.path.contains("wpt_") {
      #expect(words.joined(separator: " ") == shown)
      #expect(format.name == "WebVTT")
    } else if name.hasPrefix("settings") || name.hasPrefix("regions") {
      // Wrong settings change nothing.
      let text = try Shared.text(entry.path)
      #expect(words.count == text.matches(of: /(?m)^[^\n]*-->/).count)
    }
  }

  @Test func `broken files that are no captions are refused or read with remarks`() throws {
    for path in ["malformed/appledouble_AGO_79_2024.txt", "malformed/webvttpy_invalid.vtt"] {
      do { #expect(broken(try Interchange.readTranscript(try Shared.file(path)).transcript) == []) } catch let
        error as Unreadable
      { #expect(error.text.hasSuffix(".")) }
    }
  }
}

/// Small transcripts of each format, changed at random in the same way in every run.
struct `Transcripts with random damage` {
  static let seeds: [String] = [
    "WEBVTT\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:02.000 align:start\n<v Ana Ruiz>Good &amp; <i>bad</i>.</v>\n\n00:03.000 --> 00:04.000\n- No\n",
    "1\n00:00:00,500 --> 00:00:02,000\nTravis: <i>When</i>\n\n2\n00:00:03,000 --> 00:00:04,000\n>> Yes.\n",
    "{\"segments\": [{\"speaker\": \"A\", \"startTime\": 0.5, \"body\": \"I\"}, {\"speaker\": {\"name\": \"B\"}, \"text\": \"am\\nhere\"}]}",
    "<akomaNtoso><debate><meta><TLCPerson eId=\"a\" showAs=\"Ana\"/></meta><debateBody><narrative>In <recordedTime time=\"2016-03-25T09:00:00\">x</recordedTime></narrative><speech by=\"#a\"><from>A.-</from><p>Hi <b>all</b></p></speech><p>End</p></debateBody></debate></akomaNtoso>",
    "<TEI xml:lang=\"ru\"><text><body><note type=\"speaker\">A:</note><u who=\"#a\"><seg>Hi <vocal><desc>x</desc></vocal></seg></u><sp who=\"#b\"><speaker>B.</speaker><l>one</l><stage>goes</stage></sp></body></text></TEI>",
    "<debates><major-heading id=\"x\">H</major-heading><speech id=\"x/2007-09-20.2\" speakername=\"Alan\" time=\"09:30:00\"><p>Order</p></speech><division><member>A</member></division></debates>",
    "# Head\n\n**Ana Ruiz:** Thank\nyou.\n\n1. 林大輝議員：主席，\n\n[00:01:05] Dr. J. Smith: At one.\n<nick> chat\n| a | b |\n",
  ]

  @Test(arguments: seeds.indices)
  func `are read, or refused with a sentence`(seed: Int) {
    var random = SplitMix(seed: UInt64(seed) + 7)
    let whole = Array(Self.seeds[seed].utf8)
    for _ in 0..<400 {
      let bytes = `Files with random damage`.damaged(whole, &random)
      do {
        #expect(broken(try Interchange.readTranscript(.init(name: "file", bytes: bytes)).transcript) == [])
      } catch let error as Unreadable {
        #expect(error.text.hasSuffix("."))
      } catch { Issue.record("It threw \(error).") }
    }
  }
}
