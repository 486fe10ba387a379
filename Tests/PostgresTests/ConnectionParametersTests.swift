import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(10))) struct `Connection parameters` {
  private func resolved(
    _ parameters: ConnectionParameters, _ environment: [String: String] = [:]
  ) -> [String: String] {
    parameters.resolved { environment[$0] }
  }

  @Test func `are read from a URI, from keywords, or from a name`() throws {
    #expect(
      try ConnectionParameters("postgresql://ada:p%27w@db1,db2:5433/log?sslmode=require").keywords
        == [
          "user": "ada", "password": "p'w", "host": "db1,db2", "port": ",5433", "dbname": "log",
          "sslmode": "require",
        ])
    #expect(
      try ConnectionParameters(#"host=/run dbname='my \'log'"#)
        == ConnectionParameters(["host": "/run", "dbname": "my 'log"]))
    #expect(try ConnectionParameters("log") == ConnectionParameters(["dbname": "log"]))
    #expect(try ConnectionParameters("") == ConnectionParameters())
  }

  @Test func `that cannot be read are refused without repeating the password`() {
    let error = #expect(throws: PostgresError.self) {
      try ConnectionParameters("password = 'secret")
    }
    #expect(error?.situation == .misuse)
    #expect(error?.description.contains("secret") == false)
  }

  @Test(arguments: ["mysql://ada:secret@db/log", "not a secret url", "https://secret"])
  func `are no names with spaces and no addresses of other programs`(text: String) {
    let error = #expect(throws: PostgresError.self) { try ConnectionParameters(text) }
    #expect(error?.situation == .misuse && error?.description.contains("secret") == false)
  }

  /// A caller's own settings come first, so these override them.
  private static let format =
    "-c datestyle=ISO -c bytea_output=hex -c standard_conforming_strings=on -c search_path=public "
    + "-c quote_all_identifiers=off"

  @Test func `fill in what neither they nor the environment say`() {
    #expect(
      resolved(ConnectionParameters(["keepalives_idle": "5"]), ["PGCONNECT_TIMEOUT": "3"])
        == [
          "keepalives_idle": "5", "keepalives_interval": "10", "keepalives_count": "3",
          "fallback_application_name": "plenary", "client_encoding": "UTF8",
          "options": Self.format,
        ])
    #expect(resolved(ConnectionParameters())["connect_timeout"] == "10")
    #expect(resolved(ConnectionParameters(["service": "x"]))["connect_timeout"] == nil)
    #expect(resolved(ConnectionParameters(), ["PGSERVICE": "x"])["keepalives_idle"] == nil)
  }

  @Test func `add the role to other options, their own or the environment's`() {
    let role = ConnectionParameters().settingRole("plenary writer")
    let own = Self.format
    #expect(resolved(ConnectionParameters())["options"] == own)
    #expect(resolved(role)["options"] == own + #" -c role=plenary\ writer"#)
    #expect(
      resolved(role, ["PGOPTIONS": "-c a=b"])["options"]
        == "-c a=b " + own + #" -c role=plenary\ writer"#)
    #expect(
      resolved(role.setting("options", to: "-c c=d"), ["PGOPTIONS": "-c a=b"])["options"]
        == "-c c=d " + own + #" -c role=plenary\ writer"#)
  }

  @Test func `do not show passwords`() {
    let parameters = ConnectionParameters(["password": "secret", "host": "db"])
    #expect("\(parameters)" == "host=db password=…")
    #expect(String(reflecting: parameters).contains("secret") == false)
    #expect(String(describing: [parameters]).contains("secret") == false)
  }
}
