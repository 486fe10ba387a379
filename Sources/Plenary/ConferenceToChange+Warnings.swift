import EventLog
package import People
import ReadModels
package import Scheduling
import Vocabulary

// Warnings that need more than the boundary of the decision. They are made afterwards, from read models.

extension ConferenceToChange {
  /// Releases the program. The open conflicts of what is released are warnings.
  package func release(
    _ context: CommandContext, command: (ConferenceFacts) throws -> Releases.Command
  ) async throws -> Outcome<SchedulingEvent> {
    var outcome = try await change(Releases.self, context, command: command)
    guard case .programReleased(let release)? = outcome.events.first else { return outcome }
    let history = try await workspace.replayed(ConflictHistory.self, of: id, outcome.after).model
    let conflicts = history.openConflicts(in: release)
    let shown = 10
    outcome.warnings += conflicts.prefix(shown).map { HintedText($0.message) }
    if conflicts.count > shown {
      outcome.warnings.append(HintedText("… and \(conflicts.count - shown) more.", [.checkProgram]))
    }
    return outcome
  }

  /// Withdraws a speaker. The roles and presentations that nobody else has are warnings.
  package func withdrawSpeaker(
    _ context: CommandContext, command: (ConferenceFacts) throws -> Speakers.Command
  ) async throws -> Outcome<PeopleEvent> {
    var outcome = try await change(Speakers.self, context, command: command)
    guard case .speakerWithdrawn(let withdrawn)? = outcome.events.first else { return outcome }
    let before = try await workspace.view(ProgramModel.self, of: id, outcome.before).model
    for session in before.sessionsOfRecord where session.status == .scheduled {
      outcome.warnings += session.vacancies(without: withdrawn.person)
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
    let texts = try await workspace.view(ProgramModel.self, of: id, outcome.before).model.texts
    let lost = texts.flatMap(\.languages).filter { language in
      !languages.contains { $0.primary == language.primary }
    }
    let counts = Dictionary(grouping: lost, by: \.self).mapValues(\.count)
    outcome.warnings += counts.sorted { $0.key < $1.key }.map { language, count in
      HintedText(
        "\(counted(count, "text")) of the program in “\(language)” \(count == 1 ? "stays" : "stay") recorded, but "
          + "“\(language)” is not a language of the conference any more, and documents are printed without it."
      )
    }
    return outcome
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
