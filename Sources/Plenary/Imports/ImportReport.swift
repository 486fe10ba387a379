import EventLog
package import Interchange
import People
package import Scheduling
import Vocabulary

/// What an import changes, for people: how many of each kind are new, changed and gone, and which.
package struct ImportReport: Sendable {
  package enum Noun: String, Sendable, Codable, CaseIterable { case room, track, speaker, session, attendee }

  package enum Effect: String, Sendable, Codable { case new, changed, cancelled, missing }

  package struct Line: Sendable, Codable, Hashable {
    package var noun: Noun
    package var id: String
    package var name: String
    package var effect: Effect
    /// `moved`, `title`, `speakers`; nothing for what is new.
    package var fields: [String]
    /// Of a room, a track or a speaker that is missing: in how many sessions it is here.
    package var sessions: Int?
  }

  package struct Count: Sendable, Codable, Hashable {
    package var noun: Noun
    /// In the file.
    package var inFile = 0
    package var new = 0
    package var changed = 0
    package var cancelled = 0
    /// Of the source, not in the file, and still here.
    package var missing = 0
  }

  /// What the file has, and somebody took out of the conference: it stays as it is here.
  package struct Skipped: Sendable, Codable, Hashable {
    package var noun: Noun
    package var id: String
    /// Nil for an attendee: that is personal data.
    package var name: String?
    /// The speaker with whom this one was merged; nil for what was taken out.
    package var mergedInto: String?
    /// Why a session does not take place, or an attendee does not come.
    package var cause: ProgramImport.Left.Cause?
  }

  package let format: String
  package let source: ImportSource
  package let lines: [Line]
  package let counts: [Count]
  /// That were accepted because the file has them.
  package let conflicts: [DescribedConflict]
  package let remarks: [Remark]
  package let skipped: [Skipped]

  init(
    format: String, source: ImportSource, remarks: [Remark], events: [ProgramOrPeopleEvent],
    decided: (command: ProgramImport.Command, state: ProgramImport.State)?
  ) {
    (self.format, self.source) = (format, source)
    guard let (command, state) = decided else {
      (lines, counts, conflicts, skipped, self.remarks) = ([], [], [], [], remarks)
      return
    }
    var after = state.timetable
    for event in events { after.apply(event) }
    let languages = state.timetable.conference?.languages ?? []
    var changes = Changes(before: state.timetable, after: after, languages: languages)
    for event in events { changes.take(event) }
    // The plan is made once more.
    let left = ProgramImport.left(command, in: state)
    self.remarks = remarks + left.notes.map { Remark($0) } + Remark.declined(left.declined)
    // A file of speakers says nothing of sessions.
    if !command.cancelsMissing, !command.wanted.sessions.isEmpty {
      for id in left.missing { changes.add(id, .missing) }
    }
    if !command.wanted.people.isEmpty { for id in left.missingPeople { changes.addMissing(id) } }
    if !command.wanted.rooms.isEmpty { for id in left.missingRooms { changes.addMissing(id) } }
    if !command.wanted.tracks.isEmpty { for id in left.missingTracks { changes.addMissing(id) } }
    skipped =
      left.sessions.map { id, cause in
        Skipped(
          noun: .session, id: id.slug, name: after.sessions[id]?.details?.title.best(languages).text,
          cause: cause)
      }
      + left.people.map { Skipped(noun: .speaker, id: $0.slug, name: after.people[$0]?.name.printed) }
      + left.merged.map { person, kept in
        Skipped(
          noun: .speaker, id: person.slug, name: after.people[person]?.name.printed, mergedInto: kept.slug)
      }
    lines = changes.lines
    conflicts = changes.waived.map { conflict in
      var described = after.described(conflict)
      // Of many conflicts, each must say whose it is.
      let unnamed = conflict.sessions.filter { !described.message.contains("“\($0)”") }
      if !unnamed.isEmpty {
        described.message = unnamed.map { "“\($0)”" }.joined(separator: ", ") + ": " + described.message
      }
      return described
    }
    let sizes: [Noun: Int] = [
      .room: command.wanted.rooms.count, .track: command.wanted.tracks.count,
      .speaker: command.wanted.people.count, .session: command.wanted.sessions.count,
    ]
    counts = [Noun.room, .track, .speaker, .session].map { noun in
      var count = Count(noun: noun, inFile: sizes[noun] ?? 0)
      for line in changes.lines where line.noun == noun {
        switch line.effect {
        case .new: count.new += 1
        case .changed: count.changed += 1
        case .cancelled: count.cancelled += 1
        case .missing: count.missing += 1
        }
      }
      return count
    }
  }
}

