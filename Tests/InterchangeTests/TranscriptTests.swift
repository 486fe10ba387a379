import Interchange
import Testing

/// Reads a transcript, and says what its format was found to be.
private func readTranscript(_ text: String) throws -> ForeignTranscript {
  try Interchange.readTranscript(ForeignSource.File(name: "file", text: text)).transcript
}

private func transcriptFormat(_ text: String) throws -> String? {
  try Interchange.transcriptFormat(of: ForeignSource.File(name: "file", text: text))?.name
}

extension ForeignTranscript {
  /// `Ana: Good morning.`; `(Applause)` of nobody.
  var lines: [String] {
    turns.map { turn in
      let text = turn.text.entries[0].text
      let name = voices.first { $0.key == turn.voice }?.name
      return turn.kind == .note ? "[\(text)]" : "\(name ?? "?"): \(text)"
    }
  }
}

struct `Transcripts in WebVTT` {
  @Test func `captions of one voice become one statement`() throws {
    let vtt = """
      WEBVTT - a talk

      NOTE Nobody reads this.

      1
      00:00:01.000 --> 00:00:02.000 align:start
      <v Ana Ruiz>Good morning. It is</v>

      2
      00:00:02.000 --> 00:00:04.000
      <v Ana Ruiz>nine o'clock &amp; <i>cold</i>.

      00:00:04.500 --> 00:00:05.000
      <v Li Wei>Thank you.
      """
    let transcript = try readTranscript(vtt)
    #expect(transcript.lines == ["Ana Ruiz: Good morning. It is nine o'clock & cold.", "Li Wei: Thank you."])
    #expect(transcript.turns.map(\.moment) == [.offset(milliseconds: 1000), .offset(milliseconds: 4500)])
    #expect(transcript.turns[1].at == SourcePosition(line: 13))
    #expect(transcript.remarks.isEmpty)
  }

  @Test func `silence after a sentence begins a new statement, a pause a new paragraph`() throws {
    let transcript = try readTranscript(
      """
      WEBVTT

      00:01.000 --> 00:02.000
      <v Ana>One.

      00:04.000 --> 00:05.000
      Two

      00:12.000 --> 00:13.000
      goes on.

      00:18.000 --> 00:19.000
      Three.
      """)
    #expect(transcript.lines == ["Ana: One.\n\nTwo goes on.", "Ana: Three."])
  }

  @Test func `two voices in one caption are two statements`() throws {
    let transcript = try readTranscript(
      "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Yes?</v> <v.loud Bo &amp; Co>No!</v>\n")
    #expect(transcript.lines == ["Ana: Yes?", "Bo & Co: No!"])
  }

  @Test func `a time that is none is told with its line`() throws {
    let transcript = try readTranscript(
      "WEBVTT\n\n00:00:01.000 --> 00:00:1d.000\nlost\n\n00:01.000 --> 00:02.000\nkept\n")
    #expect(transcript.lines == ["?: kept"])
    #expect(transcript.remarks.map(\.at) == [SourcePosition(line: 3)])
  }

  @Test(
    arguments: [
      ("00:00:00.000 --> 00:00:01.000", true), ("000:00:00.000 --> 00:00:01.000", true),
      ("00:00.000-->00:01.000", true), ("60:00.000 --> 61:00.000", false),
      ("00:00:60.000 --> 01:00.000", false),
      ("00:00:00.0000 --> 00:00:01.000", false), ("0:00:00.000 --> 00:01.000", true),
      ("00:00:00,000 --> 00:00:01,000", false), ("00:00:00.000 -> 00:00:01.000", false),
    ])
  func `times are read as the specification says`(line: String, isValid: Bool) throws {
    #expect(try readTranscript("WEBVTT\n\n\(line)\nx\n").turns.count == (isValid ? 1 : 0))
  }

  @Test func `styles and regions say nothing`() throws {
    let transcript = try readTranscript(
      "WEBVTT\nRegion: id=a\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\na\n00:01.000 --> 00:02.000 region:a\ntext\n"
    )
    #expect(transcript.lines == ["?: text"])
  }
}

