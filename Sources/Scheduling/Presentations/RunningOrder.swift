package import Vocabulary

/// The start and end times of a session's presentations.
package struct RunningOrder: Sendable, Equatable {
  package struct Item: Sendable, Equatable {
    package var presentation: Presentation
    /// The number of the session's slot that the presentation starts in.
    package var slot: Int
    package var start: ZonedTime
    package var end: ZonedTime
  }

  package let items: [Item]
  /// The most minutes by which a presentation ends after its slot; 0 if all fit.
  package let excess: Int

  /// Places presentations one after the other, from the session's start.
  ///
  /// A presentation with a start of its own keeps it, and the next one follows it. A presentation that
  /// does not fit into the rest of a slot begins with the next slot. Presentations without a length get
  /// equal shares of the remaining time, at least one minute each.
  ///
  /// - Parameter slots: in the order of their start. Without slots there are no items.
  package init(_ presentations: [Presentation], in slots: [NumberedSlot]) {
    guard !slots.isEmpty, !presentations.isEmpty else {
      (items, excess) = ([], 0)
      return
    }
    let total = slots.reduce(0) { $0 + $1.slot.minutes }
    let open = presentations.count { $0.minutes == nil }
    let rest = total - presentations.reduce(0) { $0 + ($1.minutes ?? 0) }
    let share = open == 0 ? 0 : max(1, rest / open)
    var items: [Item] = []
    var excess = 0
    var index = 0
    var next = slots[0].slot.start
    for presentation in presentations {
      let minutes = presentation.minutes ?? share
      var start = presentation.start ?? next
      if presentation.start == nil {
        while index + 1 < slots.count, start.advanced(by: minutes) > slots[index].slot.end {
          index += 1
          start = slots[index].slot.start
        }
      } else {
        index = slots.lastIndex { $0.slot.start <= start } ?? 0
      }
      let end = start.advanced(by: minutes)
      items.append(
        Item(presentation: presentation, slot: slots[index].number, start: start, end: end))
      let over = end.instant.microseconds - slots[index].slot.end.instant.microseconds
      excess = max(excess, Int(over / 60_000_000))
      next = end
    }
    self.items = items
    self.excess = excess
  }
}
