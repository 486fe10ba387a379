import EventLog
import JSON
import People
import Vocabulary

extension EventTeller {
  func told(_ event: PeopleEvent) -> ToldEvent {
    switch event {
    case .speakerRegistered(let body):
      return ToldEvent("\(name(body.details.name)) was registered as a speaker.")
    case .speakerRevised(let body):
      let old = program.people[body.person.slug]?.details
      return ToldEvent("The speaker \(name(body.person)) was revised.", changes(body.changes, of: old))
    case .affiliationStated(let body):
      let old = affiliation(body.number, of: body.person)
      return ToldEvent(
        old == nil
          ? "\(name(body.person)) has the affiliation “\(text(body.affiliation.asPrinted))”."
          : "The affiliation of \(name(body.person)) was revised.",
        [change("affiliation", old.map { text($0.asPrinted) }, text(body.affiliation.asPrinted))].compactMap(
          \.self))
    case .affiliationRemoved(let body):
      let old = affiliation(body.number, of: body.person)
      return ToldEvent(
        "\(name(body.person)) no longer has the affiliation " + quoted(old?.asPrinted, "\(body.number)") + "."
      )
    case .speakerWithdrawn(let body):
      let sessions = program.people[body.person.slug]?.sessions ?? []
      return ToldEvent(
        "\(name(body.person)) withdrew"
          + (sessions.isEmpty ? "" : ", and takes no part in \(list(sessions.map { title($0) }))") + ".")
    case .speakerReinstated(let body): return ToldEvent("\(name(body.person)) takes part after all.")
    case .personsMerged(let body):
      return ToldEvent(
        "\(name(body.merged)) is the same person as \(name(body.person)), and \(body.merged) leads to \(body.person)."
      )
    case .personsSeparated(let body):
      return ToldEvent("\(name(body.merged)) and \(name(body.person)) are two people after all.")
    case .unavailabilityStated(let body):
      return ToldEvent(
        "\(name(body.person)) is not available from \(told(body.from)) to \(told(body.until)).")
    case .unavailabilityRemoved(let body):
      let old = program.people[body.person.slug]?.unavailable.first { $0.number == body.number }
      return ToldEvent(
        "\(name(body.person)) is available after all"
          + (old.map { " from \(told($0.from)) to \(told($0.until))" } ?? "") + ".")
    case .contactStated(let body): return told(body)
    case .attendeeRegistered(let body):
      return ToldEvent(
        "\(name(body.attendee, body.details)) registered (\(body.category))"
          + (body.listed ? "" : ", and is not listed in print") + ".")
    case .attendeeRevised(let body): return told(body)
    case .attendeeCheckedIn(let body):
      return ToldEvent(
        "\(name(body.attendee)) "
          + (body.occasion.map { "was present \(told($0))" } ?? "arrived")
          + (body.station.map { " (\($0))" } ?? "") + (body.arrivedAt.map { ", at \($0.readable)" } ?? "")
          + ".")
    case .attendeeCheckedOut(let body):
      return ToldEvent(
        "\(name(body.attendee)) "
          + (body.occasion.map { "was not present \(told($0)) after all" }
            ?? "left, or was checked in by mistake") + ".")
    case .lateScanRecorded(let body):
      return ToldEvent(
        "A late scan of \(name(body.attendee)) was handed in" + (body.station.map { " (\($0))" } ?? "")
          + ", of \(body.scannedAt.readable); it changes nothing.")
    case .attendeeSignedUp(let body):
      return ToldEvent("\(name(body.attendee)) has a seat in \(title(body.session)).")
    case .attendeeSignedOff(let body):
      return ToldEvent("\(name(body.attendee)) gave up the seat in \(title(body.session)).")
    case .attendeeWithdrawn(let body):
      return ToldEvent("\(name(body.attendee)) withdrew from the conference.")
    case .attendeeReinstated(let body):
      return ToldEvent("\(name(body.attendee)) takes part after all.")
    case .personErased(let body):
      let who = body.attendee.map { "attendee \($0)" } ?? body.person.map { "speaker \($0)" } ?? "somebody"
      return ToldEvent("The personal data of \(who) was erased.")
    }
  }

  private func affiliation(_ number: Int, of person: PersonID) -> Affiliation? {
    program.people[person.slug]?.affiliations.first { $0.number == number }?.affiliation
  }

  private func told(_ occasion: Occasion) -> String {
    switch occasion {
    case .session(let session): "in \(title(session))"
    case .day(let day): "on \(day)"
    }
  }

  private func told(_ body: ContactStated) -> ToldEvent {
    func address(_ sealed: Sealed?) -> String? {
      sealed.flatMap { opener.contact(body.person, $0)?.email.text }
    }
    let changes = [
      change("email", address(program.people[body.person.slug]?.contact), address(body.contact))
    ].compactMap(\.self)
    return ToldEvent(
      body.contact == nil
        ? "The address of \(name(body.person)) was removed."
        : "The address of \(name(body.person)) was stated.", changes)
  }

  private func told(_ body: AttendeeRevised) -> ToldEvent {
    let old = attendance.attendees[body.attendee.slug]
    func opened(_ sealed: Sealed?) -> AttendeeDetails? {
      sealed.flatMap { opener.attendee(body.attendee, $0) }
    }
    var changes: [ToldEvent.Change?] = []
    if let category = body.category { changes.append(change("category", old?.category, category)) }
    if let listed = body.listed {
      changes.append(change("listed", old.map { .bool($0.listed) }, .bool(listed)))
    }
    var isSealed = false
    if let details = body.details {
      let now = opened(details)
      isSealed = now == nil
      if let now { changes += self.changes(AttendeeDetails.Field.self, from: opened(old?.details), to: now) }
    }
    return ToldEvent(
      "\(name(body.attendee)) was revised" + (isSealed ? "; the personal details are encrypted" : "") + ".",
      changes.compactMap(\.self))
  }
}
