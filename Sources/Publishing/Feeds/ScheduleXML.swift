import EventLog
import ReadModels
import Scheduling
import Vocabulary

extension ProgramPublication {
  /// The program as schedule.xml (`application/vnd.c3voc.schedule+xml`), one event per slot.
  ///
  /// Cancelled slots are left out: the format cannot express them, and its readers show as cancelled what the
  /// schedule no longer has. Presentations are part of the description; see
  /// `PublicationContext/runningOrder(_:)`.
  package func scheduleXML() -> String {
    let schedule = Schedule(context, cancelled: false)
    let tracks = context.program.orderedTracks.map { track in
      let color = track.details.color.flatMap(Self.hexColor)
      // The format's slugs begin with a letter.
      let slug = track.id.slug
      let named = slug.count > 1 && slug.first!.isLetter
      return """
        <track name="\(text: schedule.name(track))"\(color.map { " color=\"\(text: $0)\"" } ?? "")\
        \(named ? " slug=\"\(text: slug)\"" : "")/>

        """ as Markup
    }
    let own = context.program.conference?.details
    let first = own?.firstDay ?? schedule.days[0].date
    let last = own?.lastDay ?? schedule.days[schedule.days.count - 1].date
    let xml: Markup = """
      <?xml version="1.0" encoding="UTF-8"?>
      <schedule>
      <generator name="Plenary"/>
      <version>\(text: schedule.version)</version>
      <conference>
      <title>\(text: schedule.title)</title>
      <acronym>\(text: schedule.acronym)</acronym>
      <start>\(text: first.description)</start>
      <end>\(text: last.description)</end>
      <days>\(schedule.days.count)</days>
      <timeslot_duration>00:05</timeslot_duration>
      <time_zone_name>\(text: schedule.zone)</time_zone_name>
      \(tracks.joined())</conference>
      \(schedule.days.map { day($0, schedule) }.joined())</schedule>

      """
    return xml.source
  }

  private static func hexColor(_ color: String) -> String? {
    color.wholeMatch(of: /#[0-9a-fA-F]{6}/) == nil ? nil : color
  }

  private func day(_ day: Schedule.Day, _ schedule: Schedule) -> Markup {
    let rooms = schedule.rooms(of: day).map { id, name, entries in
      """
      <room name="\(text: name)" guid="\(text: schedule.identities.guid(id.tag))">
      \(entries.map { event($0, schedule) }.joined())</room>

      """ as Markup
    }
    return """
      <day index="\(day.index)" date="\(text: day.date.description)" \
      start="\(text: schedule.start(of: day.date))" end="\(text: schedule.start(of: day.date.adding(days: 1)))">
      \(rooms.joined())</day>

      """
  }

  /// The format asks for a licence, which the log does not know.
  private func recording(_ recording: Recording?) -> Markup {
    guard let recording else { return "" }
    return """
      <recording>
      <license></license>
      <optout>\(text: recording.permission == .notPermitted ? "true" : "false")</optout>
      </recording>

      """
  }

  private func event(_ entry: ScheduledSlot, _ schedule: Schedule) -> Markup {
    let session = entry.session
    let slot = entry.slot
    let identities = schedule.identities
    let persons = context.participants(session).map { _, person in
      """
      <person id="\(identities.number(person.person.tag))" \
      guid="\(text: identities.guid(person.person.tag))">\(text: context.name(person))</person>

      """ as Markup
    }
    let links = schedule.links(entry).map {
      "<link href=\"\(text: $0.address)\" type=\"\(text: $0.kind.rawValue)\">\(text: schedule.title($0))</link>\n"
        as Markup
    }
    let attachments = schedule.attachments(entry).map {
      "<attachment href=\"\(text: $0.address)\">\(text: schedule.title($0))</attachment>\n" as Markup
    }
    return """
      <event id="\(identities.number(entry))" guid="\(text: identities.guid(entry))">
      <date>\(text: Schedule.time(slot.start))</date>
      <start>\(text: slot.start.clock)</start>
      <duration>\(text: Schedule.duration(slot))</duration>
      <room>\(text: schedule.room(entry))</room>
      <slug>\(text: schedule.slug(entry))</slug>
      <title>\(text: schedule.title(entry))</title>
      <subtitle>\(text: schedule.subtitle(entry))</subtitle>
      <track>\(text: schedule.track(entry).map(schedule.name) ?? "")</track>
      <type>\(text: session.details.kind.rawValue)</type>
      <language>\(text: context.spoken(session)[0].tag)</language>
      <abstract>\(text: schedule.abstract(entry))</abstract>
      <description>\(text: context.runningOrder(entry))</description>
      <persons>
      \(persons.joined())</persons>
      \(recording(session.details.recording))<links>
      \(links.joined())</links>
      <attachments>
      \(attachments.joined())</attachments>
      </event>

      """
  }
}
