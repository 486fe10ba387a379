package import Vocabulary

/// A person's role in a session.
package struct RoleAssignment: Codable, Sendable, Hashable {
  package var role: SessionRole
  package var person: PersonID

  package init(_ role: SessionRole, _ person: PersonID) {
    self.role = role
    self.person = person
  }
}
