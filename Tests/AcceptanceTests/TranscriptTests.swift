import Foundation
import Testing

/// What was said, taken in from captions by the command line. What is decided is tested by RecordTests, what is read by
/// InterchangeTests.
@Suite(.timeLimit(.minutes(20))) struct `A transcript` {
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
    trial.says(/statements +3 +3/, /Ana Ruiz +2 +ana-ruiz/, /Travis +1 +unknown +travis-hill/)
    #expect(try await plenary.done("statement", "list", "--json").list.isEmpty)
    let id = "7a1c0000-0000-4000-8000-00000000000a"
    let done = try await plenary.done(
      "import", file, "--session", "keynote", "--speaker", "Travis=travis-hill", "--language", "en",
      "--command-id", id)
    #expect(done.error.contains("plenary log undo \(id)"))
    try await plenary.done("statement", "list").says("Good morning. We speak of the grids of tomorrow.")
    try await plenary(
      "import", file, "--session", "keynote", "--speaker", "Travis=travis-hill", "--language", "en"
    ).says("Nothing to do")
    let changed = try written(Self.vtt.replacing("Less than you fear.", with: "Much less than you fear."))
    let corrected = try await plenary.done(
      "import", changed, "--session", "keynote", "--speaker", "Travis=travis-hill", "--language", "en",
      "--command-id", "7a1c0000-0000-4000-8000-00000000000b")
    corrected.says(/statements +3 +0 +1 +2/)
    let page = try await plenary.done("proceedings", "export", "--format", "json", "-o", "-")
    #expect(page.output.contains("Much less than you fear."))
    #expect(page.output.contains("2016-06-01T08:00:05Z"))
    try await plenary.done("log", "undo", "7a1c0000-0000-4000-8000-00000000000b")
    try await plenary.done("log", "undo", id)
    try await plenary.done("log", "verify")
    try await plenary.done("import", file, "--session", "keynote").says(/statements +3 +3/)
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
