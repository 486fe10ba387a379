import Glibc
import Testing

@testable import PlenaryCLI

struct `A text that is shortened` {
  @Test(arguments: [
    ("Main Hall", 9, "Main Hall"), ("Main Hall", 8, "Main Ha…"), ("Main Hall", 6, "Main…"),
    ("Conservatory", 6, "Conse…"), ("国际会议中心", 12, "国际会议中心"), ("国际会议中心", 7, "国际会…"),
    ("国际会议中心", 6, "国际…"), ("", 5, ""),
  ])
  func `shows that something is missing, and fits`(text: String, width: Int, shown: String) {
    setlocale(LC_CTYPE, "C.UTF-8")  // as the program does; it tells which characters are wide
    #expect(text.shortened(to: width) == shown)
    #expect(shown.columns <= width)
  }

  @Test func `begins a little before the place where another one differs`() {
    let same = Array(repeating: "Tides and moons.", count: 60).joined(separator: " ")
    let (was, now) = (same + " In Hall 1, with tea.", same + " In Hall 2, with tea.")
    let shown = was.from(whereItDiffersFrom: now)
    #expect(shown.hasPrefix("… ") && shown.hasSuffix(" moons. In Hall 1, with tea.") && shown.count < 150)
    #expect(now.from(whereItDiffersFrom: was) == shown.replacing("Hall 1", with: "Hall 2"))
    for other in ["", "Another text", "Tides and suns"] {
      #expect(was.from(whereItDiffersFrom: other) == was)
    }
    // One that has only become longer, or shorter.
    #expect(same.from(whereItDiffersFrom: was).hasSuffix("moons."))
  }
}
