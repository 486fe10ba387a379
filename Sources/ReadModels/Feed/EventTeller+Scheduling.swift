import JSON
import Scheduling
import Vocabulary

extension EventTeller {
  func told(_ event: SchedulingEvent) -> ToldEvent {
    switch event {
    case .conferenceOpened(let body):
      return ToldEvent(
        "The conference “\(body.details.title.best(body.details.languages).text)” was opened, from \(body.details.firstDay) to "
          + "\(body.details.lastDay).")
    case .conferenceRevised(let body):
      return ToldEvent("The conference was revised.", changes(body.changes, of: program.conference?.details))
    case .organisationRoleAssigned(let body):
      return ToldEvent("\(text(body.organisation)) is \(body.role.rawValue) of the conference.")
    case .conferenceClosed: return ToldEvent("The conference was closed.")
    case .conferenceArchived: return ToldEvent("The conference was archived.")
    case .conferenceReopened: return ToldEvent("The conference was opened again.")
    case .venueAdded(let body): return ToldEvent("The venue \(text(body.details.name)) was added.")
    case .venueRevised(let body):
      return ToldEvent(
        "The venue \(name(body.venue)) was revised.",
        changes(body.changes, of: program.venues[body.venue.slug]?.details))
    case .venueRemoved(let body): return ToldEvent("The venue \(name(body.venue)) was removed.")
    case .travelTimeSet(let body):
      let places = list(body.places.map { name($0) })
      let old = program.travelTimes[TravelTimeRow.key(body.places)]?.minutes
      return ToldEvent(
        body.minutes.map { "Between \(places), \(counted($0, "minute")) are needed." }
          ?? "The time between \(places) is no longer stated.",
        [change("minutes", old.map { .integer($0) }, body.minutes.map { .integer($0) })].compactMap(\.self))
    case .roomAdded(let body):
      return ToldEvent(
        "The room \(text(body.details.name)) was added"
          + (body.details.capacity.map { ", with \(counted($0, "seat"))" } ?? "") + ".")
    case .roomRevised(let body):
      return ToldEvent(
        "The room \(name(body.room)) was revised.",
        changes(body.changes, of: program.rooms[body.room.slug]?.details))
    case .roomClosed(let body): return ToldEvent("The room \(name(body.room)) was closed.")
    case .roomReopened(let body): return ToldEvent("The room \(name(body.room)) was opened again.")
    case .roomHoursSet(let body): return told(body)
    case .roomClosureStated(let body):
      return ToldEvent(
        "The room \(name(body.room)) cannot be used from \(told(body.from)) to \(told(body.until))"
          + (body.note.map { ": \(text($0))" } ?? "") + ".")
    case .roomClosureRemoved(let body):
      let closure = program.rooms[body.room.slug]?.closures.first { $0.number == body.number }
      return ToldEvent(
        "The room \(name(body.room)) can be used after all"
          + (closure.map { " from \(told($0.from)) to \(told($0.until))" } ?? "") + ".")
    case .trackAdded(let body): return ToldEvent("The track “\(text(body.details.name))” was added.")
    case .trackRevised(let body):
      return ToldEvent(
        "The track \(name(body.track)) was revised.",
        changes(body.changes, of: program.tracks[body.track.slug]?.details))
    case .trackRemoved(let body): return ToldEvent("The track \(name(body.track)) was removed.")
    case .sessionScheduled(let body):
      return ToldEvent("“\(text(body.details.title))” was scheduled \(told(body.slot)).")
    case .sessionEntered(let body):
      return ToldEvent("“\(text(body.details.title))” was entered, without a room and a time.")
    case .sessionMoved(let body):
      let part = body.number.map { ", part \($0)," } ?? ""
      return ToldEvent(
        "\(title(body.session))\(part) moved \(told(from: body.from, to: body.to)).",
        [
          change("start", "\(body.from.start)", "\(body.to.start)"),
          change("end", "\(body.from.end)", "\(body.to.end)"),
          change("room", body.from.room.slug, body.to.room.slug),
        ].compactMap(\.self))
    case .slotAdded(let body):
      return ToldEvent("\(title(body.session)) also takes place \(told(body.slot)) (part \(body.number)).")
    case .slotRemoved(let body):
      return ToldEvent(
        "\(title(body.session)) no longer takes place \(told(body.slot)) (part \(body.number)).")
    case .sessionRevised(let body):
      let known = program.sessions[body.session.slug]?.details
      let changes = changes(body.changes, of: known)
      let sentence =
        known != nil && body.changes.fields == [.title]
        ? "\(title(body.session)) is now called “\(body.changes.title.map { text($0) } ?? "")”."
        : "\(title(body.session)) was revised."
      return ToldEvent(sentence, changes)
    case .sessionCancelled(let body):
      return ToldEvent(
        "\(title(body.session)) was cancelled"
          + (body.slots.isEmpty ? "" : ": it does not take place \(told(body.slots))") + ".")
    case .sessionReinstated(let body):
      return ToldEvent(
        "\(title(body.session)) takes place after all" + (body.slots.isEmpty ? "" : " \(told(body.slots))")
          + ".")
    case .sessionUnscheduled(let body):
      return ToldEvent("\(title(body.session)) is no longer in the program: its scheduling was undone.")
    case .personAssigned(let body):
      return ToldEvent("\(name(body.person)) is \(body.role.rawValue) of \(title(body.session)).")
    case .personUnassigned(let body):
      return ToldEvent("\(name(body.person)) is no longer \(body.role.rawValue) of \(title(body.session)).")
    case .presentationAdded(let body):
      let people = body.presentation.people
      return ToldEvent(
        "“\(text(body.presentation.title))”" + (people.isEmpty ? "" : " by \(names(people))")
          + " was added to \(title(body.session)).")
    case .presentationRevised(let body):
      let old = presentation(body.presentation.presentation, in: body.session)
      return ToldEvent(
        "The presentation \(quoted(old?.title, body.presentation.presentation.slug)) in \(title(body.session)) was revised.",
        changes(Presentation.Field.self, from: old, to: body.presentation))
    case .presentationsOrdered(let body):
      let order = body.order.map { quoted(presentation($0, in: body.session)?.title, $0.slug) }
      return ToldEvent("The presentations in \(title(body.session)) have a new order: \(list(order)).")
    case .presentationWithdrawn(let body):
      return ToldEvent(
        "The presentation \(quoted(presentation(body.presentation, in: body.session)?.title, body.presentation.slug)) in "
          + "\(title(body.session)) was withdrawn.")
    case .conflictWaived(let body):
      return ToldEvent(
        "The conflict “\(body.conflict.kind.rawValue)” of \(list(body.conflict.sessions.map { title($0) })) was accepted: "
          + "\(body.reason).")
    case .programReleased(let body):
      let part =
        body.track.map { "The track \(name($0)) of the program" } ?? body.day.map { "The program of \($0)" }
      return ToldEvent(
        "\(part ?? "The program") was released as version \(body.version)"
          + (body.note.map { ": \(text($0))" } ?? "") + ".")
    case .documentPrinted(let body):
      return ToldEvent(
        "Print \(body.number) was made: \(body.kind)"
          + (body.copies.map { ", \(counted($0, "copy", "copies"))" } ?? "")
          + (body.recipient.map { ", for \($0)" } ?? "") + ". It shows position \(body.position).")
    case .noticesSent(let body):
      return ToldEvent(
        "\(counted(body.people.count, "person was", "people were")) told of the program up to position \(body.position): "
          + "\(names(body.people)).")
    case .fileImported(let body):
      return ToldEvent(
        "A file (\(body.format)) of “\(body.source)” was imported; it has something new about \(counted(body.facts.count, "thing"))."
      )
    case .importUndone(let body): return ToldEvent("An import from “\(body.source)” was undone.")
    }
  }

  private func told(_ body: RoomHoursSet) -> ToldEvent {
    let room = program.rooms[body.room.slug]
    let old = body.day == nil ? room?.hours : room?.hoursOfDay.first { $0.day == body.day }?.hours
    let when = body.day.map { " on \($0)" } ?? ""
    let sentence =
      switch body.hours {
      case nil: "The opening hours of \(name(body.room))\(when) are no longer stated."
      case []?: "The room \(name(body.room)) is closed\(body.day == nil ? " every day" : when)."
      case let hours?: "The room \(name(body.room)) is open\(when) \(list(hours.map { "\($0)" }))."
      }
    return ToldEvent(
      sentence,
      [change("hours", old.map { list($0.map { "\($0)" }) }, body.hours.map { list($0.map { "\($0)" }) })]
        .compactMap(\.self))
  }

  func told(_ time: ZonedTime) -> String { "\(time.date) \(time.clock)" }

  private func presentation(_ id: PresentationID, in session: SessionID) -> Presentation? {
    program.sessions[session.slug]?.presentations.first { $0.presentation == id }
  }
}