struct `Transcripts in other formats` {
  @Test func `SRT has names before the text, and goes on with them`() throws {
    let srt = """
      1
      00:00:00,500 --> 00:00:02,000
      Travis: When you first get
      {\\an8}<i>started</i>,

      2
      00:00:02,000 --> 00:00:03,000
      that is hard.

      3
      00:00:03,000 --> 00:00:04,000
      >> SPEAKER 2: Yes.

      4
      00:00:04,000 --> 00:00:05,000
      >> Somebody else.
      """
    #expect(
      try readTranscript(srt).lines == [
        "Travis: When you first get started, that is hard.", "SPEAKER 2: Yes.", "?: Somebody else.",
      ])
    #expect(try transcriptFormat(srt) == "SRT")
  }

  @Test func `Japanese captions are joined without spaces`() throws {
    let srt = "1\n00:00:00,000 --> 00:00:01,000\nこんにち\n\n2\n00:00:01,000 --> 00:00:02,000\nは。\n"
    #expect(try readTranscript(srt).lines == ["?: こんにちは。"])
  }

  @Test func `the JSON of podcasts has words`() throws {
    let json = """
      {"version": "1.0.0", "segments": [
        {"speaker": "Darth Vader", "startTime": 0.5, "endTime": 0.75, "body": "I"},
        {"speaker": "Darth Vader", "startTime": 1, "endTime": 1.25, "body": "am."},
        {"speaker": "Luke", "startTime": 2.75, "endTime": 3.0, "body": "Nooooo"}, 7]}
      """
    let transcript = try readTranscript(json)
    #expect(transcript.lines == ["Darth Vader: I am.", "Luke: Nooooo"])
    #expect(transcript.remarks.map(\.at?.line) == [4])
  }

  @Test func `a list of speeches in JSON names its speakers`() throws {
    let json = """
      {"date": "2013-02-06", "events": [
        {"type": "speech", "speaker": {"full": "林大輝議員", "name": "林大輝"}, "text": "主席。"},
        {"type": "action", "text": "(會議暫停)"}]}
      """
    let transcript = try readTranscript(json)
    #expect(transcript.lines == ["林大輝議員: 主席。", "[(會議暫停)]"])
    #expect(transcript.date == "2013-02-06")
  }

  private let debate = """
    <?xml version="1.0" encoding="UTF-8"?>
    <an:akomaNtoso xmlns:an="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><an:debate><an:meta>
    <an:FRBRdate date="2016-03-25" name="sitting"/><an:FRBRlanguage language="en"/>
    <an:TLCPerson eId="ana" showAs="Ana Ruiz" href="/p/ana"/></an:meta>
    <an:debateBody><an:debateSection><an:heading>Opening</an:heading>
    <an:narrative>The sitting began at <an:recordedTime time="2016-03-25T09:00:00">nine</an:recordedTime>.</an:narrative>
    <an:speech by="#ana"><an:from>Señora RUIZ (Chair).- </an:from><an:p>Good <an:b>morning</an:b>, all.</an:p><an:p>We begin. <an:narrative>Applause</an:narrative></an:p></an:speech>
    <an:question by="#bo"><an:from>Mr. Bo</an:from><an:p>Why?</an:p></an:question>
    <an:answer by=""><an:from>Mr. Ce:</an:from><an:ul><an:li>Because</an:li><an:li>of that</an:li></an:ul></an:answer>
    <an:scene>Laughter</an:scene>
    </an:debateSection></an:debateBody></an:debate></an:akomaNtoso>
    """

  @Test func `Akoma Ntoso has speeches, questions, answers and notes`() throws {
    let transcript = try readTranscript(debate)
    #expect(
      transcript.lines == [
        "[The sitting began at nine.]", "Ana Ruiz: Good morning, all.\n\nWe begin. (Applause)",
        "Mr. Bo: Why?",
        "Mr. Ce: Because\n\nof that", "[Laughter]",
      ])
    #expect(transcript.date == "2016-03-25")
    #expect(transcript.language == "en")
    #expect(transcript.turns[1].moment == .clock(date: "2016-03-25", seconds: 9 * 3600))
    #expect(transcript.turns[1].at?.line == 7)
    #expect(transcript.remarks.map(\.text) == ["1 heading was left out."])
  }

  @Test func `a label that goes on with the speech is a name and what was said`() throws {
    let words = String(repeating: "and so on ", count: 20)
    for (label, line) in [
      ("El señor ULLOA.- Señor Presidente, \(words)", "El señor ULLOA: Señor Presidente, \(words)end."),
      (words, "?: \(words)end."),
    ] {
      let speech = "<speech by=\"\"><from>\(label)</from><p>end.</p></speech>"
      let read = try readTranscript(
        "<akomaNtoso><debate><debateBody>\(speech)</debateBody></debate></akomaNtoso>")
      #expect(read.lines.map { $0.replacing("\n\n", with: " ") } == [line])
    }
  }

  @Test func `an act in Akoma Ntoso is refused`() {
    #expect(throws: Unreadable.self) { try readTranscript("<akomaNtoso><act><body/></act></akomaNtoso>") }
  }

  @Test func `TEI has utterances with the names before them`() throws {
    let tei = """
      <TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="gl"><teiHeader><profileDesc><settingDesc><setting>
      <date when="2016-06-29">29.06.2016</date></setting></settingDesc></profileDesc></teiHeader><text><body><div>
      <note type="speaker">O señor PRESIDENTE:</note><pb n="1"/>
      <u who="#S"><seg>Bos días.</seg><seg>Reiniciamos. <vocal><desc>(Murmurios.)</desc></vocal></seg></u>
      <kinesic><desc>(Aplausos.)</desc></kinesic><u who="#V"><seg>Grazas.</seg></u>
      </div></body></text></TEI>
      """
    let transcript = try readTranscript(tei)
    #expect(
      transcript.lines == [
        "O señor PRESIDENTE: Bos días.\n\nReiniciamos. (Murmurios.)", "[(Aplausos.)]", "V: Grazas.",
      ])
    #expect((transcript.date, transcript.language) == ("2016-06-29", "gl"))
  }

  @Test func `TEI drama has speakers, verse and stage directions`() throws {
    let tei = """
      <TEI xml:lang="ru"><standOff><listPerson><person xml:id="masha"><persName>Маша</persName></person></listPerson></standOff>
      <text><front><castList><castItem>Маша</castItem></castList></front><body><head>Действие первое</head>
      <stage>Парк.</stage><sp who="#masha"><speaker>Маша.</speaker><p>Это <stage>(смеётся)</stage> траур.</p></sp>
      <sp who="#x"><speaker>Дорн</speaker><l>Раз,</l><l>два.</l></sp></body></text></TEI>
      """
    #expect(
      try readTranscript(tei).lines == ["[Парк.]", "Маша: Это (смеётся) траур.", "Дорн: Раз, два."])
  }

  @Test func `Hansard has names, times and notes`() throws {
    let xml = """
      <debates><major-heading id="x/2007-09-20.1">PETITIONS</major-heading>
      <speech id="x/2007-09-20.2" speakerid="7" speakername="Alan Ferguson" time="09:30:00"><p>Order! The <i>display</i> stays.</p></speech>
      <speech id="x/2007-09-20.3" nospeaker="true" time="unknown"><p>Ordered.</p></speech>
      <division><divisioncount ayes="1"/><memberlist><member>Adams</member></memberlist></division></debates>
      """
    let transcript = try readTranscript(xml)
    #expect(transcript.lines == ["Alan Ferguson: Order! The display stays.", "[Ordered.]"])
    #expect(transcript.turns[0].moment == .clock(date: "2007-09-20", seconds: 34200))
    #expect(transcript.remarks.map(\.text) == ["1 list of votes was left out.", "1 heading was left out."])
  }

  @Test func `text has names before colons, however they are written`() throws {
    let text = """
      Ábrese a sesión.

      O señor PRESIDENTE: Bo día.

      Ábrese a sesión. A fórmula é: si.

      # A heading

      **Ana Ruiz:** Thank
      you.
      _Сэм:_ Привет.
      __Bo__: Hello.

      1. 林大輝議員：主席，

      林大輝議員：是。
      [00:01:05] Dr. J. Smith: At one minute.
      Note: this is no voice.
      """
    #expect(
      try readTranscript(text).lines == [
        "[Ábrese a sesión.]", "O señor PRESIDENTE: Bo día.\n\nÁbrese a sesión. A fórmula é: si.",
        "Ana Ruiz: Thank you.", "Сэм: Привет.", "Bo: Hello.", "林大輝議員: 主席，", "林大輝議員: 是。",
        "Dr. J. Smith: At one minute. Note: this is no voice.",
      ])
  }

  /// A wrong speaker is worse than one who is not known.
  @Test func `text in which each line or paragraph begins with a name has a voice for each`() throws {
    let said = [
      "Ana Ruiz: Welcome.", "Prof. Nowak: Thank you.", "Иванов: Спасибо.", "冯绍雷：谢谢。",
      "The chairman: We close.",
    ]
    let voices = ["Ana Ruiz", "Prof. Nowak", "Иванов", "冯绍雷", "The chairman"]
    for text in [
      said.joined(separator: "\n"), said.joined(separator: "\n\n"), said.joined(separator: "\nand so on\n\n"),
    ] {
      let transcript = try readTranscript(text)
      #expect(transcript.voices.map(\.name) == voices && transcript.turns.count == 5, "\(text)")
      #expect(transcript.remarks == [])
    }
  }

  @Test func `what stands before a colon is a voice if somebody is called so, else a remark tells of it`()
    throws
  {
    let text =
      "Ana Ruiz: Welcome.\nTo all.\nTo each.\nTo me.\n冯绍雷：谢谢。\nThe chairman: We close.\nin short: yes.\n"
    let file = ForeignSource.File(name: "minutes.txt", text: text)
    let transcript = try Interchange.readTranscript(file).transcript
    #expect(transcript.voices.map(\.name) == ["Ana Ruiz"])
    #expect(
      transcript.remarks == [
        Remark(
          "“冯绍雷”, “The chairman” in line 6 were read as text, not as voices. If somebody speaks there, say who with --speaker \"冯绍雷=SPEAKER\".",
          at: SourcePosition(line: 5))
      ])
    let known = try Interchange.readTranscript(file) { ["冯绍雷", "The chairman"].contains($0) }.transcript
    #expect(known.voices.map(\.name) == ["Ana Ruiz", "冯绍雷", "The chairman"] && known.remarks == [])
    #expect(known.turns.last?.text == ForeignText("We close. in short: yes."))
  }

  @Test func `text after a heading is said by nobody until somebody is named`() throws {
    #expect(
      try readTranscript("Ana: Thank you.\n\nAna: Yes.\n\n# Lunch\n\nEverybody leaves.\n\nAna: Welcome.\n")
        .lines
        == ["Ana: Thank you.", "Ana: Yes.", "[Everybody leaves.]", "Ana: Welcome."])
  }

  @Test func `text without names is what one voice said`() throws {
    #expect(
      try readTranscript("\u{FEFF}Mr. President,\r\nColleagues,\r\n\r\nToday.\r\n").lines == [
        "?: Mr. President, Colleagues,\n\nToday."
      ])
  }

  @Test func `a chat has names in angle brackets`() throws {
    let transcript = try readTranscript("20:04:10 <gkellogg> agenda: x\n20:04:11 <ivan> present\n")
    #expect(transcript.lines == ["gkellogg: agenda: x", "ivan: present"])
    #expect(transcript.turns[1].moment == .clock(date: nil, seconds: 72251))
  }

  @Test(arguments: ["", "   \n", "{\"a\": 1}", "<html><body>x</body></html>", "PK\u{3}\u{4}\0\0"])
  func `what is no transcript is refused`(text: String) {
    #expect(throws: Unreadable.self) { try readTranscript(text) }
  }

  @Test func `a declaration of entities is refused, and a broken file names its line`() throws {
    let bomb = "<!DOCTYPE TEI [<!ENTITY a \"aa\">]><TEI><text><body><u>&a;</u></body></text></TEI>"
    #expect(throws: Unreadable.self) { try readTranscript(bomb) }
    let error = #expect(throws: Unreadable.self) {
      try readTranscript("<TEI><text>\n<body><u>x</body></text></TEI>")
    }
    #expect(error?.at?.line == 2)
  }

  @Test func `a speech that is too long for one statement goes on in the next`() throws {
    let word = String(repeating: "word ", count: 40_000)
    let turns = try readTranscript("Ana Ruiz: \(word)\n").turns
    #expect(turns.count == 3)
    #expect(turns.allSatisfy { $0.text.entries[0].text.utf8.count <= 80_000 && $0.voice == turns[0].voice })
  }

  @Test func `lines of 9 MB are refused, and a speech of 9 MB in XML`() {
    let long = String(repeating: "x", count: 9 << 20)
    #expect(throws: Unreadable.self) { try readTranscript(long) }
    #expect(throws: Unreadable.self) {
      try readTranscript("<TEI><text><body><u><seg>\(long)</seg></u></body></text></TEI>")
    }
  }
}
