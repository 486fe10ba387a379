import EventLog
import People
import Vocabulary

/// Compares a file with what was imported before and with the conference, and says what to record.
struct ImportPlan {
  private let command: ProgramImport.Command
  private let state: ProgramImport.State
  private let known: [Tag: Imports.Fact]
  /// Whether the fields are compared; what is left as it is can be told without that.
  private let comparesFields: Bool
  private(set) var clashes: [ProgramImport.Clash] = []
  private(set) var settled: [ProgramImport.Clash] = []
  /// What was compared, things and their fields, as a choice names them.
  private(set) var compared: Set<String> = []
  private(set) var left = ProgramImport.Left()
  private var changes: [ProgramOrPeopleEvent] = []
  private var facts: [ImportedFact] = []
  /// The short names that this import gives, beside those that are taken.
  private var given: Set<String> = []

  private var rooms: [RoomID] = []
  private var tracks: [TrackID] = []
  private var people: [PersonID] = []
  /// Whether “Room to be announced” exists already, here or among the changes.
  private var hasRoomToBeAnnounced = false
  /// Of people whom a table of ours calls by a name that several have: who they can be, by their places in the file.
  private var namesakes: [Int: [PersonID]] = [:]
  /// Who gets no part, because what is here was chosen.
  private var notAssigned: Set<PersonID> = []
  /// Who has withdrawn here, or lost a part, stays out.
  private var withdrawn: Set<PersonID> = []

  init(_ command: ProgramImport.Command, in state: ProgramImport.State, comparingFields: Bool = true) {
    self.command = command
    self.state = state
    comparesFields = comparingFields
    known = state.imports.facts[command.source] ?? [:]
    planRooms()
    planTracks()
    planPeople()
    planSessions()
    dropNotAssigned()
  }

  private var timetable: Timetable { state.timetable }
  /// What files of this source ever had.
  var knownTags: Set<String> { Set(known.keys.map(\.text)) }
  private var isOwn: Bool { command.wanted.isOwn }
  private var languages: [Language] { timetable.conference?.languages ?? [] }

  /// The overlaps of sessions that the file brings, and where most of all are.
  var newOverlaps: (count: Int, Overlaps.Crowd?, after: Timetable) {
    var after = timetable
    for event in changes { after.apply(event) }
    let all = Overlaps(after)
    return (all.count - Overlaps(timetable).count, all.crowd, after)
  }

  /// Nothing if the file says nothing new. Conflicts that it brings are waived.
  var events: [ProgramOrPeopleEvent] {
    if changes.isEmpty, facts.isEmpty { return [] }
    let imported = FileImported(
      source: command.source, format: command.format, sha256: command.sha256, facts: facts)
    let waivers = Conflict.Kind.allCases.filter { $0.grade == .refused }.map {
      Waiver($0, reason: "as imported")
    }
    let events = [.scheduling(.fileImported(imported))] + changes
    // Every kind that is refused has its waiver.
    return (try? timetable.waivingConflicts(of: events, with: waivers)) ?? events
  }

  // MARK: Rooms, tracks

  private mutating func planRooms() {
    let timetable = state.timetable
    let names = timetable.rooms.mapValues { Set($0.details.name.entries.map { comparable($0.text) }) }
    let found = matched(command.wanted.rooms.map(\.identity), "room") { index in
      let wanted = command.wanted.rooms[index].details.name.entries.map { comparable($0.text) }
      return names.filter { !$0.value.isDisjoint(with: wanted) }.keys.map(\.tag)
    }
    for (wanted, tag) in zip(command.wanted.rooms, found) {
      guard let tag, let id: RoomID = identifier("room:", in: tag.text), let room = timetable.rooms[id] else {
        let id: RoomID = new(wanted.identity, "room") { timetable.rooms[$0] != nil }
        rooms.append(id)
        add(.roomAdded(RoomAdded(room: id, details: wanted.details)))
        noteNew(id.tag, wanted.identity, digests(of: wanted.details, as: RoomDetails.Changes.self))
        continue
      }
      rooms.append(id)
      var merge = merge(id.tag)
      // The undo of an import closes the rooms that the import added. A room that somebody closed here stays closed.
      merge.isUndone = room.closed && state.imports.isUndone(id.tag)
      if merge.isUndone { add(.roomReopened(RoomReopened(room: id))) }
      let details =
        isOwn ? room.details.corrected(by: wanted.details, id.slug, languages) : wanted.details
      let revised: RoomDetails.Changes = merge.fields(of: details, against: room.details) {
        $0.name = $0.name?.only(details.name.languages)
      }
      finish(merge, wanted.identity)
      if !revised.isEmpty { add(.roomRevised(RoomRevised(room: id, changes: revised))) }
    }
    left.missingRooms = missing("room:", present: rooms.map(\.tag)).filter {
      timetable.rooms[$0]?.closed == false
    }
  }

