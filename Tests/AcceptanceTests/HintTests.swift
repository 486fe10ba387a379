import EventLog
import Foundation
import Testing
import Vocabulary

@testable import PlenaryCLI

@Suite(.timeLimit(.minutes(40))) struct `A hint` {
  /// One of each case.
  private static let hints: [Hint] = [
    .list(noun: "conference"), .list(noun: "room"), .list(noun: "track"), .list(noun: "venue"),
    .list(noun: "session"), .list(noun: "presentation"), .list(noun: "speaker"), .list(noun: "attendee"),
    .list(noun: "statement"), .show(noun: "session", "opening"), .show(noun: "speaker", "ada"),
    .add(noun: "room", "hall"), .add(noun: "track", "economy"), .add(noun: "venue", "west"),
    .add(noun: "speaker", "ada"), .add(noun: "attendee", "a-1"), .add(noun: "session", "opening"),
    .add(noun: "presentation", "talk"), .revise(noun: "room", "hall"), .revise(noun: "track", "economy"),
    .revise(noun: "venue", "west"), .revise(noun: "session", "opening"),
    .revise(noun: "presentation", "talk"),
    .revise(noun: "speaker", "ada"), .revise(noun: "attendee", "a-1"), .reinstate(noun: "session", "opening"),
    .reinstate(noun: "speaker", "ada"), .reinstate(noun: "attendee", "a-1"), .reviseConference,
    .reopenConference, .chooseAnotherName,
    .reopenRoom(try! .init("hall")), .moveSession(try! .init("opening")),
    .cancelSession(try! .init("opening")),
    .seePresentations(nil), .seePresentations(try! .init("opening")), .nameSlot, .openingHours,
    .unavailability,
    .conferenceDays, .waive("room-taken"), .correct(try! .init("e-1")), .correctRecord,
    .requestCorrection(try! .init("e-1")), .proof, .listIssues, .list(noun: "correction"),
    .show(noun: "correction", "k-1"),
    .leaveNameOut, .attributionModes, .openConference, .nameConference, .release, .showDraft, .compareFrom,
    .listReleases, .listPrints, .recordPrints(kind: nil),
    .recordPrints(kind: "badges"), .recordPrints(kind: "door-signs"), .reprintAnyway, .showLog, .showEvent(7),
    .verifyLog, .migrate, .checkDatabase, .nameDatabase, .stopServer,
    .newCommandID,
    .repeatCommand(id: "0b4d"), .namePieces, .exportTemplates, .namePictures, .replaceMissing,
    .writeLetters,
    .addSlot(try! .init("opening")), .convene(try! .init("opening")), .resumeSession(try! .init("opening")),
    .disclose, .authoriseDisclosure(try! .init("e-1")), .identify(try! .init("red-tie")), .verifyCorrections,
    .reviseSitting(try! .init("opening")), .sittings(try! .init("opening")), .describeRecord,
    .nameParts, .waiveAfterUndo("room-too-small", commandID: "0b4d"), .nameRole("chair"),
    .assign(try! .init("opening")), .rootPosition, .checkProgram, .restoreVault, .restoreBackup, .nameVault,
    .restoreVaultLater, .leaveOutIdentity,
    .setEventAside(7), .reinstateEvent(7), .undoEvent(7), .replaceSchema,
    .checkOut(try! .init("a-1")), .checkOutOf(try! .init("a-1"), session: try! .init("opening"), day: nil),
    .checkOutOf(try! .init("a-1"), session: nil, day: try! .init("2016-03-25")), .issueAs(2), .compare("1.0"),
    .chooseSide(of: "session:opening.title"), .stateContact(try! .init("ada")), .seeDuplicates,
  ]

  /// A new hint does not compile until it is here. Then the test finds that it is missing above.
  private static func number(_ hint: Hint) -> Int {
    switch hint {
    case .list: 0
    case .show: 1
    case .add: 2
    case .revise: 3
    case .reinstate: 4
    case .reviseConference: 5
    case .chooseAnotherName: 6
    case .reopenRoom: 7
    case .moveSession: 8
    case .cancelSession: 9
    case .seePresentations: 10
    case .nameSlot: 11
    case .openingHours: 12
    case .unavailability: 13
    case .conferenceDays: 14
    case .waive: 15
    case .correct: 16
    case .correctRecord: 17
    case .requestCorrection: 18
    case .leaveNameOut: 19
    case .openConference: 20
    case .nameConference: 21
    case .release: 22
    case .showDraft: 23
    case .compareFrom: 24
    case .listReleases: 25
    case .listPrints: 26
    case .recordPrints: 27
    case .reprintAnyway: 28
    case .showLog: 29
    case .migrate: 30
    case .checkDatabase: 31
    case .newCommandID: 32
    case .repeatCommand: 33
    case .namePieces: 34
    case .attributionModes: 35
    case .showEvent: 36
    case .verifyLog: 37
    case .exportTemplates: 38
    case .nameDatabase: 39
    case .stopServer: 40
    case .writeLetters: 41
    case .addSlot: 42
    case .convene: 43
    case .resumeSession: 44
    case .reviseSitting: 45
    case .sittings: 46
    case .describeRecord: 47
    case .proof: 48
    case .disclose: 50
    case .authoriseDisclosure: 51
    case .identify: 52
    case .verifyCorrections: 53
    case .listIssues: 49
    case .nameParts: 54
    case .waiveAfterUndo: 55
    case .nameRole: 56
    case .assign: 57
    case .rootPosition: 58
    case .checkProgram: 59
    case .restoreVault: 60
    case .nameVault: 61
    case .restoreVaultLater: 72
    case .leaveOutIdentity: 73
    case .setEventAside: 62
    case .reinstateEvent: 63
    case .undoEvent: 64
    case .replaceSchema: 65
    case .checkOut: 66
    case .checkOutOf: 67
    case .issueAs: 68
    case .compare: 69
    case .replaceMissing: 70
    case .restoreBackup: 71
    case .chooseSide: 74
    case .stateContact: 75
    case .seeDuplicates: 76
    case .reopenConference: 77
    case .namePictures: 78
    }
  }
  private static let count = 79

  @Test func `follows the advice of a sentence that gives some`() {
    let hints = [Hint.chooseAnotherName, .leaveNameOut]
    #expect(
      HintedText("It is 9:00; 10:00 — taken.", hints).advised
        == "It is 9:00; 10:00 — taken; choose another name, or leave out the name to have one generated.")
    #expect(
      HintedText("It is taken. Choose another time.", [.chooseAnotherName], advises: true).advised
        == "It is taken. Choose another time, or choose another name.")
    #expect(HintedText("It is taken.").advised == "It is taken.")
  }

  @Test func `names only existing commands and options`() async throws {
    #expect(Set(Self.hints.map(Self.number)) == Set(0..<Self.count))
    let commands = Dictionary(
      uniqueKeysWithValues: try await CommandTree.all().map { ($0.0.joined(separator: " "), $0.1) })
    var named = 0
    for hint in Self.hints {
      for match in hint.phrase.matches(of: /“plenary ([^”]*)”/) {
        named += 1
        let words = match.1.split(separator: " ").map(String.init)
        let path = (1...words.count).map { words.prefix($0).joined(separator: " ") }
          .last { commands[$0] != nil }
        guard let command = path.flatMap({ commands[$0] }), command.subcommands == nil else {
          Issue.record("\(hint.phrase): there is no such command")
          continue
        }
        for word in words where word.hasPrefix("--") && word != "--help" {
          #expect(command.options.contains(String(word.dropFirst(2))), "\(hint.phrase)")
        }
      }
      // Options outside commands belong to some command.
      for match in hint.phrase.replacing(/“plenary [^”]*”/, with: "").matches(of: /--([a-z-]+)/) {
        #expect(commands.values.contains { $0.options.contains(String(match.1)) }, "\(hint.phrase)")
      }
    }
    #expect(named > 30)
  }

  @Test func `quotes commands with the program's name`() async throws {
    let verbs = try await CommandTree.all().map(\.0).filter { $0.count > 1 }.map { $0.joined(separator: " ") }
    for (file, literal) in try Self.literals(in: ["PlenaryCLI"]) {
      for verb in verbs {
        #expect(!literal.contains("“\(verb) ") && !literal.contains("“\(verb)”"), "\(file): \(literal)")
      }
    }
  }

  @Test func `is worded only by the command line`() async throws {
    let verbs = try await CommandTree.all().map(\.0).filter { $0.count > 1 }.map { $0.joined(separator: " ") }
    let literals = try Self.literals(
      in: ["People", "Scheduling", "Record", "PostgresLog", "ProjectionRunner", "Plenary"])
    #expect(literals.count > 300)
    // The private server also runs programs that have options of their own.
    for (file, literal) in try Self.literals(in: ["PrivateServer"]) {
      #expect(!literal.contains("“plenary "), "\(file): \(literal)")
    }
    for (file, literal) in literals {
      #expect(!literal.contains("“plenary "), "\(file): \(literal)")
      #expect(literal.firstMatch(of: /(?:^|\s|“)--[a-z]/) == nil, "\(file): \(literal)")
      for verb in verbs {
        #expect(!literal.contains("“\(verb) ") && !literal.contains("“\(verb)”"), "\(file): \(literal)")
      }
    }
  }

  /// The text between quotation marks on each line that is not a comment.
  private static func literals(in targets: [String]) throws -> [(file: String, text: String)] {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    var found: [(String, String)] = []
    for target in targets {
      let files = FileManager.default.enumerator(
        at: sources.appending(path: target), includingPropertiesForKeys: nil)
      for case let file as URL in files! where file.pathExtension == "swift" {
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
          if line.trimmingCharacters(in: .whitespaces).hasPrefix("//") { continue }
          guard let first = line.firstIndex(of: "\""), let last = line.lastIndex(of: "\""), first < last
          else { continue }
          found.append((file.lastPathComponent, String(line[first...last])))
        }
      }
    }
    return found
  }
}
