import Record
import Vocabulary

/// The fixed texts of drafts, issues and corrections.
extension Labels {
  static let forCorrigenda: [String: Wording] = [
    "corrigendum": Wording("Corrigendum", "勘误", "Список исправлений"),
    "corrigenda": Wording(
      "Corrections of earlier issues", "对以往各期的更正", "Исправления к предыдущим выпускам"),
    "issueNote": Wording("About this issue", "关于本期", "Об этом выпуске"),
    "oldWords": Wording("For", "原文", "Напечатано"),
    "newWords": Wording("read", "应为", "следует читать"),
    "paragraphOf": Wording("Paragraph", "段落", "Абзац"),
  ]

  static let draftOfIssue = Wording("Draft of issue %", "第%期草稿", "Проект выпуска %")
  static let changesSinceIssue = Wording(
    "with changes since issue %", "含自第%期以来的变更", "с изменениями после выпуска %")
  static let expunged = Wording("Expunged", "已删除", "Исключено из протокола")
  static let replaced = Wording("Words replaced by order", "文字已依令替换", "Слова заменены по распоряжению")
  static let leftOut = Wording(
    "Left out, because it repeats removed words", "因重复已删除的文字而略去",
    "Опущено, так как повторяет исключённые слова")
  static let notRepeated = Wording("(not repeated here)", "（此处不再重复）", "(здесь не повторяется)")
  static let orderedBy = Wording("By order of", "依据", "По распоряжению")
  static let changedAfterIssue = Wording("Changed after issue %", "第%期之后更改", "Изменено после выпуска %")
  static let corrigendumTo = Wording("Corrigendum to issue %", "第%期勘误", "Исправления к выпуску %")
  static let retraction = Wording("Retraction", "撤回", "Отзыв")
  static let verifiedAgainst = Wording("Verified against", "核对依据", "Проверено по")
  static let requestedBy = Wording("Requested by", "提出者", "По просьбе")

  static func correction(_ kind: CorrectionKind) -> Wording {
    switch kind {
    case .editorial: Wording("Editorial correction", "文字更正", "Редакционная правка")
    case .substantive: Wording("Substantive correction", "实质更正", "Исправление по существу")
    }
  }

  static func verification(_ against: Verification) -> Wording {
    switch against {
    case .recording: Wording("the recording", "录音", "записи")
    case .notes: Wording("the notes", "记录", "заметкам")
    case .speaker: Wording("the speaker", "发言人", "словам выступавшего")
    case .document: Wording("a document", "文件", "документу")
    }
  }

  static func field(_ field: EntryDetails.Field) -> Wording {
    switch field {
    case .text: Wording("Text", "文字", "Текст")
    case .attribution: Wording("Attribution", "发言归属", "Автор высказывания")
    case .topic: Wording("Topic", "议题", "Вопрос")
    case .rationale: Wording("Reason", "理由", "Обоснование")
    case .form: Wording("Form", "形式", "Форма")
    case .acts: Wording("Speech act", "言语行为", "Речевое действие")
    case .addressees: Wording("Addressees", "对象", "Адресаты")
    case .spoken: Wording("Spoken in", "发言语言", "Язык выступления")
    case .said: Wording("Said at", "发言时间", "Время выступления")
    case .mentions: Wording("Mentions", "提及", "Упомянуты")
    case .basedOn: Wording("Based on", "依据", "Основание")
    }
  }

  /// What the record says of itself.
  static func field(_ field: FrontMatterDetails.Field) -> Wording {
    switch field {
    case .headline: Wording("Title", "标题", "Название")
    case .brand: Wording("Short title", "简称", "Краткое название")
    case .series, .seriesNumber: fixed["series"]!
    case .dateline: Wording("Dateline", "日期地点", "Место и дата")
    case .summary, .summaryFrom: fixed["summary"]!
    case .note: Wording("Note on the record", "编者说明", "Примечание к записи")
    case .publisher: fixed["publisher"]!
    case .identifiers: fixed["identifier"]!
    case .licence: fixed["licence"]!
    case .citation: Wording("How to cite", "引用方式", "Как ссылаться")
    case .participants: Wording("List of participants", "与会者名单", "Список участников")
    case .unstated: fixed["notStated"]!
    }
  }
  static let segments = Wording("Parts", "各部分", "Части")

  /// Old and new values that are printed alike.
  static let samePrintedWords = Wording(
    "(the printed words stay the same)", "（印出的文字不变）", "(печатный текст не меняется)")

