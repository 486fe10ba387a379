package import Vocabulary

/// Whether a session may be recorded, with a note.
package struct Recording: Codable, Sendable, Hashable {
  package enum Permission: String, Codable, Sendable, Hashable, CaseIterable {
    case permitted
    case notPermitted = "not-permitted"
    /// Recorded, and streamed live.
    case livestreamed
  }

  package var permission: Permission
  /// For chairs and technicians: “Questions are not recorded.”
  package var note: LocalizedText?

  package init(_ permission: Permission, note: LocalizedText? = nil) {
    self.permission = permission
    self.note = note
  }

  /// Combines a revision with the known value. If the permission is the same, the known note stays in the
  /// languages that the new note does not have. If the permission changes, the known note is dropped.
  static func combined(_ known: Recording, _ wanted: Recording) -> Recording {
    guard known.permission == wanted.permission, let note = known.note else { return wanted }
    return Recording(wanted.permission, note: wanted.note.map(note.merging) ?? note)
  }
}
