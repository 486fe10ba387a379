import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Scheduling

private let ada = AttendeeDetails(name: "Lovelace, Ada") {
  $0.email = "ada@example.org"
  $0.organisation = "Engines"
}
private let bo = AttendeeDetails(name: "Li, Bo")

private func wanted(_ details: AttendeeDetails, _ key: String? = nil, category: String? = nil)
  -> WantedAttendee
{
  var wanted = WantedAttendee(keys: key.map { ["code:\($0)"] } ?? [], details: details)
  wanted.category = category
  return wanted
}

/// The key that an import gives everybody, so that what it sealed can be opened by the next one.
private let fresh = SealingKey(bytes: Array(repeating: 3, count: 32))

private func command(
  _ wanted: [WantedAttendee], knowing known: [EventLog.Tag: SealingKey] = [:],
  former: [EventLog.Tag: SealingKey] = [:], complete: Bool = false, _ choices: ProgramImport.Choices = .init()
) -> AttendeeImport.Command {
  AttendeeImport.Command(
    source: "table", format: "CSV", sha256: "00", wanted: wanted, choices: choices,
    withdrawsMissing: complete,
    keys: ImportKeys(
      known, former: former, fresh: fresh, conference: "shanghai-2016",
      commandID: "00000000-0000-4000-8000-000000000000"))
}

/// A conference after a first import, with its keys.
private struct Imported {
  let given: Given<AttendeeImport>
  let keys: [EventLog.Tag: SealingKey]
  let ids: [AttendeeID]

  init(given: Given<AttendeeImport>, keys: [EventLog.Tag: SealingKey], ids: [AttendeeID]) {
    (self.given, self.keys, self.ids) = (given, keys, ids)
  }

  init(_ people: WantedAttendee...) throws {
    let command = command(people)
    let events = try AttendeeImport.decide(command, in: AttendeeImport.given(opened).state())
    ids = events.compactMap { event in
      if case .people(.attendeeRegistered(let body)) = event { body.attendee } else { nil }
    }
    keys = command.keys.new(of: ids.map(\.tag))
    given = AttendeeImport.given(opened).adding(events.map(\.body), by: "anna")
  }

  func importing(
    _ people: [WantedAttendee], complete: Bool = false, after more: [any EventBody] = [],
    _ choices: ProgramImport.Choices = .init()
  ) throws -> [ProgramOrPeopleEvent] {
    try importing(people, complete: complete, after: [more], choices)
  }

  /// - Parameter commands: the events of each.
  func importing(
    _ people: [WantedAttendee], complete: Bool = false, after commands: [[any EventBody]],
    _ choices: ProgramImport.Choices = .init()
  ) throws -> [ProgramOrPeopleEvent] {
    try AttendeeImport.decide(
      command(people, knowing: keys, complete: complete, choices), in: after(commands).state())
  }

  func after(_ commands: [[any EventBody]]) -> Given<AttendeeImport> {
    commands.reduce(given) { $0.adding($1, by: "olga") }
  }

  /// What somebody here changed.
  func revised(_ details: AttendeeDetails, category: String? = nil) throws -> AttendeeRevised {
    let id = ids[0]
    let sealed = try Sealed(
      details, key: #require(keys[id.tag]), context: AttendeeDetails.context("shanghai-2016", id),
      commandID: "olga")
    return AttendeeRevised(attendee: id, category: category, details: sealed)
  }

  func details(_ event: ProgramOrPeopleEvent?) -> AttendeeDetails? {
    guard case .people(.attendeeRevised(let body)) = event, let key = keys[body.attendee.tag] else {
      return nil
    }
    return body.details?.open(key: key, context: AttendeeDetails.context("shanghai-2016", body.attendee))
  }
}

struct `Importing attendees` {
  /// A file without keys of its own: who is meant is found by the address alone.
  @Test func `does not register anew whoever is erased while it runs`() throws {
    let imported = try Imported(wanted(ada), wanted(bo, "A2"))
    let erased = try imported.given.and(PersonErased(attendee: imported.ids[0])).state()
    var left = imported.keys
    left[imported.ids[0].tag] = nil
    let again = command([wanted(ada), wanted(bo, "A2")], knowing: left, former: imported.keys)
    #expect(try AttendeeImport.decide(again, in: erased) == [])
    #expect(try AttendeeImport.skipped(again, in: erased).map(\.id) == [imported.ids[0]])
    // Whoever was erased before is nobody that an import could recognize.
    let later = command([wanted(ada)], knowing: left)
    #expect(try AttendeeImport.decide(later, in: erased).count == 2)
  }

