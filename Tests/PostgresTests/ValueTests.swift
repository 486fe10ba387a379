import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Values` {
  static let texts = [
    "", " ", "plain", "NULL", "null", "tab\tnewline\nreturn\r", "\\", "\\N", "\\.", "{}", "a,b",
    "quote\"s 'and' \"more\"", "日本語", "Привет", "e\u{301}", "\r\n", "👩🏽‍🚀",
    "\u{1}\u{8}\u{b}\u{c}\u{7f}",
  ]

  @Test func `come back as they went`() async throws {
    let connection = try await connectToShared()
    let bytes = (0...255).map { UInt8($0) }
    let row = try await connection.query(
      """
      select \(Int.min)::bigint as least, \(Int64.max)::bigint as most, \(true)::boolean as yes,
        \(false)::boolean as no, \(bytes)::bytea as bytes, \([UInt8]())::bytea as no_bytes,
        \([Int.min, 0, Int.max])::bigint[] as numbers, \([String]())::text[] as no_texts,
        \([true, false])::boolean[] as answers, \([bytes, []])::bytea[] as blobs
      """)[0]
    #expect(try row.decode("least", as: Int.self) == .min)
    #expect(try row.decode("most", as: Int64.self) == .max)
    #expect(try row.decode("yes", as: Bool.self))
    #expect(try row.decode("no", as: Bool.self) == false)
    #expect(try row.decode("bytes", as: [UInt8].self) == bytes)
    #expect(try row.decode("no_bytes", as: [UInt8].self) == [])
    #expect(try row.decode("numbers", as: [Int].self) == [.min, 0, .max])
    #expect(try row.decode("no_texts", as: [String].self) == [])
    #expect(try row.decode("answers", as: [Bool].self) == [true, false])
    #expect(try row.decode("blobs", as: [[UInt8]].self) == [bytes, []])
  }

  @Test(arguments: texts) func `keep every character of a text`(text: String) async throws {
    let connection = try await connectToShared()
    let row = try await connection.query("select \(text)::text as text")[0]
    #expect(try Array(row.decode("text", as: String.self).utf8) == Array(text.utf8))
  }

  @Test func `keep every character of texts in an array, and tell NULL from "NULL"`() async throws {
    let connection = try await connectToShared()
    let texts: [String?] = Self.texts + [nil, "NULL", nil]
    let rows = try await connection.query(
      "select t as text, \(texts)::text[] as texts from unnest(\(texts)::text[]) as t")
    #expect(try rows.map { try $0.decode("text", as: String?.self) } == texts)
    #expect(try rows[0].decode("texts", as: [String?].self) == texts)
    let error = #expect(throws: PostgresError.self) {
      try rows[0].decode("texts", as: [String].self)
    }
    #expect(error?.situation == .decoding(column: "texts"))
  }

  @Test func `of an array are the same whether they are bound or written into a COPY`() async throws {
    let connection = try await connectToShared()
    let (texts, bytes): ([String?], [[UInt8]?]) = (Self.texts + [nil, "NULL"], [nil, [], [0, 255, 92]])
    let row: SQL = "select md5((\(texts)::text[])::text), md5((\(bytes)::bytea[])::text)"
    let bound = try await connection.query(row)[0]
    let copied = try await connection.run { connection in
      var copied: [UInt8] = []
      try connection.copyOut("copy (\(row)) to stdout") { copied += Array($0) }
      return copied
    }
    #expect(
      String(decoding: copied, as: UTF8.self)
        == "\(try bound.decode(at: 0, as: String.self))\t\(try bound.decode(at: 1, as: String.self))")
  }

  @Test func `of an empty array are none, and ids are texts that are cast`() async throws {
    let connection = try await connectToShared()
    let id = "0b5c7a52-2b1e-4f9e-9a53-3f2d4f6c1a77"
    let row = try await connection.query(
      """
      select cardinality(\([String]())::text[]) as texts, cardinality(\([[UInt8]]())::bytea[]) as bytes,
        array_length(\(["a", "b"])::text[], 1) as length, \([id])::text[]::uuid[] = array['\(raw: id)'::uuid] as same
      """)[0]
    #expect(try row.decode("texts", as: Int.self) == 0)
    #expect(try row.decode("bytes", as: Int.self) == 0)
    #expect(try row.decode("length", as: Int.self) == 2)
    #expect(try row.decode("same", as: Bool.self))
  }

  @Test func `may be NULL where the type says so`() async throws {
    let connection = try await connectToShared()
    let row = try await connection.query(
      "select \(String?.none)::text as t, \(Int?.none)::int as n, \([UInt8]?.none)::bytea as b")[0]
    #expect(try row.decode("t", as: String?.self) == nil)
    #expect(try row.decode("n", as: Int?.self) == nil)
    #expect(try row.decode("b", as: [UInt8]?.self) == nil)
    let error = #expect(throws: PostgresError.self) { try row.decode("t", as: String.self) }
    #expect(
      error?.description
        == #"Column "t" is NULL, but String was expected; use String? if NULL is allowed."#)
  }

  @Test func `that do not fit are errors that name the column and keep the value back`()
    async throws
  {
    let connection = try await connectToShared()
    let row = try await connection.query(
      "select 'Ada' as name, 9223372036854775808 as big, '-' as minus, '{{1},{2}}'::int[] as nested"
    )[0]
    let error = #expect(throws: PostgresError.self) { try row.decode("name", as: Int.self) }
    #expect(error?.situation == .decoding(column: "name"))
    #expect(error?.description == #"Column "name" holds a value that is not Int."#)
    #expect(error?.debugDescription.contains("Ada") == true)
    #expect(throws: PostgresError.self) { try row.decode("big", as: Int.self) }
    #expect(throws: PostgresError.self) { try row.decode("minus", as: Int.self) }
    #expect(throws: PostgresError.self) { try row.decode("name", as: Bool.self) }
    #expect(throws: PostgresError.self) { try row.decode("name", as: [UInt8].self) }
    #expect(throws: PostgresError.self) { try row.decode("nested", as: [Int].self) }
  }

  @Test func `of a column that is not there are errors that name those that are`() async throws {
    let connection = try await connectToShared()
    let row = try await connection.query(#"select 1 as a, 2 as "B""#)[0]
    #expect(try row.decode("B", as: Int.self) == 2)
    #expect(try row.decode(at: 1, as: Int.self) == 2)
    let error = #expect(throws: PostgresError.self) { try row.decode("b", as: Int.self) }
    #expect(error?.description == #"The result has no column "b"; it has "a", "B"."#)
    #expect(throws: PostgresError.self) { try row.decode(at: 2, as: Int.self) }
  }
}
