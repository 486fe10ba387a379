import ReadModels
import Scheduling
package import Vocabulary

/// When and where a session takes place at one of its slots, as a line of text.
package struct SlotLine: Encodable, Sendable, Equatable {
  /// `25 March 2016, 09:30–11:00`
  package let when: LocalizedText
  @Nullable package var room: LocalizedText?
}

extension PublicationContext {
  func line(_ entry: ScheduledSlot) -> SlotLine {
    SlotLine(
      when: languages.localized { span(entry.slot, in: $0) },
      room: room(entry.slot.room))
  }

  /// “Part 1 of 2”; nil for a session's only slot.
  func label(of entry: ScheduledSlot) -> LocalizedText? {
    guard entry.count > 1, let index = entry.index else { return nil }
    return label(Labels.slot(index, of: entry.count))
  }
}
