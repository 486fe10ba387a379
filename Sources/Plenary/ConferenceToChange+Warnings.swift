package import EventLog
import Foundation
import Interchange
package import People
import Publishing
import ReadModels
import Record
package import Scheduling
package import Vocabulary

// Warnings that need more than the boundary of the decision. They are made afterwards, from read models.

extension Outcome {
  /// Adds warnings to a command that was carried out. If they cannot be made, this is said instead: the command is done.
  ///
  /// - Throws: what `make` throws, for a dry run.
  mutating func warn(_ make: () async throws -> [HintedText]) async throws {
    do {
      warnings += try await make()
    } catch {
      guard case .appended(let receipt) = effect else { throw error }
      let failure = Failure(error)
      warnings.append(
        HintedText(
          "This is done, at position \(receipt.last). What to warn of could not be found out: \(failure.description)",
          failure.texts.flatMap(\.hints)))
    }
  }
}

extension ConferenceToChange {
  /// Releases the program. The open conflicts of what is released are warnings.
  ///
  /// Under a version that was released, there is nothing to do only if the program is still the same.
  package func release(
    _ context: CommandContext, command: (ConferenceFacts) throws -> Releases.Command
  ) async throws -> Outcome<SchedulingEvent> {
    var outcome: Outcome<SchedulingEvent>
    do {
      outcome = try await change(Releases.self, context, command: command)
    } catch let refused as Refused {
      guard case .released(let version, let position)? = refused.refusal as? Releases.Refusal else {
        throw refused
      }
      let changes = try await workspace.unreleased(in: id)
      guard let changes, changes.release.details.version == version, changes.diff.isEmpty else {
        throw Refused(
          Releases.Refusal.changedSince(version, at: position, sessions: changes?.diff.sessions.count ?? 0))
      }
      return Outcome(effect: .nothingToDo, events: [])
    }
    guard case .programReleased(let release)? = outcome.events.first else { return outcome }
    let after = outcome.after
    try await outcome.warn {
      // Those who may not read the log see the release from now on.
      if !context.dryRun { _ = try await workspace.view(ProgramModel.self, of: id, .head) }
      let history = try await workspace.replayed(ConflictHistory.self, of: id, after).model
      let conflicts = history.openConflicts(in: release)
      let shown = 10
      let more = conflicts.count - shown
      let program = try await workspace.view(ProgramModel.self, of: id, after)
      return conflicts.prefix(shown).map { HintedText($0.message) }
        + (more > 0 ? [HintedText("… and \(more) more.", [.checkProgram])] : [])
        + workspace.warnings(
          ofCharactersIn: try ProgramPublication(
            program.model, program.checkpoint, conference: id, PrintSettings()
          ).booklet())
    }
    return outcome
  }

  /// Withdraws a speaker. The roles and presentations that nobody else has are warnings.
  package func withdrawSpeaker(
    _ context: CommandContext, command: (ConferenceFacts) throws -> Speakers.Command
  ) async throws -> Outcome<PeopleEvent> {
    var outcome = try await change(Speakers.self, context, command: command)
    guard case .speakerWithdrawn(let withdrawn)? = outcome.events.first else { return outcome }
    let before = outcome.before
    try await outcome.warn {
      try await workspace.view(ProgramModel.self, of: id, before).model.sessionsOfRecord
        .filter { $0.status == .scheduled }.flatMap { $0.vacancies(without: withdrawn.person) }
    }
    return outcome
  }

  /// Merges two speakers. Names that have no word in common are a warning.
  ///
  /// A script is not slowed down by it.
  package func merging(_ merge: () async throws -> Outcome<ProgramOrPeopleEvent>) async throws -> Outcome<
    ProgramOrPeopleEvent
  > {
    var outcome = try await merge()
    let merged = outcome.events.lazy.compactMap { event -> PersonsMerged? in
      if case .people(.personsMerged(let body)) = event { body } else { nil }
    }.first
    guard workspace.script == nil, let merged else { return outcome }
    let before = outcome.before
    try await outcome.warn {
      let people = try await workspace.view(ProgramModel.self, of: id, before).model.orderedPeople
      guard let one = people.first(where: { $0.person == merged.merged })?.name,
        let other = people.first(where: { $0.person == merged.person })?.name,
        NameLikeness(one).hasNothingInCommon(with: NameLikeness(other))
      else { return [] }
      return [
        HintedText(
          "The names have nothing in common: “\(merged.merged)” is \(one.printed), “\(merged.person)” is \(other.printed). If they are "
            + "two people, undo this.")
      ]
    }
    return outcome
  }

  /// Cancels a session. What is recorded of it is a warning: it was held, perhaps.
  package func cancel(_ session: SessionID, _ context: CommandContext) async throws -> Outcome<
    SchedulingEvent
  > {
    var outcome = try await change(Sessions.self, context) { _ in Sessions.Command(.cancel(session)) }
    if outcome.events.isEmpty { return outcome }
    try await outcome.warn {
      // The record does not say that a session is cancelled, so it is the same before and after.
      let record = try await workspace.view(ProceedingsModel.self, of: id, .head).model
      guard let what = record.whatIsRecorded(of: session) else { return [] }
      return [
        HintedText(
          "What is recorded of “\(session)” stays in the record: \(what).", [.reinstate(session)])
      ]
    }
    return outcome
  }