  /// The room of sessions that have a time and no room.
  private mutating func roomToBeAnnounced() -> RoomID {
    let id = RoomID.toBeAnnounced
    if hasRoomToBeAnnounced || !comparesFields { return id }
    hasRoomToBeAnnounced = true
    // The file may have a room of this short name.
    if rooms.contains(id) { return id }
    if timetable.rooms[id] == nil {
      add(
        .roomAdded(
          RoomAdded(room: id, details: RoomDetails(name: LocalizedText([.english: "Room to be announced"])))))
    } else if timetable.rooms[id]?.closed == true, state.imports.isUndone(id.tag) {
      add(.roomReopened(RoomReopened(room: id)))
    }
    return id
  }

  private mutating func planTracks() {
    let timetable = state.timetable
    let names = timetable.tracks.mapValues { Set($0.name.entries.map { comparable($0.text) }) }
    let found = matched(command.wanted.tracks.map(\.identity), "track") { index in
      let wanted = command.wanted.tracks[index].details.name.entries.map { comparable($0.text) }
      return names.filter { !$0.value.isDisjoint(with: wanted) }.keys.map(\.tag)
    }
    for (wanted, tag) in zip(command.wanted.tracks, found) {
      guard let tag, let id: TrackID = identifier("track:", in: tag.text), let track = timetable.tracks[id]
      else {
        let old: TrackID? = tag.flatMap { identifier("track:", in: $0.text) }
        let id: TrackID = old ?? new(wanted.identity, "track") { timetable.tracks[$0] != nil }
        tracks.append(id)
        add(.trackAdded(TrackAdded(track: id, details: wanted.details)))
        noteNew(id.tag, wanted.identity, digests(of: wanted.details, as: TrackDetails.Changes.self))
        continue
      }
      tracks.append(id)
      var merge = merge(id.tag)
      let details = isOwn ? track.corrected(by: wanted.details, id.slug, languages) : wanted.details
      let revised: TrackDetails.Changes = merge.fields(of: details, against: track) {
        $0.name = $0.name?.only(details.name.languages)
      }
      finish(merge, wanted.identity)
      if !revised.isEmpty { add(.trackRevised(TrackRevised(track: id, changes: revised))) }
    }
    left.missingTracks = missing("track:", present: tracks.map(\.tag)).filter {
      timetable.tracks[$0] != nil
    }
  }

  // MARK: People

  private mutating func planPeople() {
    let timetable = state.timetable
    let names = timetable.people.mapValues { Set($0.name.forms.map { comparable($0.printed) }) }
    let wantedPeople = command.wanted.people
    func called(_ index: Int) -> [PersonID] {
      let wanted = wantedPeople[index].details.name.forms.map { comparable($0.printed) }
      return Array(names.filter { !$0.value.isDisjoint(with: wanted) }.keys)
    }
    // Of several short names of one person, that of who stays is meant first.
    let found = matched(
      wantedPeople.map(\.identity), "person", alike: { called($0).map(\.tag) },
      isSame: { index, tag in
        let same = called(index)
        let persons = Set(same.map(timetable.kept))
        return same.count > 1 && persons.count == 1 && persons.first?.tag == tag
      })
    if isOwn {
      for index in wantedPeople.indices where wantedPeople[index].identity.own == nil {
        let several = Set(called(index).map(timetable.kept))
        if several.count > 1 { namesakes[index] = several.sorted() }
      }
    }
    for (wanted, tag) in zip(wantedPeople, byAddress(found, of: wantedPeople)) {
      guard let tag, let id: PersonID = identifier("person:", in: tag.text), let speaker = state.speakers[id],
        let details = speaker.details
      else {
        let id: PersonID = new(wanted.identity, "person") { timetable.people[$0] != nil }
        people.append(id)
        register(wanted, as: id)
        continue
      }
      if speaker.mergedInto != nil {
        // What the file says of somebody who was registered twice is not compared any more.
        let kept = timetable.kept(id)
        people.append(kept)
        left.merged.append((id, into: kept))
        if timetable.people[kept]?.withdrawn == true { withdrawn.insert(kept) }
        continue
      }
      revise(id, speaker, details, wanted)
    }
    left.missingPeople = missing("person:", present: people.map(\.tag)).filter { id in
      guard let speaker = state.speakers[id] else { return false }
      return speaker.mergedInto == nil && !speaker.erased && speaker.status != .withdrawn
    }
  }

