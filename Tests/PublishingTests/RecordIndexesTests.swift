import EventLog
import Foundation
@testable import People
@testable import ReadModels
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Record
@testable import Scheduling

extension RecordIndexes.Heading {
  /// `Feng, Shaolei *1.1–3*, 5; 2.C1`: what the person says is between stars.
  fileprivate var printed: String {
    let places = groups.map { group in
      group.map { $0.speaks ? "*\($0.text)*" : $0.text }.joined(separator: ", ")
    }
    let name = names.map(\.text).joined(separator: " | ")
    if let see { return name + " → " + see.best([.english]).text }
    return ([name] + within.map { "(\($0.best([.english]).text))" } + [places.joined(separator: "; ")])
      .joined(separator: " ")
  }
}

@Suite(.timeLimit(.minutes(5))) struct `The indexes of the record` {
  private func by(_ persons: PersonID...) -> Attribution {
    try! Attribution(
      persons.count == 1 ? .named : .joint, persons: persons, asPrinted: localized("Somebody"))
  }

  private func indexes(_ story: Story, _ languages: [Language]? = [.english]) -> RecordIndexes {
    story.proceedingsPublication(languages).record().body.indexes
  }

  @Test func `list entries of every kind by session, as ranges, with speaking told from being mentioned`() {
    var story = Story.shanghai
    for number in 1...4 {
      story.enter(try! RecordID("e-\(number)"), localized("One."), by: by("zhang-deguang"))
    }
    story.enter("e-5", localized("Two, with [[person:zhang-deguang|him]]."), by: by("feng-shaolei"))
    story.enter("e-6", localized("Three."), by: by("zhang-deguang", "feng-shaolei")) {
      $0.mentions = ["zhang-deguang"]
    }
    story.enter("e-7", localized("Four.")) { $0.mentions = ["zhang-deguang"] }
    story.enter("e-8", localized("Five.")) { $0.mentions = ["zhang-deguang"] }
    story.enter("e-c1", as: .conclusion, localized("Six."), by: by("zhang-deguang"))
    story.enter("e-c2", as: .conclusion, localized("Seven."), by: by("zhang-deguang"))
    story.enter("e-p1", as: .position, localized("Eight."), by: by("feng-shaolei")) {
      $0.topic = localized("T")
    }
    story.enter("e-r1", as: .recommendation, in: "closing", localized("Nine."), by: by("zhang-deguang"))
    #expect(
      indexes(story).persons.map(\.printed) == [
        "Feng Shaolei | 冯绍雷 *1.5–6*, *P1*", "Zhang Deguang | 张德广 *1.1–4*, 5, *6*, 7–8, *C1–C2*; *2.R1*",
      ])
    let places = indexes(story).persons[1].groups[0]
    #expect(places.map(\.number) == ["1.1", "1.5", "1.6", "1.7", "1.C1"])
    #expect(places.map(\.anchor) == ["e-1", "e-5", "e-6", "e-7", "e-c1"])
    #expect(places.allSatisfy { $0.provisional })
  }

  @Test func `lead from a name that is printed to the present one`() throws {
    var story = Story.shanghai
    story.add(
      .organisationAdded(OrganisationAdded(organisation: "port", name: localized("Port Authority"))))
    var attribution = by("zhang-deguang")
    let before = try PersonName([NameForm("Chang, Te-kuang", in: .english, order: .familyFirst)])
    attribution.credits = [Credit("zhang-deguang", name: before, affiliations: [])]
    attribution.asPrinted = localized("\(before.printed), of the port")
    story.enter("e-1", localized("praised the [[org:port]]."), by: attribution)
    story.enter("e-2", localized("left [[org:port|it]]."))
    story.issue()
    story.add(
      .organisationRevised(
        OrganisationRevised(organisation: "port") { $0.name = localized("Harbour Office") }))
    let found = indexes(story)
    #expect(
      found.organisations.map(\.printed) == ["Harbour Office 1.1–2", "Port Authority → Harbour Office"])
    #expect(found.persons.map(\.printed) == ["Chang Te-kuang → Zhang Deguang", "Zhang Deguang | 张德广 *1.1*"])
  }

  @Test func `lead from no name that stands beside the first one`() throws {
    var story = Story.shanghai
    var attribution = by("zhang-deguang")
    attribution.credits = [
      Credit(
        "zhang-deguang", name: try PersonName([NameForm("张, 德广", in: .chinese, order: nil)]), affiliations: []
      )
    ]
    attribution.asPrinted = LocalizedText([.chinese: "张德广"])
    story.enter("e-1", localized("spoke."), by: attribution)
    #expect(indexes(story).persons.map(\.printed) == ["Zhang Deguang | 张德广 *1.1*"])
  }

  @Test func `have no range across what stands between, and use fixed numbers`() {
    var story = Story.shanghai
    for number in 1...5 {
      story.enter(try! RecordID("e-\(number)"), localized("One."), by: by("zhang-deguang"))
    }
    story.add(.sessionOrdinalSet(SessionOrdinalSet(session: "session-1", ordinal: 4)))
    story.issue()
    story.add(
      .correctionRequested(
        CorrectionRequested(
          "k-1", of: "e-4", in: "session-1", kind: .substantive, retracts: true, EntryDetails.Changes())),
      .correctionAccepted(
        CorrectionAccepted(
          correction: "k-1", entry: "e-4", session: "session-1", verifiedAgainst: .notes, reason: nil)))
    story.enter("e-late", localized("Late."), by: by("zhang-deguang"))
    let places = indexes(story).persons[0].groups[0]
    #expect(places.map(\.text) == ["4.1–3", "5–6"])
    #expect(places.map(\.provisional) == [false, true])
  }

  @Test func `file a name without parts by its last word, and one with a sort key as it says`() throws {
    var story = Story.shanghai
    func register(_ person: PersonID, _ name: String, sortKey: String? = nil) throws {
      story.add(
        .speakerRegistered(
          SpeakerRegistered(
            person: person,
            name: try PersonName([NameForm(name, in: .english, order: nil)], sortKey: sortKey))))
      story.enter(try RecordID("e-\(person)"), localized("Spoke."), by: by(person))
    }
    try register("nora", "Nora Newman")
    try register("ludwig", "Ludwig van Beethoven", sortKey: "Beethoven, Ludwig van")
    try register("cher", "Cher")
    try register("aung", "Aung San Suu Kyi", sortKey: "Aung San Suu Kyi")
    try register("olga", "Petrova, Olga")
    #expect(
      indexes(story).persons.map { $0.names[0].text } == [
        "Aung San Suu Kyi", "Beethoven, Ludwig van", "Cher", "Newman, Nora", "Petrova, Olga",
      ])
  }

  @Test func `refer from abbreviations to names, and say who expanded them`() {
    var story = Story.shanghai
    story.add(
      .organisationAdded(
        OrganisationAdded(organisation: "port", name: localized("Port Authority", "港务局")) {
          $0.abbreviation = localized("PA")
          $0.expandedBy = .source
        }),
      .organisationAdded(
        OrganisationAdded(organisation: "board", name: localized("Harbour Board")) {
          $0.abbreviation = localized("HB")
          $0.expansion = localized("Harbour Board of the North")
          $0.parent = "port"
          $0.note = localized("Renamed later.")
          $0.source = localized("Its own page")
          $0.status = .disputed
        }),
      .organisationAdded(
        OrganisationAdded(organisation: "brand", name: localized("North Port")) {
          $0.relations = [OrganisationRelation(.brandOf, "port")]
        }),
      .organisationAdded(
        OrganisationAdded(organisation: "unused", name: localized("Unused")) {
          $0.abbreviation = localized("UN")
        }),
      .subjectAdded(
        SubjectAdded(subject: "ice", name: localized("Ice of the winter")) {
          $0.abbreviation = localized("IW")
        }))
    story.enter("e-1", localized("[[org:board]] and [[org:port|the Authority]] met.", "[[org:port]]开会。"))
    story.enter("e-2", localized("[[org:port]] on [[subject:ice|ice]] and [[subject:fog|the fog]]."))
    story.enter("e-3", localized("[[org:guild|the Guild of Pilots]] and [[org:brand]]."))
    let indexes = indexes(story)
    #expect(
      indexes.organisations.map(\.printed) == [
        "Harbour Board (Port Authority) 1.1", "HB → Harbour Board", "North Port 1.3",
        "PA → Port Authority", "Port Authority 1.1–2", "the Guild of Pilots 1.3",
      ])
    #expect(
      indexes.organisations[0].remarks.map { $0.best([.english]).text } == [
        "Note (disputed): Renamed later. (Its own page)"
      ])
    #expect(
      indexes.organisations[4].remarks.map { $0.best([.english]).text } == ["Legal body of: North Port"])
    #expect(
      indexes.subjects.map(\.printed) == ["Ice of the winter 1.2", "IW → Ice of the winter", "the fog 1.2"])
    #expect(
      indexes.abbreviations.map {
        "\($0.abbreviation.best([.english]).text): \($0.expansion.best([.english]).text), "
          + $0.expandedByPrinted.best([.english]).text
      } == [
        "HB: Harbour Board of the North, the editors", "IW: Ice of the winter, the editors",
        "PA: Port Authority, the source",
      ])
  }

  @Test func `name what nobody has registered`() {
    var story = Story.shanghai
    story.add(.organisationAdded(OrganisationAdded(organisation: "port", name: localized("Port"))))
    story.enter(
      "e-1",
      localized(
        "[[org:port]], [[org:guild|the Guild]], [[person:nobody|a man]], [[person:zhang-deguang|he]]."))
    story.enter("e-2", localized("[[subject:fog|fog]]", "[[subject:fog|雾]]"))
    story.enter("e-3", localized("[[subject:gone|gone]]"))
    story.add(.statementRetracted(StatementRetracted(entry: "e-3", session: "session-1")))
    let people = story.program.people
    #expect(
      story.proceedings.unknownMarks { people[$0.slug] != nil } == [
        UnknownMark(entry: "e-1", kind: "org", slug: "guild"),
        UnknownMark(entry: "e-1", kind: "person", slug: "nobody"),
        UnknownMark(entry: "e-2", kind: "subject", slug: "fog"),
      ])
    #expect(indexes(story).persons.map(\.printed) == ["a man 1.1", "Zhang Deguang | 张德广 1.1"])
  }

  @Test func `are on the page`() throws {
    var story = Story.shanghai
    story.add(
      .organisationAdded(
        OrganisationAdded(organisation: "port", name: localized("Port <Authority>", "港务局")) {
          $0.abbreviation = localized("PA")
        }))
    story.enter("e-1", localized("[[org:port]] met."), by: by("zhang-deguang"))
    story.enter("e-2", localized("And again [[subject:ice|ice]]."), by: by("zhang-deguang"))
    let html = story.proceedingsPublication().html()
    for part in [
      "<h2 id=\"indexOfOrganisations\">", "<h2 id=\"indexOfSubjects\">", "<h2 id=\"abbreviations\">",
      "<a href=\"#indexOfSubjects\">", "Port &lt;Authority&gt;",
      "<strong><a href=\"#e-1\">1.1–2</a></strong>",
      "PA</span> → ",
    ] { #expect(html.contains(part), "\(part)") }
  }

  @Test func `count each session for itself with a thousand entries`() {
    var story = Story.shanghai
    for number in 1...1000 {
      story.enter(
        try! RecordID("e-\(number)"), localized("Said."),
        by: by(number % 100 == 0 ? "feng-shaolei" : "zhang-deguang"))
    }
    let persons = indexes(story).persons
    #expect(persons[0].groups[0].count == 10)
    #expect(persons[1].groups[0].prefix(2).map(\.text) == ["1.1–99", "101–199"])
  }
}
