package import Vocabulary

/// Whether a session may be recorded, and what is to be said about it.
package struct Recording: Codable, Sendable, Hashable {
  package enum Permission: String, Codable, Sendable, Hashable, CaseIterable {
    case permitted
    case notPermitted = "not-permitted"
    /// It is recorded and sent out at the same time.
    case livestreamed
  }

  package var permission: Permission
  /// For whoever records or chairs: “Questions are not recorded.”
  package var note: LocalizedText?

  package init(_ permission: Permission, note: LocalizedText? = nil) {
    self.permission = permission
    self.note = note
  }

  /// The known note stays, in languages that the new one does not have; but a note on another permission
  /// says nothing about this one.
  static func combined(_ known: Recording, _ wanted: Recording) -> Recording {
    guard known.permission == wanted.permission, let note = known.note else { return wanted }
    return Recording(wanted.permission, note: wanted.note.map(note.merging) ?? note)
  }
}