  /// Whoever was found, and those whom only the address tells: they were renamed in a file without keys.
  private func byAddress(_ found: [Tag?], of wanted: [WantedPerson]) -> [Tag?] {
    let addresses = wanted.map { $0.email?.text.lowercased() }
    let new = found.indices.filter { found[$0] == nil && addresses[$0] != nil }
    if new.isEmpty { return found }
    var known: [String: [Tag]] = [:]
    for (id, speaker) in state.speakers where !speaker.erased && speaker.mergedInto == nil {
      let context = SpeakerContact.context(command.keys.conference, id)
      guard let sealed = speaker.contact,
        let contact: SpeakerContact = command.keys.open(sealed, context: context, of: id.tag)
      else { continue }
      known[contact.email.text.lowercased(), default: []].append(id.tag)
    }
    // An address that several share, such as an office's, tells nobody.
    let given = Dictionary(addresses.compactMap { $0 }.map { ($0, 1) }, uniquingKeysWith: +)
    let claimed = Set(found)
    var all = found
    for index in new {
      guard let address = addresses[index], given[address] == 1, let tags = known[address], tags.count == 1,
        !claimed.contains(tags[0]), !isKnownOtherwise(tags[0], wanted[index].identity)
      else { continue }
      all[index] = tags[0]
    }
    return all
  }

  private mutating func register(_ wanted: WantedPerson, as id: PersonID) {
    if !comparesFields { return }
    add(.speakerRegistered(SpeakerRegistered(person: id, details: wanted.details)))
    var said = digests(of: wanted.details, as: SpeakerDetails.Changes.self)
    if let affiliation = wanted.affiliation {
      add(.affiliationStated(AffiliationStated(person: id, number: 1, affiliation: affiliation)))
      said["affiliation"] = digestOf(affiliation)
    }
    if let email = wanted.email {
      let sealed = command.keys.seal(
        SpeakerContact(email: email), context: SpeakerContact.context(command.keys.conference, id), of: id.tag
      )
      add(.contactStated(ContactStated(person: id, contact: sealed)))
      // A digest of an address would outlive its erasure.
      said["address"] = command.keys.digest(email.text, of: id.tag)
    }
    noteNew(id.tag, wanted.identity, said)
  }

  private mutating func revise(
    _ id: PersonID, _ speaker: Speakers.State, _ details: SpeakerDetails, _ wanted: WantedPerson
  ) {
    var merge = merge(id.tag)
    if speaker.status == .withdrawn {
      guard state.imports.isUndone(id.tag) else {
        people.append(id)
        withdrawn.insert(id)
        left.people.append(id)
        return
      }
      merge.isUndone = true
      add(.speakerReinstated(SpeakerReinstated(person: id)))
    }
    people.append(id)
    if !comparesFields { return }
    var wantedDetails = wanted.details
    if speaker.erased { wantedDetails.biography = nil }
    if isOwn { wantedDetails = details.corrected(by: wanted) }
    let revised: SpeakerDetails.Changes = merge.fields(of: wantedDetails, against: details) {
      if let languages = wantedDetails.biography?.languages { $0.biography = $0.biography?.only(languages) }
    }
    if !revised.isEmpty { add(.speakerRevised(SpeakerRevised(person: id, changes: revised))) }
    let numbers = speaker.affiliations.keys.sorted()
    let first = numbers.first.flatMap { speaker.affiliations[$0] }
    switch merge.value(
      "affiliation", wanted.affiliation, first, show: { $0.asPrinted.best([.english]).text })
    {
    case .keep: break
    case .set:
      guard let affiliation = wanted.affiliation else { break }
      if let old = numbers.first {
        add(.affiliationRemoved(AffiliationRemoved(person: id, number: old)))
      }
      add(
        .affiliationStated(
          AffiliationStated(person: id, number: speaker.lastAffiliation + 1, affiliation: affiliation)))
    case .clear:
      if let old = numbers.first { add(.affiliationRemoved(AffiliationRemoved(person: id, number: old))) }
    }
    if let email = wanted.email, !speaker.erased { address(email, id, speaker, &merge) }
    finish(merge, wanted.identity)
  }

  private mutating func address(
    _ email: EmailAddress, _ id: PersonID, _ speaker: Speakers.State, _ merge: inout FieldMerge
  ) {
    let context = SpeakerContact.context(command.keys.conference, id)
    var present: String?
    if let sealed = speaker.contact {
      // With a second key, the first one could never be put back.
      guard let contact: SpeakerContact = command.keys.open(sealed, context: context, of: id.tag) else {
        return
      }
      present = contact.email.text
    }
    let keys = command.keys
    let choice = merge.value(
      "address", email.text, present, show: { _ in "another address" },
      digest: { keys.digest($0, of: id.tag) })
    if case .set = choice {
      add(
        .contactStated(
          ContactStated(
            person: id,
            contact: command.keys.seal(SpeakerContact(email: email), context: context, of: id.tag))))
    }
  }

  // MARK: Sessions

