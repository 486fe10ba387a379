import ArgumentParser
import EventLog
import Foundation
import Plenary
import PostgresLog
import Publishing
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct MakeErrata: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "errata", abstract: "What differs from what people hold in their hands.",
      discussion: """
        Says which prints of the ledger must be made again, and of door signs, badges, itineraries and \
        other pieces, which of them; and writes an errata slip, to be laid into the booklet.
        """)
    @Option(help: "Only against this print of the ledger (default: the last of each kind).")
    var sincePrint: Int?
    @Flag(inversion: .prefixedNo, help: "Write the errata slip.") var slip = true
    @OptionGroup var sheet: SheetOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let printer = DocumentPrinter(conference: conference)
      let errata = try await printer.errata(since: sincePrint)
      if global.json { try Console.json(errata) } else { errata.kinds.forEach(tell) }
      guard slip else { return }
      let ledger = try await printer.ledger()
      let programs: [PrintKind] = [.booklet, .pocket, .wallGrid, .daySheets]
      var named: PrintRow?
      if let sincePrint { named = try await printer.entry(sincePrint) }
      let base =
        named ?? ledger.last { $0.details.kind == PrintKind.booklet.rawValue }
        ?? ledger.last { print in programs.contains { $0.rawValue == print.details.kind } }
      guard let base else {
        return Console.error("No slip: no program is in the ledger, only what was printed from it.")
      }
      let body = base.details
      let before = try await printer.program(
        released: body.settings.released ?? false, .position(body.position))
      let now = try await printer.program(released: body.settings.released ?? false, .head)
      var settings = body.settings
      if !print.languages.isEmpty { settings.languages = try print.settings().languages }
      sheet.apply(to: &settings)
      // It is laid into the booklet.
      if sheet.paper == nil, body.kind == PrintKind.booklet.rawValue { settings.paper = Paper.a5.rawValue }
      settings.only = nil
      let name =
        PrintKind(rawValue: body.kind)?.title(in: settings.languages ?? conference.languages)
        ?? LocalizedText([.english: body.kind])
      let document = ProgramPublication(
        now.model, now.checkpoint, conference: conference.id, settings
      ).changeSheet(
        from: before.model,
        .print(name, position: body.position, before.checkpoint.lastEventAt))
      guard !document.isEmpty else {
        return Console.error("No slip: the program is as it was in print \(base.number).")
      }
      let data = try await print.pdf(document)
      if global.json, print.output == nil { return }
      try print.write(data, default: "\(conference.id)-errata.pdf")
    }

    private func tell(_ kind: Errata.Kind) {
      let copies = kind.copies.map { ", \($0) copies" } ?? ""
      let recipient = kind.recipient.map { ", for \($0)" } ?? ""
      Console.print(
        Console.bold("print \(kind.print)  \(kind.kind)")
          + Console.dim("  \(kind.printedAt)\(copies)\(recipient)"))
      guard kind.isStale else { return Console.print("    still right") }
      if kind.items.isEmpty { return Console.print("    differs: print it again, or hand out the slip") }
      for item in kind.items {
        let what =
          switch item.what {
          case .changed: "print again"
          case .new: "print (new)"
          case .gone: "take away"
          }
        Console.print("    \(what.padded(to: 12))  \(item.title)")
      }
    }
  }
}
