import ArgumentParser
import EventLog
import Foundation
import Plenary
import Vocabulary

extension LogCommand {
  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Import a log that “plenary log export” wrote.",
      discussion: """
        The database must not have the conference yet. All events are stored as they were recorded: with their positions, \
        times, people and hashes, so the root is the same as where they come from. Each hash is computed again: if an event was \
        changed, left out or moved, the command is refused with the line, and nothing is imported. The hashes do not cover what \
        a command asked for (“request”) and “setAsideBy”, so compare the file itself if you do not trust its way. Run the \
        command as the database's owner.

        An export has no keys, so encrypted data (attendees, addresses, withheld speakers) cannot be read here. Whoever may \
        bring the keys along makes a backup there (plenary db backup), and puts its keys in here: \
        plenary db restore FOLDER --vault-only. Without them, everything else can be used.

        Example: plenary log export | ssh other plenary log import -
        """)
    @Argument(help: "File with the exported log, or - for standard input.") var file: String
    @Option(
      help: "Expected root hash (64 hexadecimal digits; spaces are ignored), e.g. from a printed document.")
    var root: String?
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if file.isEmpty { throw ValidationError("The name of the file is empty.") }
    }

    func run() async throws {
      let root = try root.map { try PrintedRoot($0) }
      // Not the conference in use: the file says whose log it is.
      let wanted = try global.conference.map { try ConferenceID($0) }
      let configuration = try Configuration(database: global.database, conference: nil)
      let isStandardInput = file == "-"
      var isFolder: ObjCBool = false
      if !isStandardInput, FileManager.default.fileExists(atPath: file, isDirectory: &isFolder),
        isFolder.boolValue
      {
        throw Failure(
          .failed, "\(file) is a folder; name a file that “plenary log export” wrote.", code: .file)
      }
      let handle: FileHandle
      do {
        handle =
          isStandardInput
          ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
      } catch { throw Failure(reading: file, error) }
      let imported = try await configuration.importLog(
        of: wanted, handle, name: isStandardInput ? "the log" : file, root: root
      ) {
        Console.error($0)
      } progress: {
        Console.progress("\($0) events …")
      }
      Console.endProgress()
      if global.json { return try Console.json(.logImport, imported) }
      Console.print(
        "\(imported.conference)  \(counted(imported.events, "event")) imported, last at position \(imported.events)."
      )
      Console.print("root \(imported.root)")
      if let missing = imported.sealed.missingKeys { Console.error(missing) }
    }
  }
}

extension SealedData {
  /// What cannot be read because an export has no keys; nil: nothing is encrypted, or the keys are here.
  fileprivate var missingKeys: String? {
    let (people, entries) = (unreadablePeople.count, unreadableEntries.count)
    if people + entries == 0, masterKey == nil { return nil }
    let what =
      masterKey != nil
      ? "Encrypted data"
      : [
        people > 0 ? "the data of \(counted(people, "person", "people"))" : nil,
        entries > 0 ? "the withheld speaker of \(counted(entries, "statement"))" : nil,
      ].compactMap(\.self).joined(separator: " and ")
    return what.prefix(1).uppercased() + what.dropFirst()
      + " cannot be read: an export has no keys. Whoever may bring them along makes a backup where the log comes from, and "
      + "uses “plenary db restore FOLDER --vault-only” here."
  }
}
