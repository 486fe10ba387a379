import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `The authority file` {
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "panel", "--title", "Panel", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00")
    return plenary
  }

  @Test func `names organisations and subjects, which the indexes list`() async throws {
    let plenary = try await conference()
    try await plenary(
      "organisation", "add", "port", "--name", "Port Authority", "--name", "de=Hafenamt", "--json"
    )
    .appended(
      #"OrganisationAdded {"name":{"de":"Hafenamt","en":"Port Authority"},"organisation":"port"}"#)
    try await plenary(
      "organisation", "add", "board", "--name", "Harbour Board", "--abbreviation", "HB", "--expansion",
      "Harbour Board of the North", "--expanded-by", "source", "--parent", "port", "--relation",
      "brand-of=port", "--note", "Renamed later.", "--source", "Its own page", "--status", "disputed",
      "--json"
    ).appended(
      #"OrganisationAdded {"abbreviation":{"en":"HB"},"expandedBy":"source","expansion":{"en":"Harbour Board of the North"},"name":{"en":"Harbour Board"},"note":{"en":"Renamed later."},"organisation":"board","parent":"port","relations":[{"kind":"brand-of","organisation":"port"}],"source":{"en":"Its own page"},"status":"disputed"}"#
    )
    try await plenary(
      "organisation", "revise", "port", "--name", "Port Office", "--abbreviation", "PO", "--expansion",
      "The Port Office", "--expanded-by", "editors", "--note", "New.", "--source", "A letter", "--status",
      "settled", "--json"
    ).appended(
      #"OrganisationRevised {"abbreviation":{"en":"PO"},"expandedBy":"editors","expansion":{"en":"The Port Office"},"name":{"de":"Hafenamt","en":"Port Office"},"note":{"en":"New."},"organisation":"port","source":{"en":"A letter"},"status":"settled"}"#
    )
    try await plenary(
      "organisation", "revise", "board", "--clear", "parent", "--clear", "relations", "--json"
    ).appended(#"OrganisationRevised {"cleared":["parent","relations"],"organisation":"board"}"#)
    try await plenary(
      "organisation", "revise", "board", "--parent", "port", "--relation", "supports=port", "--json"
    )
    .appended(
      #"OrganisationRevised {"organisation":"board","parent":"port","relations":[{"kind":"supports","organisation":"port"}]}"#
    )
    try await plenary(
      "subject", "add", "ice", "--name", "Ice", "--abbreviation", "I", "--expansion", "Ice of winter",
      "--expanded-by", "source", "--json"
    ).appended(
      #"SubjectAdded {"abbreviation":{"en":"I"},"expandedBy":"source","expansion":{"en":"Ice of winter"},"name":{"en":"Ice"},"subject":"ice"}"#
    )
    try await plenary(
      "subject", "revise", "ice", "--name", "Winter ice", "--abbreviation", "WI", "--expansion", "Ice",
      "--expanded-by", "editors", "--json"
    ).appended(
      #"SubjectRevised {"abbreviation":{"en":"WI"},"expandedBy":"editors","expansion":{"en":"Ice"},"name":{"en":"Winter ice"},"subject":"ice"}"#
    )
    try await plenary("subject", "revise", "ice", "--clear", "expansion", "--json").appended(
      #"SubjectRevised {"cleared":["expansion"],"subject":"ice"}"#)

    try await plenary.done(
      "statement", "record", "panel", "--mode", "unattributed", "--text",
      "[[org:board]] and [[org:guild|the Guild]] spoke of [[subject:ice|the ice]].")
    try await plenary("organisation", "list").says(/board +Harbour Board +HB +port/, "Port Office")
    try await plenary("organisation", "show", "board").says(/supports +port/, /mentioned in +e-/, "disputed")
    try await plenary("organisation", "show", "port").says(/supported by +board/)
    try await plenary("subject", "list").says(/ice +Winter ice +WI/)
    let check = try await plenary("proceedings", "check")
    #expect(check.code == 1 && check.output.contains("[[org:guild]]"), "\(check)")
    let html = try await plenary.done("proceedings", "export", "--format", "html", "--output", "-").output
    for words in ["Index of organisations", "Harbour Board", "the Guild", "Index of subjects", "Winter ice"] {
      #expect(html.contains(words), "\(words)")
    }
    let json = try await plenary.done("proceedings", "export", "--format", "json", "--output", "-").output
    #expect(
      json.contains(#""format": "plenary-record""#) && json.contains("Harbour Board and the Guild spoke"))
    let mixed = try await plenary("proceedings", "export", "--languages", "de", "--output", "-")
    #expect(mixed.code == 2, "\(mixed)")
    try await plenary.done("projections", "verify")

    let undone = try await plenary("log", "undo", "\(plenary.head())")
    #expect(undone.code == 0, "The statement is a draft: \(undone)")
    let refused = try await plenary("log", "undo", "\(plenary.head() - 2)")
    #expect(refused.code == 1 && refused.error.contains("plenary subject revise ice"), "\(refused)")
  }

  @Test func `files speakers by their family names, with a remark where it has to guess`() async throws {
    let plenary = try await conference()
    let guessed = try await plenary("speaker", "register", "nora", "--name", "Nora Newman")
    #expect(
      guessed.code == 0
        && guessed.error.contains(
          "“Nora Newman” is filed under “Newman, Nora” in every index; if that is wrong, give --sort-key, or the "
            + "name as “Family, Given”."),
      "\(guessed)")
    for (person, name) in [("olga", "Petrova, Olga"), ("cher", "Cher")] {
      let known = try await plenary("speaker", "register", person, "--name", name)
      #expect(known.code == 0 && !known.error.contains("filed"), "\(known)")
    }
    let feng = try await plenary(
      "speaker", "register", "feng", "--name", "Feng Shaolei", "--name-order", "family-first")
    #expect(feng.code == 0 && !feng.error.contains("filed"), "\(feng)")
    #expect(
      try await plenary.done("speaker", "list", "--json").list.compactMap { $0["person"] as? String }
        == ["cher", "feng", "nora", "olga"])
  }
}