  private mutating func planSessions() {
    let titles = Dictionary(
      grouping: timetable.sessions.compactMap { id, session in
        session.details.map { (id: id, titles: $0.title.entries.map { comparable($0.text) }) }
      }.flatMap { entry in entry.titles.map { (entry.id, $0) } }, by: \.1
    ).mapValues { $0.map(\.0.tag) }
    let timetable = state.timetable
    let (rooms, wantedSessions) = (rooms, command.wanted.sessions)
    let found = matched(
      command.wanted.sessions.map(\.identity), "session",
      alike: { index in
        command.wanted.sessions[index].details.title.entries.flatMap { titles[comparable($0.text)] ?? [] }
      },
      isSame: { index, tag in
        guard let id: SessionID = identifier("session:", in: tag.text) else { return false }
        let present = timetable.sessions[id]?.orderedSlots ?? []
        let places = wantedSessions[index].places
        return present.count == places.count
          && zip(present, places).allSatisfy { present, place in
            present.slot.start == place.start && present.slot.end == place.end
              && place.room.map { rooms[$0] == present.slot.room } ?? true
          }
      })
    for (wanted, tag) in zip(command.wanted.sessions, found) {
      guard let tag, let id: SessionID = identifier("session:", in: tag.text),
        let session = timetable.sessions[id], let details = session.details
      else {
        schedule(wanted)
        continue
      }
      revise(id, session, details, wanted)
    }
    left.missing = missing("session:", present: found.compactMap(\.self)).filter {
      timetable.sessions[$0]?.isLive == true
    }
    if command.cancelsMissing { cancelMissing() }
  }

  private func details(_ wanted: WantedSession) -> SessionDetails {
    var details = wanted.details
    details.track = wanted.track.map { tracks[$0] }
    return details
  }

  /// - Parameter present: the slots that the session has here. Where the file says no room, theirs can stay.
  private mutating func slots(_ wanted: WantedSession, beside present: [NumberedSlot] = []) -> [Slot] {
    let present = command.wanted.keepsRooms ? present.map(\.slot) : []
    var slots: [Slot] = []
    for (index, place) in wanted.places.enumerated() {
      let same = present.first { $0.start == place.start }
      let kept = same ?? (present.count == wanted.places.count ? present[index] : present.first)
      let room = place.room.map { rooms[$0] } ?? kept?.room ?? roomToBeAnnounced()
      if let slot = try? Slot(room: room, start: place.start, end: place.end) { slots.append(slot) }
    }
    return slots
  }

  private func assignments(_ wanted: WantedSession) -> [RoleAssignment] {
    var seen: Set<RoleAssignment> = []
    return wanted.parts.map { RoleAssignment($0.role, people[$0.person]) }.filter { seen.insert($0).inserted }
  }

  private mutating func schedule(_ wanted: WantedSession) {
    if !comparesFields { return }
    let timetable = state.timetable
    let id: SessionID = new(wanted.identity, "session") { timetable.sessions[$0] != nil }
    let (details, slots, assignments) = (details(wanted), slots(wanted), assignments(wanted))
    var said = digests(of: details, as: SessionDetails.Changes.self)
    if !slots.isEmpty { said["slots"] = digestOf(slots) }
    for assignment in assignments { said[FieldMerge.field(assignment)] = "1" }
    if wanted.isCancelled { said[Imports.cancelled] = "1" }
    noteNew(id.tag, wanted.identity, said)
    if let first = slots.first {
      add(.sessionScheduled(SessionScheduled(session: id, slot: first, details: details)))
    } else {
      add(.sessionEntered(SessionEntered(session: id, details: details)))
    }
    for (index, slot) in slots.dropFirst().enumerated() {
      add(.slotAdded(SlotAdded(session: id, number: index + 2, slot: slot)))
    }
    for assignment in assignments where !withdrawn.contains(assignment.person) {
      add(.personAssigned(PersonAssigned(session: id, person: assignment.person, role: assignment.role)))
    }
    if wanted.isCancelled {
      let numbered = slots.enumerated().map { NumberedSlot(number: $0.offset + 1, slot: $0.element) }
      add(.sessionCancelled(SessionCancelled(session: id, slots: numbered)))
    }
  }

