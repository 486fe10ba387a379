extension Undo {
  package static let name = "Undo"
}
