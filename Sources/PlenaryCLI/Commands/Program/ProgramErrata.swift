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
        Shows which prints of the ledger are out of date. For door signs, badges, itineraries and similar \
        documents, it lists which of them to print again. It also writes an errata slip to lay into the \
        booklet.

        Example: plenary program errata --since-print 3 --output errata.pdf
        """)
    @Option(
      help:
        "Compare only with this print of the ledger: 3 (default: all, except what was printed again since).")
    var sincePrint: Int?
    @Flag(inversion: .prefixedNo, help: "Write the errata slip as PDF.") var slip = true
    @OptionGroup var sheet: SheetOptions
    @OptionGroup var templates: TemplateOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      try print.validate(besideJSON: global.json && slip)
      if !writesSlip,
        print.output != nil || !print.languages.isEmpty || templates.folder != nil || sheet.isGiven
      {
        throw ValidationError(
          "--output, --languages, --templates, --paper, --grey and --replace-missing are for the slip: "
            + (slip ? "with --json, give a file with --output." : "leave out --no-slip."))
      }
    }

    /// With JSON on standard output, a slip is only written if a file is named.
    private var writesSlip: Bool { slip && (!global.json || print.output != nil) }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let printer = templates.printer(conference)
      let errata = try await printer.errata(since: sincePrint)
      if global.json {
        try Console.json(.programErrata, errata)
      } else {
        let clock = try conference.clock()
        for kind in errata.kinds { tell(kind, clock) }
      }
      guard writesSlip else { return }
      switch try await printer.errataSlip(
        since: sincePrint, languages: print.settings(conference).languages, paper: sheet.paper?.rawValue,
        grey: sheet.grey, replaceMissing: sheet.characters.replaceMissing)
      {
      case .noProgramPrinted:
        Console.error("No slip: the ledger has no print of the program, such as a booklet.")
      case .unchanged(let number):
        Console.error("No slip: the program has not changed since print \(number).")
      case .slip(let document):
        let data = try await printer.pdf(document)
        try print.write(
          data,
          default: print.name(conference, "errata", sincePrint.map { "since-print-\($0)" }, suffix: "pdf"),
          besideJSON: global.json, isPrivate: false)
        LeftOut.tell(from: data)
      }
    }

    /// Where the slip is standard output, the list must not be in it.
    private func say(_ text: String) {
      if writesSlip, print.output == "-" { Console.error(text) } else { Console.print(text) }
    }

    private func tell(_ kind: Errata.Kind, _ clock: ZoneRules) {
      let copies = kind.copies.map { ", \($0) \($0 == 1 ? "copy" : "copies")" } ?? ""
      let recipient = kind.recipient.map { ", for \($0)" } ?? ""
      say(
        Console.bold("print \(kind.print)  \(kind.kind)")
          + Console.dim("  \(clock.readable(kind.printedAt))\(copies)\(recipient)"))
      guard kind.isStale else { return say("    up to date") }
      if kind.items.isEmpty { return say("    out of date: reprint or hand out the slip") }
      for item in kind.items {
        let what =
          switch item.what {
          case .changed: "print again"
          case .new: "print (new)"
          case .gone: "remove"
          }
        let languages = item.languages.map { " (\($0.map(\.tag).joined(separator: ", ")))" } ?? ""
        let print = item.print.map { ", print \($0)" } ?? ""
        say("    \(what.padded(to: 12))  \(item.title)\(languages)\(print)")
      }
    }
  }
}