  private mutating func revise(
    _ id: SessionID, _ session: Timetable.Session, _ present: SessionDetails, _ wanted: WantedSession
  ) {
    if isOwn { return correct(id, session, present, wanted) }
    var merge = merge(id.tag)
    merge.isUndone = session.status == .unscheduled
    let isBack = isBack(id, session, wanted, &merge)
    if isBack {
      add(
        .sessionReinstated(
          SessionReinstated(session: id, slots: session.orderedSlots, kind: present.kind)))
    }
    guard session.isLive || isBack else {
      // Nothing of it is changed until it takes place again.
      if !wanted.isCancelled {
        left.sessions.append((id, state.imports.tookOut(id.tag) ? .file : .organizer))
      }
      return
    }
    if !comparesFields { return }
    var details = details(wanted)
    // A file that knows no kinds leaves those that are known.
    if !wanted.saysKind { details.kind = present.kind }
    let revised: SessionDetails.Changes = merge.fields(of: details, against: present) {
      $0.title = $0.title?.only(details.title.languages)
      if let languages = details.description?.languages { $0.description = $0.description?.only(languages) }
    }
    revise(id, present, revised)
    moves(id, session, wanted, &merge)
    roles(id, session, wanted, &merge)
    finish(merge, wanted.identity)
    if wanted.isCancelled, merge.base[Imports.cancelled] == nil, session.isLive {
      add(.sessionCancelled(SessionCancelled(session: id, slots: session.orderedSlots)))
    }
  }

  private mutating func revise(_ id: SessionID, _ present: SessionDetails, _ changes: SessionDetails.Changes)
  {
    if changes.isEmpty { return }
    add(
      .sessionRevised(
        SessionRevised(
          session: id, changes: changes, formerTrack: changes.fields.contains(.track) ? present.track : nil)))
  }

  /// Whether a session that does not take place does again, because the file says so.
  private func isBack(
    _ id: SessionID, _ session: Timetable.Session, _ wanted: WantedSession, _ merge: inout FieldMerge
  ) -> Bool {
    if wanted.isCancelled {
      merge.said[Imports.cancelled] = "1"
      return false
    }
    let cancelled = merge.base[Imports.cancelled]
    // A file that says nothing of states leaves what an earlier one said of them.
    let saysSo = wanted.saysState || cancelled == Imports.wasMissing
    merge.said[Imports.cancelled] = saysSo ? nil : cancelled
    switch session.status {
    case .scheduled: return false
    case .unscheduled: return true
    case .cancelled:
      if cancelled != nil, saysSo, state.imports.tookOut(id.tag) { return true }
      merge.said[Imports.cancelled] = cancelled
      return false
    }
  }

  private mutating func moves(
    _ id: SessionID, _ session: Timetable.Session, _ wanted: WantedSession, _ merge: inout FieldMerge
  ) {
    let present = session.orderedSlots
    let wanted = slots(wanted, beside: present)
    if wanted.isEmpty {
      // It keeps the time that it has, and the file's next one is compared with that.
      merge.said["slots"] = merge.base["slots"]
      return
    }
    let choice = merge.value(
      "slots", wanted, present.isEmpty ? nil : present.map(\.slot),
      show: { $0.map { "\($0.times), \($0.room)" }.joined(separator: "; ") })
    guard case .set = choice else { return }
    var rest = present
    let new = wanted.filter { slot in
      guard let same = rest.firstIndex(where: { $0.slot == slot }) else { return true }
      rest.remove(at: same)
      return false
    }
    for (old, slot) in zip(rest, new) {
      add(.sessionMoved(SessionMoved(session: id, from: old.slot, to: slot, number: old.number)))
    }
    for (index, slot) in new.dropFirst(rest.count).enumerated() {
      add(.slotAdded(SlotAdded(session: id, number: session.lastSlot + 1 + index, slot: slot)))
    }
    for old in rest.dropFirst(new.count) {
      add(.slotRemoved(SlotRemoved(session: id, number: old.number, slot: old.slot)))
    }
  }

  private mutating func roles(
    _ id: SessionID, _ session: Timetable.Session, _ wanted: WantedSession, _ merge: inout FieldMerge
  ) {
    let wanted = assignments(wanted)
    // A table without a column of people says nothing of them.
    if wanted.isEmpty, !merge.clearsMissing { return }
    for assignment in wanted {
      let field = FieldMerge.field(assignment)
      merge.said[field] = "1"
      // Who was taken out of it here stays out.
      if withdrawn.contains(assignment.person) || session.assignments.contains(assignment)
        || merge.base[field] != nil && !merge.isUndone
      {
        continue
      }
      add(.personAssigned(PersonAssigned(session: id, person: assignment.person, role: assignment.role)))
    }
    for assignment in session.assignments
    where !wanted.contains(assignment) && merge.base[FieldMerge.field(assignment)] != nil {
      merge.said[FieldMerge.field(assignment)] = nil
      add(
        .personUnassigned(
          PersonUnassigned(session: id, person: assignment.person, role: assignment.role)))
    }
  }

  private func isNamesake(_ one: PersonID, _ other: PersonID) -> Bool {
    guard let name = timetable.people[one]?.name, let wanted = timetable.people[other]?.name else {
      return false
    }
    return one == other || name.forms.contains { wanted.forms.map(\.printed).contains($0.printed) }
  }

