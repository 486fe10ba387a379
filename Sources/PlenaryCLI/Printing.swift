import ArgumentParser
import EventLog
import Foundation
import Plenary
import PostgresLog
import Projections
import Publishing
import Record
import Scheduling
import Vocabulary

// What every command takes that prints, and the printing commands themselves: PDF, HTML, JSON and the
// formats of other programs all come from the same read model at the same position.

enum Format: String, ExpressibleByArgument, CaseIterable {
  case pdf, html, json, ics, csv
}

struct PrintOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The file, or - for standard output (default: a name of its own).")
  var output: String?

  @Option(parsing: .upToNextOption, help: "Languages, in order (default: the conference's).")
  var languages: [String] = []

  @Option(help: "Your own copy of the templates (see program template).")
  var templates: String?

  func settings() throws -> PrintSettings {
    var settings = PrintSettings()
    settings.languages = languages.isEmpty ? nil : try languages.map { try Language($0) }
    return settings
  }

  /// Writes the document whole or not at all, and says where.
  func write(_ data: Data, default name: String) throws {
    if output == "-" { return Console.write(data) }
    let path = output ?? name
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Failure(.failed, "\(path) could not be written: \(error.localizedDescription)")
    }
    Console.print(path)
  }

  func pdf(_ document: some PrintedDocument) async throws -> Data {
    try await Typesetter.pdf(
      document, templates: templates.map { URL(fileURLWithPath: $0) },
      typst: Typesetter.find(environment: ProcessInfo.processInfo.environment),
      fontPaths: Typesetter.fontPaths(environment: ProcessInfo.processInfo.environment))
  }
}

extension ProgramCommand {
  struct Print: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "print", abstract: "Print the program as a booklet (A5).")
    @Option(help: "pdf, html or json.") var format: Format = .pdf
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try accept(format, [.pdf, .html, .json]) }

    func run() async throws {
      let desk = try await global.desk()
      let publication = try await desk.program(print, read)
      let data =
        switch format {
        case .html: Data(publication.html().utf8)
        case .json: try publication.json()
        case .pdf, .ics, .csv: try await print.pdf(publication.booklet())
        }
      try print.write(data, default: "\(desk.conference)-program.\(format.rawValue)")
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write the program for other programs: iCalendar, HTML, JSON or CSV.")
    @Option(help: "ics, html, json or csv.") var format: Format = .ics
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try accept(format, [.ics, .html, .json, .csv]) }

    func run() async throws {
      let desk = try await global.desk()
      let publication = try await desk.program(print, read)
      let data =
        switch format {
        case .ics, .pdf: Data(publication.iCalendar().utf8)
        case .html: Data(publication.html().utf8)
        case .json: try publication.json()
        case .csv: Data(publication.csv().utf8)
        }
      try print.write(data, default: "\(desk.conference)-program.\(format.rawValue)")
    }
  }

  struct Template: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "template",
      abstract: "Copy the templates into a folder, to change them; print with --templates FOLDER.")
    @Argument var folder: String

    func run() async throws {
      try Typesetter.copyTemplates(to: URL(fileURLWithPath: folder))
      Console.print(folder)
    }
  }
}

extension AttendeeCommand {
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case participants
    case signIn = "sign-in"
  }

  struct Print: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "print", abstract: "Print the list of participants, or a sign-in sheet.")
    @Argument(help: "participants or sign-in.") var kind: Kind = .participants
    @Option(help: "Only this category.") var category: String?
    @Option(help: "The session whose sign-in sheet it is.") var session: String?
    @Option(help: "pdf, html, json or csv.") var format: Format = .pdf
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      try accept(format, kind == .participants ? [.pdf, .html, .json, .csv] : [.pdf, .json])
    }

    func run() async throws {
      let session = try session.map { try SessionID($0) }
      let desk = try await global.desk()
      let (view, program) = try await desk.workspace.viewWithProgram(
        AttendanceModel.self, of: desk.conference, read.bound(desk))
      if let session, program.model.sessions[session.slug] == nil {
        throw Failure(.refused, "There is no session “\(session)”; see “session list”.")
      }
      let publication = AttendancePublication(
        view.model, program: program.model, view.checkpoint, conference: desk.conference,
        try print.settings(),
        open: try await desk.workspace.opener(of: desk.conference))
      let data =
        switch (kind, format) {
        case (_, .html): Data(publication.html(category: category).utf8)
        case (_, .csv): Data(publication.csv(category: category).utf8)
        case (.participants, .json):
          try JSONText.data(publication.participants(category: category), pretty: true)
        case (.signIn, .json):
          try JSONText.data(publication.signIn(session: session), pretty: true)
        case (.participants, .pdf), (.participants, .ics):
          try await print.pdf(publication.participants(category: category))
        case (.signIn, .pdf), (.signIn, .ics):
          try await print.pdf(publication.signIn(session: session))
        }
      try print.write(data, default: "\(desk.conference)-\(kind.rawValue).\(format.rawValue)")
    }
  }
}

extension ProceedingsCommand {
  struct Print: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "print",
      abstract: "Print the proceedings: the record, conclusions, speakers and an index of persons.")
    @Option(help: "pdf, html or json.") var format: Format = .pdf
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try accept(format, [.pdf, .html, .json]) }

    func run() async throws {
      let desk = try await global.desk()
      let publication = try await desk.proceedings(print, read)
      let data =
        switch format {
        case .html: Data(publication.html().utf8)
        case .json: try publication.json()
        case .pdf, .ics, .csv: try await print.pdf(publication.record())
        }
      try print.write(data, default: "\(desk.conference)-proceedings.\(format.rawValue)")
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write the proceedings for other programs: HTML or JSON.")
    @Option(help: "html or json.") var format: Format = .json
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try accept(format, [.html, .json]) }

    func run() async throws {
      let desk = try await global.desk()
      let publication = try await desk.proceedings(print, read)
      let data = format == .html ? Data(publication.html().utf8) : try publication.json()
      try print.write(data, default: "\(desk.conference)-proceedings.\(format.rawValue)")
    }
  }
}

extension Desk {
  fileprivate func program(_ print: PrintOptions, _ read: ReadOptions) async throws
    -> ProgramPublication
  {
    let view = try await view(ProgramModel.self, read)
    return ProgramPublication(
      view.model, view.checkpoint, conference: conference, try print.settings())
  }

  fileprivate func proceedings(_ print: PrintOptions, _ read: ReadOptions) async throws
    -> ProceedingsPublication
  {
    let (view, program) = try await workspace.viewWithProgram(
      ProceedingsModel.self, of: conference, read.bound(self))
    return ProceedingsPublication(
      view.model, program: program.model, view.checkpoint, conference: conference,
      try print.settings())
  }
}

private func accept(_ format: Format, _ accepted: [Format]) throws {
  guard accepted.contains(format) else {
    throw ValidationError(
      "This prints \(accepted.map(\.rawValue).joined(separator: ", ")), not \(format.rawValue).")
  }
}
