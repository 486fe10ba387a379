import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct ListReleases: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "releases", abstract: "List the released versions of the program.")
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProgramModel.self, read)
      let releases = view.model.orderedReleases
      if global.json {
        return try Console.json(.programReleases, items: releases, at: view.checkpoint.position)
      }
      let clock = try conference.clock()
      var table = TextTable("VERSION", "POSITION", "WHEN (\(clock.zone))", "BY", "SESSIONS", "NOTE")
      for release in releases {
        let body = release.details
        table.add(
          body.version, "\(release.origin.position)", clock.clock(release.origin.recordedAt),
          release.origin.actor,
          body.track.map { "track \($0)" } ?? body.day.map { "\($0)" } ?? "all",
          conference.text(body.note))
      }
      try table.print(
        tableOptions, title: "releases",
        nothing: "The program has not been released yet; release it with “plenary program release VERSION”.")
    }
  }
}
