import Foundation
import Synchronization
import Testing

@testable import PlenaryCLI

/// What commands print with `--json` follows a schema. Each test that runs a command with `--json` looks at that too: see
/// `Plenary.run`.
@Suite(.timeLimit(.minutes(40))) struct `An answer in JSON` {
  @Test func `has a schema for each kind, and no schema is left over`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: AnswerSchemas.folder.path)
      .filter { $0.hasSuffix(".schema.json") }
    let expected = Answer.allCases.map { "\($0.rawValue)-\($0.version).schema.json" }
    #expect(Set(files) == Set(expected + ["common-1.schema.json"]))
    for answer in Answer.allCases {
      let schema = try AnswerSchemas.schema("\(answer.rawValue)-\(answer.version).schema.json")
      #expect(schema["$id"] as? String == answer.schema)
      #expect(schema["description"] is String && schema["title"] is String, "\(answer)")
    }
  }

  @Test func `has no keys that its schema does not list, however deep`() throws {
    var open: [String] = []
    func look(_ value: Any, _ path: String) {
      if let list = value as? [Any] { return list.forEach { look($0, path) } }
      guard let schema = value as? [String: Any] else { return }
      let isShared = path.split(separator: "/").count == 2 && path.hasPrefix("common-1/")
      let isObject =
        schema["type"] as? String == "object" || schema["$ref"] != nil && schema["properties"] != nil
      let isStrict =
        schema["additionalProperties"] != nil || schema["unevaluatedProperties"] as? Bool == false
      if isObject, !isStrict, !isShared { open.append(path) }
      // The shared ones are closed where they are used, because some answers add keys.
      for case ("$ref", let name as String) in schema where !isStrict {
        if Self.shared(name)?["type"] as? String == "object",
          Self.shared(name)?["additionalProperties"] as? Bool != false
        {
          open.append(path)
        }
      }
      for (key, value) in schema {
        let isName = ["properties", "$defs", "items"].contains(key)
        look(value, isName ? path : path + "/" + key)
      }
    }
    for file in try FileManager.default.contentsOfDirectory(atPath: AnswerSchemas.folder.path)
    where file.hasSuffix(".schema.json") {
      look(try AnswerSchemas.schema(file), file.replacing(".schema.json", with: ""))
    }
    #expect(open.sorted() == Self.ofEvents)
  }

  /// What an event says, in its own words and fields.
  private static let ofEvents = [
    "common-1/correction/before", "common-1/correction/changes", "common-1/correction/namesBefore",
    "common-1/recordedEvent/body", "event-1/body", "event-1/words",
  ]

  private static func shared(_ reference: String) -> [String: Any]? {
    let definitions = (try? AnswerSchemas.schema("common-1.schema.json"))?["$defs"] as? [String: Any]
    return reference.split(separator: "/").last.flatMap { definitions?[String($0)] as? [String: Any] }
  }

  @Test func `of every command is of a kind that is named after it`() async throws {
    for (path, command) in try await CommandTree.all() where command.options.contains("json") {
      let known =
        Answer(rawValue: path.joined(separator: "-")) != nil
        // What it recorded; a document; events; text for psql.
        || command.options.contains("dry-run") || command.options.contains("output")
        || path.first == "log" || path == ["db", "psql"]
        || Self.withoutAnswer.contains(path.joined(separator: " "))
        // That of “projections rebuild”.
        || path.last == "rebuild"
      #expect(known, "plenary \(path.joined(separator: " ")) has no case of Answer")
    }
  }

  /// They print nothing on standard output, or no JSON.
  private static let withoutAnswer = ["projections follow", "conference use"]

  @Test(
    .enabled(
      if: AnswerSchemas.python != nil, "Plenary's Python is not installed: run Scripts/setup --for test"))
  func `with a key that its schema does not know is found`() async throws {
    let good = #"{"schema":"urn:plenary:room-list:1","logPosition":2,"items":[]}"#
    #expect(await AnswerSchemas.shared.fault(in: good) == nil)
    for wrong in [
      #"{"schema":"urn:plenary:room-list:1","logPosition":2,"items":[],"more":1}"#,
      #"{"logPosition":2,"schema":"urn:plenary:room-list:1","items":[]}"#,
      #"{"schema":"urn:plenary:room-list:1","logPosition":2,"items":[{"name":{"en":"Aula"},"room":"aula"}]}"#,
      #"{"schema":"urn:plenary:room-list:9","logPosition":2,"items":[]}"#,
      #"{"schema":"urn:plenary:room-list:1","logPosition":2,"logPosition":3,"items":[]}"#, "[]", "nothing",
    ] {
      #expect(await AnswerSchemas.shared.fault(in: wrong) != nil, "\(wrong)")
    }
  }
}

