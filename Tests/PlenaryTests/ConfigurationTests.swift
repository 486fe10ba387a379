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
  func `is the one that libpq's own variables name`(variable: String) throws {
    #expect(try named([variable: "x"]) == [:], "Nothing is added to what libpq reads itself.")
    #expect(try named([variable: ""]) == nil, "An empty variable names nothing.")
  }

  @Test func `is Plenary's own where nothing names one`() throws {
    // Who connects and how is no database.
    #expect(try named(["PGUSER": "anna", "PGPASSWORD": "x", "PGPORT": "1", "PGSSLMODE": "require"]) == nil)
    #expect(try named([:]) == nil)
    #expect(try named(["PLENARY_DATABASE_URL": ""], option: "") == nil)
  }

  @Test func `is the option's, else Plenary's variable's, else libpq's`() throws {
    let all = ["PLENARY_DATABASE_URL": "dbname=variable", "PGDATABASE": "libpq"]
    #expect(try named(all, option: "dbname=option")?["dbname"] == "option")
    #expect(try named(all)?["dbname"] == "variable")
    #expect(try named(["PGDATABASE": "libpq"]) == [:])
  }

  @Test func `holds the conference that the option names, else the variable`() throws {
    let environment = ["PLENARY_CONFERENCE": "berlin"]
    let option = try Configuration(database: nil, conference: "shanghai", environment: environment)
    #expect(option.conference == "shanghai")
    #expect(
      try Configuration(database: nil, conference: nil, environment: environment).conference == "berlin")
    #expect(try Configuration(database: nil, conference: nil, environment: [:]).conference == nil)
  }
}
