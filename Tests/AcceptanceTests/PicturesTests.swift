import Foundation
import Testing

/// A logo and sponsors on prints.
@Suite(
  .enabled(if: Programs.missing.isEmpty, "Programs are missing: \(Programs.missing)"),
  .timeLimit(.minutes(40)))
struct `A logo` {
  private func scheduled() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00")
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei", "--category", "press")
    return plenary
  }

  private static let drawing =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 10'><rect width='30' height='10' fill='teal'/></svg>"

  private func written(_ text: String, _ name: String, in folder: Folder) throws {
    try Data(text.utf8).write(to: URL(filePath: folder.path(name)))
  }

  private func pictures() throws -> Folder {
    let folder = try Folder()
    try written(Self.drawing, "forum.svg", in: folder)
    try written(Self.drawing.replacing("teal", with: "navy"), "acme.svg", in: folder)
    try written(
      #"[{"file": "forum.svg", "use": "logo", "text": {"en": "Berlin Forum", "de": "Forum Berlin"}}, {"file": "acme.svg", "use": "sponsor", "text": "Acme"}]"#,
      "pictures.json", in: folder)
    return folder
  }

  @Test func `stands on booklets, badges and door signs, and a reprint has the same bytes`() async throws {
    let (plenary, folder) = (try await scheduled(), try pictures())
    for (number, command) in [
      ["program", "print", "booklet"], ["program", "print", "door-signs"], ["attendee", "print", "badges"],
    ].enumerated() {
      let path = folder.path("print-\(number + 1).pdf")
      try await plenary.done(
        command + ["--pictures", folder.path(""), "--for-print", "--output", path])
      let again = folder.path("again.pdf")
      let without = try await plenary("program", "reprint", "\(number + 1)", "--output", again)
      #expect(without.code == 4 && without.error.contains("no folder with pictures was given"), "\(without)")
      try await plenary.done(
        "program", "reprint", "\(number + 1)", "--pictures", folder.path(""), "--output", again)
      #expect(try folder.bytes("again.pdf") == folder.bytes("print-\(number + 1).pdf"))
      let plain = folder.path("plain.pdf")
      try await plenary.done(command + ["--output", plain])
      #expect(try folder.bytes("plain.pdf") != folder.bytes("print-\(number + 1).pdf"))
    }
    // A file may be renamed, but not changed.
    try FileManager.default.moveItem(atPath: folder.path("forum.svg"), toPath: folder.path("renamed.svg"))
    try await plenary.done(
      "program", "reprint", "1", "--pictures", folder.path(""), "--output", folder.path("again.pdf"))
    #expect(try folder.bytes("again.pdf") == folder.bytes("print-1.pdf"))
    try written(Self.drawing.replacing("teal", with: "red"), "renamed.svg", in: folder)
    let changed = try await plenary(
      "program", "reprint", "1", "--pictures", folder.path(""), "--output", folder.path("again.pdf"))
    #expect(changed.code == 4 && changed.error.contains("“forum.svg”"), "\(changed)")
    #expect(changed.error.contains("it is not in that folder, or it was changed"), "\(changed)")
  }

  @Test func `leaves no room for more than some sponsors, which is said`() async throws {
    let (plenary, folder) = (try await scheduled(), try Folder())
    let sponsors = (1...9).map { number in
      #"{"file": "s\#(number).svg", "use": "sponsor", "text": "Sponsor \#(number)"}"#
    }
    for number in 1...9 {
      try written(Self.drawing.replacing("teal", with: "#00000\(number)"), "s\(number).svg", in: folder)
    }
    try written("[\(sponsors.joined(separator: ", "))]", "pictures.json", in: folder)
    for (command, leftOut) in [
      (["program", "print", "booklet"], nil), (["program", "print", "door-signs"], 1),
      (["attendee", "print", "badges"], 5),
    ] {
      let printed = try await plenary.done(
        command + ["--pictures", folder.path(""), "--output", folder.path("\(command[2]).pdf")])
      let said = "Sponsors whose pictures were left out because there is no room: "
      #expect(printed.error == (leftOut.map { "\(said)\($0).\n" } ?? ""), "\(printed)")
    }
  }

  @Test func `that is another one makes badges out of date`() async throws {
    let (plenary, folder) = (try await scheduled(), try pictures())
    let command = [
      "attendee", "print", "badges", "--pictures", folder.path(""), "--output", folder.path("b.pdf"),
    ]
    try await plenary.done(command + ["--for-print"])
    let same = try await plenary.done(command + ["--since-print", "last"])
    #expect(same.error.contains("There is nothing to print"), "\(same)")
    #expect(try await plenary.done("program", "errata").output.contains("up to date"))
    try written(Self.drawing.replacing("teal", with: "red"), "forum.svg", in: folder)
    let other = try await plenary.done(command + ["--since-print", "last"])
    #expect(!other.error.contains("There is nothing to print"), "\(other)")
  }

  @Test func `is checked before anything is printed`() async throws {
    let (plenary, folder) = (try await scheduled(), try pictures())
    func refusal(_ list: String?, _ code: Int32 = 1) async throws -> String {
      try? FileManager.default.removeItem(atPath: folder.path("pictures.json"))
      if let list { try written(list, "pictures.json", in: folder) }
      let run = try await plenary(
        "program", "print", "--pictures", folder.path(""), "--output", folder.path("p.pdf"))
      #expect(run.code == code, "\(run)")
      #expect(!FileManager.default.fileExists(atPath: folder.path("p.pdf")))
      return run.error
    }
    func entry(_ file: String, _ use: String, _ text: String) -> String {
      #"[{"file": "\#(file)", "use": "\#(use)", "text": \#(text)}]"#
    }
    #expect(
      try await refusal(nil, 4).contains("has no pictures.json. Write it, with a part for each picture"))
    #expect(try await refusal("[").contains("is not of the form"))
    #expect(try await refusal("[]").contains("it names no picture"))
    #expect(try await refusal(#"[{"file": "forum.svg", "use": "logo"}]"#).contains("is not of the form"))
    #expect(try await refusal(entry("forum.svg", "banner", #""A""#)).contains("“use” is “logo” or “sponsor”"))
    #expect(try await refusal(entry("forum.svg", "logo", #"" ""#)).contains("what the picture shows"))
    #expect(try await refusal(entry("forum.svg", "logo", #"{"en": ""}"#)).contains("what the picture shows"))
    #expect(
      try await refusal(entry("../forum.svg", "logo", #""A""#)).contains(
        "not the name of a file in that folder"))
    #expect(try await refusal(entry("none.svg", "logo", #""A""#), 4).contains("none.svg: no such file"))
    try written("GIF89a", "a.png", in: folder)
    #expect(
      try await refusal(entry("a.png", "logo", #""A""#)).contains("“a.png” cannot be printed. It is a GIF."))
    try written(String(repeating: " ", count: 6 << 20), "big.svg", in: folder)
    #expect(try await refusal(entry("big.svg", "logo", #""A""#)).contains("7 MB; at most 5 MB"))
    #expect(
      try await refusal(
        #"[{"file": "forum.svg", "use": "logo", "text": "A"}, {"file": "acme.svg", "use": "logo", "text": "B"}]"#
      ).contains("more than one logo"))
    let pocket = try await plenary("program", "print", "pocket", "--pictures", folder.path(""))
    #expect(
      pocket.code == 2 && pocket.error.contains("--pictures is for booklet, door-signs, badges"), "\(pocket)")
    let nowhere = try await plenary("program", "print", "--pictures", folder.path("none"), "--output", "-")
    #expect(nowhere.code == 4 && nowhere.error.contains("no such file or directory"), "\(nowhere)")
  }
}
