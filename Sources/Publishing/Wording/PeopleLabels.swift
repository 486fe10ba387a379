import Vocabulary

extension Labels {
  /// Labels only for documents about people.
  static let forPeople: [String: Wording] = [
    "actual": Wording("Actual", "实际", "Факт"),
    "afterwards": Wording("After", "之后", "После"),
    "andMore": Wording("and % more", "另有 % 项", "и ещё %"),
    "arrived": Wording("Arrived", "到达", "Прибытие"),
    "attendee": Wording("Registration", "登记号", "Регистрация"),
    "badges": Wording("Badges", "胸卡", "Бейджи"),
    "before": Wording("Before", "之前", "Раньше"),
    "category": Wording("Category", "类别", "Категория"),
    "chairSheet": Wording("Session sheet", "场次主持单", "Лист ведущего"),
    "checkIn": Wording("Check-in list", "报到名单", "Список прибывающих"),
    "conferenceDays": Wording("The days of the conference", "会议日程", "Дни конференции"),
    "email": Wording("E-mail", "电子邮箱", "Эл. почта"),
    "expected": Wording("Expected", "预计人数", "Ожидается"),
    "forStaff": Wording(
      "For the registration desk only; not to be left lying open.", "仅供报到处使用，请勿公开放置。",
      "Только для стойки регистрации; не оставлять на виду."),
    "interpretation": Wording("Interpretation into", "同声传译", "Перевод на"),
    "itinerary": Wording("Itinerary", "个人日程", "Личная программа"),
    "nobodyToBadge": Wording("There is no badge to print.", "没有可打印的胸卡。", "Бейджей для печати нет."),
    "nobodyToSeat": Wording("There is no place card to print.", "没有可打印的席卡。", "Карточек для печати нет."),
    "note": Wording("Note", "备注", "Примечание"),
    "nothingForPerson": Wording(
      "Nothing in the program is assigned to this person.", "日程中没有此人的安排。",
      "В программе для этого человека ничего нет."),
    "nothingToChair": Wording(
      "There is no session to chair.", "没有需要主持的场次。", "Нет заседаний, которые нужно вести."),
    "overrun": Wording(
      "The presentations need % minutes more than the session has.", "报告总时长超出本场 % 分钟。",
      "Выступления длиннее заседания на % мин."),
    "peopleOfSession": Wording("People", "人员", "Участники заседания"),
    "placeCards": Wording("Place cards", "席卡", "Настольные карточки"),
    "positionHeld": Wording("Position", "职务", "Должность"),
    "presence": Wording("Presence", "出席", "Присутствие"),
    "recording": Wording("Recording", "录制", "Запись"),
    "runningOrder": Wording("Running order", "议程", "Порядок выступлений"),
    "sessions": Wording("Sessions", "场次", "Заседания"),
    "signedUp": Wording("Signed up", "已报名", "Записалось"),
    "tick": Wording("Here", "到", "Здесь"),
    "travel": Wording("% min to get there", "路程 % 分钟", "% мин на дорогу"),
    "travelTight": Wording(
      "% min to get there, but the break is shorter", "路程 % 分钟，超过间隔时间",
      "% мин на дорогу: больше, чем перерыв"),
    "yourSessions": Wording("Your sessions", "您报名的场次", "Ваши заседания"),
    "badgeCode": Wording("Badge code", "胸卡编号", "Код бейджа"),
  ]

  /// The heading for attendees without an organisation.
  static let withoutOrganisation = Wording("Without an organisation", "无单位", "Без организации")

  /// One slot of a session with several.
  static func slot(_ index: Int, of count: Int) -> Wording {
    Wording("Part \(index) of \(count)", "第 \(index) 部分，共 \(count) 部分", "Часть \(index) из \(count)")
  }

  /// The category in the singular, for a badge; nil for a category that Plenary does not know.
  static func oneOf(category: String) -> Wording? {
    switch category.lowercased() {
    case "speaker": Wording("Speaker", "发言人", "Докладчик")
    case "delegate": Wording("Delegate", "代表", "Делегат")
    case "participant": Wording("Participant", "与会者", "Участник")
    case "guest": Wording("Guest", "嘉宾", "Гость")
    case "observer": Wording("Observer", "观察员", "Наблюдатель")
    case "press": Wording("Press", "媒体", "Пресса")
    case "staff": Wording("Staff", "工作人员", "Сотрудник")
    default: nil
    }
  }

  /// The meaning of a category, for the back of a badge.
  static func meaning(ofCategory category: String) -> Wording? {
    switch category.lowercased() {
    case "speaker": Wording("has a part in the program", "参与会议日程", "занят в программе")
    case "delegate":
      Wording("sent by an organisation", "由单位派出", "направлен организацией")
    case "participant": Wording("takes part in the conference", "参加会议", "участвует в конференции")
    case "guest": Wording("invited by the organisers", "应主办方邀请", "приглашён организаторами")
    case "observer":
      Wording("attends without taking the floor", "列席会议，不发言", "присутствует без права выступления")
    case "press": Wording("reports on the conference", "采访报道会议", "освещает конференцию")
    case "staff": Wording("works here: ask me", "会务人员，请随时询问", "работает здесь: спрашивайте")
    default: nil
    }
  }
}

extension Dates {
  /// `Fri 25`: when the month is clear and space is short.
  static func shortDay(_ date: CalendarDate, in language: Language) -> String {
    // 1970-01-01 was a Thursday.
    let number = ((date.daysSince1970 + 4) % 7 + 7) % 7
    return switch language.primary {
    case "en": "\(shortEnglish[number])\u{a0}\(date.day)"
    case "zh": "\(date.day)日周\(shortChinese[number])"
    case "ru": "\(shortRussian[number])\u{a0}\(date.day)"
    default: String(date.description.dropFirst(5))
    }
  }

  private static let shortEnglish = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let shortChinese = ["日", "一", "二", "三", "四", "五", "六"]
  private static let shortRussian = ["Вс", "Пн", "Вт", "Ср", "Чт", "Пт", "Сб"]
}
