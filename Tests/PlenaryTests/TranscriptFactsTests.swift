import Interchange
import Record
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Plenary

struct `A transcript` {
  private let conference = ConferenceFacts(
    ConferenceDetails(title: "Fair", firstDay: "2016-03-25", lastDay: "2016-03-27", zone: "Asia/Shanghai") {
      $0.languages = [.english]
    })

  @Test func `with times of a clock has them on its date`() throws {
    let tei = """
      <TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><profileDesc><settingDesc><setting>
      <date when="2016-03-26"/></setting></settingDesc></profileDesc></teiHeader><text><body><div>
      <note type="time" when="09:30:00"/><u who="#S"><seg>Good morning.</seg></u>
      </div></body></text></TEI>
      """
    let read = try Interchange.readTranscript(ForeignSource.File(name: "file", text: tei)).transcript
    let facts = try TranscriptFacts(read, of: "opening", language: nil, into: conference)
    #expect(facts.turns.map(\.moment) == [.clock("2016-03-26", seconds: 34200)])
  }
}
