package import EventLog
package import People
package import Vocabulary

/// Takes the program of a file into the conference, and again when the file has changed.
///
/// A field has three values: what the file says, what the file said when it was imported last, and what the conference
/// has. If only the file changed, the conference follows; if only the organizer changed the field, it stays; if both
/// did, that is a clash, and somebody has to choose. Of the second value only a digest is kept (``ImportedFact``).
package enum ProgramImport: Decider {
  package static let name = "ProgramImport"

  package typealias Event = ProgramOrPeopleEvent

  package struct State: Sendable, Equatable {
    package var timetable = Timetable()
    package var speakers: [PersonID: Speakers.State] = [:]
    package var imports = Imports()
  }

  package struct Command: Encodable, Sendable {
    /// The file is known by its hash.
    private enum CodingKeys: CodingKey { case source, sha256, choices, cancelsMissing }

    package var source: ImportSource
    package var format: String
    package var sha256: String
    package var wanted: WantedProgram
    package var choices: Choices
    /// Whether a session of this source that is not in the file is cancelled.
    package var cancelsMissing: Bool
    /// Whether a field is cleared that the file had before and no longer has. A table may only lack the column.
    package var clearsMissing: Bool
    /// Whether the choices are for this file and those that follow it.
    package var choicesStand = false
    /// Seals the addresses.
    package var keys: ImportKeys

    package init(
      source: ImportSource, format: String, sha256: String, wanted: WantedProgram, choices: Choices,
      cancelsMissing: Bool, clearsMissing: Bool, keys: ImportKeys
    ) {
      self.source = source
      self.format = format
      self.sha256 = sha256
      self.wanted = wanted
      self.choices = choices
      self.cancelsMissing = cancelsMissing
      self.clearsMissing = clearsMissing
      self.keys = keys
    }
  }

  /// Who wins where the file and an organizer changed the same field.
  package struct Choices: Codable, Sendable, Hashable {
    package enum Side: String, Codable, Sendable { case theirs, ours }

    /// For all clashes; nil: the import is refused.
    package var all: Side?
    /// For single ones: `session:opening`, or `session:opening.title`.
    package var single: [String: Side]

    package init(all: Side? = nil, single: [String: Side] = [:]) {
      self.all = all
      self.single = single
    }

    /// Single choices that decide nothing: what they name was not compared, or there are clashes elsewhere and none there.
    ///
    /// - Parameters:
    ///   - clashes: references of things that clash, and of their fields.
    ///   - compared: references of things and of their fields.
    package func idle(_ clashes: Set<String>, compared: Set<String>) -> [String] {
      single.keys.filter { !clashes.contains($0) && !(clashes.isEmpty && compared.contains($0)) }.sorted()
    }

    func idle(_ clashes: [Clash], compared: Set<String>) -> [String] {
      idle(Set(clashes.flatMap { [$0.of.text, $0.reference] }), compared: compared)
    }

    /// The same of choices that stand for several files: each of them decided something, or will, in another one.
    ///
    /// - Parameter known: what this source ever had.
    func idleInSeries(compared: Set<String>, known: Set<String>) -> [String] {
      single.keys.filter { choice in
        !compared.contains(choice) && !known.contains(String(choice.prefix { $0 != "." }))
      }.sorted()
    }

    /// Says which choices choose nothing.
    ///
    /// - Parameter hasClashes: whether a list of those follows that can be chosen.
    package static func text(idle: [String], hasClashes: Bool) -> HintedText {
      HintedText(
        "\(idle.map { "“\($0)”" }.joined(separator: ", ")): the file and the conference do not differ there, or there is no such "
          + "thing; nothing was imported." + (hasClashes ? " What can be chosen:" : ""))
    }

    package func side(_ of: Tag, _ field: String) -> Side? {
      single["\(of).\(field)"] ?? single[of.text] ?? all
    }
  }

  /// A field that the file and an organizer both changed.
  package struct Clash: Codable, Sendable, Hashable {
    package var of: Tag
    package var field: String
    /// In the file, for people.
    package var theirs: String
    package var ours: String
    /// Whether no file of this source said anything of the field before: then nobody need have changed it.
    package var isFirst = false
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    case clashes([Clash])
    /// Choices for what is no clash; and the clashes that there are.
    case idleChoices([String], [Clash])
    /// More sessions at the same time than a conference has. Names the fullest place: `in the room “Main Hall”`.
    case tooManyOverlaps(Int, place: String, Overlaps.Crowd)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: return Conferences.Refusal.notOpen.texts
      case .idleChoices(let choices, let clashes): return clashes.texts(idle: choices)
      case .clashes(let clashes): return clashes.texts
      case .tooManyOverlaps(let count, let place, let crowd):
        return [
          HintedText(
            "Sessions of the file would overlap \(count) times, and an import accepts at most \(mostOverlaps) overlaps; nothing was "
              + "imported. Most of them are \(place): \(crowd.sessions) sessions at \(crowd.moment).\(crowd.place.advice)"
          )
        ]
      }
    }
  }

  /// As of 100 sessions at one time in one room. Each one is accepted by an event, and more of them are a mistake in the file or a
  /// room that is not known yet.
  static let mostOverlaps = 5_000

  package static let initial = State()

  /// Everything that the program consists of; not the attendees, the prints and the record.
  package static func boundary(of command: Command, in state: State) -> Query {
    Query([Query.Item(types: types), Query.Item(types: importTypes, tags: [.imports])])
  }

  private static let types: [String] = {
    let scheduling = SchedulingEvent.Kind.allCases.filter {
      switch $0 {
      case .documentPrinted, .noticesSent, .programReleased, .organisationRoleAssigned, .fileImported,
        .importUndone, .conferenceClosed, .conferenceArchived, .conferenceReopened:
        false
      default: true
      }
    }.map { SchedulingEvent.form(of: $0).type }
    let people = PeopleEvent.Kind.allCases.filter {
      switch $0 {
      case .attendeeRegistered, .attendeeRevised, .attendeeCheckedIn, .attendeeCheckedOut,
        .lateScanRecorded, .attendeeWithdrawn, .attendeeReinstated, .attendeeSignedUp, .attendeeSignedOff:
        false
      default: true
      }
    }.map { PeopleEvent.form(of: $0).type }
    return (scheduling + people).sorted()
  }()

  static let importTypes = [FileImported.type, ImportUndone.type]

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    if let people = try PeopleEvent(event) {
      state.timetable.apply(people)
      for tag in event.tags {
        guard let id: PersonID = identifier("person:", in: tag) else { continue }
        try Speakers.evolve(&state.speakers[id, default: Speakers.initial], event)
      }
    } else if let scheduling = try SchedulingEvent(event) {
      state.timetable.apply(scheduling, event.origin)
    }
    try state.imports.evolve(event)
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.timetable.conference != nil else { throw .notOpen }
    let plan = ImportPlan(command, in: state)
    let clashes = plan.clashes + plan.settled
    let idle =
      command.choicesStand
      ? command.choices.idleInSeries(compared: plan.compared, known: plan.knownTags)
      : command.choices.idle(clashes, compared: plan.compared)
    guard idle.isEmpty else { throw .idleChoices(idle, clashes) }
    guard plan.clashes.isEmpty else { throw .clashes(plan.clashes) }
    let (overlaps, crowd, after) = plan.newOverlaps
    if overlaps > mostOverlaps, let crowd {
      throw .tooManyOverlaps(overlaps, place: after.described(crowd.place), crowd)
    }
    return plan.events
  }

  /// What an import leaves as it is, though the file differs.
  package struct Left: Sendable {
    /// Why a session does not take place, or an attendee does not come, whom the file has.
    package enum Cause: String, Sendable, Codable {
      /// Somebody here cancelled it, or withdrew or erased them.
      case organizer
      /// An earlier file said so, of this source or another one, and this one does not say otherwise.
      case file
    }

    /// Sessions of the source that take place, and that the file does not have.
    package var missing: [SessionID] = []
    /// Rooms, tracks and speakers of the source that are here, and that the file does not have.
    package var missingRooms: [RoomID] = []
    package var missingTracks: [TrackID] = []
    package var missingPeople: [PersonID] = []
    /// Sessions that do not take place, while the file still has them.
    package var sessions: [(SessionID, Cause)] = []
    /// Speakers who have withdrawn here, while the file still has them.
    package var people: [PersonID] = []
    /// Speakers of the file who were found to be the same person as another one, and who that is.
    package var merged: [(PersonID, into: PersonID)] = []
    /// Of a table of ours: what is not taken from it, in sentences.
    package var notes: [String] = []
    /// Of a table of ours: where it differs, and what is here was chosen before. As a choice names them.
    package var declined: [String] = []
  }

  package static func left(_ command: Command, in state: State) -> Left {
    ImportPlan(command, in: state, comparingFields: command.wanted.isOwn).left
  }
}

