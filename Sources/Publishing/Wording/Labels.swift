import Scheduling
package import Vocabulary

extension Language {
  /// The languages in which Plenary has wordings: labels, dates, letters.
  package static let withWords = ["en", "zh", "ru"]

  package var hasWords: Bool { Self.withWords.contains(primary) }
}

/// A fixed text in Plenary's languages.
struct Wording {
  private let texts: [String: String]

  init(_ en: String, _ zh: String, _ ru: String) { texts = ["en": en, "zh": zh, "ru": ru] }

  /// The text in each of the languages in which it exists (`zh-Hant` uses `zh`), else in English.
  func localized(_ languages: [Language]) -> LocalizedText {
    var found: [Language: String] = [:]
    for language in languages { found[language] = texts[language.tag] ?? texts[language.primary] }
    return LocalizedText(found.isEmpty ? [.english: texts["en"]!] : found)
  }

  /// Replaces each `%`.
  func localized(_ languages: [Language], with value: String) -> LocalizedText {
    let template = localized(languages)
    return LocalizedText(
      Dictionary(
        uniqueKeysWithValues: template.languages.map {
          ($0, template[$0]!.replacing("%", with: value))
        }))
  }
}

/// The fixed texts of documents.
enum Labels {
  /// The labels for templates, by key.
  static let fixed = [
    shared, forProgram, forFitting, forPeople, forChanges, forCorrigenda, forRecord, forIndexes,
  ].reduce(into: [:]) { known, labels in
      known.merge(labels) { _, _ in preconditionFailure("A label has two wordings.") }
    }

