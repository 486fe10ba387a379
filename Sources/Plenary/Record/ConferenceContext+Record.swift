package import EventLog
import People
package import ReadModels
package import Record
import Scheduling
package import Vocabulary

/// To whom something is ascribed, as an organizer gave it: nothing is looked up yet.
package struct AttributionRequest: Sendable {
  package var mode: Attribution.Mode
  package var persons: [PersonID]
  package var of: LocalizedText?
  package var groupBasis: Attribution.GroupBasis?
  package var quantifier: Attribution.Quantifier?
  package var basis: Attribution.Basis
  /// The words that are printed; nil: the names, where the mode names somebody.
  package var asPrinted: LocalizedText?
  /// Who stands behind a withheld attribution.
  package var identity: PersonID?

  package init(
    mode: Attribution.Mode, persons: [PersonID], of: LocalizedText?, groupBasis: Attribution.GroupBasis?,
    quantifier: Attribution.Quantifier?, basis: Attribution.Basis, asPrinted: LocalizedText?,
    identity: PersonID?
  ) {
    self.mode = mode
    self.persons = persons
    self.of = of
    self.groupBasis = groupBasis
    self.quantifier = quantifier
    self.basis = basis
    self.asPrinted = asPrinted
    self.identity = identity
  }
}

extension ConferenceContext {
  /// An entry of the record.
  ///
  /// - Throws: `Refused` for one that there is not.
  package func entry(_ entry: RecordID, _ bound: LogBound) async throws -> EntryRow {
    let view = try await view(ProceedingsModel.self, bound)
    guard let row = view.model.entries[entry.slug] else {
      throw Refused(Statements.Refusal.unknown(entry))
    }
    return row
  }

  /// Looks up the printed names and seals a withheld identity.
  package func attribution(
    _ request: AttributionRequest, in session: SessionID, _ context: CommandContext
  ) async throws -> Attribution {
    var printed = request.asPrinted
    if printed == nil, request.mode == .named || request.mode == .joint {
      printed = try await names(request.persons)
    }
    var sealed: Sealed?
    if let person = request.identity {
      sealed = try await workspace.sealIdentity(of: person, in: id, session: session, context)
    }
    do throws(InvalidValue) {
      return try Attribution(
        request.mode, persons: request.persons, of: request.of, groupBasis: request.groupBasis,
        quantifier: request.quantifier, basis: request.basis, asPrinted: printed, identity: sealed)
    } catch { throw Refused(error.description, .attributionModes) }
  }

  /// The names as the program has them, in every language in which it has all of them.
  private func names(_ persons: [PersonID]) async throws -> LocalizedText? {
    let program = try await view(ProgramModel.self, .head).model
    let names = persons.compactMap { program.people[$0.slug]?.name }
    // Who is unknown, the decision says.
    guard let first = names.first, names.count == persons.count else {
      return LocalizedText([languages[0]: persons.map(\.slug).joined(separator: ", ")])
    }
    var texts: [Language: String] = [:]
    for language in first.forms.map(\.language) {
      let forms = names.compactMap { name in name.forms.first { $0.language == language }?.printed }
      if forms.count == names.count { texts[language] = joined(forms, language) }
    }
    return texts.isEmpty
      ? LocalizedText([languages[0]: joined(names.map(\.printed), languages[0])])
      : LocalizedText(texts)
  }

  private func joined(_ names: [String], _ language: Language) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return switch language.primary {
    case "zh", "ja": names.joined(separator: "、")
    case "ru": names.dropLast().joined(separator: ", ") + " и " + last
    default: names.dropLast().joined(separator: ", ") + " and " + last
    }
  }
}
