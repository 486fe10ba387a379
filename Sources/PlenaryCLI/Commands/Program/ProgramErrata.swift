import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct MakeErrata: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "errata", abstract: "List what changed since documents were printed.",
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
      let printer = print.printer(conference)
      let errata = try await printer.errata(since: sincePrint)
      if global.json { try Console.json(errata) } else { errata.kinds.forEach(tell) }
      guard slip else { return }
      switch try await printer.errataSlip(
        since: sincePrint, languages: print.settings().languages, paper: sheet.paper?.rawValue,
        grey: sheet.grey)
      {
      case .noProgramPrinted:
        Console.error("No slip: no program is in the ledger, only what was printed from it.")
      case .unchanged(let number):
        Console.error("No slip: the program is as it was in print \(number).")
      case .slip(let document):
        let data = try await printer.pdf(document)
        if global.json, print.output == nil { return }
        try print.write(data, default: "\(conference.id)-errata.pdf")
      }
    }

    private func tell(_ kind: Errata.Kind) {
      let copies = kind.copies.map { ", \($0) copies" } ?? ""
      let recipient = kind.recipient.map { ", for \($0)" } ?? ""
      Console.print(
        Console.bold("print \(kind.print)  \(kind.kind)")
          + Console.dim("  \(kind.printedAt.readable)\(copies)\(recipient)"))
      guard kind.isStale else { return Console.print("    up to date") }
      if kind.items.isEmpty { return Console.print("    out of date: reprint or hand out the slip") }
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
