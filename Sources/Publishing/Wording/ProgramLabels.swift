import Scheduling
import Vocabulary

extension Labels {
  /// Labels only for documents about the program. Templates replace `%` and `#` with numbers.
  static let forProgram: [String: Wording] = [
    "dayProgram": Wording("Program of the day", "当日日程", "Программа дня"),
    "doorSign": Wording("Door sign", "会议室门牌", "Табличка на дверь"),
    "equipment": Wording("Equipment", "设备", "Оборудование"),
    "foldHere": Wording(
      "Fold in half three times, open, cut along the dashed line, and push the ends together.",
      "对折三次后展开，沿虚线剪开，再向中间推合成册。",
      "Сложите пополам трижды, разверните, разрежьте по пунктиру и сведите края."),
    "interpretedInto": Wording("Interpreted into", "同声传译", "Перевод на"),
    "moreNextDoor": Wording("and further sessions: %", "另有 % 场", "и ещё заседаний: %"),
    "nextDoor": Wording("Next door", "相邻会议室", "По соседству"),
    "notShown": Wording(
      "Sessions not shown here: %. See the booklet.", "此处未列出 % 场，详见会议手册。",
      "Не показано заседаний: %. См. полную программу."),
    "notes": Wording("Notes", "笔记", "Для заметок"),
    "pocket": Wording("Pocket program", "便携日程", "Карманная программа"),
    "seePage": Wording("See page %", "见第 % 页", "См. с. %"),
    "sheetOf": Wording("Page % of #", "第 % 页，共 # 页", "Лист % из #"),
    "shortenedTitles": Wording(
      "Titles that end in “…” and a number did not fit; here they are in full.",
      "以“…”加编号结尾的标题因版面所限有所省略，全文如下。",
      "Название, которое кончается на «…» и номер, не поместилось и приведено здесь полностью."),
    "titlesInFull": Wording("Titles in full", "标题全文", "Названия полностью"),
    "tracks": Wording("Tracks", "专题", "Направления"),
    "unevenTimes": Wording(
      "Short sessions are drawn higher and empty hours lower than their time.",
      "为便于阅读，较短的场次所占高度有所放大，空闲时段有所压缩。",
      "Короткие заседания показаны выше, а пустые часы ниже, чем они длятся."),
    "wallGrid": Wording("Rooms and times", "会议室与时间", "Залы и время"),
    "welcome": Wording("Welcome", "欢迎辞", "Добро пожаловать"),
  ]

  static let clocksChange = Wording(
    "The clocks change on this day, from % to #.", "当日时钟调整：由 % 改为 #。",
    "В этот день переводят часы: с % на #.")

  static let afterMidnight = Wording(
    "Times before {time} are after midnight, on {date}.", "{time}之前的时间为午夜之后，即{date}。",
    "Время до {time} — после полуночи, {date}.")

  static func recording(_ permission: Recording.Permission) -> Wording {
    switch permission {
    case .permitted: Wording("Recording permitted", "可以录制", "Запись разрешена")
    case .notPermitted: Wording("No recording", "禁止录制", "Запись запрещена")
    case .livestreamed: Wording("Livestreamed", "现场直播", "Прямая трансляция")
    }
  }

  static func link(_ kind: Link.Kind) -> Wording {
    switch kind {
    case .slides: Wording("Slides", "幻灯片", "Слайды")
    case .paper: Wording("Paper", "论文", "Статья")
    case .recording: Wording("Recording", "录像", "Запись")
    case .stream: Wording("Stream", "直播", "Трансляция")
    case .article: Wording("Article", "文章", "Публикация")
    case .related: Wording("Related", "相关内容", "См. также")
    case .attachment: Wording("Attachment", "附件", "Приложение")
    }
  }
}

extension Wording {
  /// Replaces each `%` and each `#`.
  func localized(_ languages: [Language], with value: String, of total: String) -> LocalizedText {
    let template = localized(languages, with: value)
    return LocalizedText(
      template.entries.reduce(into: [:]) { $0[$1.language] = $1.text.replacing("#", with: total) })
  }
}