  // MARK: Sessions of a table of ours

  private mutating func correct(
    _ id: SessionID, _ session: Timetable.Session, _ present: SessionDetails, _ wanted: WantedSession
  ) {
    var merge = merge(id.tag)
    var shown = details(wanted)
    if !wanted.saysKind { shown.kind = present.kind }
    let others = session.presentations.flatMap { $0.links ?? [] }
    let details = present.corrected(
      by: shown, titles: wanted.titleLanguages, emptied: wanted.emptied, others: others, languages)
    // It was taken out here, or by the undo of what brought it.
    merge.isUndone = session.status == .unscheduled && known[id.tag]?.isUndone == true
    guard session.isLive || merge.isUndone else {
      // Nothing of it is changed until it takes place again.
      if !wanted.isCancelled || details != present {
        left.sessions.append((id, state.imports.tookOut(id.tag) ? .file : .organizer))
      }
      return
    }
    if merge.isUndone {
      add(
        .sessionReinstated(SessionReinstated(session: id, slots: session.orderedSlots, kind: present.kind)))
    }
    for language in wanted.titleLanguages
    where present.title[language] != nil && wanted.details.title[language] == nil {
      left.notes.append("The title of “\(id)” in the language \(language) is empty in the table, and stays.")
    }
    if wanted.emptied.contains(SessionDetails.Field.languages.rawValue), !present.languages.isEmpty {
      left.notes.append("The languages of “\(id)” are empty in the table, and stay.")
    }
    if shown.links != nil || wanted.emptied.contains(SessionDetails.Field.links.rawValue) {
      var known = Set((shown.links ?? []).map(\.address))
      for link in others where known.insert(link.address).inserted {
        left.notes.append(
          "A link of a presentation of “\(id)” is not in the table, and stays: \(link.address)")
      }
    }
    revise(id, present, merge.fields(of: details, against: present) { _ in })
    correctSlots(id, session, wanted, &merge)
    for role in SessionRole.allCases where wanted.roles.contains(role) {
      correctRole(role, id, session, wanted, &merge)
    }
    var isCancelled = false
    if wanted.isCancelled {
      isCancelled = merge.value("status", "cancelled", "scheduled", show: { $0 }) == .set
    }
    finish(merge, wanted.identity)
    if isCancelled { add(.sessionCancelled(SessionCancelled(session: id, slots: session.orderedSlots))) }
  }

  /// A list can show a part of the slots. None is removed.
  private mutating func correctSlots(
    _ id: SessionID, _ session: Timetable.Session, _ wanted: WantedSession, _ merge: inout FieldMerge
  ) {
    let present = session.orderedSlots
    if wanted.places.isEmpty, !present.isEmpty {
      left.notes.append("“\(id)” has no time in the table, and keeps the one that it has.")
    }
    func isSame(_ place: WantedSession.Place, _ slot: Slot) -> Bool {
      slot.start == place.start && slot.end == place.end && place.room.map { rooms[$0] == slot.room } ?? true
    }
    var rest = present
    var meant: [Int: NumberedSlot] = [:]
    func take(_ index: Int, where isMeant: (NumberedSlot) -> Bool) {
      guard meant[index] == nil, let found = rest.firstIndex(where: isMeant) else { return }
      meant[index] = rest.remove(at: found)
    }
    for (index, place) in wanted.places.enumerated() { take(index) { $0.number == place.number } }
    for (index, place) in wanted.places.enumerated() { take(index) { isSame(place, $0.slot) } }
    // Of one that has one slot, and one row, that one is meant.
    if wanted.places.count == 1, present.count == 1 { take(0) { _ in true } }
    var (slots, added) = (present, [Slot]())
    for (index, place) in wanted.places.enumerated() {
      let room = place.room.map { rooms[$0] } ?? meant[index]?.slot.room ?? roomToBeAnnounced()
      guard let slot = try? Slot(room: room, start: place.start, end: place.end) else { continue }
      if let old = meant[index], let at = slots.firstIndex(of: old) {
        slots[at] = NumberedSlot(number: old.number, slot: slot)
      } else if let number = place.number, number <= session.lastSlot {
        left.notes.append("“\(id)” has no slot \(number) any more; the table's was left out.")
      } else {
        added.append(slot)
      }
    }
    if slots != present {
      let moved = merge.value(
        "slots", slots.map(\.slot), present.map(\.slot),
        show: { $0.map { "\($0.times), \($0.room)" }.joined(separator: "; ") })
      if moved == .set {
        for (old, new) in zip(present, slots) where old != new {
          add(.sessionMoved(SessionMoved(session: id, from: old.slot, to: new.slot, number: old.number)))
        }
      }
    }
    for (index, slot) in added.enumerated() {
      add(.slotAdded(SlotAdded(session: id, number: session.lastSlot + 1 + index, slot: slot)))
    }
  }

