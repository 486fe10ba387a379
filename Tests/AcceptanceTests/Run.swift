import Foundation
import Testing

extension Plenary.Run {
  /// The events of a changing command with `--json`, in their stored form with sorted keys: `RoomAdded
  /// {"name":{"en":"Foyer"},"room":"foyer"}`.
  var events: [String] {
    (object["events"] as? [[String: Any]] ?? []).map { event in
      var members = event["body"] as? [String: Any] ?? [:]
      // Each conference has another one.
      if event["type"] as? String == "ConferenceOpened" { members["identity"] = nil }
      let body = try? JSONSerialization.data(
        withJSONObject: members, options: [.sortedKeys, .withoutEscapingSlashes])
      return "\(event["type"] as? String ?? "?") \(String(decoding: body ?? Data(), as: UTF8.self))"
    }
  }

  /// Expects success with exactly these events.
  func appended(_ expected: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(code == 0, "\(self)", sourceLocation: sourceLocation)
    #expect(object["effect"] as? String == "appended", "\(self)", sourceLocation: sourceLocation)
    #expect(events == expected, sourceLocation: sourceLocation)
  }

  /// Expects success with all of these texts in the output.
  func says(_ parts: any Saying..., sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(code == 0, "\(self)", sourceLocation: sourceLocation)
    for part in parts {
      #expect(part.isFound(in: output), "\(part)\n\(output)", sourceLocation: sourceLocation)
    }
  }
}

/// A text or a pattern to find in a command's output.
protocol Saying { func isFound(in output: String) -> Bool }

extension String: Saying {
  func isFound(in output: String) -> Bool { output.contains(self) }
}

extension Regex: Saying {
  func isFound(in output: String) -> Bool { output.contains(self) }
}