extension ProgramImport.Clash {
  /// As the choice of a side names it: `session:opening.title`.
  package var reference: String { "\(of).\(field)" }
}

extension [ProgramImport.Clash] {
  /// Says which choices decide nothing, and which clashes there are.
  func texts(idle: [String]) -> [HintedText] {
    [ProgramImport.Choices.text(idle: idle, hasClashes: !isEmpty)]
      + prefix(20).map { HintedText("\($0.reference): the file has \($0.theirs), here is \($0.ours).") }
      + (count > 20 ? [HintedText("… and \(count - 20) more.")] : [])
  }

  /// Why nothing was imported.
  var texts: [HintedText] {
    let shown = prefix(20).map {
      HintedText("\($0.of.words), \($0.field): the file has \($0.theirs), here is \($0.ours).")
    }
    let rest = count - shown.count
    return [
      HintedText(
        (allSatisfy(\.isFirst)
          ? "In \(counted(count, "field")), the file differs from what another file or somebody entered here"
          : contains(where: \.isFirst)
            // Of some of them no file said anything before.
            ? "In \(counted(count, "field")), the file differs from what is here"
            : "Since the last import, \(counted(count, "field")) \(count == 1 ? "was" : "were") changed in the file and here")
          + "; nothing was imported.",
        [.chooseSide(of: self[0].reference)])
    ] + shown + (rest > 0 ? [HintedText("… and \(rest) more.")] : [])
  }
}

extension Tag {
  /// `session “opening”`
  fileprivate var words: String {
    let parts = text.split(separator: ":", maxSplits: 1)
    return parts.count == 2 ? "The \(parts[0]) “\(parts[1])”" : text
  }
}

extension Overlaps.Place {
  /// What can be done in the file; with a space before it.
  fileprivate var advice: String {
    switch self {
    case .room:
      " If their room is not known yet, leave it empty or write “TBA”: such sessions do not overlap. Posters can be one session."
    case .person: " If it is not known yet who speaks, leave it empty or write “TBA”."
    case .plenary: " Only what everybody attends is a plenary."
    }
  }
}

extension Timetable {
  /// `in the room “Main Hall”`
  fileprivate func described(_ place: Overlaps.Place) -> String {
    let languages = conference?.languages ?? []
    return switch place {
    case .room(let id): "in the room “\(rooms[id]?.details.name.best(languages).text ?? id.slug)”"
    case .person(let id): "of one person, \(people[id]?.name.printed ?? id.slug)"
    case .plenary: "beside a plenary"
    }
  }
}