  @Test func `registers each with a key and a short name that says nothing`() throws {
    let imported = try Imported(wanted(ada, "A1", category: "Student"), wanted(bo, "A2"))
    #expect(imported.ids.count == 2 && Set(imported.keys.values.map(\.bytes)).count == 2)
    #expect(imported.ids.allSatisfy { $0.slug.hasPrefix("a-") && !$0.slug.contains("ada") })
    let bodies = imported.given.events.dropFirst().map(\.body).joined()
    #expect(!bodies.contains("Ada") && !bodies.contains("ada@"))
    #expect(try imported.given.state().attendees[imported.ids[0]]?.category == "Student")
    #expect(try imported.given.state().attendees[imported.ids[1]]?.category == "delegate")
  }

  @Test func `records nothing for the same list again, in another order`() throws {
    let people = [wanted(ada, "A1"), wanted(bo, "A2")]
    let imported = try Imported(people[0], people[1])
    #expect(try imported.importing(people.reversed()) == [])
  }

  @Test func `knows two people of one name again, who have no key and no address`() throws {
    let imported = try Imported(wanted(bo), wanted(bo))
    #expect(imported.ids.count == 2)
    #expect(try imported.importing([wanted(bo), wanted(bo)]) == [])
    let one = try imported.importing([wanted(bo)], complete: true)
    #expect(one.count { if case .people(.attendeeWithdrawn) = $0 { true } else { false } } == 1)
  }

  @Test func `finds people in a table of ours by their short names, and registers nobody anew`() throws {
    let imported = try Imported(wanted(ada), wanted(bo), wanted(bo))
    func row(_ index: Int, _ details: AttendeeDetails) -> WantedAttendee {
      var row = wanted(details)
      row.own = imported.ids[index].slug
      row.shownName = details.name.forms.map { ShownForm($0.printed, $0) }
      row.saysState = true
      return row
    }
    // The list shows less than what is here.
    let shown = AttendeeDetails(name: "Lovelace, Ada") { $0.email = "ada@example.org" }
    // A list of another conference can have the same short name for somebody else.
    func importing(_ rows: [WantedAttendee], _ choices: ProgramImport.Choices = .init()) throws
      -> [ProgramOrPeopleEvent]
    {
      var command = command(rows, knowing: imported.keys, choices)
      command.source = "plenary-table"
      command.isOwn = true
      return try AttendeeImport.decide(command, in: imported.given.state())
    }
    #expect(try importing([row(2, bo), row(0, shown), row(1, bo)]) == [])
    let other = row(0, AttendeeDetails(name: "Ruiz, Ana"))
    #expect(throws: AttendeeImport.Refusal.self) { try importing([other]) }
    #expect(imported.details(try importing([other], .init(all: .theirs)).last)?.name.printed == "Ana Ruiz")
  }

