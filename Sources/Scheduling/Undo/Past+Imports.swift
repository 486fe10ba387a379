import EventLog
import Vocabulary

extension Past {
  /// What the files of a source said before the import, so that the next one compares with that.
  func undoImports() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    var events: [ProgramOrPeopleEvent] = []
    for source in after.imports.facts.keys.sorted() {
      func fact(_ side: Side, _ tag: Tag) -> Imports.Fact? {
        side.imports.facts[source]?[tag].flatMap { $0.isUndone ? nil : $0 }
      }
      var facts: [ImportedFact] = []
      for tag in (after.imports.facts[source] ?? [:]).keys.sorted()
      where try mustRestore("What was imported of \(tag)", .imports, { fact($0, tag) }) {
        let old = fact(before, tag)
        // What it is called stays known, so that it keeps its short name.
        facts.append(
          ImportedFact(
            of: tag, keys: old?.keys ?? fact(after, tag)?.keys ?? [], digests: old?.digests ?? [:]))
      }
      if !facts.isEmpty {
        events.append(.scheduling(.importUndone(ImportUndone(source: source, facts: facts))))
      }
    }
    return events
  }
}
