import Vocabulary

/// Debates as the parsers of parliaments' reports write them (OpenAustralia, Public Whip): `speech` with `speakername`.
package enum HansardXML: TranscriptReader {
  package static let name = "Hansard XML"

  package static func recognizes(_ beginning: [UInt8]) -> Bool {
    ["debates", "publicwhip"].contains(ForeignSource.File.rootElement(beginning))
      && ["speech", "major-heading", "minor-heading", "oral-heading"].contains {
        ForeignSource.File.hasElement($0, beginning)
      }
  }

  package static func read(_ file: ForeignSource.File) throws -> ForeignTranscript {
    var spoken = SpokenXML()
    var last = SourcePosition(line: 1)
    var depth = 0
    var divisions: (count: Int, first: SourcePosition?) = (0, nil)
    try XMLPieces.read(file, whole: [], texts: true) { piece in
      switch piece {
      case .begin(let element):
        depth += 1
        last = element.at
        if depth == 1 { return }
        if element.name == "division" {
          divisions.count += 1
          if divisions.first == nil { divisions.first = element.at }
        }
        if element.name == "speech" {
          try begin(element, &spoken)
        } else {
          try spoken.begin(part(element.name), at: element.at)
        }
      case .end:
        if depth > 1 { try spoken.end() }
        depth -= 1
      case .text(let text): if depth > 1 { try spoken.text(text, at: last) }
      case .whole: break
      }
    }
    if divisions.count > 0 {
      spoken.collector.remark(
        "\(counted(divisions.count, "list of votes", "lists of votes")) \(divisions.count == 1 ? "was" : "were") left out.",
        at: divisions.first)
    }
    return try spoken.finish()
  }

  private static func part(_ name: String) -> SpokenXML.Part {
    switch name {
    case "p", "li", "dd", "tr", "blockquote", "pre": .paragraph
    case "dt", "td", "th", "br": .line
    case "major-heading", "minor-heading", "oral-heading": .heading
    case "division", "bills", "title": .skipped
    case "gidredirect", "stamp", "bookmark": .skipped
    default: .other
    }
  }

  private static func begin(_ element: XMLElement, _ spoken: inout SpokenXML) throws {
    let name = Words.line(element.attribute("speakername"))
    let id =
      element.attribute("speakerid").flatMap { $0 == "unknown" ? nil : $0 } ?? element.attribute("person_id")
    // uk.org.publicwhip/lords/2007-09-20.3.1
    let date = element.attribute("id").flatMap { id in
      id.firstMatch(of: /\d{4}-\d\d-\d\d/.asciiOnlyDigits()).flatMap { Clock.date(String($0.output)) }
    }
    if let date { spoken.collector.offer(\.date, date.description) }
    let moment = Clock.moment(element.attribute("time"), date: date?.description)
    // Nobody is named: it is a note of the record.
    if name == nil, element.attribute("nospeaker") == "true" {
      return try spoken.begin(.note, at: element.at)
    }
    try spoken.begin(.speech, at: element.at, key: id, name: name, moment: moment)
  }
}
