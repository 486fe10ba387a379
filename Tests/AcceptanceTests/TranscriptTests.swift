import Foundation
import Testing

/// What was said, taken in from captions by the command line. What is decided is tested by RecordTests, what is read by
/// InterchangeTests.
@Suite(.timeLimit(.minutes(40))) struct `A transcript` {
  private static let vtt = """
    WEBVTT

    00:00:05.000 --> 00:00:07.000
    <v Ana Ruiz>Good morning. We speak of

    00:00:07.000 --> 00:00:09.000
    <v Ana Ruiz>the grids of tomorrow.

    00:00:10.000 --> 00:00:12.000
    <v Travis>What do they cost?

    00:00:13.000 --> 00:00:15.000
    <v Ana Ruiz>Less than you fear.
    """

  private func written(_ text: String, _ name: String = "talk.vtt") throws -> String {
    let folder = URL(filePath: "\(Plenary.home)/transcript-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  private func grid() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "add", "hall", "--name", "Hall")
    try await plenary.done("speaker", "register", "ana-ruiz", "--name", "Ruiz, Ana")
    try await plenary.done("speaker", "register", "travis-hill", "--name", "Hill, Travis")
    try await plenary.done(
      "session", "schedule", "keynote", "--title", "Grids", "--kind", "keynote", "--room", "hall", "--start",
      "2016-06-01T10:00", "--end", "2016-06-01T11:00")
    return plenary
  }

  @Test func `is shown, taken in, taken in again, corrected, printed and taken back`() async throws {
    let plenary = try await grid()
    let file = try written(Self.vtt)
    let trial = try await plenary("import", file, "--session", "keynote", "--dry-run")
    trial.says(
      /statements +3 +3/, "17 words, from 0:00:05 to 0:00:13.", /Ana Ruiz +2 +13 +ana-ruiz/,
      /Travis +1 +4 +unknown +travis-hill/)
    #expect(try await plenary.done("statement", "list", "--json").list.isEmpty)
    let id = "7a1c0000-0000-4000-8000-00000000000a"
    let done = try await plenary.done(
      "import", file, "--session", "keynote", "--speaker", "Travis=travis-hill", "--language", "en",
      "--command-id", id)
    #expect(done.error.contains("plenary log undo \(id)"))
    try await plenary.done("statement", "list").says("Good morning. We speak of the grids of tomorrow.")
    try await plenary("import", file, "--session", "keynote").says("Nothing to do")
    try await plenary(
      "import", file, "--session", "keynote", "--speaker", "Travis=travis-hill", "--language", "en"
    ).says("Nothing to do")
    let changed = try written(Self.vtt.replacing("Less than you fear.", with: "Much less than you fear."))
    let corrected = try await plenary.done(
      "import", changed, "--session", "keynote", "--command-id", "7a1c0000-0000-4000-8000-00000000000b")
    corrected.says(/statements +3 +0 +1 +2/, /text +Much less/)
    try await plenary.done("log", "changes").says("A transcript (WebVTT) of “Grids” was imported")
    let page = try await plenary.done("proceedings", "export", "--format", "json", "-o", "-")
    #expect(page.output.contains("Much less than you fear."))
    #expect(page.output.contains("2016-06-01T08:00:05Z"))
    try await plenary.done("log", "undo", "7a1c0000-0000-4000-8000-00000000000b")
    try await plenary.done("log", "undo", id)
    try await plenary.done("log", "verify")
    try await plenary.done("projections", "verify")
    try await plenary.done("import", file, "--session", "keynote").says(/statements +3 +3/)
  }

  @Test func `does not overwrite what somebody has corrected`() async throws {
    let plenary = try await grid()
    let file = try written(Self.vtt)
    let first = try await plenary.done("import", file, "--session", "keynote", "--json").object
    let entries = (first["changes"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    let last = try #require(entries.last)
    try await plenary.done(
      "statement", "correct", last, "--text", "Less than all of you fear.", "--reason", "Misheard")
    try await plenary("import", file, "--session", "keynote").says("Nothing to do")
    let next = try written(Self.vtt.replacing("Less than you fear.", with: "Far less than you fear."))
    let refused = try await plenary("import", next, "--session", "keynote")
    #expect(refused.code == 1)
    #expect(
      refused.error.contains("the file has “Far less than you fear.”, here is “Less than all of you fear.”"))
    try await plenary("import", next, "--session", "keynote", "--ours").says("Nothing to do")
    try await plenary.done("import", next, "--session", "keynote", "--our", "record:\(last).text")
    try await plenary("import", next, "--session", "keynote", "--their", "record:\(last).text").says(
      /statements +3 +0 +1/)
    try await plenary.done("statement", "show", last).says("Far less than you fear.")
  }

  @Test func `leaves a voice unidentified until somebody identifies it, and remembers that`() async throws {
    let plenary = try await grid()
    let file = try written(Self.vtt)
    try await plenary.done("import", file, "--session", "keynote")
    try await plenary.done("statement", "identify", "keynote-travis", "--as", "travis-hill")
    try await plenary("import", file, "--session", "keynote").says("Nothing to do")
    let longer = try written(Self.vtt + "\n\n00:00:20.000 --> 00:00:22.000\n<v Travis>Thank you.\n")
    try await plenary.done("import", longer, "--session", "keynote").says(
      /statements +4 +1/, /Travis +2 +6 +travis-hill/)
  }

  @Test func `has a voice for each who speaks, also for one who is only named on the command line`()
    async throws
  {
    let plenary = try await grid()
    try await plenary.done("speaker", "register", "shaolei", "--name", "zh=冯绍雷")
    let minutes = "Ana Ruiz: Welcome.\nTo all.\nTo each.\nTo me.\n冯绍雷：谢谢。\nThe chairman: We close.\n"
    let file = try written(minutes, "minutes.txt")
    let dry = try await plenary.done("import", file, "--session", "keynote", "--dry-run")
    dry.says(/冯绍雷 +1 +6 +shaolei/)
    #expect(
      dry.error.contains("line 6: “The chairman” was read as text, not as a voice")
        && dry.error.contains("Nothing was recorded"), "\(dry)")
    try await plenary.done("import", file, "--session", "keynote", "--speaker", "The chairman=ana-ruiz").says(
      /The chairman +1 +2 +ana-ruiz/)
  }

  @Test func `needs a session that exists, and options that fit`() async throws {
    let plenary = try await grid()
    let file = try written(Self.vtt)
    func refused(_ arguments: String..., says words: String) async throws {
      let run = try await plenary(arguments)
      #expect(run.code != 0)
      #expect(run.error.contains(words), "\(run.error)")
    }
    try await refused("import", file, says: "--session")
    let text = try written("Ana Ruiz: Good morning.\n", "minutes.txt")
    try await refused("import", text, says: "name the session in which this was said: --session opening")
    try await refused("import", "/dev/null", says: "The file “null” is empty.")
    try await refused("import", "/dev/null", "--session", "keynote", says: "The file “null” is empty.")
    try await refused("import", file, "--session", "nowhere", says: "nowhere")
    try await refused("import", file, "--session", "keynote", "--speaker", "Bob=ana-ruiz", says: "“Ana Ruiz”")
    try await refused("import", file, "--session", "keynote", "--speaker", "Travis", says: "Travis=")
    try await refused("import", file, "--speaker", "Travis=ana-ruiz", says: "--session")
    try await refused("import", file, "--language", "en", says: "--session")
    try await refused("import", file, "--session", "keynote", "--language", "?", says: "language")
    try await refused("import", try written("WEBVTT\n"), "--session", "keynote", says: "Nothing is said")
    try await refused("import", try written("{\"a\": 1}"), "--session", "keynote", says: "not a transcript")
    try await refused("import", file, "--session", "keynote", "--show-mapping", says: "--mapping")
  }
}
