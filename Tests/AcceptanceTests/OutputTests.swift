import Foundation
import Testing

@testable import PlenaryCLI

/// `--output` writes into a device, FIFO or file that exists, as other programs do.
@Suite(.timeLimit(.minutes(40))) struct `A document is written` {
  private func conference(withSession: Bool = false) async throws -> (Plenary, Folder) {
    let plenary = try await Plenary.apart().berlin()
    if withSession {
      try await plenary.done(
        "session", "schedule", "a", "--title", "A", "--room", "aula", "--start", "2016-06-01 09:00", "--end",
        "10:00")
    }
    try await plenary.done("program", "release", "1.0")
    return (plenary, try Folder())
  }

  @Test func `to a FIFO, to standard output, to an open file and through links`() async throws {
    let (plenary, folder) = try await conference()
    let export = "plenary program export csv --output"
    for (script, shown) in [
      ("mkfifo fifo; cat fifo > read & \(export) fifo; wait; head -c 7 read; test -p fifo", "fifo\nsession"),
      (
        "mkfifo silent; \(export) silent; echo $?; test -p silent",
        "Waiting for somebody who reads the FIFO silent.\n"
          + "plenary: Nobody reads the FIFO silent; start its reader first.\n4"
      ),
      ("\(export) /dev/stdout | head -c 7", "session"),
      ("{ echo first; \(export) /dev/stdout; } > both; cut -c 1-7 both", "first\nsession"),
      ("\(export) /dev/fd/3 3> third; cut -c 1-7 third", "/dev/fd/3\nsession"),
      (
        "echo old > target; ln -s target link; \(export) link; test -L link; cut -c 1-7 target",
        "link\nReplaced the earlier file link.\nsession"
      ),
      ("ln -s new dangling; \(export) dangling; test -L dangling; cut -c 1-7 new", "dangling\nsession"),
      // Where a link leads is said from the folder that it is in.
      (
        "mkdir sub; ln -s inner sub/link; \(export) sub/link; test ! -e inner; cut -c 1-7 sub/inner",
        "sub/link\nsession"
      ),
      ("\(export) /dev/null; test -c /dev/null", "/dev/null"),
      (
        "\(export) /dev/full; echo $?",
        "plenary: Cannot write /dev/full: the disk is full; make room and try again.\n4"
      ),
    ] {
      let run = try await plenary.shell(
        "set -e; \(script.replacing("; echo $?", with: " || echo $?"))", in: folder.path(""))
      #expect(run.code == 0 && run.output == shown, "\(run)")
    }
  }

  @Test func `without changing the mode, the owner and further names of a file`() async throws {
    let (plenary, folder) = try await conference()
    let script = """
      umask 022; for name in private hard; do echo old > $name; done
      chmod 640 private; ln hard hard2; touch -d 2001-01-01 private
      # Only root can give a file away.
      chown 1234:5678 private 2> /dev/null; owner=$(stat --format %u:%g private)
      for name in private hard new; do plenary program export csv --output $name > /dev/null 2>&1; done
      stat --format '%a %h' private hard new; cmp hard hard2; cut -c 1-7 hard2; ls -A | wc -l
      test "$(stat --format %u:%g private)" = "$owner" && echo same owner
      """
    let run = try await plenary.shell(script, in: folder.path(""))
    #expect(run.output == "640 1\n644 2\n644 1\nsession\n4\nsame owner", "\(run)")
  }

  /// Its own descriptors are closed in programs that it starts; those that it was given are not.
  @Test func `not to what Plenary has opened itself`() async throws {
    let (plenary, folder) = try await conference()
    let script = """
      for number in $(seq 3 40) 99; do
        plenary program export csv --output /dev/fd/$number > /dev/null 2> error-$number; echo $?
      done | sort -u
      cat error-* | sed 's/fd.[0-9]*/fd\\/N/' | sort -u
      """
    let run = try await plenary.shell(script, in: folder.path(""))
    #expect(
      run.output
        == "4\nplenary: Cannot write /dev/fd/N: nothing that was opened for Plenary has this number; give the name of a "
        + "file.", "\(run)")
  }

  @Test func `under a hidden name where a file needs one, and nothing is left of it after an error`() throws {
    let folder = try Folder()
    let (file, place) = (OutputFile(folder.path("new")), folder.path("new"))
    try file.createNamed(place, Data("first".utf8), 0o600)
    #expect(try String(contentsOfFile: place, encoding: .utf8) == "first")
    try FileManager.default.createDirectory(atPath: folder.path("taken"), withIntermediateDirectories: false)
    #expect(throws: POSIXError.self) {
      try file.createNamed(folder.path("taken"), Data("second".utf8), 0o600)
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted() == ["new", "taken"])
  }

  @Test func `for its owner only if it is about attendees`() async throws {
    let (plenary, folder) = try await conference()
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei")
    try await plenary.done("attendee", "check-in", "a-1", "--day", "2016-06-01")
    let script = """
      umask 022
      plenary attendee presence --format csv --output presence.csv > /dev/null
      plenary attendee presence --format xlsx --output presence.xlsx > /dev/null
      plenary attendee print check-in --format xlsx --output list.xlsx > /dev/null
      plenary attendee print sign-in --for-print --output sign-in.pdf > /dev/null 2>&1
      plenary program reprint 1 --output reprint.pdf > /dev/null
      for kind in badges participants check-in; do
        plenary attendee print $kind --output $kind.pdf > /dev/null
        plenary attendee print $kind --format json --output $kind.json > /dev/null
      done
      plenary attendee print participants --format csv --output list.csv > /dev/null
      plenary attendee print participants --format html --output list.html > /dev/null
      stat --format %a * | sort -u; ls | wc -l
      """
    let run = try await plenary.shell(script, in: folder.path(""))
    #expect(run.output == "600\n13", "\(run)")
  }

  @Test func `and leaves no data behind after a signal`() async throws {
    let (plenary, folder) = try await conference()
    for number in 1...12 {
      try await plenary.done("attendee", "register", "a-\(number)", "--name", "Quillon\(number), Zork")
    }
    let script = """
      mkdir temporary; export TMPDIR=$PWD/temporary
      for signal in INT TERM HUP KILL; do
        for pause in 0.1 0.3 0.6 1.0; do
          # Beside an existing document, KILL can leave a hidden file.
          if test $signal = KILL; then rm -f badges.pdf; fi
          ( exec plenary attendee print badges --output badges.pdf ) > /dev/null 2>&1 & process=$!
          sleep $pause; kill -$signal $process 2> /dev/null; wait $process 2> /dev/null
          # The folder may be removed while it is read.
          grep --no-messages --recursive --files-with-matches Quillon temporary
          # An existing document is whole, and no other file is left.
          ls -A | grep --invert-match --line-regexp --regexp temporary --regexp badges.pdf
          if test -e badges.pdf && ! tail -c 8 badges.pdf | grep --quiet %%EOF; then echo part; fi
        done
      done
      # The shell that made a folder removes it, also where Plenary was killed.
      for attempt in $(seq 100); do test -z "$(ls temporary)" && break; sleep 0.1; done
      ls -A temporary
      """
    let run = try await plenary.shell(script, in: folder.path(""))
    #expect(run.output.isEmpty, "\(run)")
  }

  @Test func `with the path in a JSON object, if that is asked`() async throws {
    let (plenary, folder) = try await conference(withSession: true)
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei")
    for (words, kind) in [
      (["program", "export", "csv", "--draft"], "csv"),
      (["program", "print", "--format", "json"], "booklet"),
      (["program", "print", "--format", "html"], "booklet"),
      (["attendee", "print", "participants", "--format", "csv"], "participants"),
    ] {
      for replaced in [false, true] {
        let path = folder.path("\(kind)-\(words.last ?? "")")
        let run = try await plenary(words + ["--json", "--output", path])
        #expect(run.code == 0 && run.object["file"] as? String == path, "\(run)")
        #expect(
          run.object["kind"] as? String == kind && run.object["replaced"] as? Bool == replaced, "\(run)")
        #expect((run.object["bytes"] as? Int ?? 0) > 0, "\(run)")
      }
    }
  }

  @Test func `with the right reason where nothing can be created`() async throws {
    let (plenary, folder) = try await conference()
    let run = try await plenary("program", "export", "csv", "--draft", "--output", "/proc/program.csv")
    #expect(run.code == 4 && run.error.contains("no file can be created in this folder"), "\(run)")
    let head = try await plenary.head()
    let recorded = try await plenary("program", "print", "--for-print", "--output", folder.path(""))
    #expect(recorded.code == 4 && recorded.error.contains("it is a folder"), "\(recorded)")
    #expect(try await plenary.head() == head)
    let missing = try await plenary("program", "export", "csv", "--draft", "-o", folder.path("none/a.csv"))
    #expect(missing.code == 4 && missing.error.contains("does not exist"), "\(missing)")
  }

  @Test func `with an explanation where there is no temporary folder`() async throws {
    let (plenary, folder) = try await conference(withSession: true)
    let run = try await plenary.shell(
      "TMPDIR=/nonexistent plenary program print; echo $?", in: folder.path(""))
    #expect(run.output.contains("/nonexistent: No such file or directory. Set TMPDIR"), "\(run)")
    #expect(!run.output.contains("mktemp"), "\(run)")
    #expect(run.output.hasSuffix("\n4"), "\(run)")
  }
}

