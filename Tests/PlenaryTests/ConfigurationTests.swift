import EventLog
import Plenary
import Postgres
import PrivateServer
import Testing

struct `The database` {
  private func named(_ environment: [String: String], option: String? = nil) throws -> [String: String]? {
    switch try Configuration(database: option, conference: nil, environment: environment).database {
    case .external(let parameters): parameters.keywords
    case .own: nil
    }
  }

  @Test(arguments: ["PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE"])
  func `is the one in libpq's own variables`(variable: String) throws {
    #expect(try named([variable: "x"]) == [:], "libpq reads its own variables.")
    #expect(try named([variable: ""]) == nil, "An empty variable names nothing.")
  }

  @Test func `is Plenary's own server if none is named`() throws {
    // A user name or port alone does not name a database.
    #expect(try named(["PGUSER": "anna", "PGPASSWORD": "x", "PGPORT": "1", "PGSSLMODE": "require"]) == nil)
    #expect(try named([:]) == nil)
    #expect(try named(["PLENARY_DATABASE_URL": ""]) == nil)
  }

  @Test func `is taken from the option, else from Plenary's variable, else from libpq's`() throws {
    let all = ["PLENARY_DATABASE_URL": "dbname=variable", "PGDATABASE": "libpq"]
    #expect(try named(all, option: "dbname=option")?["dbname"] == "option")
    #expect(try named(all)?["dbname"] == "variable")
    #expect(try named(["PGDATABASE": "libpq"]) == [:])
  }

  @Test func `has the conference from the option, else from the variable`() throws {
    let environment = ["PLENARY_CONFERENCE": "berlin"]
    let option = try Configuration(database: nil, conference: "shanghai", environment: environment)
    #expect(option.conference == "shanghai")
    #expect(
      try Configuration(database: nil, conference: nil, environment: environment).conference == "berlin")
    #expect(try Configuration(database: nil, conference: nil, environment: [:]).conference == nil)
    let empty = ["PLENARY_CONFERENCE": ""]
    #expect(try Configuration(database: nil, conference: nil, environment: empty).conference == nil)
  }

  @Test(arguments: ["", "postgresql://[", "host='x"])
  func `is wrong usage if its name is empty or malformed`(name: String) throws {
    let variable = ["PLENARY_DATABASE_URL": "dbname=variable"]
    let error = #expect(throws: Failure.self) { try named(variable, option: name) }
    #expect(error?.kind == .wrongUsage && error?.texts.first?.hints == [.nameDatabase], "\(error as Any)")
  }
}