  static func form(_ form: StatementForm) -> Wording {
    switch form {
    case .verbatim: Wording("verbatim", "逐字记录", "дословно")
    case .substantiallyVerbatim: Wording("substantially verbatim", "基本逐字记录", "почти дословно")
    case .summary: Wording("summary", "摘要", "изложение")
    case .quotation: Wording("quotation", "引语", "цитата")
    case .minute: Wording("minute", "纪要", "протокольная запись")
    }
  }

  /// The common speech acts. The list is open: others are printed as they are.
  static let acts: [String: Wording] = [
    "said": Wording("said", "说", "высказывание"),
    "noted": Wording("noted", "指出", "замечание"),
    "described": Wording("described", "描述", "описание"),
    "believed": Wording("believed", "认为", "мнение"),
    "supposed": Wording("supposed", "推测", "предположение"),
    "emphasised": Wording("emphasised", "强调", "акцент"),
    "called-for": Wording("called for", "呼吁", "призыв"),
    "urged": Wording("urged", "敦促", "настоятельный призыв"),
    "opened": Wording("opened", "开场", "открытие"),
    "asked": Wording("asked", "提问", "вопрос"),
    "replied": Wording("replied", "答复", "ответ"),
    "agreed": Wording("agreed", "同意", "согласие"),
    "disagreed": Wording("disagreed", "不同意", "несогласие"),
    "doubted": Wording("doubted", "质疑", "сомнение"),
    "warned": Wording("warned", "警告", "предупреждение"),
    "proposed": Wording("proposed", "提议", "предложение"),
    "concluded": Wording("concluded", "总结", "вывод"),
    "reported": Wording("reported", "报告", "сообщение"),
    "thanked": Wording("thanked", "致谢", "благодарность"),
  ]

  static func mode(_ mode: Attribution.Mode) -> Wording {
    switch mode {
    case .named: Wording("by name", "具名", "поимённо")
    case .joint: Wording("jointly", "共同", "совместно")
    case .onBehalfOf: Wording("on behalf of a body", "代表机构", "от имени организации")
    case .roleOnly: Wording("by office", "以职务", "по должности")
    case .group: Wording("a group", "群体", "группа")
    case .quantified: Wording("a part of those present", "部分与会者", "часть присутствовавших")
    case .collective: Wording("all who took part", "全体与会者", "все участники")
    case .unidentified: Wording("not identified", "身份不明", "личность не установлена")
    case .withheld: Wording("name withheld", "姓名不公开", "имя не раскрывается")
    case .unattributed: Wording("the record’s own words", "记录本身的文字", "слова самой записи")
    }
  }

  static func groupBasis(_ basis: Attribution.GroupBasis) -> Wording {
    switch basis {
    case .nationality: Wording("nationality", "国籍", "гражданство")
    case .side: Wording("side", "一方", "сторона")
    case .delegation: Wording("delegation", "代表团", "делегация")
    case .institution: Wording("institution", "机构", "учреждение")
    case .panel: Wording("panel", "小组", "секция")
    case .other: Wording("other", "其他", "иное")
    }
  }

  static func quantifier(_ quantifier: Attribution.Quantifier) -> Wording {
    switch quantifier {
    case .all: Wording("all", "全部", "все")
    case .most: Wording("most", "大多数", "большинство")
    case .majority: Wording("majority", "多数", "большая часть")
    case .many: Wording("many", "许多", "многие")
    case .several: Wording("several", "数位", "несколько")
    case .some: Wording("some", "一些", "некоторые")
    case .few: Wording("few", "少数", "немногие")
    case .one: Wording("one", "一位", "один")
    }
  }

  static func basis(_ basis: Attribution.Basis) -> Wording {
    switch basis {
    case .stated: Wording("stated", "已说明", "указано")
    case .carriedOver: Wording("carried over from the sentence before", "承前句", "из предыдущей фразы")
    case .inferred: Wording("inferred", "推断", "по смыслу")
    case .authorised: Wording("disclosed with authorisation", "经授权公开", "раскрыто с разрешения")
    }
  }
}

extension Wording {
  /// What is printed in the place of words that were destroyed, or beside those that replace them.
  func byOrder(of authority: LocalizedText, for reason: LocalizedText, _ languages: [Language])
    -> LocalizedText
  {
    LocalizedText(
      Dictionary(
        uniqueKeysWithValues: localized(languages).entries.map { label in
          let remark = Direction.joined(
            [authority, reason].map { $0.best([label.language]).text }, by: Labels.comma(label.language),
            in: label.language)
          return (label.language, label.text + SentenceManner(label.language).bracketed(remark))
        }))
  }
}
