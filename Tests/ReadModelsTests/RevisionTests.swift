import EventLog
import ReadModels
import Testing
import Vocabulary

/// Rows written by an older version are rebuilt only if the revision differs.
struct `The revision of a read model` {
  private struct Columns: TableVisitor {
    var text = ""
    mutating func visit<R: ReadModels.Row>(_: inout Table<R>) throws {
      text += R.table + "(" + R.columns.joined(separator: ",") + ")\n"
    }
  }

  @Test func `changes when the program's columns change`() throws {
    var (model, columns) = (ProgramModel(), Columns())
    try model.visit(&columns)
    let session = columns.text.split(separator: "\n").first { $0.hasPrefix("program.session(") }
    #expect(ProgramModel.revision == 14)
    #expect(
      session
        == "program.session(session,title,kind,track,description,languages,interpretation,links,expected,needs,recording,slots,assignments,presentations,sign_ups,status,status_by,scheduled_at,changed_at)",
      "Raise ProgramModel.revision, and update both values here.")
  }
}