  /// Who is added is taken. Who would lose the part is a clash.
  private mutating func correctRole(
    _ role: SessionRole, _ id: SessionID, _ session: Timetable.Session, _ wanted: WantedSession,
    _ merge: inout FieldMerge
  ) {
    let here = session.assignments.filter { $0.role == role }.map(\.person)
    var shown: Set<PersonID> = []
    for part in wanted.parts where part.role == role {
      let person = people[part.person]
      // A table of ours names people by their names. Of several of one name, those are meant who have the part.
      let same = here.filter { isNamesake($0, person) }
      if !same.isEmpty {
        shown.formUnion(same)
      } else if let several = namesakes[part.person] {
        left.notes.append(
          "“\(command.wanted.people[part.person].details.name.printed)” can be \(listed(several)), so nobody was added to “\(id)”. "
            + "To say who it is: plenary session assign \(id) …")
        return
      } else {
        shown.insert(person)
      }
    }
    let added = shown.subtracting(here).subtracting(withdrawn).sorted()
    if Set(here).isSubset(of: shown) {
      for person in added { add(.personAssigned(PersonAssigned(session: id, person: person, role: role))) }
      return
    }
    func names(_ ids: [PersonID]) -> String {
      ids.map { id in
        let new = people.firstIndex(of: id).map { command.wanted.people[$0].details.name }
        return (timetable.people[id]?.name ?? new)?.printed ?? id.slug
      }.joined(separator: ", ")
    }
    let all = shown.subtracting(withdrawn).sorted()
    switch merge.value(role.rawValue, all.isEmpty ? nil : all, here.sorted(), show: names) {
    case .keep: notAssigned.formUnion(added)
    case .set, .clear:
      for person in here where !shown.contains(person) {
        add(.personUnassigned(PersonUnassigned(session: id, person: person, role: role)))
      }
      for person in added { add(.personAssigned(PersonAssigned(session: id, person: person, role: role))) }
    }
  }

  /// Nobody is registered for a part that was not taken.
  private mutating func dropNotAssigned() {
    for case .scheduling(.personAssigned(let body)) in changes { notAssigned.remove(body.person) }
    let dropped = notAssigned.filter { timetable.people[$0] == nil }
    if dropped.isEmpty { return }
    changes.removeAll {
      if case .people(.speakerRegistered(let body)) = $0 { dropped.contains(body.person) } else { false }
    }
    facts.removeAll { fact in dropped.contains { $0.tag == fact.of } }
  }

  private func listed(_ ids: [PersonID]) -> String { ids.map(\.slug).joined(separator: " or ") }

  private mutating func cancelMissing() {
    for id in left.missing {
      guard let session = timetable.sessions[id], var fact = known[id.tag],
        // What a file cancelled and takes place all the same was reinstated here.
        fact.digests[Imports.cancelled] == nil
      else { continue }
      add(.sessionCancelled(SessionCancelled(session: id, slots: session.orderedSlots)))
      fact.digests[Imports.cancelled] = Imports.wasMissing
      facts.append(ImportedFact(of: id.tag, keys: fact.keys, digests: fact.digests))
    }
  }

  // MARK: Identity

  /// For each of these, what it is here: found by the other program's keys first, then by content among what no key found.
  ///
  /// Two lunches of one title are told apart by what is the same of them; whichever of them is left over is the next one
  /// that this source had. Of two that it never had, nobody knows which is meant.
  ///
  /// - Parameters:
  ///   - alike: what has the same content, by the place in the list.
  ///   - isSame: whether more than the content is the same.
  private func matched(
    _ wanted: [WantedIdentity], _ noun: String, alike: (Int) -> [Tag],
    isSame: @escaping (Int, Tag) -> Bool = { _, _ in false }
  ) -> [Tag?] {
    var byKey: [String: [Tag]] = [:]
    for (tag, fact) in known.sorted(by: { $0.key < $1.key }) where tag.text.hasPrefix(noun + ":") {
      for key in fact.keys { byKey[key, default: []].append(tag) }
    }
    var claimed: Set<Tag> = []
    var found = wanted.map { identity -> Tag? in
      // What a table of ours calls by its short name.
      if let own = identity.own.map({ Tag(stored: "\(noun):\($0)") }), isHere(own) {
        return claimed.insert(own).inserted ? own : nil
      }
      // One that had two of their names can have the keys of both: whoever has fewer is meant.
      let tags = identity.keys.lazy.flatMap { key in
        (byKey[key] ?? []).sorted { (known[$0]?.keys.count ?? 0, $0) < (known[$1]?.keys.count ?? 0, $1) }
      }
      guard let tag = tags.first(where: { !claimed.contains($0) }) else { return nil }
      claimed.insert(tag)
      return tag
    }
    func candidates(_ index: Int) -> [Tag] {
      let identity = wanted[index]
      return Set((byKey[identity.content] ?? []) + alike(index)).filter { tag in
        !claimed.contains(tag) && !isKnownOtherwise(tag, identity)
      }.sorted()
    }
    let choices: [([Tag], Int) -> Tag?] = [
      { tags, index in tags.first { isSame(index, $0) } },
      { [isOwn] tags, _ in
        tags.count == 1 || isOwn && noun == "person" ? tags.first : tags.first { known[$0] != nil }
      },
    ]
    for choose in choices {
      for index in wanted.indices where found[index] == nil {
        guard let tag = choose(candidates(index), index) else { continue }
        found[index] = tag
        claimed.insert(tag)
      }
    }
    return found
  }

