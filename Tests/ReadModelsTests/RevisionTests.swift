import EventLog
import ReadModels
import Testing
import Vocabulary

/// Rows that an older Plenary wrote are rebuilt where the revision is another, and only there.
struct `The revision of a read model` {
  private struct Columns: TableVisitor {
    var text = ""
    mutating func visit<R: ReadModels.Row>(_: inout Table<R>) throws {
      text += R.table + "(" + R.columns.joined(separator: ",") + ")\n"
    }
  }

  @Test func `is another where the program has other columns`() throws {
    var (model, columns) = (ProgramModel(), Columns())
    try model.visit(&columns)
    let session = columns.text.split(separator: "\n").first { $0.hasPrefix("program.session(") }
    #expect(ProgramModel.revision == 5)
    #expect(
      session
        == "program.session(session,title,kind,track,description,languages,interpretation,links,expected,needs,recording,slots,assignments,presentations,sign_ups,status,scheduled_at,changed_at)",
      "Raise ProgramModel.revision, and put both here.")
  }
}
