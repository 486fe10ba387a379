import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `Languages at the command line` {
  private func shanghai() async throws -> Plenary {
    let plenary = try await Plenary.apart()
    try await plenary.done(
      "conference", "open", "shanghai", "--title", "Shanghai", "--first-day", "2016-06-01", "--zone",
      "Asia/Shanghai", "--languages", "en", "zh")
    return plenary
  }

  @Test func `of a text are the conference's, in any spelling`() async throws {
    let plenary = try await shanghai()
    try await plenary(
      "room", "add", "aula", "--name", "EN=Hall", "--name", "zh_CN=大厅", "--json"
    ).appended(#"RoomAdded {"name":{"en":"Hall","zh":"大厅"},"room":"aula"}"#)
    try await plenary("track", "add", "tag", "--name", "en=cn=你好", "--json").appended(
      #"TrackAdded {"name":{"en":"cn=你好"},"track":"tag"}"#)
    try await plenary.done("conference", "revise", "--languages", "en", "zh", "de", "--title", "de=Schanghai")
  }

  @Test(arguments: ["cn=你好", "english=Tag", "e n=Tag", "en =Tag", "de=Tag", "语言=你好", "f_1=x", "E=mc²"])
  func `that the conference does not have are refused in a text`(title: String) async throws {
    let plenary = try await shanghai()
    let run = try await plenary("track", "add", "day", "--name", title)
    #expect(run.code == 2 && run.output.isEmpty, "\(run)")
    #expect(run.error.contains("“\(title)”") && run.error.contains("“en="), "\(run)")
    if title == "de=Tag" {
      #expect(
        run.error
          == "plenary: “de=Tag” begins with “de=”, but “de” is not one of this conference's languages (en, zh). "
          + "Write “en=…” or “zh=…”. If the track's name really begins with “de=”, write “en=de=…”.\n")
    }
    #expect(try await plenary.head() == 1)
  }

  @Test func `of a name are any, and a name is sorted by the conference's first language`() async throws {
    let plenary = try await shanghai()
    try await plenary.done("speaker", "register", "wu", "--name", "en=Wu, An")
    try await plenary(
      "speaker", "register", "chen-jie", "--name", "ja=陳,傑", "--name", "zh=陈,洁", "--name", "en=Chen, Jie",
      "--json"
    ).appended(
      #"SpeakerRegistered {"name":{"forms":[{"family":"Chen","given":"Jie","language":"en","printed":"Jie Chen"},{"family":"陈","given":"洁","language":"zh","printed":"陈洁"},{"family":"陳","given":"傑","language":"ja","printed":"陳傑"}],"sortKey":"Chen Jie"},"person":"chen-jie"}"#
    )
    #expect(
      try await plenary.done("speaker", "list").lines.dropFirst().map { $0.prefix(20) } == [
        "chen-jie  Jie Chen ·", "wu        An Wu     ",
      ])
    try await plenary.done("room", "add", "aula", "--name", "Hall")
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00", "--speaker", "chen-jie")
    try await plenary.done("speaker", "contact", "chen-jie", "--email", "chen@example.org")
    let letters = try await plenary.done("program", "notices", "--draft", "--no-skip-unchanged", "--json")
      .list
    #expect(letters.first { $0["person"] as? String == "chen-jie" }?["language"] as? String == "en")
    let wrong = try await plenary("speaker", "register", "x", "--name", "english=Anna")
    #expect(wrong.code == 2 && wrong.error.contains("not a language code such as en, zh or ru"), "\(wrong)")
  }

  @Test func `of a print find texts in a variant of the language`() async throws {
    let plenary = try await shanghai()
    try await plenary.done("room", "add", "aula", "--name", "en=Hall", "--name", "zh=大厅")
    try await plenary.done(
      "session", "schedule", "opening", "--title", "en=Opening", "--title", "zh=开幕式", "--room", "aula",
      "--start",
      "2016-06-01 09:00", "--end", "10:00")
    try await plenary(
      "program", "print", "--languages", "en", "zh-CN", "--format", "json", "--output", "-"
    ).says("开幕式", "大厅")
  }
}
