package import EventLog
import People
package import Vocabulary

extension Statements {
  package enum Refusal: DomainRefusal {
    case unknownSession(SessionID)
    case unknownPerson(PersonID)
    case mergedPerson(PersonID, into: PersonID)
    /// Only as a withheld speaker: the name itself is printed.
    case erased(PersonID)
    case unknown(RecordID)
    case retracted(RecordID)
    case expunged(RecordID)
    case published(RecordID)
    case basisRetracted(RecordID)
    /// Each would rest on the next.
    case circle([RecordID])
    case restsOnNothing(RecordID)
    case taken(RecordID)
    case itself(RecordID)
    case notAStatement(RecordID)
    case notOfOneVoice(RecordID, RecordID)
    case notATranslation(RecordID, Language)
    case originalUnknown(RecordID, Language)
    case fixed(RecordID)
    case publishedTranslation(RecordID, Language)
    case lastLanguage
    case splitNeeds(RecordID, Language)
    case replacementNeeds(RecordID, Language)
    case wordsNotFoundOnce(RecordID, String, Int)
    case nothingBefore(RecordID, String)
    case insideMark(RecordID, String)
    case withheld
    case namesWithheld(PersonID, EntryDetails.Field)
    case mergedInto(RecordID, RecordID)
    case wordsInTheLog(RecordID)
    case invalid(InvalidValue)
    case invalidAttribution(InvalidValue)

    package var texts: [HintedText] {
      switch self {
      case .unknownSession(let session):
        .says("There is no session “\(session)”.", .list(SessionEntity.self))
      case .unknownPerson(let person): Speakers.Refusal.unknown(person).texts
      case .mergedPerson(let person, let kept): Speakers.Refusal.merged(person, into: kept).texts
      case .erased(let person):
        .says(
          "The data of the speaker “\(person)” was erased, so the key to this name would be destroyed again.",
          .leaveOutIdentity)
      case .unknown(let entry):
        .says("There is no entry “\(entry)” in the record.", .list(RecordEntity.self))
      case .retracted(let entry): .says("“\(entry)” was retracted and cannot be changed.")
      case .expunged(let entry): .says("“\(entry)” was expunged; its words no longer exist.")
      case .published(let entry):
        .says("“\(entry)” is published, so its text stands.", .requestCorrection(entry))
      case .basisRetracted(let entry):
        .says("“\(entry)” was retracted, so nothing can be based on it.", .list(RecordEntity.self))
      case .circle(let path):
        .says(
          "Entries cannot be based on each other: \(path.map { "“\($0)”" }.joined(separator: " → ")).")
      case .restsOnNothing(let entry): .says("“\(entry)” is not based on another entry.")
      case .taken(let entry):
        .says(
          "“\(entry)” stands in the record already, with other words or as retracted.", .chooseAnotherName,
          .correct(entry))
      case .itself(let entry): .says("“\(entry)” is named twice; name another entry.")
      case .notAStatement(let entry): .says("“\(entry)” is not a statement; only statements can be split.")
      case .notOfOneVoice(let one, let other):
        .says(
          "“\(one)” and “\(other)” are not statements of one session with the same attribution, form and "
            + "languages, so they cannot be merged.")
      case .originalUnknown(let entry, let language):
        .says(
          "Nobody stated in which language “\(entry)” was said, so its published text in \(language) may be the original.",
          .requestCorrection(entry))
      case .fixed(let entry):
        .says("“\(entry)” is published, so it stays where it is, and whole.")
      case .notATranslation(let entry, let language):
        .says(
          "“\(entry)” was said in \(language), so its text in \(language) is the original.", .correct(entry))
      case .publishedTranslation(let entry, let language):
        .says(
          "The text of “\(entry)” in \(language) is published and up to date, so only a correction can change it.",
          .requestCorrection(entry))
      case .lastLanguage: .says("An entry needs a text; the text in its last language cannot be removed.")
      case .splitNeeds(let entry, let language):
        .says("“\(entry)” has a text in \(language) too; say where to split it there.")
      case .replacementNeeds(let entry, let language):
        .says("“\(entry)” has a text in \(language) too; say what replaces it there.")
      case .wordsNotFoundOnce(let entry, let words, let count):
        .says(
          count == 0
            ? "The words “\(excerpt(words))” are not in “\(entry)”."
            : "The words “\(excerpt(words))” occur \(count) times in “\(entry)”; give more of them.")
      case .nothingBefore(let entry, let words):
        .says("“\(entry)” begins with “\(excerpt(words))”, so nothing would stay before them.")
      case .insideMark(let entry, let words):
        .says("“\(excerpt(words))” begins inside a mark of “\(entry)”; split before [[ or after ]].")
      case .withheld:
        .says(
          "The identity behind the statement is withheld. It cannot be disclosed by a correction.", .disclose)
      case .namesWithheld(let person, let field):
        .says(
          "The \(field.noun) of the entry \(field.isPlural ? "name" : "names") “\(person)”, whose name is to be withheld."
        )
      case .mergedInto(let entry, let whole):
        .says("The words of “\(entry)” are in “\(whole)” now; expunge that.", .show(whole))
      case .wordsInTheLog(let entry):
        .says(
          "“\(entry)” was recorded by an earlier version of Plenary, which kept the words in the log itself. They "
            + "cannot be destroyed there.")
      case .invalid(let reason): .says(reason.description)
      case .invalidAttribution(let reason): .says(reason.description, .attributionModes)
      }
    }
  }
}