  private static let shared: [String: Wording] = [
    "addressees": Wording("Addressed to", "致", "Кому"),
    "cancelled": Wording("Cancelled", "取消", "Отменено"),
    "changedSince": Wording("changed since", "此后有改动", "с тех пор изменена"),
    "capacity": Wording("Seats", "座位数", "Мест"),
    "colophon": Wording("Colophon", "出版说明", "Выходные данные"),
    "conclusions": Wording("Conclusions", "结论", "Выводы"),
    "conference": Wording("Conference", "会议", "Конференция"),
    "contents": Wording("Contents", "目录", "Содержание"),
    "country": Wording("Country", "国家", "Страна"),
    "daysAtAGlance": Wording("Days at a glance", "日程一览", "Дни конференции"),
    "draft": Wording("Draft, not issued", "草稿，未发布", "Проект, не издано"),
    "editorialNote": Wording("Note on the record", "关于记录的说明", "О записи"),
    "held": Wording("Held", "举行", "Прошло"),
    "holder": Wording("Held by", "持有方", "Чья позиция"),
    "howToCite": Wording("How to cite", "引用格式", "Как ссылаться"),
    "indexNote": Wording(
      "Numbers refer to paragraphs: bold where the person spoke, plain where the person is mentioned; C, R and P are "
        + "conclusions, recommendations and positions.",
      "数字为段落编号：黑体表示发言，常规体表示被提及；C、R、P 分别表示结论、建议、立场。",
      "Числа указывают абзацы: полужирные — выступление, обычные — упоминание; C, R и P — выводы, рекомендации и "
        + "позиции."),
    "indexOfPersons": Wording("Index of persons", "人名索引", "Указатель имён"),
    "indexOfPersonsNote": Wording(
      "Numbers refer to pages.", "数字为页码。", "Числа указывают страницы."),
    "issue": Wording("Issue", "期次", "Выпуск"),
    "languages": Wording("Languages", "语言", "Языки"),
    "lastEvent": Wording("Last entry", "最后记录时间", "Последняя запись"),
    "madeFrom": Wording(
      "This document was made from the conference’s record as it stood at the position below, and can be "
        + "printed again from it at any time. Only what has since been erased changes.",
      "本文件依据会议记录在下列序号处的内容生成，可随时据此原样重印；此后被删除的内容除外。",
      "Документ составлен по записям конференции на указанной ниже позиции и может быть в любое время "
        + "напечатан по ним снова. Изменится лишь то, что с тех пор удалено."),
    "name": Wording("Name", "姓名", "Имя"),
    "nobodyRegistered": Wording("Nobody is registered.", "暂无登记人员。", "Никто не зарегистрирован."),
    "notReleased": Wording("Not released", "未发布", "Не опубликовано"),
    "nothingRecorded": Wording("Nothing has been recorded.", "暂无记录。", "Записей нет."),
    "nothingScheduled": Wording("Nothing is scheduled.", "暂无安排。", "Ничего не запланировано."),
    "number": Wording("No.", "序号", "№"),
    "organisation": Wording("Organisation", "单位", "Организация"),
    "page": Wording("Page", "页码", "Стр."),
    "paragraph": Wording("Paragraph", "段落", "Абзац"),
    "participants": Wording("List of participants", "与会人员名单", "Список участников"),
    "position": Wording("Record position", "记录序号", "Позиция журнала"),
    "positionAndOrganisation": Wording(
      "Position and organisation", "职务与单位", "Должность и организация"),
    "positions": Wording("Positions", "各方立场", "Позиции сторон"),
    "present": Wording("Present", "到会", "Присутствие"),
    "proceedings": Wording("Proceedings", "会议录", "Материалы конференции"),
    "program": Wording("Program", "日程", "Программа"),
    "provisional": Wording("Provisional edition", "临时版", "Предварительное издание"),
    "provisionalNumbers": Wording(
      "Numbers of paragraphs in italics are provisional; an issue can change them.",
      "斜体的段落编号为暂定编号，正式发布时可能变更。",
      "Номера абзацев, набранные курсивом, — предварительные и при издании могут измениться."),
    "rationale": Wording("Reason", "理由", "Обоснование"),
    "recommendations": Wording("Recommendations", "建议", "Рекомендации"),
    "retracted": Wording("This paragraph has been retracted.", "本段已撤回。", "Абзац отозван."),
    "room": Wording("Room", "会议室", "Зал"),
    "rooms": Wording("Rooms", "会议室", "Залы"),
    "root": Wording("Merkle root (SHA-256)", "默克尔树根（SHA-256）", "Корень дерева Меркла (SHA-256)"),
    "session": Wording("Session", "场次", "Заседание"),
    "signIn": Wording("Sign-in sheet", "签到表", "Лист регистрации"),
    "signature": Wording("Signature", "签名", "Подпись"),
    "speakers": Wording("Speakers", "发言人", "Выступавшие"),
    "stance": Wording("Position", "立场", "Позиция"),
    "time": Wording("Time", "时间", "Время"),
    "timeZone": Wording("Time zone", "时区", "Часовой пояс"),
    "topic": Wording("Topic", "议题", "Вопрос"),
    "total": Wording("Total", "总计", "Всего"),
    "version": Wording("Version", "版本", "Версия"),
  ]

  static let sessionNumber = Wording("Session %", "第%场", "Заседание %")
  static let corrected = Wording("Corrected", "已更正", "Исправлено")
  static let originalText = Wording("Original", "原文", "Оригинал")
  static let translation = Wording("Translation", "译文", "Перевод")
  static let translationFrom = Wording(
    "Translation (original: %)", "译文（原文：%）", "Перевод (оригинал: %)")
  static let staleTranslation = Wording(
    "Translation of an earlier text", "译文，依据修改前的原文", "Перевод прежнего текста")
  static let between = Wording(": ", "：", ": ")

  private static func isFullWidth(_ language: Language) -> Bool {
    ["zh", "yue", "ja"].contains(language.primary)
  }
  static func comma(_ language: Language) -> String { isFullWidth(language) ? "，" : ", " }
  static func semicolon(_ language: Language) -> String { isFullWidth(language) ? "；" : "; " }
  /// The end of a sentence that another one follows.
  static func stop(_ language: Language) -> String { isFullWidth(language) ? "。" : ". " }

