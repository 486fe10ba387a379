/// A statement and its bound values.
///
/// Interpolation binds: `"select … where id = \(id)"` sends the text `select … where id = $1` and
/// the value separately, so no value can become syntax. Values are sent as text, and the server infers
/// their types. Where it cannot, add a cast: `\(limit)::bigint`. Arrays of texts and of bytes are sent as `text[]` and
/// `bytea[]`, and always need that cast: `\(tags)::text[]`, `\(ids)::text[]::uuid[]`.
package struct SQL: Sendable, Equatable {
  /// The text between the values: always one more piece than values.
  private(set) var pieces: [String]
  private(set) var values: [BoundValue]

  /// A statement without values. The text must not contain user input.
  package init(unsafe text: String) {
    pieces = [text]
    values = []
  }

  /// The statement's text, with `$1`, `$2` … for the values.
  package var text: String {
    render { index in "$\(index + 1)" }
  }

  func render<Failure: Error>(
    _ placeholder: (Int) throws(Failure) -> String
  ) throws(Failure) -> String {
    var text = pieces[0]
    for index in values.indices {
      text += try placeholder(index)
      text += pieces[index + 1]
    }
    return text
  }

  private mutating func append(_ text: String) {
    pieces[pieces.count - 1] += text
  }
}

extension SQL: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) {
    self.init(unsafe: text)
  }

  package init(stringInterpolation: StringInterpolation) {
    self = stringInterpolation.sql
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var sql = SQL(unsafe: "")

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) {
      sql.append(literal)
    }

    package mutating func appendInterpolation(_ value: some Bindable) {
      sql.values.append(value.bound)
      sql.pieces.append("")
    }

    /// A value or NULL. Without this overload, the compiler warns about every optional in a statement.
    package mutating func appendInterpolation<Value: Bindable>(_ value: Value?) {
      sql.values.append(value.bound)
      sql.pieces.append("")
    }

    /// Another statement or part of a statement, with its values.
    package mutating func appendInterpolation(_ fragment: SQL) {
      sql.append(fragment.pieces[0])
      sql.values += fragment.values
      sql.pieces += fragment.pieces.dropFirst()
    }

    /// The name of a table, column or role, quoted.
    package mutating func appendInterpolation(identifier name: String) {
      sql.append(quotedIdentifier(name))
    }

    /// Text that becomes part of the statement unchanged. It must not contain user input.
    package mutating func appendInterpolation(raw text: String) {
      sql.append(text)
    }
  }
}

private func quotedIdentifier(_ name: String) -> String {
  let doubled = name.split(separator: "\"", omittingEmptySubsequences: false)
    .joined(separator: "\"\"")
  return "\"\(doubled)\""
}
