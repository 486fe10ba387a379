import People
import Vocabulary

// A table that Plenary wrote shows less than what is here: one language, one form of a name, a text without its formats. What it
// shows as it is here is not another value.

extension LocalizedText {
  /// What is here, if each of these texts is one of it.
  fileprivate func asShown(_ present: LocalizedText?) -> LocalizedText {
    guard let present,
      entries.allSatisfy({ entry in present.entries.contains { $0.text.shows(entry.text) } })
    else { return self }
    return present
  }
}

extension String {
  /// Whether the other text is this one, perhaps without the marks of CommonMark.
  fileprivate func shows(_ other: String) -> Bool {
    func letters(_ text: String) -> String {
      text.replacing(/\]\([^)]*\)/, with: "]").filter { $0.isLetter || $0.isNumber }
    }
    return self == other || contains(where: { "*_[`#>".contains($0) }) && letters(self) == letters(other)
  }
}

extension PersonName {
  fileprivate func asShown(_ present: PersonName) -> PersonName {
    present.forms.contains { $0.printed == printed } ? present : self
  }
}

extension RoomDetails {
  /// - Parameter shortName: what stands for a name that the table does not have.
  func asShown(_ present: RoomDetails, _ shortName: String) -> RoomDetails {
    var details = self
    details.name = name.isOnly(shortName) ? present.name : name.asShown(present.name)
    return details
  }
}

extension TrackDetails {
  /// - Parameter shortName: what stands for a name that the table does not have.
  func asShown(_ present: TrackDetails, _ shortName: String) -> TrackDetails {
    var details = self
    details.name = name.isOnly(shortName) ? present.name : name.asShown(present.name)
    return details
  }
}

extension LocalizedText {
  fileprivate func isOnly(_ text: String) -> Bool { entries.count == 1 && entries[0].text == text }
}

extension SpeakerDetails {
  func asShown(_ present: SpeakerDetails) -> SpeakerDetails {
    var details = self
    details.name = name.asShown(present.name)
    return details
  }
}

extension SessionDetails {
  func asShown(_ present: SessionDetails) -> SessionDetails {
    var details = self
    details.title = title.asShown(present.title)
    details.description = description?.asShown(present.description)
    let addresses = Set((present.links ?? []).map(\.url))
    if let links, !links.isEmpty, Set(links.map(\.url)).isSubset(of: addresses),
      links.count == addresses.count
    {
      details.links = present.links
    }
    return details
  }
}

extension AttendeeDetails {
  func asShown(_ present: AttendeeDetails) -> AttendeeDetails {
    var details = self
    details.name = name.asShown(present.name)
    details.organisation = organisation?.asShown(present.organisation)
    details.position = position?.asShown(present.position)
    details.country = country?.asShown(present.country)
    return details
  }
}