  /// What files of this source had, and this one does not have.
  private func missing<Kind>(_ prefix: String, present: [Tag]) -> [Identifier<Kind>] {
    // A list of ours can be a part.
    if isOwn { return [] }
    let present = Set(present)
    return known.filter { !$0.value.isUndone && !present.contains($0.key) }.keys.sorted().compactMap {
      identifier(prefix, in: $0.text)
    }
  }

  private func isHere(_ tag: Tag) -> Bool {
    if let id: RoomID = identifier("room:", in: tag.text) { return timetable.rooms[id] != nil }
    if let id: TrackID = identifier("track:", in: tag.text) { return timetable.tracks[id] != nil }
    if let id: PersonID = identifier("person:", in: tag.text) { return state.speakers[id]?.details != nil }
    if let id: SessionID = identifier("session:", in: tag.text) {
      return timetable.sessions[id]?.details != nil
    }
    return false
  }

  /// Whether the source knows it by a key of the same kind, which is another one.
  private func isKnownOtherwise(_ tag: Tag, _ identity: WantedIdentity) -> Bool {
    let kinds = Set((known[tag]?.keys ?? []).map(Self.kind))
    return identity.keys.contains { kinds.contains(Self.kind($0)) }
  }

  private static func kind(_ key: String) -> Substring { key.prefix { $0 != ":" } }

  private mutating func new<Kind>(
    _ identity: WantedIdentity, _ noun: String, isTaken: (Identifier<Kind>) -> Bool
  ) -> Identifier<Kind> {
    var number = 1
    while true {
      let text = number == 1 ? identity.shortName : "\(identity.shortName)-\(number)"
      if let id = try? Identifier<Kind>(text), !isTaken(id), given.insert("\(noun):\(text)").inserted {
        return id
      }
      number += 1
    }
  }

  // MARK: Noting

  private mutating func add(_ event: SchedulingEvent) { changes.append(.scheduling(event)) }
  private mutating func add(_ event: PeopleEvent) { changes.append(.people(event)) }

  private mutating func note(_ tag: Tag, _ identity: WantedIdentity, _ digests: [String: String]) {
    let keys = (known[tag]?.keys ?? []) + identity.keys + [identity.content]
    let fact = ImportedFact(of: tag, keys: Array(Set(keys)).sorted(), digests: digests)
    if let old = known[tag], old.keys == fact.keys, old.digests == digests { return }
    facts.append(fact)
  }

  /// Notes what the file says of something that it brings. Of a table of ours it is noted only that it did, so that an undo is known.
  private mutating func noteNew(_ tag: Tag, _ identity: WantedIdentity, _ digests: [String: String]) {
    if isOwn {
      facts.append(ImportedFact(of: tag, keys: [], digests: [Imports.added: "1"]))
    } else {
      note(tag, identity, digests)
    }
  }

  /// Notes what was chosen against a table of ours, so that nobody is asked again.
  private mutating func noteChoices(_ merge: FieldMerge) {
    if merge.said != merge.base { facts.append(ImportedFact(of: merge.tag, keys: [], digests: merge.said)) }
    for field in merge.declined { left.declined.append("\(merge.tag).\(field)") }
  }

  private func merge(_ tag: Tag) -> FieldMerge {
    FieldMerge(
      tag, base: known[tag]?.digests ?? [:], clearsMissing: command.clearsMissing, choices: command.choices,
      isOwn: isOwn)
  }

  private mutating func finish(_ merge: FieldMerge, _ identity: WantedIdentity) {
    clashes += merge.clashes
    settled += merge.settled
    compared.insert(merge.tag.text)
    compared.formUnion(merge.compared.map { "\(merge.tag).\($0)" })
    if isOwn { return noteChoices(merge) }
    note(merge.tag, identity, merge.said)
  }
}

/// Small letters and single spaces: titles and names are compared so.
private func comparable(_ text: String) -> String {
  text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
