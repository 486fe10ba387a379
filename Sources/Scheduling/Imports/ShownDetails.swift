import People
import Vocabulary

// A table that Plenary wrote shows less than what is here: one language of several, and some fields. What it shows is put into what is
// here, and the result is compared: equal, if nobody corrected the table.

extension String {
  /// Whether a cell with the other text shows this one. Spreadsheets shorten what is longer than a cell.
  fileprivate func shows(_ other: String) -> Bool {
    if self == other || words == other.words { return true }
    return other.last == "…" && other.utf16.count > 32_000 && hasPrefix(other.dropLast())
  }

  private var words: [Substring] { split(whereSeparator: \.isWhitespace) }
}

extension LocalizedText {
  /// What is here, with the corrections of a cell that shows it in one language.
  ///
  /// - Parameter languages: of which the first one is shown that the text has.
  func corrected(by shown: LocalizedText, languages: [Language]) -> LocalizedText {
    guard let shown = shown.entries.first, !entries.contains(where: { $0.text.shows(shown.text) }) else {
      return self
    }
    return merging(LocalizedText([best(languages).language: shown.text]))
  }

  /// What is here, with the corrections of cells that show it in these languages, one each.
  func corrected(by shown: LocalizedText, in languages: [Language]) -> LocalizedText {
    let new = shown.entries.filter { entry in
      languages.contains(entry.language) && !(self[entry.language]?.shows(entry.text) ?? false)
    }
    if new.isEmpty { return self }
    return merging(LocalizedText(Dictionary(uniqueKeysWithValues: new.map { ($0.language, $0.text) })))
  }
}

extension PersonName {
  /// What is here, with the corrections of a table that shows all its forms.
  func corrected(by shown: [ShownForm]) -> PersonName {
    var rest = shown
    // Of each form here: whether the table has it.
    var new: [NameForm?] = forms.map { form in
      guard let same = rest.firstIndex(where: { form.printed.shows($0.text) }) else { return nil }
      rest.remove(at: same)
      return form
    }
    if rest.isEmpty, !new.contains(where: { $0 == nil }) { return self }
    // A form that was corrected is in the place of that in its language, else of the next one.
    for isSameLanguage in [true, false] {
      for place in new.indices where new[place] == nil {
        guard
          let index = rest.firstIndex(where: { !isSameLanguage || $0.form.language == forms[place].language })
        else { continue }
        new[place] = rest.remove(at: index).form.speaking(forms[place].language)
      }
    }
    let kept = new.compactMap(\.self)
    let added = rest.map(\.form).filter { form in !kept.contains { $0.language == form.language } }
    // Who is sorted otherwise than usual still is, if the main form is the same.
    let sortKey = kept.first == forms[0] ? sortKey : nil
    return (try? PersonName(kept + added, sortKey: sortKey)) ?? self
  }
}

extension NameForm {
  fileprivate func speaking(_ language: Language) -> NameForm {
    let text = family.map { family in given.map { "\(family), \($0)" } ?? family } ?? printed
    let isFamilyFirst = family.map { printed.hasPrefix($0) } ?? false
    return (try? NameForm(text, in: language, order: isFamilyFirst ? .familyFirst : .givenFirst)) ?? self
  }
}

extension LocalizedText {
  /// - Parameter shortName: what stands for a name that the table does not have.
  fileprivate func correctedName(by shown: LocalizedText, _ shortName: String, _ languages: [Language])
    -> LocalizedText
  {
    let isMissing = shown.entries.count == 1 && shown.entries[0].text == shortName
    return isMissing ? self : corrected(by: shown, languages: languages)
  }
}

extension RoomDetails {
  /// The details that are here, with what a table of ours says otherwise.
  func corrected(by shown: RoomDetails, _ shortName: String, _ languages: [Language]) -> RoomDetails {
    var details = self
    details.name = name.correctedName(by: shown.name, shortName, languages)
    return details
  }
}

extension TrackDetails {
  func corrected(by shown: TrackDetails, _ shortName: String, _ languages: [Language]) -> TrackDetails {
    var details = self
    details.name = name.correctedName(by: shown.name, shortName, languages)
    return details
  }
}

extension SpeakerDetails {
  func corrected(by shown: WantedPerson) -> SpeakerDetails {
    var details = self
    if !shown.shownName.isEmpty { details.name = name.corrected(by: shown.shownName) }
    return details
  }
}

extension SessionDetails {
  /// - Parameters:
  ///   - shown: with the track; what the table does not have is nil or empty.
  ///   - others: the links of the session's presentations, which the table shows among those of the session.
  func corrected(
    by shown: SessionDetails, titles: [Language], emptied: Set<String>, others: [Link],
    _ languages: [Language]
  ) -> SessionDetails {
    var details = self
    details.title =
      titles.isEmpty
      ? title.corrected(by: shown.title, languages: languages) : title.corrected(by: shown.title, in: titles)
    details.kind = shown.kind
    if let track = shown.track { details.track = track }
    if let text = shown.description {
      details.description = description?.corrected(by: text, languages: languages) ?? text
    }
    if !shown.languages.isEmpty { details.languages = shown.languages }
    let own = links ?? []
    let elsewhere = Set(others.map(\.address)).subtracting(own.map(\.address))
    if let wanted = shown.links?.filter({ !elsewhere.contains($0.address) }),
      Set(wanted.map(\.address)) != Set(own.map(\.address))
    {
      // What is known of a link that stays, stays.
      let links = wanted.map { link in own.first { $0.address == link.address } ?? link }
      details.links = links.isEmpty ? nil : links
    }
    for field in Field.allCases where emptied.contains(field.rawValue) { details.clear(field) }
    return details
  }

  private mutating func clear(_ field: Field) {
    var changes = Changes()
    changes.cleared = [field]
    changes.apply(to: &self)
  }
}

extension AttendeeDetails {
  /// - Parameter emptied: fields of which the table has a column, and nothing in it.
  func corrected(by shown: WantedAttendee, _ languages: [Language]) -> AttendeeDetails {
    func text(_ present: LocalizedText?, _ shown: LocalizedText?) -> LocalizedText? {
      guard let shown else { return present }
      return present?.corrected(by: shown, languages: languages) ?? shown
    }
    var details = self
    if !shown.shownName.isEmpty { details.name = name.corrected(by: shown.shownName) }
    details.email = shown.details.email ?? email
    details.organisation = text(organisation, shown.details.organisation)
    details.position = text(position, shown.details.position)
    details.country = text(country, shown.details.country)
    details.note = shown.details.note ?? note
    var changes = Changes()
    changes.cleared = Field.allCases.filter { shown.emptied.contains($0.rawValue) }
    changes.apply(to: &details)
    return details
  }
}