/// The schemas, in one process of Python for all tests.
actor AnswerSchemas {
  static let shared = AnswerSchemas()

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/Plenary/Plenary.docc/Resources/Answers")

  static func schema(_ file: String) throws -> [String: Any] {
    let data = try Data(contentsOf: folder.appending(path: file))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// The Python that has the packages of Scripts/setup.
  static let python: String? = {
    let environment = ProcessInfo.processInfo.environment
    let data = environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? "") + "/.local/share"
    return ["\(data)/plenary/venv/bin/python", "/usr/local/lib/plenary/venv/bin/python"]
      .first(where: FileManager.default.isExecutableFile)
  }()

  private var process: (input: FileHandle, output: FileHandle)?

  /// Whether this command prints an answer: not a document, and no help.
  static func applies(to words: [String]) -> Bool {
    words.contains("--json") && !words.contains("--help") && !words.contains("-h")
      && !words.contains("--show-mapping") && !words.contains("psql")
      && !words.contains { $0 == "-" || $0.hasPrefix("/dev/") } && !words.starts(with: ["log", "export"])
  }

  /// What is wrong with an answer, or with one of several lines; nil if nothing is, or if Python is not there.
  func fault(in output: String) -> String? {
    guard let python = Self.python else { return nil }
    do {
      let process = try process ?? start(python)
      let bytes = Data(output.utf8)
      try process.input.write(contentsOf: Data("\(bytes.count)\n".utf8) + bytes)
      var said = Data()
      while said.last != UInt8(ascii: "\n") {
        guard let part = try process.output.read(upToCount: 1), !part.isEmpty else {
          return "Python has ended."
        }
        said += part
      }
      let text = String(decoding: said.dropLast(), as: UTF8.self)
      return text.isEmpty ? nil : text
    } catch { return "\(error)" }
  }

  private func start(_ python: String) throws -> (input: FileHandle, output: FileHandle) {
    let (input, output) = (Pipe(), Pipe())
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = ["-c", Self.script, Self.folder.path]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    self.process = (input.fileHandleForWriting, output.fileHandleForReading)
    return self.process!
  }

  /// Reads a length in bytes and that many bytes, again and again; answers each time with a line, which is empty if all is well.
  private static let script = """
    import json, os, sys
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
    schemas = {}
    for name in os.listdir(sys.argv[1]):
      if name.endswith(".schema.json"):
        schema = json.load(open(os.path.join(sys.argv[1], name), encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        schemas[schema["$id"]] = schema
    registry = Registry().with_resources((i, Resource.from_contents(s)) for i, s in schemas.items())
    validators = {i: Draft202012Validator(s, registry=registry) for i, s in schemas.items()}
    nouns = ["correction", "entry", "presentation", "attendee", "person", "session", "room", "track", "venue",
      "organisation", "subject", "conference"]
    def members(pairs):
      names = [name for name, _ in pairs]
      if len(names) != len(set(names)): raise ValueError("a key is there twice: %s" % names)
      return dict(pairs)
    def fault(answer):
      if not isinstance(answer, dict): return "it is no object"
      if next(iter(answer), None) != "schema": return "it does not begin with its schema: %s" % list(answer)[:5]
      if answer["schema"] not in validators: return "there is no schema %s" % answer["schema"]
      for error in validators[answer["schema"]].iter_errors(answer):
        return "%s: /%s: %s" % (answer["schema"], "/".join(map(str, error.path)), error.message[:600])
      for item in answer.get("items", []):
        known = [key for key in nouns if key in item]
        if known and next(iter(item)) != known[0]: return "%s does not come first: %s" % (known[0], list(item)[:5])
    while True:
      length = sys.stdin.buffer.readline()
      if not length: break
      text = sys.stdin.buffer.read(int(length)).decode()
      try:
        try: answers = [json.loads(text, object_pairs_hook=members)]
        except json.JSONDecodeError:
          answers = [json.loads(line, object_pairs_hook=members) for line in text.splitlines()]
        said = next((said for said in map(fault, answers) if said), "")
      except ValueError as error: said = str(error)
      print(" ".join(said.split()), flush=True)
    """
}
