import Vocabulary

/// Speech in TEI P5: utterances (`u`, as ParlaMint has them) and drama (`sp` with `speaker`), with the people of the header.
package enum TEI: TranscriptReader {
  package static let name = "TEI"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    ["TEI", "TEI.2"].contains(ForeignSource.File.rootElement(beginning))
  }

  package static func read(_ file: ForeignSource.File) throws -> ForeignTranscript {
    var reader = Reader()
    try XMLPieces.read(file, whole: ["person", "personGrp", "title", "setting"], texts: true) {
      try reader.take($0)
    }
    guard reader.isText else {
      throw Unreadable("“\(excerpt(file.name))” is TEI, but has no text.")
    }
    return try reader.spoken.finish()
  }

  private struct Reader {
    var spoken = SpokenXML()
    var isText = false
    private var people: [String: String] = [:]
    private var depth = 0
    /// Where the text begins; 0: it has not begun, or is over.
    private var textDepth = 0
    private var last = SourcePosition(line: 1)
    /// The name that is printed before the next utterance.
    private var announced: String?
    private var announcing: (depth: Int, text: String)?
    private var moment: ForeignMoment?

    mutating func take(_ piece: XMLPiece) throws {
      switch piece {
      case .begin(let element):
        depth += 1
        last = element.at
        if depth == 1 { spoken.collector.offer(\.language, element.attribute("lang")) }
        if textDepth > 0 {
          try begin(element)
        } else if element.name == "text" {
          isText = true
          textDepth = depth
          spoken.collector.offer(\.language, element.attribute("lang"))
        }
      case .end:
        if depth == textDepth {
          textDepth = 0
        } else if textDepth > 0 {
          if let open = announcing, open.depth == depth {
            announced = TurnCollector.label(open.text)
            announcing = nil
          }
          try spoken.end()
        }
        depth -= 1
      case .text(let text):
        if announcing != nil {
          announcing?.text += text
        } else if textDepth > 0 {
          try spoken.text(text, at: last)
        }
      case .whole(let element): try read(element)
      }
    }

    private mutating func read(_ element: XMLElement) throws {
      switch element.name {
      case "person", "personGrp":
        guard let id = element.attribute("id") else { return }
        let names = element.all("persName") + element.all("name")
        let name = names.first { $0.attribute("lang") == nil } ?? names.first
        if let words = Words.line(name?.inOrder) { people[id] = words }
      case "setting":
        let date = element.all("date").lazy.compactMap {
          ($0.attribute("when") ?? Words.line($0.text)).flatMap { Clock.date(String($0.prefix(10))) }
        }.first
        spoken.collector.offer(\.date, date?.description)
      case "title":
        if textDepth == 0 { return spoken.collector.offer(\.title, element.allText) }
        // In a speech it is the title of a book.
        try spoken.text(element.allText, at: element.at)
      default: break
      }
    }

    private mutating func begin(_ element: XMLElement) throws {
      let part: SpokenXML.Part =
        switch element.name {
        case "u", "sp": .speech
        case "speaker": .label
        case "note": element.attribute("type") == "speaker" ? .skipped : .note
        case "stage", "vocal", "kinesic", "incident": .note
        case "p", "seg", "ab", "item", "quote", "lg": .paragraph
        case "l", "lb": .line
        case "head": .heading
        case "front", "back", "castList", "fw", "sic", "orig", "abbr": .skipped
        default: .other
        }
      if element.name == "note", part == .skipped { announcing = (depth, "") }
      if element.name == "note", element.attribute("type") == "time" {
        moment = Clock.moment(element.attribute("when")) ?? moment
      }
      guard part == .speech else {
        return try spoken.begin(part, at: element.at, language: element.attribute("lang"))
      }
      let who = element.attribute("who")
      let ids = (who ?? "").split(whereSeparator: \.isWhitespace).map { $0.drop { $0 == "#" } }.map(
        String.init)
      let known = ids.compactMap { people[$0] }
      let name = announced ?? (known.isEmpty || element.name == "sp" ? nil : known.joined(separator: ", "))
      // Several who speak at once are a voice of their own.
      let started = moment
      (announced, moment) = (nil, nil)
      try spoken.begin(
        .speech, at: element.at, key: ids.isEmpty ? nil : ids.joined(separator: " "), name: name,
        language: element.attribute("lang"), moment: started)
    }
  }
}

extension XMLElement {
  /// Its own text, else the texts of the elements in it, with spaces: a forename and a surname.
  fileprivate var inOrder: String {
    Words.line(text) ?? children.map(\.inOrder).joined(separator: " ")
  }
}
