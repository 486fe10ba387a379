import Vocabulary

/// Debates in Akoma Ntoso 2 and 3 (OASIS, “Akoma Ntoso Version 1.0”, §5.6): speeches, questions and answers, with the people
/// of the references (`TLCPerson`).
package enum AkomaNtoso: TranscriptReader {
  package static let name = "Akoma Ntoso"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    ForeignSource.File.rootElement(beginning) == "akomaNtoso"
  }

  package static func read(_ file: ForeignSource.File) throws -> ForeignTranscript {
    var reader = Reader()
    try XMLPieces.read(
      file, whole: ["TLCPerson", "FRBRdate", "FRBRlanguage", "docDate", "docTitle", "toc"], texts: true
    ) {
      try reader.take($0)
    }
    guard reader.isDebate else {
      throw Unreadable(
        "“\(excerpt(file.name))” is Akoma Ntoso, but no debate: there is no <debate> in it.")
    }
    return try reader.finish()
  }

  private struct Reader {
    var spoken = SpokenXML()
    var isDebate = false
    private var people: [String: String] = [:]
    private var isBody = false
    private var bodyDepth = 0
    private var depth = 0
    private var last = SourcePosition(line: 1)
    private var moment: ForeignMoment?
    /// Of the document, which may be later than the sitting.
    private var documentDate: String?

    consuming func finish() throws -> ForeignTranscript {
      spoken.collector.offer(\.date, documentDate)
      return try spoken.finish()
    }

    mutating func take(_ piece: XMLPiece) throws {
      switch piece {
      case .begin(let element):
        depth += 1
        last = element.at
        if element.name == "debate" || element.name == "debateReport" { isDebate = true }
        if isBody {
          try begin(element)
        } else if element.name == "debateBody" {
          (isBody, bodyDepth) = (true, depth)
        }
      case .end:
        if isBody {
          if depth == bodyDepth { isBody = false } else { try spoken.end() }
        }
        depth -= 1
      case .text(let text): if isBody { try spoken.text(text, at: last) }
      case .whole(let element): read(element)
      }
    }

    private mutating func read(_ element: XMLElement) {
      switch element.name {
      case "TLCPerson":
        // `id` was renamed `eId` in version 3.
        guard let id = element.attribute("eId") ?? element.attribute("id") else { return }
        if let name = Words.line(element.attribute("showAs")) { people[id] = name }
      case "docTitle": spoken.collector.offer(\.title, element.allText)
      case "docDate", "FRBRdate":
        let date = element.attribute("date").flatMap { Clock.date(String($0.prefix(10))) }
        if element.name == "docDate" {
          spoken.collector.offer(\.date, date?.description)
        } else if documentDate == nil {
          documentDate = date?.description
        }
      case "FRBRlanguage": spoken.collector.offer(\.language, element.attribute("language"))
      default: break
      }
    }

    private mutating func begin(_ element: XMLElement) throws {
      let part: SpokenXML.Part =
        switch element.name {
        case "speech", "question", "answer": .speech
        case "from": .label
        case "narrative", "scene", "summary", "remark", "other", "communication", "rollCall": .note
        case "p", "li", "item", "block", "tr", "blockContainer": .paragraph
        case "heading", "subheading", "num": element.name == "num" ? .skipped : .heading
        case "authorialNote", "noteRef", "toc": .skipped
        default: .other
        }
      if element.name == "recordedTime" { moment = Clock.moment(element.attribute("time")) ?? moment }
      guard part == .speech else {
        return try spoken.begin(part, at: element.at, language: element.attribute("lang"))
      }
      let by = element.attribute("by").map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }?.nonEmpty
      let started = Clock.moment(element.attribute("startTime")) ?? moment
      moment = nil
      try spoken.begin(
        .speech, at: element.at, key: by, name: by.flatMap { people[$0] },
        language: element.attribute("lang"), moment: started)
    }
  }
}

extension XMLElement {
  /// Its text and that of the elements in it, though not in their order.
  var allText: String { ([text] + children.map(\.allText)).joined(separator: " ") }
}