  /// Revises the conference. Warnings count the texts in languages that were removed.
  package func revise(
    waivers: [Waiver], _ context: CommandContext,
    command: (ConferenceFacts, [Waiver]) throws -> Conferences.Command
  ) async throws -> Outcome<SchedulingEvent> {
    var outcome = try await change(Conferences.self, waivers: waivers, context, command: command)
    guard case .conferenceRevised(let revised)? = outcome.events.first,
      let languages = revised.changes.languages
    else { return outcome }
    let before = outcome.before
    try await outcome.warn {
      let texts = try await workspace.view(ProgramModel.self, of: id, before).model.texts
      let lost = texts.flatMap(\.languages).filter { language in
        !languages.contains { $0.primary == language.primary }
      }
      let counts = Dictionary(grouping: lost, by: \.self).mapValues(\.count)
      return counts.sorted { $0.key < $1.key }.map { language, count in
        HintedText(
          "\(counted(count, "text")) of the program in “\(language)” \(count == 1 ? "stays" : "stay") recorded, but "
            + "“\(language)” is not a language of the conference any more, and documents are printed without it."
        )
      }
    }
    return outcome
  }
}

extension ConferenceToChange {
  /// Corrects a wrong time zone. The times at which sessions were held are the record's: a warning counts them.
  package func correct(zone: String, waivers: [Waiver], _ context: CommandContext) async throws
    -> Outcome<ProgramOrPeopleEvent>
  {
    var outcome = try await change(ZoneCorrection.self, waivers: waivers, context) { facts, waivers in
      ZoneCorrection.Command(try facts.times(in: zone).rules, waivers: waivers)
    }
    if outcome.events.isEmpty { return outcome }
    let before = outcome.before
    try await outcome.warn {
      let steps = try await workspace.view(ProceedingsModel.self, of: id, before).model.held.steps.rows
      let timed = steps.filter { step in
        switch step.details.at {
        case .time?: true
        case .day?, nil: false
        }
      }.map(\.session)
      var warnings: [HintedText] = []
      if let first = timed.min() {
        warnings.append(
          HintedText(
            "The times at which \(counted(Set(timed).count, "session was", "sessions were")) held stay as they were recorded.",
            [.reviseSitting(first)]))
      }
      let attendees = try await workspace.view(AttendanceModel.self, of: id, before).model.attendees.rows
      let checkedIn = attendees.filter { $0.checkedInAt != nil || !$0.presence.isEmpty }.count
      if checkedIn > 0 {
        warnings.append(
          HintedText(
            "The moments at which \(counted(checkedIn, "attendee was", "attendees were")) checked in stay as they were "
              + "recorded, so clocks of the new zone show other times for them. Times that were given in the wrong zone can be wrong: check out "
              + "and check in again."))
      }
      return warnings
    }
    return outcome
  }

  /// Checks an attendee in. A time on a day on which the session does not take place is a warning.
  package func checkIn(
    to session: SessionID, _ context: CommandContext,
    request: (ConferenceFacts) throws -> CheckInRequest
  ) async throws -> Outcome<PeopleEvent> {
    var outcome = try await change(Presences.self, context) {
      .checkIn(try request($0), .session(session))
    }
    guard case .attendeeCheckedIn(let body)? = outcome.events.first, let at = body.arrivedAt else {
      return outcome
    }
    let after = outcome.after
    try await outcome.warn {
      let program = try await workspace.view(ProgramModel.self, of: id, after).model
      guard let row = program.sessions[session.slug], let details = program.conference?.details,
        let slot = row.slot(nearestTo: at)
      else { return [] }
      let last = max(details.lastDay, at.date)
      let time = try TimeInput(zone: details.zone, days: details.firstDay...last).rules.time(at: at)
      let (day, own) = (details.day(of: time), program.day(of: slot))
      if day == own { return [] }
      return [
        HintedText(
          "The check-in is on \(day), and “\(session)” takes place on \(own).",
          [.checkOutOf(body.attendee, session: session, day: nil)])
      ]
    }
    return outcome
  }
}

extension ConferenceFacts {
  /// What to warn of where somebody is checked in days before the conference. On the eve, desks are open already.
  ///
  /// - Parameter time: nil: now.
  package func warning(ofCheckIn attendee: AttendeeID, in occasion: Occasion?, at time: Timestamp?) throws
    -> HintedText?
  {
    let details = try details
    let day = details.day(of: try timesUntilToday().rules.time(at: time ?? .now))
    guard day.adding(days: 1) < details.firstDay else { return nil }
    return HintedText(
      "The check-in is on \(day), and the conference begins on \(details.firstDay).",
      [
        occasion.map { .checkOutOf(attendee, session: $0.session, day: $0.day) } ?? .checkOut(attendee)
      ])
  }
}

extension Timestamp {
  fileprivate static var now: Timestamp {
    Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
  }
}

extension Outcome {
  /// The log with the events of this command; the whole log for a dry run.
  fileprivate var after: LogBound {
    if case .appended(let receipt) = effect { .position(receipt.last) } else { .head }
  }

  /// The log without the events of this command.
  fileprivate var before: LogBound {
    if case .appended(let receipt) = effect { .position(receipt.first - 1) } else { .head }
  }
}

extension SessionRow {
  /// What nobody would do in this session without that person.
  fileprivate func vacancies(without person: PersonID) -> [HintedText] {
    let roles = assignments.filter { $0.person == person }.map(\.role)
    let vacant = roles.filter { role in !assignments.contains { $0.role == role && $0.person != person } }
    return vacant.map { HintedText("“\(session)” has no \($0.rawValue) any more.", [.assign(session)]) }
      + presentations.filter { $0.people == [person] }.map {
        HintedText(
          "The presentation “\($0.presentation)” of “\(session)” has no presenter any more.",
          [.revise($0.presentation)])
      }
  }
}
