import Record
import Vocabulary

extension Labels {
  /// Labels of the indexes of the record.
  static let forIndexes: [String: Wording] = [
    "abbreviation": Wording("Abbreviation", "缩略语", "Сокращение"),
    "abbreviations": Wording("Abbreviations", "缩略语", "Сокращения"),
    "expandedBy": Wording("Expanded by", "释义来源", "Кем раскрыто"),
    "expansion": Wording("Stands for", "全称", "Значение"),
    "indexOfOrganisations": Wording("Index of organisations", "机构索引", "Указатель организаций"),
    "indexOfSubjects": Wording("Index of subjects", "主题索引", "Предметный указатель"),
    "mentionNote": Wording(
      "Numbers refer to paragraphs; C, R and P are conclusions, recommendations and positions.",
      "数字为段落编号；C、R、P 分别表示结论、建议、立场。",
      "Числа указывают абзацы; C, R и P — выводы, рекомендации и позиции."),
  ]

  static let indexRemark = Wording("Note", "注", "Примечание")
  static let disputedNote = Wording("Note (disputed)", "注（存疑）", "Примечание (спорно)")

  static func expandedBy(_ expander: Expander) -> Wording {
    switch expander {
    case .source: Wording("the source", "原文", "источник")
    case .editors: Wording("the editors", "编者", "редакция")
    }
  }

  static func relation(_ kind: OrganisationRelation.Kind) -> Wording {
    switch kind {
    case .brandOf: Wording("Brand of", "品牌归属", "Бренд организации")
    case .legalBodyOf: Wording("Legal body of", "旗下品牌", "Юридическое лицо бренда")
    case .supports: Wording("Supports", "所支持机构", "Поддерживает")
    case .supportedBy: Wording("Supported by", "支持方", "При поддержке")
    case .successorOf: Wording("Successor of", "前身", "Преемник")
    case .predecessorOf: Wording("Predecessor of", "后继机构", "Предшественник")
    }
  }
}
