import Plenary
import Testing

@Suite struct `Whoever follows a log` {
  @Test func `looks again soon after an event, and ever later while none comes`() {
    var looks = LooksForEvents()
    #expect(looks.wait(found: true) == .milliseconds(5))
    let quiet = (0..<8).map { _ in looks.wait(found: false) }
    #expect(quiet == [10, 20, 40, 80, 160, 200, 200, 200].map { .milliseconds($0) })
    #expect(looks.wait(found: true) == .milliseconds(5))
    #expect(looks.wait(found: false) == .milliseconds(10))
  }
}