  static func role(_ role: SessionRole, several: Bool) -> Wording {
    switch (role, several) {
    case (.chair, false): Wording("Chair", "主席", "Председатель")
    case (.chair, true): Wording("Chairs", "主席", "Председатели")
    case (.moderator, false): Wording("Moderator", "主持人", "Модератор")
    case (.moderator, true): Wording("Moderators", "主持人", "Модераторы")
    case (.speaker, false): Wording("Speaker", "发言人", "Выступающий")
    case (.speaker, true): Wording("Speakers", "发言人", "Выступающие")
    case (.presenter, false): Wording("Presenter", "报告人", "Докладчик")
    case (.presenter, true): Wording("Presenters", "报告人", "Докладчики")
    case (.discussant, false): Wording("Discussant", "评议人", "Дискуссант")
    case (.discussant, true): Wording("Discussants", "评议人", "Дискуссанты")
    case (.rapporteur, false): Wording("Rapporteur", "记录人", "Докладчик по итогам")
    case (.rapporteur, true): Wording("Rapporteurs", "记录人", "Докладчики по итогам")
    }
  }

  /// - Returns: nil for a kind that needs no label.
  static func form(_ form: SessionKind) -> Wording? {
    switch form {
    case .plenary: Wording("Plenary session", "全体会议", "Пленарное заседание")
    case .panel: Wording("Panel", "专题讨论", "Панельная дискуссия")
    case .keynote: Wording("Keynote", "主旨演讲", "Ключевой доклад")
    case .workshop: Wording("Workshop", "工作坊", "Мастерская")
    case .poster: Wording("Posters", "海报展示", "Стендовые доклады")
    case .excursion: Wording("Excursion", "参观", "Экскурсия")
    case .session, .break, .meal, .reception, .service: nil
    }
  }

  static func organisationRole(_ role: OrganisationRole) -> Wording {
    switch role {
    case .organiser: Wording("Organised by", "主办单位", "Организатор")
    case .host: Wording("Hosted by", "承办单位", "Принимающая сторона")
    case .coHost: Wording("Co-hosted by", "协办单位", "Соорганизатор")
    case .partner: Wording("Partner", "合作单位", "Партнёр")
    case .sponsor: Wording("Sponsor", "赞助单位", "Спонсор")
    }
  }

  /// The usual categories of attendees, in list order.
  static let categories: [(name: String, wording: Wording)] = [
    ("speaker", Wording("Speakers", "发言人", "Докладчики")),
    ("delegate", Wording("Delegates", "代表", "Делегаты")),
    ("participant", Wording("Participants", "与会人员", "Участники")),
    ("guest", Wording("Guests", "嘉宾", "Гости")),
    ("observer", Wording("Observers", "观察员", "Наблюдатели")),
    ("press", Wording("Press", "媒体", "Пресса")),
    ("staff", Wording("Staff", "工作人员", "Сотрудники")),
  ]

  /// Names of languages by primary subtag.
  static let languages: [String: Wording] = [
    "ar": Wording("Arabic", "阿拉伯语", "арабский"),
    "de": Wording("German", "德语", "немецкий"),
    "en": Wording("English", "英语", "английский"),
    "es": Wording("Spanish", "西班牙语", "испанский"),
    "fa": Wording("Persian", "波斯语", "персидский"),
    "fr": Wording("French", "法语", "французский"),
    "it": Wording("Italian", "意大利语", "итальянский"),
    "ja": Wording("Japanese", "日语", "японский"),
    "kk": Wording("Kazakh", "哈萨克语", "казахский"),
    "ko": Wording("Korean", "韩语", "корейский"),
    "mn": Wording("Mongolian", "蒙古语", "монгольский"),
    "pt": Wording("Portuguese", "葡萄牙语", "португальский"),
    "ru": Wording("Russian", "俄语", "русский"),
    "zh": Wording("Chinese", "中文", "китайский"),
  ]
}
