import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `A conference` {
  @Test func `is opened and revised with every field`() async throws {
    let plenary = try await Plenary.apart()
    try await plenary(
      "conference", "open", "berlin", "--title", "Berlin Days", "--title", "de=Berliner Tage",
      "--short-title", "BD", "--place", "Berlin", "--first-day", "2016-06-01", "--last-day", "2016-06-03",
      "--zone", "Europe/Berlin", "--languages", "en", "de", "--welcome", "Be welcome.", "--room-change", "10",
      "--organiser", "en=A University;de=Eine Universität", "--host", "A House", "--co-host", "A Hall",
      "--partner", "A Bank", "--sponsor", "A Shop", "--json"
    ).appended(
      #"ConferenceOpened {"firstDay":"2016-06-01","languages":["en","de"],"lastDay":"2016-06-03","place":{"en":"Berlin"},"roomChange":10,"shortTitle":{"en":"BD"},"title":{"de":"Berliner Tage","en":"Berlin Days"},"welcome":{"en":"Be welcome."},"zone":"Europe/Berlin"}"#,
      #"OrganisationRoleAssigned {"organisation":{"de":"Eine Universität","en":"A University"},"role":"organiser"}"#,
      #"OrganisationRoleAssigned {"organisation":{"en":"A House"},"role":"host"}"#,
      #"OrganisationRoleAssigned {"organisation":{"en":"A Hall"},"role":"co-host"}"#,
      #"OrganisationRoleAssigned {"organisation":{"en":"A Bank"},"role":"partner"}"#,
      #"OrganisationRoleAssigned {"organisation":{"en":"A Shop"},"role":"sponsor"}"#)

    try await plenary("conference", "show").says(
      "Berliner Tage", "BD", "2016-06-01 to 2016-06-03", "Europe/Berlin", "10 minutes", "A University",
      "A House",
      "A Hall", "A Bank", "A Shop")
    try await plenary(
      "conference", "revise", "--clear", "welcome", "--title", "Berlin Nights", "--place", "Potsdam",
      "--first-day", "2016-05-31", "--last-day", "2016-06-04", "--languages", "de", "en", "--room-change",
      "15", "--json"
    ).appended(
      #"ConferenceRevised {"cleared":["welcome"],"firstDay":"2016-05-31","languages":["de","en"],"lastDay":"2016-06-04","place":{"en":"Potsdam"},"roomChange":15,"title":{"de":"Berliner Tage","en":"Berlin Nights"}}"#
    )
    try await plenary(
      "conference", "revise", "--short-title", "BN", "--welcome", "Good night.", "--organiser", "A Second",
      "--host", "B", "--co-host", "C", "--partner", "D", "--sponsor", "E", "--json"
    ).appended(
      #"ConferenceRevised {"shortTitle":{"de":"BN","en":"BD"},"welcome":{"de":"Good night."}}"#,
      #"OrganisationRoleAssigned {"organisation":{"de":"A Second"},"role":"organiser"}"#,
      #"OrganisationRoleAssigned {"organisation":{"de":"B"},"role":"host"}"#,
      #"OrganisationRoleAssigned {"organisation":{"de":"C"},"role":"co-host"}"#,
      #"OrganisationRoleAssigned {"organisation":{"de":"D"},"role":"partner"}"#,
      #"OrganisationRoleAssigned {"organisation":{"de":"E"},"role":"sponsor"}"#)
    try await plenary("conference", "show").says(
      "Berlin Nights", "BN", "Potsdam", "2016-05-31 to 2016-06-04", "15 minutes", "de, en", "A Second")
    try await plenary.done("projections", "verify")
  }

  @Test func `says how many texts a language takes with it`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "revise", "aula", "--name", "de=Die Aula", "--note", "de=Oben")
    let revised = try await plenary.done("conference", "revise", "--languages", "en", "fr")
    #expect(revised.error.contains("2 texts of the program in “de” stay recorded"), "\(revised)")
    let back = try await plenary.done("conference", "revise", "--languages", "en", "de")
    #expect(!back.error.contains("stay recorded"), "\(back)")
  }
}