  /// A list from Monday, imported on Wednesday.
  @Test func `takes nobody out or in by a table of ours that is out of date`() throws {
    let imported = try Imported(wanted(ada), wanted(bo))
    func own(_ change: (inout WantedAttendee) -> Void = { _ in }) -> WantedAttendee {
      var row = wanted(ada)
      row.own = imported.ids[0].slug
      row.shownName = ada.name.forms.map { ShownForm($0.printed, $0) }
      change(&row)
      return row
    }
    func command(_ row: WantedAttendee, _ choices: ProgramImport.Choices = .init()) -> AttendeeImport.Command
    {
      var keys = imported.keys
      if row.line == 7 { keys[imported.ids[0].tag] = nil }
      var command = SchedulingTests.command([row], knowing: keys, choices)
      (command.source, command.isOwn, command.languages) = ("plenary-table", true, ["en"])
      return command
    }
    let id = imported.ids[0]
    // Erased on Tuesday: nobody can open the details any more.
    let erased = try imported.given.and(PersonErased(attendee: id)).state()
    let late = command(own { $0.line = 7 })
    #expect(try AttendeeImport.decide(late, in: erased) == [])
    #expect(try AttendeeImport.skipped(late, in: erased).map(\.id) == [id])
    // Withdrawn on Monday, reinstated since.
    let state = try imported.given.and(AttendeeSignedUp(attendee: id, session: "talks")).state()
    let withdrawn = own { $0.isCancelled = true }
    let refusal = #expect(throws: AttendeeImport.Refusal.self) {
      try AttendeeImport.decide(command(withdrawn), in: state)
    }
    #expect(
      refusal
        == .clashes([
          ProgramImport.Clash(
            of: id.tag, field: "status", theirs: "withdrawn", ours: "registered", isFirst: true)
        ]))
    #expect(try AttendeeImport.decide(command(withdrawn, .init(all: .theirs)), in: state).count == 3)
    #expect(
      try AttendeeImport.decide(
        command(withdrawn, .init(single: ["\(id.tag).status": .theirs])), in: state
      ).count == 3)
    // Registered on Monday, withdrawn since.
    let gone = try imported.given.and(AttendeeWithdrawn(attendee: id)).state()
    #expect(try AttendeeImport.decide(command(own()), in: gone) == [])
    #expect(try AttendeeImport.skipped(command(own()), in: gone).map(\.id) == [id])
    // Of somebody who has withdrawn in the table, too, only a correction is not taken.
    #expect(try AttendeeImport.skipped(command(withdrawn), in: gone).isEmpty)
    let corrected = own { ($0.isCancelled, $0.details.organisation) = (true, "Looms") }
    #expect(try AttendeeImport.decide(command(corrected), in: gone) == [])
    #expect(try AttendeeImport.skipped(command(corrected), in: gone).map(\.id) == [id])
  }

  @Test func `does not ask again for what was declined in a table of ours, and asks for what was emptied`()
    throws
  {
    let imported = try Imported(wanted(ada))
    var row = wanted(AttendeeDetails(name: ada.name) { $0.email = "ada@example.org" })
    row.own = imported.ids[0].slug
    row.emptied = ["organisation"]
    func command(_ choices: ProgramImport.Choices = .init()) -> AttendeeImport.Command {
      var command = SchedulingTests.command([row], knowing: imported.keys, choices)
      (command.source, command.isOwn, command.languages) = ("plenary-table", true, ["en"])
      return command
    }
    let state = try imported.given.state()
    #expect(throws: AttendeeImport.Refusal.self) { try AttendeeImport.decide(command(), in: state) }
    let taken = try AttendeeImport.decide(command(.init(all: .theirs)), in: state)
    #expect(imported.details(taken.last)?.organisation == nil)
    let kept = try AttendeeImport.decide(command(.init(all: .ours)), in: state)
    #expect(kept.count == 1)
    let later = try imported.given.adding(kept.map(\.body), by: "anna").state()
    #expect(try AttendeeImport.decide(command(), in: later) == [])
    #expect(try AttendeeImport.declined(command(), in: later) == ["\(imported.ids[0].tag).organisation"])
  }

  @Test func `finds people by key, else by address, else by name and organisation`() throws {
    let imported = try Imported(wanted(ada, "A1"), wanted(bo))
    var married = ada
    married.name = "King, Ada"
    for keys in [["code:A1"], []] {
      let person = WantedAttendee(keys: keys, details: married)
      let events = try imported.importing([person, wanted(bo)])
      #expect(events.count == 2, "\(keys)")
      #expect(imported.details(events.last)?.name == "King, Ada")
    }
    #expect(try imported.importing([wanted(ada), wanted(bo)]) == [])
    // Another key of the same kind is somebody else.
    #expect(
      try imported.importing([wanted(ada, "A1"), wanted(ada, "A7"), wanted(bo)]).contains {
        if case .people(.attendeeRegistered) = $0 { true } else { false }
      })
  }

  @Test func `takes somebody of the same name and organisation with another address for somebody else`()
    throws
  {
    let imported = try Imported(wanted(ada))
    var other = ada
    other.email = "lovelace@example.com"
    let registered = try imported.importing([wanted(ada), wanted(other)]).count {
      if case .people(.attendeeRegistered) = $0 { true } else { false }
    }
    #expect(registered == 1)
    // Also where the first one is not in the list.
    #expect(
      try imported.importing([wanted(other)]).contains {
        if case .people(.attendeeRegistered) = $0 { true } else { false }
      })
  }

  @Test func `follows the list, and leaves what somebody corrected`() throws {
    let imported = try Imported(wanted(ada, "A1", category: "Student"))
    var moved = ada
    moved.organisation = "Looms"
    let followed = try imported.importing([wanted(moved, "A1", category: "Press")])
    #expect(imported.details(followed.last)?.organisation == "Looms")
    guard case .people(.attendeeRevised(let body)) = followed.last else {
      Issue.record("\(followed)")
      return
    }
    #expect(body.category == "Press")
    // An organizer's organisation and category.
    var corrected = ada
    corrected.organisation = "The Engines"
    let revised = try imported.revised(corrected, category: "Speaker")
    #expect(try imported.importing([wanted(ada, "A1", category: "Student")], after: [revised]) == [])
  }

  @Test func `leaves what was given where a later list has an empty cell`() throws {
    var first = wanted(ada, "A1", category: "Student")
    first.listed = false
    let imported = try Imported(first)
    let emptied = wanted(AttendeeDetails(name: "Lovelace, Ada"), "A1")
    #expect(try imported.importing([emptied]) == [])
    #expect(try imported.importing([emptied], .init(all: .theirs)) == [])
  }

  @Test func `shows what the list and somebody changed, without the data, and asks whose is taken`() throws {
    let imported = try Imported(wanted(ada, "A1", category: "Student"))
    let id = imported.ids[0]
    var (corrected, moved) = (ada, ada)
    corrected.organisation = "The Engines"
    moved.organisation = "Looms"
    moved.country = "England"
    let ours = try imported.revised(corrected, category: "Speaker")
    var theirs = wanted(moved, "A1", category: "Press")
    theirs.line = 12
    func importing(_ choices: ProgramImport.Choices = .init()) throws -> [ProgramOrPeopleEvent] {
      try imported.importing([theirs], after: [ours], choices)
    }
    let refused = try #require(throws: AttendeeImport.Refusal.self) { try importing() }
    #expect(
      refused
        == .clashes([
          .init(of: id.tag, field: "organisation", theirs: "another value in line 12", ours: "another value"),
          .init(of: id.tag, field: "category", theirs: "“Press” in line 12", ours: "“Speaker”"),
        ]))
    let texts = refused.texts.map(\.text).joined()
    #expect(!texts.contains("Engines") && !texts.contains("Looms") && texts.contains(id.slug))

    let taken = try importing(.init(all: .theirs))
    #expect(imported.details(taken.last) == moved)
    let kept = try importing(.init(all: .ours))
    corrected.country = "England"
    #expect(imported.details(kept.last) == corrected)
    let mixed = try importing(.init(all: .ours, single: ["\(id.tag).category": .theirs]))
    guard case .people(.attendeeRevised(let body)) = mixed.last else {
      Issue.record("\(mixed)")
      return
    }
    #expect(body.category == "Press" && imported.details(mixed.last) == corrected)
    // What was decided is not asked again.
    #expect(try imported.importing([theirs], after: [ours] + kept.map(\.body)) == [])
    // Both changed it to the same.
    #expect(try imported.importing([wanted(corrected, "A1", category: "Speaker")], after: [ours]).count == 2)
  }

  @Test func `leaves who was registered here as they are, when a list brings them first`() throws {
    let imported = try Imported(wanted(ada, "A1", category: "Student"))
    var other = ada
    other.organisation = "Looms"
    other.country = "England"
    func importing(_ choices: ProgramImport.Choices = .init()) throws -> AttendeeDetails? {
      var command = command([wanted(other, "X7")], knowing: imported.keys, choices)
      command.source = "shop"
      return imported.details(try AttendeeImport.decide(command, in: imported.given.state()).last)
    }
    var filled = ada
    filled.country = "England"
    #expect(try importing() == filled)
    #expect(try importing(.init(all: .theirs)) == other)
  }

  @Test func `knows the two whom one ticket is for, however often the list comes`() throws {
    let both = [wanted(ada, "T1"), wanted(bo, "T1")]
    let imported = try Imported(both[0], both[1])
    #expect(imported.ids.count == 2)
    #expect(try imported.importing(both) == [])
    #expect(try imported.importing(both.reversed()) == [])
    #expect(try imported.importing(both.reversed(), complete: true) == [])
  }

  private func undoing(_ events: ClosedRange<Int>, of given: Given<AttendeeImport>) throws -> [any EventBody]
  {
    let tags = Set(given.events[(events.lowerBound - 1)..<events.upperBound].flatMap(\.tags)).sorted()
    let undo = Undo.Command(
      commandID: "…", first: events.lowerBound, last: events.upperBound,
      tags: tags.map(EventLog.Tag.init(stored:)))
    return try Undo.decide(undo, in: given.asked(Undo.self).state()).map(\.body)
  }

  @Test func `reinstates somebody whose registration was undone, as the list has them now`() throws {
    let imported = try Imported(wanted(ada, "A1"), wanted(bo))
    let undone = try undoing(2...imported.given.events.count, of: imported.given)
    var moved = ada
    moved.organisation = "Looms"
    let again = try imported.importing([wanted(moved, "A1", category: "Press"), wanted(bo)], after: undone)
    #expect(
      again.compactMap { if case .people(.attendeeReinstated(let body)) = $0 { body.attendee } else { nil } }
        == imported.ids)
    guard case .people(.attendeeRevised(let body)) = again[2] else { throw Failed() }
    #expect(imported.details(again[2]) == moved && body.category == "Press" && again.count == 4)
    #expect(
      try imported.importing(
        [wanted(moved, "A1", category: "Press"), wanted(bo)], after: undone + again.map(\.body)) == [])
  }

  private struct Failed: Error {}

  /// The list mentions somebody whom an organizer registered, and another one.
  private func registeredHere() throws -> (imported: Imported, undone: [any EventBody]) {
    let imported = try Imported(wanted(ada, category: "Student"))
    // As if nobody had imported them.
    let bodies = imported.given.events.dropFirst().filter { $0.type != FileImported.type }
    #expect(bodies.count == 1)
    let here = AttendeeImport.given(opened).adding(
      try bodies.map { try $0.decoded(as: AttendeeRegistered.self) }, by: "anna")
    let first = try AttendeeImport.decide(
      command([wanted(ada, "A1")], knowing: imported.keys), in: here.state())
    #expect(first.count == 1)
    let listed = here.adding(first.map(\.body), by: "olga")
    let undone = try undoing(listed.events.count...listed.events.count, of: listed)
    #expect(undone.count == 1)
    return (Imported(given: listed, keys: imported.keys, ids: imported.ids), undone)
  }

  @Test func `leaves who was registered here as they are, when the first list with them was undone`() throws {
    let (imported, undone) = try registeredHere()
    var moved = ada
    moved.organisation = "Looms"
    moved.country = "England"
    var filled = ada
    filled.country = "England"
    let events = try imported.importing([wanted(moved, "A1", category: "Press")], after: undone)
    guard case .people(.attendeeRevised(let body)) = events.last else { throw Failed() }
    #expect(imported.details(events.last) == filled && body.category == nil && events.count == 2)
    // A complete list without them says nothing of them: this source has them no longer.
    #expect(try imported.importing([], complete: true, after: undone) == [])
  }

  @Test func `leaves who was reinstated here after an undone import, when a complete list lacks them`() throws
  {
    let imported = try Imported(wanted(ada, "A1"))
    let undone = try undoing(2...imported.given.events.count, of: imported.given)
    let back = AttendeeReinstated(attendee: imported.ids[0])
    #expect(try imported.importing([], complete: true, after: [undone, [back]]) == [])
    // Once a list has them again, they are of this source.
    let again = try imported.importing([wanted(ada, "A1")], after: [undone, [back]]).map(\.body)
    #expect(
      try imported.importing([], complete: true, after: [undone, [back], again]).last
        == .people(.attendeeWithdrawn(AttendeeWithdrawn(attendee: imported.ids[0]))))
  }

  /// More than are sealed at once, with some between them who are known or cancelled.
  @Test func `gives each of many their own data`() throws {
    let imported = try Imported(wanted(ada, "A1"), wanted(bo, "A2"))
    var cancelled = wanted(AttendeeDetails(name: "Okafor, Cy"), "A3")
    cancelled.isCancelled = true
    let names = try (0..<13).map { try PersonName([NameForm("Guest \($0)", in: .english, order: nil)]) }
    var people = names.enumerated().map { number, name in
      wanted(AttendeeDetails(name: name), "G\(number)", category: "c\(number)")
    }
    people.insert(cancelled, at: 0)
    people.insert(wanted(bo, "A2"), at: 4)
    people.insert(wanted(ada, "A1"), at: 6)
    people.insert(cancelled, at: 9)
    var command = command(people, knowing: imported.keys)
    command.sealedTogether = 5
    let events = try AttendeeImport.decide(command, in: imported.given.state())
    guard case .scheduling(.fileImported(let file)) = events.first else { throw Failed() }
    #expect(events.count == 14 && file.facts.count == 13)
    var ids: Set<AttendeeID> = []
    for (number, event) in events.dropFirst().enumerated() {
      guard case .people(.attendeeRegistered(let body)) = event else { throw Failed() }
      ids.insert(body.attendee)
      guard body.category == "c\(number)", file.facts[number].of == body.attendee.tag,
        file.facts[number].keys == ["code:G\(number)"]
      else { throw Failed() }
      let key = try #require(command.keys.new(of: [body.attendee.tag])[body.attendee.tag])
      let details: AttendeeDetails? = body.details.open(
        key: key, context: AttendeeDetails.context("shanghai-2016", body.attendee))
      #expect(details?.name == names[number])
    }
    #expect(ids.count == 13)
  }

  @Test func `leaves what somebody corrected who reinstated them after an undone import`() throws {
    let imported = try Imported(wanted(ada, "A1", category: "Student"))
    let undone = try undoing(2...imported.given.events.count, of: imported.given)
    var corrected = ada
    corrected.organisation = "The Engines"
    let here: [any EventBody] = [
      AttendeeReinstated(attendee: imported.ids[0]), try imported.revised(corrected, category: "Speaker"),
    ]
    let events = try imported.importing([wanted(ada, "A1", category: "Student")], after: [undone, here])
    #expect(events.count == 1, "\(events)")
  }

  @Test func `leaves withdrawn who withdrew here, whatever an import did with them before`() throws {
    func skips(_ imported: Imported, _ people: [WantedAttendee], after commands: [[any EventBody]])
      throws -> Bool
    {
      let skipped = try AttendeeImport.skipped(
        command(people, knowing: imported.keys), in: imported.after(commands).state())
      return try imported.importing(people, after: commands) == [] && skipped.map(\.id) == imported.ids
        && skipped.allSatisfy { $0.cause == .organizer }
    }
    func gone(_ imported: Imported) -> AttendeeWithdrawn { AttendeeWithdrawn(attendee: imported.ids[0]) }
    func back(_ imported: Imported) -> AttendeeReinstated { AttendeeReinstated(attendee: imported.ids[0]) }
    // An import with somebody who was registered here was undone.
    let (here, mention) = try registeredHere()
    #expect(try skips(here, [wanted(ada, "A1")], after: [mention, [gone(here)]]))
    // An import that registered them was undone, and somebody here reinstated them.
    let imported = try Imported(wanted(ada, "A1"))
    let undone = try undoing(2...imported.given.events.count, of: imported.given)
    #expect(try !skips(imported, [wanted(ada, "A1")], after: [undone]))
    #expect(try skips(imported, [wanted(ada, "A1")], after: [undone, [back(imported)], [gone(imported)]]))
    // A list without them withdrew them, and somebody here reinstated them.
    let missing = try imported.importing([], complete: true).map(\.body)
    #expect(try !skips(imported, [wanted(ada, "A1")], after: [missing]))
    #expect(try skips(imported, [wanted(ada, "A1")], after: [missing, [back(imported)], [gone(imported)]]))
  }

  /// Of a list that was imported under the wrong name.
  @Test func `reinstates somebody whose registration was undone when another source has them`() throws {
    let imported = try Imported(wanted(ada, "A1", category: "Student"))
    let undone = try undoing(2...imported.given.events.count, of: imported.given)
    var moved = ada
    moved.organisation = "Looms"
    var other = command([wanted(moved, "A1", category: "Press")], knowing: imported.keys)
    other.source = "shop"
    let events = try AttendeeImport.decide(other, in: imported.after([undone]).state())
    guard events.count == 3, case .people(.attendeeRevised(let body)) = events[2] else { throw Failed() }
    #expect(events[1] == .people(.attendeeReinstated(AttendeeReinstated(attendee: imported.ids[0]))))
    #expect(imported.details(events[2]) == moved && body.category == "Press")
  }

  @Test func `reinstates whom an import withdrew, and not who withdrew here`() throws {
    let imported = try Imported(wanted(ada, "A1"), wanted(bo, "A2"))
    let all = [wanted(ada, "A1"), wanted(bo, "A2")]
    let gone = AttendeeWithdrawn(attendee: imported.ids[1])
    let back = AttendeeReinstated(attendee: imported.ids[1])
    let withdrawn = try imported.importing([all[0]], complete: true).map(\.body)
    #expect(withdrawn.last as? AttendeeWithdrawn == gone && withdrawn.count == 2)
    #expect(try imported.importing([all[0]], complete: true, after: withdrawn) == [])
    let again = try imported.importing(all, after: withdrawn)
    #expect(again.last == .people(.attendeeReinstated(back)) && again.count == 2)
    #expect(try imported.importing(all, after: withdrawn + again.map(\.body)) == [])
    // Whom somebody here reinstated, the same list does not withdraw again.
    #expect(try imported.importing([all[0]], complete: true, after: withdrawn + [back]) == [])
    // The undo of the import reinstates as well, and then the list is as complete as before.
    let given = imported.given.adding(withdrawn, by: "anna")
    let last = given.events.count
    let undone = try undoing(last - 1...last, of: given)
    #expect(undone.contains { $0 as? AttendeeReinstated == back })
    #expect(try imported.importing([all[0]], complete: true, after: withdrawn + undone).count == 2)

    let asked = try AttendeeImport.skipped(
      command(all, knowing: imported.keys), in: imported.given.and(gone).state())
    #expect(asked.map(\.id) == [imported.ids[1]] && asked.map(\.cause) == [.organizer])
    #expect(try imported.importing(all, after: [gone]) == [])
  }

  @Test func `reinstates whom the list itself cancelled only where it says that they come`() throws {
    let imported = try Imported(wanted(ada, "A1"))
    var cancelled = wanted(ada, "A1")
    cancelled.isCancelled = true
    let withdrawn = try imported.importing([cancelled]).map(\.body)
    #expect(withdrawn.last is AttendeeWithdrawn && withdrawn.count == 2)
    var silent = wanted(ada, "A1")
    silent.saysState = false
    #expect(try imported.importing([silent], after: withdrawn) == [])
    func causes(_ commands: [[any EventBody]]) throws -> [ProgramImport.Left.Cause] {
      try AttendeeImport.skipped(
        command([silent], knowing: imported.keys), in: imported.after(commands).state()
      ).map(\.cause)
    }
    #expect(try causes([withdrawn]) == [.file])
    #expect(try causes([withdrawn, [PersonErased(attendee: imported.ids[0])]]) == [.organizer])
    #expect(try causes([[AttendeeWithdrawn(attendee: imported.ids[0])]]) == [.organizer])
    let back = AttendeeReinstated(attendee: imported.ids[0])
    #expect(
      try imported.importing([wanted(ada, "A1")], after: withdrawn).last
        == .people(.attendeeReinstated(back)))
    // Somebody here has decided otherwise, also where another list says nothing of states.
    #expect(try imported.importing([cancelled], after: withdrawn + [back]) == [])
    silent.category = "Press"
    let between = try imported.importing([silent], after: withdrawn + [back]).map(\.body)
    #expect(between.count == 2)
    #expect(try imported.importing([cancelled], after: [withdrawn, [back], between]) == [])
    // Nor does a complete list without them.
    #expect(try imported.importing([], complete: true, after: [withdrawn, [back]]) == [])
    // Once the list has said that they come, it can cancel them again.
    let comes = try imported.importing([wanted(ada, "A1")], after: withdrawn + [back]).map(\.body)
    #expect(
      try imported.importing([cancelled], after: [withdrawn, [back], comes]).last
        == .people(.attendeeWithdrawn(AttendeeWithdrawn(attendee: imported.ids[0]))))
  }

  /// Registered twice; of the two, one has withdrawn.
  @Test func `means who is here, of two registrations of one person`() throws {
    var elsewhere = ada
    elsewhere.organisation = "Looms"
    for keys in [[nil, nil], ["A1", "A2"]] {
      let imported = try Imported(wanted(ada, keys[0]), wanted(elsewhere, keys[1]))
      for (row, gone) in [(ada, 0), (ada, 1), (elsewhere, 0), (elsewhere, 1)] {
        let events = try imported.importing(
          [wanted(row, row == ada ? keys[0] : keys[1])], complete: true,
          after: [AttendeeWithdrawn(attendee: imported.ids[gone])])
        let changed = events.contains {
          switch $0 {
          case .people(.attendeeWithdrawn), .people(.attendeeRegistered), .people(.attendeeReinstated): true
          default: false
          }
        }
        #expect(!changed, "\(keys) \(row.organisation!) \(gone) \(events)")
      }
    }
  }

  /// An order of two tickets: of one whom the list no longer has, the key is not theirs alone.
  @Test func `knows by name and address who is meant by a key that two had`() throws {
    var second = bo
    second.email = "bo@example.org"
    let imported = try Imported(wanted(ada, "A1"), wanted(second, "A1"))
    let gone = AttendeeWithdrawn(attendee: imported.ids[1])
    func importing(_ details: AttendeeDetails) throws -> [ProgramOrPeopleEvent] {
      try imported.importing([wanted(details, "A1")], after: [gone])
    }
    #expect(try importing(second) == [])
    var renamed = second
    renamed.name = "Li, Bob"
    #expect(try importing(renamed) == [])
    var moved = ada
    moved.organisation = "Looms"
    #expect(try imported.details(importing(moved).last) == moved)
    // Neither of them.
    let other = AttendeeDetails(name: "Okafor, Cy")
    #expect(
      try importing(other).contains { if case .people(.attendeeRegistered) = $0 { true } else { false } })
  }

  /// A list with only the ticket that was given back means the other registration; that one keeps its own key.
  @Test func `keeps the tickets of somebody apart who has two, one of them withdrawn`() throws {
    var elsewhere = ada
    elsewhere.organisation = "Looms"
    let imported = try Imported(wanted(ada, "A1"), wanted(elsewhere, "A2"))
    let gone: [any EventBody] = [AttendeeWithdrawn(attendee: imported.ids[0])]
    let first = try imported.importing([wanted(elsewhere, "A1")], after: [gone]).map(\.body)
    let both = [wanted(ada, "A1"), wanted(elsewhere, "A2")]
    #expect(try imported.importing(both, after: [gone, first]) == [])
    #expect(
      try AttendeeImport.skipped(
        command(both, knowing: imported.keys), in: imported.after([gone, first]).state()
      ).map(\.id) == [imported.ids[0]])
    // A log in which that registration has both keys.
    let fact = ImportedFact(
      of: imported.ids[1].tag, keys: ["code:A1", "code:A2"],
      digests: try #require(
        imported.given.state().imports.facts["table"]?[imported.ids[1].tag]?.digests))
    let noted = FileImported(source: "table", format: "CSV", sha256: "00", facts: [fact])
    #expect(try imported.importing(both, after: [gone, [noted]]) == [])
    #expect(try imported.importing(both.reversed(), after: [gone, [noted]]) == [])
  }

  /// A family has one address: who has withdrawn is in the list, and the other one, too.
  @Test func `keeps apart two people of one address, one of whom has withdrawn`() throws {
    var son = ada
    son.name = "Lovelace, Byron"
    let imported = try Imported(wanted(ada), wanted(son))
    let gone = AttendeeWithdrawn(attendee: imported.ids[0])
    #expect(try imported.importing([wanted(ada), wanted(son)], complete: true, after: [gone]) == [])
    let events = try imported.importing([wanted(ada)], complete: true, after: [gone])
    #expect(events.last == .people(.attendeeWithdrawn(AttendeeWithdrawn(attendee: imported.ids[1]))))
  }

  @Test
  func `leaves the category and the listing that somebody changed, and follows the list where nobody did`()
    throws
  {
    var first = wanted(ada, "A1", category: "Student")
    first.listed = true
    let imported = try Imported(first)
    var next = wanted(ada, "A1", category: "Press")
    next.listed = false
    func revised(_ events: [ProgramOrPeopleEvent]) -> AttendeeRevised? {
      for case .people(.attendeeRevised(let body)) in events { return body }
      return nil
    }
    let followed = try #require(revised(imported.importing([next])))
    #expect(followed.category == "Press" && followed.listed == false)
    let ours = AttendeeRevised(attendee: imported.ids[0], category: "Guest", listed: nil)
    #expect(throws: AttendeeImport.Refusal.self) { try imported.importing([next], after: [ours]) }
    let kept = try #require(revised(imported.importing([next], after: [ours], .init(all: .ours))))
    #expect(kept.category == nil && kept.listed == false)
    // A list that has no such column, and later has it: what people were registered as was nobody's choice.
    let plain = try Imported(wanted(ada, "A1"))
    #expect(try revised(plain.importing([next]))?.category == "Press")
    let unlisted = AttendeeRevised(attendee: imported.ids[0], listed: false)
    #expect(try revised(imported.importing([first], after: [unlisted])) == nil)
  }

  @Test
  func `withdraws who is gone from a complete list, unless they have arrived; and who is cancelled in it`()
    throws
  {
    let imported = try Imported(wanted(ada, "A1"), wanted(bo, "A2"))
    let gone = ProgramOrPeopleEvent.people(.attendeeWithdrawn(AttendeeWithdrawn(attendee: imported.ids[1])))
    #expect(try imported.importing([wanted(ada, "A1")]) == [])
    #expect(try imported.importing([wanted(ada, "A1")], complete: true).contains(gone))
    #expect(
      try imported.importing(
        [wanted(ada, "A1")], complete: true, after: [AttendeeCheckedIn(attendee: imported.ids[1])]) == [])
    var cancelled = wanted(bo, "A2")
    cancelled.isCancelled = true
    #expect(try imported.importing([wanted(ada, "A1"), cancelled]).contains(gone))
  }

  @Test func `is refused where the data of somebody cannot be read: they could be in the list`() throws {
    let imported = try Imported(wanted(ada, "A1"))
    imported.given.when(command([wanted(ada, "A1")])).thenRefused(.unreadable(1))
    let erased = imported.given.and(PersonErased(attendee: imported.ids[0]))
    #expect(try AttendeeImport.decide(command([]), in: erased.state()) == [])
  }
}