extension ImportReport {
  /// Of attendees, those are named who change, are withdrawn or come after all: somebody must look whether that is right. Of those
  /// who are new only the number is told.
  init(
    format: String, source: ImportSource, remarks: [Remark], events: [ProgramOrPeopleEvent],
    decided: (command: AttendeeImport.Command, state: AttendeeImport.State)?
  ) throws {
    (self.format, self.source) = (format, source)
    self.remarks =
      try remarks
      + Remark.declined(decided.map { try AttendeeImport.declined($0.command, in: $0.state) } ?? [])
    conflicts = []
    var lines: [Line] = []
    skipped =
      try decided.map { command, state in
        try AttendeeImport.skipped(command, in: state).map { id, cause in
          Skipped(noun: .attendee, id: id.slug, cause: cause)
        }
      } ?? []
    var count = Count(noun: .attendee, inFile: decided?.command.wanted.count ?? 0)
    func details(_ id: AttendeeID, _ sealed: Sealed?) -> AttendeeDetails? {
      guard let keys = decided?.command.keys, let sealed else { return nil }
      return keys.open(sealed, context: AttendeeDetails.context(keys.conference, id), of: id.tag)
    }
    var places: [AttendeeID: Int] = [:]
    func name(_ id: AttendeeID, _ effect: Effect, _ fields: [String]) {
      if let place = places[id] { return lines[place].fields += fields }
      guard let sealed = decided?.state.attendees[id]?.details else { return }
      let details = details(id, sealed)
      places[id] = lines.count
      lines.append(
        Line(
          noun: .attendee, id: id.slug, name: details?.name.printed ?? id.slug, effect: effect, fields: fields
        ))
    }
    var changed: Set<AttendeeID> = []
    for event in events {
      switch event {
      case .people(.attendeeRegistered): count.new += 1
      case .people(.attendeeRevised(let body)):
        changed.insert(body.attendee)
        let before = decided?.state.attendees[body.attendee]
        var fields: [String] = []
        if let old = details(body.attendee, before?.details), let new = details(body.attendee, body.details) {
          fields = AttendeeDetails.Field.allCases.filter { $0.access.value(old) != $0.access.value(new) }
            .map(\.rawValue)
        }
        if let category = body.category { fields.append("category: \(category)") }
        if let listed = body.listed { fields.append("listed: \(listed ? "yes" : "no")") }
        name(body.attendee, .changed, fields)
      case .people(.attendeeReinstated(let body)):
        changed.insert(body.attendee)
        name(body.attendee, .changed, ["reinstated"])
      case .people(.attendeeWithdrawn(let body)):
        count.cancelled += 1
        name(body.attendee, .cancelled, [])
      default: break
      }
    }
    count.changed = changed.count
    counts = [count]
    self.lines = lines
  }
}

extension Remark {
  /// That a table of ours differs as before, and what is here was chosen.
  fileprivate static func declined(_ fields: [String]) -> [Remark] {
    if fields.isEmpty { return [] }
    let one = fields.count == 1
    return [
      Remark(
        "\(counted(fields.count, "field")) of the table \(one ? "differs" : "differ") as before and \(one ? "stays" : "stay") as you chose: "
          + "\(fields.prefix(5).joined(separator: ", "))\(fields.count > 5 ? " …" : ""). You can still choose the table's, one by one."
      )
    ]
  }
}

/// The lines of a report, one for each thing that is changed, in the order of the events.
private struct Changes {
  let before: Timetable
  let after: Timetable
  let languages: [Language]
  private(set) var lines: [ImportReport.Line] = []
  private(set) var waived: [Conflict] = []
  private var places: [String: Int] = [:]

  init(before: Timetable, after: Timetable, languages: [Language]) {
    self.before = before
    self.after = after
    self.languages = languages
  }

  private mutating func add(
    _ noun: ImportReport.Noun, _ id: String, _ name: String, _ effect: ImportReport.Effect,
    _ fields: [String],
    sessions: Int? = nil
  ) {
    if let place = places["\(noun):\(id)"] {
      if effect == .cancelled { lines[place].effect = .cancelled }
      if lines[place].effect == .new { return }
      for field in fields where !lines[place].fields.contains(field) { lines[place].fields.append(field) }
      return
    }
    places["\(noun):\(id)"] = lines.count
    lines.append(
      ImportReport.Line(noun: noun, id: id, name: name, effect: effect, fields: fields, sessions: sessions))
  }