@Suite(.timeLimit(.minutes(40))) struct `A feed` {
  @Test func `of an unchanged release keeps its bytes`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "a", "--title", "A", "--room", "aula", "--start", "2016-06-01 09:00", "--end",
      "10:00")
    try await plenary.done("program", "release", "1.0")
    let formats = ["ics", "html", "xml", "schedule", "schedule2", "jsonld", "csv", "json"]
    func feeds() async throws -> [String] {
      var feeds: [String] = []
      for format in formats {
        feeds.append(try await plenary.done("program", "export", format, "--output", "-").output)
      }
      return feeds
    }
    let first = try await feeds()
    try await plenary.done("speaker", "register", "x", "--name", "X")
    try await plenary.done("room", "add", "r9", "--name", "R9")
    try await plenary.done("session", "cancel", "a")
    #expect(try await feeds() == first)
    try await plenary.done("program", "release", "1.1")
    let second = try await feeds()
    for (index, format) in formats.enumerated() { #expect(second[index] != first[index], "\(format)") }
  }

  @Test func `of another conference with the same short names has other identifiers`() async throws {
    let uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/
    func identifiers() async throws -> Set<String> {
      let plenary = try await Plenary.apart().berlin()
      try await plenary.done(
        "session", "schedule", "a", "--title", "A", "--room", "aula", "--start", "2016-06-01 09:00", "--end",
        "10:00")
      try await plenary.done("program", "release", "1.0")
      var found: Set<String> = []
      for (format, count) in [("ics", 2), ("xml", 2), ("jsonld", 3), ("schedule", 2), ("schedule2", 2)] {
        let text = try await plenary.done("program", "export", format, "--output", "-").output
        // Whatever is called an identifier is one of the world. Only Pentabarf's numbers are made of it.
        let named = text.matches(of: /(?:\sUID:|guid="|"@id": "|"guid": ")([^"\s]+)/).map { $0.1 }
        #expect(Set(named).count >= count, "\(format): \(text)")
        for name in named {
          #expect(name.replacing("urn:uuid:", with: "").wholeMatch(of: uuid) != nil, "\(format): \(name)")
        }
        found.formUnion(text.matches(of: uuid).map { String($0.0) })
        found.formUnion(text.matches(of: /(?:<event id=|"id": )"?(\d+)/).map { String($0.1) })
      }
      return found
    }
    let (first, second) = (try await identifiers(), try await identifiers())
    #expect(first.isDisjoint(with: second))
  }
}
