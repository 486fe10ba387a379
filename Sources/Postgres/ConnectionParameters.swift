import CLibPQ
import Glibc

/// The database to connect to, as libpq's keywords and values.
///
/// Like every PostgreSQL program, libpq takes missing values from the environment (`PGHOST`, `PGUSER` …),
/// the service file and the password file (libpq manual, "Database Connection Control Functions").
/// Several hosts, `target_session_attrs`, TLS and SCRAM pass through.
package struct ConnectionParameters: Sendable, Equatable {
  /// Values by keyword, e.g. `host`, `dbname`, `sslmode`.
  package private(set) var keywords: [String: String]

  /// The role that the session switches to after the login.
  package private(set) var role: String?

  /// Settings of the session, which the caller's own `options` or `PGOPTIONS` override.
  private var settings: [String: String] = [:]

  package init(_ keywords: [String: String] = [:]) {
    self.keywords = keywords
  }

  /// - Parameter connectionString: a URI (`postgresql://user@host/database`), keywords with values
  ///   (`host=/run/postgresql dbname=plenary`), or a database name, as for psql.
  /// - Throws: `misuse` for any other text, such as a URI of another kind or a name with spaces.
  package init(_ connectionString: String) throws(PostgresError) {
    let isURI = ["postgresql://", "postgres://"].contains { connectionString.hasPrefix($0) }
    if isURI || connectionString.contains("=") {
      keywords = try Self.parse(connectionString)
    } else if connectionString.contains("://") || connectionString.contains(where: \.isWhitespace) {
      throw Self.unreadable
    } else {
      keywords = connectionString.isEmpty ? [:] : ["dbname": connectionString]
    }
  }

  package func setting(_ keyword: String, to value: String) -> ConnectionParameters {
    var copy = self
    copy.keywords[keyword] = value
    return copy
  }

  /// The same database with the rights of this role. The user must be a member of the role.
  package func settingRole(_ role: String) -> ConnectionParameters {
    var copy = self
    copy.role = role
    return copy
  }

  /// The same database with a setting of the session, unless `options` or `PGOPTIONS` have another value for it.
  package func settingSession(_ name: String, to value: String) -> ConnectionParameters {
    var copy = self
    copy.settings[name] = value
    return copy
  }

  /// Everything passed to libpq: the keywords, and our defaults for those that are not set anywhere.
  func resolved(environment: (String) -> String? = Self.environment) -> [String: String] {
    var all = keywords
    // A service file may set any keyword, and our defaults would override it.
    if all["service"] == nil && environment("PGSERVICE") == nil {
      if environment("PGCONNECT_TIMEOUT") == nil { all.setDefault("connect_timeout", "10") }
      // Without keepalive probes, a connection keeps its locks for two hours after its network failed.
      all.setDefault("keepalives_idle", "30")
      all.setDefault("keepalives_interval", "10")
      all.setDefault("keepalives_count", "3")
    }
    all.setDefault("fallback_application_name", "plenary")
    // Not just a default: Swift's strings are UTF-8, so no other encoding would be read correctly.
    all["client_encoding"] = "UTF8"
    // Output formats, and the definitions that PostgreSQL's catalogues give, must not depend on the settings of a
    // database or a role.
    var options = settings.sorted { $0.key < $1.key }.map { "-c \($0)=\(Self.escapedOption($1))" }
    options += [all["options"] ?? environment("PGOPTIONS"), Self.format].compactMap { $0 }
    if let role { options.append("-c role=\(Self.escapedOption(role))") }
    all["options"] = options.joined(separator: " ")
    return all
  }

  private static let format =
    "-c datestyle=ISO -c bytea_output=hex -c standard_conforming_strings=on -c search_path=public "
    + "-c quote_all_identifiers=off"

  /// In `options`, a space ends an argument unless it is escaped with a backslash.
  private static func escapedOption(_ value: String) -> String {
    value.reduce(into: "") { text, character in
      if character == "\\" || character.isWhitespace { text.append("\\") }
      text.append(character)
    }
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Does not quote the text, which may contain a password.
  private static var unreadable: PostgresError {
    PostgresError(
      .misuse,
      "The connection string cannot be read; expected postgresql://user@host/database, "
        + "keyword=value pairs, or the name of a database.")
  }

  private static func parse(_ text: String) throws(PostgresError) -> [String: String] {
    guard !text.utf8.contains(0) else {
      throw PostgresError(.misuse, "The connection string contains a NUL character.")
    }
    var reason: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(text, &reason) else {
      var error = Self.unreadable
      // libpq's message quotes the text, which may contain a password.
      error.detail = reason.map { String(cString: $0).trimmingNewlines }
      PQfreemem(reason)
      throw error
    }
    defer { PQconninfoFree(options) }
    var keywords: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        keywords[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
    return keywords
  }
}

extension ConnectionParameters: CustomStringConvertible, CustomReflectable {
  /// The sorted keywords, without passwords.
  package var description: String {
    let secret: Set<String> = ["password", "sslpassword"]
    var words = keywords.sorted { $0.key < $1.key }.map { keyword, value in
      "\(keyword)=\(secret.contains(keyword) ? "…" : value)"
    }
    if let role { words.append("role=\(role)") }
    return words.joined(separator: " ")
  }

  package var customMirror: Mirror {
    Mirror(self, children: ["parameters": description])
  }
}

extension [String: String] {
  fileprivate mutating func setDefault(_ keyword: String, _ value: String) {
    if self[keyword] == nil { self[keyword] = value }
  }
}