  mutating func add(_ id: SessionID, _ effect: ImportReport.Effect, _ fields: String...) {
    let details = after.sessions[id]?.details ?? before.sessions[id]?.details
    add(.session, id.slug, details?.title.best(languages).text ?? id.slug, effect, fields)
  }

  private mutating func add(
    _ id: PersonID, _ effect: ImportReport.Effect, _ fields: [String], sessions: Int? = nil
  ) {
    add(.speaker, id.slug, after.people[id]?.name.printed ?? id.slug, effect, fields, sessions: sessions)
  }

  private mutating func add(
    _ id: RoomID, _ effect: ImportReport.Effect, _ fields: [String], sessions: Int? = nil
  ) {
    let name = after.rooms[id]?.details.name.best(languages).text ?? id.slug
    add(.room, id.slug, name, effect, fields, sessions: sessions)
  }

  private mutating func add(
    _ id: TrackID, _ effect: ImportReport.Effect, _ fields: [String], sessions: Int? = nil
  ) {
    let name = after.tracks[id]?.name.best(languages).text ?? id.slug
    add(.track, id.slug, name, effect, fields, sessions: sessions)
  }

  /// They stay, because sessions that the file does not know may need them.
  mutating func addMissing(_ id: PersonID) { add(id, .missing, [], sessions: live(after.sessions(of: id))) }
  mutating func addMissing(_ id: RoomID) { add(id, .missing, [], sessions: live(after.sessions(in: id))) }
  mutating func addMissing(_ id: TrackID) {
    add(id, .missing, [], sessions: live(after.sessions.filter { $0.value.details?.track == id }.keys))
  }

  private func live(_ sessions: some Sequence<SessionID>) -> Int {
    sessions.count { after.sessions[$0]?.isLive == true }
  }

  mutating func take(_ event: ProgramOrPeopleEvent) {
    switch event {
    case .people(let event): take(event)
    case .scheduling(let event): take(event)
    }
  }

  private mutating func take(_ event: PeopleEvent) {
    switch event {
    case .speakerRegistered(let body): add(body.person, .new, [])
    case .speakerRevised(let body): add(body.person, .changed, body.changes.fields.map(\.rawValue))
    case .speakerReinstated(let body): add(body.person, .changed, ["reinstated"])
    case .personsMerged(let body): add(body.merged, .changed, ["merged"])
    case .personsSeparated(let body): add(body.merged, .changed, ["separated"])
    case .affiliationStated(let body): add(body.person, .changed, ["affiliation"])
    case .affiliationRemoved(let body): add(body.person, .changed, ["affiliation"])
    case .contactStated(let body): add(body.person, .changed, ["address"])
    default: break
    }
  }

  private mutating func take(_ event: SchedulingEvent) {
    switch event {
    case .roomAdded(let body): add(body.room, .new, [])
    case .roomRevised(let body): add(body.room, .changed, body.changes.fields.map(\.rawValue))
    case .roomReopened(let body): add(body.room, .changed, ["reopened"])
    case .trackAdded(let body): add(body.track, .new, [])
    case .trackRevised(let body): add(body.track, .changed, body.changes.fields.map(\.rawValue))
    case .sessionScheduled(let body): add(body.session, .new)
    case .sessionEntered(let body): add(body.session, .new)
    case .sessionMoved(let body):
      if body.from.start != body.to.start || body.from.end != body.to.end {
        add(body.session, .changed, "time")
      }
      if body.from.room != body.to.room { add(body.session, .changed, "room") }
    case .slotAdded(let body): add(body.session, .changed, "slots")
    case .slotRemoved(let body): add(body.session, .changed, "slots")
    case .sessionRevised(let body):
      for field in body.changes.fields { add(body.session, .changed, field.rawValue) }
    case .sessionReinstated(let body): add(body.session, .changed, "reinstated")
    case .sessionCancelled(let body): add(body.session, .cancelled)
    case .personAssigned(let body): add(body.session, .changed, "people")
    case .personUnassigned(let body): add(body.session, .changed, "people")
    case .conflictWaived(let body): waived.append(body.conflict)
    default: break
    }
  }
}
