import Vocabulary

extension NameForm {
  /// The name in index form: `Bystritskiy, Andrey`, but `Feng Shaolei` if the family name comes first anyway.
  var filed: String {
    guard let family, let given, !printed.hasPrefix(family) else { return printed }
    return "\(family), \(given)"
  }
}

extension PersonName {
  /// All forms, beginning with the best one for readers of these languages.
  func forms(_ languages: [Language], filed: Bool = false) -> [PrintedName] {
    let first = best(languages)
    var seen: Set<String> = []
    return ([first] + forms.filter { $0 != first })
      .map { form in
        let bySortKey = form == self.forms[0] ? filedBySortKey : nil
        return PrintedName(text: filed ? bySortKey ?? form.filed : form.printed, lang: form.language)
      }
      .filter { seen.insert($0.text).inserted }
  }
}
