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

  @Test func `is what another one does not have, with some words around it`() {
    let same = Array(repeating: "Tides and moons.", count: 60).joined(separator: " ")
    let (was, now) = (same + " In Hall 1, with tea.", same + " In Hall 2, with tea.")
    let shown = was.around(whatDiffersFrom: now)
    #expect(shown.hasPrefix("… ") && shown.hasSuffix(" moons. In Hall 1, with tea.") && shown.count < 150)
    #expect(now.around(whatDiffersFrom: was) == shown.replacing("Hall 1", with: "Hall 2"))
    // One word in the middle of a long text.
    let middle = same + " In Hall 1. " + same
    let part = middle.around(whatDiffersFrom: same + " In Hall 2. " + same)
    #expect(
      part.hasPrefix("… ") && part.hasSuffix(" …") && part.contains("In Hall 1. Tides") && part.count < 220)
    for other in ["", "Another text"] { #expect(was.around(whatDiffersFrom: other) == was) }
    // One that has only become longer, or shorter; the same words are not counted from both sides.
    #expect(same.around(whatDiffersFrom: was).hasSuffix("moons."))
    #expect(was.around(whatDiffersFrom: same).hasSuffix("moons. In Hall 1, with tea."))
    let twice = same + " " + same
    #expect(twice.around(whatDiffersFrom: same).contains("Tides") && same.around(whatDiffersFrom: same) != "")
    #expect("one two three".around(whatDiffersFrom: "one 2 three") == "one two three")
    // Chinese, Japanese and Thai have no spaces between words.
    let long = String(repeating: "会议内容", count: 200)
    let (before, after) = (
      (long + "甲" + long).around(whatDiffersFrom: long + "乙" + long),
      (long + "乙" + long).around(whatDiffersFrom: long + "甲" + long)
    )
    #expect(before.contains("甲") && after.contains("乙") && before.count < 200 && after.count < 200)
  }
}
