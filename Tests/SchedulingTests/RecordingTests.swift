import EventLog
import Specification
import Testing
import Vocabulary

@testable import Scheduling

private let panel = session("panel", "25T09:00", "25T10:30")
private let open = Sessions.given(opened, hall)
private func revised(_ recording: Recording) -> SessionRevised {
  SessionRevised(session: "panel") { $0.recording = recording }
}

struct `The recording permission of a session` {
  private let quiet = Recording(.notPermitted, note: ["en": "The speaker asked for it."])

  @Test func `is set, changed and cleared`() {
    open.and(panel).when(.revise(revised(quiet))).then(.sessionRevised(revised(quiet)))
    open.and(panel, revised(quiet)).when(.revise(revised(Recording(.livestreamed))))
      .then(.sessionRevised(revised(Recording(.livestreamed))))
    open.and(panel, revised(quiet)).when(
      .revise(SessionRevised(session: "panel") { $0.cleared = [.recording] })
    )
    .then(.sessionRevised(SessionRevised(session: "panel") { $0.cleared = [.recording] }))
    open.and(panel).when(.revise(SessionRevised(session: "panel") { $0.cleared = [.recording] }))
      .thenNothing()
  }

  @Test func `keeps its note in other languages, unless the permission changes`() {
    let both = Recording(.notPermitted, note: ["en": "The speaker asked for it.", "zh": "应发言人要求"])
    open.and(panel, revised(quiet)).when(.revise(revised(Recording(.notPermitted, note: ["zh": "应发言人要求"]))))
      .then(.sessionRevised(revised(both)))
    open.and(panel, revised(both)).when(.revise(revised(Recording(.notPermitted)))).thenNothing()
    open.and(panel, revised(both)).when(.revise(revised(Recording(.permitted, note: "Without questions"))))
      .then(.sessionRevised(revised(Recording(.permitted, note: "Without questions"))))
  }

  @Test func `is restored by an undo, with its whole note`() {
    let given = Undo.given(opened, hall, panel, revised(quiet), revised(Recording(.livestreamed)))
    func undo(_ position: Int) -> Undo.Command {
      Undo.Command(
        commandID: "…", first: position, last: position, tags: [panel.session.tag], waivers: [])
    }
    given.when(undo(5)).then(.scheduling(.sessionRevised(revised(quiet))))
    Undo.given(opened, hall, panel, revised(quiet)).when(undo(4))
      .then(.scheduling(.sessionRevised(SessionRevised(session: "panel") { $0.cleared = [.recording] })))
  }
}
