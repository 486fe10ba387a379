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

extension [RoleAssignment] {
  package mutating func add(_ assigned: PersonAssigned) {
    insert(
      RoleAssignment(assigned.role, assigned.person),
      at: Swift.min(Swift.max(assigned.place ?? count, 0), count))
  }
}

extension [PersonID] {
  /// Puts somebody in the place of another, unless they are there already.
  package mutating func replace(_ person: PersonID, by other: PersonID) {
    guard let index = firstIndex(of: person) else { return }
    if contains(other) { remove(at: index) } else { self[index] = other }
  }
}

extension [RoleAssignment] {
  /// Gives somebody the roles of another. Each role is had once.
  package mutating func replace(_ person: PersonID, by other: PersonID) {
    var replaced: Self = []
    for assignment in self {
      let assignment = assignment.person == person ? RoleAssignment(assignment.role, other) : assignment
      if !replaced.contains(assignment) { replaced.append(assignment) }
    }
    self = replaced
  }
}
